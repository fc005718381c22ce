"""Following an org's usage: what is read when."""

import asyncio
import time

import asyncpg
import pytest

from app.analytics import live
from app.core.config import Settings
from tests.factories import databases
from tests.factories.orgs import Tenant, tenant
from tests.waiting import eventually


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    return await tenant(settings)


class TestPosition:
    @pytest.mark.parametrize("is_snapshot", [True, False])
    async def test_takes_no_update_for_older_than_a_snapshot_that_was_read_at_the_same_time(
        self, settings: Settings, acme: Tenant, is_snapshot: bool
    ) -> None:
        """What is under way may see more than a snapshot that began after it: then it must be told."""
        other = await asyncpg.connect(settings.require_database_url())
        await other.execute("BEGIN")
        await other.execute("LOCK usage_rollup_day IN ACCESS EXCLUSIVE MODE")
        reading = asyncio.create_task(live._read(acme.org_id, is_snapshot=is_snapshot))
        await eventually(lambda: databases.waiters(other))
        between = time.monotonic_ns()
        await other.execute("COMMIT")
        await other.close()

        assert ((await reading).position < between) is is_snapshot
