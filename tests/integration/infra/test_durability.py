"""Waiting for the disk apart from the commit."""

import asyncpg
import pytest

from app.core.config import Settings
from app.infra import durability
from app.infra.durability import Flushes

pytestmark = pytest.mark.usefixtures("settings")


class TestFlushes:
    async def test_bring_to_disk_what_has_committed_without_waiting(self, settings: Settings) -> None:
        connection = await asyncpg.connect(settings.require_database_url())
        try:
            await connection.execute("SET synchronous_commit = off")
            await connection.execute("SELECT pg_logical_emit_message(true, 'test', repeat('x', 1000))")
            committed = await connection.fetchval("SELECT pg_current_wal_insert_lsn()")
            # The tests' database waits for nothing unless it is told to.
            await connection.execute("SET synchronous_commit = on")
            await connection.execute(durability._FLUSH)
            assert await connection.fetchval("SELECT pg_current_wal_flush_lsn() >= $1", committed)
        finally:
            await connection.close()

    async def test_are_shared_by_who_comes_before_one_begins(self) -> None:
        flushes = Flushes()
        first = flushes.since_now()
        assert flushes.since_now() is first
        assert await first is True
        assert flushes.since_now() is not first

    async def test_say_where_the_database_has_gone_away(self, monkeypatch: pytest.MonkeyPatch) -> None:
        flushes = Flushes()
        with monkeypatch.context() as fault:
            fault.setattr(durability, "_FLUSH", "SELECT pg_terminate_backend(pg_backend_pid())")
            assert await flushes.since_now() is False
        assert await flushes.since_now() is True
