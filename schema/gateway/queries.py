"""Reading what an org says of its calls of models."""

import strawberry

from app.gateway.routing import queries
from schema.core import node
from schema.core.context import Info
from schema.gateway.types import RoutingPolicy


@strawberry.type
class GatewayQueries:
    @strawberry.field(description="The org's routing policies, by the model that they are for; 500 at most.")
    async def routing_policies(self, info: Info, org_id: node.OrgIdArgument) -> list[RoutingPolicy]:
        found = await queries.of_org(info.context.principal, node.org_id(org_id))
        return [RoutingPolicy.of(one) for one in found]
