"""Public facts become messages with their cause."""

# ruff: noqa: PT012 - a unit of work is a block, and its errors come out of the end of it

import asyncio

import orjson
import pytest

from app.core import ids
from app.core.config import Settings
from app.core.events import Event
from app.infra import db
from app.outbox import service as outbox
from app.webhooks import recording
from tests.factories import webhooks
from tests.factories.orgs import NOW, Tenant, tenant
from tests.factories.webhooks import fact
from tests.fakes import statements


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    recording.install()
    return await tenant(settings)


async def messages() -> list[str]:
    return [row["type"] for row in await db.fetch("SELECT type FROM webhook_message ORDER BY id")]


async def deliveries() -> int:
    count: int = await db.fetchval("SELECT count(*) FROM webhook_delivery")
    return count


class TestRecord:
    async def test_writes_a_message_and_a_delivery_for_each_endpoint_that_wants_it(
        self, acme: Tenant
    ) -> None:
        exact = await webhooks.made(acme, event_types=["job.succeeded"])
        area = await webhooks.made(acme, event_types=["job.*"])
        every = await webhooks.made(acme)
        await webhooks.made(acme, event_types=["member.*", "job.failed"])
        await webhooks.tell(acme, now=NOW)

        [message] = await db.fetch("SELECT * FROM webhook_message")
        body = orjson.loads(message["body"])
        assert body == {
            "id": ids.encode("msg", message["id"]),
            "type": "job.succeeded",
            "version": 1,
            "created_at": "2026-11-20T10:00:00Z",
            "org_id": acme.org,
            "data": {"number": 1},
        }
        rows = await db.fetch("SELECT endpoint_id, state, due_at, id, message_id FROM webhook_delivery")
        assert {row["endpoint_id"] for row in rows} == {one.endpoint.id for one in (exact, area, every)}
        assert {(row["state"], row["due_at"]) for row in rows} == {("PENDING", NOW)}
        assert len({row["id"] for row in rows}) == 3
        assert all(row["id"].version == 7 and row["id"].variant == message["id"].variant for row in rows)

    async def test_writes_nothing_for_an_org_without_endpoints(
        self, settings: Settings, acme: Tenant
    ) -> None:
        rival = await tenant(settings, "rival")
        await webhooks.made(rival)
        await webhooks.tell(acme)

        assert await messages() == []

    async def test_writes_nothing_for_what_nobody_asked_for_or_is_not_public(self, acme: Tenant) -> None:
        await webhooks.made(acme, event_types=["member.*"])
        await webhooks.tell(acme)
        async with db.unit_of_work() as uow:
            outbox.publish(uow, Event("member.whispered", acme.org_id, (), {}), now=NOW)

        assert await messages() == []

    async def test_writes_nothing_for_an_endpoint_that_is_off(self, acme: Tenant) -> None:
        await webhooks.made(acme)
        await db.execute("UPDATE webhook_endpoint SET is_enabled = false, disabled_reason = 'manual'")
        await webhooks.tell(acme)

        assert await messages() == []

    async def test_writes_nothing_when_the_cause_fails(self, acme: Tenant) -> None:
        await webhooks.made(acme)
        with pytest.raises(KeyError):
            async with db.unit_of_work() as uow:
                outbox.publish(uow, fact(acme.org_id), now=NOW)
                raise KeyError

        assert await messages() == []

    async def test_asks_the_database_nothing_more(self, acme: Tenant) -> None:
        await webhooks.made(acme)
        with statements.recorded() as seen:
            await webhooks.tell(acme)

        assert len(seen) == 1

    async def test_takes_part_in_shared_commits(self, acme: Tenant) -> None:
        await webhooks.made(acme)

        async def one(number: int) -> None:
            async with db.unit_of_work(shares_commit=True) as uow:
                outbox.publish(uow, fact(acme.org_id, number), now=NOW)

        await asyncio.gather(*(one(number) for number in range(30)))

        assert len(await messages()) == await deliveries() == 30

    async def test_wakes_the_senders(self, acme: Tenant) -> None:
        await webhooks.tell(acme)

        payload = await db.fetchval("SELECT payload FROM outbox_message WHERE name = 'job.succeeded'")
        assert outbox.PUBLIC in orjson.loads(payload)["topics"]
