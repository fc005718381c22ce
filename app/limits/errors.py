"""Refusals of requests that are too many, or that cannot be counted."""

import math

from app.core.errors import Kind, LaunchKitError, Unavailable
from app.limits.types import Allowance, Scope

_OF = {
    Scope.ORG: "your org",
    Scope.API_KEY: "this API key",
    Scope.USER: "your account",
    Scope.ACCOUNT: "this account",
    Scope.IP: "your network address",
    Scope.ANONYMOUS: "requests without a valid credential",
}


class RateLimited(LaunchKitError):
    """`allowance` is what there was; nothing of it was spent."""

    kind = Kind.LIMIT
    code = "rate_limited"
    title = "Too many requests."

    def __init__(self, allowance: Allowance, *, cost: int) -> None:
        self.allowance = allowance
        self.level = max(allowance.levels, key=lambda level: level.seconds_until(cost))
        wait = self.level.seconds_until(cost)
        quota = self.level.quota
        super().__init__(
            f"The limit of {_OF[self.level.scope]} is {quota.amount} requests in {quota.seconds} seconds; "
            f"try again in {math.ceil(wait)} s.",
            retry_after=wait,
        )


class LimitsUnavailable(Unavailable):
    """Redis is away, and this installation prefers refusing to not counting."""

    code = "rate_limits_unavailable"
    title = "Requests cannot be counted right now; try again shortly."


class Exhausted(LaunchKitError):
    """What was paid for or allowed is used up. Repeating the request is in vain until more of it is given."""

    kind = Kind.LIMIT


class PlanLimitReached(Exhausted):
    """The plan has no room for one more. Waiting does not help, so there is no time to come back at."""

    code = "plan_limit_reached"
    title = "Your plan has no room for this; make room, or take a larger plan."
