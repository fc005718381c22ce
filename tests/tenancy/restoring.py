"""Puts the database back as it was: each call that succeeds begins from the same two tenants."""

import asyncpg
import redis.asyncio as redis

from app.core.config import Settings
from tests.tenancy import digest

_COPY = "as_it_was"
_ATTEMPTS = 5
_FUNCTIONS = f"""
CREATE TABLE {_COPY}.touched (name text);
CREATE FUNCTION {_COPY}.touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO {_COPY}.touched VALUES (TG_RELID::regclass::text);
    RETURN NULL;
END $$;
CREATE FUNCTION {_COPY}.restore() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    one text;
BEGIN
    FOR one IN WITH gone AS (DELETE FROM {_COPY}.touched RETURNING name) SELECT DISTINCT name FROM gone LOOP
        EXECUTE format('DELETE FROM %s; INSERT INTO %s SELECT * FROM {_COPY}.%s', one, one, one);
    END LOOP;
END $$
"""


class Copy:
    """Of every row of every table, in a schema of its own beside them, which knows of each whether it was written to:
    to put fifty back takes longer than the call did.
    """

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
        await connection.execute(_FUNCTIONS)
        for table in tables:
            await connection.execute(f"""
                CREATE TABLE {_COPY}."{table}" AS TABLE "{table}";
                CREATE TRIGGER as_it_was AFTER INSERT OR UPDATE OR DELETE ON "{table}"
                FOR EACH STATEMENT EXECUTE FUNCTION {_COPY}.touch()
            """)
        return cls(connection, redis.Redis.from_url(settings.require_redis_url()))

    async def restore(self) -> None:
        for is_last in (*(False,) * (_ATTEMPTS - 1), True):
            try:
                await self._connection.execute(f"SELECT {_COPY}.restore()")
                break
            except asyncpg.DeadlockDetectedError:
                # With what a call has left to be booked after its answer. It comes to its end.
                if is_last:
                    raise
        await self._client.flushall()

    async def drop(self) -> None:
        await self._connection.execute(f"DROP SCHEMA {_COPY} CASCADE")
        await self._connection.close()
        await self._client.aclose()
