"""Running one job: take it, run its handler, write what came of it."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar
from uuid import uuid4

from app.core import ids
from app.core.clock import utcnow
from app.core.errors import Kind, LaunchKitError
from app.core.ids import JobId, OrgId
from app.core.inference import ProviderError
from app.customers import queries as customers
from app.infra import telemetry
from app.infra.db import DatabaseUnavailable, LockTimeout
from app.infra.pubsub import Publisher
from app.jobs import events, execution, kinds
from app.jobs.errors import LeaseLost, UnknownKind
from app.jobs.execution import Lease
from app.jobs.kinds import Providers
from app.jobs.state import State
from app.jobs.types import JobError, Outcome
from app.pricing.book import PriceBook
from workers.leases import LeaseKeeper

log = telemetry.logger(__name__)

T = TypeVar("T")

# Subscribers are shown progress at most this often; text that comes faster travels together.
_REPORT_SECONDS = 0.2
# How long a finished job's result is kept in memory while the database is away. Within the lease.
_WRITE_PATIENCE_SECONDS = 25.0
_WRITE_RETRY_SECONDS = 0.5
_CRASH = JobError("internal_error", "The job failed for a reason that was logged.")
_TOO_LONG = JobError("time_limit", "The job took longer than its kind allows.")
# Of the database: gone in a moment, and nothing to do with the job.
_PASSING = (DatabaseUnavailable, LockTimeout)


@dataclass(frozen=True, slots=True)
class _Failure:
    error: JobError
    is_retryable: bool
    retry_after: float | None = None


class RunningJob:
    """The `JobContext` of a handler."""

    def __init__(self, lease: Lease, providers: Providers, publisher: Publisher) -> None:
        self._lease = lease
        self._providers = providers
        self._publisher = publisher
        self._percent = 0
        self._text: list[str] = []
        self._written = 0
        self._reported_at = 0.0

    @property
    def org_id(self) -> OrgId:
        return self._lease.job.org_id

    @property
    def job_id(self) -> JobId:
        return self._lease.job.id

    @property
    def providers(self) -> Providers:
        return self._providers

    async def report(self, progress: float, text: str = "") -> None:
        # PostgreSQL stores no NUL in text, and no model means one.
        if text := text.replace("\0", ""):
            self._text.append(text)
        percent = max(self._percent, min(99, int(progress * 100)))
        has_news = bool(self._text) or percent > self._percent
        self._percent = percent
        if has_news and time.monotonic() - self._reported_at >= _REPORT_SECONDS:
            await self.flush()

    async def flush(self) -> None:
        """Writes what was reported and not yet shown. A database that is away or busy costs progress, not the job."""
        self._reported_at = time.monotonic()
        delta = "".join(self._text)
        try:
            await execution.progress(
                self._lease, percent=self._percent, offset=self._written, delta=delta, now=utcnow()
            )
        except _PASSING as error:
            log.warning("job.progress_not_written", error=str(error))
            return
        self._text.clear()
        self._written += len(delta)
        try:
            await self._publisher.wake(events.topic(self.job_id))
        except ConnectionError as error:
            log.warning("job.progress_not_published", error=str(error))

    @property
    def has_unwritten_text(self) -> bool:
        return bool(self._text)


class Runner:
    """What it takes to run jobs in this process."""

    def __init__(
        self, providers: Providers, publisher: Publisher, keeper: LeaseKeeper, prices: PriceBook
    ) -> None:
        self._providers = providers
        self._publisher = publisher
        self._keeper = keeper
        self._prices = prices

    async def run(self, org_id: OrgId, job_id: JobId) -> None:
        """Runs the job if it is there to be run. Raises `DatabaseUnavailable` when that could not be learnt."""
        lease = await execution.start(org_id, job_id, token=uuid4(), now=utcnow())
        if lease is None:
            return
        job = lease.job
        telemetry.JOB_TRANSITIONS.labels(job.kind, State.RUNNING).inc()
        if job.queued_at and job.started_at:
            waited = (job.started_at - job.queued_at).total_seconds()
            telemetry.JOB_WAIT_SECONDS.labels(job.kind).observe(waited)
        job_log = log.bind(job_id=ids.encode("job", job.id), kind=job.kind, attempt=job.attempt)
        job_log.info("job.started")
        state = await self._work_while_held(lease)
        if state is None:
            job_log.warning("job.lease_lost")
            return
        telemetry.JOB_TRANSITIONS.labels(job.kind, state).inc()
        telemetry.JOB_RUN_SECONDS.labels(job.kind).observe(
            (utcnow() - (job.started_at or job.created_at)).total_seconds()
        )
        job_log.info("job.ended", state=state.value)

    async def _work_while_held(self, lease: Lease) -> State | None:
        """The state that the job was left in; None when the lease was lost, which ends the work."""
        work = asyncio.create_task(self._work(lease), name=f"job-{lease.job.id}")
        loop = asyncio.get_running_loop()
        is_lost = False

        def stop() -> None:
            nonlocal is_lost
            is_lost = True
            work.cancel()

        def on_lost() -> None:
            loop.call_soon_threadsafe(stop)

        with self._keeper.hold(lease.token, on_lost):
            try:
                return await work
            except LeaseLost:
                return None
            except asyncio.CancelledError:
                if is_lost:
                    return None
                raise

    async def _work(self, lease: Lease) -> State:
        outcome = await self._handle(lease)
        failure = await self._succeed(lease, outcome) if isinstance(outcome, Outcome) else outcome
        if failure is None:
            return State.SUCCEEDED
        return await _write(
            lambda: execution.fail(
                lease,
                failure.error,
                is_retryable=failure.is_retryable,
                retry_after=failure.retry_after,
                now=utcnow(),
            )
        )

    async def _succeed(self, lease: Lease, outcome: Outcome) -> "_Failure | None":
        try:
            await _write(lambda: self._complete(lease, outcome))
        except (LeaseLost, *_PASSING):
            raise
        except Exception:
            # It cannot be written (it is no JSON, for example), now or at another attempt.
            log.error("job.result_not_written", job_id=ids.encode("job", lease.job.id), exc_info=True)
            return _Failure(_CRASH, is_retryable=False)
        return None

    async def _complete(self, lease: Lease, outcome: Outcome) -> None:
        job = lease.job
        prices, tier = await self._prices.of(job.org_id), None
        if job.customer_id is not None and prices.has_tiers:
            tier = (await customers.tiers(job.org_id, {job.customer_id})).get(job.customer_id)
        await execution.succeed(lease, outcome, prices=prices, tier=tier, now=utcnow())

    async def _handle(self, lease: Lease) -> "Outcome | _Failure":
        """The handler's outcome, or what went wrong and whether another attempt may help."""
        job = lease.job
        limit = asyncio.timeout(None)
        try:
            kind = kinds.get(job.kind)
            data = kind.parse(job.input)
            context = RunningJob(lease, self._providers, self._publisher)
            limit = asyncio.timeout(kind.time_limit_seconds)
            async with limit:
                outcome: Outcome = await kind.run(data, context)
            if context.has_unwritten_text:
                await context.flush()
            return outcome
        except LeaseLost:
            raise
        except ProviderError as error:
            return _Failure(JobError(error.code, str(error)), error.retryable, error.retry_after)
        except UnknownKind as error:
            # A worker of another version may know it: a rolling deploy is no reason to fail.
            return _Failure(JobError(error.code, str(error)), is_retryable=True)
        except LaunchKitError as error:
            return _Failure(
                JobError(error.code, str(error)), error.kind is Kind.UNAVAILABLE, error.retry_after
            )
        except Exception as error:
            if isinstance(error, TimeoutError) and limit.expired():
                return _Failure(_TOO_LONG, is_retryable=True)
            log.error("job.handler_crashed", job_id=ids.encode("job", job.id), kind=job.kind, exc_info=True)
            return _Failure(_CRASH, is_retryable=True)


async def _write(step: Callable[[], Awaitable[T]]) -> T:
    """Runs `step`, again while the database is away or busy. A step that did commit is answered with `LeaseLost`."""
    deadline = time.monotonic() + _WRITE_PATIENCE_SECONDS
    while True:
        try:
            return await step()
        except _PASSING:
            if time.monotonic() > deadline:
                raise
            await asyncio.sleep(_WRITE_RETRY_SECONDS)
