"""A loop that ticks, whatever a tick does."""

import asyncio
import signal
from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs

from app.infra.db import DatabaseUnavailable
from tests.waiting import eventually
from workers import periodic


@pytest.fixture(autouse=True)
def _signals() -> Iterator[None]:
    """The loop of all tests must not go on listening for the end of one."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


class Ticks:
    """Raises what it was given, one at a time, and then works."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.succeeded = 0

    async def __call__(self) -> bool:
        if self.errors:
            raise self.errors.pop(0)
        self.succeeded += 1
        return False


async def run(ticks: Ticks, *, successes: int = 2) -> list[str]:
    """Ticks until it worked that often; the names of what was logged."""
    with capture_logs() as logs:
        running = asyncio.create_task(periodic.until_stopped("probe", ticks, every=0.001))
        try:
            await eventually(lambda: running.done() or ticks.succeeded >= successes)
            if not running.done():
                signal.raise_signal(signal.SIGTERM)
            async with asyncio.timeout(14):
                await running
        finally:
            running.cancel()
            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(number)
    return [line["event"] for line in logs]


class TestUntilStopped:
    async def test_ticks_until_it_is_told_to_stop(self) -> None:
        assert await run(Ticks()) == ["probe.ready", "probe.stopped"]

    @pytest.mark.parametrize(
        ("error", "said"),
        [
            (DatabaseUnavailable(), "probe.cannot_work"),
            (ConnectionError("Redis is away"), "probe.cannot_work"),
            (KeyError("a fault of ours"), "probe.tick_failed"),
            (AssertionError("another"), "probe.tick_failed"),
        ],
        ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
    )
    async def test_outlives_a_tick_that_fails_and_says_so_once(self, error: Exception, said: str) -> None:
        ticks = Ticks(error, error, error)
        assert await run(ticks) == ["probe.ready", said, "probe.recovered", "probe.stopped"]
        assert ticks.succeeded >= 2
