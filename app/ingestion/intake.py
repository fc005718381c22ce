"""Writing usage: one statement at a time when idle, the batches of many callers under one commit when they wait.

A statement costs a round trip, a flush of the log and the locks of its rollup rows, whatever its length. Those who come
while one is under way leave together in the next, and each is answered when that has committed.
"""

import asyncio
import contextvars
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import asyncpg

from app.core import ids
from app.core.events import org_topic
from app.core.ids import OrgId
from app.infra import db, literals, telemetry
from app.infra.db import DatabaseUnavailable, LockTimeout
from app.ingestion.errors import TooManyEventsWaiting
from app.ingestion.preparing import Group, Kind, Row
from app.ingestion.types import Status
from app.outbox import courier

log = telemetry.logger(__name__)

_GROUP_TYPES = ("uuid", "timestamptz", "uuid", "uuid", *("text",) * 6)
_KIND_TYPES = ("text",) * 6
_ROW_TYPES = (
    *("int", "int", "uuid", "text", "bytea", "timestamptz"),
    *("bigint",) * 5,
    *("numeric",) * 4,
    *("int", "smallint", "text"),
)
# Columns travel as the text of an array: asyncpg asks each element of an array what it is, which takes several times as
# long as all the rest of writing an event.
_PARAMETERS = ", ".join(
    f"${number}::text::{kind}[]"
    for number, kind in enumerate((*_GROUP_TYPES, *_KIND_TYPES, *_ROW_TYPES), start=3)
)
INGEST = f"SELECT n, digest FROM usage_ingest($1::timestamptz, $2::boolean, {_PARAMETERS})"

# Of most calls there are none; a column of nothing need not travel.
_RARE = ("cached_input_tokens", "cache_write_tokens", "reasoning_tokens")
Shared = TypeVar("Shared", Group, Kind)

_MOST_EVENTS = 2_000
_MOST_WAITING = 20_000
# While one statement waits for the disk, the next can be worked on. A small one had better grow meanwhile: a statement
# costs as much as some tens of events.
_AT_ONCE = 2
_WORTH_ANOTHER = 100
_ATTEMPTS = 4


@dataclass(eq=False, slots=True)
class _Caller:
    rows: Sequence[Row]
    now: datetime
    draws: bool
    done: "asyncio.Future[Sequence[Status]]"


class Intake:
    """One per process. `write` answers when its rows have committed."""

    def __init__(self) -> None:
        self._callers: deque[_Caller] = deque()
        self._waiting = 0
        self._under_way = 0
        self._is_called = False
        self._tasks: set[asyncio.Task[None]] = set()
        # In which statements are sent: a batch belongs to none of its requests.
        self._context = contextvars.copy_context()

    async def write(self, rows: Sequence[Row], *, draws: bool, now: datetime) -> Sequence[Status]:
        """What became of each row, in their order. Raises `TooManyEventsWaiting`, `DatabaseUnavailable`.

        After `DatabaseUnavailable` it is not known whether they were written; writing them again tells.
        """
        if self._waiting + len(rows) > _MOST_WAITING:
            raise TooManyEventsWaiting(retry_after=1)
        done: asyncio.Future[Sequence[Status]] = asyncio.get_running_loop().create_future()
        self._callers.append(_Caller(rows, now, draws, done))
        self._waiting += len(rows)
        if not self._is_called:
            # Not at once: what else arrives in this turn of the loop leaves with it.
            self._is_called = True
            asyncio.get_running_loop().call_soon(self._send_next, context=self._context.copy())
        return await done

    def _send_next(self) -> None:
        self._is_called = False
        while self._callers and self._under_way < (_AT_ONCE if self._waiting >= _WORTH_ANOTHER else 1):
            batch = self._take()
            self._under_way += 1
            task = asyncio.get_running_loop().create_task(self._run(batch), context=self._context.copy())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _take(self) -> list[_Caller]:
        """The next callers that fit in one statement: in order, and alike in whether they draw credit."""
        batch = [self._callers.popleft()]
        size = len(batch[0].rows)
        while self._callers:
            following = self._callers[0]
            if following.draws is not batch[0].draws or size + len(following.rows) > _MOST_EVENTS:
                break
            size += len(following.rows)
            batch.append(self._callers.popleft())
        self._waiting -= size
        return batch

    async def _run(self, batch: Sequence[_Caller]) -> None:
        try:
            await _answer(batch)
        finally:
            self._under_way -= 1
            self._send_next()


async def _answer(batch: Sequence[_Caller]) -> None:
    try:
        statuses = await write_now(
            [row for caller in batch for row in caller.rows], draws=batch[0].draws, now=batch[-1].now
        )
    except Exception as error:  # noqa: BLE001 - it is the waiting callers'
        if len(batch) > 1 and not isinstance(error, DatabaseUnavailable):
            # Whatever it was, each caller is about to meet their own.
            for caller in batch:
                await _answer([caller])
            return
        for caller in batch:
            if not caller.done.done():
                caller.done.set_exception(error)
        return
    _tell(batch)
    start = 0
    for caller in batch:
        end = start + len(caller.rows)
        if not caller.done.done():
            caller.done.set_result(statuses[start:end])
        start = end


def _tell(batch: Sequence[_Caller]) -> None:
    """That there is new usage, and where credit was drawn, of wallets too: too frequent for rows in the outbox."""
    draws = batch[0].draws
    for org_id in {row.group.org_id for caller in batch for row in caller.rows}:
        courier.wake(org_topic("usage", OrgId(org_id)))
        if draws:
            courier.wake(org_topic("wallet", OrgId(org_id)))


async def write_now(rows: Sequence[Row], *, draws: bool, now: datetime) -> Sequence[Status]:
    """One statement, repeated where another transaction was in its way; joins the caller's unit of work."""
    leaders = _leaders(rows)
    arguments = _arguments(leaders)
    for is_last in (*(False,) * (_ATTEMPTS - 1), True):
        try:
            known = await db.fetch(INGEST, now, draws, *arguments)
            break
        except (LockTimeout, asyncpg.ForeignKeyViolationError):
            # The latter where a budget was removed in this very moment: now it is seen.
            if is_last or db.is_in_transaction():
                raise
            log.info("ingestion.repeated", events=len(leaders))
    return _statuses(rows, leaders, {row["n"] - 1: row["digest"] for row in known})


def _leaders(rows: Sequence[Row]) -> list[Row]:
    """The first row of each event id of an org, in the order in which everybody locks them."""
    first: dict[tuple[str, UUID], Row] = {}
    for row in rows:
        first.setdefault((row.event_id, row.group.org_id), row)
    return [first[key] for key in sorted(first)]


def _arguments(rows: Sequence[Row]) -> list[Any]:
    """The columns of the groups, of the kinds, and of the rows, which name their group and their kind by position."""
    columns: dict[str, list[Any]] = dict(zip(Row._fields, db.columns(rows), strict=True))
    groups, group_numbers = _numbered(columns.pop("group"))
    kinds, kind_numbers = _numbered(columns.pop("kind"), key=repr)
    event_ids, digests = columns.pop("event_id"), columns.pop("digest")
    for name in _RARE:
        if not any(columns[name]):
            columns[name] = []
    arrays: list[Sequence[object]] = [
        *db.columns(groups),
        *db.columns(kinds),
        group_numbers,
        kind_numbers,
        ids.uuid7_texts(len(rows)),
        event_ids,
        [f"\\x{digest.hex()}" for digest in digests],
        *columns.values(),
    ]
    return [literals.array(array) for array in arrays]


def _numbered(
    column: Sequence[Shared], key: Callable[[Shared], Any] | None = None
) -> tuple[list[Shared], list[int]]:
    """What is in it, each once and sorted, and the position of each of its elements among them, from 1."""
    # By identity first: they are shared by the rows of a request, and slow to compare.
    distinct = {id(each): each for each in column}
    found = sorted(set(distinct.values()), key=key)
    numbers = {each: number for number, each in enumerate(found, start=1)}
    number_of = {identity: numbers[each] for identity, each in distinct.items()}
    return found, [number_of[id(each)] for each in column]


def _statuses(rows: Sequence[Row], leaders: Sequence[Row], known: dict[int, bytes | None]) -> list[Status]:
    if not known and len(leaders) == len(rows):
        return [Status.ACCEPTED] * len(rows)
    written = {id(row) for number, row in enumerate(leaders) if number not in known}
    kept = {
        (row.group.org_id, row.event_id): known.get(number, row.digest) for number, row in enumerate(leaders)
    }
    return [
        Status.ACCEPTED
        if id(row) in written
        else Status.DUPLICATE
        if kept[row.group.org_id, row.event_id] == row.digest
        else Status.CONFLICT
        for row in rows
    ]
