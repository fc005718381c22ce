"""Carrying out the deletion of orgs whose grace is over."""

from datetime import timedelta

import pytest

from app.core.config import Settings
from app.identity import closing as identity
from app.identity.closing import GRACE
from app.infra import db
from app.jobs import execution, kinds
from app.jobs.state import State
from tests.factories import audit, entitlements, jobs, wallets, webhooks
from tests.factories.invitations import invited
from tests.factories.orgs import NOW, Tenant, snapshot, tenant
from workers import closing
from workers.scheduler import Scheduler

DUE = NOW + GRACE


async def ended(acme: Tenant) -> tuple[int, int, int]:
    """Members, usable keys and open invitations that are left."""
    row = await db.fetchrow(
        "SELECT (SELECT count(*) FROM membership WHERE org_id = $1), "
        "(SELECT count(*) FROM api_key WHERE org_id = $1 AND revoked_at IS NULL), "
        "(SELECT count(*) FROM invitation WHERE org_id = $1 AND revoked_at IS NULL)",
        acme.org_id,
    )
    assert row is not None
    return row[0], row[1], row[2]


class TestCloseDue:
    async def test_ends_everything_of_the_org_and_nothing_of_others(
        self, acme: Tenant, settings: Settings
    ) -> None:
        rival = await tenant(settings, "rival")
        for each in (acme, rival):
            await invited(each)
            await webhooks.made(each)
        await identity.request(acme.owner, acme.org_id, now=NOW)

        await Scheduler(audit.sealer_of(settings), settings).tick(now=DUE)

        assert await ended(acme) == (0, 0, 0)
        assert await ended(rival) == (1, 1, 1)
        rows = await db.fetch(
            "SELECT action FROM audit_entry WHERE org_id = $1 AND principal_kind = 'system' ORDER BY id",
            acme.org_id,
        )
        assert [row["action"] for row in rows] == [
            *("api_key.revoked", "invitation.revoked", "webhook_endpoint.deleted", "org.deleted")
        ]
        left = await db.fetch("SELECT org_id FROM webhook_endpoint WHERE deleted_at IS NULL")
        assert [row["org_id"] for row in left] == [rival.org_id]

    async def test_lets_no_job_of_it_begin_any_more(self, acme: Tenant, settings: Settings) -> None:
        """One may have been made for a moment of the next year; nobody is left who could pay for it or cancel it."""
        kinds.load()
        rival = await tenant(settings, "rival")
        await wallets.wallet(acme, 10)
        desk, later = entitlements.desk(), DUE + timedelta(days=1)
        waiting = await jobs.queued(acme, desk=desk, run_at=later)
        begun = await jobs.running(acme, desk=desk, now=DUE)
        theirs = await jobs.queued(rival, run_at=later)
        await identity.request(acme.owner, acme.org_id, now=NOW)

        assert await closing.close_due(now=DUE) == 1

        assert await jobs.state_of(waiting.id) is State.CANCELLED
        assert await jobs.state_of(begun.job.id) is State.CANCELLING
        assert await jobs.state_of(theirs.id) is State.SCHEDULED
        await execution.cancelled(begun, now=DUE)
        assert await db.fetchval("SELECT held FROM wallet") == 0

    async def test_does_nothing_before_or_twice(self, acme: Tenant) -> None:
        await identity.request(acme.owner, acme.org_id, now=NOW)
        before = await snapshot()
        assert await closing.close_due(now=DUE - (DUE - NOW) / 2) == 0
        assert await snapshot() == before

        assert await closing.close_due(now=DUE) == 1
        before = await snapshot()
        assert await closing.close_due(now=DUE) == 0
        assert await snapshot() == before

    async def test_is_done_again_after_a_crash(self, acme: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
        await identity.request(acme.owner, acme.org_id, now=NOW)
        with monkeypatch.context() as patched:
            patched.setattr("app.identity.closing.close", lambda *_, **__: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                await closing.close_due(now=DUE)

        assert await closing.close_due(now=DUE) == 1
        assert await ended(acme) == (0, 0, 0)
