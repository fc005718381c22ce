"""Composition root of the scheduler process: what time alone brings about.

Any number of schedulers may run: every step takes its rows with SKIP LOCKED and is safe to repeat.
"""

import asyncio
from datetime import datetime, timedelta

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
from app.gateway.mirror import recording as mirror_recording
from app.gateway.mirror import service as mirror
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
from workers.duties import Duties, Duty
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
_JOBS = 200
# How long a LiteLLM proxy that was set up anew is without its keys, and a price of credits without its dollars.
_MIRROR_EVERY = timedelta(minutes=10)


def main(settings: Settings) -> None:
    telemetry.configure(settings, service="scheduler")
    uvloop.install()
    asyncio.run(run(settings))
    telemetry.shutdown()


class Scheduler:
    """What time alone brings about."""

    def __init__(self, sealer: Sealer, settings: Settings) -> None:
        self._sealer = sealer
        self._settings = settings
        self._prices = PriceBook()
        self._clockwork = Clockwork(registry.registered())
        self._has_new_prices = True
        self._duties = Duties(
            [
                Duty("jobs.recover", _recover_jobs, hastens=True),
                Duty("jobs.queue", _queue_jobs, hastens=True),
                Duty("jobs.dispatch", _dispatch_jobs, hastens=True),
                Duty("jobs.expire", _expire_jobs, hastens=True),
                Duty("jobs.cancel", _cancel_jobs, hastens=True),
                Duty("jobs.purge", self._purge_jobs),
                Duty("periodic.fire", self._fire),
                Duty("usage.partitions", self._keep_partitions, every=_HOUSEKEEPING_EVERY),
                Duty("usage.keys", self._purge_usage_keys, every=_HOUSEKEEPING_EVERY),
                # A batch every second, so that what has expired goes as fast as it comes.
                Duty("idempotency.purge", _purge_idempotency),
                # Before their holds, whose leases are the longer ones: a call that is lost is metered, too.
                Duty("gateway.sweep", self._sweep_calls),
                Duty("gateway.purge", _purge_calls, every=_HOUSEKEEPING_EVERY),
                Duty("credits.sweep", _sweep_credit),
                Duty("credits.top_up", _top_up),
                Duty("accounts.purge", _purge_accounts),
                Duty("prices.unrated", self._tell_unrated, every=_UNRATED_EVERY),
                # First of all everything: what was reached while no scheduler ran.
                Duty("limits.sweep", _tell_all_usage, every=_SWEEP_EVERY),
                Duty("limits.tell", _tell_usage, every=_USAGE_EVERY),
                Duty("audit.seal", self._seal, hastens=True),
                Duty("webhooks.disable", _disable_failing, every=_LOOK_EVERY),
                Duty("webhooks.purge", self._purge_webhooks, every=_HOUSEKEEPING_EVERY),
                Duty("webhooks.bury", _bury_deliveries),
                Duty("orgs.close", _close_orgs, every=_LOOK_EVERY),
                Duty("look", _look, every=_LOOK_EVERY),
                *([Duty("mirror.walk", _mirror_all, every=_MIRROR_EVERY)] if settings.litellm else []),
            ]
        )

    async def tick(self, *, now: datetime) -> bool:
        """Tells whether there is more to seal than one tick takes."""
        return await self._duties.tick(now=now)

    async def _purge_jobs(self, now: datetime) -> None:
        await execution.purge(now=now, most_days=self._settings.job_retention_days)

    async def _fire(self, now: datetime) -> None:
        await self._clockwork.tick(now=now)

    async def _keep_partitions(self, now: datetime) -> None:
        """Old months of events go as a whole; a month that somebody reads waits for the next hour."""
        await metering.ensure_partitions(now=now)
        if (months := self._settings.usage_retention_months) is None:
            return
        try:
            if dropped := await metering.drop_partitions(months=months, now=now):
                log.info("usage.partitions_dropped", partitions=dropped)
        except LockTimeout:
            log.info("usage.partitions_in_use")

    async def _purge_usage_keys(self, now: datetime) -> bool:
        return await metering.purge_keys(days=self._settings.usage_key_days, now=now) > 0

    async def _sweep_calls(self, now: datetime) -> None:
        if lost := await gateway.sweep(prices=self._prices, now=now):
            log.warning("gateway.calls_lost", calls=lost)

    async def _tell_unrated(self, now: datetime) -> None:
        """At the start, for a newer version brings a newer price list; then an alert a day for each model."""
        if self._has_new_prices:
            await rerating.queue_unrated(now=now)
            self._has_new_prices = False
        telemetry.USAGE_UNRATED.set(await alerts.tell_unrated(now=now))

    async def _seal(self, now: datetime) -> bool:
        return await self._sealer.tick(now=now)

    async def _purge_webhooks(self, now: datetime) -> bool:
        return await delivering.purge(days=self._settings.webhook_retention_days, now=now) > 0


# Of jobs each step takes a batch. What is left does not wait for the next second: a thousand jobs of one org that are
# due in the same moment must not keep another's one waiting.


async def _recover_jobs(now: datetime) -> bool:
    if lost := await execution.recover_lost(now=now, limit=_JOBS):
        log.warning("jobs.recovered", jobs=lost)
    return lost >= _JOBS


async def _queue_jobs(now: datetime) -> bool:
    return await execution.queue_due(now=now, limit=_JOBS) >= _JOBS


async def _dispatch_jobs(now: datetime) -> bool:
    return await execution.dispatch_parked(now=now, limit=_JOBS) >= _JOBS


async def _expire_jobs(now: datetime) -> bool:
    return await execution.expire(now=now, limit=_JOBS) >= _JOBS


async def _cancel_jobs(now: datetime) -> bool:
    if forced := await execution.force_cancelled(now=now, limit=_JOBS):
        log.warning("jobs.cancelled_by_force", jobs=forced)
    return forced >= _JOBS


async def _purge_idempotency(now: datetime) -> None:
    await idempotency.purge_expired(now=now)


async def _purge_calls(now: datetime) -> None:
    await gateway.purge(before=now - _CALLS_KEPT)


async def _purge_accounts(now: datetime) -> None:
    await links.purge_expired(now=now)
    await sessions.purge_expired(now=now)


async def _sweep_credit(now: datetime) -> None:
    # A bounded batch of each per tick: what is left waits a second.
    ended = await credit.end_leases(now=now)
    expired = await credit.expire(now=now)
    telemetry.CREDIT_LEASES_ENDED.inc(ended)
    telemetry.CREDIT_GRANTS_EXPIRED.inc(expired)
    if ended:
        log.info("credits.leases_ended", holds=ended)


async def _top_up(now: datetime) -> None:
    await attempts.rearm(now=now)
    if begun := await attempts.begin_due(now=now):
        log.info("top_up.begun", wallets=begun)
    await attempts.remind(now=now)


async def _tell_all_usage(now: datetime) -> None:
    await thresholds.tell(now=now, is_thorough=True)


async def _tell_usage(now: datetime) -> None:
    await thresholds.tell(now=now, is_thorough=False)


async def _disable_failing(now: datetime) -> None:
    if disabled := await delivering.disable_failing(now=now):
        log.warning("webhooks.endpoints_disabled", endpoints=disabled)


async def _bury_deliveries(now: datetime) -> None:
    await delivering.bury(now=now)


async def _close_orgs(now: datetime) -> None:
    await closing.close_due(now=now)


async def _mirror_all(now: datetime) -> None:
    await mirror.begin_walk(now=now)


async def _look(now: datetime) -> None:
    """What metrics tell of how things stand."""
    telemetry.AUDIT_UNSEALED_SECONDS.set(await audit.unsealed_seconds(now=now))
    holds, debt = await wallets.outstanding()
    telemetry.CREDIT_HOLDS_OPEN.set(holds)
    telemetry.CREDIT_DEBT.set(float(debt))
    telemetry.WEBHOOKS_WAITING.set(await webhooks.waiting())


async def run(settings: Settings) -> None:
    recording.install()
    mirror_recording.install(settings)
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
