"""Reading the audit log."""

from operator import attrgetter
from typing import Annotated

import strawberry

from app.audit import queries
from app.core.pagination import PageRequest
from schema.audit.types import AuditEntry
from schema.core import node
from schema.core.context import Info
from schema.core.pagination import DEFAULT_FIRST, After, Connection, First, connection


@strawberry.type
class AuditQueries:
    @strawberry.field(description="The org's audit log, newest first.")
    async def audit_log(
        self,
        info: Info,
        org_id: node.OrgIdArgument,
        first: First = DEFAULT_FIRST,
        after: After = None,
        action: Annotated[
            str | None,
            strawberry.argument(description="Only entries of this action, for example `job.created`."),
        ] = None,
    ) -> Connection[AuditEntry]:
        page = await queries.page(
            info.context.principal,
            node.org_id(org_id),
            request=PageRequest.parse(first, after),
            action=action,
        )
        return connection(page, key=attrgetter("id"), node=AuditEntry.of, after=after)
