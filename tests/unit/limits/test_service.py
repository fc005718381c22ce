"""Spending, with Redis there and away."""

from collections.abc import Sequence

import pytest
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from app.core.token_bucket import Demand, Taken
from app.infra.buckets import LocalBuckets
from app.limits.errors import LimitsUnavailable, RateLimited
from app.limits.service import Limiter
from app.limits.types import Caller, Scope

NOBODY = Caller(None, "192.0.2.1")


class Shared:
    """Buckets that can go away."""

    def __init__(self) -> None:
        self.inside = LocalBuckets(clock=lambda: 0)
        self.is_away = False
        self.asked = 0

    async def take(self, demands: Sequence[Demand], *, cost: int) -> Taken:
        self.asked += 1
        if self.is_away:
            raise ConnectionError("gone")
        return await self.inside.take(demands, cost=cost)

    async def correct(self, demand: Demand, *, tokens: int) -> None:
        if self.is_away:
            raise ConnectionError("gone")
        await self.inside.correct(demand, tokens=tokens)


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def fallbacks() -> float:
    return REGISTRY.get_sample_value("launchkit_rate_limit_fallback_total") or 0.0


class TestSpend:
    async def test_tells_what_is_left(self) -> None:
        limiter = Limiter(Shared(), None)
        [level] = (await limiter.spend(NOBODY)).levels
        assert (level.scope, level.remaining, level.reset_seconds) == (Scope.ANONYMOUS, 59, 1)

    async def test_of_nothing_only_looks(self) -> None:
        limiter = Limiter(Shared(), None)
        for _ in range(100):
            assert (await limiter.spend(NOBODY, cost=0)).tightest.remaining == 60

    async def test_refuses_and_says_when_to_come_back(self) -> None:
        limiter = Limiter(Shared(), None)
        await limiter.spend(NOBODY, cost=55)
        with pytest.raises(RateLimited) as raised:
            await limiter.spend(NOBODY, cost=8)
        assert raised.value.retry_after == 3.0
        assert raised.value.allowance.tightest.remaining == 5, "the refused ones were not spent"
        assert "try again in 3 s" in str(raised.value)

    async def test_without_redis_counts_in_the_process_and_tells_the_metric(self) -> None:
        shared, before = Shared(), fallbacks()
        shared.is_away = True
        limiter = Limiter(shared, LocalBuckets(clock=lambda: 0))
        with capture_logs() as logs:
            assert (await limiter.spend(NOBODY, cost=60)).tightest.remaining == 0
            with pytest.raises(RateLimited):
                await limiter.spend(NOBODY)
        assert fallbacks() - before == 2
        assert [line["event"] for line in logs] == ["rate_limits.redis_lost"], "once, not per request"

    async def test_leaves_a_dead_redis_alone_for_a_second_and_then_asks_again(self) -> None:
        shared, clock = Shared(), Clock()
        shared.is_away = True
        limiter = Limiter(shared, LocalBuckets(clock=lambda: 0), clock=clock)
        with capture_logs():
            for _ in range(10):
                await limiter.spend(NOBODY)
        assert shared.asked == 1

        shared.is_away = False
        clock.now += 1.0
        assert (await limiter.spend(NOBODY)).tightest.remaining == 59, "what Redis knows counts again"

    async def test_refuses_without_redis_where_that_is_wished(self) -> None:
        shared = Shared()
        shared.is_away = True
        limiter = Limiter(shared, None)
        with capture_logs():
            for _ in range(2):
                with pytest.raises(LimitsUnavailable) as raised:
                    await limiter.spend(NOBODY)
        assert raised.value.retry_after == 1.0
