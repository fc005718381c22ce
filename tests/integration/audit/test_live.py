"""Following the audit log: every sealed entry, in order, once, whatever happens meanwhile."""

import asyncio
import contextlib
import random
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import dataclass

import pytest
from redis.asyncio import Redis

from app.audit import events, queries, sealer, service
from app.audit.live import AuditFeeds
from app.audit.types import AuditRecord
from app.core.clock import utcnow
from app.core.config import Settings
from app.core.errors import Forbidden, NotFound
from app.core.ids import OrgId
from app.core.principal import Principal
from app.infra import db, feeds, redis
from app.infra.pubsub import Hub, Publisher
from app.outbox import courier as outbox_courier
from app.outbox.courier import Courier
from tests.factories import audit
from tests.factories.orgs import NOW
from tests.factories.senders import Recorder
from tests.fakes import statements
from tests.waiting import until


class Following:
    """Keeps every entry that it is sent."""

    def __init__(self, records: AsyncGenerator[AuditRecord, None]) -> None:
        self.seen: list[AuditRecord] = []
        self._task = asyncio.create_task(self._follow(records))

    @property
    def seqs(self) -> list[int | None]:
        return [record.seq for record in self.seen]

    async def until(self, count: int) -> None:
        await until(lambda: self._task.done() or len(self.seen) >= count, f"{count} entries")
        assert len(self.seen) >= count, self._task

    async def stop(self) -> None:
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task

    async def _follow(self, records: AsyncGenerator[AuditRecord, None]) -> None:
        async with aclosing(records):
            async for record in records:
                self.seen.append(record)


@dataclass
class Stage:
    feeds: AuditFeeds
    client: Redis
    settings: Settings
    org: OrgId
    who: Principal
    looks: list[int]

    async def write(self, count: int, *, start: int = 0) -> None:
        """Written, sealed, told."""
        await audit.write(self.org, count, start=start)
        await audit.seal_all(self.settings)

    @asynccontextmanager
    async def follow(self, after: int | None = None) -> AsyncIterator[Following]:
        subscriber = Following(self.feeds.follow(self.who, self.org, after=after))
        try:
            yield subscriber
        finally:
            await subscriber.stop()

    async def listeners(self) -> int:
        [(_, count)] = await self.client.pubsub_numsub(f"launchkit:topic:{events.topic(self.org)}")
        return int(count)

    async def joined(self) -> None:
        """The only follower knows where it begins: reader and follower have looked how long the log is."""
        await until(lambda: len(self.looks) >= 2, "the follower to have looked")

    async def is_unheard(self) -> bool:
        return await self.listeners() == 0


@pytest.fixture
async def stage(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    looks: list[int] = []
    last_seq = queries.last_seq

    async def look(org_id: OrgId) -> int:
        looks.append(await last_seq(org_id))
        return looks[-1]

    monkeypatch.setattr(queries, "last_seq", look)
    client = redis.connect(settings.require_redis_url())
    hub = Hub(redis.connect(settings.require_redis_url()))
    reading = asyncio.create_task(hub.run())
    org = audit.new_org()
    # The sealer's events leave as they do in a scheduler: through the outbox.
    async with outbox_courier.running(Courier(Recorder(), Publisher(client), clock=utcnow)):
        yield Stage(AuditFeeds(hub), client, settings, org, audit.auditor(org), looks)
    reading.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await reading
    await client.aclose()


async def come_and_go(stage: Stage, total: int) -> list[int | None]:
    """As a client that loses its connection again and again and resumes."""
    seen: list[int | None] = []
    while len(seen) < total:
        async with aclosing(stage.feeds.follow(stage.who, stage.org, after=len(seen))) as records:
            async for record in records:
                seen.append(record.seq)
                if random.random() < 0.05 or len(seen) == total:
                    break
    return seen


async def doze(stage: Stage, total: int) -> list[int | None]:
    """As a client that is slower than its buffer is long."""
    seen: list[int | None] = []
    async with aclosing(stage.feeds.follow(stage.who, stage.org, after=0)) as records:
        async for record in records:
            seen.append(record.seq)
            if len(seen) % 20 == 0:
                await asyncio.sleep(0.05)
            if len(seen) == total:
                break
    return seen


class TestFollow:
    async def test_begins_with_the_newest_and_gives_every_newer_one(self, stage: Stage) -> None:
        await stage.write(3)
        async with stage.follow() as subscriber:
            await subscriber.until(1)
            await stage.write(2, start=3)
            await subscriber.until(3)
        assert subscriber.seqs == [3, 4, 5]
        assert [record.changes["number"] for record in subscriber.seen] == [2, 3, 4]

    async def test_of_an_empty_log_waits_for_the_first(self, stage: Stage) -> None:
        async with stage.follow() as subscriber:
            await stage.joined()
            await stage.write(2)
            await subscriber.until(2)
        assert subscriber.seqs == [1, 2]

    @pytest.mark.parametrize(
        ("after", "seqs"), [(0, [1, 2, 3, 4]), (2, [3, 4]), (3, [4]), (99, [3, 4]), (-5, [1, 2, 3, 4])]
    )
    async def test_goes_on_after_what_was_seen(self, stage: Stage, after: int, seqs: list[int]) -> None:
        await stage.write(3)
        async with stage.follow(after) as subscriber:
            await stage.joined()
            await stage.write(1, start=3)
            await subscriber.until(len(seqs))
        assert subscriber.seqs == seqs

    async def test_shows_nothing_before_it_is_sealed(self, stage: Stage) -> None:
        await stage.write(1)
        async with stage.follow(0) as subscriber:
            await subscriber.until(1)
            await audit.write(stage.org, 1, start=1)
            await Publisher(stage.client).wake(events.topic(stage.org))
            await asyncio.sleep(0.05)
            assert subscriber.seqs == [1]
            await audit.seal_all(stage.settings)
            await subscriber.until(2)

    async def test_is_for_those_who_may(self, stage: Stage) -> None:
        stranger = audit.auditor(audit.new_org())
        member = Principal("user", stranger.id, {stage.org: frozenset()})
        for who, refusal in ((stranger, NotFound), (member, Forbidden)):
            with pytest.raises(refusal):
                await anext(stage.feeds.follow(who, stage.org))
        assert await stage.listeners() == 0

    async def test_shows_nothing_of_another_org(self, stage: Stage) -> None:
        other = audit.new_org()
        async with stage.follow(0) as subscriber:
            await stage.joined()
            await audit.write(other, 3)
            await stage.write(2)
            await subscriber.until(2)
        assert {record.org_id for record in subscriber.seen} == {stage.org}

    async def test_loses_nothing_under_hammering(self, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
        """Many write at once, two seal, followers come and go, one sleeps past its buffer."""
        monkeypatch.setattr(feeds, "BUFFER", 8)
        monkeypatch.setattr(sealer, "_BATCH", 7)
        total, writing = 300, True

        async def keep_sealing() -> None:
            one = audit.sealer_of(stage.settings)
            while writing or await db.fetchval("SELECT count(*) FROM audit_unsealed"):
                await one.tick(now=NOW)
                await asyncio.sleep(0.001)

        async def write(number: int) -> None:
            async with db.unit_of_work(shares_commit=True) as uow:
                service.record(uow, audit.entry(stage.org, number))

        async with stage.follow(0) as quick:
            sealing = [asyncio.create_task(keep_sealing()) for _ in range(2)]
            following = [
                asyncio.create_task(one)
                for one in (come_and_go(stage, total), come_and_go(stage, total), doze(stage, total))
            ]
            for start in range(0, total, 50):
                await asyncio.gather(*(write(number) for number in range(start, start + 50)))
            writing = False
            await asyncio.gather(*sealing)
            await quick.until(total)
            async with asyncio.timeout(60):
                results = [*await asyncio.gather(*following), quick.seqs]

        assert all(seqs == list(range(1, total + 1)) for seqs in results)


class TestFanOut:
    async def test_reads_once_however_many_follow(self, stage: Stage) -> None:
        await stage.write(1)
        async with AsyncExitStack() as stack:
            crowd = [await stack.enter_async_context(stage.follow()) for _ in range(30)]
            for subscriber in crowd:
                await subscriber.until(1)
            assert await stage.listeners() == 1, "one subscription per process"
            with statements.recorded() as seen:
                await stage.write(2, start=1)
                for subscriber in crowd:
                    await subscriber.until(3)
            assert sum("FROM audit_seal AS seal" in sql for sql in seen) <= 4, "per wake-up, not per follower"
        assert {tuple(subscriber.seqs) for subscriber in crowd} == {(1, 2, 3)}

    async def test_lets_go_of_everything_when_the_last_one_leaves(self, stage: Stage) -> None:
        await stage.write(1)
        async with stage.follow() as subscriber:
            await subscriber.until(1)
        assert stage.feeds._feeds == {}
        await until(stage.is_unheard, "nobody to listen")
