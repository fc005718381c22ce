"""Sending webhooks, to servers on this machine that behave well or not."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
import standardwebhooks
import stripe
from aiohttp import web

from app.core import ids
from app.core.clock import utcnow
from app.core.config import Settings
from app.infra import db, pubsub, redis
from app.infra.outbound import Outbound
from app.webhooks import delivering, events, redelivery, service
from app.webhooks.retrying import LEASE, TIMEOUT_SECONDS
from app.webhooks.types import DisabledReason, UpdateEndpoint
from tests.factories import webhooks
from tests.factories.orgs import Tenant, tenant
from tests.factories.webhooks import VAULT
from tests.fakes.outside import LOOPBACK, Request, Sink, client, sink
from tests.waiting import until
from workers.webhooks import Dispatcher


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    return await tenant(settings)


@pytest.fixture
async def server() -> AsyncIterator[Sink]:
    async with sink() as found:
        yield found


@pytest.fixture
async def hub(settings: Settings) -> AsyncIterator[pubsub.Hub]:
    connection = redis.connect(settings.require_redis_url())
    found = pubsub.Hub(connection)
    task = asyncio.create_task(found.run())
    yield found
    task.cancel()
    await asyncio.wait([task])
    await connection.aclose()


@asynccontextmanager
async def sending(
    hub: pubsub.Hub, *, seconds: float = TIMEOUT_SECONDS, later: timedelta = timedelta(0)
) -> AsyncIterator[None]:
    """A dispatcher whose clock is ahead by `later`."""
    async with client() as outbound:
        dispatcher = Dispatcher(VAULT, outbound, clock=lambda: utcnow() + later, seconds=seconds)
        async with dispatcher.running(hub):
            yield


async def rows(sql: str = "SELECT * FROM webhook_delivery ORDER BY id") -> list[Mapping[str, Any]]:
    return [dict(row) for row in await db.fetch(sql)]


async def ended(count: int = 1, state: str = "SUCCEEDED") -> bool:
    sql = "SELECT count(*) FROM webhook_delivery WHERE state = $1"
    return bool(await db.fetchval(sql, state) >= count)


async def attempts() -> list[Mapping[str, Any]]:
    return await rows("SELECT * FROM webhook_attempt ORDER BY delivery_id, number")


async def began() -> bool:
    return bool(await attempts())


async def endpoint() -> Mapping[str, Any]:
    [found] = await rows("SELECT * FROM webhook_endpoint")
    return found


def answering(status: int, headers: Mapping[str, str] | None = None, text: str = "no") -> Any:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=status, headers=headers, text=text)

    return answer


def verify(request: Request, secret: str) -> dict[str, Any]:
    """By the libraries that receivers use; the body."""
    assert stripe.WebhookSignature.verify_header(
        request.body.decode(), request.headers["X-LK-Signature"], secret, tolerance=60
    )
    found: dict[str, Any] = standardwebhooks.Webhook(secret).verify(
        request.body, {name.lower(): value for name, value in request.headers.items()}
    )
    return found


class TestDelivery:
    async def test_arrives_signed_in_both_schemes(self, acme: Tenant, server: Sink, hub: pubsub.Hub) -> None:
        made = await webhooks.made(acme, f"{server.url}/hook")
        await webhooks.tell(acme)
        async with sending(hub):
            await until(ended, "the delivery")

        [request] = server.requests
        body = verify(request, made.secret)
        assert body["type"] == "job.succeeded"
        assert request.headers["webhook-id"] == body["id"]
        assert request.headers["Content-Type"] == "application/json"
        [delivery] = await rows()
        assert request.headers["X-LK-Delivery"] == ids.encode("del", delivery["id"])
        [attempt] = await attempts()
        assert (attempt["status"], attempt["body"], attempt["number"]) == (200, "thanks", 1)

    async def test_is_verified_with_either_secret_while_one_is_rotated(
        self, acme: Tenant, server: Sink, hub: pubsub.Hub
    ) -> None:
        made = await webhooks.made(acme, server.url)
        rotated = await service.rotate(acme.owner, made.endpoint.id, vault=VAULT, now=utcnow())
        assert rotated.secret is not None
        await webhooks.tell(acme)
        async with sending(hub):
            await until(ended, "the delivery")

        for secret in (made.secret, rotated.secret):
            verify(server.requests[0], secret)

    async def test_knows_the_new_secret_alone_when_the_overlap_is_over(
        self, acme: Tenant, server: Sink, hub: pubsub.Hub
    ) -> None:
        made = await webhooks.made(acme, server.url)
        await service.rotate(acme.owner, made.endpoint.id, vault=VAULT, now=utcnow() - timedelta(hours=25))
        await webhooks.tell(acme)
        async with sending(hub):
            await until(ended, "the delivery")

        with pytest.raises(stripe.SignatureVerificationError):
            verify(server.requests[0], made.secret)

    async def test_happens_once_with_two_dispatchers(
        self, acme: Tenant, server: Sink, hub: pubsub.Hub
    ) -> None:
        for _ in range(5):
            await webhooks.made(acme, server.url)
        async with sending(hub), sending(hub):
            await webhooks.tell(acme, count=40)
            await until(lambda: ended(200), "all deliveries")

        sent = [request.headers["X-LK-Delivery"] for request in server.requests]
        assert len(sent) == len(set(sent)) == 200
        assert {row["attempts"] for row in await rows()} == {1}

    async def test_of_a_lost_worker_happens_again_with_the_same_id(
        self, acme: Tenant, server: Sink, hub: pubsub.Hub
    ) -> None:
        await webhooks.made(acme, server.url)
        await webhooks.tell(acme)
        [taken] = await delivering.claim(limit=10, now=utcnow())
        async with sending(hub, later=LEASE + timedelta(seconds=1)):
            await until(ended, "the delivery")

        assert server.requests[0].headers["X-LK-Delivery"] == ids.encode("del", taken.id)
        assert server.requests[0].headers["webhook-id"] == ids.encode("msg", taken.message_id)
        [row] = await rows()
        assert row["attempts"] == 2

    @pytest.mark.parametrize("status", [300, 302, 307, 400, 404, 500, 502])
    async def test_is_tried_again_after_an_answer_that_is_none_of_success(
        self, acme: Tenant, server: Sink, hub: pubsub.Hub, status: int
    ) -> None:
        server.behaviours["/"] = answering(status, {"Location": f"{server.url}/elsewhere"})
        await webhooks.made(acme, f"{server.url}/")
        await webhooks.tell(acme)
        async with sending(hub):
            await until(began, "an attempt")
            [row] = await rows()

        assert (row["state"], row["last_status"]) == ("PENDING", status)
        assert row["due_at"] > row["updated_at"]
        assert server.of("/elsewhere") == []

    async def test_is_tried_again_after_no_answer_in_time(
        self, acme: Tenant, server: Sink, hub: pubsub.Hub
    ) -> None:
        async def hang(_request: web.Request) -> web.Response:
            await asyncio.sleep(3)
            return web.Response()

        server.behaviours["/"] = hang
        await webhooks.made(acme, f"{server.url}/")
        await webhooks.tell(acme)
        async with sending(hub, seconds=0.2):
            await until(began, "an attempt")

        [attempt] = await attempts()
        assert (attempt["status"], attempt["error_code"]) == (None, "timed_out")
        assert 200 <= attempt["latency_ms"] < 3_000

    async def test_goes_on_where_it_had_failed(self, acme: Tenant, server: Sink, hub: pubsub.Hub) -> None:
        server.behaviours["/"] = answering(500)
        await webhooks.made(acme, f"{server.url}/")
        await webhooks.tell(acme)
        async with sending(hub):
            await until(began, "an attempt")
            server.behaviours.clear()
        async with sending(hub, later=timedelta(seconds=30)):
            await until(ended, "the delivery")

        assert [row["status"] for row in await attempts()] == [500, 200]
        assert len({request.headers["webhook-id"] for request in server.requests}) == 1
        # Signed anew: receivers refuse what is old.
        assert len({request.headers["X-LK-Signature"] for request in server.requests}) == 2
        found = await endpoint()
        assert (found["consecutive_failures"], found["failing_since"]) == (0, None)

    @pytest.mark.parametrize("status", [429, 503])
    async def test_waits_as_long_as_it_is_asked_to(
        self, acme: Tenant, server: Sink, hub: pubsub.Hub, status: int
    ) -> None:
        server.behaviours["/"] = answering(status, {"Retry-After": "3600"})
        await webhooks.made(acme, f"{server.url}/")
        await webhooks.tell(acme)
        async with sending(hub):
            await until(began, "an attempt")
            await webhooks.tell(acme)
        async with sending(hub, later=timedelta(minutes=59)):
            await asyncio.sleep(0.1)

        [first, second] = await rows()
        assert first["due_at"] >= utcnow() + timedelta(minutes=59)
        assert (second["attempts"], len(server.requests)) == (0, 1)

    async def test_switches_off_who_is_gone(self, acme: Tenant, server: Sink, hub: pubsub.Hub) -> None:
        server.behaviours["/"] = answering(410)
        await webhooks.made(acme, f"{server.url}/")
        await webhooks.tell(acme)
        async with sending(hub):
            await until(lambda: ended(1, "DEAD"), "the end")

        found = await endpoint()
        assert (found["is_enabled"], found["disabled_reason"]) == (False, "gone")
        tasks = await rows("SELECT * FROM outbox_message WHERE name = 'mail_webhook_disabled'")
        assert len(tasks) == 1
        [entry] = await rows("SELECT * FROM audit_entry WHERE action = 'webhook_endpoint.disabled'")
        assert entry["principal_kind"] == "system"
        assert len(await rows("SELECT * FROM outbox_message WHERE name = 'webhook_endpoint.disabled'")) == 1

    async def test_is_dead_when_a_day_of_attempts_has_failed(
        self, acme: Tenant, server: Sink, hub: pubsub.Hub
    ) -> None:
        server.behaviours["/"] = answering(500)
        await webhooks.made(acme, f"{server.url}/")
        await webhooks.tell(acme, now=utcnow() - timedelta(hours=24))
        async with sending(hub):
            await until(lambda: ended(1, "DEAD"), "the end")

    async def test_keeps_two_kilobytes_of_the_answer_as_text(
        self, acme: Tenant, server: Sink, hub: pubsub.Hub
    ) -> None:
        async def binary(_request: web.Request) -> web.Response:
            return web.Response(body=b"\x00\xff" + b"a" * 5_000)

        server.behaviours["/"] = binary
        await webhooks.made(acme, f"{server.url}/")
        await webhooks.tell(acme)
        async with sending(hub):
            await until(ended, "the delivery")

        [attempt] = await attempts()
        assert attempt["body"] == "\N{REPLACEMENT CHARACTER}" * 2 + "a" * 2_046

    async def test_is_refused_where_the_address_is_inside(
        self, acme: Tenant, server: Sink, hub: pubsub.Hub
    ) -> None:
        await webhooks.made(acme, f"{server.url}/")
        await webhooks.tell(acme)
        outbound = Outbound(type(LOOPBACK)(allows_http=True))
        async with Dispatcher(VAULT, outbound, clock=utcnow).running(hub):
            await until(began, "an attempt")
        await outbound.close()

        assert server.requests == []
        assert (await attempts())[0]["error_code"] == "address_refused"

    async def test_is_told_to_who_watches_when_it_begins(
        self, acme: Tenant, server: Sink, hub: pubsub.Hub
    ) -> None:
        made = await webhooks.made(acme, f"{server.url}/")
        await webhooks.tell(acme)
        told: list[str] = []

        async def wake(*topics: str) -> None:
            told.extend(topics)
            raise ConnectionError("Redis is away, which stops nothing")

        async with client() as outbound, Dispatcher(VAULT, outbound, clock=utcnow, wake=wake).running(hub):
            await until(ended, "the delivery")

        assert told == [events.topic(made.endpoint.id)]


class TestEndpoints:
    async def test_are_not_delayed_by_one_of_a_hundred_that_hangs(
        self, settings: Settings, acme: Tenant, server: Sink, hub: pubsub.Hub
    ) -> None:
        held = asyncio.Event()

        async def hang(_request: web.Request) -> web.Response:
            await held.wait()
            return web.Response()

        server.behaviours["/dead"] = hang
        await webhooks.made(acme, f"{server.url}/dead")
        # Fifty is what an org may have.
        other = await tenant(settings, "other")
        for number in range(49):
            await webhooks.made(acme, f"{server.url}/{number}")
            await webhooks.made(other, f"{server.url}/o{number}")
        await webhooks.made(other, f"{server.url}/last")
        await webhooks.tell(acme, count=12)
        await webhooks.tell(other, count=12)
        async with sending(hub, seconds=30):
            await until(lambda: ended(99 * 12), "all deliveries but those of one")
            stuck = await rows("SELECT state FROM webhook_delivery WHERE state <> 'SUCCEEDED'")
            held.set()

        assert len(stuck) == 12
        assert [row["state"] for row in stuck].count("SENDING") == 10

    async def test_are_sent_no_more_at_once_than_they_bear(
        self, acme: Tenant, server: Sink, hub: pubsub.Hub
    ) -> None:
        now, most = 0, 0

        async def count(_request: web.Request) -> web.Response:
            nonlocal now, most
            now += 1
            most = max(most, now)
            await asyncio.sleep(0.005)
            now -= 1
            return web.Response()

        server.behaviours["/"] = count
        await webhooks.made(acme, f"{server.url}/", max_concurrency=3)
        await webhooks.tell(acme, count=30)
        async with sending(hub), sending(hub):
            await until(lambda: ended(30), "all deliveries")

        assert most == 3

    async def test_are_sent_no_faster_than_they_want(
        self, acme: Tenant, server: Sink, hub: pubsub.Hub
    ) -> None:
        await webhooks.made(acme, f"{server.url}/", rate_per_second=20)
        await webhooks.tell(acme, count=30)
        before = utcnow()
        async with sending(hub):
            await until(lambda: ended(30), "all deliveries")

        assert utcnow() - before >= timedelta(seconds=0.9)

    async def test_that_fail_are_tried_one_by_one_and_then_left_alone(
        self, acme: Tenant, server: Sink, hub: pubsub.Hub
    ) -> None:
        server.behaviours["/"] = answering(500)
        await webhooks.made(acme, f"{server.url}/", max_concurrency=5)
        await webhooks.tell(acme, count=50)
        async with sending(hub):
            await until(lambda: len(server.requests) >= 5, "failures")
            await until(lambda: paused(utcnow()), "a pause")
        sent = len(server.requests)
        assert sent < 20
        # Half open: one probe, and as it fails the pause is longer.
        async with sending(hub, later=timedelta(seconds=15)):
            await until(lambda: len(server.requests) == sent + 1, "a probe")
            await until(lambda: paused(utcnow() + timedelta(seconds=25)), "a longer pause")

        assert len(server.requests) == sent + 1

    async def test_that_are_well_again_are_sent_everything(
        self, acme: Tenant, server: Sink, hub: pubsub.Hub
    ) -> None:
        server.behaviours["/"] = answering(500)
        await webhooks.made(acme, f"{server.url}/")
        await webhooks.tell(acme, count=30)
        async with sending(hub):
            await until(lambda: paused(utcnow()), "a pause")
        server.behaviours.clear()
        async with sending(hub, later=timedelta(minutes=11)):
            await until(lambda: ended(30), "all deliveries")

    async def test_that_fail_for_five_days_are_switched_off_and_their_deliveries_buried(
        self, acme: Tenant, server: Sink, hub: pubsub.Hub
    ) -> None:
        await webhooks.made(acme, f"{server.url}/")
        await webhooks.tell(acme)
        failing = "UPDATE webhook_endpoint SET failing_since = $1, consecutive_failures = 5"
        await db.execute(failing, utcnow() - timedelta(days=4, hours=23))
        assert await delivering.disable_failing(now=utcnow()) == 0
        assert await delivering.disable_failing(now=utcnow() + timedelta(hours=1)) == 1
        assert await delivering.bury(now=utcnow()) == 1

        found = await endpoint()
        assert (found["is_enabled"], found["disabled_reason"]) == (False, "failing")
        [row] = await rows()
        assert (row["state"], row["last_error"]) == ("DEAD", "not_sent")

    async def test_that_are_paused_for_a_day_do_not_keep_what_waits_for_ever(self, acme: Tenant) -> None:
        await webhooks.made(acme)
        await webhooks.tell(acme, count=2, now=utcnow() - timedelta(hours=25))
        await webhooks.tell(acme, count=3)
        assert await delivering.bury(now=utcnow()) == 0
        await db.execute("UPDATE webhook_endpoint SET paused_until = $1", utcnow() + timedelta(minutes=10))
        assert await delivering.bury(now=utcnow()) == 2

        assert sorted(row["state"] for row in await rows()) == ["DEAD"] * 2 + ["PENDING"] * 3

    async def test_that_are_enabled_again_begin_anew(
        self, acme: Tenant, server: Sink, hub: pubsub.Hub
    ) -> None:
        made = await webhooks.made(acme, f"{server.url}/")
        await webhooks.tell(acme)
        async with db.unit_of_work() as uow:
            await service.disable(uow, made.endpoint.id, reason=DisabledReason.FAILING, now=utcnow())
        await delivering.bury(now=utcnow())
        done = await service.update(
            acme.owner,
            made.endpoint.id,
            command=UpdateEndpoint(is_enabled=True),
            outbound=webhooks.NOWHERE,
            now=utcnow(),
        )
        assert done.value.disabled_reason is None
        again = await redelivery.redeliver_since(
            acme.owner, made.endpoint.id, since=utcnow() - timedelta(hours=1), now=utcnow()
        )
        async with sending(hub):
            await until(ended, "the delivery")

        assert again.value.count == 1


class TestRedeliver:
    async def test_sends_the_same_once_more(self, acme: Tenant, server: Sink, hub: pubsub.Hub) -> None:
        await webhooks.made(acme, f"{server.url}/")
        await webhooks.tell(acme)
        async with sending(hub):
            await until(ended, "the delivery")
            [row] = await rows()
            await redelivery.redeliver(acme.owner, row["id"], now=utcnow())
            await until(lambda: len(server.requests) == 2, "another one")
            await until(ended, "its end")

        assert server.requests[0].body == server.requests[1].body
        assert [row["number"] for row in await attempts()] == [1, 2]

    async def test_of_a_test_reaches_who_asked_for_nothing_of_it(
        self, acme: Tenant, server: Sink, hub: pubsub.Hub
    ) -> None:
        made = await webhooks.made(acme, f"{server.url}/", event_types=["member.invited"])
        done = await redelivery.send_test(acme.owner, made.endpoint.id, now=utcnow())
        async with sending(hub):
            await until(ended, "the delivery")

        assert verify(server.requests[0], made.secret)["type"] == "webhook.test"
        [row] = await rows()
        assert row["id"] == done.value.id


class TestPurge:
    async def test_forgets_what_is_older_than_it_should_be(
        self, acme: Tenant, server: Sink, hub: pubsub.Hub
    ) -> None:
        await webhooks.made(acme, f"{server.url}/")
        await webhooks.tell(acme)
        async with sending(hub):
            await until(ended, "the delivery")
        assert await delivering.purge(days=2, now=utcnow() + timedelta(days=1)) == 0
        assert await delivering.purge(days=2, now=utcnow() + timedelta(days=3)) == 1

        assert await rows() == await attempts() == []


async def paused(until_at: datetime) -> bool:
    return bool(await db.fetchval("SELECT paused_until > $1 FROM webhook_endpoint", until_at))
