"""Following calls of the gateway."""

from collections.abc import AsyncIterable
from typing import Annotated

import strawberry

from schema.core import node
from schema.core.context import Info
from schema.core.live import Live
from schema.core.scalars import BigInt
from schema.gateway.traces import GatewayTrace


@strawberry.type
class GatewaySubscriptions:
    @strawberry.subscription(
        description="The newest twenty calls of the org, then each as it has ended, with all its steps; or one of "
        "them. A call that goes on to another model is told after each. An API key sees those of its workspace."
    )
    async def gateway_trace(
        self,
        info: Info,
        org_id: node.OrgIdArgument,
        request_id: Annotated[
            str | None, strawberry.argument(description="Only the call whose answer had this `X-Request-Id`.")
        ] = None,
        after: Annotated[
            BigInt | None,
            strawberry.argument(description="The last `seq` seen: only what came since is sent, if kept."),
        ] = None,
    ) -> AsyncIterable[GatewayTrace]:
        principal, org = info.context.principal, node.org_id(org_id)
        stream = info.context.services.trace_feeds.open(principal, org, request_id=request_id)
        return Live(stream, principal, org, show=GatewayTrace.of, after=after)
