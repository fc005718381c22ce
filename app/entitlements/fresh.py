"""Values read from the database and kept for about a second, however many ask.

- While a value is fresh, nothing is asked. For as long again it is still given, and read anew behind it.
- While it is kept warm, what was asked for in the last seconds is read anew, many at once, before it is too old to be
  given, so that whoever comes back finds it: as many a second as cost little. Who asks reads nothing then: a read for
  each of a thousand customers costs ten times what they cost together.
- Few reads at a time: what is asked for meanwhile leaves together with the next, each key once.
- `forget` makes what was known count no more, what is just being read included.
"""

import asyncio
import contextvars
import itertools
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.core.errors import LaunchKitError
from app.infra import telemetry

log = telemetry.logger(__name__)

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_FRESH_SECONDS = 0.8
_STALE_SECONDS = 1.6
# A batch is worked on at a stretch, in which nobody is answered.
_LARGEST_BATCH = 64
_AT_ONCE = 3
_MOST_KEPT = 20_000
# A value that is about to be too old is read anew if it was asked for in the last `_WARM_SECONDS`; so few at a look
# that nobody waits for it, which is some 1,200 a second.
_ABOUT_TO_BE_STALE_SECONDS = 1.2
_WARM_SECONDS = 5.0
_LOOK_SECONDS = 0.004
_MOST_AT_A_LOOK = 5
# As old as no value gets that is kept warm, where so many are enough: from then on who asks has it read.
_OVERDUE_SECONDS = 1.4


@dataclass(slots=True)
class _Kept(Generic[V]):
    value: V
    read_at: float
    asked_at: float


class Fresh(Generic[K, V]):
    """`load` is given keys and answers all of them. At most `most` values are kept: those last asked for."""

    def __init__(
        self,
        load: Callable[[Sequence[K]], Awaitable[Mapping[K, V]]],
        *,
        most: int = _MOST_KEPT,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._load = load
        self._most = most
        self._clock = clock
        self._kept: OrderedDict[K, _Kept[V]] = OrderedDict()
        self._is_kept_warm = False
        # In the order in which they were read.
        self._read_before: deque[tuple[float, K]] = deque()
        self._is_looking = False
        self._wanted: dict[K, asyncio.Future[V]] = {}
        self._under_way: dict[K, asyncio.Future[V]] = {}
        self._is_starting = False
        self._tasks: set[asyncio.Task[None]] = set()

    @contextmanager
    def kept_warm(self) -> Iterator[None]:
        """For the block, reads anew by itself what may be asked for again."""
        self._is_kept_warm = True
        try:
            yield
        finally:
            self._is_kept_warm = False
            self._read_before.clear()

    def peek(self, key: K) -> V | None:
        """The value, if it can be given at once; one that is no longer fresh is read anew behind it."""
        kept = self._kept.get(key)
        if kept is None:
            return None
        now = self._clock()
        age = now - kept.read_at
        if age >= _STALE_SECONDS:
            return None
        self._kept.move_to_end(key)
        kept.asked_at = now
        if age >= (_OVERDUE_SECONDS if self._is_kept_warm else _FRESH_SECONDS):
            self._want(key)
        return kept.value

    async def of(self, key: K) -> V:
        found = self.peek(key)
        return found if found is not None else await asyncio.shield(self._want(key))

    def begin(self, key: K) -> None:
        """Reads it already now where it will have to be read: `of` is going to ask for it."""
        if self.peek(key) is None:
            self._want(key)

    def forget(self, key: K) -> None:
        self._kept.pop(key, None)
        self._under_way.pop(key, None)

    def forget_all(self) -> None:
        self._kept.clear()
        self._under_way.clear()

    def _want(self, key: K, *, name: str | None = None) -> "asyncio.Future[V]":
        waiting = self._under_way.get(key) or self._wanted.get(key)
        if waiting is not None:
            return waiting
        future: asyncio.Future[V] = asyncio.get_running_loop().create_future()
        self._wanted[key] = future
        if not self._is_starting and len(self._tasks) < _AT_ONCE:
            self._is_starting = True
            # In a context of its own: what is read belongs to none of those who ask, nor to their transactions.
            task = asyncio.get_running_loop().create_task(
                self._read(), name=name, context=contextvars.Context()
            )
            self._tasks.add(task)
            task.add_done_callback(self._ended)
        return future

    async def _read(self) -> None:
        while self._wanted:
            self._is_starting = False
            keys = list(itertools.islice(self._wanted, _LARGEST_BATCH))
            batch = {key: self._wanted.pop(key) for key in keys}
            self._under_way.update(batch)
            try:
                await self._read_batch(batch)
            finally:
                for key, future in batch.items():
                    future.cancel()  # nothing, where it was answered
                    if self._under_way.get(key) is future:
                        del self._under_way[key]
        self._is_starting = False

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if task.cancelled():
            self._is_starting = False
            for future in self._wanted.values():
                future.cancel()
            self._wanted.clear()

    async def _read_batch(self, batch: Mapping[K, "asyncio.Future[V]"]) -> None:
        read_at = self._clock()
        try:
            found = await self._load(list(batch))
        except Exception as error:
            if not isinstance(error, LaunchKitError):
                log.error("entitlements.read_failed", exc_info=error)
            for future in batch.values():
                future.set_exception(error)
                future.exception()  # nobody may be waiting for it
            return
        for key, future in batch.items():
            future.set_result(found[key])
            if self._under_way.get(key) is future:
                self._keep(key, found[key], read_at)

    def _keep(self, key: K, value: V, read_at: float) -> None:
        before = self._kept.get(key)
        # Reading it behind is no asking for it.
        asked_at = read_at if before is None else before.asked_at
        self._kept[key] = _Kept(value, read_at, asked_at)
        if before is None:
            self._kept.move_to_end(key)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        if self._is_kept_warm:
            self._read_before.append((read_at, key))
            self._look_soon()

    def _look_soon(self) -> None:
        if self._is_kept_warm and self._read_before and not self._is_looking:
            self._is_looking = True
            asyncio.get_running_loop().call_later(_LOOK_SECONDS, self._look, context=contextvars.Context())

    def _look(self) -> None:
        """Has what is about to be too old read anew, if it may be asked for again."""
        self._is_looking = False
        now = self._clock()
        count = 0
        while self._is_kept_warm and self._read_before and count < _MOST_AT_A_LOOK:
            read_at, key = self._read_before[0]
            if now - read_at < _ABOUT_TO_BE_STALE_SECONDS:
                break
            self._read_before.popleft()
            kept = self._kept.get(key)
            if kept is not None and kept.read_at == read_at and now - kept.asked_at < _WARM_SECONDS:
                self._want(key, name="kept-warm")
                count += 1
        self._look_soon()
