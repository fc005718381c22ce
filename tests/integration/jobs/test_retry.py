"""Jobs that failed for good: found, and tried once more."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from app.core.errors import Forbidden, InvalidInput
from app.core.pagination import PageRequest
from app.core.principal import ROLE_PERMISSIONS, Principal, Role
from app.credits.errors import InsufficientCredits
from app.idempotency.errors import KeyReused
from app.infra import db
from app.jobs import execution, queries, service
from app.jobs.errors import JobNotFound, JobNotRetriable
from app.jobs.state import MAX_LOSSES, State
from app.jobs.types import Job, JobFilter, Priority
from tests.factories import entitlements, jobs, wallets
from tests.factories.orgs import NOW, Tenant

LATER = NOW + timedelta(hours=1)


async def failed(tenant: Tenant, **options: Any) -> Job:
    lease = await jobs.running(tenant, **options)
    await execution.fail(lease, jobs.BROKEN, is_retryable=False, now=NOW)
    return await jobs.read(lease.job.id)


async def dead(tenant: Tenant) -> list[Job]:
    page = await queries.page(
        tenant.key, tenant.org_id, request=PageRequest(), wanted=JobFilter(is_dead=True)
    )
    return list(page.items)


class TestDeadLetters:
    async def test_are_those_that_failed_for_good(self, acme: Tenant, rival: Tenant) -> None:
        await jobs.queued(acme)
        await execution.succeed(await jobs.running(acme), jobs.OUTCOME, now=NOW)
        again = await jobs.running(acme)
        await execution.fail(again, jobs.BROKEN, is_retryable=True, now=NOW)
        gone = await failed(acme)
        lost = await jobs.running(acme)
        await db.execute("UPDATE job SET losses = $2 WHERE id = $1", lost.job.id, MAX_LOSSES - 1)
        await jobs.lose()
        await failed(rival)
        found = await dead(acme)
        assert [(job.id, job.error and job.error.code) for job in found] == [
            (lost.job.id, "worker_lost"),
            (gone.id, "internal_error"),
        ]

    async def test_are_so_no_more_once_they_are_tried_again(self, acme: Tenant) -> None:
        job = await failed(acme)
        await service.retry(acme.key, job.id, now=LATER)
        assert await dead(acme) == []


class TestRetry:
    async def test_makes_a_new_job_of_the_same_wish(self, acme: Tenant) -> None:
        first = await failed(acme, customer_id="law-firm-a", priority=Priority.HIGH)

        again = await service.retry(acme.owner, first.id, now=LATER)

        job = await jobs.read(again.job.id)
        assert (job.state, job.attempt, job.retry_of) == (State.QUEUED, 0, first.id)
        assert (job.input, job.customer_id, job.priority) == (
            first.input,
            "law-firm-a",
            Priority.HIGH,
        )
        assert job.workspace_id == first.workspace_id
        assert (await jobs.read(first.id)).retried_by == job.id
        assert (await jobs.read(first.id)).state is State.FAILED, "what ended has ended"
        await execution.succeed(await jobs.leased(job, now=LATER), jobs.OUTCOME, now=LATER)
        entries = await db.fetch("SELECT target_id FROM audit_entry WHERE action = 'job.retried'")
        assert [row["target_id"] for row in entries] == [job.id]

    async def test_under_a_key_is_for_one_job(self, acme: Tenant) -> None:
        first, other = await failed(acme), await failed(acme)
        made = await asyncio.gather(
            *(service.retry(acme.key, first.id, idempotency_key="k", now=LATER) for _ in range(5))
        )

        assert len({one.job.id for one in made}) == 1
        assert sorted(one.is_replay for one in made) == [False, True, True, True, True]
        with pytest.raises(KeyReused):
            await service.retry(acme.key, other.id, idempotency_key="k", now=LATER)
        assert (await jobs.read(other.id)).retried_by is None
        with pytest.raises(InvalidInput):
            await service.retry(acme.key, other.id, idempotency_key="x" * 256, now=LATER)

    async def test_happens_once_however_many_ask(self, acme: Tenant) -> None:
        first = await failed(acme)
        made = await asyncio.gather(*(service.retry(acme.key, first.id, now=LATER) for _ in range(10)))
        assert len({one.job.id for one in made}) == 1
        assert sorted(one.is_replay for one in made) == [False, *[True] * 9]
        assert await db.fetchval("SELECT count(*) FROM job") == 2

    async def test_of_one_that_fails_again_is_a_chain(self, acme: Tenant) -> None:
        first = await failed(acme)
        second = (await service.retry(acme.key, first.id, now=NOW)).job
        await execution.fail(await jobs.leased(second), jobs.BROKEN, is_retryable=False, now=NOW)
        third = (await service.retry(acme.key, second.id, now=NOW)).job
        assert third.retry_of == second.id
        assert [job.id for job in await dead(acme)] == []

    async def test_is_for_what_expired_too(self, acme: Tenant) -> None:
        job = await jobs.queued(acme, expires_at=NOW + timedelta(minutes=1))
        await execution.expire(now=LATER)
        again = (await service.retry(acme.key, job.id, now=LATER)).job
        assert (again.state, again.expires_at) == (State.QUEUED, None)

    @pytest.mark.parametrize("state", ["queued", "running", "succeeded", "cancelled"])
    async def test_is_for_nothing_else(self, acme: Tenant, state: str) -> None:
        job = await jobs.queued(acme)
        if state in ("running", "succeeded"):
            lease = await jobs.leased(job)
            if state == "succeeded":
                await execution.succeed(lease, jobs.OUTCOME, now=NOW)
        if state == "cancelled":
            await service.cancel(acme.key, job.id, now=NOW)
        before = await jobs.counts()
        with pytest.raises(JobNotRetriable):
            await service.retry(acme.key, job.id, now=NOW)
        assert await jobs.counts() == before

    async def test_costs_what_a_new_job_costs(self, acme: Tenant) -> None:
        job = await failed(acme)
        await wallets.wallet(acme)
        before = await jobs.counts()
        with pytest.raises(InsufficientCredits):
            await service.retry(acme.key, job.id, now=NOW, desk=entitlements.desk())
        assert await jobs.counts() == before
        assert (await jobs.read(job.id)).retried_by is None

    async def test_is_refused_to_strangers_and_to_who_may_only_read(
        self, acme: Tenant, rival: Tenant
    ) -> None:
        job = await failed(acme)
        viewer = Principal("user", uuid4(), {acme.org_id: ROLE_PERMISSIONS[Role.VIEWER]})
        with pytest.raises(JobNotFound):
            await service.retry(rival.key, job.id, now=NOW)
        with pytest.raises(Forbidden):
            await service.retry(viewer, job.id, now=NOW)
        assert await db.fetchval("SELECT count(*) FROM job") == 1
