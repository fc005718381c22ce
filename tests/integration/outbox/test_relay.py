"""Sending what a crash, a full queue or an emptied Redis left behind."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import asyncpg
import pytest
import redis.asyncio

from app.core.config import Settings
from app.core.tasks import Task
from app.infra import db
from app.infra import redis as infra_redis
from app.infra.redis import RedisMemory
from app.outbox import courier, queries, service
from app.outbox.courier import PATIENCE, Courier
from app.outbox.relay import NeverForgets, Relay
from app.outbox.service import HANDOVER_GRACE
from tests.factories.orgs import NOW
from tests.factories.senders import Recorder
from tests.fakes import statements
from tests.integration.outbox.test_service import promise
from tests.waiting import until

DUE = NOW + HANDOVER_GRACE
MOMENT = timedelta(microseconds=1)


class Remembers:
    """A Redis that was never emptied."""

    async def is_lost(self) -> bool:
        return False

    async def mark(self) -> None:
        raise AssertionError("nothing was lost")

    async def renew(self) -> None:
        raise AssertionError("nothing was lost")


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def relay(settings: Settings, recorder: Recorder) -> Relay:
    return Relay(recorder, recorder, Remembers())


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator["redis.asyncio.Redis"]:
    opened = infra_redis.connect(settings.require_redis_url())
    yield opened
    await opened.aclose()


async def leave_behind(count: int = 1) -> None:
    for number in range(count):
        async with db.unit_of_work() as uow:
            promise(uow, number)


async def leave_tasks(count: int) -> None:
    async with db.unit_of_work() as uow:
        service.enqueue(uow, *(Task("run_job", "jobs", {"n": number}) for number in range(count)), now=NOW)


async def due_at() -> list[datetime]:
    rows = await db.fetch("SELECT available_at FROM outbox_message ORDER BY id")
    return [row["available_at"] for row in rows]


class TestTick:
    async def test_leaves_the_committing_process_its_time(self, relay: Relay, recorder: Recorder) -> None:
        await leave_behind()

        assert await relay.tick(now=DUE - MOMENT) == 0
        assert recorder.messages == []

    async def test_sends_what_was_left_behind(self, relay: Relay, recorder: Recorder) -> None:
        await leave_behind()

        assert await relay.tick(now=DUE) == 2

        assert sorted(message.kind for message in recorder.messages) == ["event", "task"]
        task = next(message for message in recorder.messages if message.kind == "task")
        assert dict(task.payload) == {"queue": "jobs", "kwargs": {"job_id": 0}}
        rows = await db.fetch("SELECT kind, attempts FROM outbox_message")
        assert [tuple(row) for row in rows] == [("task", 1)]

    async def test_sends_a_task_again_until_it_is_acknowledged_with_growing_pauses(
        self, relay: Relay, recorder: Recorder
    ) -> None:
        await leave_tasks(1)
        now = DUE
        for minutes in (1, 2, 4, 8, 8, 8):
            assert await relay.tick(now=now) == 1
            now += timedelta(minutes=minutes)
            assert await relay.tick(now=now - MOMENT) == 0
        assert len(set(recorder.ids)) == 1

        await queries.delete([recorder.ids[0]])
        assert await relay.tick(now=now) == 0

    async def test_sends_nothing_twice_at_one_time(self, relay: Relay, recorder: Recorder) -> None:
        await leave_behind(3)

        assert await relay.tick(now=DUE) == 6
        assert await relay.tick(now=DUE) == 0

    async def test_gives_each_message_to_one_of_many_relays(self, relay: Relay, recorder: Recorder) -> None:
        await leave_behind(30)
        relays = [relay, *(Relay(recorder, recorder, Remembers()) for _ in range(5))]

        sent = await asyncio.gather(*(each.tick(now=DUE) for each in relays))

        assert sum(sent) == 60
        assert len(recorder.ids) == len(set(recorder.ids)) == 60

    async def test_tries_again_soon_where_sending_fails(self, relay: Relay, recorder: Recorder) -> None:
        await leave_behind()
        recorder.is_away = True

        with pytest.raises(ConnectionError):
            await relay.tick(now=DUE)
        assert await due_at() == [DUE + timedelta(seconds=1)] * 2

        recorder.is_away = False
        assert await relay.tick(now=DUE + timedelta(seconds=1)) == 2
        assert len(recorder.messages) == 2

    async def test_claims_nothing_while_redis_is_away(self, settings: Settings, recorder: Recorder) -> None:
        await leave_behind()
        nowhere = infra_redis.connect("redis://127.0.0.1:1/0")
        relay = Relay(recorder, recorder, RedisMemory(nowhere))

        with pytest.raises(ConnectionError):
            await relay.tick(now=DUE)
        await nowhere.aclose()

        assert await due_at() == [DUE] * 2


class TestClaimDue:
    async def test_does_not_wait_for_what_another_holds(self, settings: Settings) -> None:
        await leave_tasks(10)
        other = await asyncpg.connect(settings.require_database_url())
        try:
            async with other.transaction():
                held = {
                    row["id"] for row in await other.fetch("SELECT id FROM outbox_message LIMIT 4 FOR UPDATE")
                }
                claimed = await asyncio.wait_for(queries.claim_due(now=DUE, limit=100), timeout=14)
        finally:
            await other.close()

        assert len(claimed) == 6
        assert held.isdisjoint(message.id for message in claimed)

    async def test_shares_a_backlog_without_overlap(self, settings: Settings) -> None:
        await leave_tasks(100)

        parts = await asyncio.gather(*(queries.claim_due(now=DUE, limit=7) for _ in range(8)))

        claimed = [message.id for part in parts for message in part]
        assert len(claimed) == len(set(claimed)) == 56
        assert max(len(part) for part in parts) == 7

    async def test_takes_what_nobody_has_ever_acknowledged_as_often_as_it_comes(
        self, settings: Settings
    ) -> None:
        await leave_behind()
        await db.execute("UPDATE outbox_message SET attempts = 32767")
        assert len(await queries.claim_due(now=DUE, limit=1)) == 1

    async def test_takes_the_longest_waiting_first(self, settings: Settings) -> None:
        for delay in (3, 1, 2):
            async with db.unit_of_work() as uow:
                service.enqueue(uow, Task("a", "q", {"delay": delay}), now=NOW + timedelta(seconds=delay))

        first = await queries.claim_due(now=DUE + timedelta(seconds=3), limit=1)
        assert [message.payload["kwargs"]["delay"] for message in first] == [1]


class TestEmptiedRedis:
    async def test_brings_every_task_back_at_once(
        self,
        settings: Settings,
        recorder: Recorder,
        client: "redis.asyncio.Redis",
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(courier, "_BOOKKEEPING_SECONDS", 0.01)
        relay = Relay(recorder, recorder, RedisMemory(client))
        await relay.tick(now=NOW)
        async with courier.running(Courier(recorder, recorder, clock=lambda: NOW)):
            await leave_behind(5)

            async def is_booked() -> bool:
                return await due_at() == [NOW + PATIENCE] * 5

            await until(is_booked, "five tasks to be booked as sent")
        sent = set(recorder.ids)
        recorder.batches.clear()

        assert await relay.tick(now=DUE) == 0, "Redis has them, as far as anybody knows"
        await client.flushall()
        assert await relay.tick(now=DUE) == 5

        assert {message.kind for message in recorder.messages} == {"task"}
        assert set(recorder.ids) < sent
        assert await relay.tick(now=DUE) == 0, "and only once"

    async def test_is_noticed_until_it_was_dealt_with(self, client: "redis.asyncio.Redis") -> None:
        memory = RedisMemory(client)
        for _ in range(2):
            await client.flushall()
            assert await memory.is_lost()
            await memory.mark()
            assert await memory.is_lost(), "the database may have failed in between"
            await memory.renew()
            assert not await memory.is_lost()

    async def test_is_noticed_though_it_comes_while_the_last_time_is_dealt_with(
        self,
        settings: Settings,
        recorder: Recorder,
        client: "redis.asyncio.Redis",
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        relay = Relay(recorder, recorder, RedisMemory(client))
        rearm = queries.rearm_tasks

        async def rearm_and_lose_again(*, now: datetime) -> int:
            count = await rearm(now=now)
            await leave_tasks(1)
            await client.flushall()
            return count

        with monkeypatch.context() as patched:
            patched.setattr(queries, "rearm_tasks", rearm_and_lose_again)
            await relay.tick(now=NOW)
        assert recorder.messages == [], "its time has not come"
        await relay.tick(now=NOW)
        assert len(recorder.messages) == 1, "what went with the second time is sent again at once"
        assert await relay.tick(now=NOW) == 0

    async def test_leaves_events_their_time(self, settings: Settings) -> None:
        """Redis never kept those: who sends them is about to."""
        await leave_behind()

        assert await queries.rearm_tasks(now=NOW) == 1
        rows = await db.fetch("SELECT kind, available_at FROM outbox_message ORDER BY kind")
        assert [tuple(row) for row in rows] == [("event", DUE), ("task", NOW)]

    async def test_is_made_good_in_batches(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        """One statement over a deep outbox would run into the statement time-out, again and again."""
        monkeypatch.setattr(queries, "_REARM_BATCH", 3)
        await leave_tasks(8)
        with statements.recorded() as sent:
            async with asyncio.timeout(14):
                assert await queries.rearm_tasks(now=NOW) == 8

        assert await due_at() == [NOW] * 8
        assert len([sql for sql in sent if "UPDATE outbox_message" in sql]) == 4, "three, three, two, none"

    async def test_says_that_it_is_away_as_a_port_does(self, settings: Settings) -> None:
        nowhere = infra_redis.connect("redis://127.0.0.1:1/0")
        with pytest.raises(ConnectionError):
            await RedisMemory(nowhere).is_lost()
        await nowhere.aclose()


class TestNeverForgets:
    async def test_leaves_every_task_its_time(self, settings: Settings, recorder: Recorder) -> None:
        memory = NeverForgets()
        await leave_tasks(2)

        assert await Relay(recorder, recorder, memory).tick(now=DUE - MOMENT) == 0
        assert await due_at() == [DUE] * 2
        await memory.mark()
        await memory.renew()
        assert not await memory.is_lost()


class TestBacklog:
    async def test_counts_what_waits(self, settings: Settings) -> None:
        assert await queries.backlog() == 0

        await leave_behind(2)

        assert await queries.backlog() == 4
