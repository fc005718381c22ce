"""Webhooks over REST."""

import aiohttp

from app.core import ids
from app.infra import db
from tests.factories import webhooks
from tests.factories.orgs import NOW, Tenant

NOBODYS = ids.uuid7()
URL = "https://93.184.216.34/hooks"


class TestWebhookEndpoints:
    async def test_go_from_creation_to_deletion(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        key = {"Idempotency-Key": "k"}
        body = {"url": URL, "event_types": ["job.succeeded"]}
        made = await client.post("/v1/webhook-endpoints", json=body, headers=acme.headers | key)
        replay = await client.post("/v1/webhook-endpoints", json=body, headers=acme.headers | key)
        shown = await made.json()
        path = made.headers["Location"]
        assert (made.status, shown["secret"][:6]) == (201, "whsec_")
        assert (replay.headers["Idempotent-Replay"], (await replay.json())["secret"]) == ("true", None)

        patched = await client.patch(path, json={"is_enabled": False}, headers=acme.headers)
        assert (await patched.json())["disabled_reason"] == "manual"
        refused = await client.post(f"{path}/test", headers=acme.headers)
        assert (refused.status, (await refused.json())["code"]) == (409, "webhook_endpoint_disabled")
        await client.patch(path, json={"is_enabled": True}, headers=acme.headers)
        rotated = await client.post(f"{path}/rotate", headers=acme.headers)
        assert (await rotated.json())["secret"] != shown["secret"]
        tried = await client.post(f"{path}/test", headers=acme.headers)
        assert (tried.status, (await tried.json())["event_type"]) == (202, "webhook.test")
        listed = await (await client.get("/v1/webhook-endpoints", headers=acme.headers)).json()
        assert [one["id"] for one in listed["data"]] == [shown["endpoint"]["id"]]
        assert "secret" not in listed["data"][0]
        assert (await client.delete(path, headers=acme.headers)).status == 204
        assert (await client.get(path, headers=acme.headers)).status == 404

    async def test_are_for_keys_that_may(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        before = await db.fetchval("SELECT count(*) FROM webhook_endpoint")
        answer = await client.post("/v1/webhook-endpoints", json={"url": URL})
        assert answer.status == 401
        assert await db.fetchval("SELECT count(*) FROM webhook_endpoint") == before


class TestWebhookDeliveries:
    async def test_are_searched_and_shown_with_their_payload(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        made = await webhooks.made(acme, now=NOW)
        await webhooks.tell(acme, now=NOW)
        await webhooks.tell(acme, name="job.failed", now=NOW)
        query = {
            "endpoint_id": ids.encode("whe", made.endpoint.id),
            "event_type": "job.failed",
            "status": "PENDING",
        }
        found = await (await client.get("/v1/webhook-deliveries", params=query, headers=acme.headers)).json()
        [delivery] = found["data"]
        for message_id, count in ((delivery["message_id"], 1), (ids.encode("msg", NOBODYS), 0)):
            query = {"message_id": message_id}
            found = await client.get("/v1/webhook-deliveries", params=query, headers=acme.headers)
            assert [one["id"] for one in (await found.json())["data"]] == [delivery["id"]] * count
        detail = await client.get(f"/v1/webhook-deliveries/{delivery['id']}", headers=acme.headers)
        shown = await detail.json()

        assert (shown["delivery"], shown["attempts"]) == (delivery, [])
        assert shown["payload"]["type"] == "job.failed"
        assert shown["payload"]["id"] == delivery["message_id"]

    async def test_name_a_state_that_is_none(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        answer = await client.get("/v1/webhook-deliveries?status=LOST", headers=acme.headers)

        assert answer.status == 422
        assert (await answer.json())["errors"][0]["field"] == "status"

    async def test_are_sent_again_all_since_a_moment(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        made = await webhooks.made(acme, now=NOW)
        await webhooks.tell(acme, count=3, now=NOW)
        await db.execute("UPDATE webhook_delivery SET state = 'DEAD', finished_at = created_at")
        path = f"/v1/webhook-endpoints/{ids.encode('whe', made.endpoint.id)}/redeliver"
        answer = await client.post(path, json={"since": NOW.isoformat()}, headers=acme.headers)

        assert (answer.status, await answer.json()) == (
            202,
            {"count": 3, "has_more": False, "next_cursor": None},
        )
        assert await db.fetchval("SELECT count(*) FROM webhook_delivery WHERE state = 'PENDING'") == 3
