"""Live feeds: one reader per process and topic, fanned out in memory to everybody who follows it.

A wake-up costs one read however many follow. Each follower has a bounded buffer: one that is too slow is told
that it lost steps and reads for itself; it neither holds up the others nor grows the memory.

To make something followable, a domain's `live.py` has two classes:

- a `Feeds`, one per process: `_topic(key)` names what wakes it, `_reader(key)` makes what is called after every
  wake-up and yields what is new since the call before (the first call notes where "new" begins, and yields
  nothing). `open(principal, …)` authorises, and returns a stream. Where wake-ups may be lost for good (sent without
  a row in the outbox), `SAFETY_SECONDS` says how often each followed topic is read without one;
- a `Stream`, what one subscriber follows: how to catch up from a position, and what the position of an update is.
  Streams of equal `identity` give equal updates: a WebSocket executes and encodes them once for all their
  subscribers (`schema.core.live.Live` is what a subscription's resolver returns), server-sent events use `updates`.

Positions grow in the order in which updates become visible. A subscriber attaches before it catches up, so nothing
falls between; what comes twice is dropped by position.
"""

import asyncio
import contextlib
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Hashable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import ClassVar, Generic, TypeVar

from app.core.errors import LaunchKitError
from app.infra import telemetry
from app.infra.pubsub import Hub, Listener

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

    def __init__(self, hub: Hub, topic: str, read: Reader[T], *, safety: float | None, pause: float) -> None:
        self.followers: set[Follower[T]] = set()
        self.ready = asyncio.Event()
        self._read = read
        self._safety = safety
        self._pause = pause
        self._task = asyncio.create_task(self._run(hub, topic), name=f"feed:{topic}")

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
                    if self._pause:
                        await asyncio.sleep(self._pause)
                    await self._wait(listener)
                except LaunchKitError as error:
                    log.warning("feed.read_failed", topic=topic, error=str(error))
                    await asyncio.sleep(_RETRY_SECONDS)
                except Exception:
                    # A dead reader would leave its followers waiting for ever, and nobody would know.
                    log.error("feed.read_crashed", topic=topic, exc_info=True)
                    await asyncio.sleep(_RETRY_SECONDS)

    async def _wait(self, listener: Listener) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._safety):
                await listener.wait()


class Feeds(ABC, Generic[K, T]):
    """The feeds of one kind in this process, by what they are about."""

    # None where every wake-up comes at least once, by the outbox.
    SAFETY_SECONDS: ClassVar[float | None] = None
    # At least so long between two reads: what comes meanwhile is read at once.
    PAUSE_SECONDS: ClassVar[float] = 0.0

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._feeds: dict[K, _Feed[T]] = {}

    @abstractmethod
    def _topic(self, key: K) -> str: ...

    @abstractmethod
    def _reader(self, key: K) -> Reader[T]: ...

    @asynccontextmanager
    async def attach(self, key: K) -> AsyncIterator[Follower[T]]:
        """Attached before the caller reads its snapshot, so that nothing falls between the two."""
        follower = Follower[T]()
        feed = self._feeds.get(key)
        if feed is None:
            feed = self._feeds[key] = self._begin(key)
        feed.followers.add(follower)
        try:
            await feed.ready.wait()
            yield follower
        finally:
            feed.followers.discard(follower)
            if not feed.followers:
                feed.stop()
                del self._feeds[key]

    def _begin(self, key: K) -> _Feed[T]:
        topic, read = self._topic(key), self._reader(key)
        return _Feed(self._hub, topic, read, safety=self.SAFETY_SECONDS, pause=self.PAUSE_SECONDS)


class Over(Exception):
    """Raised by `catch_up` when it is at the end of what is followed: nothing will ever come after it."""


class Stream(ABC, Generic[K, T]):
    """What one subscriber follows. Whoever makes one has authorised it.

    `sight` is what decides, besides the key, what is seen of an update (a plan, a workspace).
    """

    # Of updates that wait for a slow subscriber only the newest is kept: each says all there is to say.
    COALESCES: ClassVar[bool] = False

    def __init__(self, feeds: Feeds[K, T], key: K, *, sight: Hashable = None) -> None:
        self._feeds = feeds
        self.key = key
        self.sight = sight

    @property
    def identity(self) -> Hashable:
        return (type(self), self.key, self.sight)

    def attached(self) -> AbstractAsyncContextManager[Follower[T]]:
        return self._feeds.attach(self.key)

    async def begin(self, after: int | None) -> int | None:
        """The position to go on from, for `after` as the client said it."""
        return after

    @abstractmethod
    def catch_up(self, after: int | None) -> AsyncIterator[T]:
        """Everything after that position that is there by now, or a snapshot. Raises `Over`."""

    def behind(self, after: int | None) -> AsyncIterator[T]:
        """For a subscriber that was too slow for its buffer; like `catch_up`."""
        return self.catch_up(after)

    @abstractmethod
    def position(self, update: T) -> int: ...

    def is_last(self, update: T) -> bool:
        return False

    def shown(self, update: T) -> T | None:
        """What this subscriber sees of an update; None where it sees nothing."""
        return update

    async def updates(self, *, after: int | None = None) -> AsyncGenerator[T, None]:
        """Every update until the stream is over. Close it to stop following."""
        async with self.attached() as follower:
            cursor = await self.begin(after)
            steps = self.catch_up(cursor)
            with contextlib.suppress(Over):
                while True:
                    async for update in steps:
                        cursor = self.position(update)
                        if (seen := self.shown(update)) is not None:
                            yield seen
                    async for update in self._newer(follower, cursor):
                        cursor = self.position(update)
                        if (seen := self.shown(update)) is not None:
                            yield seen
                        if self.is_last(update):
                            return
                    steps = self.behind(cursor)

    async def _newer(self, follower: Follower[T], cursor: int | None) -> AsyncIterator[T]:
        """What the reader brings; ends where the follower was too slow."""
        while (batch := await follower.take()) is not None:
            for update in batch:
                if cursor is None or self.position(update) > cursor:
                    cursor = self.position(update)
                    yield update
