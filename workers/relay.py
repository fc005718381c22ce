"""Composition root of the relay process: sends what the fast path did not."""

import asyncio

import uvloop

from app.core.clock import utcnow
from app.core.config import Settings
from app.infra import broker, orm, pubsub, redis, telemetry
from app.outbox import queries
from app.outbox.relay import NeverForgets, Relay
from app.webhooks import recording
from workers import periodic

_EVERY_SECONDS = 0.5
_FULL_BATCH = 500
_LOOK_EVERY_TICKS = 10


def main(settings: Settings) -> None:
    telemetry.configure(settings, service="relay")
    uvloop.install()
    asyncio.run(run(settings))
    telemetry.shutdown()


async def run(settings: Settings) -> None:
    recording.install()
    await orm.init(settings, application_name="launchkit-relay")
    client = redis.connect(settings.require_redis_url())
    broker_url = settings.effective_broker_url
    sender = broker.sender(broker_url)
    # The marker lies where the tasks lie: RabbitMQ keeps them itself.
    queue = redis.connect(broker_url) if broker.is_redis(broker_url) else None
    memory = redis.RedisMemory(queue) if queue is not None else NeverForgets()
    relay = Relay(sender, pubsub.Publisher(client), memory)
    ticks = 0

    async def tick() -> bool:
        nonlocal ticks
        ticks += 1
        if ticks % _LOOK_EVERY_TICKS == 1:
            telemetry.OUTBOX_PENDING.set(await queries.backlog())
        return await relay.tick(now=utcnow()) >= _FULL_BATCH

    try:
        await periodic.until_stopped("relay", tick, every=_EVERY_SECONDS)
    finally:
        if queue is not None:
            await queue.aclose()
        await sender.close()
        await client.aclose()
        await orm.close()
