"""What time alone brings about."""

from datetime import timedelta

from app.idempotency.service import KEPT
from app.infra import db
from tests.factories import jobs
from tests.factories.orgs import NOW, Tenant
from workers.scheduler import Scheduler

SECOND = timedelta(seconds=1)


async def keys() -> int:
    count: int = await db.fetchval("SELECT count(*) FROM idempotency_key")
    return count


class TestTick:
    async def test_drops_expired_idempotency_keys_every_time(self, acme: Tenant) -> None:
        """Not with the hourly housekeeping: a batch an hour would never catch up with a busy day."""
        scheduler = Scheduler()
        for number in range(3):
            await jobs.queued(acme, key=f"k{number}", now=NOW + number * SECOND)

        left = []
        for number in range(-1, 3):
            await scheduler.tick(now=NOW + KEPT + number * SECOND)
            left.append(await keys())
        assert left == [3, 2, 1, 0]
