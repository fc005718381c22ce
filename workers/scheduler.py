"""Composition root of the scheduler process: what time alone brings about.

Any number of schedulers may run: every step takes its rows with SKIP LOCKED and is safe to repeat.
"""

import asyncio
from datetime import datetime, timedelta

import uvloop

from app.core.clock import utcnow
from app.core.config import Settings
from app.idempotency import service as idempotency
from app.infra import orm, telemetry
from app.jobs import execution
from app.metering import service as metering
from workers import periodic

log = telemetry.logger(__name__)

_EVERY_SECONDS = 1.0
_HOUSEKEEPING_EVERY = timedelta(hours=1)


def main(settings: Settings) -> None:
    telemetry.configure(settings, service="scheduler")
    uvloop.install()
    asyncio.run(run(settings))
    telemetry.shutdown()


class Scheduler:
    def __init__(self) -> None:
        self._housekeeping_due = datetime.min.replace(tzinfo=utcnow().tzinfo)

    async def tick(self, *, now: datetime) -> None:
        """Jobs of lost workers, jobs whose time has come, expired keys, and once an hour the partitions."""
        if lost := await execution.recover_lost(now=now):
            log.warning("jobs.recovered", jobs=lost)
        await execution.queue_due(now=now)
        if now >= self._housekeeping_due:
            await metering.ensure_partitions(now=now)
            self._housekeeping_due = now + _HOUSEKEEPING_EVERY
        # A batch every second, so that expired keys go as fast as they come.
        await idempotency.purge_expired(now=now)


async def run(settings: Settings) -> None:
    await orm.init(settings, application_name="launchkit-scheduler")
    scheduler = Scheduler()

    async def tick() -> bool:
        await scheduler.tick(now=utcnow())
        return False

    try:
        await periodic.until_stopped("scheduler", tick, every=_EVERY_SECONDS)
    finally:
        await orm.close()
