"""Wake-ups between processes, through a real Valkey."""

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
import redis.asyncio

from app.core import ids
from app.core.config import Settings
from app.core.messages import Message
from app.infra import embedded, pubsub
from app.infra import redis as infra_redis
from app.infra.pubsub import Hub, Listener, Publisher
from tests.waiting import until

CONTROL = "launchkit:topic:control"


@asynccontextmanager
async def running(url: str) -> AsyncIterator[Hub]:
    client = infra_redis.connect(url)
    hub = Hub(client)
    task = asyncio.create_task(hub.run())
    try:
        yield hub
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        await client.aclose()


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator["redis.asyncio.Redis"]:
    opened = infra_redis.connect(settings.require_redis_url())
    yield opened
    await opened.aclose()


@pytest.fixture
def publisher(client: "redis.asyncio.Redis") -> Publisher:
    return Publisher(client)


@pytest.fixture
async def hub(settings: Settings, client: "redis.asyncio.Redis") -> AsyncIterator[Hub]:
    async with running(settings.require_redis_url()) as hub:
        await until(lambda: is_subscribed(client, CONTROL), "the hub to be connected")
        yield hub


async def channels(client: "redis.asyncio.Redis") -> set[str]:
    names = await client.pubsub_channels()
    return {name.decode() if isinstance(name, bytes) else name for name in names}


async def is_subscribed(client: "redis.asyncio.Redis", channel: str) -> bool:
    return channel in await channels(client)


async def woken(listener: Listener, *, seconds: float = 10) -> None:
    await asyncio.wait_for(listener.wait(), seconds)


async def is_left_asleep(listener: Listener, publisher: Publisher, hub: Hub) -> bool:
    """What was sent before has arrived once a later wake-up of another topic has: one connection, in order."""
    async with hub.listen("marker") as marker:
        await publisher.wake("marker")
        await woken(marker)
    return not listener._flag.is_set()


class TestListen:
    async def test_misses_nothing_that_is_sent_once_it_was_entered(
        self, hub: Hub, publisher: Publisher
    ) -> None:
        for number in range(500):
            # A topic of its own, one that was just left, and one that others hold.
            topics = (f"own-{number}", "again", "held")
            async with hub.listen(topics[number % 3]) as listener:
                await publisher.wake(*topics)
                await woken(listener)

    async def test_misses_nothing_when_many_come_and_go_at_once(self, hub: Hub, publisher: Publisher) -> None:
        async def visit(number: int) -> None:
            for _ in range(10):
                async with hub.listen(f"shared-{number % 3}") as listener:
                    await publisher.wake(f"shared-{number % 3}")
                    await woken(listener)

        await asyncio.gather(*(visit(number) for number in range(15)))

    async def test_misses_nothing_after_a_visitor_who_did_not_wait(
        self, hub: Hub, publisher: Publisher
    ) -> None:
        async def visit() -> None:
            async with hub.listen("topic"):
                pass

        for _ in range(50):
            hasty = asyncio.create_task(visit())
            await asyncio.sleep(0)
            hasty.cancel()
            async with hub.listen("topic") as listener:
                await publisher.wake("topic")
                await woken(listener)
            with contextlib.suppress(asyncio.CancelledError):
                await hasty

    async def test_does_not_take_an_answer_to_who_left_for_its_own(
        self, hub: Hub, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(pubsub, "_SUBSCRIBE_PATIENCE_SECONDS", 30)
        entered = asyncio.Event()

        async def visit() -> None:
            async with hub.listen("topic"):
                entered.set()

        hub._unanswered["topic"] = 1
        visitor = asyncio.create_task(visit())
        async with hub.listen("marker") as marker:
            await publisher.wake("marker")
            await woken(marker)
        assert not entered.is_set(), "one answer came, and two are awaited"

        hub._subscribed("topic")
        await asyncio.wait_for(visitor, 10)

    async def test_misses_nothing_when_the_first_of_two_is_cancelled_on_its_way_in(
        self, hub: Hub, publisher: Publisher
    ) -> None:
        entered, leave = asyncio.Event(), asyncio.Event()

        async def visit() -> None:
            async with hub.listen("topic") as listener:
                entered.set()
                await woken(listener)
                leave.set()

        async with hub._turn:
            first = asyncio.create_task(visit())
            second = asyncio.create_task(visit())
            await asyncio.sleep(0)
            first.cancel()
            await asyncio.sleep(0)
        await entered.wait()
        await publisher.wake("topic")

        await asyncio.wait_for(second, 10)
        assert leave.is_set()
        assert first.cancelled()

    async def test_wakes_every_listener_of_the_topic_and_no_other(
        self, hub: Hub, publisher: Publisher
    ) -> None:
        async with hub.listen("a") as first, hub.listen("a") as second, hub.listen("b") as other:
            await publisher.wake("a")

            await woken(first)
            await woken(second)
            assert await is_left_asleep(other, publisher, hub)

    async def test_keeps_one_wake_up_however_many_were_sent(self, hub: Hub, publisher: Publisher) -> None:
        async with hub.listen("a") as listener:
            for _ in range(100):
                await publisher.wake("a")
            assert not await is_left_asleep(listener, publisher, hub)

            await woken(listener)
            assert await is_left_asleep(listener, publisher, hub)

    async def test_keeps_a_wake_up_for_who_does_not_wait_yet(self, hub: Hub, publisher: Publisher) -> None:
        async with hub.listen("a") as listener:
            await publisher.wake("a")
            assert not await is_left_asleep(listener, publisher, hub)
            await woken(listener)

    async def test_is_subscribed_as_long_as_anybody_listens(
        self, hub: Hub, client: "redis.asyncio.Redis", publisher: Publisher
    ) -> None:
        channel = "launchkit:topic:a"
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(hub.listen("a"))
            async with hub.listen("a"):
                assert await channels(client) == {CONTROL, channel}
            async with hub.listen("b") as other:
                await publisher.wake("b")
                await woken(other)
                assert await is_subscribed(client, channel)

        await until(lambda: is_empty(client), "the last listener's topic to be left")
        assert hub._listeners == {}
        assert hub._confirmed == {}

    async def test_costs_one_connection_however_many_listen(
        self, hub: Hub, client: "redis.asyncio.Redis"
    ) -> None:
        async with AsyncExitStack() as stack:
            for number in range(30):
                await stack.enter_async_context(hub.listen(f"topic-{number % 10}"))

            connections = await client.client_list(_type="pubsub")
        assert len(connections) == 1
        assert int(connections[0]["sub"]) == 11

    async def test_ends_in_whatever_moment_it_is_cancelled(self, settings: Settings) -> None:
        """The client loses a cancellation that comes together with the end of its sending."""
        async with running(settings.require_redis_url()) as hub:

            async def follow() -> None:
                async with hub.listen("elsewhere") as listener:
                    await listener.wait()

            for turns in range(60):
                task = asyncio.create_task(follow())
                for _ in range(turns):
                    await asyncio.sleep(0)
                task.cancel()
                ended, _ = await asyncio.wait([task], timeout=14)
                task.cancel()  # the second one reaches it
                await asyncio.wait([task])
                assert ended, f"cancelled after {turns} turns of the loop, it went on"


async def is_empty(client: "redis.asyncio.Redis") -> bool:
    return await channels(client) == {CONTROL}


class TestPublisher:
    async def test_wakes_the_topics_of_every_message(self, hub: Hub, publisher: Publisher) -> None:
        messages = [
            Message(ids.uuid7(), "event", "job.created", {"topics": topics, "body": {"n": 1}})
            for topics in (["a", "b"], ["c"], [])
        ]
        async with hub.listen("a") as a, hub.listen("b") as b, hub.listen("c") as c, hub.listen("d") as d:
            await publisher.publish(messages)

            for listener in (a, b, c):
                await woken(listener)
            assert await is_left_asleep(d, publisher, hub)

    async def test_says_that_redis_is_away_as_a_port_does(self) -> None:
        nowhere = infra_redis.connect("redis://127.0.0.1:1/0")
        message = Message(ids.uuid7(), "event", "e", {"topics": ["a"], "body": {}})

        for sending in (Publisher(nowhere).wake("a"), Publisher(nowhere).publish([message])):
            with pytest.raises(ConnectionError):
                await sending
        await nowhere.aclose()


@pytest.fixture(scope="module")
def own_valkey() -> Iterator[embedded.Servers]:
    parent = tempfile.TemporaryDirectory(prefix="launchkit-tests-")
    with parent, embedded.Servers(Path(parent.name) / "data", postgres=False) as servers:
        yield servers


@pytest.fixture
def valkey(own_valkey: embedded.Servers, monkeypatch: pytest.MonkeyPatch) -> Iterator[embedded.Servers]:
    monkeypatch.setattr(pubsub, "_RECONNECT_SECONDS", 0.02)
    own_valkey.start()
    yield own_valkey
    own_valkey.start()


@asynccontextmanager
async def to(valkey: embedded.Servers) -> AsyncIterator[tuple[Hub, Publisher, "redis.asyncio.Redis"]]:
    """A connected hub, and the other side."""
    client = infra_redis.connect(valkey.redis_url)
    async with running(valkey.redis_url) as hub:
        await until(lambda: is_subscribed(client, CONTROL), "the hub to be connected")
        yield hub, Publisher(client), client
    await client.aclose()


async def works(publisher: Publisher) -> bool:
    """Each connection of its pool finds out for itself that the server was away."""
    try:
        await publisher.wake("nobody")
    except ConnectionError:
        return False
    return True


class TestReconnect:
    @pytest.mark.parametrize("immediate", [False, True], ids=["restarted", "crashed"])
    async def test_wakes_everybody_once_valkey_is_back(
        self, valkey: embedded.Servers, immediate: bool
    ) -> None:
        async with to(valkey) as (hub, publisher, _), hub.listen("a") as a, hub.listen("b") as b:
            valkey.valkey.stop(immediate=immediate)
            valkey.valkey.start()
            await woken(a)
            await woken(b)

            await until(lambda: works(publisher), "the publisher to be connected again")
            for listener, topic in ((a, "a"), (b, "b")):
                await publisher.wake(topic)
                await woken(listener)

    async def test_wakes_everybody_when_only_the_connection_broke(self, valkey: embedded.Servers) -> None:
        """Quicker than any wait between two tries: what was sent meanwhile is lost all the same."""
        async with to(valkey) as (hub, publisher, client), hub.listen("a") as a, hub.listen("b") as b:
            for _ in range(5):
                assert await client.client_kill_filter(_type="pubsub") == 1
                await woken(a)
                await woken(b)
                # From here on nothing is lost again.
                await publisher.wake("a", "b")
                await woken(a)
                await woken(b)

    async def test_finds_no_wake_up_lost_after_it_woke(self, valkey: embedded.Servers) -> None:
        """Whoever was woken reads once; what is sent after that has to wake it again."""
        async with to(valkey) as (hub, publisher, client), AsyncExitStack() as stack:
            listeners = [await stack.enter_async_context(hub.listen(f"t{n}")) for n in range(20)]
            for _ in range(20):
                await client.client_kill_filter(_type="pubsub")
                for number, listener in enumerate(listeners):
                    await woken(listener)
                    listener._flag.clear()
                    await publisher.wake(f"t{number}")
                    await woken(listener)

    async def test_takes_listeners_while_valkey_is_away(
        self, valkey: embedded.Servers, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(pubsub, "_SUBSCRIBE_PATIENCE_SECONDS", 0.05)
        async with to(valkey) as (hub, publisher, _):
            valkey.valkey.stop()
            async with hub.listen("early") as early, hub.listen("late") as late:
                assert not late._flag.is_set()
                valkey.valkey.start()
                await until(lambda: works(publisher), "the publisher to be connected again")
                for listener, topic in ((early, "early"), (late, "late")):
                    await woken(listener)
                    await publisher.wake(topic)
                    await woken(listener)

    async def test_keeps_one_connection_through_it_all(self, valkey: embedded.Servers) -> None:
        async with to(valkey) as (hub, publisher, client):

            async def visit(number: int) -> None:
                for _ in range(20):
                    async with hub.listen(f"t{number}"):
                        await asyncio.sleep(0.002)

            visits = [asyncio.create_task(visit(number)) for number in range(10)]
            while not all(visit.done() for visit in visits):
                await client.client_kill_filter(_type="pubsub")
                await asyncio.sleep(0.01)
            await asyncio.gather(*visits)

            async with hub.listen("a") as listener:
                await publisher.wake("a")
                await woken(listener)
                assert len(await client.client_list(_type="pubsub")) == 1


class TestRun:
    async def test_ends_in_whatever_moment_it_is_cancelled(self, settings: Settings) -> None:
        """Also while it connects."""
        for turns in range(60):
            client = infra_redis.connect(settings.require_redis_url())
            task = asyncio.create_task(Hub(client).run())
            for _ in range(turns):
                await asyncio.sleep(0)
            task.cancel()
            done, _ = await asyncio.wait({task}, timeout=14)
            if not done:
                task.cancel()  # the second one reaches it
            with contextlib.suppress(asyncio.CancelledError):
                await task
            await client.aclose()
            assert done, f"cancelled after {turns} turns of the loop, it went on"
