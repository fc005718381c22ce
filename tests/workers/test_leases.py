"""Renewal from a thread of its own: what a busy handler must not be able to starve."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from app.core.clock import utcnow
from app.core.config import Settings
from app.infra import db
from app.jobs import execution
from app.jobs.execution import Lease
from tests.factories import databases, jobs
from tests.factories.orgs import Tenant
from tests.fakes import network
from tests.waiting import eventually
from workers import leases
from workers.leases import LeaseKeeper

LEASE = timedelta(seconds=2)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lease of two seconds, renewed five times in it: the proportions of the real one."""
    monkeypatch.setattr(leases, "RENEWALS_IN_A_LEASE", 5)
    monkeypatch.setattr(leases, "_RETRY_SECONDS", 0.05)


@contextmanager
def keeping(database_url: str) -> Iterator[LeaseKeeper]:
    keeper = LeaseKeeper(database_url, lease=LEASE)
    keeper.start()
    try:
        yield keeper
    finally:
        keeper.stop()
        keeper._thread.join(30)
        assert not keeper._thread.is_alive()


async def until_renewed(database_url: str, lease: Lease) -> None:
    """Beside the event loop of the test, which is blocked."""
    connection = await asyncpg.connect(database_url)

    async def renewed() -> bool:
        sql = "SELECT lease_expires_at > started_at + $2 FROM job WHERE id = $1"
        return bool(await connection.fetchval(sql, lease.job.id, LEASE))

    try:
        await eventually(renewed)
    finally:
        await connection.close()


async def expiry(lease: Lease) -> float:
    """Seconds that the lease still has."""
    at = await db.fetchval("SELECT lease_expires_at FROM job WHERE id = $1", lease.job.id)
    remaining: float = (at - utcnow()).total_seconds()
    return remaining


def nobody() -> None:
    raise AssertionError("the lease was not lost")


class TestLeaseKeeper:
    async def test_renews_while_the_event_loop_is_blocked(self, acme: Tenant, settings: Settings) -> None:
        lease = await jobs.running(acme, now=utcnow(), length=LEASE)
        with keeping(settings.require_database_url()) as keeper, keeper.hold(lease.token, nobody):
            # As a handler that computes and never awaits.
            databases.behind_the_loops_back(until_renewed, settings.require_database_url(), lease)
        await execution.succeed(lease, jobs.OUTCOME, now=utcnow())

    async def test_lets_go_after_the_block(self, acme: Tenant, settings: Settings) -> None:
        lease = await jobs.running(acme, now=utcnow(), length=LEASE)
        with keeping(settings.require_database_url()) as keeper:
            with keeper.hold(lease.token, nobody):
                pass
            await eventually(_recovered)

    async def test_renews_all_leases_with_one_statement(
        self, acme: Tenant, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[int] = []
        renew = execution.renew

        async def counting(connection: Any, tokens: list[object], **options: object) -> object:
            asked.append(len(tokens))
            return await renew(connection, tokens, **options)  # type: ignore[arg-type]

        monkeypatch.setattr(execution, "renew", counting)
        held = [await jobs.running(acme, now=utcnow(), length=LEASE) for _ in range(3)]
        with keeping(settings.require_database_url()) as keeper:
            with (
                keeper.hold(held[0].token, nobody),
                keeper.hold(held[1].token, nobody),
                keeper.hold(held[2].token, nobody),
            ):
                await eventually(lambda: 3 in asked)
            asked.clear()
            await asyncio.sleep(0.3)
            assert asked == [], "nothing to renew, nothing asked"

    async def test_reports_a_lease_that_is_anothers_once_and_from_its_own_thread(
        self, acme: Tenant, settings: Settings
    ) -> None:
        mine, lost = (
            await jobs.running(acme, now=utcnow(), length=LEASE),
            await jobs.running(acme, now=utcnow(), length=LEASE),
        )
        reports: list[str] = []
        with (
            keeping(settings.require_database_url()) as keeper,
            keeper.hold(mine.token, nobody),
            keeper.hold(lost.token, lambda: reports.append(threading.current_thread().name)),
        ):
            await db.execute("UPDATE job SET lease_token = $2 WHERE id = $1", lost.job.id, uuid4())
            await eventually(lambda: reports)
            await eventually(lambda: _renewed(mine))
        assert reports == ["leases"]

    async def test_gives_up_a_lease_that_it_could_not_renew_in_time(
        self, acme: Tenant, settings: Settings
    ) -> None:
        lease = await jobs.running(acme, now=utcnow(), length=LEASE)
        reports: list[float] = []
        async with network.wire_to(settings.require_database_url()) as (wire, url):
            started = time.monotonic()
            with keeping(url) as keeper, keeper.hold(lease.token, lambda: reports.append(time.monotonic())):
                await wire.cut()
                await eventually(lambda: reports)
        assert len(reports) == 1
        assert reports[0] - started >= 1.9, "not before another worker may have it"

    async def test_goes_on_after_the_database_was_away(self, acme: Tenant, settings: Settings) -> None:
        lease = await jobs.running(acme, now=utcnow(), length=LEASE)
        async with network.wire_to(settings.require_database_url()) as (wire, url):
            with keeping(url) as keeper, keeper.hold(lease.token, nobody):
                await eventually(lambda: _renewed(lease))
                await wire.cut()
                await asyncio.sleep(0.2)
                await wire.mend()
                before = await expiry(lease)
                await eventually(lambda: _longer_than(lease, before))

    async def test_outlives_a_driver_that_lost_its_place(
        self, acme: Tenant, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Which is none of the driver's usual errors. On the next connection all is well."""
        lease = await jobs.running(acme, now=utcnow(), length=LEASE)
        renew = execution.renew
        connections: list[Any] = []

        async def confused(connection: Any, tokens: list[object], **options: object) -> object:
            connections.append(connection)
            if len(connections) == 1:
                raise asyncpg.InternalClientError("got result for unknown protocol state 3")
            return await renew(connection, tokens, **options)  # type: ignore[arg-type]

        monkeypatch.setattr(execution, "renew", confused)
        with keeping(settings.require_database_url()) as keeper, keeper.hold(lease.token, nobody):
            await eventually(lambda: _renewed(lease))
            assert keeper._thread.is_alive()
        assert connections[1] is not connections[0]
        assert connections[0].is_closed()

    @pytest.mark.parametrize("away", [False, True], ids=["anothers", "overdue"])
    async def test_outlives_a_loss_that_nobody_is_there_to_hear(
        self, acme: Tenant, settings: Settings, away: bool
    ) -> None:
        """A worker that stops closes its event loop before its keeper ends."""
        lease = await jobs.running(acme, now=utcnow(), length=LEASE)
        closed = asyncio.new_event_loop()
        closed.close()
        told: list[str] = []

        def tell() -> None:
            told.append("first")
            closed.call_soon_threadsafe(lambda: None)

        async with network.wire_to(settings.require_database_url()) as (wire, url):
            with (
                keeping(url) as keeper,
                keeper.hold(lease.token, tell),
                keeper.hold(uuid4(), lambda: told.append("second")),
            ):
                if away:
                    await wire.cut()
                else:
                    await db.execute("UPDATE job SET lease_token = $2 WHERE id = $1", lease.job.id, uuid4())
                await eventually(lambda: set(told) == {"first", "second"})
                if away:
                    await wire.mend()
                other = await jobs.running(acme, now=utcnow(), length=LEASE)
                with keeper.hold(other.token, nobody):
                    await eventually(lambda: _renewed(other))

    async def test_stops_at_once(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(leases, "_LOOK_SECONDS", 300)
        monkeypatch.setattr(leases, "RENEWALS_IN_A_LEASE", LEASE.total_seconds() / 300)
        with keeping(settings.require_database_url()):
            pass


async def _recovered() -> bool:
    return await execution.recover_lost(now=utcnow()) == 1


async def _renewed(lease: Lease) -> bool:
    started: float = await db.fetchval(
        "SELECT extract(epoch FROM lease_expires_at - started_at)::float8 FROM job WHERE id = $1",
        lease.job.id,
    )
    return started > 2.1


async def _longer_than(lease: Lease, seconds: float) -> bool:
    return await expiry(lease) > seconds
