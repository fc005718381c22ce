"""`/v1/features` and `/v1/entitlements`."""

from typing import Any

import aiohttp
import pytest

from app.core import ids
from app.core.clock import utcnow
from app.core.config import Settings
from app.core.principal import Permission
from app.infra import db
from tests.factories import apikeys, limits, wallets
from tests.factories.entitlements import LAW_FIRM, entitle, everything, feature, used
from tests.factories.orgs import NOW, Tenant
from tests.rest.problems import fields, problem
from tests.waiting import eventually

Json = dict[str, Any]
CALL = {"provider": "openai", "model": "gpt-4-turbo", "input_tokens": 1_000, "output_tokens": 500}
ASKED = {"customer_id": LAW_FIRM, "feature_id": "search", "action": CALL}


async def post(
    client: aiohttp.ClientSession, tenant: Tenant, path: str, body: Json, **headers: str
) -> aiohttp.ClientResponse:
    return await client.post(f"/v1/{path}", json=body, headers=tenant.headers | headers)


async def check(client: aiohttp.ClientSession, tenant: Tenant, body: Json) -> Json:
    answer = await post(client, tenant, "entitlements/check", body)
    assert answer.status == 200, await answer.text()
    found: Json = await answer.json()
    return found


@pytest.fixture
async def selling(acme: Tenant) -> Tenant:
    """With credit, and a feature for everybody: ten requests a month."""
    await wallets.wallet(acme, 100)
    await feature(acme)
    await entitle(acme, amount=10)
    return acme


class TestCheck:
    async def test_answers_in_the_documented_shape(
        self, client: aiohttp.ClientSession, selling: Tenant
    ) -> None:
        body = await check(client, selling, ASKED)
        assert body.pop("limits")[0] == {
            "scope": {"kind": "entitlement", "id": "search"},
            "unit": "requests",
            "limit": "10",
            "remaining": "10",
            "is_hard": True,
            "reset_time": body["reset_time"],
        }
        assert body.pop("reset_time").endswith("-01T00:00:00+00:00")
        assert body == {
            "allowed": True,
            "reason": "allowed",
            "limiting_scope": {"kind": "entitlement", "id": "search"},
            "remaining": "10",
            "unit": "requests",
            "estimated_credits": "1.5",
            "estimated_cost_usd": "0.025",
            "actions": [],
        }

    async def test_answers_no_with_what_helps(self, client: aiohttp.ClientSession, selling: Tenant) -> None:
        body = await check(client, selling, {"customer_id": LAW_FIRM, "action": {"credits": "101"}})
        assert (body["allowed"], body["reason"], body["actions"]) == (
            False,
            "insufficient_credits",
            ["top_up"],
        )
        assert body["limiting_scope"]["kind"] == "wallet"
        assert body["limiting_scope"]["id"].startswith("wal_")
        assert (body["remaining"], body["unit"]) == ("100", "credits")

    async def test_needs_nothing_but_a_question(self, client: aiohttp.ClientSession, selling: Tenant) -> None:
        body = await check(client, selling, {})
        assert (body["allowed"], body["estimated_credits"]) == (True, "0")

    async def test_names_every_fault(self, client: aiohttp.ClientSession, selling: Tenant) -> None:
        wrong = {
            "customer_id": "",
            "action": {"input_tokens": -1, "cached_input_tokens": 1, "quantity": "1e30"},
        }
        answer = await post(client, selling, "entitlements/check", wrong)
        body = await problem(answer, 422, "invalid_input")
        assert fields(body) == {
            ("customer_id", "length"),
            ("action.input_tokens", "out_of_range"),
            ("action.cached_input_tokens", "out_of_range"),
            ("action.quantity", "out_of_range"),
        }

    async def test_needs_the_permission(
        self, client: aiohttp.ClientSession, selling: Tenant, settings: Settings
    ) -> None:
        await db.execute("UPDATE api_key SET revoked_at = $1", NOW)
        weak = await apikeys.made(
            settings, selling.owner, selling.org_id, now=NOW, scopes=[Permission.JOBS_READ]
        )
        answer = await client.post("/v1/entitlements/check", json=ASKED, headers=weak.headers)
        await problem(answer, 403, "forbidden")


class TestReserve:
    async def test_sets_credit_aside(self, client: aiohttp.ClientSession, selling: Tenant) -> None:
        answer = await post(client, selling, "entitlements/reserve", {**ASKED, "lease_seconds": 60})
        body = await answer.json()
        assert (answer.status, answer.headers["Location"]) == (201, f"/v1/credits/holds/{body['id']}")
        assert ids.find("hold", body["id"]) == await db.fetchval("SELECT id FROM credit_hold")
        assert (body["amount"], body["estimated_cost_usd"]) == ("1.5", "0.025")

    async def test_answers_the_same_key_with_the_first_hold(
        self, client: aiohttp.ClientSession, selling: Tenant
    ) -> None:
        first = await post(client, selling, "entitlements/reserve", ASKED, **{"Idempotency-Key": "one"})
        again = await post(client, selling, "entitlements/reserve", ASKED, **{"Idempotency-Key": "one"})
        assert (await first.json()) == (await again.json())
        assert again.headers["Idempotent-Replay"] == "true"
        other = {**ASKED, "feature_id": None}
        answer = await post(client, selling, "entitlements/reserve", other, **{"Idempotency-Key": "one"})
        assert (answer.status, (await answer.json())["code"]) == (422, "idempotency_key_reused")
        assert await db.fetchval("SELECT count(*) FROM credit_hold") == 1

    async def test_refuses_with_the_scope_and_when_it_begins_anew(
        self, client: aiohttp.ClientSession, selling: Tenant
    ) -> None:
        await entitle(selling, amount=0)
        before = await everything()
        answer = await post(client, selling, "entitlements/reserve", ASKED)
        body = await answer.json()
        assert (answer.status, body["code"]) == (402, "quota_exceeded")
        assert body["scope"] == {"kind": "entitlement", "id": "search"}
        assert body["resets_at"].endswith("-01T00:00:00+00:00")
        assert (body["available"], body["needed"], body["actions"]) == ("0", "1", ["upgrade", "wait"])
        assert await everything() == before


class TestFeatures:
    async def test_are_made_once_and_listed(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        body = {"key": "search", "name": "Search"}
        made = await post(client, acme, "features", body, **{"Idempotency-Key": "one"})
        again = await post(client, acme, "features", body, **{"Idempotency-Key": "one"})
        assert (made.status, again.headers["Idempotent-Replay"]) == (201, "true")
        await problem(await post(client, acme, "features", body), 409, "feature_exists")
        listed = await (await client.get("/v1/features", headers=acme.headers)).json()
        assert [one["key"] for one in listed["data"]] == ["search"]
        assert listed["data"] == [await made.json()]

    async def test_of_others_are_not_there(
        self, client: aiohttp.ClientSession, selling: Tenant, rival: Tenant
    ) -> None:
        for path in ("features", "entitlements"):
            listed = await (await client.get(f"/v1/{path}", headers=rival.headers)).json()
            assert listed["data"] == []


class TestEntitlements:
    async def test_are_set_changed_and_removed(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        await feature(acme)
        limit = {"unit": "tokens", "amount": "5000", "period": "day"}
        body = {"feature": "search", "audience": {"kind": "tier", "ref": "gold"}, "limit": limit}
        made = await (await post(client, acme, "entitlements", body)).json()
        assert made["limit"] == {**limit, "is_hard": True}
        changed = await (await post(client, acme, "entitlements", {**body, "limit": None})).json()
        assert (changed["id"], changed["limit"]) == (made["id"], None)
        gone = await client.delete(f"/v1/entitlements/{made['id']}", headers=acme.headers)
        assert gone.status == 204
        listed = await (await client.get("/v1/entitlements", headers=acme.headers)).json()
        assert listed["data"] == []
        actions = await db.fetch(
            "SELECT action FROM audit_entry WHERE target_type = 'entitlement' ORDER BY id"
        )
        assert [row["action"] for row in actions] == [
            "entitlement.set",
            "entitlement.set",
            "entitlement.removed",
        ]

    async def test_need_a_feature_and_an_audience(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        body = {"feature": "search", "audience": {"kind": "all"}}
        await problem(await post(client, acme, "entitlements", body), 404, "feature_not_found")
        wrong = {"feature": "search", "audience": {"kind": "customer"}}
        found = await problem(await post(client, acme, "entitlements", wrong), 422, "invalid_input")
        assert fields(found) == {("audience.ref", "length")}

    async def test_of_others_cannot_be_removed(
        self, client: aiohttp.ClientSession, selling: Tenant, rival: Tenant
    ) -> None:
        found = ids.encode("ent", await db.fetchval("SELECT id FROM entitlement"))
        answer = await client.delete(f"/v1/entitlements/{found}", headers=rival.headers)
        await problem(answer, 404, "entitlement_not_found")
        assert await db.fetchval("SELECT count(*) FROM entitlement") == 1


class TestTokensOfThePlan:
    async def test_end_the_creation_of_jobs_but_not_their_replay(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        await limits.put_on(acme, "FREE")
        job = {"text": "Whales are large. They sing."}
        key = {"Idempotency-Key": "one"}
        first = await (await post(client, acme, "jobs/summarize", job, **key)).json()
        await used(acme, tokens=50_000, at=utcnow())

        async def refused() -> Json | None:
            answer = await post(client, acme, "jobs/summarize", job)
            return await answer.json() if answer.status == 402 else None

        await eventually(refused, every=0.3, what="a refusal")
        before = await db.fetchval("SELECT count(*) FROM job")
        body = await refused()
        assert body is not None
        assert (body["code"], body["scope"]) == ("quota_exceeded", {"kind": "plan", "id": "FREE"})
        assert body["resets_at"].endswith("-01T00:00:00+00:00")
        assert "upgrade" in body["actions"]
        assert await db.fetchval("SELECT count(*) FROM job") == before
        again = await post(client, acme, "jobs/summarize", job, **key)
        assert ((await again.json())["id"], again.headers["Idempotent-Replay"]) == (first["id"], "true")
