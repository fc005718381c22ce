"""Live feeds: one reader per process and topic, fanned out in memory to everybody who follows it.

A wake-up costs one read however many follow. Each follower has a bounded buffer: one that is too slow is told
that it lost steps and reads for itself; it neither holds up the others nor grows the memory.
"""

import asyncio
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import AsyncIterator, Callable, Hashable, Sequence
from contextlib import asynccontextmanager
from typing import Generic, TypeVar

from app.core.errors import LaunchKitError
from app.infra import telemetry
from app.infra.pubsub import Hub

log = telemetry.logger(__name__)

BUFFER = 256
_RETRY_SECONDS = 1.0

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

# Called after every wake-up: what is new since the call before. The first call notes where "new" begins.
Reader = Callable[[], AsyncIterator[Sequence[T]]]


class Follower(Generic[T]):
    """What one subscriber has not been sent yet."""

    def __init__(self) -> None:
        self._pending: deque[T] = deque()
        self._flag = asyncio.Event()
        self._overflowed = False

    def offer(self, updates: Sequence[T]) -> None:
        if len(self._pending) + len(updates) > BUFFER:
            self._pending.clear()
            self._overflowed = True
        else:
            self._pending.extend(updates)
        self._flag.set()

    async def take(self) -> list[T] | None:
        """What came since the last call, waiting for something; None when steps were dropped."""
        await self._flag.wait()
        self._flag.clear()
        updates = list(self._pending)
        self._pending.clear()
        overflowed, self._overflowed = self._overflowed, False
        return None if overflowed else updates


class _Feed(Generic[T]):
    """The one reader of a topic in this process."""

    def __init__(self, hub: Hub, topic: str, read: Reader[T]) -> None:
        self.followers: set[Follower[T]] = set()
        self.ready = asyncio.Event()
        self._read = read
        self._task = asyncio.create_task(self._run(hub, topic))

    def stop(self) -> None:
        self._task.cancel()

    async def _run(self, hub: Hub, topic: str) -> None:
        async with hub.listen(topic) as listener:
            while True:
                try:
                    async for updates in self._read():
                        for follower in self.followers:
                            follower.offer(updates)
                    self.ready.set()
                    await listener.wait()
                except LaunchKitError as error:
                    log.warning("feed.read_failed", topic=topic, error=str(error))
                    await asyncio.sleep(_RETRY_SECONDS)
                except Exception:
                    # A dead reader would leave its followers waiting for ever, and nobody would know.
                    log.error("feed.read_crashed", topic=topic, exc_info=True)
                    await asyncio.sleep(_RETRY_SECONDS)


class Feeds(ABC, Generic[K, T]):
    """The feeds of one kind in this process, by what they are about."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._feeds: dict[K, _Feed[T]] = {}

    @abstractmethod
    def _topic(self, key: K) -> str: ...

    @abstractmethod
    def _reader(self, key: K) -> Reader[T]: ...

    @asynccontextmanager
    async def _attach(self, key: K) -> AsyncIterator[Follower[T]]:
        """Attached before the caller reads its snapshot, so that nothing falls between the two."""
        follower = Follower[T]()
        feed = self._feeds.get(key)
        if feed is None:
            feed = self._feeds[key] = _Feed(self._hub, self._topic(key), self._reader(key))
        feed.followers.add(follower)
        try:
            await feed.ready.wait()
            yield follower
        finally:
            feed.followers.discard(follower)
            if not feed.followers:
                feed.stop()
                del self._feeds[key]
