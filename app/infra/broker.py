"""Dramatiq's broker: Redis by default, RabbitMQ by URL. Used by whoever sends and by the workers."""

import asyncio
import threading
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import dramatiq
import orjson
import redis as redis_py
from dramatiq.brokers.redis import RedisBroker, _RedisConsumer
from dramatiq.common import dq_name
from dramatiq.errors import BrokerConnectionError, ConnectionClosed

from app.core import ids
from app.core.messages import Message
from app.infra import redis

# Dramatiq gives a dead worker's messages back after this; job leases and the outbox do not rely on it.
_HEARTBEAT_MS = 15_000
# The check for dead workers runs with every command instead of with one in a thousand: recovery is
# certain, not probable. The keys live in a namespace of their own, so the check stays cheap.
_ALWAYS = 1_000_000
# Who sends says so on this channel, per queue: an idle consumer waits for that instead of asking.
_WAKE = "dramatiq:wake:"
# For wake-ups that got lost, and messages that Dramatiq itself sends (another try). Also how late a stop is noticed.
_IDLE_SECONDS = 0.25
# A consumer whose threads are all busy looks for a free one after this long, or when one has become free.
_FULL_SECONDS = 0.02
# The base's own pause, which comes first: as short as it goes.
_SHORTEST_PAUSE_MS = 1
_DELAY_PAUSE_MS = 250


def connect(url: str, middleware: list[dramatiq.Middleware] | None = None) -> dramatiq.Broker:
    """The broker behind `url` (`redis://`, `rediss://`, `amqp://`, `amqps://`)."""
    if not is_redis(url):
        from dramatiq.brokers.rabbitmq import RabbitmqBroker  # noqa: PLC0415 - an optional extra

        return RabbitmqBroker(url=url, middleware=middleware or [], confirm_delivery=True)
    # redis-py's default of five seconds would break Dramatiq's long polls.
    pool = redis_py.ConnectionPool.from_url(url, socket_timeout=30, socket_connect_timeout=5)
    return _WokenBroker(  # type: ignore[no-untyped-call]
        client=redis_py.Redis(connection_pool=pool),
        middleware=middleware or [],
        heartbeat_timeout=_HEARTBEAT_MS,
        maintenance_chance=_ALWAYS,
    )


class _WokenConsumer(_RedisConsumer):
    """Dramatiq's consumer asks for messages every `timeout`; this one is told that there are some."""

    def __init__(self, broker: RedisBroker, queue_name: str, prefetch: int, timeout: int) -> None:
        super().__init__(broker, queue_name, prefetch, _SHORTEST_PAUSE_MS)  # type: ignore[no-untyped-call]
        self._freed = threading.Event()
        self._wakes = broker.client.pubsub(ignore_subscribe_messages=True)
        try:
            # Before the first look: what is sent after it cannot be missed.
            self._wakes.subscribe(f"{_WAKE}{queue_name}")
        except redis_py.ConnectionError as error:
            raise ConnectionClosed(error) from None  # type: ignore[no-untyped-call]

    def __next__(self) -> dramatiq.MessageProxy | None:
        self._freed.clear()
        # Before: threads that become free in between do not mean that it has looked and found nothing.
        was_full = self.outstanding_message_count >= self.prefetch
        message: dramatiq.MessageProxy | None = super().__next__()  # type: ignore[no-untyped-call]
        if message is None:
            if was_full:
                self._freed.wait(_FULL_SECONDS)
                self._await_wake(0)
            else:
                self._await_wake(_IDLE_SECONDS)
        return message

    def ack(self, message: dramatiq.MessageProxy) -> None:
        super().ack(message)  # type: ignore[no-untyped-call]
        self._freed.set()

    def nack(self, message: dramatiq.MessageProxy) -> None:
        super().nack(message)  # type: ignore[no-untyped-call]
        self._freed.set()

    def close(self) -> None:
        self._wakes.close()
        super().close()

    def _await_wake(self, seconds: float) -> None:
        """Takes all that are there: one look answers them all."""
        try:
            while self._wakes.get_message(timeout=seconds) is not None:
                seconds = 0
        except redis_py.ConnectionError as error:
            raise ConnectionClosed(error) from None  # type: ignore[no-untyped-call]


class _WokenBroker(RedisBroker):
    def consume(self, queue_name: str, prefetch: int = 1, timeout: int = 5000) -> dramatiq.Consumer:
        if queue_name == dq_name(queue_name):
            return _RedisConsumer(self, queue_name, prefetch, _DELAY_PAUSE_MS)  # type: ignore[no-untyped-call]
        return _WokenConsumer(self, queue_name, prefetch, timeout)


class Sender(Protocol):
    """The outbox's `TaskSender`, and its end."""

    async def send(self, messages: Sequence[Message]) -> None: ...

    async def close(self) -> None: ...


def sender(url: str) -> Sender:
    """What hands tasks to the broker behind `url`."""
    return RedisSender(url) if is_redis(url) else AmqpSender(connect(url))


class RedisSender:
    """Writes what Dramatiq's own `enqueue` writes, for a whole batch in one round trip and without its thread.

    The layout (a hash of messages, a list of their ids) is described at the top of Dramatiq's `dispatch.lua`;
    a test lets a real worker consume what is written here.
    """

    _NAMESPACE = "dramatiq"

    def __init__(self, url: str) -> None:
        self._client = redis.connect(url)

    async def send(self, messages: Sequence[Message]) -> None:
        queues: defaultdict[str, dict[Any, Any]] = defaultdict(dict)
        for message in messages:
            # The key of one delivery: a message that is sent again must not meet its own copy.
            delivery = ids.uuid7().hex
            task = _to_dramatiq(message, redis_message_id=delivery)
            queues[task.queue_name][delivery] = orjson.dumps(task.asdict())
        with redis.failures():
            async with self._client.pipeline(transaction=True) as pipe:
                for queue, bodies in queues.items():
                    pipe.hset(f"{self._NAMESPACE}:{queue}.msgs", mapping=bodies)
                    pipe.rpush(f"{self._NAMESPACE}:{queue}", *bodies)
                    pipe.publish(f"{_WAKE}{queue}", b"")
                await pipe.execute()

    async def close(self) -> None:
        await self._client.aclose()


class AmqpSender:
    """Through Dramatiq's broker, which publishes synchronously, hence the thread; one, as RabbitMQ
    connections belong to a thread.
    """

    def __init__(self, broker: dramatiq.Broker) -> None:
        self._broker = broker
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="enqueue")

    async def send(self, messages: Sequence[Message]) -> None:
        try:
            await asyncio.get_running_loop().run_in_executor(self._thread, self._send, messages)
        except BrokerConnectionError as error:
            raise ConnectionError(str(error)) from error

    async def close(self) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)
        self._broker.close()

    def _send(self, messages: Sequence[Message]) -> None:
        for message in messages:
            self._broker.declare_queue(message.payload["queue"])
            self._broker.enqueue(_to_dramatiq(message))


def _to_dramatiq(message: Message, **options: str) -> dramatiq.Message[None]:
    return dramatiq.Message(
        queue_name=message.payload["queue"],
        actor_name=message.name,
        args=(),
        kwargs=dict(message.payload["kwargs"]),
        options={"outbox_id": str(message.id), "traceparent": message.trace, **options},
        message_id=str(message.id),
    )


def is_redis(url: str) -> bool:
    return not url.startswith(("amqp://", "amqps://"))
