"""Following the audit log."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Annotated

import strawberry

from app.infra import telemetry
from schema.audit.types import AuditEntry
from schema.core import node
from schema.core.context import Info
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
    ) -> AsyncIterator[AuditEntry]:
        context = info.context
        with telemetry.SUBSCRIPTIONS_ACTIVE.track_inprogress():
            follow = context.services.audit_feeds.follow(context.principal, node.org_id(org_id), after=after)
            # Closed with the subscription, not when the collector comes by.
            async with aclosing(follow) as records:
                async for record in records:
                    yield AuditEntry.of(record)
