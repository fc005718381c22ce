"""Stopping jobs: at once where they wait, in their own time where they run, by force where they do not stop."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from app.core.errors import Forbidden, InvalidInput
from app.core.principal import ROLE_PERMISSIONS, Principal, Role
from app.idempotency.errors import KeyReused
from app.infra import db
from app.jobs import execution, service, verification
from app.jobs.errors import JobEnded, JobNotFound, LeaseLost
from app.jobs.state import CANCEL_GRACE, State
from tests.factories import jobs
from tests.factories.orgs import NOW, Tenant

SECOND = timedelta(seconds=1)


class TestCancel:
    @pytest.mark.parametrize("run_in", [None, timedelta(hours=1)], ids=["queued", "scheduled"])
    async def test_ends_at_once_what_waits(self, acme: Tenant, run_in: timedelta | None) -> None:
        job = await jobs.queued(acme, run_at=NOW + run_in if run_in else None)

        cancelled = (await service.cancel(acme.key, job.id, now=NOW + SECOND)).value

        assert (cancelled.state, cancelled.seq, cancelled.finished_at) == (
            State.CANCELLED,
            2,
            NOW + SECOND,
        )
        assert cancelled == await jobs.read(job.id)
        assert await execution.start(job.org_id, job.id, token=uuid4(), now=NOW + SECOND) is None
        names = await db.fetch("SELECT action FROM audit_entry WHERE action LIKE 'job.c%' ORDER BY id")
        assert [row["action"] for row in names] == ["job.created", "job.completed", "job.cancelled"]

    async def test_gives_one_that_runs_time_to_stop(self, acme: Tenant) -> None:
        lease = await jobs.running(acme)

        told = (await service.cancel(acme.owner, lease.job.id, now=NOW)).value

        assert (told.state, told.cancel_deadline) == (State.CANCELLING, NOW + CANCEL_GRACE)
        state = await execution.progress(lease, percent=50, offset=0, delta="", now=NOW)
        assert state is State.CANCELLING
        assert await execution.cancelled(lease, calls=jobs.OUTCOME.calls, now=NOW) is State.CANCELLED
        job = await jobs.read(lease.job.id)
        assert (job.state, job.input_tokens, str(job.credits)) == (
            State.CANCELLED,
            1_000,
            "1.100000000000",
        )
        assert await db.fetchval("SELECT count(*) FROM usage_event") == 1

    async def test_under_a_key_is_answered_as_at_first_and_is_for_one_job(self, acme: Tenant) -> None:
        lease, other = await jobs.running(acme), await jobs.running(acme)
        told = await service.cancel(acme.key, lease.job.id, idempotency_key="k", now=NOW)
        await execution.cancelled(lease, now=NOW)

        again = await service.cancel(acme.key, lease.job.id, idempotency_key="k", now=NOW + SECOND)
        assert (again.value, told.is_replay, again.is_replay) == (told.value, False, True)
        assert again.value.state is State.CANCELLING
        with pytest.raises(KeyReused):
            await service.cancel(acme.key, other.job.id, idempotency_key="k", now=NOW)
        assert await jobs.state_of(other.job.id) is State.RUNNING

    async def test_that_is_refused_leaves_its_key_free(self, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        await execution.succeed(lease, jobs.OUTCOME, now=NOW)
        with pytest.raises(JobEnded):
            await service.cancel(acme.key, lease.job.id, idempotency_key="k", now=NOW)
        assert await db.fetchval("SELECT count(*) FROM idempotency_key") == 0
        with pytest.raises(InvalidInput):
            await service.cancel(acme.key, lease.job.id, idempotency_key="", now=NOW)

    async def test_is_answered_the_same_however_often(self, acme: Tenant) -> None:
        waiting, lease = await jobs.queued(acme), await jobs.running(acme)
        for job_id, state in ((waiting.id, State.CANCELLED), (lease.job.id, State.CANCELLING)):
            first = (await service.cancel(acme.key, job_id, now=NOW)).value
            before = await jobs.counts()
            again = (await service.cancel(acme.key, job_id, now=NOW + SECOND)).value
            assert first.state is again.state is state
            assert await jobs.counts() == before
            assert again == await jobs.read(job_id)

    async def test_is_one_of_two_ends_for_each_of_many_that_begin_in_that_moment(self, acme: Tenant) -> None:
        made = [await jobs.queued(acme) for _ in range(20)]

        leases = await asyncio.gather(
            *(execution.start(job.org_id, job.id, token=uuid4(), now=NOW) for job in made),
            *(service.cancel(acme.key, job.id, now=NOW) for job in made),
        )

        for job, lease in zip(made, leases, strict=False):
            states = [event.state for event in await jobs.history(job.id)]
            begun = [State.QUEUED, State.RUNNING, State.CANCELLING]
            assert states == ([State.QUEUED, State.CANCELLED] if lease is None else begun)
        assert [finding async for finding in verification.findings()] == []

    @pytest.mark.parametrize("how", ["succeed", "fail"])
    async def test_is_refused_where_the_job_has_ended(self, acme: Tenant, how: str) -> None:
        lease = await jobs.running(acme)
        if how == "succeed":
            await execution.succeed(lease, jobs.OUTCOME, now=NOW)
        else:
            await execution.fail(lease, jobs.BROKEN, is_retryable=False, now=NOW)
        before = await jobs.counts()
        with pytest.raises(JobEnded):
            await service.cancel(acme.key, lease.job.id, now=NOW)
        assert await jobs.counts() == before

    async def test_is_refused_to_strangers_and_to_who_may_only_read(
        self, acme: Tenant, rival: Tenant
    ) -> None:
        job = await jobs.queued(acme)
        viewer = Principal("user", uuid4(), {acme.org_id: ROLE_PERMISSIONS[Role.VIEWER]})
        with pytest.raises(JobNotFound):
            await service.cancel(rival.key, job.id, now=NOW)
        with pytest.raises(Forbidden):
            await service.cancel(viewer, job.id, now=NOW)
        assert await jobs.state_of(job.id) is State.QUEUED

    @pytest.mark.parametrize("how", ["succeed", "fail", "retry"])
    async def test_is_the_end_however_the_handler_ends(self, acme: Tenant, how: str) -> None:
        lease = await jobs.running(acme)
        await jobs.cancelling(lease, by=acme.key)
        if how == "succeed":
            state = await execution.succeed(lease, jobs.OUTCOME, now=NOW)
        else:
            state = await execution.fail(lease, jobs.BROKEN, is_retryable=how == "retry", now=NOW)
        assert state is await jobs.state_of(lease.job.id) is State.CANCELLED
        assert (await jobs.read(lease.job.id)).result is None


class TestForceCancelled:
    async def test_ends_what_did_not_stop_in_time(self, acme: Tenant) -> None:
        lease, other = await jobs.running(acme), await jobs.running(acme)
        await jobs.cancelling(lease, by=acme.key)
        assert await execution.force_cancelled(now=NOW + CANCEL_GRACE - SECOND) == 0

        assert await execution.force_cancelled(now=NOW + CANCEL_GRACE) == 1

        assert await jobs.state_of(lease.job.id) is State.CANCELLED
        assert await jobs.state_of(other.job.id) is State.RUNNING
        before = await jobs.counts()
        ends: list[Callable[[], Awaitable[object]]] = [
            lambda: execution.progress(lease, percent=1, offset=0, delta="late", now=NOW),
            lambda: execution.succeed(lease, jobs.OUTCOME, now=NOW),
            lambda: execution.cancelled(lease, calls=jobs.OUTCOME.calls, now=NOW),
        ]
        for late in ends:
            with pytest.raises(LeaseLost):
                await late()
        assert await jobs.counts() == before

    async def test_finds_a_lost_worker_sooner(self, acme: Tenant) -> None:
        """Its lease is over before the deadline may be."""
        lease = await jobs.running(acme)
        await jobs.cancelling(lease, by=acme.key, now=NOW + 29 * SECOND)
        await jobs.lose()
        assert await jobs.state_of(lease.job.id) is State.CANCELLED
