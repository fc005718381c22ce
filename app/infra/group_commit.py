"""Sharing commits: equal statements that wait at the same moment travel and commit together.

An idle process runs each statement at once. While one is on its way, those that come gather, and leave as one
pipelined batch in one transaction: one round trip and one flush of the log for all of them, and each caller
still waits for its own durability. When a batch fails, its statements are run one by one, so that each caller
gets its own error and nobody another's.

Only for statements that lock no rows others lock too: a batch holds its locks until all of it is done.
"""

import asyncio
import contextvars
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

Run = Callable[[str, Sequence[object]], Awaitable[Any]]
RunMany = Callable[[str, Sequence[Sequence[object]]], Awaitable[None]]

_LARGEST_BATCH = 128
# While one batch waits for the disk, the next can be on the wire.
_AT_ONCE = 2


class GroupCommit:
    """`run` executes one statement, `run_many` several of them atomically.

    `unknown_outcome` is what `run_many` raises where it cannot tell whether the batch has committed.
    """

    def __init__(self, run: Run, run_many: RunMany, *, unknown_outcome: type[Exception]) -> None:
        self._run = run
        self._run_many = run_many
        self._unknown_outcome = unknown_outcome
        self._waiting: defaultdict[str, deque[tuple[Sequence[object], asyncio.Future[None]]]]
        self._waiting = defaultdict(deque)
        self._under_way: defaultdict[str, int] = defaultdict(int)
        self._tasks: set[asyncio.Task[None]] = set()

    async def execute(self, sql: str, args: Sequence[object]) -> None:
        """Returns when `sql` has committed; raises what it raised."""
        if self._under_way[sql] < _AT_ONCE:
            self._under_way[sql] += 1
            try:
                await self._run(sql, args)
            finally:
                self._under_way[sql] -= 1
                self._send_next(sql)
            return
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[sql].append((args, done))
        await done

    def _send_next(self, sql: str) -> None:
        waiting = self._waiting[sql]
        if not waiting or self._under_way[sql] >= _AT_ONCE:
            return
        batch = [waiting.popleft() for _ in range(min(len(waiting), _LARGEST_BATCH))]
        self._under_way[sql] += 1
        # In a context of its own: the batch belongs to none of its requests.
        task = asyncio.get_running_loop().create_task(self._send(sql, batch), context=contextvars.Context())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _send(self, sql: str, batch: Sequence[tuple[Sequence[object], asyncio.Future[None]]]) -> None:
        try:
            if len(batch) > 1 and await self._all_at_once(sql, [args for args, _ in batch]):
                for _, done in batch:
                    _resolve(done, None)
            else:
                await asyncio.gather(*(self._one(sql, args, done) for args, done in batch))
        except self._unknown_outcome as error:
            # It may have committed: done again one by one, each would meet itself.
            for _, done in batch:
                _resolve(done, error)
        finally:
            self._under_way[sql] -= 1
            self._send_next(sql)

    async def _all_at_once(self, sql: str, batch: Sequence[Sequence[object]]) -> bool:
        try:
            await self._run_many(sql, batch)
        except self._unknown_outcome:
            raise
        except Exception:  # noqa: BLE001 - whatever it was, each statement is about to meet its own
            return False
        return True

    async def _one(self, sql: str, args: Sequence[object], done: "asyncio.Future[None]") -> None:
        try:
            await self._run(sql, args)
        except BaseException as error:  # noqa: BLE001 - it is the waiting caller's
            _resolve(done, error)
        else:
            _resolve(done, None)


def _resolve(done: "asyncio.Future[None]", error: BaseException | None) -> None:
    if done.done():  # its caller has gone
        return
    if error is None:
        done.set_result(None)
    else:
        done.set_exception(error)
