"""What a tick of the scheduler brings about."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.accounts.keys import AccountKeys
from app.accounts.sessions.types import LIFETIME
from app.core.clock import utcnow
from app.core.config import Settings
from app.credits.types import DEFAULT_LEASE
from app.idempotency.service import KEPT
from app.infra import db, telemetry
from app.jobs.state import State
from tests.factories import audit, jobs, links, sessions, usage, wallets, webhooks
from tests.factories.orgs import NOW, Tenant
from tests.factories.usage import event
from workers.scheduler import Scheduler

SECOND = timedelta(seconds=1)


async def keys() -> int:
    count: int = await db.fetchval("SELECT count(*) FROM idempotency_key")
    return count


async def in_state(state: State) -> int:
    count: int = await db.fetchval("SELECT count(*) FROM job WHERE state = $1", state.value)
    return count


class TestTick:
    async def test_looks_after_webhooks(self, acme: Tenant, settings: Settings) -> None:
        await webhooks.made(acme, now=NOW)
        await webhooks.tell(acme, now=NOW)
        failing = "UPDATE webhook_endpoint SET failing_since = $1, consecutive_failures = 9"
        await db.execute(failing, NOW - timedelta(days=6))

        await Scheduler(audit.sealer_of(settings), settings).tick(now=NOW)

        assert await db.fetchval("SELECT disabled_reason FROM webhook_endpoint") == "failing"
        assert await db.fetchval("SELECT state FROM webhook_delivery") == "DEAD"
        # By their ids, which tell when they were made.
        await Scheduler(audit.sealer_of(settings), settings).tick(now=utcnow() + timedelta(days=31))
        assert await db.fetchval("SELECT count(*) FROM webhook_message") == 0

    async def test_comes_back_at_once_for_jobs_that_one_batch_left(
        self, acme: Tenant, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("workers.scheduler._JOBS", 2)
        later = NOW + timedelta(hours=1)
        for _ in range(3):
            await jobs.queued(acme, run_at=later)
        scheduler = Scheduler(audit.sealer_of(settings), settings)

        assert await scheduler.tick(now=later) is True
        assert await in_state(State.QUEUED) == 2
        assert await scheduler.tick(now=later) is False
        assert await in_state(State.QUEUED) == 3

    async def test_seals_what_has_committed(self, settings: Settings) -> None:
        org = audit.new_org()
        await audit.write(org, 3)

        assert not await Scheduler(audit.sealer_of(settings), settings).tick(now=NOW)

        assert await audit.chain_of(org) == [0, 1, 2]

    async def test_tells_how_long_an_entry_has_waited_in_vain(self, settings: Settings) -> None:
        org = audit.new_org()
        await audit.write(org, 1)
        await audit.seal_all(settings)
        await audit.tamper(settings, "DELETE FROM audit_head")
        await audit.write(org, 1, start=1)
        now = await db.fetchval("SELECT since + interval '90 seconds' FROM audit_unsealed")

        await Scheduler(audit.sealer_of(settings), settings).tick(now=now)

        assert round(telemetry.AUDIT_UNSEALED_SECONDS._value.get()) == 90

    async def test_drops_expired_idempotency_keys_every_time(self, settings: Settings, acme: Tenant) -> None:
        """Not with the hourly housekeeping: a batch an hour would never catch up with a busy day."""
        scheduler = Scheduler(audit.sealer_of(settings), settings)
        for number in range(3):
            await jobs.queued(acme, key=f"k{number}", now=NOW + number * SECOND)

        left = []
        for number in range(-1, 3):
            await scheduler.tick(now=NOW + KEPT + number * SECOND)
            left.append(await keys())
        assert left == [3, 2, 1, 0]

    async def test_sweeps_credit_and_tells_what_is_outstanding(
        self, settings: Settings, acme: Tenant
    ) -> None:
        wallet_id = await wallets.wallet(acme, 10)
        await wallets.hold(acme, wallet_id, 4)
        await wallets.grant(acme, wallet_id, 5, expires_at=NOW + SECOND)
        lapsed, ended = (
            meter._value.get() for meter in (telemetry.CREDIT_GRANTS_EXPIRED, telemetry.CREDIT_LEASES_ENDED)
        )

        await Scheduler(audit.sealer_of(settings), settings).tick(now=NOW + SECOND)
        assert telemetry.CREDIT_HOLDS_OPEN._value.get() == 1
        await Scheduler(audit.sealer_of(settings), settings).tick(now=NOW + DEFAULT_LEASE)

        assert telemetry.CREDIT_HOLDS_OPEN._value.get() == 0
        assert telemetry.CREDIT_DEBT._value.get() == 0
        assert telemetry.CREDIT_GRANTS_EXPIRED._value.get() == lapsed + 1
        assert telemetry.CREDIT_LEASES_ENDED._value.get() == ended + 1
        wallet = await db.fetchrow("SELECT balance, held FROM wallet")
        assert wallet is not None
        assert tuple(wallet) == (10, 0)

    async def test_drops_links_of_the_past(self, settings: Settings, acme: Tenant) -> None:
        await links.made(acme, lifetime=SECOND)

        await Scheduler(audit.sealer_of(settings), settings).tick(now=NOW)
        assert len(await links.mailed()) == 1
        await Scheduler(audit.sealer_of(settings), settings).tick(now=NOW + SECOND)
        assert await links.mailed() == []

    async def test_drops_sessions_that_are_over(self, settings: Settings, acme: Tenant) -> None:
        begun = await sessions.begun(AccountKeys.derive("k" * 32), acme.owner)
        scheduler = Scheduler(audit.sealer_of(settings), settings)

        left = []
        for now in (NOW + LIFETIME - SECOND, NOW + LIFETIME):
            await scheduler.tick(now=now)
            found = await db.fetch("SELECT id FROM user_session WHERE id = $1", begun.session_id)
            left.append((len(found), await db.fetchval("SELECT count(*) FROM refresh_token")))
        assert left == [(1, 1), (0, 0)]

    async def test_forgets_usage_as_the_settings_say(self, settings: Settings, acme: Tenant) -> None:
        old, new = event("old", timestamp="2019-05-20T00:00:00Z"), event("new")
        await usage.ingest(acme, old, new, is_backfill=True)
        later = utcnow() + timedelta(days=50)

        await Scheduler(audit.sealer_of(settings), settings).tick(now=later)
        assert [row[0] for row in await db.fetch("SELECT event_id FROM usage_event ORDER BY 1")] == [
            "new",
            "old",
        ]
        assert await db.fetchval("SELECT count(*) FROM usage_event_key") == 0

        forgetting = replace(settings, usage_retention_months=24)
        await Scheduler(audit.sealer_of(settings), forgetting).tick(now=later)
        assert [row[0] for row in await db.fetch("SELECT event_id FROM usage_event")] == ["new"]
