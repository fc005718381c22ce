"""No org keeps the others from the workers: only so many of its jobs are with them at a time."""

import asyncio
from datetime import timedelta
from uuid import UUID

import orjson
import pytest

from app.core.ids import JobId
from app.infra import db
from app.jobs import execution, service
from app.jobs.state import State
from app.jobs.types import CreateJob, Job, Priority
from app.outbox import courier
from app.outbox.courier import Courier
from tests.factories import jobs
from tests.factories.orgs import NOW, Tenant
from tests.factories.senders import Recorder
from tests.waiting import eventually

SLOTS = 50  # of the plan PRO
LATER = NOW + timedelta(minutes=10)


async def many(tenant: Tenant, count: int) -> list[Job]:
    command = CreateJob("summarize", {"text": jobs.TEXT})
    made = await asyncio.gather(
        *(service.create(tenant.key, tenant.org_id, command=command, now=NOW) for _ in range(count))
    )
    return [one.job for one in made]


async def sent() -> list[JobId]:
    """The jobs in the workers' queue, in the order of their commits."""
    rows = await db.fetch(
        "SELECT payload->'kwargs'->>'job_id' AS id FROM outbox_message WHERE kind = 'task' "
        "ORDER BY xmin::text::bigint, ctid"
    )
    return [JobId(UUID(row["id"])) for row in rows]


async def limit(tenant: Tenant, slots: int) -> None:
    """As if only so many were not taken already, by jobs that never end."""
    await db.execute(
        "INSERT INTO job_slot SELECT $1, n, gen_random_uuid() FROM generate_series($2::int, $3 - 1) AS n",
        tenant.org_id,
        slots,
        SLOTS,
    )
    await db.execute(
        "INSERT INTO job_slot SELECT $1, n FROM generate_series(0, $2 - 1) AS n", tenant.org_id, slots
    )


async def holders() -> dict[int, JobId]:
    rows = await db.fetch("SELECT n, job_id FROM job_slot WHERE job_id IN (SELECT id FROM job)")
    return {row["n"]: JobId(row["job_id"]) for row in rows}


class TestFairness:
    async def test_a_thousand_jobs_of_one_org_do_not_keep_anothers_waiting(
        self, acme: Tenant, rival: Tenant
    ) -> None:
        """Counted, not timed: the queue is first come, first served, and a worker takes what is first in it."""
        await many(acme, 1_000)
        [mine] = await many(rival, 1)

        finished = 0
        done: set[JobId] = set()
        while mine.id not in done:
            first = next(job_id for job_id in await sent() if job_id not in done)
            done.add(first)
            job = await jobs.read(first)
            lease = await jobs.leased(job, now=NOW)
            if first != mine.id:
                await execution.succeed(lease, jobs.OUTCOME, now=NOW)
                finished += 1

        assert finished == SLOTS, "of the thousand only those that were with the workers before it came"

    async def test_never_lets_more_be_with_the_workers_however_they_race(self, acme: Tenant) -> None:
        await limit(acme, 3)
        made = await many(acme, 30)
        ended = 0
        while ended < len(made):
            held = await holders()
            assert len(held) <= 3
            leases = [await jobs.leased(await jobs.read(job_id)) for job_id in held.values()]
            await asyncio.gather(
                *(execution.succeed(lease, jobs.OUTCOME, now=NOW) for lease in leases),
                *(execution.dispatch_parked(now=NOW) for _ in range(2)),
            )
            ended += len(leases)
        assert await holders() == {}
        assert len(await sent()) == len(set(await sent())) == 30, "each was sent once"

    async def test_starts_none_that_has_no_slot(self, acme: Tenant) -> None:
        await limit(acme, 1)
        await many(acme, 1)
        [waiting] = await many(acme, 1)
        assert await execution.start(acme.org_id, waiting.id, token=UUID(int=5), now=NOW) is None, (
            "a message that is left from somewhere"
        )
        assert await jobs.state_of(waiting.id) is State.QUEUED


class TestHandOn:
    @pytest.mark.parametrize("end", ["succeed", "fail", "retry", "cancel", "give_back", "lose", "force"])
    async def test_sends_the_next_however_a_job_ends_or_pauses(self, acme: Tenant, end: str) -> None:
        await limit(acme, 1)
        [first] = await many(acme, 1)
        [waiting] = await many(acme, 1)
        assert await sent() == [first.id]
        lease = await jobs.leased(first)
        match end:
            case "succeed":
                await execution.succeed(lease, jobs.OUTCOME, now=NOW)
            case "fail" | "retry":
                await execution.fail(lease, jobs.BROKEN, is_retryable=end == "retry", now=NOW)
            case "cancel":
                await jobs.cancelling(lease, by=acme.key)
                await execution.cancelled(lease, now=NOW)
            case "give_back":
                await execution.give_back([lease.token], now=NOW)
            case "lose":
                await jobs.lose()
            case "force":
                await jobs.cancelling(lease, by=acme.key)
                await execution.force_cancelled(now=LATER)
        assert await sent() == [first.id, waiting.id]
        assert await holders() == {0: waiting.id}

    async def test_of_a_waiting_job_that_is_cancelled_or_expires(self, acme: Tenant) -> None:
        await limit(acme, 1)
        [first] = await many(acme, 1)
        second = await jobs.queued(acme, expires_at=NOW + timedelta(minutes=1))
        [third] = await many(acme, 1)
        await service.cancel(acme.key, first.id, now=NOW)
        assert await holders() == {0: second.id}
        await execution.expire(now=LATER)
        assert await holders() == {0: third.id}

    async def test_prefers_priority_and_then_age(self, acme: Tenant) -> None:
        await limit(acme, 1)
        running = await jobs.running(acme)
        order = [Priority.LOW, Priority.NORMAL, Priority.HIGH, Priority.NORMAL, Priority.HIGH]
        made = [await jobs.queued(acme, priority=priority) for priority in order]

        await execution.succeed(running, jobs.OUTCOME, now=NOW)
        for _ in made:
            [job_id] = (await holders()).values()
            await execution.succeed(await jobs.leased(await jobs.read(job_id)), jobs.OUTCOME, now=NOW)

        assert (await sent())[1:] == [made[n].id for n in (2, 4, 1, 3, 0)]

    async def test_passes_on_no_slot_that_the_plan_no_longer_has(self, acme: Tenant) -> None:
        leases = [await jobs.running(acme) for _ in range(12)]
        await many(acme, SLOTS)
        await db.execute("UPDATE org SET plan = 'FREE' WHERE id = $1", acme.org_id)
        for lease in leases:
            await execution.succeed(lease, jobs.OUTCOME, now=NOW)
        await execution.dispatch_parked(now=NOW)
        held = await holders()
        assert len(held) == SLOTS - 2, "ten of the twelve were handed on"
        assert {10, 11}.isdisjoint(held)


class TestFastPath:
    async def test_hands_over_what_was_sent_and_nothing_else(self, acme: Tenant) -> None:
        """However it was sent: by a submission, an end, a cancellation or the scheduler."""
        await limit(acme, 1)
        recorder = Recorder()
        async with courier.running(Courier(recorder, Recorder(), clock=lambda: NOW)):
            made = [await jobs.queued(acme) for _ in range(4)]
            await execution.succeed(await jobs.leased(made[0]), jobs.OUTCOME, now=NOW)
            await service.cancel(acme.key, made[1].id, now=NOW)
            await db.execute("UPDATE job_slot SET job_id = NULL WHERE n = 0")
            await execution.dispatch_parked(now=NOW)
            await eventually(lambda: len(recorder.messages) == 4)
        assert [message.payload["kwargs"]["job_id"] for message in recorder.messages] == [
            str(job.id) for job in made
        ]
        kept = await db.fetch("SELECT id, name, payload::text FROM outbox_message WHERE kind = 'task'")
        assert {row["id"] for row in kept} == set(recorder.ids)
        assert {
            (m.name, orjson.dumps(m.payload, option=orjson.OPT_SORT_KEYS)) for m in recorder.messages
        } == {
            (row["name"], orjson.dumps(orjson.loads(row["payload"]), option=orjson.OPT_SORT_KEYS))
            for row in kept
        }


class TestDispatchParked:
    async def test_sends_what_waits_beside_free_slots_of_every_org(self, acme: Tenant, rival: Tenant) -> None:
        parked = [*await many(acme, 2), *await many(rival, 2)]
        await db.execute("UPDATE job_slot SET job_id = NULL")
        await db.execute("UPDATE job SET slot = NULL")
        await db.execute("DELETE FROM outbox_message")

        assert await execution.dispatch_parked(now=NOW) == 4

        assert set(await sent()) == {job.id for job in parked}
        assert await execution.dispatch_parked(now=NOW) == 0

    async def test_writes_the_message_that_the_rest_of_the_house_writes(self, acme: Tenant) -> None:
        await limit(acme, 1)
        [first, second] = [await jobs.queued(acme) for _ in range(2)]
        await service.cancel(acme.key, first.id, now=NOW)
        rows = await db.fetch(
            "SELECT kind, name, payload::text, available_at - created_at AS grace, attempts FROM outbox_message "
            "WHERE kind = 'task' ORDER BY xmin::text::bigint, ctid"
        )
        by_python, by_database = [dict(row) for row in rows]
        assert by_python["payload"].replace(str(first.id), str(second.id)) == by_database["payload"]
        del by_python["payload"], by_database["payload"]
        assert by_python == by_database
