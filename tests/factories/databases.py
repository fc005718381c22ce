"""Databases of a test's own, and what is said to one."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from typing import Any, ParamSpec

import asyncpg
from tortoise.connection import get_connection
from tortoise.context import TortoiseContext

from app.infra import db, orm

P = ParamSpec("P")


@asynccontextmanager
async def empty_database(server_url: str) -> AsyncIterator[str]:
    """The address of a new database, without any table, on the same server."""
    name = f"test_{secrets.token_hex(6)}"
    admin = await asyncpg.connect(server_url)
    try:
        await admin.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{server_url.rsplit('/', 1)[0]}/{name}"
        finally:
            await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await admin.close()


@asynccontextmanager
async def orm_on(database_url: str, *, pool_size: int = 4) -> AsyncIterator[None]:
    """Within the block, this task's ORM and `app.infra.db` talk to that database."""
    async with TortoiseContext() as context:
        await context.init(config=orm.config(database_url, pool_size=pool_size, application_name="tests"))
        yield


def pool() -> "asyncpg.Pool[asyncpg.Record]":
    """The process's own; it is there after the first statement."""
    client: Any = get_connection("default")
    opened: asyncpg.Pool[asyncpg.Record] = client._pool
    return opened


@contextmanager
def statements() -> Iterator[list[str]]:
    """What the process's pool sends during the block, in order. Of one task: the pool must not have to grow."""
    sent: list[str] = []

    def log(query: Any) -> None:
        sent.append(query.query)

    opened: Any = pool()
    connections = [holder._con for holder in opened._holders if holder._con is not None]
    for connection in connections:
        connection.add_query_logger(log)
    try:
        yield sent
    finally:
        for connection in connections:
            connection.remove_query_logger(log)


@asynccontextmanager
async def transaction(database_url: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """Another process in the middle of a transaction, which commits at the end."""
    connection = await asyncpg.connect(database_url)
    try:
        async with connection.transaction():
            yield connection
    finally:
        await connection.close()


async def waiters(connection: "asyncpg.Connection[asyncpg.Record]") -> int:
    """How many wait for a lock that `connection` holds."""
    # Not of `pg_stat_activity`, which is in all of a transaction what it was when it was read first.
    waiting: int = await connection.fetchval(
        "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
    )
    return waiting


def behind_the_loops_back(
    action: Callable[P, Coroutine[None, None, None]], *args: P.args, **kwargs: P.kwargs
) -> None:
    """While this blocks, the event loop notices nothing. Raises what `action` raises."""
    with ThreadPoolExecutor(1) as beside:
        beside.submit(lambda: asyncio.run(action(*args, **kwargs))).result()


async def fill_pool() -> None:
    """Opens all of the pool's connections: what is then done at once meets in the database and not before it."""
    await asyncio.gather(*(db.fetch("SELECT pg_sleep(0.1)") for _ in range(pool().get_max_size())))
