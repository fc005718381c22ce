"""Reading what an org says of its calls of models."""

from datetime import datetime
from operator import attrgetter
from typing import Annotated

import strawberry

from app.core.pagination import PageRequest
from app.gateway.routing import queries
from app.gateway.savings import queries as savings
from app.gateway.tracing import queries as tracing
from app.gateway.upstreams import queries as upstreams
from schema.core import node
from schema.core.context import Info
from schema.core.pagination import DEFAULT_FIRST, After, Connection, First, connection
from schema.gateway.savings import GatewaySavings
from schema.gateway.traces import GatewayTrace
from schema.gateway.types import RoutingPolicy
from schema.gateway.upstreams import Upstream, upstream_id


@strawberry.type
class GatewayQueries:
    @strawberry.field(description="The org's own upstreams, newest first. Their keys are not shown.")
    async def upstreams(
        self, info: Info, org_id: node.OrgIdArgument, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[Upstream]:
        request = PageRequest.parse(first, after)
        page = await upstreams.page(info.context.principal, node.org_id(org_id), request=request)
        return connection(page, key=attrgetter("id"), node=Upstream.of, after=after)

    @strawberry.field(description="One upstream of the org's.")
    async def upstream(self, info: Info, org_id: node.OrgIdArgument, id: node.Id) -> Upstream:
        found = await upstreams.get(info.context.principal, node.org_id(org_id), upstream_id(id))
        return Upstream.of(found)

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

    @strawberry.field(
        description="What routing policies and kept answers saved, against the price of what was asked for; an API key "
        "sees what its workspace's calls saved."
    )
    async def gateway_savings(
        self,
        info: Info,
        org_id: node.OrgIdArgument,
        from_: Annotated[datetime, strawberry.argument(name="from", description="First moment inside.")],
        to: Annotated[
            datetime, strawberry.argument(description="First moment after, at most 366 days later.")
        ],
    ) -> GatewaySavings:
        found = await savings.report(info.context.principal, node.org_id(org_id), start=from_, end=to)
        return GatewaySavings.of(found)
