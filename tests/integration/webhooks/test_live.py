"""Following the deliveries of an endpoint."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from datetime import timedelta
from uuid import UUID

import pytest

from app.core.clock import utcnow
from app.core.config import Settings
from app.core.errors import Forbidden, InvalidInput
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
        stream = await feeds.open(who, endpoint_id)
        async with aclosing(stream.updates()) as updates:
            async for update in updates:
                seen.append(update.delivery)  # noqa: PERF401 - who waits looks at it meanwhile

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


async def bury_all() -> None:
    await db.execute(
        "UPDATE webhook_delivery SET state = 'DEAD', finished_at = $1, updated_at = $1, seq = seq + 1",
        utcnow(),
    )


def ended(seen: list[Delivery]) -> set[UUID]:
    return {one.id for one in seen if one.state is State.DEAD}


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

    async def test_tells_all_that_change_in_one_moment(
        self, acme: Tenant, feeds: DeliveryFeeds, publisher: Publisher
    ) -> None:
        made = await webhooks.made(acme)
        await webhooks.tell(acme, count=1_200)
        async with following(feeds, acme.owner, made.endpoint.id) as seen:
            await until(lambda: len(seen) == 20, "the snapshot")
            await bury_all()
            await publisher.wake(events.topic(made.endpoint.id))
            await until(lambda: len(ended(seen)) == 1_200, "all the ends")

    async def test_leaves_nothing_out_for_who_was_too_slow(
        self, acme: Tenant, feeds: DeliveryFeeds, publisher: Publisher
    ) -> None:
        made = await webhooks.made(acme)
        await webhooks.tell(acme, count=300)
        stream = await feeds.open(acme.owner, made.endpoint.id)
        async with (
            aclosing(stream.updates()) as updates,
            following(feeds, acme.owner, made.endpoint.id) as quick,
        ):
            seen = [(await anext(updates)).delivery]
            await until(lambda: len(quick) == 20, "the snapshot of another")
            await bury_all()
            await publisher.wake(events.topic(made.endpoint.id))
            # It has come to the buffers of both.
            await until(lambda: len(ended(quick)) == 300, "all the ends")
            async with asyncio.timeout(20):
                while len(ended(seen)) < 300:
                    seen.append((await anext(updates)).delivery)

    async def test_leaves_nothing_out_where_there_was_nothing_at_first(
        self, acme: Tenant, feeds: DeliveryFeeds
    ) -> None:
        made = await webhooks.made(acme)
        stream = await feeds.open(acme.owner, made.endpoint.id)
        assert [change async for change in stream.catch_up(None)] == []
        await webhooks.tell(acme, count=30)

        assert len([change async for change in stream.behind(None)]) == 30

    async def test_goes_on_with_all_that_has_changed_since(
        self, acme: Tenant, feeds: DeliveryFeeds, publisher: Publisher
    ) -> None:
        made = await webhooks.made(acme)
        now = utcnow()
        await webhooks.tell(acme, count=5, now=now - timedelta(hours=2))
        await webhooks.tell(acme, count=30, now=now - timedelta(minutes=30))
        stream = await feeds.open(acme.owner, made.endpoint.id)
        async with aclosing(stream.updates(after=stream.since(now - timedelta(hours=1)))) as updates:
            missed = [(await anext(updates)).delivery for _ in range(30)]
            assert {one.updated_at for one in missed} == {now - timedelta(minutes=30)}
            assert len({one.id for one in missed}) == 30
            await webhooks.tell(acme)
            await publisher.wake(events.topic(made.endpoint.id))
            assert (await anext(updates)).delivery.id not in {one.id for one in missed}
        with pytest.raises(InvalidInput):
            stream.since(now - timedelta(hours=25))

    async def test_is_woken_by_what_is_given_up(self, acme: Tenant) -> None:
        made = await webhooks.made(acme)
        await webhooks.tell(acme)
        await db.execute("UPDATE webhook_endpoint SET is_enabled = false, disabled_reason = 'manual'")
        await db.execute("DELETE FROM outbox_message")

        assert await delivering.bury(now=utcnow()) == 1
        assert await db.fetchval("SELECT payload->'topics'->>0 FROM outbox_message") == events.topic(
            made.endpoint.id
        )

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
                await feeds.open(who, made.endpoint.id)
