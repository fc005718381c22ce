"""Reading people and orgs."""

from operator import attrgetter

import strawberry

from app.core.pagination import PageRequest
from app.identity import queries as identity
from schema.core import node
from schema.core.context import Info
from schema.core.pagination import DEFAULT_FIRST, After, Connection, First, connection
from schema.orgs.types import Member, Org, User, Workspace


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

    @strawberry.field(description="The org's members, who joined last first.")
    async def members(
        self, info: Info, org_id: node.OrgIdArgument, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[Member]:
        page = await identity.members(
            info.context.principal, node.org_id(org_id), request=PageRequest.parse(first, after)
        )
        return connection(page, key=attrgetter("id"), node=Member.of, after=after)

    @strawberry.field(description="The org's environments, oldest first.")
    async def workspaces(self, info: Info, org_id: node.OrgIdArgument) -> list[Workspace]:
        found = await identity.workspaces(info.context.principal, node.org_id(org_id))
        return [Workspace.of(workspace) for workspace in found]
