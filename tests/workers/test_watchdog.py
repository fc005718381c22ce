"""Watching over a process from outside its event loop. The loop is another thread's, as in a worker."""

import asyncio
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psutil
import pytest
from structlog.testing import capture_logs

from app.core.clock import utcnow
from app.core.config import Settings
from app.infra import db
from app.jobs import execution
from app.jobs.execution import Lease
from app.jobs.state import State
from app.jobs.types import ModelCall
from tests.factories import jobs
from tests.factories.orgs import Tenant
from tests.waiting import eventually
from workers import watchdog as module
from workers.stopping import Wish
from workers.watchdog import EXIT_STATUS, Watchdog, _Watched

MIB = 1024 * 1024
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LOOK_SECONDS", 0.02)
    monkeypatch.setattr(module, "_STILL_SECONDS", 0.2)
    monkeypatch.setattr(module, "_BLOCKED_SECONDS", 0.3)


class Process:
    """What a worker process has of this: an event loop in a thread of its own, leases, an end."""

    def __init__(self, settings: Settings, memory_bytes: int | None) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.held: list[UUID] = []
        self.ended: list[int] = []
        self.watchdog = Watchdog(
            settings.require_database_url(),
            self.loop,
            lambda: self.held,
            memory_bytes=memory_bytes,
            end=self.ended.append,
        )
        self.watchdog.start()
        self.released = threading.Event()
        self.wishes: dict[UUID, Wish] = {}

    def begin(
        self,
        lease: Lease,
        handler: Callable[[], Coroutine[Any, Any, None]],
        *,
        limit: float,
        calls: Sequence[ModelCall] = (),
    ) -> None:
        """Runs `handler` as the runner does."""

        async def run() -> None:
            wish = self.wishes[lease.token] = Wish()
            with self.watchdog.watch(lease, wish, limit, calls=calls):
                await asyncio.create_task(handler())

        self.held.append(lease.token)
        asyncio.run_coroutine_threadsafe(run(), self.loop)

    async def block(self) -> None:
        """A handler that lets nothing else run."""
        self.released.wait(20)

    def close(self) -> None:
        self.released.set()
        self.watchdog.stop()
        if not self.loop.is_running():
            self.thread.join(30)
            self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
            self.thread.start()
        asyncio.run_coroutine_threadsafe(_cancel_all(), self.loop).result(5)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(30)
        self.loop.close()


async def _cancel_all() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


@contextmanager
def process(settings: Settings, *, memory_bytes: int | None = None) -> Iterator[Process]:
    started = Process(settings, memory_bytes)
    try:
        yield started
    finally:
        started.close()


@contextmanager
def silent_threads() -> Iterator[None]:
    """A thread that ends by an exception says so to everybody."""
    before, threading.excepthook = threading.excepthook, lambda _: None
    try:
        yield
    finally:
        threading.excepthook = before


async def sleep() -> None:
    await asyncio.sleep(20)


async def lease_is_over(lease: Lease) -> bool:
    over: bool = await db.fetchval(
        "SELECT lease_expires_at <= $2 FROM job WHERE lease_token = $1", lease.token, utcnow()
    )
    return over


class TestAnEventLoop:
    async def test_that_stands_still_past_a_jobs_time_ends_that_job_and_gives_the_others_back(
        self, acme: Tenant, settings: Settings
    ) -> None:
        blocking, other = [await jobs.running(acme, now=utcnow()) for _ in range(2)]
        with process(settings) as worker, capture_logs() as logs:
            worker.begin(other, sleep, limit=60)
            worker.begin(blocking, worker.block, limit=0.1)
            await eventually(lambda: worker.ended, within=60)

        stuck = await jobs.read(blocking.job.id)
        assert stuck.state is State.FAILED
        assert stuck.error is not None
        assert stuck.error.code == "time_limit"
        assert await jobs.state_of(other.job.id) is State.SCHEDULED
        assert await db.fetchval("SELECT sum(losses) FROM job") == 0
        assert worker.ended == [EXIT_STATUS]
        assert [line["reason"] for line in logs if line["event"] == "worker.ending"] == ["stuck"]

    async def test_that_a_task_of_a_handler_has_ended_ends_the_process_and_costs_that_job_alone(
        self, acme: Tenant, settings: Settings
    ) -> None:
        ending, other = [await jobs.running(acme, now=utcnow()) for _ in range(2)]

        async def leave() -> None:
            raise SystemExit

        async def begin_one_that_leaves() -> None:
            await asyncio.wait({asyncio.create_task(leave()), asyncio.create_task(sleep())})

        with process(settings) as worker, capture_logs() as logs, silent_threads():
            worker.begin(other, sleep, limit=60)
            worker.begin(ending, begin_one_that_leaves, limit=60)
            await eventually(lambda: worker.ended, within=60)

        assert await lease_is_over(ending)
        assert await jobs.state_of(other.job.id) is State.SCHEDULED
        assert worker.ended == [EXIT_STATUS]
        assert [line["reason"] for line in logs if line["event"] == "worker.ending"] == ["loop_ended"]

    async def test_that_stands_still_costs_the_calls_that_were_noted(
        self, acme: Tenant, settings: Settings
    ) -> None:
        blocking = await jobs.running(acme, now=utcnow())
        with process(settings) as worker:
            worker.begin(blocking, worker.block, limit=0.1, calls=jobs.OUTCOME.calls)
            await eventually(lambda: worker.ended, within=60)

        stuck = await jobs.read(blocking.job.id)
        assert (stuck.state, stuck.input_tokens, stuck.credits) == (State.FAILED, 1_000, Decimal("1.1"))
        assert await db.fetchval("SELECT count(*) FROM usage_event") == 1

    async def test_that_another_holds_up_is_no_fault_of_a_job_whose_time_is_over(
        self, acme: Tenant, settings: Settings
    ) -> None:
        innocent, blocking = [await jobs.running(acme, now=utcnow()) for _ in range(2)]
        with process(settings) as worker, capture_logs():
            worker.begin(innocent, sleep, limit=0.1)
            worker.begin(blocking, worker.block, limit=1.0)
            await eventually(lambda: worker.ended, within=60)

        assert await jobs.state_of(innocent.job.id) is State.SCHEDULED
        assert await jobs.state_of(blocking.job.id) is State.FAILED

    async def test_that_stands_still_within_the_limit_is_let_be(
        self, acme: Tenant, settings: Settings
    ) -> None:
        lease = await jobs.running(acme, now=utcnow())
        with process(settings) as worker:
            worker.begin(lease, worker.block, limit=60)
            await eventually(lambda: worker.watchdog.is_blocked)
            time.sleep(0.3)
            assert worker.ended == []
            worker.released.set()
            await eventually(lambda: not worker.watchdog.is_blocked)
        assert await jobs.state_of(lease.job.id) is State.RUNNING

    async def test_that_runs_is_left_to_the_runner(
        self, acme: Tenant, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(module, "_STILL_SECONDS", 10.0)
        lease = await jobs.running(acme, now=utcnow())
        with process(settings) as worker:
            worker.begin(lease, sleep, limit=-60)
            time.sleep(0.5)
            assert worker.ended == []

    async def test_of_a_cancelled_job_that_stands_still_ends_it_cancelled(
        self, acme: Tenant, settings: Settings
    ) -> None:
        lease = await jobs.running(acme, now=utcnow())
        await jobs.cancelling(lease, by=acme.key)
        with process(settings) as worker, capture_logs():
            worker.begin(lease, worker.block, limit=60)
            await eventually(lambda: worker.watchdog.is_blocked)
            worker.wishes[lease.token].cancelled()
            await eventually(lambda: worker.ended, within=60)
        assert await jobs.state_of(lease.job.id) is State.CANCELLED

    async def test_of_a_lost_job_that_stands_still_is_freed(self, acme: Tenant, settings: Settings) -> None:
        lease = await jobs.running(acme, now=utcnow())
        await jobs.lose(now=utcnow())
        with process(settings) as worker, capture_logs():
            worker.begin(lease, worker.block, limit=60)
            await eventually(lambda: worker.watchdog.is_blocked)
            worker.wishes[lease.token].lost()
            await eventually(lambda: worker.ended, within=60)
        assert await jobs.state_of(lease.job.id) is State.SCHEDULED


class TestMemory:
    async def test_that_a_handler_takes_counts_a_loss_for_it_alone(
        self, acme: Tenant, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(module, "_bound_data", lambda _bytes: None)
        other, greedy = [await jobs.running(acme, now=utcnow()) for _ in range(2)]
        taken: list[bytes] = []

        async def grow() -> None:
            while True:
                taken.append(b"x" * (8 * MIB))
                await asyncio.sleep(0.01)

        limit = psutil.Process().memory_info().rss + 200 * MIB
        with process(settings, memory_bytes=limit) as worker, capture_logs() as logs:
            worker.begin(other, sleep, limit=60)
            await eventually(lambda: other.token in worker.wishes)
            worker.begin(greedy, grow, limit=60)
            await eventually(lambda: worker.ended, within=60)

        assert await lease_is_over(greedy), "which the scheduler counts as a loss"
        assert await jobs.state_of(other.job.id) is State.SCHEDULED
        [line] = [line for line in logs if line["event"] == "worker.ending"]
        assert line["reason"] == "memory"
        assert line["memory_mib"] * MIB > limit - MIB

    async def test_that_a_handler_did_not_get_ends_the_process_too(
        self, acme: Tenant, settings: Settings
    ) -> None:
        other, greedy = [await jobs.running(acme, now=utcnow()) for _ in range(2)]
        with process(settings) as worker, capture_logs():
            worker.begin(other, sleep, limit=60)
            worker.begin(greedy, sleep, limit=60)
            worker.watchdog.exhausted(greedy)
            assert worker.watchdog.is_ending
            await eventually(lambda: worker.ended, within=60)
        assert await lease_is_over(greedy)
        assert await jobs.state_of(other.job.id) is State.SCHEDULED

    async def test_is_on_the_account_of_who_cost_a_worker_before(self, acme: Tenant) -> None:
        """Both came back from it, and began at once in the same process: all that it grew by is shared."""
        lease = await jobs.running(acme, now=utcnow())
        greedy = replace(lease, token=uuid4(), losses=1)
        innocent = replace(lease, token=uuid4(), job=replace(lease.job, attempt=3))
        watched = [
            _Watched(greedy, Wish(), limit_at=60, step_seconds=60, started_at=1.0, growth=100.0),
            _Watched(innocent, Wish(), limit_at=60, step_seconds=60, started_at=1.1, growth=101.0),
        ]
        assert [culprit.lease for culprit in module._largest(watched)] == [greedy]

    async def test_is_known_of_each_lease(self, acme: Tenant) -> None:
        first = await jobs.running(acme, now=utcnow())
        later = utcnow() + timedelta(hours=1)
        await execution.recover_lost(now=later)
        await execution.queue_due(now=later)
        job = first.job
        again = await execution.start(job.org_id, job.id, token=uuid4(), now=later)
        assert again is not None
        assert (first.losses, again.losses) == (0, 1)


class TestEndProcess:
    async def test_gives_everything_back_while_a_handler_is_in_the_way(
        self, acme: Tenant, settings: Settings
    ) -> None:
        leases = [await jobs.running(acme, now=utcnow()) for _ in range(2)]
        with process(settings) as worker, capture_logs():
            worker.begin(leases[0], sleep, limit=60)
            worker.begin(leases[1], worker.block, limit=60)
            await asyncio.to_thread(worker.watchdog.end_process)
        assert {await jobs.state_of(lease.job.id) for lease in leases} == {State.SCHEDULED}
        assert await db.fetchval("SELECT sum(losses) FROM job") == 0
        assert worker.ended == [EXIT_STATUS]

    async def test_takes_nothing_more_before_it_gives_anything_back(
        self, acme: Tenant, settings: Settings
    ) -> None:
        """What it gave back would come to itself, and be lost with it."""
        lease = await jobs.running(acme, now=utcnow())
        loop = asyncio.get_running_loop()
        seen: list[State] = []

        def look() -> None:
            state = asyncio.run_coroutine_threadsafe(jobs.state_of(lease.job.id), loop)
            seen.append(state.result(20))

        with process(settings) as worker, capture_logs():
            worker.begin(lease, sleep, limit=60)
            worker.watchdog.before_ending(look)
            await asyncio.to_thread(worker.watchdog.end_process)
        assert seen == [State.RUNNING]
        assert await jobs.state_of(lease.job.id) is State.SCHEDULED

    async def test_ends_it_also_where_the_database_is_away(self, acme: Tenant, settings: Settings) -> None:
        lease = await jobs.running(acme, now=utcnow())
        away = Settings(database_url="postgresql://127.0.0.1:1/none")
        with process(away) as worker, capture_logs() as logs:
            worker.begin(lease, sleep, limit=60)
            await asyncio.to_thread(worker.watchdog.end_process)
        assert worker.ended == [EXIT_STATUS]
        assert "worker.ending_step_failed" in [line["event"] for line in logs]
        assert await jobs.state_of(lease.job.id) is State.RUNNING


FROZEN = """
import asyncio, re, threading
from datetime import timedelta
from workers import watchdog
loop = asyncio.new_event_loop()
threading.Thread(target=loop.run_forever, daemon=True).start()
dog = watchdog.Watchdog("postgresql://127.0.0.1:1/none", loop, list, lease=timedelta(seconds=1.2), ends_frozen=True)
dog.start()
while dog._armed_at < 0:
    threading.Event().wait(0.01)
loop.call_soon_threadsafe(lambda: re.match("(a+)+$", "a" * 60 + "b"))
threading.Event().wait(60)
"""


class TestAProcessThatIsFrozen:
    async def test_ends_though_no_thread_of_it_can_run(self) -> None:
        """The search for a match never lets go of the interpreter lock."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", FROZEN, cwd=ROOT, stderr=asyncio.subprocess.PIPE
        )
        async with asyncio.timeout(60):
            _, stderr = await process.communicate()
        assert process.returncode == 1
        assert b"Timeout" in stderr
