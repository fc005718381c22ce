"""Which rollup answers a question: the coarsest that knows all that is asked. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.analytics.types import Dimension, Granularity, UsageQuestion, start_of


@dataclass(frozen=True, slots=True)
class Rollup:
    """A table of sums; `time` is the column with the start of the hour or day that a row is of."""

    table: str
    time: str
    columns: Mapping[Dimension, str]


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of the range of a question, and where it is read."""

    rollup: Rollup
    start: datetime
    end: datetime


HOUR = Rollup(
    "usage_rollup_hour",
    "hour",
    {
        Dimension.MODEL: "model",
        Dimension.PROVIDER: "provider",
        Dimension.CUSTOMER: "customer_id",
        Dimension.FEATURE: "feature_id",
        Dimension.USER: "user_id",
        Dimension.KEY: "api_key_id",
        Dimension.WORKSPACE: "workspace_id",
    },
)
# The fewest rows first.
DAYS = (
    Rollup(
        "usage_rollup_day",
        "day",
        {
            Dimension.MODEL: "model",
            Dimension.PROVIDER: "provider",
            Dimension.WORKSPACE: "workspace_id",
        },
    ),
    Rollup(
        "usage_rollup_customer_day",
        "day",
        {Dimension.CUSTOMER: "customer_id", Dimension.WORKSPACE: "workspace_id"},
    ),
    Rollup(
        "usage_rollup_feature_day",
        "day",
        {
            Dimension.FEATURE: "feature_id",
            Dimension.KEY: "api_key_id",
            Dimension.MODEL: "model",
            Dimension.PROVIDER: "provider",
            Dimension.WORKSPACE: "workspace_id",
        },
    ),
    Rollup(
        "usage_rollup_user_day",
        "day",
        {Dimension.USER: "user_id", Dimension.CUSTOMER: "customer_id", Dimension.WORKSPACE: "workspace_id"},
    ),
    Rollup(
        "usage_rollup_customer_model_day",
        "day",
        {
            Dimension.CUSTOMER: "customer_id",
            Dimension.MODEL: "model",
            Dimension.PROVIDER: "provider",
            Dimension.WORKSPACE: "workspace_id",
        },
    ),
)
_TIMED = {Dimension.MODEL: "model", Dimension.PROVIDER: "provider", Dimension.WORKSPACE: "workspace_id"}
LATENCY = Rollup("usage_latency_hour", "hour", _TIMED)
LATENCY_DAY = Rollup("usage_latency_day", "day", _TIMED)


def plan(question: UsageQuestion) -> Sequence[Slice]:
    """The whole days of its range from a daily rollup, if one knows its dimensions; what is left from the hourly one.

    The range is in whole hours.
    """
    return _slices(question, HOUR, next((rollup for rollup in DAYS if knows(rollup, question)), None))


def latency_plan(question: UsageQuestion) -> Sequence[Slice]:
    """As `plan`, of how long calls took; of a question that `LATENCY` knows."""
    return _slices(question, LATENCY, LATENCY_DAY)


def _slices(question: UsageQuestion, hours: Rollup, days: Rollup | None) -> Sequence[Slice]:
    first = start_of(question.start + timedelta(hours=23), Granularity.DAY)
    last = start_of(question.end, Granularity.DAY)
    if question.granularity is Granularity.HOUR or days is None or first >= last:
        return [Slice(hours, question.start, question.end)]
    slices = [
        Slice(hours, question.start, first),
        Slice(days, first, last),
        Slice(hours, last, question.end),
    ]
    return [each for each in slices if each.start < each.end]


def knows(rollup: Rollup, question: UsageQuestion) -> bool:
    return {*question.group_by, *question.where} <= set(rollup.columns)
