"""The queue of deliveries."""

from datetime import timedelta

import pytest

from app.core.clock import utcnow
from app.core.config import Settings
from app.infra import db
from app.webhooks import delivering
from tests.factories import webhooks
from tests.factories.orgs import NOW, Tenant, tenant

_READ = """
SELECT coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) AS rows FROM pg_stat_xact_user_tables
WHERE relname = 'webhook_delivery'
"""


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    return await tenant(settings)


@pytest.fixture
async def rival(settings: Settings) -> Tenant:
    return await tenant(settings, "rival")


class TestClaim:
    async def test_lets_no_org_s_backlog_delay_what_others_wait_for(
        self, acme: Tenant, rival: Tenant
    ) -> None:
        for number in range(3):
            await webhooks.made(acme, f"https://hooks.example/{number}", max_concurrency=100, now=NOW)
        await webhooks.made(rival, now=NOW)
        await webhooks.tell(acme, count=60, now=NOW)
        await webhooks.tell(rival, count=2, now=NOW + timedelta(minutes=1))
        now = NOW + timedelta(minutes=2)
        first = await delivering.claim(limit=20, now=now)
        assert [one.org_id for one in first].count(rival.org_id) == 2

    async def test_gives_a_place_to_whom_fewer_are_taken(self, acme: Tenant, rival: Tenant) -> None:
        await webhooks.made(acme, max_concurrency=100, now=NOW)
        await webhooks.tell(acme, count=60, now=NOW)
        assert len(await delivering.claim(limit=20, now=NOW)) == 20
        await webhooks.made(rival, now=NOW)
        await webhooks.tell(rival, count=3, now=NOW + timedelta(seconds=1))
        later = await delivering.claim(limit=3, now=NOW + timedelta(seconds=2))
        assert {one.org_id for one in later} == {rival.org_id}

    async def test_reads_no_more_of_a_longer_backlog(self, acme: Tenant) -> None:
        await webhooks.made(acme, max_concurrency=10)
        await webhooks.tell(acme, count=1_000)
        # What tests before this one have deleted would be read too.
        await db.fetch("VACUUM (ANALYZE) webhook_delivery")

        async with db.unit_of_work() as uow:
            # Of so few rows PostgreSQL may rather read all than look any up.
            await uow.fetch("SET LOCAL enable_seqscan = off")
            [before] = await uow.fetch(_READ)
            assert len(await delivering.claim(limit=100, now=utcnow())) == 10
            [after] = await uow.fetch(_READ)

        assert after["rows"] - before["rows"] < 100
