"""Following the deliveries of an endpoint."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager

import pytest

from app.core.clock import utcnow
from app.core.config import Settings
from app.core.errors import Forbidden
from app.core.ids import WebhookEndpointId
from app.core.principal import Principal, Role
from app.infra import db, redis
from app.infra.pubsub import Hub, Publisher
from app.webhooks import delivering, events
from app.webhooks.delivering import Result, Sending
from app.webhooks.errors import EndpointNotFound
from app.webhooks.live import DeliveryFeeds
from app.webhooks.retrying import Next, Outcome, State
from app.webhooks.types import Delivery
from tests.factories import webhooks
from tests.factories.orgs import Tenant, member, tenant
from tests.waiting import until


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    return await tenant(settings)


@pytest.fixture
async def publisher(settings: Settings) -> AsyncIterator[Publisher]:
    client = redis.connect(settings.require_redis_url())
    yield Publisher(client)
    await client.aclose()


@pytest.fixture
async def feeds(settings: Settings) -> AsyncIterator[DeliveryFeeds]:
    client = redis.connect(settings.require_redis_url())
    hub = Hub(client)
    task = asyncio.create_task(hub.run())
    yield DeliveryFeeds(hub, clock=utcnow)
    task.cancel()
    await asyncio.wait([task])
    await client.aclose()


@asynccontextmanager
async def following(
    feeds: DeliveryFeeds, who: Principal, endpoint_id: WebhookEndpointId
) -> AsyncIterator[list[Delivery]]:
    seen: list[Delivery] = []

    async def follow() -> None:
        async with aclosing(feeds.follow(who, endpoint_id)) as updates:
            async for update in updates:
                seen.append(update)  # noqa: PERF401 - who waits looks at it meanwhile

    task = asyncio.create_task(follow())
    try:
        yield seen
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def book(taken: list[Sending], status: int) -> None:
    now = utcnow()
    state = State.SUCCEEDED if status == 200 else State.DEAD
    await delivering.book([Result(one, Outcome(status), Next(state, now), now) for one in taken], now=now)


class TestFollow:
    async def test_begins_with_what_there_is_and_tells_what_becomes_of_it(
        self, acme: Tenant, feeds: DeliveryFeeds, publisher: Publisher
    ) -> None:
        made = await webhooks.made(acme)
        await webhooks.tell(acme, count=2)
        async with following(feeds, acme.owner, made.endpoint.id) as seen:
            await until(lambda: len(seen) == 2, "the snapshot")
            assert [one.state for one in seen] == [State.PENDING] * 2
            assert seen[0].id < seen[1].id
            await book(await delivering.claim(limit=10, now=utcnow()), 200)
            await publisher.wake(events.topic(made.endpoint.id))
            await until(lambda: len(seen) == 4, "the ends")

        assert {one.state for one in seen[2:]} == {State.SUCCEEDED}
        for delivery_id in {one.id for one in seen}:
            seqs = [one.seq for one in seen if one.id == delivery_id]
            assert seqs == sorted(set(seqs))

    async def test_tells_nothing_twice_and_nothing_of_other_endpoints(
        self, acme: Tenant, feeds: DeliveryFeeds, publisher: Publisher
    ) -> None:
        made = await webhooks.made(acme)
        await webhooks.made(acme)
        await webhooks.tell(acme)
        async with following(feeds, acme.owner, made.endpoint.id) as seen:
            await until(lambda: len(seen) == 1, "the snapshot")
            for _ in range(3):
                await publisher.wake(events.topic(made.endpoint.id))
            await webhooks.tell(acme)
            await publisher.wake(events.topic(made.endpoint.id))
            await until(lambda: len(seen) == 2, "the second")

        assert {one.endpoint_id for one in seen} == {made.endpoint.id}

    async def test_is_woken_by_what_is_booked(self, acme: Tenant) -> None:
        made = await webhooks.made(acme)
        await webhooks.tell(acme)
        await book(await delivering.claim(limit=10, now=utcnow()), 500)

        topics = await db.fetchval(
            "SELECT payload->'topics'->>0 FROM outbox_message WHERE name = 'webhook_deliveries.changed'"
        )
        assert topics == events.topic(made.endpoint.id)

    async def test_is_for_who_may_read_the_endpoint(
        self, settings: Settings, acme: Tenant, feeds: DeliveryFeeds
    ) -> None:
        made = await webhooks.made(acme)
        viewer = await member(acme, Role.VIEWER)
        rival = await tenant(settings, "rival")
        for who, refusal in ((viewer, Forbidden), (rival.owner, EndpointNotFound)):
            with pytest.raises(refusal):
                await anext(feeds.follow(who, made.endpoint.id))
