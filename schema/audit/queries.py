"""Reading the audit log."""

from operator import attrgetter
from typing import Annotated

import strawberry

from app.audit import queries
from app.audit import types as domain
from app.core.pagination import PageRequest
from schema.audit.types import AuditEntry, AuditFilter
from schema.core import node
from schema.core.context import Info
from schema.core.pagination import DEFAULT_FIRST, After, Connection, First, connection

_NAMES = {
    "principal_id": "filter.principalId",
    "target_id": "filter.targetId",
    "since": "filter.from",
    "until": "filter.to",
}


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
            strawberry.argument(
                description="Only entries of this action, for example `job.created`.",
                deprecation_reason="Use `filter`.",
            ),
        ] = None,
        filter: Annotated[
            AuditFilter | None, strawberry.argument(description="Only entries that match.")
        ] = None,
    ) -> Connection[AuditEntry]:
        page = await queries.page(
            info.context.principal,
            node.org_id(org_id),
            request=PageRequest.parse(first, after),
            where=_where(filter or AuditFilter(), action),
        )
        return connection(page, key=attrgetter("id"), node=AuditEntry.of, after=after)


def _where(given: AuditFilter, action: str | None) -> domain.AuditFilter:
    return domain.AuditFilter.parse(
        principal_id=given.principal_id,
        action=given.action if given.action is not None else action,
        target_type=given.target_type,
        target_id=given.target_id,
        since=given.from_,
        until=given.to,
        names=_NAMES,
    )
