"""Wake-ups between processes: "something about this topic changed", never what.

A hub keeps one Redis connection per process, however many listen. Wake-ups coalesce into one flag per
listener, so a slow one costs no memory; what changed is read from PostgreSQL, so a lost one costs no truth.
After a lost connection every listener is woken once.
"""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import orjson
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from app.core import cancellation
from app.core.messages import Message
from app.infra import redis, telemetry

log = telemetry.logger(__name__)

_PREFIX = "launchkit:topic:"
# Keeps the connection subscribed to something while nobody listens.
_CONTROL = _PREFIX + "control"
_SUBSCRIBE_PATIENCE_SECONDS = 1.0
_RECONNECT_SECONDS = 0.5
_T = TypeVar("_T")


class Publisher:
    """The sending side: implements the outbox's `EventPublisher`."""

    def __init__(self, client: Redis) -> None:
        self._client = client

    async def publish(self, messages: Sequence[Message]) -> None:
        with redis.failures():
            async with self._client.pipeline(transaction=False) as pipe:
                for message in messages:
                    body = orjson.dumps(message.payload["body"])
                    for topic in message.payload["topics"]:
                        pipe.publish(_PREFIX + topic, body)
                await pipe.execute()

    async def wake(self, *topics: str) -> None:
        """For changes too frequent and too unimportant for the outbox (progress). May be lost."""
        with redis.failures():
            async with self._client.pipeline(transaction=False) as pipe:
                for topic in topics:
                    pipe.publish(_PREFIX + topic, b"{}")
                await pipe.execute()


class Listener:
    """One listener's flag: set by every wake-up since the last `wait`."""

    def __init__(self) -> None:
        self._flag = asyncio.Event()

    def wake(self) -> None:
        self._flag.set()

    async def wait(self) -> None:
        await self._flag.wait()
        self._flag.clear()


class _Never(Retry):
    """No second try, and no new connection beneath a command either, which the library's own makes even then."""

    def __init__(self) -> None:
        super().__init__(NoBackoff(), 0)

    async def call_with_retry(self, do: Callable[[], Awaitable[_T]], *_args: Any, **_options: Any) -> _T:
        return await do()


class Hub:
    """The listening side: one per process, run by `run` as a task of its event loop."""

    def __init__(self, client: Redis) -> None:
        self._pubsub = client.pubsub()
        self._listeners: defaultdict[str, set[Listener]] = defaultdict(set)
        self._confirmed: dict[str, asyncio.Event] = {}
        # An answer to who came and left already must not be taken for the answer to who came next.
        self._unanswered: defaultdict[str, int] = defaultdict(int)
        # `run` alone connects; others send commands on what it connected. Two tasks that connect or read at once
        # break the connection for good.
        self._turn = asyncio.Lock()
        self._is_up = False

    @asynccontextmanager
    async def listen(self, topic: str) -> AsyncIterator[Listener]:
        """A listener that misses no wake-up sent after this has been entered.

        With Redis away it is entered all the same, and woken when the connection is back.
        """
        listener = Listener()
        is_first = not self._listeners[topic]
        self._listeners[topic].add(listener)
        try:
            if is_first:
                self._confirmed[topic] = asyncio.Event()
                await self._command("subscribe", topic)
            await self._await_confirmation(topic)
            _obey_cancellation()
            yield listener
        finally:
            self._listeners[topic].discard(listener)
            if not self._listeners[topic]:
                del self._listeners[topic]
                self._confirmed.pop(topic, None)
                await self._command("unsubscribe", topic)
            elif not self._confirmed[topic].is_set():
                # The first one was cancelled, perhaps before it had subscribed for those who joined it.
                await self._command("subscribe", topic)

    async def run(self) -> None:
        """Reads until cancelled; reconnects for ever."""
        try:
            while True:
                try:
                    await self._connect()
                    _obey_cancellation()
                    await self._read()
                except Exception as error:  # noqa: BLE001 - a dead reader would silence every subscription for good
                    log.warning("pubsub.connection_lost", error=repr(error))
                    with contextlib.suppress(Exception):
                        await self._disconnect()
                    await asyncio.sleep(_RECONNECT_SECONDS)
        finally:
            await self._disconnect()

    async def _connect(self) -> None:
        async with self._turn:
            self._unanswered.clear()
            await self._pubsub.subscribe(_CONTROL, *(_PREFIX + topic for topic in self._listeners))
            # From here on a failure has to come up to `run`, which the client's own retry would prevent.
            connection: Any = self._pubsub.connection
            connection.retry = _Never()
            self._is_up = True

    async def _disconnect(self) -> None:
        self._is_up = False
        async with self._turn:
            await self._pubsub.aclose()  # type: ignore[no-untyped-call]

    async def _read(self) -> None:
        while self._is_up:
            message = await self._pubsub.get_message(timeout=None)
            if message is None:
                continue
            topic = message["channel"].decode().removeprefix(_PREFIX)
            if message["type"] == "subscribe":
                self._subscribed(topic)
            elif message["type"] == "message":
                for listener in self._listeners.get(topic, ()):
                    listener.wake()
        raise ConnectionResetError("a command failed")

    def _subscribed(self, topic: str) -> None:
        """The server's confirmation: of one topic, or of all after a new connection, `_CONTROL` among them.

        Only now is everybody woken: a wake-up sent before the confirmation would be missed by who read earlier.
        """
        if _PREFIX + topic == _CONTROL:
            self._wake_all()
        self._unanswered[topic] -= 1
        if self._unanswered[topic] <= 0:
            del self._unanswered[topic]
            if topic in self._confirmed:
                self._confirmed[topic].set()

    def _wake_all(self) -> None:
        for listeners in self._listeners.values():
            for listener in listeners:
                listener.wake()

    async def _command(self, command: str, topic: str) -> None:
        """Without a connection there is nothing to do: the next one begins with every topic that has listeners."""
        async with self._turn:
            if not self._is_up:
                return
            if command == "subscribe":
                self._unanswered[topic] += 1
            try:
                await getattr(self._pubsub, command)(_PREFIX + topic)
            except (RedisError, OSError):
                self._is_up = False
            except asyncio.CancelledError:
                self._is_up = False  # the client closes a connection on which it may have sent half a command
                raise

    async def _await_confirmation(self, topic: str) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_SUBSCRIBE_PATIENCE_SECONDS):
                await self._confirmed[topic].wait()


def _obey_cancellation() -> None:
    """The client swallows one that meets it while it connects or ends sending: who was told to end would stay."""
    if cancellation.is_requested():
        raise asyncio.CancelledError
