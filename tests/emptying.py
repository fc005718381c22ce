"""Empties the databases between tests, in a millisecond: some thousand tests wait for it."""

import asyncpg
import redis.asyncio as redis

from app.core.config import Settings

# Those that migrations fill.
_KEPT = ("aerich", "plan")
_TABLES = """
SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition
AND relnamespace = 'public'::regnamespace AND relname <> ALL ($1) ORDER BY relname
"""
_ATTEMPTS = 5


class Emptying:
    """One connection to each server for the whole run. DELETE beats TRUNCATE on small tables."""

    def __init__(self, connection: "asyncpg.Connection[asyncpg.Record]", client: "redis.Redis") -> None:
        self._connection = connection
        self._client = client

    @classmethod
    async def connect(cls, settings: Settings) -> "Emptying":
        connection = await asyncpg.connect(settings.require_database_url())
        # Neither triggers nor foreign keys are in the way of this session.
        await connection.execute("SET session_replication_role = replica")
        deletions = "".join(
            f'DELETE FROM "{row["relname"]}"; ' for row in await connection.fetch(_TABLES, list(_KEPT))
        )
        # Planned once: fifty statements that find nothing take less time than to read them.
        await connection.execute(
            f"CREATE FUNCTION pg_temp.empty() RETURNS void LANGUAGE plpgsql AS $$ BEGIN {deletions} END $$"
        )
        return cls(connection, redis.Redis.from_url(settings.require_redis_url()))

    async def empty(self) -> None:
        """Every table but those that migrations fill, and all of Redis."""
        for is_last in (*(False,) * (_ATTEMPTS - 1), True):
            try:
                await self._connection.execute("SELECT pg_temp.empty()")
                break
            except asyncpg.DeadlockDetectedError:
                # With what a test that failed has left running. It is over now, or comes to its end.
                if is_last:
                    raise
        await self._client.flushall()

    async def close(self) -> None:
        await self._connection.close()
        await self._client.aclose()
