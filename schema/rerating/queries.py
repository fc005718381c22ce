"""Reading receipts and re-ratings."""

from typing import Annotated

import strawberry

from app.core import ids
from app.rerating import queries, receipts
from app.rerating.errors import ReratingNotFound
from app.rerating.types import PREFIX
from schema.core import node
from schema.core.context import Info
from schema.rerating.types import Receipt, Rerating


@strawberry.type
class ReratingQueries:
    @strawberry.field(
        description="How an event became credits and cost, whose credit was drawn, and what has changed since."
    )
    async def receipt(
        self,
        info: Info,
        org_id: node.OrgIdArgument,
        event_id: Annotated[str, strawberry.argument(description="Your own id of the event.")],
    ) -> Receipt:
        return Receipt.of(await receipts.receipt(info.context.principal, node.org_id(org_id), event_id))

    @strawberry.field(description="How far a re-rating is, and what it changes.")
    async def rerating(self, info: Info, org_id: node.OrgIdArgument, id: node.Id) -> Rerating:
        rerating_id = ids.find(PREFIX, id)
        if rerating_id is None:
            raise ReratingNotFound
        principal = info.context.principal
        found = await queries.rerating(principal, node.org_id(org_id), rerating_id)
        return Rerating.of(found, await queries.customers(principal, found))
