"""A subscriber to a job, in a task of its own."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager

from app.jobs.types import JobUpdate
from tests.waiting import PATIENCE_SECONDS, eventually


class Following:
    """Keeps every update it is sent, until the updates end or it stops."""

    def __init__(self, updates: AsyncGenerator[JobUpdate, None]) -> None:
        self.seen: list[JobUpdate] = []
        self._updates = updates
        self._task = asyncio.create_task(self._follow())

    @property
    def seqs(self) -> list[int]:
        return [update.job.seq for update in self.seen]

    async def until(
        self, check: Callable[[list[JobUpdate]], object], *, within: float = PATIENCE_SECONDS
    ) -> None:
        """Waits until what was seen fulfils `check`."""
        await eventually(lambda: self._task.done() or check(self.seen), within=within)
        if not check(self.seen):
            await self._task
            raise AssertionError(f"the updates ended with {self.seqs}")

    async def until_seq(self, seq: int, *, within: float = PATIENCE_SECONDS) -> None:
        await self.until(lambda seen: seen and seen[-1].job.seq >= seq, within=within)

    async def to_the_end(self, *, within: float = PATIENCE_SECONDS) -> list[JobUpdate]:
        async with asyncio.timeout(within):
            await self._task
        return self.seen

    async def stop(self) -> None:
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task

    async def _follow(self) -> None:
        async with aclosing(self._updates) as updates:
            async for update in updates:
                self.seen.append(update)


@asynccontextmanager
async def following(updates: AsyncGenerator[JobUpdate, None]) -> AsyncIterator[Following]:
    subscriber = Following(updates)
    try:
        yield subscriber
    finally:
        await subscriber.stop()
