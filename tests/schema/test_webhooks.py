"""Webhooks over GraphQL."""

from datetime import timedelta
from typing import Any

import aiohttp

from app.core import ids
from app.core.clock import utcnow
from app.infra import db
from app.webhooks import delivering
from app.webhooks.delivering import Result
from app.webhooks.retrying import Next, Outcome, State
from tests.factories import webhooks
from tests.factories.orgs import Tenant
from tests.fakes import statements
from tests.schema.conftest import Asker

# A public address: no name server is asked.
URL = "https://93.184.216.34/hooks"
CREATE = """
mutation($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) {
    __typename
    ... on WebhookSecret { secret isReplay endpoint { id url eventTypes isEnabled maxConcurrency } }
    ... on InvalidInput { errors { field code } }
} }
"""
ENDPOINTS = """
query($org: ID!) { webhookEndpoints(orgId: $org) { nodes { id url eventTypes isEnabled maxConcurrency } } }
"""
DELIVERIES = """
query($org: ID!, $filter: WebhookDeliveryFilter) { webhookDeliveries(orgId: $org, filter: $filter) { nodes {
    id status eventType attemptCount lastResponseStatus nextAttemptAt payload
    attempts { number responseStatus body latencyMs errorCode }
} } }
"""
REDELIVER = """
mutation($id: ID!) { redeliverWebhook(input: { id: $id }) {
    __typename ... on QueuedWebhookDelivery { delivery { id status } } ... on Problem { code }
} }
"""
FOLLOW = "subscription($id: ID!) { webhookDeliveryUpdated(endpointId: $id) { id seq status } }"


async def dead(acme: Tenant) -> None:
    """A delivery that was given up."""
    await webhooks.tell(acme)
    now = utcnow()
    taken = await delivering.claim(limit=10, now=now)
    outcome = Outcome(500, body="oops", latency_ms=12)
    await delivering.book([Result(one, outcome, Next(State.DEAD, now), now) for one in taken], now=now)


class TestEndpoints:
    async def test_are_made_with_a_secret_and_read_without(self, owner: Asker, acme: Tenant) -> None:
        wish = {"orgId": acme.org, "url": URL, "eventTypes": ["job.*"]}
        made = (await owner.ask(CREATE, {"input": wish}))["createWebhookEndpoint"]
        listed = await owner.ask(ENDPOINTS, {"org": acme.org})

        assert made["secret"].startswith("whsec_")
        assert listed["webhookEndpoints"]["nodes"] == [made["endpoint"]]
        assert made["endpoint"]["id"].startswith("whe_")

    async def test_inside_are_a_typed_problem(self, owner: Asker, acme: Tenant) -> None:
        wish = {"orgId": acme.org, "url": "https://169.254.169.254/latest"}
        answer = (await owner.ask(CREATE, {"input": wish}))["createWebhookEndpoint"]

        assert answer == {
            "__typename": "InvalidInput",
            "errors": [{"field": "url", "code": "address_refused"}],
        }
        assert await db.fetchval("SELECT count(*) FROM webhook_endpoint") == 0

    async def test_may_ask_for_what_the_catalogue_lists(self, nobody: Asker) -> None:
        found = await nobody.ask("{ webhookEventTypes { name version description } }")

        assert {"job.succeeded", "usage.updated", "member.invited"} <= {
            one["name"] for one in found["webhookEventTypes"]
        }


class TestDeliveries:
    async def test_are_found_by_state_with_payload_and_attempts(self, owner: Asker, acme: Tenant) -> None:
        await webhooks.made(acme)
        await dead(acme)
        await webhooks.tell(acme, name="job.failed")
        found = await owner.ask(DELIVERIES, {"org": acme.org, "filter": {"status": "DEAD"}})

        [delivery] = found["webhookDeliveries"]["nodes"]
        assert (delivery["eventType"], delivery["attemptCount"], delivery["lastResponseStatus"]) == (
            "job.succeeded",
            1,
            500,
        )
        assert delivery["payload"]["data"] == {"number": 1}
        [attempt] = delivery["attempts"]
        assert attempt == {
            "number": 1,
            "responseStatus": 500,
            "body": "oops",
            "latencyMs": 12,
            "errorCode": None,
        }

    async def test_are_sent_again(self, owner: Asker, acme: Tenant) -> None:
        await webhooks.made(acme)
        await dead(acme)
        found = await owner.ask(DELIVERIES, {"org": acme.org})
        [delivery] = found["webhookDeliveries"]["nodes"]
        answer = (await owner.ask(REDELIVER, {"id": delivery["id"]}))["redeliverWebhook"]

        assert answer["delivery"] == {"id": delivery["id"], "status": "PENDING"}

    async def test_of_others_are_not_there(self, stranger: Asker, acme: Tenant) -> None:
        await webhooks.made(acme)
        await dead(acme)
        node = await db.fetchval("SELECT id FROM webhook_delivery")

        answer = (await stranger.ask(REDELIVER, {"id": ids.encode("del", node)}))["redeliverWebhook"]
        assert answer == {"__typename": "Missing", "code": "webhook_delivery_not_found"}
        assert await db.fetchval("SELECT state FROM webhook_delivery") == "DEAD"


class TestWebhookDeliveryUpdated:
    async def test_tells_what_there_is_and_what_becomes_of_it(
        self, session: aiohttp.ClientSession, acme: Tenant
    ) -> None:

        made = await webhooks.made(acme)
        await dead(acme)
        variables = {"id": ids.encode("whe", made.endpoint.id)}
        async with session.ws_connect(
            "/graphql", protocols=("graphql-transport-ws",), headers=acme.headers
        ) as socket:
            await socket.send_json({"type": "connection_init"})
            assert (await socket.receive_json())["type"] == "connection_ack"
            await socket.send_json(
                {"type": "subscribe", "id": "1", "payload": {"query": FOLLOW, "variables": variables}}
            )
            first = await _next(socket)
            assert first["status"] == "DEAD"
            await dead(acme)
            # What changed lately may be told twice.
            while (second := await _next(socket))["id"] == first["id"]:
                pass

        assert second["id"] > first["id"]

    async def test_goes_on_from_what_was_seen(self, session: aiohttp.ClientSession, acme: Tenant) -> None:
        made = await webhooks.made(acme)
        await webhooks.tell(acme, now=utcnow() - timedelta(hours=1))
        seen_at = (utcnow() - timedelta(minutes=30)).isoformat()
        await webhooks.tell(acme, name="job.failed")
        query = """subscription($id: ID!, $after: DateTime) {
            webhookDeliveryUpdated(endpointId: $id, after: $after) { eventType }
        }"""
        async with session.ws_connect(
            "/graphql", protocols=("graphql-transport-ws",), headers=acme.headers
        ) as socket:
            await socket.send_json({"type": "connection_init"})
            assert (await socket.receive_json())["type"] == "connection_ack"
            variables = {"id": ids.encode("whe", made.endpoint.id), "after": seen_at}
            payload = {"query": query, "variables": variables}
            await socket.send_json({"type": "subscribe", "id": "1", "payload": payload})
            assert (await _next(socket))["eventType"] == "job.failed"
            long_ago = {**variables, "after": (utcnow() - timedelta(days=2)).isoformat()}
            payload = {"query": query, "variables": long_ago}
            await socket.send_json({"type": "subscribe", "id": "2", "payload": payload})
            refused = await socket.receive_json(timeout=20)
            assert (refused["type"], refused["id"]) == ("error", "2")
            assert refused["payload"][0]["extensions"]["code"] == "invalid_input"
            nowhere = {**variables, "after": utcnow().replace(tzinfo=None).isoformat()}
            payload = {"query": query, "variables": nowhere}
            await socket.send_json({"type": "subscribe", "id": "3", "payload": payload})
            refused = await socket.receive_json(timeout=20)
            assert (refused["type"], refused["id"]) == ("error", "3")
            assert refused["payload"][0]["extensions"]["code"] == "invalid_input"

    async def test_costs_the_queries_of_one_however_many_follow(
        self, session: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        made = await webhooks.made(acme)
        await dead(acme)
        query = FOLLOW.replace("status }", "status attempts { number } }")
        payload = {"query": query, "variables": {"id": ids.encode("whe", made.endpoint.id)}}
        async with session.ws_connect(
            "/graphql", protocols=("graphql-transport-ws",), headers=acme.headers
        ) as socket:
            await socket.send_json({"type": "connection_init"})
            assert (await socket.receive_json())["type"] == "connection_ack"
            for operation in "12345":
                await socket.send_json({"type": "subscribe", "id": operation, "payload": payload})
                await _next(socket)
            with statements.recorded() as seen:
                await dead(acme)
                got = [await _next(socket) for _ in range(5)]

        assert len({(one["id"], one["seq"]) for one in got}) == 1
        asked = [sql for sql in seen if "FROM webhook_attempt" in sql]
        # Where it takes long, that it waits is told before that it was given up: once each, for all five.
        assert 1 <= len(asked) <= 2


async def _next(socket: aiohttp.ClientWebSocketResponse) -> Any:
    while (message := await socket.receive_json(timeout=20))["type"] != "next":
        assert message["type"] in ("ping", "pong"), message
    return message["payload"]["data"]["webhookDeliveryUpdated"]
