"""Following the jobs of an org: every state, in one order, whatever commits when."""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

import asyncpg
import pytest

from app.core.config import Settings
from app.core.errors import Forbidden, NotFound
from app.core.ids import WorkspaceId, uuid7
from app.core.principal import Permission, Principal
from app.infra import db, redis
from app.infra.pubsub import Hub, Publisher
from app.jobs import changes, execution
from app.jobs.org_live import SNAPSHOT, JobsFeeds
from app.jobs.types import JobsUpdate
from tests.factories import jobs
from tests.factories.orgs import NOW, Tenant
from tests.waiting import eventually


@dataclass
class Following:
    seen: list[JobsUpdate] = field(default_factory=list)

    @property
    def steps(self) -> list[tuple[object, int]]:
        return [(job.id, job.seq) for update in self.seen if not update.is_snapshot for job in update.jobs]


@dataclass
class Stage:
    feeds: JobsFeeds
    publisher: Publisher
    acme: Tenant

    async def wake(self) -> None:
        await self.publisher.wake(f"jobs:{self.acme.org_id}")

    @asynccontextmanager
    async def follow(
        self, *, after: int | None = None, by: Principal | None = None
    ) -> AsyncIterator[Following]:
        found = Following()
        updates = self.feeds.open(by or self.acme.owner, self.acme.org_id).updates(after=after)

        async def read() -> None:
            async with aclosing(updates):
                async for update in updates:
                    found.seen.append(update)

        task = asyncio.create_task(read())
        try:
            yield found
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task


@pytest.fixture
async def stage(acme: Tenant, settings: Settings) -> AsyncIterator[Stage]:
    client = redis.connect(settings.require_redis_url())
    hub = Hub(redis.connect(settings.require_redis_url()))
    reading = asyncio.create_task(hub.run())
    yield Stage(JobsFeeds(hub), Publisher(client), acme)
    reading.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await reading
    await client.aclose()


class TestFollow:
    async def test_begins_with_the_newest_jobs_and_goes_on_with_every_state(self, stage: Stage) -> None:
        old = await jobs.running(stage.acme)
        async with stage.follow() as seen:
            await eventually(lambda: seen.seen)
            [first] = seen.seen
            assert (first.is_snapshot, first.resynced) == (True, False)
            assert [(job.id, job.seq) for job in first.jobs] == [(old.job.id, 2)]
            new = await jobs.running(stage.acme)
            await jobs.say(new, "whales ")
            await execution.succeed(new, jobs.OUTCOME, now=NOW)
            await stage.wake()
            await eventually(lambda: len(seen.steps) >= 3)
        assert seen.steps == [(new.job.id, 1), (new.job.id, 2), (new.job.id, 4)]
        states = [job.state.value for update in seen.seen[1:] for job in update.jobs]
        assert states == ["QUEUED", "RUNNING", "SUCCEEDED"]
        assert all(job.result is None and not job.input for update in seen.seen for job in update.jobs)

    async def test_sends_a_snapshot_also_where_there_are_no_jobs(self, stage: Stage) -> None:
        async with stage.follow(by=stage.acme.key) as seen:
            await eventually(lambda: seen.seen)
        assert (seen.seen[0].is_snapshot, list(seen.seen[0].jobs)) == (True, [])

    async def test_shows_a_key_the_jobs_of_its_workspace(self, stage: Stage) -> None:
        elsewhere = replace(stage.acme.key, workspace_id=WorkspaceId(uuid7()))
        async with stage.follow(by=elsewhere) as others, stage.follow(by=stage.acme.key) as seen:
            await eventually(lambda: seen.seen and others.seen)
            lease = await jobs.running(stage.acme)
            await stage.wake()
            await eventually(lambda: len(seen.steps) == 2)
        assert seen.steps == [(lease.job.id, 1), (lease.job.id, 2)]
        assert others.steps == []
        assert list(others.seen[0].jobs) == []

    async def test_is_refused_to_others(self, stage: Stage, rival: Tenant) -> None:
        with pytest.raises(NotFound):
            stage.feeds.open(rival.owner, stage.acme.org_id)
        powerless = replace(
            stage.acme.key, orgs={stage.acme.org_id: frozenset(Permission) - {Permission.JOBS_READ}}
        )
        with pytest.raises(Forbidden):
            stage.feeds.open(powerless, stage.acme.org_id)

    async def test_shows_nothing_of_another_org(self, stage: Stage, rival: Tenant) -> None:
        async with stage.follow() as seen:
            await eventually(lambda: seen.seen)
            await jobs.running(rival)
            lease = await jobs.running(stage.acme)
            await stage.wake()
            await eventually(lambda: len(seen.steps) == 2)
        assert {job_id for job_id, _ in seen.steps} == {lease.job.id}


class TestResuming:
    async def test_brings_every_state_since(self, stage: Stage) -> None:
        await jobs.running(stage.acme)
        async with stage.follow() as before:
            await eventually(lambda: before.seen)
        lease = await jobs.running(stage.acme)
        await execution.succeed(lease, jobs.OUTCOME, now=NOW)
        async with stage.follow(after=before.seen[-1].seq) as seen:
            await eventually(lambda: len(seen.steps) >= 3)
        assert seen.steps == [(lease.job.id, 1), (lease.job.id, 2), (lease.job.id, 3)]
        assert not any(update.resynced for update in seen.seen)

    @pytest.mark.parametrize("after", [0, 2**62])
    async def test_from_what_is_not_kept_is_marked(self, stage: Stage, after: int) -> None:
        lease = await jobs.running(stage.acme)
        async with stage.follow(after=after) as seen:
            await eventually(lambda: seen.seen)
        assert (seen.seen[0].resynced, [job.id for job in seen.seen[0].jobs]) == (True, [lease.job.id])

    async def test_from_before_a_job_whose_history_is_gone_is_marked(self, stage: Stage) -> None:
        """Also where an older job has kept its own."""
        await jobs.queued(stage.acme, run_at=NOW + timedelta(days=300))
        after = (await changes.standing(stage.acme.org_id)).seq
        await execution.succeed(await jobs.running(stage.acme), jobs.OUTCOME, now=NOW)
        assert await changes.is_kept(stage.acme.org_id, after)
        later = NOW + timedelta(days=200)
        assert await execution.purge(now=later) == 1
        await jobs.queued(stage.acme, now=later)
        recent = (await changes.standing(stage.acme.org_id)).seq

        async with stage.follow(after=after) as found:
            await eventually(lambda: bool(found.seen))
        assert (found.seen[0].is_snapshot, found.seen[0].resynced) == (True, True)
        assert await changes.is_kept(stage.acme.org_id, recent)

    async def test_after_too_much_is_marked(self, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("app.jobs.org_live._MAX_REPLAY", 2)
        await jobs.running(stage.acme)
        start = (await changes.standing(stage.acme.org_id)).seq
        lease = await jobs.running(stage.acme)
        await execution.succeed(lease, jobs.OUTCOME, now=NOW)
        async with stage.follow(after=start) as seen:
            await eventually(lambda: any(update.resynced for update in seen.seen))
        assert len(seen.seen[-1].jobs) <= SNAPSHOT

    async def test_tells_a_large_transaction_whole(
        self, stage: Stage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Half of it would be missed by who goes on from its place."""
        monkeypatch.setattr(changes, "_PAGE", 2)
        start = (await changes.standing(stage.acme.org_id)).seq
        first = await jobs.running(stage.acme)
        await db.execute(
            "INSERT INTO job_event (job_id, seq, kind, state, attempt, progress, at) "
            "SELECT $1, 10 + n, 'state', 'RUNNING', 1, 0, now() FROM generate_series(1, 5) AS n",
            first.job.id,
        )
        pages = []
        while (page := await changes.after(stage.acme.org_id, start)) is not None:
            pages.append([job.seq for job in page.jobs])
            start = page.seq
        assert pages == [[1, 2], [11, 12, 13, 14, 15]]


class TestOrder:
    async def test_waits_for_an_older_transaction_and_is_not_woken_for_it(
        self, stage: Stage, settings: Settings
    ) -> None:
        """A later one commits first: if that were told at once, who goes on from there would miss the earlier."""
        slow = await jobs.running(stage.acme)
        connection = await asyncpg.connect(settings.require_database_url())
        async with stage.follow() as seen:
            await eventually(lambda: seen.seen)
            transaction = connection.transaction()
            await transaction.start()
            await connection.execute(_STATE, slow.job.id, 50)
            quick = await jobs.running(stage.acme)
            await stage.wake()
            await asyncio.sleep(0.2)
            assert seen.steps == [], "nothing is settled"
            await transaction.commit()
            await eventually(lambda: len(seen.steps) == 3)
        await connection.close()
        assert seen.steps == [(slow.job.id, 50), (quick.job.id, 1), (quick.job.id, 2)]

    async def test_is_the_same_for_all_and_without_gaps_under_hammering(
        self, stage: Stage, settings: Settings
    ) -> None:
        lease = await jobs.running(stage.acme)
        pool = await asyncpg.create_pool(settings.require_database_url(), min_size=8, max_size=8)
        numbers = iter(range(100, 300))

        async def write() -> None:
            for number in numbers:
                async with pool.acquire() as connection, connection.transaction():
                    await connection.execute(_STATE, lease.job.id, number)
                    await asyncio.sleep(random.random() / 100)
                await stage.wake()

        async with stage.follow() as whole:
            await eventually(lambda: whole.seen)
            start = whole.seen[0].seq
            writing = asyncio.gather(*(write() for _ in range(8)))
            interrupted: list[tuple[object, int]] = []
            while len(set(interrupted)) < 200:
                # Comes and goes, each time from where it was.
                async with stage.follow(after=start) as part:
                    await eventually(lambda: part.steps or len(whole.steps) >= 200)
                    await asyncio.sleep(0.01)
                interrupted += part.steps
                start = part.seen[-1].seq if part.seen else start
            await writing
            await eventually(lambda: len(whole.steps) >= 200)
        await pool.close()
        assert sorted(seq for _, seq in whole.steps) == list(range(100, 300))
        # What came together for those who stayed may begin with what one who came has seen.
        assert list(dict.fromkeys(interrupted)) == whole.steps


_STATE = """
INSERT INTO job_event (job_id, seq, kind, state, attempt, progress, at) VALUES ($1, $2, 'state', 'RUNNING', 1, 0, now())
"""
