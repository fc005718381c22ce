"""Rate limits and plans as the schema shows them."""

from enum import Enum

import strawberry

from app.limits import types as domain
from app.limits.plans import PlanLimits


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


@strawberry.type(description="How many requests you may make; the figures are those of the tightest limit.")
class RateLimit:
    limit: int = strawberry.field(description="Requests in a window, and at once.")
    remaining: int = strawberry.field(description="Requests that are possible now.")
    reset_seconds: int = strawberry.field(description="Until all of them are, if none is made.")
    levels: list[RateLimitLevel] = strawberry.field(description="Every limit that counts.")

    @classmethod
    def of(cls, allowance: domain.Allowance) -> "RateLimit":
        tightest = allowance.tightest
        return cls(
            limit=tightest.quota.amount,
            remaining=tightest.remaining,
            reset_seconds=tightest.reset_seconds,
            levels=[RateLimitLevel.of(level) for level in allowance.levels],
        )


@strawberry.type(description="What an org may have, by what it pays. Null is any number.")
class Plan:
    name: str = strawberry.field(description="Its name, as `Org.plan` shows it.")
    seats: int | None = strawberry.field(description="Members, together with those invited.")
    api_keys: int | None = strawberry.field(description="API keys that can be used.")
    requests_per_minute: int = strawberry.field(
        description="Requests in a minute, and at once, unless another number is agreed."
    )

    @classmethod
    def of(cls, name: str, limits: PlanLimits) -> "Plan":
        return cls(
            name=name, seats=limits.seats, api_keys=limits.keys, requests_per_minute=limits.quota.amount
        )
