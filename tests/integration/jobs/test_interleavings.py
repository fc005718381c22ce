"""Any number of workers, in any order, some of them lost: one bill, one end, no hole in the history."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import uuid4

from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from app.infra import db
from app.jobs import execution
from app.jobs.errors import LeaseLost
from app.jobs.execution import Lease
from app.jobs.state import TERMINAL, State, can_follow
from app.jobs.types import Job
from tests.factories import jobs
from tests.factories.orgs import NOW, Tenant

WORKERS = 3
STEPS = ["start", "start", "progress", "succeed", "fail", "retry", "lose", "recover", "queue"]


@dataclass
class Shop:
    """Workers that remember their last lease, and act on it long after it is theirs."""

    job: Job
    now: datetime = NOW
    leases: dict[int, Lease] = field(default_factory=dict)

    async def act(self, worker: int, step: str) -> None:
        lease = self.leases.get(worker)
        steps: dict[str, Callable[[], Awaitable[object]]] = {
            "start": lambda: self._start(worker),
            "recover": lambda: execution.recover_lost(now=self.now),
            "queue": lambda: execution.queue_due(now=self.now),
            "lose": self._wait,
        }
        if lease is not None:
            steps |= {
                "progress": lambda: jobs.say(lease, "text", now=self.now),
                "succeed": lambda: execution.succeed(lease, jobs.OUTCOME, now=self.now),
                "fail": lambda: execution.fail(lease, jobs.BROKEN, is_retryable=False, now=self.now),
                "retry": lambda: execution.fail(lease, jobs.BROKEN, is_retryable=True, now=self.now),
            }
        if step in steps:
            try:
                await steps[step]()
            except LeaseLost:
                return

    async def _start(self, worker: int) -> None:
        lease = await execution.start(self.job.org_id, self.job.id, token=uuid4(), now=self.now)
        if lease is not None:
            self.leases[worker] = lease

    async def _wait(self) -> None:
        self.now += timedelta(seconds=31)


async def check(job: Job) -> None:
    now = await jobs.read(job.id)
    history = await jobs.history(job.id)
    assert [event.seq for event in history] == list(range(1, now.seq + 1)), "seq has no hole"
    assert history[-1].state is now.state
    states = [event.state for event in history if event.kind == "state"]
    assert all(can_follow(before, after) for before, after in pairwise(states)), states
    assert sum(state in TERMINAL for state in states) <= 1
    used = await db.fetchval("SELECT count(*) FROM usage_event WHERE job_id = $1", job.id)
    assert used == (now.state is State.SUCCEEDED), "billed when, and only when, it succeeded"
    ends = await db.fetchval(
        "SELECT count(*) FROM audit_entry WHERE target_id = $1 AND action = 'job.completed'", job.id
    )
    assert ends == (now.state in TERMINAL)
    for before, event in pairwise(history):
        assert event.attempt >= before.attempt
        if event.kind == "progress":
            assert event.progress >= before.progress


# Each batch runs at once, one batch after the other.
BATCHES = st.lists(
    st.lists(st.tuples(st.integers(1, WORKERS), st.sampled_from(STEPS)), min_size=1, max_size=5),
    min_size=1,
    max_size=12,
)


class TestWorkers:
    @profile(
        max_examples=60,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(batches=BATCHES)
    async def test_bill_a_job_at_most_once_whatever_they_do(
        self, acme: Tenant, batches: list[list[tuple[int, str]]]
    ) -> None:
        shop = Shop(await jobs.queued(acme))
        for batch in batches:
            await asyncio.gather(*(shop.act(worker, step) for worker, step in batch))
        await check(shop.job)

    @profile(
        max_examples=10,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(batches=BATCHES)
    async def test_bring_every_job_to_an_end_once_they_behave(
        self, acme: Tenant, batches: list[list[tuple[int, str]]]
    ) -> None:
        shop = Shop(await jobs.queued(acme))
        for batch in batches:
            await asyncio.gather(*(shop.act(worker, step) for worker, step in batch))
        for _ in range(4):
            shop.now += timedelta(hours=1)
            for step in ("recover", "queue", "start", "succeed"):
                await shop.act(1, step)
        assert await jobs.state_of(shop.job.id) in TERMINAL
        await check(shop.job)
