"""The questions of analysts, and what answers them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from app.core.errors import FieldError, InvalidInput
from app.core.ids import OrgId
from app.core.money import ZERO
from app.metering.types import hour_of

MAX_SERIES_BUCKETS = 5_000
MAX_TOP = 100
MAX_FILTER_VALUES = 100
# Far from the ends of the calendar, where adding an hour or changing the time zone fails.
_FIRST_YEAR, _LAST_YEAR = 1970, 2999
_HUNDREDTH = Decimal("0.01")
# Sums of NUMERIC(30,12) have more digits than Python keeps by itself, and one by another far more.
_EXACT = Context(prec=80)


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


class Measure(StrEnum):
    """What the greatest groups are greatest by."""

    COST = "cost"
    CREDITS = "credits"
    TOKENS = "tokens"
    REQUESTS = "requests"


# Of keys and workspaces the UUID, of others their name; None is usage that has none.
Value = str | UUID | None


@dataclass(frozen=True, slots=True)
class UsageQuestion:
    """Usage of `[start, end)`, widened to whole hours in UTC: the resolution of what is kept.

    `where` names the values of a dimension that count. With `top`, all but so many groups are one: the greatest of the
    whole range by `top_by`. `fills` adds the steps in which nothing happened, `compares` the period of equal length
    before, `times` how long calls took.
    """

    start: datetime
    end: datetime
    granularity: Granularity = Granularity.DAY
    group_by: Sequence[Dimension] = ()
    where: Mapping[Dimension, Sequence[Value]] = field(default_factory=dict)
    top: int | None = None
    top_by: Measure = Measure.COST
    fills: bool = False
    compares: bool = False
    times: bool = False

    def validate(self) -> None:
        errors = range_errors(self.start, self.end)
        if not errors and self._steps() > MAX_SERIES_BUCKETS:
            mend = f"That is more than {MAX_SERIES_BUCKETS:,} steps; ask for a coarser granularity."
            errors.append(FieldError("granularity", "too_fine", mend))
        if len(self.group_by) > 3 or len(set(self.group_by)) != len(self.group_by):
            errors.append(FieldError("group_by", "invalid", "Name at most three different dimensions."))
        errors += [error for name, values in self.where.items() for error in filter_errors(name, values)]
        if self.top is not None and not 1 <= self.top <= MAX_TOP:
            errors.append(FieldError("top", "out_of_range", f"Ask for the 1 to {MAX_TOP} greatest groups."))
        if self.top is not None and not self.group_by:
            errors.append(FieldError("top", "ungrouped", "Name what to group by in `group_by`."))
        if errors:
            raise InvalidInput(errors)

    def whole_hours(self) -> "UsageQuestion":
        start, end = hour_of(self.start), hour_of(self.end)
        return replace(self, start=start, end=end if end == self.end else end + timedelta(hours=1))

    def narrowed(self, where: Mapping[Dimension, Sequence[Value]]) -> "UsageQuestion":
        return replace(self, where=where)

    def of_period_before(self) -> "UsageQuestion":
        """The totals of as much time straight before."""
        start = self.start - (self.end - self.start)
        return UsageQuestion(start, self.start, Granularity.MONTH, where=self.where)

    def _steps(self) -> float:
        step = {Granularity.HOUR: 1, Granularity.DAY: 24, Granularity.MONTH: 24 * 28}[self.granularity]
        return (self.end - self.start) / timedelta(hours=step)


def range_errors(start: datetime | None, end: datetime | None) -> list[FieldError]:
    errors = []
    for name, value in (("from", start), ("to", end)):
        if value is None:
            continue
        if value.tzinfo is None:
            errors.append(FieldError(name, "naive_time", "Add the time zone, for example a final Z."))
        elif not _FIRST_YEAR <= value.year <= _LAST_YEAR:
            mend = f"Name a time from {_FIRST_YEAR} to {_LAST_YEAR}."
            errors.append(FieldError(name, "out_of_range", mend))
    if not errors and start is not None and end is not None and start >= end:
        errors.append(FieldError("to", "empty_range", "`to` must be later than `from`."))
    return errors


def filter_errors(name: str, values: Sequence[Value]) -> list[FieldError]:
    if not 1 <= len(values) <= MAX_FILTER_VALUES:
        return [FieldError(name, "out_of_range", f"Name 1 to {MAX_FILTER_VALUES} values, or leave it out.")]
    if any(isinstance(value, str) and "\0" in value for value in values):
        return [FieldError(name, "nul_character", "Leave NUL characters (\\u0000) out.")]
    return []


@dataclass(frozen=True, slots=True)
class Figures:
    """`cost_usd` leaves out `unrated` requests, whose price is not known yet.

    `revenue_usd` is the credits at what they sell for: 0 where no credit has a price.
    """

    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: Decimal = ZERO
    credits: Decimal = ZERO
    revenue_usd: Decimal = ZERO
    unrated: int = 0

    @property
    def tokens(self) -> int:
        return self.input_tokens + self.output_tokens

    @property
    def margin_usd(self) -> Decimal | None:
        """Revenue without cost; None without revenue, which may mean that no credit price is known."""
        return _EXACT.subtract(self.revenue_usd, self.cost_usd) if self.revenue_usd else None

    @property
    def margin_percent(self) -> Decimal | None:
        """Of the revenue."""
        margin = self.margin_usd
        return None if margin is None else percent(margin, self.revenue_usd)

    def plus(self, other: "Figures") -> "Figures":
        return Figures(
            self.requests + other.requests,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            _EXACT.add(self.cost_usd, other.cost_usd),
            _EXACT.add(self.credits, other.credits),
            _EXACT.add(self.revenue_usd, other.revenue_usd),
            self.unrated + other.unrated,
        )


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """To two digits, half-even; `whole` is not 0."""
    share = _EXACT.divide(_EXACT.multiply(part, Decimal(100)), whole)
    return share.quantize(_HUNDREDTH, ROUND_HALF_EVEN, context=_EXACT)


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds within which half, 95 and 99 of 100 timed calls were done; at most 4.5 % off, see `latency`."""

    calls: int
    p50_ms: int
    p95_ms: int
    p99_ms: int


@dataclass(frozen=True, slots=True)
class Bucket:
    """One step of one group. `is_other`: of all groups but the greatest together; its values are None."""

    start: datetime
    group: Mapping[Dimension, str | None]
    figures: Figures
    is_other: bool = False
    latency: Latency | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The totals of `[start, end)` before, and by how many per cent each changed; None where it was 0."""

    start: datetime
    end: datetime
    totals: Figures
    change_percent: Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class UsageReport:
    """`totals` is the sum over `series`, and of everything that the question is about."""

    start: datetime
    end: datetime
    series: Sequence[Bucket]
    totals: Figures
    latency: Latency | None = None
    previous: Comparison | None = None


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events: all that is given must match. `[start, end)` is when they happened."""

    start: datetime | None = None
    end: datetime | None = None
    customers: Sequence[str] | None = None
    models: Sequence[str] | None = None
    features: Sequence[str] | None = None
    event_ids: Sequence[str] | None = None
    is_unrated: bool = False

    def validate(self) -> None:
        errors = range_errors(self.start, self.end)
        named = {"customer": self.customers, "model": self.models, "feature": self.features}
        for name, values in {**named, "event_id": self.event_ids}.items():
            errors += filter_errors(name, values) if values is not None else []
        if errors:
            raise InvalidInput(errors)


@dataclass(frozen=True, slots=True)
class UsageEventRecord:
    """An event with its corrections folded in: what it counts for today.

    A voided one counts for nothing. `cost_usd` is None while it is unrated, `revenue_usd` without a credit price.
    """

    id: UUID
    org_id: OrgId
    workspace_id: UUID
    event_id: str
    event_type: str
    occurred_at: datetime
    received_at: datetime
    customer_id: str | None
    user_id: str | None
    feature_id: str | None
    api_key_id: UUID | None
    job_id: UUID | None
    provider: str
    model: str
    input_tokens: int
    output_tokens: int
    cached_input_tokens: int
    cache_write_tokens: int
    reasoning_tokens: int
    unit_type: str | None
    quantity: Decimal | None
    image_size: str | None
    image_quality: str | None
    latency_ms: int | None
    usage_source: str
    is_voided: bool
    is_unrated: bool
    cost_usd: Decimal | None
    credits: Decimal
    revenue_usd: Decimal | None
    cost_ref: str | None
    burn_ref: str
    superseded_by: str | None
    properties: Mapping[str, Any]


def start_of(at: datetime, granularity: Granularity) -> datetime:
    """The step, in UTC, in which `at` lies."""
    start = hour_of(at)
    if granularity is not Granularity.HOUR:
        start = start.replace(hour=0)
    return start.replace(day=1) if granularity is Granularity.MONTH else start


def next_step(start: datetime, granularity: Granularity) -> datetime:
    """Of a `start` that `start_of` gave."""
    if granularity is Granularity.HOUR:
        return start + timedelta(hours=1)
    days = 1 if granularity is Granularity.DAY else 32
    return start_of(start + timedelta(days=days), granularity).astimezone(UTC)
