"""Usage as values: the event, and the question an analyst asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from app.core.errors import FieldError, InvalidInput
from app.core.ids import ApiKeyId, JobId, OrgId, WorkspaceId
from app.core.inference import Usage
from app.core.money import ZERO

MAX_SERIES_BUCKETS = 5_000
_NOTHING = Usage()
# Far from the ends of the calendar, where adding an hour or changing the time zone fails.
_FIRST_YEAR, _LAST_YEAR = 1970, 2999


class EventType(StrEnum):
    TOKEN_USAGE = "TOKEN_USAGE"  # noqa: S105 - a unit, not a secret
    IMAGE_GENERATION = "IMAGE_GENERATION"
    CUSTOM = "CUSTOM"


@dataclass(frozen=True, slots=True)
class Metered:
    """What was used, as far as prices ask: tokens, or a `quantity` of images or of a unit of the org's own."""

    event_type: EventType
    provider: str
    model: str
    usage: Usage = _NOTHING
    unit_type: str | None = None
    quantity: Decimal | None = None
    image_size: str | None = None
    image_quality: str | None = None


@dataclass(frozen=True, slots=True)
class Rating:
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


class Granularity(StrEnum):
    HOUR = "hour"
    DAY = "day"
    MONTH = "month"


class Dimension(StrEnum):
    """What usage can be grouped and filtered by."""

    MODEL = "model"
    PROVIDER = "provider"
    CUSTOMER = "customer"
    FEATURE = "feature"
    USER = "user"
    KEY = "key"
    WORKSPACE = "workspace"


@dataclass(frozen=True, slots=True)
class UsageQuestion:
    """Usage of `[start, end)`, widened to whole hours in UTC: the resolution of what is kept."""

    start: datetime
    end: datetime
    granularity: Granularity = Granularity.DAY
    group_by: Sequence[Dimension] = ()
    where: Mapping[Dimension, str | UUID] = field(default_factory=dict)

    def validate(self) -> None:
        errors = []
        for name, value in (("from", self.start), ("to", self.end)):
            if value.tzinfo is None:
                errors.append(FieldError(name, "naive_time", "Add the time zone, for example a final Z."))
            elif not _FIRST_YEAR <= value.year <= _LAST_YEAR:
                mend = f"Name a time from {_FIRST_YEAR} to {_LAST_YEAR}."
                errors.append(FieldError(name, "out_of_range", mend))
        if not errors and self.start >= self.end:
            errors.append(FieldError("to", "empty_range", "`to` must be later than `from`."))
        if not errors and self._buckets() > MAX_SERIES_BUCKETS:
            mend = f"That is more than {MAX_SERIES_BUCKETS:,} steps; ask for a coarser granularity."
            errors.append(FieldError("granularity", "too_fine", mend))
        if len(self.group_by) > 3 or len(set(self.group_by)) != len(self.group_by):
            errors.append(FieldError("group_by", "invalid", "Name at most three different dimensions."))
        if errors:
            raise InvalidInput(errors)

    def whole_hours(self) -> "tuple[datetime, datetime]":
        start, end = hour_of(self.start), hour_of(self.end)
        return start, end if end == self.end else end + timedelta(hours=1)

    def _buckets(self) -> float:
        step = {Granularity.HOUR: 1, Granularity.DAY: 24, Granularity.MONTH: 24 * 28}[self.granularity]
        return (self.end - self.start) / timedelta(hours=step)


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


@dataclass(frozen=True, slots=True)
class Bucket:
    start: datetime
    group: Mapping[Dimension, str | None]
    figures: Figures


@dataclass(frozen=True, slots=True)
class UsageReport:
    """`totals` is the sum over `series`."""

    start: datetime
    end: datetime
    series: Sequence[Bucket]
    totals: Figures
