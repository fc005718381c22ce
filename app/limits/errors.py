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
    Scope.API_KEY_TOKENS: "this API key",
}


class RateLimited(LaunchKitError):
    """`allowance` is what there was; nothing of it was spent."""

    kind = Kind.LIMIT
    code = "rate_limited"
    title = "Too many requests."
    counted = "requests"

    def __init__(self, allowance: Allowance, *, cost: int) -> None:
        self.allowance = allowance
        self.level = max(allowance.levels, key=lambda level: level.seconds_until(cost))
        wait = self.level.seconds_until(cost)
        quota = self.level.quota
        super().__init__(
            f"The limit of {_OF[self.level.scope]} is {quota.amount} {self.counted} in {quota.seconds} seconds; "
            f"{self._wanted(cost)}try again in {math.ceil(wait)} s.",
            retry_after=wait,
        )

    def _wanted(self, cost: int) -> str:
        return ""


class TokensRateLimited(RateLimited):
    """Those of models. The cost is what the call may take: its input by estimate, and the most that it may say."""

    code = "tokens_rate_limited"
    title = "Too many tokens."
    counted = "tokens"

    def _wanted(self, cost: int) -> str:
        return f"this call may take {cost}; "


class BeyondTokenLimit(LaunchKitError):
    """However long it waits it cannot pass, so it is no matter of a rate: repeating it is in vain."""

    kind = Kind.INVALID
    code = "beyond_token_limit"
    title = "The call may take more tokens than its API key may take in a minute."

    def __init__(self, input_tokens: int, output_tokens: int, limit: int) -> None:
        super().__init__(
            f"This call may take {input_tokens + output_tokens} tokens ({input_tokens} in, {output_tokens} out), "
            f"more than its API key may take in a minute ({limit}): say a smaller maximum of output tokens, send less, "
            "or raise the key's tokens_per_minute."
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
