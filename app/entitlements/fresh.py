"""Values read from the database and kept for about a second, however many ask.

- While a value is fresh, nothing is asked. For as long again it is still given, and read anew behind it.
- One read at a time: what is asked for meanwhile leaves together with the next, each key once.
- `forget` makes what was known count no more, what is just being read included.
"""

import asyncio
import contextvars
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from app.core.errors import LaunchKitError
from app.infra import telemetry

log = telemetry.logger(__name__)

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_FRESH_SECONDS = 0.8
_STALE_SECONDS = 1.6
_LARGEST_BATCH = 500
_MOST_KEPT = 20_000


class _Kept(NamedTuple, Generic[V]):
    value: V
    read_at: float


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
        self._wanted: dict[K, asyncio.Future[V]] = {}
        self._under_way: dict[K, asyncio.Future[V]] = {}
        self._task: asyncio.Task[None] | None = None

    def peek(self, key: K) -> V | None:
        """The value, if it can be given at once; one that is no longer fresh is read anew behind it."""
        kept = self._kept.get(key)
        if kept is None:
            return None
        age = self._clock() - kept.read_at
        if age >= _STALE_SECONDS:
            return None
        self._kept.move_to_end(key)
        if age >= _FRESH_SECONDS:
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

    def _want(self, key: K) -> "asyncio.Future[V]":
        waiting = self._under_way.get(key) or self._wanted.get(key)
        if waiting is not None:
            return waiting
        future: asyncio.Future[V] = asyncio.get_running_loop().create_future()
        self._wanted[key] = future
        if self._task is None:
            # In a context of its own: what is read belongs to none of those who ask, nor to their transactions.
            self._task = asyncio.get_running_loop().create_task(self._read(), context=contextvars.Context())
        return future

    async def _read(self) -> None:
        try:
            while self._wanted:
                keys = list(self._wanted)[:_LARGEST_BATCH]
                batch = {key: self._wanted.pop(key) for key in keys}
                self._under_way = dict(batch)
                await self._read_batch(batch)
        finally:
            self._under_way = {}
            self._task = None
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
                self._keep(key, _Kept(found[key], read_at))

    def _keep(self, key: K, kept: _Kept[V]) -> None:
        self._kept[key] = kept
        self._kept.move_to_end(key)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
