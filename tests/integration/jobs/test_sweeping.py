"""What time does to jobs: schedules, expiry, retention."""

import asyncio
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from structlog.testing import capture_logs

from app.core.errors import InvalidInput
from app.infra import db
from app.jobs import execution, service
from app.jobs.errors import JobPurged
from app.jobs.state import State
from app.jobs.types import CreateJob, ItemOutcome
from tests.factories import jobs
from tests.factories.orgs import NOW, Tenant

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


class TestSchedule:
    async def test_begins_when_its_time_has_come(self, acme: Tenant) -> None:
        job = await jobs.queued(acme, run_at=NOW + MINUTE)
        assert (job.state, job.queued_at) == (State.SCHEDULED, None)
        assert await jobs.read(job.id) == job
        assert await execution.queue_due(now=NOW) == 0
        assert await execution.start(acme.org_id, job.id, token=uuid4(), now=NOW) is None

        assert await execution.queue_due(now=NOW + MINUTE) == 1

        lease = await jobs.leased(job, now=NOW + MINUTE)
        assert lease.job.queued_at == NOW + MINUTE
        assert [event.state for event in await jobs.history(job.id)] == [
            State.SCHEDULED,
            State.QUEUED,
            State.RUNNING,
        ]

    async def test_in_the_past_is_at_once(self, acme: Tenant) -> None:
        job = await jobs.queued(acme, run_at=NOW - DAY)
        assert (job.state, job.run_at) == (State.QUEUED, NOW)

    @pytest.mark.parametrize(
        ("field", "wish"),
        [
            ("run_at", {"run_at": NOW + 366 * DAY}),
            ("run_at", {"run_at": datetime(2026, 11, 21)}),  # noqa: DTZ001 - that is the point
            ("expires_at", {"expires_at": NOW}),
            ("expires_at", {"run_at": NOW + DAY, "expires_at": NOW + DAY}),
            ("expires_at", {"expires_at": NOW + 800 * DAY}),
        ],
    )
    async def test_refuses_times_that_make_no_sense(
        self, acme: Tenant, field: str, wish: dict[str, datetime]
    ) -> None:
        command = CreateJob("summarize", {"text": "x"}, **wish)  # type: ignore[arg-type]
        with pytest.raises(InvalidInput) as raised:
            await service.create(acme.key, acme.org_id, command=command, now=NOW)
        assert [error.field for error in raised.value.field_errors] == [field]
        assert await db.fetchval("SELECT count(*) FROM job") == 0

    async def test_belongs_to_what_an_idempotency_key_says(self, acme: Tenant) -> None:
        first = await jobs.queued(acme, key="once", run_at=NOW + MINUTE)
        again = await jobs.queued(acme, key="once", run_at=NOW + MINUTE)
        assert (again.id, again.state, again.run_at) == (first.id, State.SCHEDULED, NOW + MINUTE)


class TestExpire:
    @pytest.mark.parametrize("run_in", [timedelta(0), MINUTE], ids=["queued", "scheduled"])
    async def test_ends_what_was_not_begun_in_time(self, acme: Tenant, run_in: timedelta) -> None:
        job = await jobs.queued(acme, run_at=NOW + run_in, expires_at=NOW + 2 * MINUTE)
        assert await execution.expire(now=NOW + MINUTE) == 0
        assert await execution.expire(now=NOW + 2 * MINUTE) == 1
        ended = await jobs.read(job.id)
        assert (ended.state, ended.finished_at) == (State.EXPIRED, NOW + 2 * MINUTE)
        assert await db.fetchval("SELECT count(*) FROM outbox_message WHERE name = 'job.expired'") == 1

    async def test_is_seen_at_the_start_where_the_sweep_is_late(self, acme: Tenant) -> None:
        job = await jobs.queued(acme, expires_at=NOW + MINUTE)
        assert await execution.start(acme.org_id, job.id, token=uuid4(), now=NOW + MINUTE) is None
        assert await jobs.state_of(job.id) is State.QUEUED

    async def test_leaves_what_runs_alone(self, acme: Tenant) -> None:
        lease = await jobs.running(acme, expires_at=NOW + MINUTE)
        assert await execution.expire(now=NOW + DAY) == 0
        assert await execution.succeed(lease, jobs.OUTCOME, now=NOW + DAY) is State.SUCCEEDED

    async def test_may_be_raced(self, acme: Tenant) -> None:
        for _ in range(8):
            await jobs.queued(acme, expires_at=NOW + MINUTE)
        ended = await asyncio.gather(*(execution.expire(now=NOW + DAY, limit=4) for _ in range(4)))
        assert sum(ended) == 8
        assert await db.fetchval("SELECT count(*) FROM job_event WHERE state = 'EXPIRED'") == 8


class TestPurge:
    async def test_deletes_what_went_in_and_came_out_and_keeps_the_job(self, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        await jobs.say(lease, "Whales")
        await execution.save_items(lease, [ItemOutcome(0, {"n": 1})], now=NOW)
        await execution.succeed(lease, jobs.OUTCOME, now=NOW)
        before = await jobs.read(lease.job.id)
        assert await execution.purge(now=NOW + 30 * DAY - MINUTE) == 0

        assert await execution.purge(now=NOW + 30 * DAY) == 1

        job = await jobs.read(lease.job.id)
        assert (job.purged_at, job.input, job.result) == (NOW + 30 * DAY, {}, None)
        assert (job.state, job.credits, job.seq) == (before.state, before.credits, before.seq)
        for table in ("job_event", "job_item"):
            assert await db.fetchval(f"SELECT count(*) FROM {table}") == 0
        assert await db.fetchval("SELECT count(*) FROM usage_event") == 1, "what was billed stays"
        assert await execution.purge(now=NOW + 60 * DAY) == 0

    async def test_happens_sooner_where_plan_or_installation_says_so(self, acme: Tenant) -> None:
        first = await jobs.running(acme)
        await db.execute("UPDATE org SET plan = 'FREE' WHERE id = $1", acme.org_id)
        second = await jobs.running(acme)
        for lease in (first, second):
            await execution.succeed(lease, jobs.OUTCOME, now=NOW)
        assert await execution.purge(now=NOW + 7 * DAY) == 1
        assert (await jobs.read(second.job.id)).purged_at is not None
        assert await execution.purge(now=NOW + 7 * DAY, most_days=8) == 0
        assert await execution.purge(now=NOW + 8 * DAY, most_days=8) == 1

    async def test_never_touches_what_has_not_ended(self, acme: Tenant) -> None:
        await jobs.queued(acme)
        await jobs.running(acme)
        assert await execution.purge(now=NOW + 9_999 * DAY, most_days=0) == 0

    async def test_of_the_input_is_the_end_of_retries(self, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        await execution.fail(lease, jobs.BROKEN, is_retryable=False, now=NOW)
        await execution.purge(now=NOW + 30 * DAY)
        with pytest.raises(JobPurged):
            await service.retry(acme.key, lease.job.id, now=NOW + 30 * DAY)
        assert await db.fetchval("SELECT count(*) FROM job") == 1


class TestAJobThatCannotBeBilled:
    """Its bill is no number that a column holds, say: it must not keep the jobs of all others waiting."""

    async def test_is_taken_back_without_a_bill_and_the_others_with_theirs(self, acme: Tenant) -> None:
        leases = [await jobs.running(acme, now=NOW) for _ in range(3)]
        for lease in leases:
            await execution.note_calls(lease, jobs.OUTCOME.calls)
        broken = leases[1].job.id
        await db.execute('UPDATE job SET noted = \'[["openai", "gpt-4o", {}]]\' WHERE id = $1', broken)

        with capture_logs() as logs:
            assert await execution.recover_lost(now=NOW + DAY) == 3
        assert [line["event"] for line in logs if line["log_level"] == "error"] == [
            "jobs.batch_not_written",
            "jobs.bill_not_written",
            "jobs.unbilled",
        ]
        assert {await jobs.state_of(lease.job.id) for lease in leases} == {State.SCHEDULED}
        assert await db.fetchval("SELECT count(*) FROM usage_event") == 2
        assert await db.fetchval("SELECT count(*) FROM job WHERE noted IS NOT NULL") == 0

    async def test_expires_and_its_hold_ends(self, acme: Tenant) -> None:
        lease = await jobs.running(acme, now=NOW)
        await db.execute("UPDATE job SET expires_at = $1", NOW + MINUTE)
        item = ItemOutcome(0, {"text": "x"}, calls=jobs.OUTCOME.calls)
        await execution.save_items(lease, [item], now=NOW)
        await db.execute('UPDATE job_item SET calls = \'[["openai", "gpt-4o", {}]]\'')
        assert await execution.recover_lost(now=NOW + DAY) == 1

        with capture_logs():
            assert await execution.expire(now=NOW + DAY) == 1
        ended = await jobs.read(lease.job.id)
        assert (ended.state, ended.input_tokens) == (State.EXPIRED, 0)
        assert await db.fetchval("SELECT count(*) FROM usage_event") == 0
