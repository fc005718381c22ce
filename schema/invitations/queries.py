"""Reading invitations."""

from operator import attrgetter
from typing import Annotated

import strawberry

from app.core.pagination import PageRequest
from app.invitations import queries
from app.invitations.types import Status
from schema.core import node
from schema.core.context import Info
from schema.core.pagination import DEFAULT_FIRST, After, Connection, First, connection
from schema.invitations.types import Invitation


@strawberry.type
class InvitationQueries:
    @strawberry.field(description="The org's invitations, newest first.")
    async def invitations(
        self,
        info: Info,
        org_id: node.OrgIdArgument,
        first: First = DEFAULT_FIRST,
        after: After = None,
        status: Annotated[
            Status | None, strawberry.argument(description="Only invitations in this state.")
        ] = None,
    ) -> Connection[Invitation]:
        now = info.context.now
        page = await queries.page(
            info.context.principal,
            node.org_id(org_id),
            request=PageRequest.parse(first, after),
            status=status,
            now=now,
        )
        return connection(
            page, key=attrgetter("id"), node=lambda found: Invitation.of(found, now=now), after=after
        )
