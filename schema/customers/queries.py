"""Reading an org's own customers."""

from operator import attrgetter
from typing import Annotated

import strawberry

from app.core.pagination import PageRequest
from app.customers import queries
from app.customers import types as domain
from schema.core import node
from schema.core.context import Info
from schema.core.pagination import DEFAULT_FIRST, After, Connection, First, connection
from schema.customers.types import Customer


@strawberry.input(description="Which customers; all that is given must match.")
class CustomerFilter:
    search: str | None = strawberry.field(
        default=None, description="A part of your own id for it or of its name, in any case."
    )
    tier: str | None = strawberry.field(default=None, description="Only those of this tier.")
    team: str | None = strawberry.field(default=None, description="Only those of this team.")


@strawberry.type
class CustomerQueries:
    @strawberry.field(description="The org's own customers, newest first.")
    async def customers(
        self,
        info: Info,
        org_id: node.OrgIdArgument,
        first: First = DEFAULT_FIRST,
        after: After = None,
        filter: Annotated[
            CustomerFilter | None, strawberry.argument(description="Only those that match.")
        ] = None,
    ) -> Connection[Customer]:
        where = domain.CustomerFilter()
        if filter is not None:
            where = domain.CustomerFilter(filter.search, filter.tier, filter.team)
        page = await queries.page(
            info.context.principal,
            node.org_id(org_id),
            request=PageRequest.parse(first, after),
            where=where,
        )
        return connection(page, key=attrgetter("id"), node=Customer.of, after=after)

    @strawberry.field(description="One customer.")
    async def customer(
        self,
        info: Info,
        org_id: node.OrgIdArgument,
        id: Annotated[strawberry.ID, strawberry.argument(description="Your own id for it, or ours.")],
    ) -> Customer:
        return Customer.of(await queries.get(info.context.principal, node.org_id(org_id), id))
