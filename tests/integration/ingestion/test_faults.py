"""What is sent again after something broke counts once."""

import asyncio
from typing import Any

import asyncpg
import pytest
import redis as redis_py

from app.core.config import Settings
from app.infra import db
from app.infra.db import DatabaseUnavailable, LockTimeout
from app.ingestion import intake as intake_module
from app.ingestion.errors import TooManyEventsWaiting
from app.ingestion.intake import Intake
from tests.factories import databases, wallets
from tests.factories.orgs import NOW, Tenant
from tests.factories.usage import event, ingest, statuses
from tests.fakes import network
from tests.waiting import eventually, until


async def counted() -> int:
    number: int = await db.fetchval("SELECT coalesce(sum(requests), 0) FROM usage_rollup_hour")
    return number


class TestPostgresCutOff:
    async def test_in_the_middle_of_a_batch_loses_and_doubles_nothing(
        self, acme: Tenant, settings: Settings
    ) -> None:
        """The statement waits for a wallet that another holds, when the wire is cut; it may have committed or not."""
        await wallets.wallet(acme, 100)
        events = [event(f"e{number}") for number in range(10)]
        holder = await asyncpg.connect(settings.require_database_url())
        async with network.database_behind_wire(settings) as wire:
            async with holder.transaction():
                await holder.execute("SELECT 1 FROM wallet FOR UPDATE")
                sending = asyncio.create_task(statuses(acme, *events))
                await eventually(lambda: databases.waiters(holder), what="the statement waiting")
                await wire.cut()
                with pytest.raises(DatabaseUnavailable):
                    await sending
            await holder.close()
            await wire.mend()
            again = await statuses(acme, *events)

        assert set(again) <= {"accepted", "duplicate"}
        assert await counted() == 10
        assert await db.fetchval("SELECT balance FROM wallet") == 85

    async def test_answers_everybody_who_waited(self, acme: Tenant, settings: Settings) -> None:
        intake = Intake()
        async with network.database_behind_wire(settings) as wire:
            await wire.cut()
            found = await asyncio.gather(
                *(statuses(acme, event(f"e{n}"), intake=intake) for n in range(20)), return_exceptions=True
            )
            assert all(isinstance(each, DatabaseUnavailable) for each in found)
            await wire.mend()

            assert await statuses(acme, event("e1"), intake=intake) == ["accepted"]


class TestAnswerLost:
    async def test_is_told_that_it_was_counted(self, acme: Tenant, monkeypatch: Any) -> None:
        """The commit is done, and its answer does not arrive."""
        await wallets.wallet(acme, 100)
        rows = await rows_of(acme, "a", "b")
        fetch = db.fetch

        async def lose(sql: str, *args: object) -> object:
            await fetch(sql, *args)
            raise DatabaseUnavailable

        with monkeypatch.context() as patched:
            patched.setattr(db, "fetch", lose)
            with pytest.raises(DatabaseUnavailable):
                await Intake().write(rows, draws=True, now=NOW)

        assert await statuses(acme, event("a"), event("b"), event("c")) == [
            "duplicate",
            "duplicate",
            "accepted",
        ]
        assert await counted() == 3

    async def test_of_a_client_that_left_is_written_all_the_same(
        self, acme: Tenant, settings: Settings
    ) -> None:
        await wallets.wallet(acme, 100)
        intake = Intake()
        holder = await asyncpg.connect(settings.require_database_url())
        async with holder.transaction():
            await holder.execute("SELECT 1 FROM wallet FOR UPDATE")
            sending = asyncio.create_task(ingest(acme, event("a"), intake=intake))
            await eventually(lambda: databases.waiters(holder), what="the statement waiting")
            sending.cancel()
        await holder.close()

        await until(lambda: intake._under_way == 0, "the statement being done")
        assert await statuses(acme, event("a")) == ["duplicate"]


async def rows_of(acme: Tenant, *names: str) -> list[Any]:
    """The rows that `ingest` would write of these events."""
    taken: list[Any] = []

    class Taking(Intake):
        async def write(self, rows: Any, **more: Any) -> Any:
            taken.extend(rows)
            raise NotImplementedError

    with pytest.raises(NotImplementedError):
        await ingest(acme, *map(event, names), intake=Taking())
    return taken


class TestLocks:
    async def test_that_were_in_the_way_are_tried_again(self, acme: Tenant, monkeypatch: Any) -> None:
        fetch = db.fetch
        failures = 3

        async def stumble(sql: str, *args: object) -> object:
            nonlocal failures
            if "usage_ingest" in sql and failures:
                failures -= 1
                raise LockTimeout
            return await fetch(sql, *args)

        monkeypatch.setattr(db, "fetch", stumble)

        assert await statuses(acme, event("a")) == ["accepted"]
        assert failures == 0

    async def test_one_bad_caller_harms_no_other(self, acme: Tenant) -> None:
        """What the checks should have found: PostgreSQL refuses it all, and the others are written without it."""
        intake = Intake()
        good = [await rows_of(acme, f"e{number}") for number in range(6)]
        bad = [
            row._replace(kind=row.kind._replace(event_type="x" * 99)) for row in await rows_of(acme, "bad")
        ]

        found = await asyncio.gather(
            *(intake.write(rows, draws=True, now=NOW) for rows in [*good[:3], bad, *good[3:]]),
            return_exceptions=True,
        )

        assert [isinstance(each, Exception) for each in found] == [False] * 3 + [True] + [False] * 3
        assert await counted() == 6


class TestQueue:
    async def test_is_bounded(self, acme: Tenant, monkeypatch: Any) -> None:
        monkeypatch.setattr(intake_module, "_MOST_WAITING", 4)
        intake = Intake()

        found = await asyncio.gather(
            *(statuses(acme, event(f"e{n}"), intake=intake) for n in range(30)), return_exceptions=True
        )

        refused = [each for each in found if isinstance(each, TooManyEventsWaiting)]
        assert refused
        assert all(error.retry_after == 1 for error in refused)
        assert await counted() == 30 - len(refused)
        assert await statuses(acme, event("after"), intake=intake) == ["accepted"]


class TestRedisEmptied:
    async def test_changes_nothing(self, acme: Tenant, settings: Settings) -> None:
        await ingest(acme, event("a"))
        client = redis_py.Redis.from_url(settings.require_redis_url())
        client.flushall()
        client.close()

        assert await statuses(acme, event("a")) == ["duplicate"]
