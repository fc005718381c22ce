"""Running one job: take it, run its handler, write what came of it."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID, uuid4

from app.core import ids
from app.core.clock import utcnow
from app.core.errors import LaunchKitError, Unavailable
from app.core.ids import JobId, OrgId
from app.infra import telemetry
from app.infra.pubsub import Publisher
from app.jobs import billing, execution, failures, kinds
from app.jobs.errors import LeaseLost, ResultTooLarge, UnknownKind
from app.jobs.execution import Lease
from app.jobs.failures import Failure
from app.jobs.kinds import Providers
from app.jobs.state import DEFAULT_BACKOFF, LEASE, Backoff, State
from app.jobs.types import JobError, ModelCall, Outcome
from app.pricing.book import PriceBook
from app.pricing.rating import DEFAULT_PRICES
from workers import stopping
from workers.context import RunningJob
from workers.leases import LeaseKeeper
from workers.stopping import Reason, Wish
from workers.writing import PASSING, write

log = telemetry.logger(__name__)

_TOO_LONG = Failure(JobError("time_limit", "The job took longer than its kind allows."), is_retryable=True)
_DEPLOY_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class _Failed:
    """What went wrong, and what it had used until then."""

    failure: Failure
    backoff: Backoff = DEFAULT_BACKOFF
    calls: Sequence[ModelCall] = ()


@dataclass(frozen=True, slots=True)
class _Stopped:
    """The job was cancelled, and its handler has stopped; what it used until then."""

    calls: Sequence[ModelCall]


class HandlerExit(Exception):
    """The handler wanted to end its process, as `sys.exit()` does. The process is not its own."""


class WorkerEnding(Unavailable):
    code = "worker_ending"
    title = "This worker is about to end; the message is sent to another."


class Guard(Protocol):
    """Watches that no handler holds up or exhausts the process."""

    def watch(
        self,
        lease: Lease,
        wish: Wish,
        limit_seconds: float,
        *,
        step_seconds: float | None,
        calls: Sequence[ModelCall],
    ) -> AbstractContextManager[None]:
        """During the block, which is the handler's time; soon over after the wish that it stop.

        `calls` are those that it has noted by then.
        """
        ...

    @property
    def is_ending(self) -> bool: ...

    def exhausted(self, lease: Lease, calls: Sequence[ModelCall]) -> None:
        """The handler of this lease found no memory left: the process is to end."""
        ...


class Runner:
    """What it takes to run jobs in this process."""

    def __init__(
        self,
        providers: Providers,
        publisher: Publisher,
        keeper: LeaseKeeper,
        prices: PriceBook,
        *,
        guard: "Guard | None" = None,
        new_token: Callable[[], UUID] = uuid4,
        lease: timedelta = LEASE,
    ) -> None:
        self._providers = providers
        self._publisher = publisher
        self._keeper = keeper
        self._prices = prices
        self._guard = guard
        self._new_token = new_token
        self._lease = lease

    async def run(self, org_id: OrgId, job_id: JobId) -> None:
        """Runs the job if it is there to be run. Raises `DatabaseUnavailable` when that could not be learnt."""
        if self._guard is not None and self._guard.is_ending:
            raise WorkerEnding
        lease = await execution.start(
            org_id, job_id, token=self._new_token(), now=utcnow(), lease=self._lease
        )
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
        wish = Wish()
        with self._keeper.hold(lease.token, wish.lost, wish.cancelled):
            try:
                came_of_it = await self._handle(lease, wish)
                return None if came_of_it is None else await self._write_end(lease, came_of_it)
            except LeaseLost:
                return None

    async def _write_end(self, lease: Lease, came_of_it: "Outcome | _Failed | _Stopped") -> State:
        if isinstance(came_of_it, Outcome):
            return await self._succeed(lease, came_of_it)
        end = came_of_it
        try:
            if isinstance(end, _Stopped):
                return await write(lambda: self._cancel(lease, end))
            return await write(lambda: self._fail(lease, end))
        except (LeaseLost, *PASSING):
            raise
        except Exception:
            log.error("job.end_not_written", job_id=ids.encode("job", lease.job.id), exc_info=True)
        # With what is known to be writable: left as it is, the job would count as lost, and be run again for nothing.
        crash = Failure(failures.CRASH, is_retryable=False)
        return await write(lambda: self._fail(lease, _Failed(crash)))

    async def _succeed(self, lease: Lease, outcome: Outcome) -> State:
        try:
            return await write(lambda: self._complete(lease, outcome))
        except (LeaseLost, *PASSING):
            raise
        except ResultTooLarge as error:
            end = failures.told(error)
        except Exception:
            # It cannot be written (it is no JSON, for example), now or at another attempt.
            log.error("job.result_not_written", job_id=ids.encode("job", lease.job.id), exc_info=True)
            end = failures.CRASH
        crash = Failure(end, is_retryable=False)
        # The calls were made, whatever is wrong with the result. Those of saved items are billed by themselves.
        calls = () if await write(lambda: execution.saved_items(lease)) else outcome.calls
        try:
            return await write(lambda: self._fail(lease, _Failed(crash, calls=calls)))
        except (LeaseLost, *PASSING):
            raise
        except Exception:  # noqa: BLE001 - it is the calls themselves that cannot be written
            return await write(lambda: self._fail(lease, _Failed(crash)))

    async def _complete(self, lease: Lease, outcome: Outcome) -> State:
        prices, tier = (
            await billing.prices_for(lease.job, self._prices) if outcome.calls else (DEFAULT_PRICES, None)
        )
        return await execution.succeed(lease, outcome, prices=prices, tier=tier, now=utcnow())

    async def _cancel(self, lease: Lease, end: _Stopped) -> State:
        prices, tier = (
            await billing.prices_for(lease.job, self._prices) if end.calls else (DEFAULT_PRICES, None)
        )
        return await execution.cancelled(lease, now=utcnow(), calls=end.calls, prices=prices, tier=tier)

    async def _fail(self, lease: Lease, end: _Failed) -> State:
        prices, tier = await billing.prices_for(lease.job, self._prices)
        return await execution.fail(
            lease,
            end.failure.error,
            is_retryable=end.failure.is_retryable,
            retry_after=end.failure.retry_after,
            backoff=end.backoff,
            calls=end.calls,
            prices=prices,
            tier=tier,
            now=utcnow(),
        )

    async def _handle(self, lease: Lease, wish: Wish) -> "Outcome | _Failed | _Stopped | None":
        """What came of the handler; None when the lease was lost."""
        try:
            kind = kinds.get(lease.job.kind)
            data = kind.parse(lease.job.input)
        except UnknownKind as error:
            # A worker of another version may know it: a rolling deploy is no reason to fail, and takes its time.
            unknown = failures.told(error)
            return _Failed(Failure(unknown, is_retryable=True, retry_after=_DEPLOY_SECONDS))
        except LaunchKitError as error:
            return _Failed(Failure(failures.told(error), is_retryable=False))
        except Exception as error:  # noqa: BLE001 - the kind's own validators are as good as its handler
            return _Failed(failures.judge(error, job_id=lease.job.id))
        context = RunningJob(lease, wish, self._providers, self._publisher)
        with closing(context), self._watched(lease, wish, kind, data, context):
            work = asyncio.create_task(_run(kind, data, context), name=f"job-{lease.job.id}")
            reason = await stopping.run(work, wish, limit_seconds=kind.time_limit_seconds)
        if reason is Reason.LOST:
            return None
        ended = _ended(work)
        if isinstance(ended, LeaseLost):
            raise ended
        if reason is Reason.CANCELLED or context.is_cancelling:
            return _Stopped(ended.calls if isinstance(ended, Outcome) else await context.all_calls())
        if isinstance(ended, Outcome):
            return ended
        if isinstance(ended, MemoryError) and self._guard is not None:
            self._guard.exhausted(lease, context.calls)
            return None
        failure = _TOO_LONG if reason is Reason.TOO_LONG else failures.judge(ended, job_id=lease.job.id)
        return _Failed(failure, kind.backoff, context.calls)

    def _watched(
        self, lease: Lease, wish: Wish, kind: kinds.Kind[Any], data: Any, context: RunningJob
    ) -> AbstractContextManager[None]:
        if self._guard is None:
            return nullcontext()
        step_seconds = None if kind.step_seconds is None else kind.step_seconds(data)
        return self._guard.watch(
            lease, wish, kind.time_limit_seconds, step_seconds=step_seconds, calls=context.calls
        )


async def _run(kind: kinds.Kind[Any], data: Any, context: RunningJob) -> Outcome:
    try:
        outcome = await kind.run(data, context)
    except (SystemExit, KeyboardInterrupt) as error:
        # They would stop the event loop, and with it every other job.
        raise HandlerExit from error
    if context.has_unwritten_text:
        await context.flush()
    return outcome


def _ended(work: "asyncio.Task[Outcome]") -> Outcome | BaseException:
    if not work.done() or work.cancelled():
        return asyncio.CancelledError()
    error = work.exception()
    return work.result() if error is None else error
