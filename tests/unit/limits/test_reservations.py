"""Reserving tokens, with Redis there and away."""

from uuid import uuid4

import pytest
from structlog.testing import capture_logs

from app.core.principal import Principal
from app.infra.buckets import LocalBuckets
from app.limits.errors import BeyondTokenLimit, LimitsUnavailable, TokensRateLimited
from app.limits.reservations import Reservation, TokenLimits
from app.limits.service import Limiter
from tests.unit.limits.test_service import Shared

KEY = Principal("api_key", uuid4(), tokens_per_minute=1_000)


async def reserve(limits: TokenLimits, tokens: int) -> Reservation:
    found = await limits.reserve(KEY, input_tokens=tokens, output_tokens=0)
    assert found is not None
    return found


async def left(limits: TokenLimits) -> int:
    level = await limits.look(KEY)
    assert level is not None
    return level.remaining


class TestReserve:
    async def test_takes_input_and_output(self) -> None:
        limits = TokenLimits(Limiter(Shared(), None))
        found = await limits.reserve(KEY, input_tokens=100, output_tokens=300)
        assert found is not None
        assert found.level.remaining == await left(limits) == 600

    async def test_refuses_what_is_not_left_and_takes_nothing(self) -> None:
        limits = TokenLimits(Limiter(Shared(), None))
        await reserve(limits, 700)
        with pytest.raises(TokensRateLimited, match="may take 301; try again in 1 s") as refusal:
            await reserve(limits, 301)
        assert refusal.value.retry_after == pytest.approx(0.06)
        assert await left(limits) == 300

    async def test_refuses_for_good_what_never_fits(self) -> None:
        limits = TokenLimits(Limiter(Shared(), None))
        with pytest.raises(BeyondTokenLimit, match=r"1001 tokens \(1 in, 1000 out\)") as refusal:
            await limits.reserve(KEY, input_tokens=1, output_tokens=1_000)
        assert refusal.value.retry_after is None
        assert await left(limits) == 1_000

    async def test_asks_nobody_for_keys_without_a_limit_nor_where_nothing_is_limited(self) -> None:
        shared = Shared()
        free = Principal("api_key", uuid4())
        assert await TokenLimits(Limiter(shared, None)).reserve(free, input_tokens=9, output_tokens=9) is None
        assert await TokenLimits(None).reserve(KEY, input_tokens=9, output_tokens=9) is None
        assert shared.asked == 0

    async def test_counts_in_the_process_while_redis_is_away(self) -> None:
        shared = Shared()
        shared.is_away = True
        limits = TokenLimits(Limiter(shared, LocalBuckets(clock=lambda: 0)))
        with capture_logs():
            await reserve(limits, 900)
            with pytest.raises(TokensRateLimited):
                await reserve(limits, 900)

    async def test_refuses_while_redis_is_away_where_that_is_wanted(self) -> None:
        shared = Shared()
        shared.is_away = True
        with capture_logs(), pytest.raises(LimitsUnavailable):
            await reserve(TokenLimits(Limiter(shared, None)), 1)


class TestSettle:
    async def test_gives_back_and_takes_more_once(self) -> None:
        limits = TokenLimits(Limiter(Shared(), None))
        first, second = await reserve(limits, 500), await reserve(limits, 100)
        await first.settle(20)
        await first.settle(0)
        assert await left(limits) == 880
        await second.settle(300)
        assert await left(limits) == 680

    async def test_is_where_it_was_taken(self) -> None:
        """Given back to buckets that did not give it, it would be tokens for nothing."""
        shared = Shared()
        limits = TokenLimits(Limiter(shared, LocalBuckets(clock=lambda: 0), clock=lambda: 100.0))
        of_all = await reserve(limits, 400)
        shared.is_away = True
        with capture_logs() as logs:
            of_process = await reserve(limits, 600)
            await of_all.settle(0)
        assert [line["event"] for line in logs] == ["rate_limits.redis_lost", "token_limits.not_corrected"]
        shared.is_away = False
        await of_process.settle(0)
        assert await left(TokenLimits(Limiter(shared, None))) == 600

    async def test_lets_as_much_be_taken_again(self) -> None:
        limits = TokenLimits(Limiter(Shared(), None))
        first = await reserve(limits, 600)
        with pytest.raises(TokensRateLimited):
            await first.again()
        await first.settle(0)
        assert (await first.again()).level.remaining == 400
