"""Reading what an org says of its calls of models."""

from typing import Annotated

import strawberry

from app.gateway.routing import queries
from app.gateway.tracing import queries as tracing
from schema.core import node
from schema.core.context import Info
from schema.gateway.traces import GatewayTrace
from schema.gateway.types import RoutingPolicy


@strawberry.type
class GatewayQueries:
    @strawberry.field(description="The org's routing policies, by the model that they are for; 500 at most.")
    async def routing_policies(self, info: Info, org_id: node.OrgIdArgument) -> list[RoutingPolicy]:
        found = await queries.of_org(info.context.principal, node.org_id(org_id))
        return [RoutingPolicy.of(one) for one in found]

    @strawberry.field(
        description="What a call of the gateway went through, by the `X-Request-Id` of its answer. The newest thousand "
        "calls of an org are kept, for a day at most; an API key sees those of its workspace."
    )
    async def gateway_trace(
        self,
        info: Info,
        org_id: node.OrgIdArgument,
        request_id: Annotated[str, strawberry.argument(description="As the answer said it.")],
    ) -> GatewayTrace:
        context = info.context
        log = context.services.trace_feeds.log
        found = await tracing.get(context.principal, node.org_id(org_id), request_id, log=log)
        return GatewayTrace.of(found)
