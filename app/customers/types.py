"""An org's own customers as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from app.core.errors import FieldError, InvalidInput
from app.core.ids import CustomerId, OrgId

MAX_ID_LENGTH = 255
MAX_NAME_LENGTH = 200
MAX_TIER_LENGTH = 64
MAX_TEAM_LENGTH = 255
MAX_SEARCH_LENGTH = 255

# None means something: no name, no tier, no team.

UNCHANGED: Final = "unchanged\0"


@dataclass(frozen=True, slots=True)
class Customer:
    """`external_id` is the org's own name for it; `tier` chooses prices, `team` whose wallet it draws from."""

    id: CustomerId
    org_id: OrgId
    external_id: str
    name: str | None
    tier: str | None
    team: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class CreateCustomer:
    external_id: str
    name: str | None = None
    tier: str | None = None
    team: str | None = None
    idempotency_key: str | None = None

    def validate(self) -> None:
        """Raises `InvalidInput` with every fault."""
        errors = [*_of("external_id", self.external_id, MAX_ID_LENGTH), *_of_details(self.details())]
        if errors:
            raise InvalidInput(errors)

    def details(self) -> Mapping[str, str | None]:
        return {"name": self.name, "tier": self.tier, "team": self.team}


@dataclass(frozen=True, slots=True)
class UpdateCustomer:
    """What is to be different; `UNCHANGED` stays. The external id does not change: events carry it."""

    name: str | None = UNCHANGED
    tier: str | None = UNCHANGED
    team: str | None = UNCHANGED
    idempotency_key: str | None = None

    def validate(self) -> None:
        """Raises `InvalidInput` with every fault."""
        if errors := _of_details(self.wishes()):
            raise InvalidInput(errors)

    def wishes(self) -> Mapping[str, str | None]:
        wanted = {"name": self.name, "tier": self.tier, "team": self.team}
        return {field: value for field, value in wanted.items() if value != UNCHANGED}

    def changes(self, customer: Customer) -> dict[str, Any]:
        """The fields of `customer` that come out different."""
        return {field: value for field, value in self.wishes().items() if value != getattr(customer, field)}


@dataclass(frozen=True, slots=True)
class CustomerFilter:
    """Customers that match all that is given. `search` is a part of the external id or of the name, in any case."""

    search: str | None = None
    tier: str | None = None
    team: str | None = None

    def validate(self) -> None:
        """Raises `InvalidInput` with every fault."""
        errors = [
            *_of("search", self.search, MAX_SEARCH_LENGTH),
            *_of("tier", self.tier, MAX_TIER_LENGTH),
            *_of("team", self.team, MAX_TEAM_LENGTH),
        ]
        if errors:
            raise InvalidInput(errors)

    @property
    def pattern(self) -> str | None:
        """For ILIKE; what is special to it stands for itself."""
        if self.search is None:
            return None
        escaped = self.search.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        return f"%{escaped}%"


def _of_details(details: Mapping[str, str | None]) -> list[FieldError]:
    longest = {"name": MAX_NAME_LENGTH, "tier": MAX_TIER_LENGTH, "team": MAX_TEAM_LENGTH}
    return [error for field, value in details.items() for error in _of(field, value, longest[field])]


def _of(field: str, text: str | None, longest: int) -> list[FieldError]:
    if text is None or (1 <= len(text) <= longest and text.isprintable() and text.strip()):
        return []
    return [FieldError(field, "length", f"Use 1 to {longest} printable characters, not blanks alone.")]
