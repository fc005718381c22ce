"""Following usage."""

from collections.abc import AsyncIterable
from datetime import datetime

import strawberry

from app.analytics import live as domain
from schema.core import node
from schema.core.context import Info
from schema.core.live import Live
from schema.usage.types import UsageFigures


@strawberry.type(description="What was used on a day, so far.")
class UsageUpdate:
    day: datetime = strawberry.field(description="When the day began, in UTC: another one begins at nothing.")
    at: datetime = strawberry.field(description="When this was so.")
    totals: UsageFigures = strawberry.field(description="Of everything that happened on that day.")

    @classmethod
    def of(cls, update: domain.UsageUpdate) -> "UsageUpdate":
        return cls(day=update.day, at=update.at, totals=UsageFigures.of(update.totals))


@strawberry.type
class UsageSubscriptions:
    @strawberry.subscription(
        description="The org's usage of the day, then again after whatever is recorded, at most once a second. An API "
        "key sees that of its workspace."
    )
    async def usage_recorded(self, info: Info, org_id: node.OrgIdArgument) -> AsyncIterable[UsageUpdate]:
        principal, org = info.context.principal, node.org_id(org_id)
        stream = info.context.services.usage_feeds.open(principal, org)
        return Live(stream, principal, org, show=UsageUpdate.of)
