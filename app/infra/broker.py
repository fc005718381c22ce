"""Dramatiq's broker: Redis by default, RabbitMQ by URL. Used by whoever sends and by the workers."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import dramatiq
import redis as redis_py
from dramatiq.brokers.redis import RedisBroker

from app.core.messages import Message
from app.infra import redis

# Dramatiq gives a dead worker's messages back after this; job leases and the outbox do not rely on it.
_HEARTBEAT_MS = 15_000
# The check for dead workers runs with every command instead of with one in a thousand: recovery is
# certain, not probable. The keys live in a namespace of their own, so the check stays cheap.
_ALWAYS = 1_000_000


def connect(url: str, middleware: list[dramatiq.Middleware] | None = None) -> dramatiq.Broker:
    """The broker behind `url` (`redis://`, `rediss://`, `amqp://`, `amqps://`)."""
    if url.startswith(("amqp://", "amqps://")):
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


class BrokerSender:
    """Implements the outbox's `TaskSender`. Dramatiq enqueues synchronously, hence the thread.

    One thread: RabbitMQ connections belong to a thread, and one sends some 8,000 messages a second.
    """

    def __init__(self, broker: dramatiq.Broker) -> None:
        self._broker = broker
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="enqueue")

    async def send(self, messages: Sequence[Message]) -> None:
        with redis.failures():
            await asyncio.get_running_loop().run_in_executor(self._thread, self._send, messages)

    def close(self) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)
        self._broker.close()

    def _send(self, messages: Sequence[Message]) -> None:
        for message in messages:
            self._broker.enqueue(_to_dramatiq(message))


def _to_dramatiq(message: Message) -> dramatiq.Message[None]:
    return dramatiq.Message(
        queue_name=message.payload["queue"],
        actor_name=message.name,
        args=(),
        kwargs=dict(message.payload["kwargs"]),
        options={"outbox_id": str(message.id), "traceparent": message.trace},
    )
