"""Reading people and orgs."""

import strawberry

from app.identity import queries as identity
from schema.core import node
from schema.core.context import Info
from schema.orgs.types import Org, User


@strawberry.type
class OrgQueries:
    @strawberry.field(description="The user who asks; null for an API key.")
    async def me(self, info: Info) -> User | None:
        user = await identity.me(info.context.principal)
        return None if user is None else User.of(user)

    @strawberry.field(description="One org of yours.")
    async def org(self, info: Info, id: node.Id) -> Org:
        return Org.of(await identity.org(info.context.principal, node.org_id(id)))

    @strawberry.field(description="The orgs that you belong to, by name.")
    async def orgs(self, info: Info) -> list[Org]:
        return [Org.of(org) for org in await identity.orgs(info.context.principal)]
