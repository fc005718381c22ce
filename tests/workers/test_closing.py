"""Carrying out the deletion of orgs whose grace is over."""

import pytest

from app.core.config import Settings
from app.identity import closing as identity
from app.identity.closing import GRACE
from app.infra import db
from tests.factories import audit, webhooks
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
