"""Dramatiq's broker: Redis by default, RabbitMQ by URL. Used by whoever sends and by the workers."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import dramatiq
import orjson
import redis as redis_py
from dramatiq.brokers.redis import RedisBroker
from dramatiq.errors import BrokerConnectionError

from app.core import ids
from app.core.messages import Message
from app.infra import redis

# Dramatiq gives a dead worker's messages back after this; job leases and the outbox do not rely on it.
_HEARTBEAT_MS = 15_000
# The check for dead workers runs with every command instead of with one in a thousand: recovery is
# certain, not probable. The keys live in a namespace of their own, so the check stays cheap.
_ALWAYS = 1_000_000


def connect(url: str, middleware: list[dramatiq.Middleware] | None = None) -> dramatiq.Broker:
    """The broker behind `url` (`redis://`, `rediss://`, `amqp://`, `amqps://`)."""
    if not is_redis(url):
        from dramatiq.brokers.rabbitmq import RabbitmqBroker  # noqa: PLC0415 - an optional extra

        return RabbitmqBroker(url=url, middleware=middleware or [], confirm_delivery=True)
    # redis-py's default of five seconds would break Dramatiq's long polls.
    pool = redis_py.ConnectionPool.from_url(url, socket_timeout=30, socket_connect_timeout=5)
    return RedisBroker(  # type: ignore[no-untyped-call]
        client=redis_py.Redis(connection_pool=pool),
        middleware=middleware or [],
        heartbeat_timeout=_HEARTBEAT_MS,
        maintenance_chance=_ALWAYS,
    )


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
