"""Sharing commits: equal statements that wait at the same moment travel and commit together.

An idle process runs each statement at once. While one is on its way, those that come gather, and leave as one
pipelined batch in one transaction: one round trip and one flush of the log for all of them, and each caller
still waits for its own durability. When a batch fails, its statements are run one by one, so that each caller
gets its own error and nobody another's.

A batch holds its locks until all of it is done. So only statements that lock no rows others lock too, or that lock them
in the same order as all that have the same `key`: what has different keys is never in one batch.
"""

import asyncio
import contextvars
from collections import deque
from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Any

Run = Callable[[str, Sequence[object]], Awaitable[Any]]
RunMany = Callable[[str, Sequence[Sequence[object]]], Awaitable[Sequence[Any]]]

_LARGEST_BATCH = 128
# While one batch waits for the disk, the next can be on the wire.
_AT_ONCE = 2


class _Line:
    """Those who wait with one statement and key, and how many batches of theirs are under way."""

    __slots__ = ("under_way", "waiting")

    def __init__(self) -> None:
        self.waiting: deque[tuple[Sequence[object], asyncio.Future[Any]]] = deque()
        self.under_way = 0


class GroupCommit:
    """`run` executes one statement, `run_many` several of them atomically; both answer what each gave.

    `unknown_outcome` is what `run_many` raises where it cannot tell whether the batch has committed.
    """

    def __init__(self, run: Run, run_many: RunMany, *, unknown_outcome: type[Exception]) -> None:
        self._run = run
        self._run_many = run_many
        self._unknown_outcome = unknown_outcome
        self._lines: dict[tuple[str, Hashable], _Line] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def execute(self, sql: str, args: Sequence[object], *, key: Hashable = None) -> Any:
        """Returns what `sql` gave when it has committed; raises what it raised."""
        place = (sql, key)
        line = self._lines.get(place)
        if line is None:
            line = self._lines[place] = _Line()
        if line.under_way < _AT_ONCE:
            line.under_way += 1
            try:
                return await self._run(sql, args)
            finally:
                self._ended(place, line)
        done: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        line.waiting.append((args, done))
        return await done

    def _ended(self, place: tuple[str, Hashable], line: _Line) -> None:
        line.under_way -= 1
        if not line.waiting:
            if line.under_way == 0:
                self._lines.pop(place, None)
            return
        batch = [line.waiting.popleft() for _ in range(min(len(line.waiting), _LARGEST_BATCH))]
        line.under_way += 1
        # In a context of its own: the batch belongs to none of its requests.
        task = asyncio.get_running_loop().create_task(
            self._send(place, line, batch), context=contextvars.Context()
        )
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _send(
        self,
        place: tuple[str, Hashable],
        line: _Line,
        batch: Sequence[tuple[Sequence[object], "asyncio.Future[Any]"]],
    ) -> None:
        sql = place[0]
        try:
            given = await self._all_at_once(sql, [args for args, _ in batch]) if len(batch) > 1 else None
            if given is not None:
                for (_, done), one in zip(batch, given, strict=True):
                    _resolve(done, one)
            else:
                await asyncio.gather(*(self._one(sql, args, done) for args, done in batch))
        except self._unknown_outcome as error:
            # It may have committed: done again one by one, each would meet itself.
            for _, done in batch:
                _refuse(done, error)
        finally:
            self._ended(place, line)

    async def _all_at_once(self, sql: str, batch: Sequence[Sequence[object]]) -> Sequence[Any] | None:
        try:
            return await self._run_many(sql, batch)
        except self._unknown_outcome:
            raise
        except Exception:  # noqa: BLE001 - whatever it was, each statement is about to meet its own
            return None

    async def _one(self, sql: str, args: Sequence[object], done: "asyncio.Future[Any]") -> None:
        try:
            given = await self._run(sql, args)
        except BaseException as error:  # noqa: BLE001 - it is the waiting caller's
            _refuse(done, error)
        else:
            _resolve(done, given)


def _resolve(done: "asyncio.Future[Any]", given: Any) -> None:
    if not done.done():  # else its caller has gone
        done.set_result(given)


def _refuse(done: "asyncio.Future[Any]", error: BaseException) -> None:
    if not done.done():
        done.set_exception(error)
