"""What workers do to jobs: every step is a compare-and-set, every end is written once."""

import asyncio
import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import asyncpg
import orjson
import pytest

from app.core.config import Settings
from app.core.inference import Usage
from app.infra import db
from app.jobs import execution
from app.jobs.errors import LeaseLost
from app.jobs.execution import Lease
from app.jobs.state import LEASE, MAX_LOSSES, State
from app.jobs.types import JobError, ModelCall, Outcome
from tests.factories import jobs
from tests.factories.jobs import BROKEN, COST, OUTCOME
from tests.factories.orgs import NOW, Tenant

SECOND = timedelta(seconds=1)


async def events_in_outbox() -> list[str]:
    rows = await db.fetch("SELECT name FROM outbox_message WHERE kind = 'event' ORDER BY id")
    return [row["name"] for row in rows]


async def tasks_in_outbox() -> int:
    count: int = await db.fetchval("SELECT count(*) FROM outbox_message WHERE kind = 'task'")
    return count


class TestTable:
    async def test_accepts_exactly_the_states_of_the_enum(self, settings: Settings) -> None:
        text = await db.fetchval(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'job_state'"
        )
        assert set(re.findall(r"'([A-Z]+)'", text)) == set(State)

    async def test_lets_no_job_leave_its_final_state(self, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        await execution.succeed(lease, OUTCOME, now=NOW)
        with pytest.raises(asyncpg.PostgresError, match="which is final"):
            await db.execute(
                "UPDATE job SET state = 'QUEUED', finished_at = NULL WHERE id = $1", lease.job.id
            )
        assert await jobs.state_of(lease.job.id) is State.SUCCEEDED

    async def test_lets_no_job_run_without_a_lease(self, acme: Tenant) -> None:
        job = await jobs.queued(acme)
        with pytest.raises(asyncpg.CheckViolationError, match="job_lease"):
            await db.execute("UPDATE job SET state = 'RUNNING' WHERE id = $1", job.id)


class TestStart:
    async def test_takes_a_queued_job(self, acme: Tenant) -> None:
        job = await jobs.queued(acme)

        lease = await jobs.leased(job, now=NOW + SECOND)

        assert lease.job == await jobs.read(job.id)
        assert (lease.job.state, lease.job.seq, lease.job.attempt) == (State.RUNNING, 2, 1)
        assert lease.job.started_at == NOW + SECOND
        assert lease.job.input == {"text": jobs.TEXT}
        row = await db.fetchrow("SELECT lease_token, lease_expires_at FROM job")
        assert row is not None
        assert tuple(row) == (lease.token, NOW + SECOND + timedelta(seconds=30))
        assert [(e.seq, e.state) for e in await jobs.history(job.id)] == [
            (1, State.QUEUED),
            (2, State.RUNNING),
        ]
        assert await events_in_outbox() == ["job.started"]

    async def test_gives_one_lease_however_many_workers_try(self, acme: Tenant) -> None:
        job = await jobs.queued(acme)

        leases = await asyncio.gather(
            *(execution.start(job.org_id, job.id, token=uuid4(), now=NOW) for _ in range(20))
        )

        [won] = [lease for lease in leases if lease is not None]
        assert won.token == await db.fetchval("SELECT lease_token FROM job")
        assert (await jobs.read(job.id)).attempt == 1
        assert len(await jobs.history(job.id)) == 2
        assert await events_in_outbox() == ["job.started"]

    async def test_finds_nothing_to_do_in_a_job_that_ended_or_never_was(self, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        await execution.succeed(lease, OUTCOME, now=NOW)
        before = await jobs.counts()
        for job_id in (lease.job.id, jobs.MISSING):
            assert await execution.start(acme.org_id, job_id, token=uuid4(), now=NOW) is None
        assert await jobs.counts() == before


class TestProgress:
    async def test_never_goes_backwards(self, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        for percent in (40, 10, 60, 5):
            await execution.progress(lease, percent=percent, offset=0, delta="", now=NOW)
        assert [e.progress for e in await jobs.history(lease.job.id)][2:] == [40, 40, 60, 60]
        assert (await jobs.read(lease.job.id)).progress == 60

    async def test_keeps_the_text_and_its_place(self, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        await jobs.say(lease, "Whales ", "sing – 日本.")
        said = [(e.kind, e.output_offset, e.output_delta) for e in await jobs.history(lease.job.id)]
        assert said[2:] == [("progress", 0, "Whales "), ("progress", 7, "sing – 日本.")]

    async def test_is_refused_once_the_lease_is_lost(self, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        await jobs.lose()
        before = await jobs.history(lease.job.id)
        with pytest.raises(LeaseLost):
            await jobs.say(lease, "too late")
        assert await jobs.history(lease.job.id) == before

    async def test_of_the_last_holder_does_not_mix_into_the_next_attempt(self, acme: Tenant) -> None:
        first = await jobs.running(acme)
        await jobs.say(first, "first")
        later = await jobs.lose()
        await execution.queue_due(now=later)
        second = await jobs.leased(first.job, now=later)
        with pytest.raises(LeaseLost):
            await jobs.say(first, "ghost")
        await jobs.say(second, "second")
        assert await jobs.output_of(first.job.id, 1) == "first"
        assert await jobs.output_of(first.job.id, 2) == "second"
        assert (await jobs.read(first.job.id)).progress == 10, "a new attempt begins at nothing"


class TestSucceed:
    async def test_writes_the_result_and_the_figures(self, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        await execution.succeed(lease, OUTCOME, now=NOW + SECOND)

        job = await jobs.read(lease.job.id)
        assert (job.state, job.seq, job.progress) == (State.SUCCEEDED, 3, 100)
        assert job.finished_at == NOW + SECOND
        assert job.result == OUTCOME.result
        assert (job.provider, job.model) == ("openai", "gpt-4o-mini")
        assert (job.input_tokens, job.output_tokens) == (1_000, 100)
        assert (job.cost_usd, job.credits) == (Decimal(COST), Decimal("1.1"))
        assert job.error is None

    async def test_writes_state_event_usage_rollup_audit_and_outbox_in_one_transaction(
        self, acme: Tenant
    ) -> None:
        lease = await jobs.running(acme, customer_id="law-firm-a")
        await execution.succeed(lease, OUTCOME, now=NOW)

        found = {await db.fetchval("SELECT xmin::text FROM job")}
        for table, condition in {
            "job_event": "state = 'SUCCEEDED'",
            "usage_event": "true",
            "usage_event_key": "true",
            "usage_rollup_hour": "true",
            "audit_entry": "action = 'job.completed'",
            "outbox_message": "name = 'job.succeeded'",
        }.items():
            rows = await db.fetch(f"SELECT tableoid, xmin::text FROM {table} WHERE {condition}")
            assert len(rows) == 1, table
            found.add(rows[0]["xmin"])
        assert len(found) == 1

    async def test_meters_each_call_under_its_job(self, acme: Tenant) -> None:
        lease = await jobs.running(acme, customer_id="law-firm-a")
        await execution.succeed(lease, OUTCOME, now=NOW)

        event = await db.fetchrow("SELECT * FROM usage_event")
        assert event is not None
        assert event["event_id"] == f"job:{lease.job.id}:0"
        assert (event["job_id"], event["api_key_id"]) == (lease.job.id, acme.key.id)
        assert (event["customer_id"], event["feature_id"]) == ("law-firm-a", "summarize")
        assert (event["input_tokens"], event["cached_input_tokens"], event["output_tokens"]) == (
            1_000,
            200,
            100,
        )
        assert (event["cost_usd"], event["credits"]) == (Decimal(COST), Decimal("1.1"))
        assert event["cost_ref"].startswith("genai-prices@")
        rollup = await db.fetchrow("SELECT * FROM usage_rollup_hour")
        assert rollup is not None
        assert (rollup["requests"], rollup["unrated"]) == (1, 0)
        assert (rollup["input_tokens"], rollup["output_tokens"]) == (1_000, 100)
        assert (rollup["cost_usd"], rollup["credits"]) == (Decimal(COST), Decimal("1.1"))

    async def test_counts_every_call_of_the_job(self, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        outcome = Outcome({}, [ModelCall("openai", "gpt-4o-mini", Usage(10, 1)) for _ in range(3)])
        await execution.succeed(lease, outcome, now=NOW)
        assert (await jobs.read(lease.job.id)).input_tokens == 30
        assert await db.fetchval("SELECT count(DISTINCT event_id) FROM usage_event") == 3
        assert await db.fetchval("SELECT requests FROM usage_rollup_hour") == 3

    async def test_a_model_without_a_price_is_neither_free_nor_guessed(self, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        calls = [
            ModelCall("openai", "gpt-4o-mini", jobs.USAGE),
            ModelCall("openai", "no-such-model-9", jobs.USAGE),
        ]
        await execution.succeed(lease, Outcome({}, calls), now=NOW)
        assert (await jobs.read(lease.job.id)).cost_usd is None
        assert await db.fetchval("SELECT sum(unrated) FROM usage_rollup_hour") == 1
        assert await db.fetchval("SELECT count(*) FROM usage_event WHERE cost_usd IS NULL") == 1

    async def test_without_a_call_uses_nothing(self, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        await execution.succeed(lease, Outcome({"n": 1}), now=NOW)
        job = await jobs.read(lease.job.id)
        assert (job.state, job.cost_usd, job.provider) == (State.SUCCEEDED, Decimal(0), None)
        assert (await jobs.counts())["usage_event"] == 0

    async def test_happens_once(self, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        await execution.succeed(lease, OUTCOME, now=NOW)
        before = await jobs.counts()
        with pytest.raises(LeaseLost):
            await execution.succeed(lease, OUTCOME, now=NOW)
        with pytest.raises(LeaseLost):
            await execution.fail(lease, BROKEN, is_retryable=True, now=NOW)
        assert await jobs.counts() == before
        assert await db.fetchval("SELECT sum(requests) FROM usage_rollup_hour") == 1

    async def test_at_once_is_counted_once(self, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        ends = await asyncio.gather(
            *(execution.succeed(lease, OUTCOME, now=NOW) for _ in range(10)), return_exceptions=True
        )
        assert sorted(type(end).__name__ for end in ends) == ["LeaseLost"] * 9 + ["State"]
        assert await db.fetchval("SELECT sum(requests) FROM usage_rollup_hour") == 1
        assert await events_in_outbox() == ["job.started", "job.succeeded"]

    async def test_writes_nothing_once_the_lease_was_taken_back(self, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        await jobs.lose()
        before = await jobs.counts()
        with pytest.raises(LeaseLost):
            await execution.succeed(lease, OUTCOME, now=NOW)
        assert await jobs.counts() == before
        assert await jobs.state_of(lease.job.id) is State.SCHEDULED

    async def test_clears_the_error_of_the_attempt_before(self, acme: Tenant) -> None:
        first = await jobs.running(acme)
        await execution.fail(first, BROKEN, is_retryable=True, now=NOW)
        await execution.queue_due(now=NOW + LEASE)
        await execution.succeed(await jobs.leased(first.job), OUTCOME, now=NOW)
        assert (await jobs.read(first.job.id)).error is None

    async def test_keeps_a_result_with_nul_without_the_nul(self, acme: Tenant) -> None:
        """PostgreSQL stores none; the model was paid for, so the job must not fail over it."""
        lease = await jobs.running(acme)
        result = {"summary": "a\0b", "literal": "a\\u0000b", "n\0": ["\0"]}
        await execution.succeed(lease, replace(OUTCOME, result=result), now=NOW)
        job = await jobs.read(lease.job.id)
        assert job.result == {"summary": "ab", "literal": "a\\u0000b", "n": [""]}


class TestFail:
    async def test_ends_the_job_and_says_why(self, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        state = await execution.fail(lease, BROKEN, is_retryable=False, now=NOW + SECOND)

        job = await jobs.read(lease.job.id)
        assert state is job.state is State.FAILED
        assert (job.error, job.finished_at) == (BROKEN, NOW + SECOND)
        assert await events_in_outbox() == ["job.started", "job.failed"]
        changes = await db.fetchval("SELECT changes FROM audit_entry WHERE action = 'job.completed'")
        assert orjson.loads(changes) == {"kind": "summarize", "state": "FAILED"}
        assert (await jobs.counts())["usage_event"] == 0

    async def test_schedules_another_attempt_while_one_is_left(self, acme: Tenant) -> None:
        job = await jobs.queued(acme)
        now = NOW
        for attempt in (1, 2):
            lease = await jobs.leased(job, now=now)
            assert await execution.fail(lease, BROKEN, is_retryable=True, now=now) is State.SCHEDULED
            waiting = await jobs.read(job.id)
            assert (waiting.attempt, waiting.error, waiting.finished_at) == (attempt, BROKEN, None)
            assert now <= waiting.run_at <= now + 2**attempt * SECOND
            assert await execution.queue_due(now=waiting.run_at - timedelta(microseconds=1)) == 0
            now = waiting.run_at
            assert await execution.queue_due(now=now) == 1

        last = await jobs.leased(job, now=now)
        assert await execution.fail(last, BROKEN, is_retryable=True, now=now) is State.FAILED
        assert [e.state for e in await jobs.history(job.id)] == [
            *[State.QUEUED, State.RUNNING, State.SCHEDULED] * 2,
            *[State.QUEUED, State.RUNNING, State.FAILED],
        ]
        assert await db.fetchval("SELECT count(*) FROM audit_entry WHERE action = 'job.completed'") == 1

    @pytest.mark.parametrize("is_retryable", [True, False])
    async def test_writes_nothing_once_the_lease_was_taken_back(
        self, acme: Tenant, is_retryable: bool
    ) -> None:
        lease = await jobs.running(acme)
        await jobs.lose()
        before = await jobs.counts()
        with pytest.raises(LeaseLost):
            await execution.fail(lease, BROKEN, is_retryable=is_retryable, now=NOW)
        assert await jobs.counts() == before


class TestRenew:
    async def test_prolongs_what_is_held_and_names_it(self, acme: Tenant, settings: Settings) -> None:
        held, ended, lost = [await jobs.running(acme) for _ in range(3)]
        await execution.succeed(ended, OUTCOME, now=NOW)
        await db.execute("UPDATE job SET lease_expires_at = $2 WHERE id = $1", lost.job.id, NOW - SECOND)
        await execution.recover_lost(now=NOW)

        connection = await asyncpg.connect(settings.require_database_url())
        try:
            renewed = await execution.renew(
                connection, [held.token, ended.token, lost.token, uuid4()], now=NOW + 20 * SECOND
            )
        finally:
            await connection.close()

        assert renewed.held == {held.token}
        expiry = await db.fetchval("SELECT lease_expires_at FROM job WHERE id = $1", held.job.id)
        assert expiry == NOW + 50 * SECOND
        assert await execution.recover_lost(now=NOW + 31 * SECOND) == 0

    async def test_keeps_a_job_that_is_being_cancelled(self, acme: Tenant, settings: Settings) -> None:
        lease = await jobs.running(acme)
        await jobs.cancelling(lease, by=acme.key)
        connection = await asyncpg.connect(settings.require_database_url())
        try:
            assert (await execution.renew(connection, [lease.token], now=NOW)).held == {lease.token}
        finally:
            await connection.close()


class TestRecoverLost:
    async def test_takes_a_job_back_when_its_lease_has_run_out(self, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        assert await execution.recover_lost(now=NOW + LEASE) == 0, "not a moment before"
        later = NOW + LEASE + timedelta(microseconds=1)
        assert timedelta(seconds=30) == LEASE
        assert await execution.recover_lost(now=later) == 1

        job = await jobs.read(lease.job.id)
        assert (job.state, job.run_at, job.attempt) == (State.SCHEDULED, later, 1)
        assert job.error == JobError("worker_lost", "The worker that ran the job was lost.")
        assert await events_in_outbox() == ["job.started", "job.scheduled"]
        assert await execution.queue_due(now=later) == 1, "at once: it has waited long enough"
        assert (await jobs.leased(lease.job, now=later)).job.attempt == 2

    async def test_fails_a_job_at_its_third_loss(self, acme: Tenant) -> None:
        job = await jobs.queued(acme)
        now = NOW
        for loss in range(1, MAX_LOSSES + 1):
            await jobs.leased(job, now=now)
            now = await jobs.lose(now=now)
            assert await execution.queue_due(now=now) == (loss < MAX_LOSSES)

        ended = await jobs.read(job.id)
        assert (ended.state, ended.finished_at) == (State.FAILED, now)
        assert ended.error is not None
        assert ended.error.code == "worker_lost"
        assert (await events_in_outbox())[-1] == "job.failed"
        entry = await db.fetchrow("SELECT * FROM audit_entry WHERE action = 'job.completed'")
        assert entry is not None
        assert (entry["target_id"], entry["principal_id"]) == (job.id, acme.key.id)

    async def test_losses_are_not_attempts(self, acme: Tenant) -> None:
        """Two lost workers do not use up the attempts that an error would have."""
        lease = await jobs.running(acme)
        now = await jobs.lose()
        await execution.queue_due(now=now)
        again = await jobs.leased(lease.job, now=now)
        assert await execution.fail(again, BROKEN, is_retryable=True, now=now) is State.SCHEDULED

    async def test_ends_a_job_that_was_being_cancelled(self, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        await jobs.cancelling(lease, by=acme.key)
        later = await jobs.lose()
        job = await jobs.read(lease.job.id)
        assert (job.state, job.finished_at, job.error) == (State.CANCELLED, later, None)
        assert await execution.queue_due(now=later + LEASE) == 0

    async def test_takes_each_job_once_however_many_recover(self, acme: Tenant) -> None:
        leases = [await jobs.running(acme) for _ in range(10)]
        later = NOW + timedelta(seconds=31)

        taken = await asyncio.gather(*(execution.recover_lost(now=later, limit=4) for _ in range(5)))

        rest = await execution.recover_lost(now=later)
        assert sum(taken) + rest == 10
        for lease in leases:
            assert [e.seq for e in await jobs.history(lease.job.id)] == [1, 2, 3]
        assert await db.fetchval("SELECT max(losses) FROM job") == 1
        assert (await events_in_outbox()).count("job.scheduled") == 10

    async def test_leaves_the_end_to_whoever_was_first(self, acme: Tenant) -> None:
        """A worker that finishes in the moment in which it is given up: one of the two, never both."""
        for _ in range(10):
            lease = await jobs.running(acme)
            await asyncio.gather(
                jobs.lose(), execution.succeed(lease, OUTCOME, now=NOW), return_exceptions=True
            )
            state = await jobs.state_of(lease.job.id)
            used = await db.fetchval("SELECT count(*) FROM usage_event WHERE job_id = $1", lease.job.id)
            assert (state, used) in {(State.SUCCEEDED, 1), (State.SCHEDULED, 0)}


class TestQueueDue:
    async def test_queues_what_is_due_with_its_task(self, acme: Tenant) -> None:
        lease = await jobs.running(acme)
        later = await jobs.lose()
        before = await tasks_in_outbox()
        assert await execution.queue_due(now=later) == 1
        job = await jobs.read(lease.job.id)
        assert (job.state, job.queued_at) == (State.QUEUED, later)
        assert await tasks_in_outbox() == before + 1
        payload = await db.fetchval("SELECT payload FROM outbox_message WHERE kind = 'task' ORDER BY id DESC")
        assert orjson.loads(payload)["kwargs"] == {"org_id": str(acme.org_id), "job_id": str(job.id)}

    async def test_queues_each_job_once_however_many_ask(self, acme: Tenant) -> None:
        leases = [await jobs.running(acme) for _ in range(10)]
        later = await jobs.lose()
        before = await tasks_in_outbox()
        queued = await asyncio.gather(*(execution.queue_due(now=later, limit=3) for _ in range(6)))
        assert sum(queued) + await execution.queue_due(now=later) == 10
        assert await tasks_in_outbox() == before + 10
        for lease in leases:
            assert [e.seq for e in await jobs.history(lease.job.id)] == [1, 2, 3, 4]

    async def test_touches_nothing_else(self, acme: Tenant) -> None:
        waiting, busy = await jobs.queued(acme), await jobs.running(acme)
        before = await jobs.counts()
        assert await execution.queue_due(now=NOW + timedelta(days=1)) == 0
        assert await jobs.counts() == before
        assert await jobs.state_of(waiting.id) is State.QUEUED
        assert await jobs.state_of(busy.job.id) is State.RUNNING


class TestLease:
    async def test_of_one_job_writes_no_other(self, acme: Tenant) -> None:
        mine, other = await jobs.running(acme), await jobs.running(acme)
        forged = Lease(other.job, mine.token)
        for step in (
            execution.succeed(forged, OUTCOME, now=NOW),
            execution.fail(forged, BROKEN, is_retryable=True, now=NOW),
            execution.progress(forged, percent=9, offset=0, delta="x", now=NOW),
        ):
            with pytest.raises(LeaseLost):
                await step
        assert await jobs.state_of(other.job.id) is State.RUNNING
