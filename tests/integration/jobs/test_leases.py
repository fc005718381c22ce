"""What the watching threads of a worker do to the leases of their process."""

import asyncio
from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest

from app.core.config import Settings
from app.infra import db, succession
from app.jobs import execution, leases
from app.jobs.leases import Tokens
from app.jobs.state import LEASE, State
from app.jobs.types import JobError
from tests.factories import jobs
from tests.factories.orgs import NOW, Tenant
from tests.waiting import eventually

SECOND = timedelta(seconds=1)
FAULT = JobError("internal_error", "It failed.")


class TestTokens:
    def test_are_never_the_same_and_within_the_bounds_of_their_process(self) -> None:
        mine, other = Tokens(succession.new_name()), Tokens(succession.new_name())
        made = {mine.new() for _ in range(100)}
        first, last = mine.bounds
        assert len(made) == 100
        assert all(first <= token <= last for token in made)
        assert not first <= other.new() <= last

    @pytest.mark.parametrize("name", ["", "00", "zz" * 8, "00" * 9])
    def test_need_the_name_of_a_process(self, name: str) -> None:
        with pytest.raises(ValueError, match=r"hexadecimal|no name of a process"):
            Tokens(name)


async def running(acme: Tenant, token: UUID) -> execution.Lease:
    job = await jobs.queued(acme, now=NOW)
    lease = await execution.start(job.org_id, job.id, token=token, now=NOW)
    assert lease is not None
    return lease


async def losses() -> int:
    count: int = await db.fetchval("SELECT sum(losses)::int FROM job")
    return count


class TestEndAllOf:
    async def test_lets_the_scheduler_take_the_jobs_of_a_dead_process_at_once_and_no_others(
        self, acme: Tenant
    ) -> None:
        dead, alive = succession.new_name(), succession.new_name()
        lost = [await running(acme, Tokens(dead).new()) for _ in range(2)]
        kept = await running(acme, Tokens(alive).new())

        assert await leases.end_all_of(dead, now=NOW) == 2
        assert await execution.recover_lost(now=NOW + SECOND) == 2

        assert {await jobs.state_of(lease.job.id) for lease in lost} == {State.SCHEDULED}
        assert await jobs.state_of(kept.job.id) is State.RUNNING
        assert await losses() == 2

    async def test_never_prolongs_a_lease(self, acme: Tenant) -> None:
        name = succession.new_name()
        lease = await running(acme, Tokens(name).new())
        await leases.end_all_of(name, now=NOW + 2 * LEASE)
        until = await db.fetchval("SELECT lease_expires_at FROM job WHERE id = $1", lease.job.id)
        assert until == NOW + LEASE


class TestCancelling:
    async def test_tells_which_of_the_leases_are_to_stop(self, acme: Tenant, settings: Settings) -> None:
        stopping, going_on = [await jobs.running(acme) for _ in range(2)]
        await jobs.cancelling(stopping, by=acme.key)
        connection = await asyncpg.connect(settings.require_database_url())
        try:
            told = await leases.cancelling(connection, [stopping.token, going_on.token])
        finally:
            await connection.close()
        assert told == {stopping.token}


class TestGiveBack:
    async def test_counts_no_loss_also_for_a_job_that_is_being_written(
        self, acme: Tenant, settings: Settings
    ) -> None:
        """As progress is: its row is held in this very moment."""
        held, other = [await jobs.running(acme) for _ in range(2)]
        connection = await asyncpg.connect(settings.require_database_url())
        await connection.execute("BEGIN")
        await connection.execute("UPDATE job SET progress = 50 WHERE id = $1", held.job.id)
        giving = asyncio.create_task(leases.give_back([held.token, other.token], now=NOW))

        async def is_given_back() -> bool:
            return await jobs.state_of(other.job.id) is State.SCHEDULED

        await eventually(is_given_back)
        await connection.execute("COMMIT")
        await connection.close()

        assert await giving == 2
        assert await jobs.state_of(held.job.id) is State.SCHEDULED
        assert await losses() == 0

    async def test_costs_the_job_no_attempt(self, acme: Tenant) -> None:
        job = await jobs.queued(acme)
        lease = await jobs.leased(job)
        for _ in range(3):
            assert await leases.give_back([lease.token], now=NOW) == 1
            await execution.queue_due(now=NOW)
            lease = await jobs.leased(job)

        ends = []
        for _ in range(3):
            ends.append(await execution.fail(lease, FAULT, is_retryable=True, now=NOW))
            if ends[-1] is State.SCHEDULED:
                await execution.queue_due(now=NOW + timedelta(hours=1))
                lease = await jobs.leased(job)
        assert ends == [State.SCHEDULED, State.SCHEDULED, State.FAILED]

    async def test_ends_jobs_that_were_to_stop(self, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        await jobs.cancelling(lease, by=acme.key)
        assert await leases.give_back([lease.token], now=NOW) == 0
        await execution.recover_lost(now=NOW + SECOND)
        assert await jobs.state_of(lease.job.id) is State.CANCELLED
