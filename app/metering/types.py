"""Usage as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from app.core.ids import ApiKeyId, JobId, OrgId, WorkspaceId
from app.core.inference import Usage
from app.core.money import ZERO

_NOTHING = Usage()


class EventType(StrEnum):
    TOKEN_USAGE = "TOKEN_USAGE"  # noqa: S105 - a unit, not a secret
    IMAGE_GENERATION = "IMAGE_GENERATION"
    CUSTOM = "CUSTOM"


class Metered(NamedTuple):
    """What was used, as far as prices ask: tokens, or a `quantity` of images or of a unit of the org's own."""

    event_type: EventType
    provider: str
    model: str
    usage: Usage = _NOTHING
    unit_type: str | None = None
    quantity: Decimal | None = None
    image_size: str | None = None
    image_quality: str | None = None


class Rating(NamedTuple):
    """What an event cost and burned. `cost_usd` is None while no price is known: unrated, not free.

    It is None too while no burn rule is known (`burn_ref` is `UNRATED`, `credits` 0): figures of cost and credits
    leave out the same events. `revenue_usd` is what the credits sell for, None where that is not said.
    """

    cost_usd: Decimal | None
    credits: Decimal
    cost_ref: str | None
    burn_ref: str
    revenue_usd: Decimal | None = None


# The `burn_ref` of what no burn rule was found for.
UNRATED = "unrated"
# Of usage that costs us and burns nobody's credits, whatever the prices are: an attempt that had to be repeated.
UNBILLED = "unbilled"


@dataclass(frozen=True, slots=True)
class UsageEvent:
    """One metered call. (`org_id`, `event_id`) counts once, for ever."""

    event_id: str
    org_id: OrgId
    workspace_id: WorkspaceId
    occurred_at: datetime
    event_type: EventType
    provider: str
    model: str
    usage: Usage
    rating: Rating
    customer_id: str | None = None
    user_id: str | None = None
    feature_id: str | None = None
    api_key_id: ApiKeyId | None = None
    job_id: JobId | None = None
    unit_type: str | None = None
    quantity: Decimal | None = None
    image_size: str | None = None
    image_quality: str | None = None
    latency_ms: int | None = None
    properties: Mapping[str, Any] = field(default_factory=dict)


def hour_of(at: datetime) -> datetime:
    """The whole hour in UTC in which `at` lies; some time zones are half an hour off."""
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


@dataclass(frozen=True, slots=True)
class Figures:
    """`cost_usd` leaves out `unrated` requests, whose price is not known yet."""

    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: Decimal = ZERO
    credits: Decimal = ZERO
    unrated: int = 0

    @property
    def tokens(self) -> int:
        return self.input_tokens + self.output_tokens

    def plus(self, other: "Figures") -> "Figures":
        return Figures(
            self.requests + other.requests,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.cost_usd + other.cost_usd,
            self.credits + other.credits,
            self.unrated + other.unrated,
        )
