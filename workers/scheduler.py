"""Composition root of the scheduler process: what time alone brings about.

Any number of schedulers may run: every step takes its rows with SKIP LOCKED and is safe to repeat.
"""

import asyncio
from datetime import UTC, datetime, timedelta

import uvloop

from app.accounts.links import service as links
from app.accounts.sessions import service as sessions
from app.audit import queries as audit
from app.audit import sealer
from app.audit.sealer import Sealer
from app.core.clock import utcnow
from app.core.config import Settings
from app.credits import queries as wallets
from app.credits import service as credit
from app.credits.top_ups import attempts
from app.entitlements import thresholds
from app.gateway import sweeping as gateway
from app.idempotency import service as idempotency
from app.infra import broker, orm, pubsub, redis, telemetry
from app.infra.db import LockTimeout
from app.jobs import execution, kinds
from app.metering import service as metering
from app.outbox import courier as outbox_courier
from app.outbox.courier import Courier
from app.periodic import registry
from app.pricing.book import PriceBook
from app.rerating import alerts
from app.rerating import service as rerating
from app.webhooks import delivering, recording
from app.webhooks import queries as webhooks
from workers import closing, periodic
from workers.periodic_work import Clockwork

log = telemetry.logger(__name__)

_EVERY_SECONDS = 1.0
_LOOK_EVERY = timedelta(seconds=10)
# How late a share of a limit is told; and where the usage came late or was only reserved.
_USAGE_EVERY = timedelta(seconds=5)
_SWEEP_EVERY = timedelta(minutes=10)
_HOUSEKEEPING_EVERY = timedelta(hours=1)
_CALLS_KEPT = timedelta(days=30)
_UNRATED_EVERY = timedelta(minutes=1)


def main(settings: Settings) -> None:
    telemetry.configure(settings, service="scheduler")
    uvloop.install()
    asyncio.run(run(settings))
    telemetry.shutdown()


class Scheduler:
    def __init__(self, sealer: Sealer, settings: Settings) -> None:
        self._sealer = sealer
        self._settings = settings
        self._has_old_keys = self._has_old_webhooks = False
        self._housekeeping_due = datetime.min.replace(tzinfo=UTC)
        self._look_due = self._housekeeping_due
        self._unrated_due = self._housekeeping_due
        self._has_new_prices = True
        self._clockwork = Clockwork(registry.registered())

        self._usage_due = self._sweep_due = self._housekeeping_due
        self._prices = PriceBook()

    async def tick(self, *, now: datetime) -> bool:
        """Jobs of lost workers, jobs whose time has come or is over, what has expired, calls and holds whose lease is
        over, credit that has lapsed, wallets that are to be topped up, periodic work, shares of limits, seals, orgs
        whose end has come, and once an hour the partitions.

        Tells whether there is more to seal than one tick takes.
        """
        if lost := await execution.recover_lost(now=now):
            log.warning("jobs.recovered", jobs=lost)
        await _move_jobs_on(self._settings, now=now)
        await self._clockwork.tick(now=now)
        if now >= self._housekeeping_due:
            await metering.ensure_partitions(now=now)
            await self._retain(now)
            await gateway.purge(before=now - _CALLS_KEPT)
            self._housekeeping_due = now + _HOUSEKEEPING_EVERY
        await self._purge_usage_keys(now)
        # A batch every second, so that what has expired goes as fast as it comes.
        await idempotency.purge_expired(now=now)
        # Before their holds, whose leases are the longer ones: a call that is lost is metered, too.
        if lost := await gateway.sweep(prices=self._prices, now=now):
            log.warning("gateway.calls_lost", calls=lost)
        await _sweep_credit(now=now)
        await _top_up(now=now)
        await links.purge_expired(now=now)
        await sessions.purge_expired(now=now)
        await self._look_at_unrated(now)
        if now >= self._usage_due:
            await self._tell_usage(now)
        has_more = await self._sealer.tick(now=now)
        await self._keep_webhooks(now)
        if now >= self._look_due:
            await closing.close_due(now=now)
            telemetry.AUDIT_UNSEALED_SECONDS.set(await audit.unsealed_seconds(now=now))
            holds, debt = await wallets.outstanding()
            telemetry.CREDIT_HOLDS_OPEN.set(holds)
            telemetry.CREDIT_DEBT.set(float(debt))
            self._look_due = now + _LOOK_EVERY
        return has_more

    async def _keep_webhooks(self, now: datetime) -> None:
        """Endpoints that only fail, what waits for them in vain, and what is old: a batch at a time."""
        if now >= self._look_due:
            if disabled := await delivering.disable_failing(now=now):
                log.warning("webhooks.endpoints_disabled", endpoints=disabled)
            telemetry.WEBHOOKS_WAITING.set(await webhooks.waiting())
        if self._has_old_webhooks:
            purged = await delivering.purge(days=self._settings.webhook_retention_days, now=now)
            self._has_old_webhooks = purged > 0
        await delivering.bury(now=now)

    async def _look_at_unrated(self, now: datetime) -> None:
        """At the start, for a newer version brings a newer price list; then an alert a day for each model."""
        if self._has_new_prices:
            await rerating.queue_unrated(now=now)
            self._has_new_prices = False
        if now >= self._unrated_due:
            telemetry.USAGE_UNRATED.set(await alerts.tell_unrated(now=now))
            self._unrated_due = now + _UNRATED_EVERY

    async def _retain(self, now: datetime) -> None:
        """Old months of events go as a whole; a month that somebody reads waits for the next hour."""
        self._has_old_keys = self._has_old_webhooks = True
        if (months := self._settings.usage_retention_months) is None:
            return
        try:
            if dropped := await metering.drop_partitions(months=months, now=now):
                log.info("usage.partitions_dropped", partitions=dropped)
        except LockTimeout:
            log.info("usage.partitions_in_use")

    async def _purge_usage_keys(self, now: datetime) -> None:
        """Once an hour, a batch a second until none is left."""
        if self._has_old_keys:
            purged = await metering.purge_keys(days=self._settings.usage_key_days, now=now)
            self._has_old_keys = purged > 0

    async def _tell_usage(self, now: datetime) -> None:
        """First of all everything: what was reached while no scheduler ran."""
        await thresholds.tell(now=now, is_thorough=now >= self._sweep_due)
        self._usage_due = now + _USAGE_EVERY
        if now >= self._sweep_due:
            self._sweep_due = now + _SWEEP_EVERY


async def _move_jobs_on(settings: Settings, *, now: datetime) -> None:
    """Jobs that are due, may begin, were not begun in time, did not stop in time; and what is old of ended ones."""
    await execution.queue_due(now=now)
    await execution.dispatch_parked(now=now)
    await execution.expire(now=now)
    if forced := await execution.force_cancelled(now=now):
        log.warning("jobs.cancelled_by_force", jobs=forced)
    await execution.purge(now=now, most_days=settings.job_retention_days)


async def _sweep_credit(*, now: datetime) -> None:
    # A bounded batch of each per tick: what is left waits a second.
    ended = await credit.end_leases(now=now)
    expired = await credit.expire(now=now)
    telemetry.CREDIT_LEASES_ENDED.inc(ended)
    telemetry.CREDIT_GRANTS_EXPIRED.inc(expired)
    if ended:
        log.info("credits.leases_ended", holds=ended)


async def _top_up(*, now: datetime) -> None:
    await attempts.rearm(now=now)
    if begun := await attempts.begin_due(now=now):
        log.info("top_up.begun", wallets=begun)
    await attempts.remind(now=now)


async def run(settings: Settings) -> None:
    recording.install()
    await orm.init(settings, application_name="launchkit-scheduler")
    client = redis.connect(settings.require_redis_url())
    sender = broker.sender(settings.effective_broker_url)
    if settings.job_kinds:
        kinds.load(settings.job_kinds)
    scheduler = Scheduler(Sealer(sealer.signing_key(settings.secret_key)), settings)

    async def tick() -> bool:
        return await scheduler.tick(now=utcnow())

    try:
        # Who follows a log live should not have to wait for the relay's grace.
        async with outbox_courier.running(Courier(sender, pubsub.Publisher(client), clock=utcnow)):
            await periodic.until_stopped("scheduler", tick, every=_EVERY_SECONDS)
    finally:
        await sender.close()
        await client.aclose()
        await orm.close()
