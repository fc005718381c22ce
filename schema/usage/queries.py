"""Reading usage."""

from typing import Annotated

import strawberry

from app.analytics import naming, queries
from app.analytics.cursors import EventPageRequest
from app.analytics.types import Dimension, Granularity, Measure, UsageQuestion, Value
from app.core.errors import FieldError, InvalidInput
from schema.core import node
from schema.core.context import Info
from schema.core.pagination import DEFAULT_FIRST, After, Connection, First
from schema.core.selection import selects
from schema.usage import events
from schema.usage.events import UsageEvent, UsageEventFilter
from schema.usage.types import TimeRange, UsageFilter, UsageReport, UsageTop

# By dimension: the field for one value, if it has one, and that for several.
_FIELDS = {
    Dimension.MODEL: ("model", "models"),
    Dimension.PROVIDER: ("provider", "providers"),
    Dimension.CUSTOMER: ("customer_id", "customer_ids"),
    Dimension.FEATURE: ("feature_id", "feature_ids"),
    Dimension.USER: ("user_id", "user_ids"),
    Dimension.KEY: (None, "key_ids"),
    Dimension.WORKSPACE: (None, "workspace_ids"),
}


@strawberry.type
class UsageQueries:
    @strawberry.field(description="Usage over time, with totals.")
    async def usage(
        self,
        info: Info,
        org_id: node.OrgIdArgument,
        range: Annotated[TimeRange, strawberry.argument(description="From when to when.")],
        granularity: Annotated[
            Granularity, strawberry.argument(description="The step of the series, in UTC.")
        ] = Granularity.DAY,
        group_by: Annotated[
            list[Dimension] | None, strawberry.argument(description="At most three: one bucket per value.")
        ] = None,
        filter: Annotated[
            UsageFilter | None, strawberry.argument(description="Only usage that matches.")
        ] = None,
        top: Annotated[
            UsageTop | None,
            strawberry.argument(description="Only the greatest groups, and one of all others."),
        ] = None,
        fill: Annotated[bool, strawberry.argument(description="Also steps without usage.")] = False,
    ) -> UsageReport:
        question = UsageQuestion(
            range.from_,
            range.to,
            granularity,
            group_by or [],
            where=_where(filter) if filter else {},
            top=None if top is None else top.count,
            top_by=Measure.COST if top is None else top.by,
            fills=fill,
            compares=selects(info, "previous"),
            times=selects(info, "latency"),
        )
        return UsageReport.of(await queries.report(info.context.principal, node.org_id(org_id), question))

    @strawberry.field(description="Single usage events, newest first.")
    async def usage_events(
        self,
        info: Info,
        org_id: node.OrgIdArgument,
        first: First = DEFAULT_FIRST,
        after: After = None,
        filter: Annotated[
            UsageEventFilter | None, strawberry.argument(description="Only events that match.")
        ] = None,
    ) -> Connection[UsageEvent]:
        page = await queries.events(
            info.context.principal,
            node.org_id(org_id),
            request=EventPageRequest.parse(first, after),
            where=(filter or UsageEventFilter()).to_domain(),
        )
        return events.connection(page, after=after)


def _where(given: UsageFilter) -> dict[Dimension, list[Value]]:
    errors: list[FieldError] = []
    where: dict[Dimension, list[Value]] = {}
    for dimension, (one, several) in _FIELDS.items():
        single = None if one is None else getattr(given, one)
        many = getattr(given, several)
        if single is not None:
            where[dimension] = [single]
        if many is not None:
            field = f"filter.{several}"
            if single is not None:
                errors.append(FieldError(field, "named_twice", "Name the one or the several, not both."))
            where[dimension] = [naming.decode(dimension, text, field=field, errors=errors) for text in many]
    if errors:
        raise InvalidInput(errors)
    return where
