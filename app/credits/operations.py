"""Sending operations on credit to the database: those that wait leave together, under one commit.

An operation locks its wallet until its commit is on disk. Clients of one wallet that waited for one another would share
the speed of the disk; instead those that come meanwhile leave together, in one round trip and one commit, and each
is answered when that is done. The database decides them together too (`credit_apply_together`), so that many cost
little more than one; what is out of the ordinary among them takes effect after the others.
"""

import asyncio
import contextvars
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

import asyncpg
import orjson

from app.core.events import org_topic
from app.infra import db, telemetry
from app.infra.db import DatabaseUnavailable, LockTimeout, Row
from app.outbox import courier

log = telemetry.logger(__name__)

_APPLY = "SELECT * FROM credit_apply($1::jsonb) ORDER BY n"
_LARGEST_BATCH = 100
# While one batch waits for the disk, the next can be on the wire, unless both want the same wallet. A small one had
# better grow meanwhile: a batch costs little more than one operation.
_AT_ONCE = 2
_WORTH_ANOTHER = 32
# Beyond this, waiting would only make everybody late.
_MOST_WAITING = 5_000

Operation = Mapping[str, Any]


class TooManyOperations(DatabaseUnavailable):
    code = "too_many_credit_operations"
    title = "More operations on credit are waiting than can be done soon; try again in a moment."


class Operations:
    """One per process. `apply` answers when the operation has committed."""

    def __init__(self) -> None:
        self._waiting: deque[tuple[Operation, asyncio.Future[Row]]] = deque()
        self._under_way = 0
        self._is_called = False
        self._tasks: set[asyncio.Task[None]] = set()

    async def apply(self, operation: Operation) -> Row:
        if len(self._waiting) >= _MOST_WAITING:
            raise TooManyOperations(retry_after=1)
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Row] = loop.create_future()
        self._waiting.append((operation, done))
        if not self._is_called:
            # Not at once: what else arrives in this turn of the loop leaves with it.
            self._is_called = True
            loop.call_soon(self._send_next, context=contextvars.Context())
        return await done

    def _send_next(self) -> None:
        self._is_called = False
        while self._waiting and self._under_way < (1 if len(self._waiting) < _WORTH_ANOTHER else _AT_ONCE):
            batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), _LARGEST_BATCH))]
            self._under_way += 1
            # In a context of its own: the batch belongs to none of its requests.
            task = asyncio.get_running_loop().create_task(self._run(batch), context=contextvars.Context())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _run(self, batch: Sequence[tuple[Operation, "asyncio.Future[Row]"]]) -> None:
        try:
            # Who has gone before their operation was sent does not want it any more.
            wanted = [(operation, done) for operation, done in batch if not done.done()]
            await _answer(wanted)
        finally:
            self._under_way -= 1
            self._send_next()


async def _answer(batch: Sequence[tuple[Operation, "asyncio.Future[Row]"]]) -> None:
    if not batch:
        return
    try:
        rows = await _send([operation for operation, _ in batch])
    except Exception as error:  # noqa: BLE001 - it is the waiting callers'
        # Every operation has a key, so that sending one again which did commit answers its first result.
        # Those that found a lock taken have waited long enough.
        if len(batch) > 1 and not isinstance(error, (DatabaseUnavailable, LockTimeout)):
            for one in batch:
                await _answer([one])
            return
        for _, done in batch:
            if not done.done():
                done.set_exception(error)
    else:
        for (_, done), row in zip(batch, rows, strict=True):
            if not done.done():
                done.set_result(row)


async def _send(operations: Sequence[Operation]) -> Sequence[Row]:
    rows = await _applied(operations)
    for org_id in {operation["org"] for operation in operations if "org" in operation}:
        courier.wake(org_topic("wallet", org_id))
    return rows


async def _applied(operations: Sequence[Operation]) -> Sequence[Row]:
    document = orjson.dumps([{"n": n, **operation} for n, operation in enumerate(operations)], default=str)
    try:
        return await db.fetch(_APPLY, document.decode())
    except (LockTimeout, asyncpg.IntegrityConstraintViolationError) as error:
        # A deadlock with a statement that also writes something else: it is over once one of the two gave way. One key
        # for two wallets, or a budget that was removed, in this very moment: now it is seen.
        log.info("credits.repeated", operations=len(operations), reason=type(error).__name__)
        return await db.fetch(_APPLY, document.decode())
