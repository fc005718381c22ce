"""Reading rate limits and plans."""

import strawberry

from app.limits.types import Caller
from app.plans import current as plans
from schema.core.context import Info
from schema.limits.types import Plan, RateLimit


@strawberry.type
class LimitQueries:
    @strawberry.field(
        description="What is left to you after the request that asks; null where nothing is limited. "
        "`GET /v1/rate-limit` tells it without being counted itself."
    )
    async def rate_limit(self, info: Info) -> RateLimit | None:
        context = info.context
        caller = Caller(context.principal, context.address)
        limiter = context.services.limiter
        if limiter is None:
            return None
        tokens = await context.services.token_limits.look(context.principal)
        return RateLimit.of(await limiter.spend(caller, cost=0), tokens)

    @strawberry.field(description="The plans that an org can be on, the smallest first.")
    def plans(self, info: Info) -> list[Plan]:
        _ = info.context.principal
        return [Plan.of(plan) for plan in plans.catalogue().on_offer(now=info.context.now)]
