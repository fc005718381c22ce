"""Reading usage."""

from typing import Annotated

import strawberry

from app.metering import queries
from app.metering.types import Dimension, Granularity, UsageQuestion
from schema.core import node
from schema.core.context import Info
from schema.usage.types import (
    TimeRange,
    UsageBucket,
    UsageFigures,
    UsageFilter,
    UsageReport,
)


@strawberry.type
class UsageQueries:
    @strawberry.field(description="Usage over time, with totals.")
    async def usage(
        self,
        info: Info,
        org_id: node.OrgIdArgument,
        range: Annotated[TimeRange, strawberry.argument(description="From when to when.")],
        granularity: Annotated[
            Granularity, strawberry.argument(description="The step of the series.")
        ] = Granularity.DAY,
        group_by: Annotated[
            list[Dimension] | None, strawberry.argument(description="At most three: one bucket per value.")
        ] = None,
        filter: Annotated[
            UsageFilter | None, strawberry.argument(description="Only usage that matches.")
        ] = None,
    ) -> UsageReport:
        question = UsageQuestion(
            range.from_, range.to, granularity, group_by or [], _where(filter) if filter else {}
        )
        report = await queries.report(info.context.principal, node.org_id(org_id), question)
        return UsageReport(
            start=report.start,
            end=report.end,
            series=[UsageBucket.of(bucket) for bucket in report.series],
            totals=UsageFigures.of(report.totals),
        )


def _where(given: UsageFilter) -> dict[Dimension, str]:
    values = {
        Dimension.MODEL: given.model,
        Dimension.PROVIDER: given.provider,
        Dimension.CUSTOMER: given.customer_id,
        Dimension.FEATURE: given.feature_id,
        Dimension.USER: given.user_id,
    }
    return {dimension: value for dimension, value in values.items() if value is not None}
