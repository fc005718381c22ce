"""Values that are kept for about a second."""

import asyncio
from collections.abc import Mapping, Sequence

import pytest

from app.core.errors import Unavailable
from app.entitlements.fresh import Fresh
from tests.waiting import until


class Shelf:
    """What is read, and how often."""

    def __init__(self) -> None:
        self.now = 0.0
        self.value = 1
        self.reads: list[list[str]] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.error: Exception | None = None

    async def load(self, keys: Sequence[str]) -> Mapping[str, int]:
        self.reads.append(list(keys))
        value = self.value
        await self.gate.wait()
        if self.error is not None:
            raise self.error
        return dict.fromkeys(keys, value)

    def fresh(self, most: int = 10) -> Fresh[str, int]:
        return Fresh(self.load, most=most, clock=lambda: self.now)


async def settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


class TestOf:
    async def test_reads_once_while_it_is_fresh(self) -> None:
        shelf = Shelf()
        values = shelf.fresh()
        assert [await values.of("a") for _ in range(3)] == [1, 1, 1]
        assert shelf.reads == [["a"]]

    async def test_gives_what_is_a_little_old_and_reads_it_anew_behind_it(self) -> None:
        shelf = Shelf()
        values = shelf.fresh()
        await values.of("a")
        shelf.now, shelf.value = 1.0, 2
        assert await values.of("a") == 1
        await settled()
        assert await values.of("a") == 2

    async def test_never_gives_what_is_older_than_is_promised(self) -> None:
        shelf = Shelf()
        values = shelf.fresh()
        await values.of("a")
        shelf.now, shelf.value = 1.6, 2
        assert await values.of("a") == 2

    async def test_counts_its_age_from_before_it_was_read(self) -> None:
        shelf = Shelf()
        values = shelf.fresh()
        shelf.gate.clear()
        asked = asyncio.ensure_future(values.of("a"))
        await settled()
        shelf.now, shelf.value = 1.7, 2
        shelf.gate.set()
        assert await asked == 1
        assert await values.of("a") == 2

    async def test_reads_together_what_is_asked_for_meanwhile(self) -> None:
        shelf = Shelf()
        values = shelf.fresh()
        shelf.gate.clear()
        first = asyncio.ensure_future(values.of("a"))
        await settled()
        others = [asyncio.ensure_future(values.of(key)) for key in "abcb"]
        await settled()
        shelf.gate.set()
        assert await asyncio.gather(first, *others) == [1] * 5
        assert shelf.reads == [["a"], ["b", "c"]]

    async def test_keeps_those_last_asked_for(self) -> None:
        shelf = Shelf()
        values = shelf.fresh(most=2)
        for key in "abac":
            await values.of(key)
        assert [values.peek(key) for key in "abc"] == [1, None, 1]

    async def test_tells_a_failure_to_who_waits_and_tries_again_for_the_next(self) -> None:
        shelf = Shelf()
        values = shelf.fresh()
        shelf.error = Unavailable()
        with pytest.raises(Unavailable):
            await values.of("a")
        shelf.error = None
        assert await values.of("a") == 1

    async def test_goes_on_for_the_others_when_one_who_waits_is_gone(self) -> None:
        shelf = Shelf()
        values = shelf.fresh()
        shelf.gate.clear()
        gone, stays = asyncio.ensure_future(values.of("a")), asyncio.ensure_future(values.of("a"))
        await settled()
        gone.cancel()
        shelf.gate.set()
        assert await stays == 1


class TestKeptWarm:
    async def test_reads_anew_what_was_asked_for_before_it_is_too_old(self) -> None:
        shelf = Shelf()
        values = shelf.fresh()
        with values.kept_warm():
            await values.of("a")
            shelf.now, shelf.value = 1.3, 2
            await until(lambda: shelf.reads == [["a"], ["a"]], "reading it anew")
            await settled()
            shelf.now = 2.0
            assert values.peek("a") == 2

    async def test_reads_nothing_for_who_asks_before_all_are_read_together(self) -> None:
        shelf = Shelf()
        values = shelf.fresh()
        with values.kept_warm():
            await asyncio.gather(*map(values.of, "abc"))
            shelf.now = 1.1
            assert [await values.of(key) for key in "abc"] == [1, 1, 1]
            await settled()
            assert shelf.reads == [["a", "b", "c"]]
            shelf.now = 1.3
            await until(lambda: shelf.reads == [["a", "b", "c"]] * 2, "reading them anew together")

    async def test_reads_behind_who_asks_what_should_have_been_read(self) -> None:
        shelf = Shelf()
        values = shelf.fresh()
        with values.kept_warm():
            await values.of("a")
            shelf.now, shelf.value = 1.5, 2
            assert await values.of("a") == 1
            await settled()
            assert await values.of("a") == 2

    async def test_lets_go_of_what_nobody_asked_for_lately(self) -> None:
        shelf = Shelf()
        values = shelf.fresh()
        with values.kept_warm():
            await values.of("a")
            shelf.now = 6.0
            await values.of("b")
            shelf.now = 7.3
            await until(lambda: shelf.reads == [["a"], ["b"], ["b"]], "reading b alone anew")

    async def test_ends_with_the_block(self) -> None:
        shelf = Shelf()
        values = shelf.fresh()
        with values.kept_warm():
            await values.of("a")
        shelf.now = 1.3
        await asyncio.sleep(0.12)
        assert shelf.reads == [["a"]]


class TestForget:
    async def test_makes_what_was_known_count_no_more(self) -> None:
        shelf = Shelf()
        values = shelf.fresh()
        await values.of("a")
        shelf.value = 2
        values.forget("a")
        assert await values.of("a") == 2

    @pytest.mark.parametrize("forgets_all", [True, False])
    async def test_includes_what_is_just_being_read(self, forgets_all: bool) -> None:
        shelf = Shelf()
        values = shelf.fresh()
        shelf.gate.clear()
        asked = asyncio.ensure_future(values.of("a"))
        await settled()
        shelf.value = 2
        if forgets_all:
            values.forget_all()
        else:
            values.forget("a")
        later = asyncio.ensure_future(values.of("a"))
        await settled()
        shelf.gate.set()
        assert (await asked, await later, await values.of("a")) == (1, 2, 2)
