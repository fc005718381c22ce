"""Rating again, as values."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from app.core import moments
from app.core.errors import FieldError, InvalidInput
from app.core.ids import OrgId
from app.idempotency.types import validate_key
from app.metering.types import Metered

PREFIX = "rerate"


class Kind(StrEnum):
    """`RATED` was unrated until then; `RERATED` had other prices."""

    RATED = "rated"
    RERATED = "rerated"


class State(StrEnum):
    RUNNING = "running"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Figures:
    """What an event comes to: as it was stored, and everything that has been adjusted since."""

    cost_usd: Decimal
    credits: Decimal
    revenue_usd: Decimal
    unrated: int


@dataclass(frozen=True, slots=True)
class Priced:
    """An event that may be rated again. `wallet_id` is whose credit is drawn where it burns more; None: nobody's."""

    id: UUID
    at: datetime
    customer_id: str | None
    feature_id: str | None
    tier: str | None
    metered: Metered
    now: Figures
    cost_ref: str | None
    burn_ref: str
    wallet_id: UUID | None


@dataclass(frozen=True, slots=True)
class Change:
    """What is added to an event's figures, and what they come from then."""

    event: Priced
    cost_usd: Decimal
    credits: Decimal
    revenue_usd: Decimal
    unrated: int
    cost_ref: str | None
    burn_ref: str


@dataclass(frozen=True, slots=True)
class NewRerating:
    """Events that occurred in [start, end), rated by the prices that are published now."""

    start: datetime
    end: datetime
    is_dry_run: bool = True
    idempotency_key: str | None = None

    def validate(self) -> None:
        errors = validate_key(self.idempotency_key)
        errors += moments.faults("from", self.start) + moments.faults("to", self.end)
        if not errors and self.start >= self.end:
            errors.append(FieldError("to", "empty_range", "`to` must be later than `from`."))
        if errors:
            raise InvalidInput(errors)


@dataclass(frozen=True, slots=True)
class CustomerChange:
    """Sums over the events that change; `customer_id` is None for usage of nobody's."""

    customer_id: str | None
    events: int
    credits_before: Decimal
    credits_after: Decimal
    cost_before: Decimal
    cost_after: Decimal
    revenue_before: Decimal
    revenue_after: Decimal


@dataclass(frozen=True, slots=True)
class Rerating:
    """`seen` events were looked at so far."""

    id: UUID
    org_id: OrgId
    is_dry_run: bool
    start: datetime
    end: datetime
    state: State
    seen: int
    created_at: datetime
    finished_at: datetime | None
