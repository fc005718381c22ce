"""Following the audit log."""

from collections.abc import AsyncIterable
from typing import Annotated

import strawberry

from schema.audit.types import AuditEntry
from schema.core import node
from schema.core.context import Info
from schema.core.live import Live
from schema.core.scalars import BigInt


@strawberry.type
class AuditSubscriptions:
    @strawberry.subscription(
        description="The newest entry of the org's audit log, then every newer one as soon as it is sealed, "
        "in the order of `seq` and without a gap."
    )
    async def audit_logged(
        self,
        info: Info,
        org_id: node.OrgIdArgument,
        after: Annotated[
            BigInt | None,
            strawberry.argument(description="The last `seq` seen: everything that came since is sent first."),
        ] = None,
    ) -> AsyncIterable[AuditEntry]:
        principal, org = info.context.principal, node.org_id(org_id)
        stream = info.context.services.audit_feeds.open(principal, org)
        return Live(stream, principal, org, show=AuditEntry.of, after=after)
