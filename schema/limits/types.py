"""Rate limits and plans as the schema shows them."""

from datetime import datetime
from decimal import Decimal
from enum import Enum

import strawberry

from app.limits import types as domain
from app.plans import types as plans
from schema.core.scalars import BigInt


@strawberry.enum(description="What a rate limit is about.")
class RateLimitScope(Enum):
    ORG = strawberry.enum_value("org", description="Everything that the org asks.")
    API_KEY = strawberry.enum_value("api_key", description="What one key asks.")
    USER = strawberry.enum_value("user", description="What one person asks.")
    IP = strawberry.enum_value("ip", description="What comes from one network address.")


@strawberry.type(description="One limit, of those that each request counts towards.")
class RateLimitLevel:
    scope: RateLimitScope = strawberry.field(description="What it is about.")
    limit: int = strawberry.field(description="Requests in a window, and at once.")
    window_seconds: int = strawberry.field(description="How long a window is.")
    remaining: int = strawberry.field(description="Requests that are possible now.")
    reset_seconds: int = strawberry.field(description="Until all of them are, if none is made.")

    @classmethod
    def of(cls, level: domain.Level) -> "RateLimitLevel":
        return cls(
            scope=RateLimitScope(level.scope.value),
            limit=level.quota.amount,
            window_seconds=level.quota.seconds,
            remaining=level.remaining,
            reset_seconds=level.reset_seconds,
        )


@strawberry.type(description="How many tokens of models an API key may take through the gateway.")
class TokenLimit:
    limit: BigInt = strawberry.field(description="Tokens in a window.")
    window_seconds: int = strawberry.field(description="How long a window is.")
    remaining: BigInt = strawberry.field(description="Tokens that are possible now.")
    reset_seconds: int = strawberry.field(description="Until all of them are, if none is taken.")

    @classmethod
    def of(cls, level: domain.Level) -> "TokenLimit":
        return cls(
            limit=BigInt(level.quota.amount),
            window_seconds=level.quota.seconds,
            remaining=BigInt(level.remaining),
            reset_seconds=level.reset_seconds,
        )


@strawberry.type(description="How many requests you may make; the figures are those of the tightest limit.")
class RateLimit:
    limit: int = strawberry.field(description="Requests in a window, and at once.")
    remaining: int = strawberry.field(description="Requests that are possible now.")
    reset_seconds: int = strawberry.field(description="Until all of them are, if none is made.")
    levels: list[RateLimitLevel] = strawberry.field(description="Every limit that counts.")
    tokens: TokenLimit | None = strawberry.field(
        description="Of the API key that asks; null where its tokens are not limited."
    )

    @classmethod
    def of(cls, allowance: domain.Allowance, tokens: domain.Level | None) -> "RateLimit":
        tightest = allowance.tightest
        return cls(
            limit=tightest.quota.amount,
            remaining=tightest.remaining,
            reset_seconds=tightest.reset_seconds,
            levels=[RateLimitLevel.of(level) for level in allowance.levels],
            tokens=None if tokens is None else TokenLimit.of(tokens),
        )


@strawberry.type(description="What an org may have, by what it pays. Null is any number.")
class Plan:
    name: str = strawberry.field(description="Its name, as `Org.plan` shows it.")
    title: str = strawberry.field(description="Its name for people.")
    version: int = strawberry.field(description="A version never changes; an org stays on the one it is on.")
    price_minor: BigInt | None = strawberry.field(
        description="What a month costs, in minor units; null: by contract."
    )
    currency: str = strawberry.field(description="Of the price and of what is used beyond it.")
    included_tokens: BigInt | None = strawberry.field(description="Tokens of a calendar month (UTC).")
    overage_per_1k: Decimal | None = strawberry.field(
        description="What a thousand tokens more cost; null where nothing can be used beyond those included."
    )
    seats: int | None = strawberry.field(description="Members, together with those invited.")
    api_keys: int | None = strawberry.field(description="API keys that can be used.")
    requests_per_minute: int = strawberry.field(
        description="Requests in a minute, and at once, unless another number is agreed."
    )
    has_streaming: bool = strawberry.field(description="Whether a job's text is sent while it is written.")
    effective_from: datetime = strawberry.field(description="Since when it is on offer.")

    @classmethod
    def of(cls, plan: plans.Plan) -> "Plan":
        return cls(
            name=plan.code,
            title=plan.name,
            version=plan.version,
            price_minor=None if plan.price_minor is None else BigInt(plan.price_minor),
            currency=plan.currency,
            included_tokens=None if plan.included_tokens is None else BigInt(plan.included_tokens),
            overage_per_1k=plan.overage_per_1k,
            seats=plan.seats,
            api_keys=plan.api_keys,
            requests_per_minute=plan.requests_per_minute,
            has_streaming=plan.has_streaming,
            effective_from=plan.effective_from,
        )
