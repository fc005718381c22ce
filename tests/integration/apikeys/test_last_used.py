"""When keys were last used: noted at every request, written now and then."""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
import pytest
from structlog.testing import capture_logs

from app.apikeys import last_used
from app.apikeys.errors import KeyInvalid
from app.apikeys.last_used import LastUsed
from app.apikeys.verification import KeyVerifier
from app.core import ids
from app.core.config import Settings
from app.infra import db
from tests.factories.apikeys import Made
from tests.factories.databases import statements
from tests.factories.orgs import NOW, Tenant
from tests.fakes.network import database_behind_wire
from tests.waiting import eventually

LATER = NOW + timedelta(minutes=5)


async def stored(key_id: UUID) -> datetime | None:
    at: datetime | None = await db.fetchval("SELECT last_used_at FROM api_key WHERE id = $1", key_id)
    return at


class TestVerify:
    async def test_notes_each_use_and_sends_nothing(self, new: Made, keys: KeyVerifier) -> None:
        await keys.verify(new.token, now=NOW)
        with statements() as sent:
            await keys.verify(new.token, now=LATER)
        assert sent == []
        assert await stored(new.key.id) is None

        await keys.last_used.write()
        assert await stored(new.key.id) == LATER

    async def test_notes_no_refusal(self, new: Made, keys: KeyVerifier) -> None:
        await db.execute("UPDATE api_key SET expires_at = $2 WHERE id = $1", new.key.id, NOW)
        for _ in range(2):
            with pytest.raises(KeyInvalid):
                await keys.verify(new.token, now=NOW)
        await keys.last_used.write()
        assert await stored(new.key.id) is None


class TestWrite:
    async def test_is_one_statement_for_all_keys(self, acme: Tenant, new: Made) -> None:
        notes = LastUsed()
        notes.note(acme.key.id, NOW)
        notes.note(new.key.id, LATER)
        notes.note(ids.uuid7(), LATER)  # of a key that is not there

        with statements() as sent:
            await notes.write()
            await notes.write()
        assert len(sent) == 1
        assert (await stored(acme.key.id), await stored(new.key.id)) == (NOW, LATER)

    async def test_never_goes_back(self, new: Made) -> None:
        """Processes write in any order."""
        for at in (LATER, NOW):
            notes = LastUsed()
            notes.note(new.key.id, at)
            await notes.write()
        assert await stored(new.key.id) == LATER

    async def test_waits_for_nobody(self, settings: Settings, acme: Tenant, new: Made) -> None:
        notes = LastUsed()
        notes.note(acme.key.id, NOW)
        notes.note(new.key.id, NOW)
        other = await asyncpg.connect(settings.require_database_url())
        try:
            async with other.transaction():
                await other.execute("SELECT 1 FROM api_key WHERE id = $1 FOR UPDATE", new.key.id)
                async with asyncio.timeout(14):
                    await notes.write()
        finally:
            await other.close()
        assert (await stored(acme.key.id), await stored(new.key.id)) == (NOW, None)

    async def test_loses_a_batch_without_a_database_and_goes_on(self, settings: Settings, new: Made) -> None:
        notes = LastUsed()
        async with database_behind_wire(settings) as wire:
            await db.fetchval("SELECT 1")
            await wire.cut()
            notes.note(new.key.id, NOW)
            with capture_logs() as logs:
                await notes.write()
            assert [log["event"] for log in logs] == ["api_keys.last_used_not_written"]
        notes.note(new.key.id, LATER)
        await notes.write()
        assert await stored(new.key.id) == LATER

    async def test_keeps_its_memory_within_bounds(
        self, acme: Tenant, new: Made, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(last_used, "_MOST_NOTES", 1)
        notes = LastUsed()
        for key_id, at in ((acme.key.id, NOW), (new.key.id, NOW), (acme.key.id, LATER)):
            notes.note(key_id, at)
        await notes.write()
        assert (await stored(acme.key.id), await stored(new.key.id)) == (LATER, None)


class TestRunning:
    async def test_writes_now_and_then_and_at_the_end(
        self, new: Made, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert last_used.WRITE_SECONDS >= 10
        monkeypatch.setattr(last_used, "WRITE_SECONDS", 0.02)
        notes = LastUsed()
        async with notes.running():
            notes.note(new.key.id, NOW)

            async def is_written() -> bool:
                return await stored(new.key.id) == NOW

            await eventually(is_written, what="the first batch")
            monkeypatch.setattr(last_used, "WRITE_SECONDS", 60)
            await asyncio.sleep(0.05)
            notes.note(new.key.id, LATER)
        assert await stored(new.key.id) == LATER

    async def test_lets_nobody_wait_long_for_a_database_that_hangs(
        self, new: Made, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def hang(*_: object) -> int:
            await asyncio.sleep(60)
            return 0

        monkeypatch.setattr(last_used, "_LAST_WRITE_SECONDS", 0.05)
        monkeypatch.setattr(db, "execute", hang)
        notes = LastUsed()
        async with asyncio.timeout(14), notes.running():
            notes.note(new.key.id, NOW)
