"""Buckets in Valkey: the same answers as the arithmetic, and never too much however many ask at once."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
import redis as redis_py
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from app.core import token_bucket
from app.core.config import Settings
from app.core.token_bucket import Demand, Quota, Volume
from app.infra import buckets
from app.infra.buckets import LocalBuckets, SharedBuckets
from app.infra.redis_line import Line

SECOND = 1_000_000
NOW = 1_795_000_000 * SECOND
NARROW, WIDE, LARGE = Quota(7), Quota(11, 3), Volume(7_000_003)
BOTH = [Demand("narrow", NARROW), Demand("wide", WIDE)]
ALL = [*BOTH, Demand("large", LARGE)]

steps = st.lists(
    st.tuples(
        st.integers(-2 * SECOND, 20 * SECOND),  # a clock may be set back
        st.integers(0, 9) | st.integers(1_000, 5_000_000),
        st.sampled_from([[0], [1], [0, 1], [2], [0, 2]]),
        st.integers(-6_000_000, 6_000_000) | st.none(),
    ),
    max_size=40,
)


@pytest.fixture
def client(base_settings: Settings) -> Iterator["redis_py.Redis"]:
    opened = redis_py.Redis.from_url(base_settings.require_redis_url())
    yield opened
    opened.flushall()
    opened.close()


@pytest.fixture
async def shared(settings: Settings) -> AsyncIterator[SharedBuckets]:
    line = Line(settings.require_redis_url(), patience_seconds=10)
    yield SharedBuckets(line)
    await line.close()


class TestScript:
    @given(steps)
    @hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    def test_answers_as_the_arithmetic_does(
        self, client: "redis_py.Redis", sequence: list[tuple[int, int, list[int], int | None]]
    ) -> None:
        """The clock is an argument here, and the keys must outlive the real one."""
        client.flushall()
        text = buckets.script("local now = tonumber(ARGV[#ARGV])")
        script = client.register_script(text.replace("'PX', math.ceil(after[i] / 1000)", "'PX', 600000"))
        assert "600000" in script.script
        text = buckets.correction("local now = tonumber(ARGV[#ARGV])")
        correction = client.register_script(text.replace("math.ceil(missing / 1000)", "600000"))
        assert "600000" in correction.script
        now, full_at = NOW, dict.fromkeys(range(3), None)
        for waited, cost, asked, corrected in sequence:
            now += waited
            demands = [ALL[index] for index in asked]
            args = [one for d in demands for one in (d.quota.flow(cost), d.quota.span, d.quota.most)]
            granted, *missing = script([d.bucket for d in demands], [*args, now])
            expected = token_bucket.take(
                [full_at[index] for index in asked], [d.quota for d in demands], cost=cost, now=now
            )
            assert (granted == 1, missing) == (expected.is_granted, expected.missing)
            if expected.is_granted and cost:
                full_at.update({i: now + m for i, m in zip(asked, expected.missing, strict=True)})
            if corrected is not None:
                change = LARGE.flow(corrected) if corrected > 0 else -LARGE.flow(-corrected)
                left = correction(["large"], [change, LARGE.most, now])
                assert left == token_bucket.correct(full_at[2], LARGE, tokens=corrected, now=now)
                full_at[2] = now + left if left else None


class TestSharedBuckets:
    async def test_never_give_more_than_the_quota_to_many_at_once(self, shared: SharedBuckets) -> None:
        demands = [Demand("org", Quota(60, 3600)), Demand("key", Quota(100, 3600))]
        taken = await asyncio.gather(*(shared.take(demands, cost=1) for _ in range(200)))
        assert sum(one.is_granted for one in taken) == 60
        after = await shared.take(demands[1:], cost=0)
        assert token_bucket.remaining(demands[1].quota, after.missing[0]) == 40, "refused ones spent nothing"

    async def test_are_owed_what_an_estimate_left_out_and_given_back_what_it_had_too_much(
        self, shared: SharedBuckets, client: "redis_py.Redis"
    ) -> None:
        demand = Demand("key", Volume(1_000, 3600))
        assert (await shared.take([demand], cost=900)).is_granted
        await shared.correct(demand, tokens=600)
        taken = await shared.take([demand], cost=1)
        assert not taken.is_granted
        waits = token_bucket.seconds_until(demand.quota, taken.missing[0], cost=1)
        assert 501 * 3.6 - 5 < waits <= 501 * 3.6
        await shared.correct(demand, tokens=-1_400)
        assert token_bucket.remaining(demand.quota, (await shared.take([demand], cost=0)).missing[0]) == 900
        await shared.correct(demand, tokens=-5_000)
        assert client.keys("launchkit:rate:*") == [], "no more than full"

    async def test_fill_evenly(self, shared: SharedBuckets) -> None:
        demand = Demand("org", Quota(600))
        await shared.take([demand], cost=600)
        before = (await shared.take([demand], cost=0)).missing[0]
        await asyncio.sleep(0.3)
        after = (await shared.take([demand], cost=0)).missing[0]
        assert 300_000 <= before - after < 10 * SECOND

    async def test_are_forgotten_when_full(self, shared: SharedBuckets, client: "redis_py.Redis") -> None:
        await shared.take([Demand("org", Quota(60))], cost=30)
        left: Any = client.pttl("launchkit:rate:org")
        assert 15_000 < left <= 30_000

    async def test_survive_that_redis_forgets_the_script(
        self, shared: SharedBuckets, client: "redis_py.Redis"
    ) -> None:
        await shared.take(BOTH, cost=1)
        client.script_flush()
        assert (await shared.take(BOTH, cost=1)).is_granted

    async def test_say_that_redis_is_away(self) -> None:
        line = Line("redis://127.0.0.1:1", patience_seconds=0.25)
        with pytest.raises(ConnectionError):
            await SharedBuckets(line).take(BOTH, cost=1)
        await line.close()

    async def test_take_an_error_of_redis_for_its_absence(
        self, shared: SharedBuckets, client: "redis_py.Redis"
    ) -> None:
        """Whatever it is (loading, read only, out of memory): requests are counted elsewhere."""
        client.config_set("maxmemory", 1)
        try:
            with pytest.raises(ConnectionError, match="OOM"):
                await shared.take(BOTH, cost=1)
        finally:
            client.config_set("maxmemory", 0)
        assert (await shared.take(BOTH, cost=1)).is_granted


class TestLocalBuckets:
    async def test_forget_those_used_longest_ago(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(buckets, "_LOCAL_ENTRIES", 2)
        local = LocalBuckets(clock=lambda: NOW)
        for name in ("a", "b", "a", "c"):
            await local.take([Demand(name, NARROW)], cost=1)
        missing = {
            name: (await local.take([Demand(name, NARROW)], cost=0)).missing[0] // NARROW.interval
            for name in ("a", "b", "c")
        }
        assert missing == {"a": 2, "b": 0, "c": 1}
