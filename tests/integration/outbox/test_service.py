"""Promising messages together with an effect."""

# ruff: noqa: PT012 - a unit of work is a block, and its errors come out of the end of it

import asyncio
from datetime import timedelta
from typing import Any

import orjson
import pytest

from app.core import ids
from app.core.config import Settings
from app.core.events import Event
from app.core.ids import OrgId
from app.core.tasks import Task
from app.infra import db, telemetry
from app.infra.db import StaleWrite, UnitOfWork
from app.outbox import courier, queries, service
from app.outbox.courier import Courier
from app.outbox.service import HANDOVER_GRACE
from tests.factories.orgs import NOW
from tests.factories.senders import Recorder
from tests.waiting import until

ORG = OrgId(ids.uuid7())
INSERT = "INSERT INTO org (id, name, slug, plan, created_at) VALUES ($1, 'x', $2, 'FREE', $3)"


def promise(uow: UnitOfWork, number: int = 1) -> None:
    service.enqueue(uow, Task("run_job", "jobs", {"job_id": number}), now=NOW)
    service.publish(uow, Event("job.created", ORG, ("job:1", "org:1"), {"job_id": number}), now=NOW)


async def rows() -> list[dict[str, Any]]:
    found = await db.fetch("SELECT * FROM outbox_message ORDER BY id")
    return [{**row, "payload": orjson.loads(row["payload"])} for row in found]


class TestEnqueueAndPublish:
    async def test_write_their_rows_with_the_effect(self, settings: Settings) -> None:
        async with db.unit_of_work() as uow:
            uow.add(INSERT, ids.uuid7(), "acme", NOW)
            promise(uow)

        task, event = await rows()
        assert (task["kind"], task["name"]) == ("task", "run_job")
        assert task["payload"] == {"queue": "jobs", "kwargs": {"job_id": 1}}
        assert (event["kind"], event["name"]) == ("event", "job.created")
        assert event["payload"] == {
            "topics": ["job:1", "org:1", f"jobs:{ORG}"],
            "body": {"name": "job.created", "version": 1, "org_id": str(ORG), "job_id": 1},
        }
        for row in (task, event):
            assert (row["created_at"], row["available_at"]) == (NOW, NOW + HANDOVER_GRACE)
            assert row["attempts"] == 0
        assert await db.fetchval("SELECT count(*) FROM org") == 1

    @pytest.mark.parametrize("how", ["caller", "guard"])
    async def test_leave_nothing_of_either_when_the_unit_fails(self, settings: Settings, how: str) -> None:
        recorder = Recorder()
        async with courier.running(Courier(recorder, recorder, clock=lambda: NOW)):
            with pytest.raises(KeyError if how == "caller" else StaleWrite):
                async with db.unit_of_work() as uow:
                    uow.add(INSERT, ids.uuid7(), "acme", NOW)
                    promise(uow)
                    if how == "caller":
                        raise KeyError
                    uow.add("DELETE FROM org WHERE slug = 'gone' RETURNING id", expect=1)

        assert recorder.messages == []
        assert await rows() == []
        assert await db.fetchval("SELECT count(*) FROM org") == 0

    async def test_promise_nothing_for_nothing(self, settings: Settings) -> None:
        async with db.unit_of_work() as uow:
            service.enqueue(uow, now=NOW)
            service.publish(uow, now=NOW)

        assert await rows() == []

    async def test_carry_the_trace_in_which_they_were_made(self, settings: Settings) -> None:
        recorder = Recorder()
        async with courier.running(Courier(recorder, recorder, clock=lambda: NOW)):
            with telemetry.span("request"):
                trace = telemetry.current_traceparent()
                async with db.unit_of_work() as uow:
                    promise(uow)
            async with db.unit_of_work() as uow:
                promise(uow)

        assert trace is not None
        assert sorted(str(message.trace) for message in recorder.messages) == sorted(
            [trace, trace, "None", "None"]
        )

    async def test_keep_the_trace_for_the_relay(self, settings: Settings) -> None:
        with telemetry.span("request"):
            trace = telemetry.current_traceparent()
            async with db.unit_of_work() as uow:
                promise(uow)

        claimed = await queries.claim_due(now=NOW + HANDOVER_GRACE, limit=10)
        assert trace is not None
        assert [message.trace for message in claimed] == [trace, trace]


@pytest.fixture
def recorder(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Recorder:
    monkeypatch.setattr(courier, "_BOOKKEEPING_SECONDS", 0.01)
    return Recorder()


async def commit(number: int = 1) -> None:
    async with db.unit_of_work() as uow:
        promise(uow, number)


async def kinds() -> list[str]:
    return [row["kind"] for row in await rows()]


class TestCourier:
    async def test_hands_over_right_after_the_commit(self, recorder: Recorder) -> None:
        async with courier.running(Courier(recorder, recorder, clock=lambda: NOW)):
            async with db.unit_of_work() as uow:
                promise(uow)
                await asyncio.sleep(0.02)
                assert recorder.messages == []
            await until(lambda: len(recorder.messages) == 2, "both messages to be handed over")

        task, event = recorder.messages
        assert (task.name, dict(task.payload)) == ("run_job", {"queue": "jobs", "kwargs": {"job_id": 1}})
        assert (event.name, event.payload["topics"]) == ("job.created", ["job:1", "org:1", f"jobs:{ORG}"])

    async def test_deletes_what_was_published_and_postpones_what_was_enqueued(
        self, recorder: Recorder
    ) -> None:
        async with courier.running(Courier(recorder, recorder, clock=lambda: NOW + timedelta(seconds=1))):
            await commit()

            async def is_booked() -> bool:
                found = await rows()
                return [row["available_at"] for row in found] == [NOW + timedelta(seconds=61)]

            await until(is_booked, "the task alone to be left, for later")

        assert await kinds() == ["task"]

    async def test_deletes_a_task_when_it_is_acknowledged(self, recorder: Recorder) -> None:
        async with courier.running(Courier(recorder, recorder, clock=lambda: NOW)):
            await commit()
            await commit()
            await until(lambda: len(recorder.messages) == 4, "the messages to be handed over")
            done, waiting = sorted(message.id for message in recorder.messages if message.kind == "task")
            courier.acknowledge(done)

            async def is_gone() -> bool:
                return [row["id"] for row in await rows()] == [waiting]

            await until(is_gone, "the acknowledged task to go and the other to stay")

    async def test_books_what_it_still_has_when_it_stops(self, recorder: Recorder) -> None:
        async with courier.running(Courier(recorder, recorder, clock=lambda: NOW)):
            await asyncio.sleep(0)
            await commit()
            task_id = (await rows())[0]["id"]
            courier.acknowledge(task_id)

        assert len(recorder.messages) == 2
        assert await rows() == []

    async def test_leaves_to_the_relay_what_it_cannot_send_and_goes_on(self, recorder: Recorder) -> None:
        broken = Recorder()
        broken.is_away = True
        async with courier.running(Courier(broken, recorder, clock=lambda: NOW)):
            await commit(1)
            await until(lambda: broken.refused == 1, "the first task to be refused")
            broken.is_away = False
            await commit(2)
            await until(lambda: len(broken.messages) == 1, "the second task to be sent")

        left = [row for row in await rows() if row["payload"].get("kwargs") == {"job_id": 1}]
        assert [row["available_at"] for row in left] == [NOW + HANDOVER_GRACE]
        assert [message.payload["kwargs"] for message in broken.messages] == [{"job_id": 2}]

    async def test_keeps_events_that_nobody_was_told_of(self, recorder: Recorder) -> None:
        broken = Recorder()
        broken.is_away = True
        async with courier.running(Courier(recorder, broken, clock=lambda: NOW)):
            await commit()
            await until(lambda: broken.refused == 1, "the event to be refused")

        event = next(row for row in await rows() if row["kind"] == "event")
        assert event["available_at"] == NOW + HANDOVER_GRACE

    async def test_survives_a_database_that_is_away_when_it_books(
        self, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        failures = 0

        async def away(*_args: object, **_options: object) -> None:
            nonlocal failures
            failures += 1
            raise db.DatabaseUnavailable

        async with courier.running(Courier(recorder, recorder, clock=lambda: NOW)):
            with monkeypatch.context() as patch:
                patch.setattr(queries, "delete", away)
                await commit()
                await until(lambda: failures > 0, "the bookkeeping to fail")
            await commit()

            async def second_is_booked() -> bool:
                return (await kinds()).count("event") == 1

            await until(second_is_booked, "the second event to be booked")

    async def test_forgets_the_oldest_beyond_its_capacity(
        self, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(courier, "_CAPACITY", 10)
        full = Courier(recorder, recorder, clock=lambda: NOW)
        messages = [service._task(Task("run_job", "jobs", {"n": n}), None) for n in range(25)]
        full.hand_over(messages)

        async with courier.running(full):
            await until(lambda: len(recorder.messages) > 0, "what is left to be sent")

        assert recorder.ids == [message.id for message in messages[-10:]]

    async def test_sends_what_has_gathered_in_one_batch(self, recorder: Recorder) -> None:
        gathered = Courier(recorder, recorder, clock=lambda: NOW)
        for number in range(50):
            gathered.hand_over([service._task(Task("run_job", "jobs", {"n": number}), None)])

        async with courier.running(gathered):
            await until(lambda: len(recorder.messages) == 50, "all of them")

        assert len(recorder.batches) == 1

    async def test_is_not_needed(self, settings: Settings) -> None:
        """Without one, every message waits for the relay."""
        await commit()
        courier.acknowledge(ids.uuid7())

        assert await kinds() == ["task", "event"]
