"""Spending from the buckets of a request, and looking at them."""

import time
from collections.abc import Callable, Sequence

from app.core.token_bucket import Buckets, Demand, Taken
from app.infra import telemetry
from app.limits import scopes
from app.limits.errors import LimitsUnavailable, RateLimited
from app.limits.types import Allowance, Caller, Level, Scope

log = telemetry.logger(__name__)

_LEFT_ALONE_SECONDS = 1.0


class Limiter:
    """One per process. `local` stands in while `shared` cannot be reached; None refuses instead."""

    def __init__(
        self, shared: Buckets, local: Buckets | None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._shared = shared
        self._local = local
        self._clock = clock
        self._shared_again_at = 0.0

    async def spend(self, caller: Caller, *, cost: int = 1) -> Allowance:
        """Raises `RateLimited`, having spent nothing, or `LimitsUnavailable`. A cost of 0 only looks."""
        return await self._spend(scopes.of(caller), cost)

    async def spend_of_address(self, address: str) -> Allowance:
        """For what comes before the caller is known: a WebSocket that is opened."""
        return await self._spend([scopes.of_address(address)], 1)

    async def spend_from(self, wanted: Sequence[tuple[Scope, Demand]]) -> Allowance:
        """For acts that a domain bounds by buckets of its own, however many requests are allowed."""
        return await self._spend(wanted, 1)

    async def _spend(self, wanted: Sequence[tuple[Scope, Demand]], cost: int) -> Allowance:
        taken, _ = await self.take([demand for _, demand in wanted], cost=cost)
        levels = [
            Level(scope, demand.quota, missing)
            for (scope, demand), missing in zip(wanted, taken.missing, strict=True)
        ]
        allowance = Allowance(levels)
        if not taken.is_granted:
            refusal = RateLimited(allowance, cost=cost)
            telemetry.RATE_LIMITED.labels(refusal.level.scope).inc()
            raise refusal
        return allowance

    async def take(self, demands: Sequence[Demand], *, cost: int) -> tuple[Taken, Buckets]:
        """What the buckets say, and which they were: those shared by all processes, or this one's. Raises
        `LimitsUnavailable`.
        """
        if self._clock() >= self._shared_again_at:
            try:
                return await self._shared.take(demands, cost=cost), self._shared
            except ConnectionError as error:
                self._shared_again_at = self._clock() + _LEFT_ALONE_SECONDS
                log.warning("rate_limits.redis_lost", error=str(error), is_closed=self._local is None)
        if self._local is None:
            raise LimitsUnavailable(retry_after=_LEFT_ALONE_SECONDS)
        telemetry.RATE_LIMIT_FALLBACK.inc()
        return await self._local.take(demands, cost=cost), self._local
