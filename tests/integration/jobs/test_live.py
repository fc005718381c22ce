"""Following jobs: nothing missed, nothing twice, nobody held up."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass, replace
from typing import Any

import pytest
from redis.asyncio import Redis

from app.core.config import Settings
from app.infra import db, feeds, redis
from app.infra.db import DatabaseUnavailable
from app.infra.pubsub import Hub, Publisher
from app.jobs import events, execution, queries
from app.jobs.errors import JobNotFound
from app.jobs.execution import Lease
from app.jobs.live import JobFeeds
from app.jobs.state import State
from app.jobs.types import JobEvent, JobUpdate
from tests.factories import jobs, limits
from tests.factories.orgs import NOW, Tenant
from tests.fakes import statements
from tests.fakes.updates import Following, following
from tests.waiting import eventually


@dataclass
class Stage:
    """What a web process has: feeds, and the Redis by which they are woken."""

    feeds: JobFeeds
    publisher: Publisher
    client: Redis
    acme: Tenant

    async def wake(self, lease: Lease) -> None:
        await self.publisher.wake(events.topic(lease.job.id))

    async def say(self, lease: Lease, *deltas: str) -> None:
        """As a worker does: written, then told."""
        for delta in deltas:
            offset = len(await jobs.output_of(lease.job.id, lease.job.attempt))
            await execution.progress(lease, percent=10, offset=offset, delta=delta, now=NOW)
            await self.wake(lease)

    async def succeed(self, lease: Lease) -> None:
        await execution.succeed(lease, jobs.OUTCOME, now=NOW)
        await self.wake(lease)

    def follow(
        self, lease: Lease, *, after: int | None = None
    ) -> contextlib.AbstractAsyncContextManager[Following]:
        return following(self.feeds.follow(self.acme.key, lease.job.id, after=after))

    async def listeners(self, lease: Lease) -> int:
        """Processes that Redis would wake."""
        [(_, count)] = await self.client.pubsub_numsub(f"launchkit:topic:{events.topic(lease.job.id)}")
        return int(count)


@pytest.fixture
async def stage(acme: Tenant, settings: Settings) -> AsyncIterator[Stage]:
    client = redis.connect(settings.require_redis_url())
    hub = Hub(redis.connect(settings.require_redis_url()))
    reading = asyncio.create_task(hub.run())
    yield Stage(JobFeeds(hub), Publisher(client), client, acme)
    reading.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await reading
    await client.aclose()


def text(updates: list[JobUpdate]) -> str:
    """As a client puts it together."""
    output = ""
    for update in updates:
        if update.output:
            assert update.output_offset <= len(output), "a gap"
            output = output[: update.output_offset] + update.output
    return output


class TestWithoutStreaming:
    async def test_gives_every_state_but_no_text_until_the_result(self, stage: Stage) -> None:
        await limits.put_on(stage.acme, "FREE")
        lease = await jobs.running(stage.acme)
        await jobs.say(lease, "Whales ")
        async with stage.follow(lease) as subscriber:
            await subscriber.until_seq(3)
            await stage.say(lease, "sing.")
            await subscriber.until_seq(4)
            await stage.succeed(lease)
            seen = await subscriber.to_the_end()
        assert [update.job.seq for update in seen] == [3, 4, 5]
        assert [(update.output, update.is_withheld) for update in seen] == [("", True)] * 3
        assert seen[-1].job.result == jobs.OUTCOME.result

    async def test_sends_the_text_of_an_org_whose_plan_has_it(self, stage: Stage) -> None:
        lease = await jobs.running(stage.acme)
        await jobs.say(lease, "Whales ")
        async with stage.follow(lease) as subscriber:
            await subscriber.until_seq(3)
            await stage.succeed(lease)
            seen = await subscriber.to_the_end()
        assert (text(seen), {update.is_withheld for update in seen}) == ("Whales ", {False})


class TestFollow:
    async def test_begins_with_a_snapshot_and_then_gives_every_newer_state(self, stage: Stage) -> None:
        job = await jobs.queued(stage.acme)
        async with following(stage.feeds.follow(stage.acme.key, job.id)) as subscriber:
            await subscriber.until_seq(1)
            lease = await jobs.leased(job)
            await stage.wake(lease)
            await subscriber.until_seq(2)
            await stage.say(lease, "Whales ")
            await subscriber.until_seq(3)
            await stage.say(lease, "sing.")
            await subscriber.until_seq(4)
            await stage.succeed(lease)
            seen = await subscriber.to_the_end()

        assert [update.job.seq for update in seen] == [1, 2, 3, 4, 5]
        assert [update.job.state.value for update in seen] == ["QUEUED", *["RUNNING"] * 3, "SUCCEEDED"]
        assert [(u.output_offset, u.output) for u in seen[2:4]] == [(0, "Whales "), (7, "sing.")]
        assert seen[-1].job == replace(await jobs.read(job.id), input={})
        assert not any(update.resynced for update in seen)

    async def test_gives_the_text_so_far_in_the_snapshot(self, stage: Stage) -> None:
        lease = await jobs.running(stage.acme)
        await stage.say(lease, "Whales ", "sing.")
        async with stage.follow(lease) as subscriber:
            await subscriber.until_seq(4)
        [snapshot] = subscriber.seen
        assert (snapshot.output, snapshot.output_offset, snapshot.resynced) == ("Whales sing.", 0, False)

    async def test_of_a_job_that_has_ended_is_its_end(self, stage: Stage) -> None:
        lease = await jobs.running(stage.acme)
        await stage.succeed(lease)
        async with stage.follow(lease) as subscriber:
            [only] = await subscriber.to_the_end()
        assert only.job.state is State.SUCCEEDED

    async def test_misses_nothing_that_happens_between_listening_and_reading(
        self, stage: Stage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lease = await jobs.running(stage.acme)
        read = queries.read
        changes = ["a", "b", "c", "d"]
        one_at_a_time = asyncio.Lock()

        async def read_while_it_changes(job_id: Any) -> Any:
            found = await read(job_id)
            async with one_at_a_time:
                if changes:
                    await stage.say(lease, changes.pop(0))
            return found

        monkeypatch.setattr(queries, "read", read_while_it_changes)
        async with stage.follow(lease) as subscriber:
            await subscriber.until_seq(6)
        assert text(subscriber.seen) == "abcd"
        assert subscriber.seqs == sorted(set(subscriber.seqs))

    @pytest.mark.parametrize("who", ["key", "owner"])
    async def test_of_another_org_is_as_of_no_job(self, stage: Stage, rival: Tenant, who: str) -> None:
        lease = await jobs.running(stage.acme)
        for job_id in (lease.job.id, jobs.MISSING):
            with pytest.raises(JobNotFound):
                await anext(stage.feeds.follow(getattr(rival, who), job_id))
        assert await stage.listeners(lease) == 0

    async def test_of_another_workspace_is_as_of_no_job(self, stage: Stage) -> None:
        lease = await jobs.running(stage.acme)
        test_key = replace(stage.acme.key, workspace_id=stage.acme.test.id)
        with pytest.raises(JobNotFound):
            await anext(stage.feeds.follow(test_key, lease.job.id))


class TestResume:
    async def test_replays_exactly_what_came_since(self, stage: Stage) -> None:
        lease = await jobs.running(stage.acme)
        await stage.say(lease, "one ", "two ", "three ")
        async with stage.follow(lease, after=3) as subscriber:
            await subscriber.until_seq(5)
            await stage.say(lease, "four")
            await subscriber.until_seq(6)
        assert [(u.output_offset, u.output) for u in subscriber.seen] == [(4, "two three "), (14, "four")]
        assert not any(update.resynced for update in subscriber.seen)

    async def test_replays_each_state(self, stage: Stage) -> None:
        lease = await jobs.running(stage.acme)
        await execution.fail(lease, jobs.BROKEN, is_retryable=True, now=NOW)
        await execution.queue_due(now=(await jobs.read(lease.job.id)).run_at)
        await stage.succeed(await jobs.leased(lease.job))
        async with stage.follow(lease, after=1) as subscriber:
            seen = await subscriber.to_the_end()
        assert [(u.job.seq, u.job.state.value) for u in seen] == [
            (2, "RUNNING"),
            (3, "SCHEDULED"),
            (4, "QUEUED"),
            (5, "RUNNING"),
            (6, "SUCCEEDED"),
        ]

    async def test_from_the_present_waits_for_what_is_newer(self, stage: Stage) -> None:
        lease = await jobs.running(stage.acme)
        async with stage.follow(lease, after=2) as subscriber:
            await eventually(lambda: stage.listeners(lease))
            await stage.say(lease, "new")
            await subscriber.until_seq(3)
        assert subscriber.seqs == [3]

    async def test_from_the_end_of_a_job_is_over_at_once(self, stage: Stage) -> None:
        lease = await jobs.running(stage.acme)
        await stage.succeed(lease)
        async with stage.follow(lease, after=3) as subscriber:
            assert await subscriber.to_the_end() == []

    async def test_from_beyond_the_present_starts_over_and_goes_on(self, stage: Stage) -> None:
        """The cursor is not of this job: whoever believed it would never hear of it again."""
        lease = await jobs.running(stage.acme)
        await stage.say(lease, "Whales ")
        async with stage.follow(lease, after=1_000_000) as subscriber:
            await subscriber.until_seq(3)
            assert subscriber.seen[0].resynced
            assert subscriber.seen[0].output == "Whales "
            await stage.succeed(lease)
            seen = await subscriber.to_the_end()
        assert [update.job.seq for update in seen] == [3, 4]

    @pytest.mark.parametrize("after", [-1, -(2**31)])
    async def test_from_before_the_beginning_starts_over(self, stage: Stage, after: int) -> None:
        lease = await jobs.running(stage.acme)
        async with stage.follow(lease, after=after) as subscriber:
            await subscriber.until_seq(2)
        assert [(u.job.seq, u.resynced) for u in subscriber.seen] == [(2, True)]

    async def test_says_so_when_the_steps_are_no_longer_kept(self, stage: Stage) -> None:
        lease = await jobs.running(stage.acme)
        await stage.say(lease, "Whales ", "sing.")
        await db.execute("DELETE FROM job_event WHERE seq <= 2")
        async with stage.follow(lease, after=1) as subscriber:
            await subscriber.until_seq(4)
        [only] = subscriber.seen
        assert (only.resynced, only.output_offset, only.output) == (True, 0, "Whales sing.")


class TestFanOut:
    async def test_reads_once_however_many_follow(self, stage: Stage) -> None:
        lease = await jobs.running(stage.acme)
        async with AsyncExitStack() as stack:
            crowd = [await stack.enter_async_context(stage.follow(lease)) for _ in range(50)]
            for subscriber in crowd:
                await subscriber.until_seq(2)
            assert await stage.listeners(lease) == 1, "one subscription per process"
            with statements.recorded() as seen:
                await jobs.say(lease, "Whales")
                await stage.wake(lease)
                for subscriber in crowd:
                    await subscriber.until_seq(3)
            # Once more where it hears only now that it is subscribed; not once for each of the fifty.
            assert 1 <= sum("FROM job_event" in sql for sql in seen) <= 2
            assert 1 <= sum("FROM job WHERE" in sql for sql in seen) <= 2
        assert {subscriber.seen[-1].output for subscriber in crowd} == {"Whales"}

    async def test_gives_a_slow_follower_a_fresh_snapshot_and_holds_up_nobody(
        self, stage: Stage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(feeds, "BUFFER", 3)
        lease = await jobs.running(stage.acme)
        async with (
            stage.follow(lease) as quick,
            aclosing(stage.feeds.follow(stage.acme.key, lease.job.id)) as slow,
        ):
            first = await anext(slow)
            words = [f"word-{number} " for number in range(8)]
            for number, word in enumerate(words):
                await stage.say(lease, word)
                await quick.until_seq(3 + number)

            caught_up = await anext(slow)
            await stage.succeed(lease)
            rest = [update async for update in slow]

        assert (caught_up.resynced, caught_up.output_offset) == (True, 0)
        assert text([first, caught_up, *rest]) == "".join(words)
        assert rest[-1].job.state is State.SUCCEEDED
        assert not any(update.resynced for update in quick.seen)
        assert text(quick.seen) == "".join(words)

    async def test_remembers_no_more_of_a_slow_follower_than_its_buffer(self) -> None:
        follower = feeds.Follower[JobUpdate]()
        for _ in range(feeds.BUFFER + 1):
            follower.offer([_update()])
        assert len(follower._pending) == 0
        assert await follower.take() is None
        follower.offer([_update()])
        assert len(await follower.take() or []) == 1

    async def test_lets_go_of_everything_when_the_last_one_leaves(self, stage: Stage) -> None:
        lease = await jobs.running(stage.acme)
        async with stage.follow(lease) as first:
            await first.until_seq(2)
            async with stage.follow(lease) as second:
                await second.until_seq(2)
            assert await stage.listeners(lease) == 1, "the other one still listens"
        assert stage.feeds._feeds == {}
        await eventually(lambda: _none(stage, lease))

    async def test_lets_go_also_of_who_stops_between_two_updates(self, stage: Stage) -> None:
        lease = await jobs.running(stage.acme)
        async with aclosing(stage.feeds.follow(stage.acme.key, lease.job.id)) as updates:
            await anext(updates)
        assert stage.feeds._feeds == {}
        await eventually(lambda: _none(stage, lease))

    async def test_serves_again_after_everybody_had_left(self, stage: Stage) -> None:
        lease = await jobs.running(stage.acme)
        for seq in range(3, 8):
            async with stage.follow(lease) as subscriber:
                await subscriber.until_seq(seq - 1)
                await stage.say(lease, "x")
                await subscriber.until_seq(seq)


class TestWakeUps:
    async def test_that_are_lost_are_made_up_for_by_the_next(self, stage: Stage) -> None:
        lease = await jobs.running(stage.acme)
        async with stage.follow(lease) as subscriber:
            await subscriber.until_seq(2)
            await jobs.say(lease, "one ", "two ", "three")
            await execution.fail(lease, jobs.BROKEN, is_retryable=True, now=NOW)
            await stage.wake(lease)
            await subscriber.until_seq(6)
        assert [(u.job.seq, u.output) for u in subscriber.seen[1:]] == [(5, "one two three"), (6, "")]

    async def test_that_are_too_many_cost_nothing(self, stage: Stage) -> None:
        lease = await jobs.running(stage.acme)
        async with stage.follow(lease) as subscriber:
            await subscriber.until_seq(2)
            for _ in range(200):
                await stage.wake(lease)
            await stage.say(lease, "one")
            await subscriber.until_seq(3)
        assert subscriber.seqs == [2, 3]

    async def test_bring_more_steps_than_one_read_holds(self, stage: Stage) -> None:
        """Redis was away for minutes: the text must be whole all the same."""
        lease = await jobs.running(stage.acme)
        async with stage.follow(lease) as subscriber:
            await subscriber.until_seq(2)
            await db.execute(
                "INSERT INTO job_event SELECT $1, 2 + n, 'progress', 'RUNNING', 1, 10, (n - 1) * 5, "
                "lpad(n::text, 4, '0') || ' ', $2 FROM generate_series(1, 2500) AS n",
                lease.job.id,
                NOW,
            )
            await db.execute("UPDATE job SET seq = 2502 WHERE id = $1", lease.job.id)
            await stage.wake(lease)
            await subscriber.until_seq(2502)
        assert text(subscriber.seen) == "".join(f"{n:04} " for n in range(1, 2501))

    async def test_survive_the_loss_of_redis(self, stage: Stage) -> None:
        lease = await jobs.running(stage.acme)
        async with stage.follow(lease) as subscriber:
            await subscriber.until_seq(2)
            await stage.client.client_kill_filter(_type="pubsub")
            await jobs.say(lease, "one ")
            await stage.wake(lease)
            await subscriber.until_seq(3)
            await stage.say(lease, "two")
            await subscriber.until_seq(4)
        assert text(subscriber.seen) == "one two"


class TestReader:
    @pytest.mark.parametrize("error", [DatabaseUnavailable(), RuntimeError("nobody expected this")])
    async def test_tries_again_after_a_failure(
        self, stage: Stage, monkeypatch: pytest.MonkeyPatch, error: Exception
    ) -> None:
        monkeypatch.setattr(feeds, "_RETRY_SECONDS", 0.01)
        lease = await jobs.running(stage.acme)
        events_after = queries.events_after
        failures = [error]

        async def fail_once(*args: Any, **options: Any) -> list[JobEvent]:
            if failures:
                raise failures.pop()
            return list(await events_after(*args, **options))

        async with stage.follow(lease) as subscriber:
            await subscriber.until_seq(2)
            monkeypatch.setattr(queries, "events_after", fail_once)
            await jobs.say(lease, "one")
            await stage.wake(lease)
            await subscriber.until_seq(3)
        assert not failures
        assert text(subscriber.seen) == "one"


def _update() -> JobUpdate:
    return JobUpdate(None, "", 0, False)  # type: ignore[arg-type]  # the buffer looks at no job


async def _none(stage: Stage, lease: Lease) -> bool:
    return await stage.listeners(lease) == 0
