"""Usage."""

from datetime import datetime
from decimal import Decimal

import strawberry

from app.metering import types as domain
from app.metering.types import Dimension, Granularity
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


@strawberry.input(description="A half-open range of time, [from, to), widened to whole hours.")
class TimeRange:
    from_: datetime = strawberry.field(name="from", description="First moment inside.")
    to: datetime = strawberry.field(description="First moment after.")


@strawberry.input(description="Only usage that matches all that is given.")
class UsageFilter:
    model: str | None = strawberry.field(default=None, description="Model name.")
    provider: str | None = strawberry.field(default=None, description="Provider name.")
    customer_id: str | None = strawberry.field(default=None, description="Your own customer.")
    feature_id: str | None = strawberry.field(default=None, description="Your own feature.")
    user_id: str | None = strawberry.field(default=None, description="Your customer's user.")


@strawberry.type(description="Sums.")
class UsageFigures:
    requests: BigInt = strawberry.field(description="Model calls.")
    input_tokens: BigInt = strawberry.field(description="Tokens read.")
    output_tokens: BigInt = strawberry.field(description="Tokens written.")
    tokens: BigInt = strawberry.field(description="Tokens read and written.")
    cost_usd: Decimal = strawberry.field(description="Cost in USD, without the unrated requests.")
    credits: Decimal = strawberry.field(description="Credits burned.")
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
            unrated=BigInt(figures.unrated),
        )


@strawberry.type(description="One value of one dimension.")
class UsageGroup:
    dimension: domain.Dimension = strawberry.field(description="What is grouped by.")
    value: str | None = strawberry.field(description="Its value; null for usage that has none.")


@strawberry.type(description="The usage of one step and group.")
class UsageBucket:
    start: datetime = strawberry.field(description="Start of the step, in UTC.")
    group: list[UsageGroup] = strawberry.field(description="The group, one entry per dimension.")
    figures: UsageFigures = strawberry.field(description="Its sums.")

    @classmethod
    def of(cls, bucket: domain.Bucket) -> "UsageBucket":
        group = [UsageGroup(dimension=name, value=value) for name, value in bucket.group.items()]
        return cls(start=bucket.start, group=group, figures=UsageFigures.of(bucket.figures))


@strawberry.type(description="Usage over time.")
class UsageReport:
    start: datetime = strawberry.field(description="`from`, widened to a whole hour.")
    end: datetime = strawberry.field(description="`to`, widened to a whole hour.")
    series: list[UsageBucket] = strawberry.field(description="Steps with usage, in order.")
    totals: UsageFigures = strawberry.field(description="Sums over the series.")
