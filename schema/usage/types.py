"""Usage."""

from datetime import datetime
from decimal import Decimal

import strawberry

from app.analytics import naming
from app.analytics import types as domain
from app.analytics.types import Dimension, Granularity, Measure
from schema.core import enums
from schema.core.scalars import BigInt

enums.describe(
    Granularity,
    name="Granularity",
    description="The step of a series.",
    values={
        Granularity.HOUR: "Whole hours.",
        Granularity.DAY: "Whole days, in UTC.",
        Granularity.MONTH: "Calendar months, in UTC.",
    },
)
enums.describe(
    Dimension,
    name="UsageDimension",
    description="What usage can be grouped by.",
    values={
        Dimension.MODEL: "The model that was asked.",
        Dimension.PROVIDER: "Who runs the model.",
        Dimension.CUSTOMER: "Your own customer.",
        Dimension.FEATURE: "Your own feature.",
        Dimension.USER: "Your customer's user.",
        Dimension.KEY: "The API key that was used.",
        Dimension.WORKSPACE: "The workspace it belongs to.",
    },
)
enums.describe(
    Measure,
    name="UsageMeasure",
    description="What groups are greatest by.",
    values={
        Measure.COST: "What the provider charges.",
        Measure.CREDITS: "Credits burned.",
        Measure.TOKENS: "Tokens read and written.",
        Measure.REQUESTS: "Model calls.",
    },
)


@strawberry.input(description="A half-open range of time, [from, to), widened to whole hours.")
class TimeRange:
    from_: datetime = strawberry.field(name="from", description="First moment inside.")
    to: datetime = strawberry.field(description="First moment after.")


_VALUES = "Any of these; null is usage that has none."


@strawberry.input(description="Only usage that matches all that is given.")
class UsageFilter:
    model: str | None = strawberry.field(default=None, description="Model name.")
    provider: str | None = strawberry.field(default=None, description="Provider name.")
    customer_id: str | None = strawberry.field(default=None, description="Your own customer.")
    feature_id: str | None = strawberry.field(default=None, description="Your own feature.")
    user_id: str | None = strawberry.field(default=None, description="Your customer's user.")
    models: list[str | None] | None = strawberry.field(default=None, description=_VALUES)
    providers: list[str | None] | None = strawberry.field(default=None, description=_VALUES)
    customer_ids: list[str | None] | None = strawberry.field(default=None, description=_VALUES)
    feature_ids: list[str | None] | None = strawberry.field(default=None, description=_VALUES)
    user_ids: list[str | None] | None = strawberry.field(default=None, description=_VALUES)
    key_ids: list[strawberry.ID | None] | None = strawberry.field(default=None, description=_VALUES)
    workspace_ids: list[strawberry.ID | None] | None = strawberry.field(default=None, description=_VALUES)


@strawberry.input(description="The greatest groups of the whole range; all others together are one more.")
class UsageTop:
    count: int = strawberry.field(description="How many, 1 to 100.")
    by: domain.Measure = strawberry.field(
        default=domain.Measure.COST, description="What they are greatest by."
    )


@strawberry.type(description="Sums.")
class UsageFigures:
    requests: BigInt = strawberry.field(description="Model calls.")
    input_tokens: BigInt = strawberry.field(description="Tokens read.")
    output_tokens: BigInt = strawberry.field(description="Tokens written.")
    tokens: BigInt = strawberry.field(description="Tokens read and written.")
    cost_usd: Decimal = strawberry.field(description="Cost in USD, without the unrated requests.")
    credits: Decimal = strawberry.field(description="Credits burned.")
    revenue_usd: Decimal = strawberry.field(description="The credits at what they sell for.")
    margin_usd: Decimal | None = strawberry.field(description="Revenue without cost; null without revenue.")
    margin_percent: Decimal | None = strawberry.field(description="Of the revenue; null without revenue.")
    unrated: BigInt = strawberry.field(description="Requests whose price is not known yet.")

    @classmethod
    def of(cls, figures: domain.Figures) -> "UsageFigures":
        return cls(
            requests=BigInt(figures.requests),
            input_tokens=BigInt(figures.input_tokens),
            output_tokens=BigInt(figures.output_tokens),
            tokens=BigInt(figures.tokens),
            cost_usd=figures.cost_usd,
            credits=figures.credits,
            revenue_usd=figures.revenue_usd,
            margin_usd=figures.margin_usd,
            margin_percent=figures.margin_percent,
            unrated=BigInt(figures.unrated),
        )


@strawberry.type(description="How long timed calls took, at most 4.5 % off.")
class UsageLatency:
    calls: BigInt = strawberry.field(description="Requests that were timed.")
    p50_ms: int = strawberry.field(description="Half of them were done in so many milliseconds.")
    p95_ms: int = strawberry.field(description="95 of 100 were.")
    p99_ms: int = strawberry.field(description="99 of 100 were.")

    @classmethod
    def of(cls, latency: domain.Latency | None) -> "UsageLatency | None":
        if latency is None:
            return None
        return cls(
            calls=BigInt(latency.calls), p50_ms=latency.p50_ms, p95_ms=latency.p95_ms, p99_ms=latency.p99_ms
        )


@strawberry.type(description="One value of one dimension.")
class UsageGroup:
    dimension: domain.Dimension = strawberry.field(description="What is grouped by.")
    value: str | None = strawberry.field(description="Its value; null for usage that has none.")


_TIMED = "How long calls took; null unless only models, providers and workspaces are grouped and filtered by."


@strawberry.type(description="The usage of one step and group.")
class UsageBucket:
    start: datetime = strawberry.field(description="Start of the step, in UTC.")
    group: list[UsageGroup] = strawberry.field(description="The group, one entry per dimension.")
    is_other: bool = strawberry.field(description="All groups but the `top` ones together.")
    figures: UsageFigures = strawberry.field(description="Its sums.")
    latency: UsageLatency | None = strawberry.field(description=_TIMED)

    @classmethod
    def of(cls, bucket: domain.Bucket) -> "UsageBucket":
        group = [
            UsageGroup(dimension=name, value=naming.encode(name, value))
            for name, value in bucket.group.items()
        ]
        return cls(
            start=bucket.start,
            group=group,
            is_other=bucket.is_other,
            figures=UsageFigures.of(bucket.figures),
            latency=UsageLatency.of(bucket.latency),
        )


@strawberry.type(description="By how many per cent a figure changed.")
class UsageChange:
    figure: str = strawberry.field(description="Which, for example `cost_usd`.")
    percent: Decimal | None = strawberry.field(description="Null where it was 0 before.")


@strawberry.type(description="As much time straight before.")
class UsageComparison:
    start: datetime = strawberry.field(description="First moment inside.")
    end: datetime = strawberry.field(description="First moment after.")
    totals: UsageFigures = strawberry.field(description="Its sums.")
    changes: list[UsageChange] = strawberry.field(description="From then to now.")

    @classmethod
    def of(cls, previous: domain.Comparison | None) -> "UsageComparison | None":
        if previous is None:
            return None
        changes = [UsageChange(figure=name, percent=by) for name, by in previous.change_percent.items()]
        totals = UsageFigures.of(previous.totals)
        return cls(start=previous.start, end=previous.end, totals=totals, changes=changes)


@strawberry.type(description="Usage over time.")
class UsageReport:
    start: datetime = strawberry.field(description="`from`, widened to a whole hour.")
    end: datetime = strawberry.field(description="`to`, widened to a whole hour.")
    series: list[UsageBucket] = strawberry.field(description="Steps with usage, in order.")
    totals: UsageFigures = strawberry.field(description="Sums over the series.")
    latency: UsageLatency | None = strawberry.field(description=_TIMED)
    previous: UsageComparison | None = strawberry.field(description="The totals of as much time before.")

    @classmethod
    def of(cls, report: domain.UsageReport) -> "UsageReport":
        return cls(
            start=report.start,
            end=report.end,
            series=[UsageBucket.of(bucket) for bucket in report.series],
            totals=UsageFigures.of(report.totals),
            latency=UsageLatency.of(report.latency),
            previous=UsageComparison.of(report.previous),
        )
