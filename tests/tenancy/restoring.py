"""Puts the database back as it was: each call that succeeds begins from the same two tenants."""

import asyncpg
import redis.asyncio as redis

from app.core.config import Settings
from tests.tenancy import digest

_COPY = "as_it_was"


class Copy:
    """Of every row of every table, in a schema of its own beside them."""

    def __init__(self, connection: "asyncpg.Connection[asyncpg.Record]", client: "redis.Redis") -> None:
        self._connection = connection
        self._client = client

    @classmethod
    async def take(cls, settings: Settings) -> "Copy":
        connection = await asyncpg.connect(settings.require_database_url())
        # Neither triggers nor foreign keys are in the way.
        await connection.execute("SET session_replication_role = replica")
        tables = await digest.tables()
        await connection.execute(f"DROP SCHEMA IF EXISTS {_COPY} CASCADE; CREATE SCHEMA {_COPY}")
        for table in tables:
            await connection.execute(f'CREATE TABLE {_COPY}."{table}" AS TABLE "{table}"')
        statements = [
            f'DELETE FROM "{table}"; INSERT INTO "{table}" SELECT * FROM {_COPY}."{table}"; '
            for table in tables
        ]
        # Planned once: it is done some thousand times.
        await connection.execute(
            f"CREATE FUNCTION {_COPY}.restore() RETURNS void LANGUAGE plpgsql AS "
            f"$$ BEGIN {''.join(statements)} END $$"
        )
        return cls(connection, redis.Redis.from_url(settings.require_redis_url()))

    async def restore(self) -> None:
        await self._connection.execute(f"SELECT {_COPY}.restore()")
        await self._client.flushall()

    async def drop(self) -> None:
        await self._connection.execute(f"DROP SCHEMA {_COPY} CASCADE")
        await self._connection.close()
        await self._client.aclose()
