"""What an issuer publishes, fetched as seldom as possible."""

import asyncio
from datetime import timedelta

import pytest

from app.accounts.external.kept import COOLDOWN, FRESH, USABLE, Kept
from app.core.federation import IssuerUnavailable
from tests.factories.orgs import NOW
from tests.waiting import until

MOMENT = timedelta(seconds=1)


class Source:
    """Counts how often it is asked; answers with that number, or not at all."""

    def __init__(self) -> None:
        self.asked = 0
        self.is_down = False
        self.gate = asyncio.Event()
        self.gate.set()
        self.kept = Kept(self._fetch)

    async def _fetch(self, _now: object) -> int:
        self.asked += 1
        await self.gate.wait()
        if self.is_down:
            raise IssuerUnavailable
        return self.asked


class TestGet:
    async def test_asks_once_for_all_who_wait(self) -> None:
        source = Source()
        assert await asyncio.gather(*(source.kept.get(now=NOW) for _ in range(50))) == [1] * 50
        assert await source.kept.get(now=NOW + FRESH - MOMENT) == 1
        assert source.asked == 1

    async def test_gives_what_it_has_while_it_asks_again(self) -> None:
        source = Source()
        await source.kept.get(now=NOW)
        source.gate.clear()
        assert await source.kept.get(now=NOW + FRESH) == 1
        source.gate.set()
        await until(lambda: source.asked == 2 and source.kept._fetching is None, "the second answer")
        assert await source.kept.get(now=NOW + FRESH) == 2

    async def test_goes_on_with_what_it_has_through_a_short_outage(self) -> None:
        source = Source()
        await source.kept.get(now=NOW)
        source.is_down = True
        assert await source.kept.get(now=NOW + USABLE - MOMENT) == 1

    async def test_does_not_go_on_with_what_is_too_old(self) -> None:
        source = Source()
        await source.kept.get(now=NOW)
        source.is_down = True
        with pytest.raises(IssuerUnavailable) as raised:
            await source.kept.get(now=NOW + USABLE)
        assert raised.value.retry_after == COOLDOWN.total_seconds()

    async def test_leaves_who_is_down_in_peace(self) -> None:
        source = Source()
        source.is_down = True
        for seconds in range(29):
            with pytest.raises(IssuerUnavailable):
                await source.kept.get(now=NOW + timedelta(seconds=seconds))
        assert source.asked == 1
        source.is_down = False
        assert await source.kept.get(now=NOW + COOLDOWN) == 2

    async def test_goes_on_for_the_others_when_one_gives_up(self) -> None:
        source = Source()
        source.gate.clear()
        waiting = [asyncio.create_task(source.kept.get(now=NOW)) for _ in range(3)]
        await until(lambda: source.asked == 1, "the question")
        waiting[0].cancel()
        source.gate.set()
        assert await asyncio.gather(*waiting[1:]) == [1, 1]
        assert source.asked == 1


class TestRenewed:
    async def test_asks_again_though_it_has_something_fresh(self) -> None:
        source = Source()
        await source.kept.get(now=NOW)
        assert await source.kept.renewed(now=NOW + COOLDOWN) == 2

    async def test_cannot_be_made_to_ask_all_the_time(self) -> None:
        source = Source()
        await source.kept.get(now=NOW)
        for milliseconds in range(0, 60_000, 100):
            await source.kept.renewed(now=NOW + timedelta(milliseconds=milliseconds))
        assert source.asked == 2
