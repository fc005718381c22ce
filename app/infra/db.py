"""PostgreSQL beneath the ORM: short reads, and the unit of work that makes one write one transaction.

Hot paths speak SQL on the ORM's own pool (a model instance costs two to three times the CPU of a row); the
rest uses Tortoise. Both join the same transaction inside `unit_of_work`.
"""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import asyncpg
from tortoise.connection import get_connection
from tortoise.exceptions import BaseORMException, DBConnectionError, TransactionManagementError
from tortoise.transactions import in_transaction

from app.core.errors import FieldError, InvalidInput, Kind, LaunchKitError, Unavailable
from app.infra.group_commit import GroupCommit

Row = asyncpg.Record
if TYPE_CHECKING:  # generic in the stubs only
    Connection = asyncpg.Connection[Row]
    Pool = asyncpg.Pool[Row]

_ACQUIRE_TIMEOUT_SECONDS = 10.0
# What `require_rows` of the first migration raises.
_STALE_WRITE_SQLSTATE = "LK001"
# What functions of the database raise where something is not allowed; their detail says what.
_REFUSED_SQLSTATE = "LK005"


class DatabaseUnavailable(Unavailable):
    code = "database_unavailable"
    title = "The database cannot be reached right now; nothing was changed that was not confirmed."


class StatementTooSlow(DatabaseUnavailable):
    """One statement was given up after its time-out. To whoever asked it is an outage; the database may be well."""


class StaleWrite(LaunchKitError):
    """A guarded write found its row changed by another: the whole unit of work was rolled back."""

    kind = Kind.CONFLICT
    code = "stale_write"
    title = "The row was changed by someone else in the meantime."


class Refused(LaunchKitError):
    """A function of the database would not do it, and nothing was written. `detail` is JSON; for the caller to tell."""

    kind = Kind.CONFLICT
    code = "refused"
    title = "This is not allowed as things stand."

    def __init__(self, detail: str) -> None:
        super().__init__()
        self.detail = detail


class LockTimeout(LaunchKitError):
    kind = Kind.CONFLICT
    code = "busy"
    title = "Another request holds this row; try again."


_OUTAGES = (asyncpg.InternalClientError, DBConnectionError, ConnectionError)
# Classes and codes of SQLSTATE (PostgreSQL documentation, appendix A) that say nothing about the statement:
# connection, resources, operator intervention (a statement time-out among them), a standby after a failover.
_OUTAGE_SQLSTATES = ("08", "53", "57", "58", "25006", "25P03")
_CANCELLED_SQLSTATE = "57014"
# Serialisation, deadlock, lock time-out: the same statement may pass a moment later.
_BUSY_SQLSTATES = ("40", "55P03")


# What PostgreSQL says to a NUL in text and in JSON; nothing else of ours makes it say so.
_NUL_IN_TEXT = (asyncpg.CharacterNotInRepertoireError, asyncpg.UntranslatableCharacterError)


def translate(error: BaseException) -> LaunchKitError | None:
    """The expected failure behind an exception of the driver or the ORM, or None for a fault of ours."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, LaunchKitError):
            return seen
        sqlstate = seen.sqlstate or "" if isinstance(seen, asyncpg.PostgresError) else ""
        if sqlstate.startswith(_BUSY_SQLSTATES):
            return LockTimeout(retry_after=1)
        if sqlstate == _CANCELLED_SQLSTATE:
            return StatementTooSlow(retry_after=1)
        if sqlstate.startswith(_OUTAGE_SQLSTATES):
            return DatabaseUnavailable(retry_after=1)
        if isinstance(seen, _NUL_IN_TEXT):
            mend = "Leave NUL characters (\\u0000) out."
            return InvalidInput([FieldError("input", "nul_character", mend)])
        if isinstance(seen, _OUTAGES) or _is_closed_connection(seen):
            return DatabaseUnavailable(retry_after=1)
        seen = seen.__cause__
    return None


def _is_closed_connection(error: BaseException) -> bool:
    """asyncpg reports a connection that died under a query as an InterfaceError like any misuse."""
    return isinstance(error, asyncpg.InterfaceError) and ("closed" in str(error) or "released" in str(error))


def _expected(error: Exception) -> Exception:
    """Of what only talks to the database: there, any time-out or socket error is an outage."""
    expected = translate(error)
    if expected is None and isinstance(error, (OSError, TimeoutError)):
        return DatabaseUnavailable(retry_after=1)
    return expected or error


async def _pool() -> "Pool":
    client: Any = get_connection("default")
    if client._pool is None:
        # The first query after start with the database away: let the ORM open the pool now, once.
        async with client._pool_init_lock:
            if client._pool is None:
                await client.create_connection(with_db=True)
    pool: Pool = client._pool
    return pool


@asynccontextmanager
async def connection() -> AsyncIterator["Connection"]:
    """This task's transaction, or else a pooled connection.

    Failures of the driver come out as `LaunchKitError` where they are expected.
    """
    uow = _current.get()
    try:
        if uow is not None and uow._connection is not None:
            yield uow._connection
            return
        pool = await _pool()
        async with pool.acquire(timeout=_ACQUIRE_TIMEOUT_SECONDS) as conn:
            yield conn  # type: ignore[misc]  # the pool hands out a proxy with the connection's interface
    except Exception as error:
        expected = _expected(error)
        if expected is error:
            raise
        raise expected from error


async def fetch(sql: str, *args: object) -> list[Row]:
    """Rows of one statement. As `connection()`, but without its layers: this is every request's path."""
    uow = _current.get()
    try:
        if uow is not None and uow._connection is not None:
            return await uow._connection.fetch(sql, *args)
        pool = await _pool()
        # Not the pool's own time-out: before Python 3.12 that is a task per query.
        async with asyncio.timeout(_ACQUIRE_TIMEOUT_SECONDS):
            conn = await pool.acquire()
        try:
            return await conn.fetch(sql, *args)
        finally:
            await pool.release(conn)
    except Exception as error:
        expected = _expected(error)
        if expected is error:
            raise
        raise expected from error


async def fetchrow(sql: str, *args: object) -> Row | None:
    rows = await fetch(sql, *args)
    return rows[0] if rows else None


async def fetchval(sql: str, *args: object) -> Any:
    row = await fetchrow(sql, *args)
    return None if row is None else row[0]


def is_in_transaction() -> bool:
    """Whether this task's unit of work has begun its transaction: after a failure nothing can be tried again in it."""
    uow = _current.get()
    return uow is not None and uow._connection is not None


async def execute(sql: str, *args: object) -> int:
    """Rows touched by one statement."""
    async with connection() as conn:
        status = await conn.execute(sql, *args)
    return int(status.rsplit(" ", 1)[-1])


class _Write(NamedTuple):
    sql: str
    name: str
    expect: int | None
    returning: bool


class Returned:
    """The rows of a deferred statement; there once its unit of work has committed."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    @property
    def row(self) -> Row:
        return self.rows[0]


class UnitOfWork:
    """What one public write does, committed together or not at all.

    `add` defers a statement; all deferred ones travel as a single statement at the end. A unit of work that
    only adds is thus one round trip and needs no BEGIN; one that also reads (`fetch`, or any ORM call after
    `begin`) opens a transaction first. Deferred statements see the database as it was before any of them.
    """

    def __init__(self, *, shares_commit: bool = False, commits_with: Hashable = None) -> None:
        self._shares_commit = shares_commit
        self._commits_with = commits_with
        self._writes: list[_Write] = []
        self._args: list[object] = []
        self._returned: Returned | None = None
        self._constraints: dict[str, type[LaunchKitError]] = {}
        self._after_commit: list[Callable[[], Awaitable[None] | None]] = []
        self._transaction: AbstractAsyncContextManager[Any] | None = None
        self._connection: Connection | None = None

    def add(
        self,
        sql: str,
        *args: object,
        name: str | None = None,
        expect: int | None = None,
        returning: bool = False,
    ) -> Returned:
        """Defers one INSERT, UPDATE or DELETE.

        What it returns (RETURNING) is visible to later statements as the table `name`. With `expect` it must
        return exactly that many rows, else nothing is written and `StaleWrite` is raised. With `returning`
        (one statement per unit of work) its rows are in the result after the commit: one of NULLs where there is none.
        """
        self._writes.append(_Write(sql, name or f"w{len(self._writes)}", expect, returning))
        self._args.extend(args)
        if returning:
            assert self._returned is None, "one statement per unit of work returns rows"
            self._returned = Returned()
            return self._returned
        return Returned()

    def on_violation(self, constraint: str, error: type[LaunchKitError]) -> None:
        """A violation of `constraint` at commit is raised as `error`."""
        self._constraints[constraint] = error

    def after_commit(self, callback: Callable[[], Awaitable[None] | None]) -> None:
        """Runs once the commit succeeded. What has to happen goes in the outbox instead: this may be lost."""
        self._after_commit.append(callback)

    async def begin(self) -> None:
        """Opens the transaction now: from here on `fetch` and ORM calls of this task are part of it."""
        if self._transaction is None:
            transaction = in_transaction("default")
            try:
                async with asyncio.timeout(_ACQUIRE_TIMEOUT_SECONDS):
                    wrapper = await _enter(transaction)
            except Exception as error:
                expected = _expected(error)
                if expected is error:
                    raise
                raise expected from error
            self._transaction, self._connection = transaction, wrapper._connection

    async def fetch(self, sql: str, *args: object) -> list[Row]:
        """Runs a statement now, in the transaction."""
        await self.begin()
        return await fetch(sql, *args)

    async def _commit(self) -> None:
        if self._writes:
            sql = _compose(tuple(self._writes))
            if self._shares_commit and self._transaction is None and not _alone.get():
                rows = await _group.execute(sql, self._args, key=self._commits_with)
            else:
                rows = await fetch(sql, *self._args)
            if self._returned is not None:
                self._returned.rows = rows
        if self._transaction is not None:
            transaction, self._transaction = self._transaction, None
            await transaction.__aexit__(None, None, None)

    async def _rollback(self, error: BaseException) -> None:
        if self._transaction is not None:
            transaction, self._transaction = self._transaction, None
            # A connection that is gone cannot be told to roll back: the server has done so itself.
            with contextlib.suppress(
                asyncpg.PostgresError,
                asyncpg.InterfaceError,
                asyncpg.InternalClientError,
                BaseORMException,
                OSError,
            ):
                await transaction.__aexit__(type(error), error, error.__traceback__)

    def _expected(self, error: BaseException) -> LaunchKitError | None:
        if isinstance(error, LaunchKitError):
            return error
        if isinstance(error, asyncpg.IntegrityConstraintViolationError):
            case = self._constraints.get(error.constraint_name or "")
            return case() if case else None
        if isinstance(error, asyncpg.PostgresError) and error.sqlstate == _STALE_WRITE_SQLSTATE:
            return StaleWrite()
        if isinstance(error, asyncpg.PostgresError) and error.sqlstate == _REFUSED_SQLSTATE:
            return Refused(error.detail or "{}")
        return self._expected(error.__cause__) if error.__cause__ else translate(error)


async def _enter(transaction: AbstractAsyncContextManager[Any]) -> Any:
    """Tortoise leaves a transaction whose BEGIN fails in the task's context, for every later call to meet."""
    try:
        return await transaction.__aenter__()
    except BaseException:
        if hasattr(transaction, "token"):
            # This class of error makes it release the connection and reset the context without a ROLLBACK.
            await transaction.__aexit__(TransactionManagementError, None, None)
        raise


_current: ContextVar[UnitOfWork | None] = ContextVar("unit_of_work", default=None)


async def _fetch_group(sql: str, args: Sequence[object]) -> list[Row]:
    return await fetch(sql, *args)


async def _execute_group(sql: str, batch: Sequence[Sequence[object]]) -> list[list[Row]]:
    """What a composed statement gives is one row."""
    async with connection() as conn:
        return [[row] for row in await conn.fetchmany(sql, batch)]


_group = GroupCommit(_fetch_group, _execute_group, unknown_outcome=DatabaseUnavailable)
_alone: ContextVar[bool] = ContextVar("commits_alone", default=False)


def commit_alone() -> None:
    """From here on this task shares no commit: for a thread with an event loop and connections of its own."""
    _alone.set(True)


@asynccontextmanager
async def unit_of_work(
    *, shares_commit: bool = False, commits_with: Hashable = None
) -> AsyncIterator[UnitOfWork]:
    """The unit of work of this task: a nested call joins the outer one, which alone commits.

    `shares_commit`: it may commit together with equal ones that wait at the same moment (`GroupCommit`). For
    frequent writes that lock rows of their own only, or, of those with the same `commits_with`, in the same order.
    """
    outer = _current.get()
    if outer is not None:
        yield outer
        return
    uow = UnitOfWork(shares_commit=shares_commit, commits_with=commits_with)
    token = _current.set(uow)
    try:
        try:
            yield uow
            await uow._commit()
        except BaseException as error:
            await uow._rollback(error)
            expected = uow._expected(error)
            if expected is None or expected is error:
                raise
            raise expected from error
    finally:
        _current.reset(token)
    for callback in uow._after_commit:
        result = callback()
        if result is not None:
            await result


@lru_cache(maxsize=512)
def _compose(writes: tuple[_Write, ...]) -> str:
    """One statement of all `writes` as data-modifying CTEs, their parameters renumbered.

    The text is the same for the same sequence of writes, so asyncpg's prepared statement is reused.
    """
    parts: list[str] = []
    guards: list[str] = ["1 AS guard"]
    source = ""
    offset = 0
    for write in writes:
        sql, used = _renumber(write.sql, offset)
        parts.append(f"{write.name} AS ({sql})")
        if write.expect is not None:
            guards.append(f"require_rows((SELECT count(*) FROM {write.name}), {write.expect})")
        if write.returning:
            source = f" LEFT JOIN {write.name} ON true"
        offset += used
    # The guards are evaluated even where the returning statement touched no row.
    return f"WITH {', '.join(parts)} SELECT * FROM (SELECT {', '.join(guards)}) AS guards{source}"


def _renumber(sql: str, offset: int) -> tuple[str, int]:
    highest = 0

    def shift(match: re.Match[str]) -> str:
        nonlocal highest
        number = int(match.group(1))
        highest = max(highest, number)
        return f"${number + offset}"

    return re.sub(r"\$(\d+)", shift, sql), highest


def columns(rows: Sequence[Sequence[object]]) -> list[list[object]]:
    """Rows turned into columns, for `unnest($1::…[], …)`."""
    return [list(column) for column in zip(*rows, strict=True)]
