"""Several jobs that share a wallet, a budget and a slot, in any order and at once: nothing is billed or run twice.

Whatever happens, each job is in a state that the table of transitions leads to; ends once; what was held for it is held
until then, and then settled or released; and the books add up.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from uuid import uuid4

from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from app.core.ids import JobId
from app.credits import verification
from app.credits.errors import InsufficientCredits
from app.credits.types import ScopeKind
from app.infra import db
from app.jobs import execution, service
from app.jobs import verification as job_verification
from app.jobs.errors import JobEnded, JobNotRetriable, LeaseLost
from app.jobs.execution import Lease
from app.jobs.state import TERMINAL, State, can_follow
from app.jobs.types import Job
from tests.factories import entitlements, jobs, wallets
from tests.factories.orgs import NOW, Tenant

SLOTS = 2
MOST_JOBS = 4
STEPS = [
    *("submit", "submit later", "submit briefly", "start", "start", "start", "progress"),
    *("succeed", "succeed", "fail", "try again", "cancel", "cancelled", "force", "expire"),
    *("wait", "recover", "queue", "queue", "park", "retry", "give back"),
]
_REFUSED = (LeaseLost, JobEnded, JobNotRetriable, InsufficientCredits)


@dataclass
class Shop:
    """Clients and workers that remember every job and lease, and act on them long after they are theirs."""

    tenant: Tenant
    now: datetime = NOW
    jobs: list[Job] = field(default_factory=list)
    leases: dict[JobId, Lease] = field(default_factory=dict)
    used: set[JobId] = field(default_factory=set)

    async def act(self, which: int, step: str) -> None:
        try:
            await self._act(which, step)
        except _REFUSED:
            return

    async def _act(self, which: int, step: str) -> None:
        minute = timedelta(minutes=1)
        steps: dict[str, Callable[[], Awaitable[object]]] = {
            "submit": self._submit,
            "submit later": lambda: self._submit(run_at=self.now + minute),
            "submit briefly": lambda: self._submit(expires_at=self.now + minute),
            "force": lambda: execution.force_cancelled(now=self.now),
            "expire": lambda: execution.expire(now=self.now),
            "recover": lambda: execution.recover_lost(now=self.now),
            "queue": lambda: execution.queue_due(now=self.now),
            "park": lambda: execution.dispatch_parked(now=self.now),
            "wait": self._wait,
        }
        if self.jobs:
            job = self.jobs[which % len(self.jobs)]
            steps |= {
                "start": lambda: self._start(job),
                "cancel": lambda: service.cancel(self.tenant.key, job.id, now=self.now),
                "retry": lambda: self._retry(job),
            }
            if (lease := self.leases.get(job.id)) is not None:
                steps |= self._of_worker(lease)
        if step in steps:
            await steps[step]()

    def _of_worker(self, lease: Lease) -> dict[str, Callable[[], Awaitable[object]]]:
        calls, now = jobs.OUTCOME.calls, self.now
        return {
            "progress": lambda: jobs.say(lease, "text", now=now),
            "succeed": lambda: execution.succeed(lease, jobs.OUTCOME, now=now),
            "fail": lambda: execution.fail(lease, jobs.BROKEN, is_retryable=False, calls=calls, now=now),
            "try again": lambda: execution.fail(lease, jobs.BROKEN, is_retryable=True, calls=calls, now=now),
            "cancelled": lambda: execution.cancelled(lease, calls=calls, now=now),
            "give back": lambda: execution.give_back([lease.token], now=now),
        }

    async def _submit(self, **options: datetime) -> None:
        if len(self.jobs) < MOST_JOBS:
            job = await jobs.queued(
                self.tenant,
                desk=entitlements.desk(),
                now=self.now,
                **options,  # type: ignore[arg-type]
            )
            self.jobs.append(job)

    async def _start(self, job: Job) -> None:
        lease = await execution.start(job.org_id, job.id, token=uuid4(), now=self.now)
        if lease is not None:
            self.leases[job.id] = lease

    async def _retry(self, job: Job) -> None:
        made = await service.retry(self.tenant.key, job.id, now=self.now, desk=entitlements.desk())
        if made.job.id not in {known.id for known in self.jobs}:
            self.jobs.append(made.job)

    async def _wait(self) -> None:
        self.now += timedelta(seconds=31)


async def check(shop: Shop) -> None:
    slots = {row["job_id"] for row in await db.fetch("SELECT job_id FROM job_slot WHERE job_id IS NOT NULL")}
    for made in shop.jobs:
        job = await jobs.read(made.id)
        history = await jobs.history(job.id)
        assert [event.seq for event in history] == list(range(1, job.seq + 1)), "seq has no hole"
        states = [event.state for event in history if event.kind == "state"]
        assert all(can_follow(before, after) for before, after in pairwise(states)), states
        assert states[-1] is job.state
        assert sum(state in TERMINAL for state in states) <= 1
        if job.state in (State.RUNNING, State.CANCELLING):
            assert job.id in slots
        if job.state in TERMINAL or job.state is State.SCHEDULED:
            assert job.id not in slots
        await _check_bill(job)
    assert [finding async for finding in verification.findings()] == []
    found = [finding async for finding in job_verification.findings()]
    assert [finding for finding in found if int(finding.where.removeprefix("slot ")) < SLOTS] == []


async def _check_bill(job: Job) -> None:
    hold = await db.fetchrow("SELECT state, settled FROM credit_hold WHERE id = $1", job.hold_id)
    assert hold is not None
    billed = await db.fetchval("SELECT coalesce(sum(credits), 0) FROM usage_event WHERE job_id = $1", job.id)
    assert billed == job.credits
    if job.state not in TERMINAL:
        assert hold["state"] == "open"
        assert job.credits == 0
    elif job.credits:
        assert (hold["state"], hold["settled"]) == ("settled", job.credits)
        assert job.credits == Decimal("1.1"), "of one attempt"
    else:
        assert hold["state"] == "released"
    events = await db.fetchval(
        "SELECT count(*) FROM outbox_message WHERE name = ANY ($1) AND payload->'body'->>'status' IS NOT NULL "
        "AND payload->'topics'->>0 = 'job:' || $2::text",
        ["job.succeeded", "job.failed", "job.cancelled", "job.expired"],
        str(job.id),
    )
    assert events == (job.state in TERMINAL), "whoever listens is told once"


BATCHES = st.lists(
    st.lists(st.tuples(st.integers(0, MOST_JOBS), st.sampled_from(STEPS)), min_size=1, max_size=6),
    min_size=2,
    max_size=12,
)


async def opened(acme: Tenant) -> Shop:
    await db.fetch("TRUNCATE job, job_event, job_slot, job_item, outbox_message")
    await db.execute(
        "INSERT INTO job_slot SELECT $1, n, CASE WHEN n >= $2 THEN gen_random_uuid() END "
        "FROM generate_series(0, 49) AS n",
        acme.org_id,
        SLOTS,
    )
    shop = Shop(acme)
    await shop.act(0, "submit")
    return shop


class TestJobs:
    @profile(
        max_examples=50,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(batches=BATCHES)
    async def test_end_once_and_are_billed_once_whatever_happens(
        self, acme: Tenant, batches: list[list[tuple[int, str]]]
    ) -> None:
        if await db.fetchval("SELECT count(*) FROM wallet") == 0:
            await wallets.wallet(acme, 1_000)
            await wallets.budget(acme, ScopeKind.API_KEY, str(acme.key.id), 10_000)
        shop = await opened(acme)
        for batch in batches:
            await asyncio.gather(*(shop.act(which, step) for which, step in batch))
        await check(shop)

    async def test_pass_every_transition_that_there_is_code_for(self, acme: Tenant) -> None:
        """And none that the table does not have."""
        await wallets.wallet(acme, 1_000)
        shop = await opened(acme)
        paths = [
            ["start", "succeed"],
            ["start", "fail"],
            ["start", "try again", "wait", "wait", "wait", "wait", "queue", "start", "cancel", "cancelled"],
            ["cancel"],
        ]
        for path in paths:
            shop.jobs.clear()
            await shop.act(0, "submit")
            for step in path:
                await shop.act(0, step)
        for kind, steps in {
            "submit later": ["cancel"],
            "submit briefly": ["wait", "wait", "expire"],
        }.items():
            shop.jobs.clear()
            await shop.act(0, kind)
            for step in steps:
                await shop.act(0, step)
        rows = await db.fetch(
            "SELECT DISTINCT was, state FROM (SELECT state, lag(state) OVER (PARTITION BY job_id ORDER BY seq) AS was "
            "FROM job_event WHERE kind = 'state') AS steps WHERE was IS NOT NULL"
        )
        seen = {(State(row["was"]), State(row["state"])) for row in rows}
        assert all(can_follow(before, after) for before, after in seen)
        assert len(seen) == 10, seen
