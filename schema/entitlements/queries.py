"""Reading features, entitlements, decisions and flags."""

from operator import attrgetter
from typing import Annotated

import strawberry

from app.core.pagination import PageRequest
from app.core.principal import Permission
from app.entitlements import queries
from app.entitlements import types as domain
from schema.core import node
from schema.core.context import Info
from schema.core.pagination import DEFAULT_FIRST, After, Connection, First, connection
from schema.entitlements.types import (
    Entitlement,
    EntitlementDecision,
    Feature,
    FeatureFlag,
    IntendedAction,
)

CustomerArgument = Annotated[
    str | None, strawberry.argument(description="Your own id for the customer, or ours.")
]


@strawberry.type
class EntitlementQueries:
    @strawberry.field(
        description="Whether a customer may do something now, and what it would take. Nothing is set aside."
    )
    async def entitlement(
        self,
        info: Info,
        org_id: node.OrgIdArgument,
        customer_id: CustomerArgument = None,
        feature: Annotated[str | None, strawberry.argument(description="The key of a feature.")] = None,
        action: Annotated[
            IntendedAction | None, strawberry.argument(description="What is about to be done.")
        ] = None,
        user_id: Annotated[
            str | None, strawberry.argument(description="Your own user, whose budget counts.")
        ] = None,
    ) -> EntitlementDecision:
        context = info.context
        intent = domain.Intent() if action is None else action.intent()
        decision = await context.services.entitlements.check(
            context.principal,
            node.org_id(org_id),
            question=domain.Question(customer_id, feature, intent, user_id),
            now=context.now,
        )
        return EntitlementDecision.of(decision)

    @strawberry.field(description="What the org sells, newest first.")
    async def features(
        self, info: Info, org_id: node.OrgIdArgument, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[Feature]:
        request = PageRequest.parse(first, after)
        page = await queries.features(info.context.principal, node.org_id(org_id), request=request)
        return connection(page, key=attrgetter("id"), node=Feature.of, after=after)

    @strawberry.field(description="Who is entitled to what, newest first.")
    async def entitlements(
        self,
        info: Info,
        org_id: node.OrgIdArgument,
        first: First = DEFAULT_FIRST,
        after: After = None,
        feature: Annotated[str | None, strawberry.argument(description="Only of this feature.")] = None,
        customer_id: Annotated[
            str | None, strawberry.argument(description="Only those of this customer itself.")
        ] = None,
    ) -> Connection[Entitlement]:
        page = await queries.entitlements(
            info.context.principal,
            node.org_id(org_id),
            request=PageRequest.parse(first, after),
            feature=feature,
            customer=customer_id,
        )
        return connection(page, key=attrgetter("id"), node=Entitlement.of, after=after)

    @strawberry.field(
        description="The installation's feature flags as they are for the org: where the plan decides against one, "
        "a larger plan has it."
    )
    async def feature_flags(self, info: Info, org_id: node.OrgIdArgument) -> list[FeatureFlag]:
        context = info.context
        access = context.principal.authorise(node.org_id(org_id), Permission.ORG_READ)
        return [FeatureFlag.of(state) for state in await context.services.entitlements.flags(access)]
