"""Equal subscriptions run once, and nobody notices but the machine."""

import asyncio
import contextlib
import gc
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

import aiohttp
import orjson
import pytest
from aiohttp.test_utils import TestServer

from app.core import ids
from app.core.config import Settings
from app.core.principal import Permission, Role
from app.infra import db, feeds, redis
from app.infra.db import DatabaseUnavailable
from app.infra.feeds import Feeds, Over, Reader, Stream
from app.infra.pubsub import Hub, Publisher
from app.jobs import events, execution
from app.jobs.execution import Lease
from app.jobs.live import JobStream
from app.web.credential_watch import WATCH
from schema.core import sharing, transport
from schema.core.live import Live
from schema.core.sharing import Frame, Member, Share, Shares
from tests.factories import apikeys, jobs
from tests.factories.orgs import NOW, Tenant, bearer, member
from tests.fakes import statements
from tests.fakes.web import serving
from tests.schema.conftest import Json
from tests.waiting import eventually

Socket = aiohttp.ClientWebSocketResponse
FOLLOW = """subscription($id: ID!, $after: Int) {
  jobUpdated(id: $id, after: $after) { seq output resynced job { workspace { name } createdBy { __typename } } }
}"""
PLAIN = "subscription($id: ID!) { jobUpdated(id: $id) { seq output } }"


@pytest.fixture
async def publisher(settings: Settings) -> AsyncIterator[Publisher]:
    client = redis.connect(settings.require_redis_url())
    yield Publisher(client)
    await client.aclose()


@asynccontextmanager
async def connected(server: TestServer, headers: dict[str, str]) -> AsyncIterator[Socket]:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(
            server.make_url("/graphql"), protocols=["graphql-transport-ws"], max_msg_size=0
        ) as opened,
    ):
        await opened.send_json({"type": "connection_init", "payload": headers})
        assert (await opened.receive_json(timeout=14))["type"] == "connection_ack"
        yield opened


async def follow(opened: Socket, operation: str, lease: Lease, query: str = FOLLOW, **variables: Any) -> Json:
    """Subscribes; the first update."""
    wanted = {"id": ids.encode("job", lease.job.id), **variables}
    payload = {"query": query, "variables": wanted}
    await opened.send_json({"id": operation, "type": "subscribe", "payload": payload})
    return await update(opened, operation)


async def update(opened: Socket, operation: str) -> Json:
    message = await opened.receive_json(timeout=14)
    assert (message["type"], message["id"]) == ("next", operation), message
    found: Json = message["payload"]["data"]["jobUpdated"]
    return found


async def say(publisher: Publisher, lease: Lease, text: str) -> None:
    await jobs.say(lease, text)
    await publisher.wake(events.topic(lease.job.id))


@pytest.fixture
def shares(monkeypatch: pytest.MonkeyPatch) -> list[Shares]:
    """Those of the servers that are made from here on."""
    found: list[Shares] = []
    made = transport.Sockets.__init__

    def remember(self: Any, *args: Any, **options: Any) -> None:
        made(self, *args, **options)
        found.append(self.shares)

    monkeypatch.setattr(transport.Sockets, "__init__", remember)
    return found


class TestSharedFrames:
    async def test_cost_the_queries_of_one_however_many_follow(
        self, server: TestServer, acme: Tenant, publisher: Publisher
    ) -> None:
        lease = await jobs.running(acme)
        async with connected(server, acme.headers) as opened:
            for number in range(50):
                await follow(opened, str(number), lease)
            with statements.recorded() as seen:
                await say(publisher, lease, "one")
                got = [await update(opened, str(number)) for number in range(50)]
        assert {each["output"] for each in got} == {"one"}
        assert got[0]["job"]["workspace"] == {"name": "Live"}
        assert sum("FROM job_event" in sql for sql in seen) == 1
        assert sum("FROM workspace" in sql for sql in seen) == 1
        assert sum("FROM api_key" in sql and "held" not in sql for sql in seen) == 1

    async def test_hold_what_is_followed_once(self, server: TestServer, acme: Tenant) -> None:
        """A job's input may be megabytes."""
        query = "subscription($id: ID!) { jobUpdated(id: $id) { seq output job { input } } }"
        # Of subscriptions of tests before, which may still be ending: kept, so that none of ours can have its place.
        of_others = _held()
        lease = await jobs.running(acme)
        async with connected(server, acme.headers) as opened:
            for number in range(5):
                await follow(opened, str(number), lease, query=query)
            gc.collect()
            theirs = {id(each) for each in of_others}
            assert sum(id(each) not in theirs for each in _held()) == 1

    async def test_have_the_id_of_each_operation(
        self, server: TestServer, acme: Tenant, publisher: Publisher
    ) -> None:
        names = ["1", 'é"\\', "9b2e8a64-0d8e-4f1e-bb5a-6d7a1cf0a1c7"]
        lease = await jobs.running(acme)
        async with connected(server, acme.headers) as opened:
            for name in names:
                await follow(opened, name, lease)
            await say(publisher, lease, "one")
            assert [(await update(opened, name))["output"] for name in names] == ["one"] * 3

    async def test_are_those_of_other_points_to_go_on_from_too(
        self, settings: Settings, acme: Tenant, publisher: Publisher, shares: list[Shares]
    ) -> None:
        lease = await jobs.running(acme)
        await jobs.say(lease, "one ", "two ")
        async with serving(settings) as server, connected(server, acme.headers) as opened:
            assert (await follow(opened, "1", lease))["output"] == "one two "
            assert (await follow(opened, "2", lease, after=3))["output"] == "two "
            await follow(opened, "3", lease, query=PLAIN)
            assert len(shares[-1]) == 2
            await say(publisher, lease, "three")
            told = [await opened.receive_json(timeout=14) for _ in range(3)]
            assert {
                one["id"]: one["payload"]["data"]["jobUpdated"]["output"] for one in told
            } == dict.fromkeys("123", "three")
            for name in "123":
                await opened.send_json({"id": name, "type": "complete"})
            await eventually(lambda: len(shares[-1]) == 0)

    async def test_are_not_those_of_who_may_see_less(
        self, server: TestServer, acme: Tenant, settings: Settings, publisher: Publisher
    ) -> None:
        lease = await jobs.running(acme)
        person = await member(acme, Role.VIEWER)
        await db.execute(
            "UPDATE job SET created_by_kind = 'user', created_by_id = $2 WHERE id = $1",
            lease.job.id,
            person.id,
        )
        narrow = await apikeys.made(settings, acme.owner, acme.org_id, now=NOW, scopes=[Permission.JOBS_READ])
        async with (
            connected(server, bearer(settings, acme.owner)) as owners,
            connected(server, narrow.headers) as keys,
        ):
            await follow(owners, "1", lease)
            await follow(keys, "1", lease)
            await say(publisher, lease, "one")
            assert (await update(owners, "1"))["job"]["createdBy"] == {"__typename": "User"}
            assert (await update(keys, "1"))["job"]["createdBy"] is None

    async def test_follow_the_first_also_when_that_one_leaves(
        self, server: TestServer, acme: Tenant, publisher: Publisher
    ) -> None:
        lease = await jobs.running(acme)
        async with connected(server, acme.headers) as other:
            async with connected(server, acme.headers) as first:
                await follow(first, "1", lease)
                await follow(other, "1", lease)
            await say(publisher, lease, "one")
            assert (await update(other, "1"))["output"] == "one"

    async def test_complete_with_the_job(
        self, server: TestServer, acme: Tenant, publisher: Publisher
    ) -> None:
        lease = await jobs.running(acme)
        async with connected(server, acme.headers) as opened:
            await follow(opened, "1", lease)
            await execution.succeed(lease, jobs.OUTCOME, now=NOW)
            await publisher.wake(events.topic(lease.job.id))
            assert (await update(opened, "1"))["seq"] == 3
            assert await opened.receive_json(timeout=14) == {"id": "1", "type": "complete"}
            # What is over is over also for who comes later, whatever was seen.
            payload = {"query": FOLLOW, "variables": {"id": ids.encode("job", lease.job.id), "after": 3}}
            await opened.send_json({"id": "1", "type": "subscribe", "payload": payload})
            assert await opened.receive_json(timeout=14) == {"id": "1", "type": "complete"}


def _held() -> list[Live[Any]]:
    return [each for each in gc.get_objects() if type(each) is Live]


class TestLostRedis:
    async def test_is_made_good_when_it_is_back(
        self, server: TestServer, settings: Settings, acme: Tenant
    ) -> None:
        """The steps were told while nobody could hear it."""
        lease = await jobs.running(acme)
        client = redis.connect(settings.require_redis_url())
        async with connected(server, acme.headers) as opened:
            await follow(opened, "1", lease)
            await follow(opened, "2", lease)
            await client.client_kill_filter(_type="pubsub")
            await jobs.say(lease, "one ", "two")
            assert [(await update(opened, name))["output"] for name in "12"] == ["one two"] * 2
        await client.aclose()


class TestFailure:
    async def test_is_told_and_ends_the_operation(
        self, server: TestServer, acme: Tenant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Instead of leaving the subscriber to wait for ever."""

        async def broken(_self: object, _after: int | None) -> AsyncIterator[object]:
            for secret in ("secret",):
                raise ValueError(secret)
            yield None

        lease = await jobs.running(acme)
        async with connected(server, acme.headers) as opened:
            with monkeypatch.context() as patched:
                patched.setattr(JobStream, "catch_up", broken)
                payload = {"query": PLAIN, "variables": {"id": ids.encode("job", lease.job.id)}}
                await opened.send_json({"id": "1", "type": "subscribe", "payload": payload})
                message = await opened.receive_json(timeout=14)
            assert (message["type"], message["id"]) == ("error", "1")
            assert message["payload"][0]["extensions"]["code"] == "internal_error"
            assert "secret" not in str(message)
            # Its name is free again.
            assert (await follow(opened, "1", lease))["seq"] == 2


class TestIdleSubscribers:
    async def test_cost_no_queries(self, settings: Settings, acme: Tenant, publisher: Publisher) -> None:
        """However many: but for the watch of credentials, which asks once for all."""
        lease = await jobs.running(acme)
        async with AsyncExitStack() as stack:
            unlimited = replace(settings, is_rate_limited=False)
            server = await stack.enter_async_context(serving(unlimited))
            crowd = [await stack.enter_async_context(connected(server, acme.headers)) for _ in range(10)]
            names = [str(number) for number in range(20)]
            await asyncio.gather(*(_follow_all(opened, names, lease) for opened in crowd))
            with statements.recorded() as seen:
                await asyncio.sleep(1)
            # What wrote the job may still tidy up behind it, and another server of these tests note whose key was used.
            idle = [sql for sql in seen if "outbox" not in sql and "last_used_at" not in sql]
            assert [sql for sql in idle if "held(user_id" not in sql] == []
            assert len(idle) <= 5
            with statements.recorded() as seen:
                await say(publisher, lease, "one")
                for opened in crowd:
                    assert {(await update(opened, name))["output"] for name in names} == {"one"}
            # The watch of credentials comes by again where it takes long.
            reads = [sql for sql in seen if "held(user_id, session_id)" not in sql and "outbox" not in sql]
            assert len(reads) < 12, f"as many as for one: {reads}"


async def _follow_all(opened: Socket, names: Sequence[str], lease: Lease) -> None:
    for name in names:
        await follow(opened, name, lease)


class TestSlowSubscriber:
    async def test_holds_up_nobody_and_catches_up(
        self, settings: Settings, acme: Tenant, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sharing, "BUFFER", 3)
        lease = await jobs.running(acme)
        words = [f"{number:06}" * 20_000 for number in range(40)]
        async with (
            serving(settings) as server,
            connected(server, acme.headers) as slow,
            connected(server, acme.headers) as quick,
            asyncio.timeout(60),
        ):
            await follow(slow, "1", lease, query=FOLLOW)
            await follow(quick, "1", lease, query=FOLLOW)
            _wire(slow).pause_reading()
            told = []
            for word in words:
                await say(publisher, lease, word)
                told.append(await update(quick, "1"))
            assert [each["output"] for each in told] == words
            assert not any(each["resynced"] for each in told)
            _wire(slow).resume_reading()
            text, seqs, was_resynced = "", [], False
            while len(text) < len("".join(words)):
                each = await update(slow, "1")
                text = each["output"] if each["resynced"] else text + each["output"]
                was_resynced |= each["resynced"]
                seqs.append(each["seq"])
            assert text == "".join(words)
            assert was_resynced, "it was too slow for its buffer"
            assert seqs == sorted(seqs)
            assert len(seqs) < len(words)


def _wire(opened: Socket) -> asyncio.Transport:
    writer: Any = opened._writer
    found: asyncio.Transport = writer.transport
    return found


class Counter(Stream[UUID, int]):
    """Follows a number that a test counts up."""

    def __init__(self, of: "Counters") -> None:
        super().__init__(of, UUID(int=0))
        self.now = 0
        self.caught_up = 0

    async def catch_up(self, after: int | None) -> AsyncIterator[int]:
        self.caught_up += 1
        if after is None or after < self.now:
            yield self.now
        if self.now < 0:
            raise Over

    def position(self, update: int) -> int:
        return update


class Counters(Feeds[UUID, int]):
    def _topic(self, key: UUID) -> str:
        return f"counter:{key}"

    def _reader(self, key: UUID) -> Reader[int]:
        async def nothing() -> AsyncIterator[Sequence[int]]:
            for _ in ():
                yield ()

        return nothing


class Line:
    def __init__(self) -> None:
        self.has_room = True
        self.sent: list[int] = []
        self.room = asyncio.Event()
        self.room.set()

    async def send_text(self, text: bytes) -> None:
        await self.room.wait()
        self.sent.append(orjson.loads(text)["payload"])


class Stage:
    def __init__(self, feeds_: Counters) -> None:
        self.stream = Counter(feeds_)
        self.line = Line()
        self.member = Member("1", self.line)
        self.looks = 0
        self.is_broken = False

    def share(self) -> Share:
        return Share(self.stream, self._render, look=self._look)

    async def _render(self, update: int) -> bytes:
        return orjson.dumps(update)

    async def _look(self) -> None:
        self.looks += 1
        if self.is_broken:
            self.is_broken = False
            raise ValueError("broken")

    def read(self, *numbers: int) -> None:
        """What the feed of this process does with what is new."""
        for follower in self.stream._feeds._feeds[self.stream.key].followers:
            follower.offer(numbers)

    async def give(self, *numbers: int) -> None:
        for number in numbers:
            self.stream.now = number
            await self.member.give(Frame(number, b"%d" % number, is_last=False))

    async def until(self, *sent: int) -> None:
        await eventually(lambda: self.line.sent == list(sent), what=f"{self.line.sent} to be {sent}")


@pytest.fixture
async def stage(settings: Settings) -> AsyncIterator[Stage]:
    hub = Hub(redis.connect(settings.require_redis_url()))
    reading = asyncio.create_task(hub.run())
    found = Stage(Counters(hub))
    shares = Shares()
    async with shares.joined("key", found.member, found.share) as share:
        following = asyncio.create_task(found.member.follow(share, None))
        await found.until(0)
        yield found
        following.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await following
    assert len(shares) == 0
    reading.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await reading


class TestMember:
    async def test_waits_while_the_database_is_away_and_goes_on_from_where_it_was(
        self, stage: Stage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sharing, "_RETRY_SECONDS", 0.01)
        catch_up, asked = stage.stream.catch_up, list[int | None]()

        async def away_twice(after: int | None) -> AsyncIterator[int]:
            asked.append(after)
            if len(asked) < 3:
                raise DatabaseUnavailable
            async for update in catch_up(after):
                yield update

        monkeypatch.setattr(stage.stream, "catch_up", away_twice)
        stage.stream.now = 1
        stage.member.resume()
        await stage.until(0, 1)
        assert asked == [0, 0, 0]
        await stage.give(2)
        await stage.until(0, 1, 2)

    async def test_is_written_to_at_once_while_it_has_room(self, stage: Stage) -> None:
        await asyncio.sleep(0)
        await stage.give(1, 2)
        assert stage.line.sent == [0, 1, 2]

    async def test_is_sent_nothing_twice(self, stage: Stage) -> None:
        await stage.give(1, 1, 2)
        await stage.until(0, 1, 2)

    async def test_keeps_the_order_when_room_comes_back_in_between(self, stage: Stage) -> None:
        stage.line.has_room = False
        stage.line.room.clear()
        await stage.give(1, 2)
        stage.line.has_room = True
        await stage.give(3)
        assert stage.line.sent == [0]
        stage.line.room.set()
        await stage.until(0, 1, 2, 3)

    async def test_catches_up_after_more_than_its_buffer(
        self, stage: Stage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sharing, "BUFFER", 3)
        stage.line.has_room = False
        stage.line.room.clear()
        await stage.give(*range(1, 20))
        assert len(stage.member._pending) <= 3
        stage.line.room.set()
        await eventually(lambda: stage.line.sent[-1] == 19)
        assert stage.stream.caught_up == 2
        stage.line.has_room = True
        await stage.give(20)
        await eventually(lambda: stage.line.sent[-1] == 20)
        assert stage.line.sent == sorted(set(stage.line.sent))

    async def test_keeps_only_the_newest_of_what_says_everything(self, stage: Stage) -> None:
        stage.member._coalesces = True
        stage.line.has_room = False
        await stage.give(1, 2, 3)
        assert [frame.position for frame in stage.member._pending] == [3]
        await stage.until(0, 3)


class TestFollower:
    async def test_that_overflows_makes_its_share_catch_up(
        self, settings: Settings, acme: Tenant, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(feeds, "BUFFER", 0)
        lease = await jobs.running(acme)
        async with serving(settings) as server, connected(server, acme.headers) as opened:
            await follow(opened, "1", lease)
            await say(publisher, lease, "one")
            found = await update(opened, "1")
        assert (found["output"], found["resynced"]) == ("one", True)


class TestShare:
    async def test_that_crashes_misses_nothing_that_comes_before_it_is_back(
        self, stage: Stage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sharing, "_RETRY_SECONDS", 0)
        attach = stage.stream.attached

        @asynccontextmanager
        async def attached_late() -> AsyncIterator[feeds.Follower[int]]:
            for _ in range(20):
                await asyncio.sleep(0)  # for who would look too early
            stage.stream.now = 2
            async with attach() as follower:
                yield follower

        monkeypatch.setattr(stage.stream, "attached", attached_late)
        stage.is_broken = True
        stage.stream.now = 1
        stage.read(1)
        await eventually(lambda: stage.line.sent[-1] == 2, what="being told")
        stage.read(3)
        await eventually(lambda: stage.line.sent[-1] == 3, what="following again")

    async def test_that_crashes_shows_its_members_every_step_all_the_same(
        self,
        server: TestServer,
        acme: Tenant,
        publisher: Publisher,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(sharing, "_RETRY_SECONDS", 0)
        lease = await jobs.running(acme)
        frame = Share.frame
        failures = [ValueError("broken")]

        async def broken(self: Share, update: Any) -> Frame | None:
            if failures:
                raise failures.pop()
            return await frame(self, update)

        async with connected(server, acme.headers) as opened:
            await follow(opened, "1", lease)
            monkeypatch.setattr(Share, "frame", broken)
            await say(publisher, lease, "one")
            found = await update(opened, "1")
        assert (found["output"], found["resynced"]) == ("one", False)


class TestLookLately:
    async def test_asks_once_for_many_and_not_again_soon(self, server: TestServer, acme: Tenant) -> None:
        assert server.app is not None
        watch = server.app[WATCH]
        # One that a test before began would look by itself at any moment; ours begins with a pause.
        await eventually(lambda: watch._task is None, what="the end of the watch of tests before")
        async with connected(server, acme.headers):
            watch._looked_at = 0
            with statements.recorded() as seen:
                await asyncio.gather(*(watch.look_lately() for _ in range(20)))
                await watch.look_lately()
            assert sum("held(user_id" in sql for sql in seen) == 1
