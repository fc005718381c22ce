"""The OpenAPI document: well formed, complete, and true."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, ClassVar

import aiohttp
import orjson
import pytest
from aiohttp.test_utils import TestServer

from app.core import ids
from app.core.clock import utcnow
from app.core.config import Settings
from app.core.principal import Role
from app.credits import service as credit
from app.credits.operations import Operations
from app.credits.types import ScopeKind, Spend
from app.infra import db
from app.jobs import execution
from app.jobs.types import ItemOutcome
from app.rerating import service as reratings
from app.rerating.types import NewRerating
from tests.factories import apikeys, entitlements, jobs, prices, rated, wallets, webhooks
from tests.factories.invitations import invited
from tests.factories.orgs import NOW, Tenant, member
from tests.fakes.json_schema import faults, resolve

Json = dict[str, Any]
METHODS = {"get", "post", "put", "patch", "delete", "head", "options", "trace"}
# What is for machines and browsers and not part of the API.
APART = (
    "/auth",
    "/graphql",
    "/docs",
    "/account",
    "/assets",
    "/health",
    "/ready",
    "/metrics",
    "/v1/openapi.json",
)
# The gateway's, which have the form of the providers' APIs.
PROVIDERS = (
    "/v1/chat/completions",
    "/v1/responses",
    "/v1/embeddings",
    "/v1/messages",
    "/v1/models",
    "/v1beta/models",
)

TABLE: Json = {"name": "a", "rules": [{"unit": "tokens", "credits": "1"}]}
PRICE: Json = {"provider": "a", "model": "b", "lines": [{"unit": "tokens", "usd": 1}]}
UPSTREAM: Json = {"name": "a", "protocol": "openai", "base_url": "https://a.example/v1"}
POLICY: Json = {"model": "auto", "targets": [{"model": "gpt-4o", "capabilities": ["tools"]}]}
RANGE: Json = {"from": "2026-11-20T00:00:00Z", "to": "2026-11-21T00:00:00Z"}
# Each event has a key of its own.
TAKING_IN = ("/v1/events/ingest",)
# Done once, however often it is asked for.
REPEATABLE = ("/v1/credits/holds/{id}/start",)


@pytest.fixture
async def document(client: aiohttp.ClientSession) -> Json:
    answer = await client.get("/v1/openapi.json")
    assert (answer.status, answer.content_type) == (200, "application/json")
    body: Json = await answer.json()
    return body


def operations(document: Json) -> Iterator[tuple[str, str, Json]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            assert method in METHODS
            yield path, method, operation


def nodes(value: Any) -> Iterator[Json]:
    if isinstance(value, dict):
        yield value
        for item in value.values():
            yield from nodes(item)
    elif isinstance(value, list):
        for item in value:
            yield from nodes(item)


AUTO_TOP_UP = """
INSERT INTO auto_top_up (wallet_id, org_id, threshold, amount, cost_basis, currency, amount_minor, period, max_amount,
    max_count, payment_customer, payment_method, is_armed, updated_at)
VALUES ($1, $2, 1, 10, 0.01, 'USD', 10, 'month', 100, 3, 'cus_stripe', 'pm_card', true, $3)
"""
# Questions with a body: they write nothing.
OTHER_MEDIA = {
    "/v1/usage/events.csv": "text/csv",
    "/v1/audit.csv": "text/csv",
    "/v1/jobs/{id}/events": "text/event-stream",
}
ASKING = {"/v1/entitlements/check", "/v1/rating/calculate"}
SEARCH_FOR_ALL = {"feature": "search", "audience": {"kind": "all"}}


class TestDocument:
    async def test_is_openapi_3_1(self, document: Json) -> None:
        assert document["openapi"].startswith("3.1.")
        assert document["info"]["title"] == "LaunchKit"
        assert document["info"]["version"]
        assert set(document) <= {"openapi", "info", "servers", "security", "paths", "components", "tags"}
        assert document["security"] == [{"apiKey": []}]
        assert document["components"]["securitySchemes"]["apiKey"]["scheme"] == "bearer"

    async def test_points_only_at_what_is_there(self, document: Json) -> None:
        refs = [node["$ref"] for node in nodes(document) if isinstance(node.get("$ref"), str)]
        assert refs
        for ref in refs:
            assert isinstance(resolve(document, ref), dict)

    async def test_names_each_operation_once(self, document: Json) -> None:
        names = [operation["operationId"] for _, _, operation in operations(document)]
        assert len(names) == len(set(names))

    async def test_describes_each_operation_parameter_and_answer(self, document: Json) -> None:
        for path, method, operation in operations(document):
            where = f"{method} {path}"
            assert operation["summary"], where
            assert operation["tags"] != [""], where
            in_path = set(re.findall(r"\{(\w+)\}", path))
            documented = {p["name"] for p in operation["parameters"] if p["in"] == "path"}
            assert documented == in_path, where
            for parameter in operation["parameters"]:
                assert parameter["description"], where
                assert parameter["schema"], where
                assert parameter["in"] != "path" or parameter["required"], where
            if path.startswith(PROVIDERS):
                assert "gateway:use" in operation["description"], where
                continue
            for status, answer in operation["responses"].items():
                assert 100 <= int(status) < 600
                assert answer["description"], where
                if status == "204":
                    assert "content" not in answer, where
                    continue
                [(kind, content)] = answer["content"].items()
                fitting = OTHER_MEDIA.get(path, "application/json")
                assert kind == (fitting if int(status) < 400 else "application/problem+json")
                assert content["schema"], where

    async def test_takes_an_idempotency_key_wherever_something_is_written(self, document: Json) -> None:
        for path, method, operation in operations(document):
            if method != "get" and path not in (*ASKING, *TAKING_IN, *REPEATABLE):
                if path.startswith(PROVIDERS):
                    continue
                headers = {p["name"] for p in operation["parameters"] if p["in"] == "header"}
                assert "Idempotency-Key" in headers, path
                done = [answer for status, answer in operation["responses"].items() if int(status) < 300]
                assert done, path
                assert all("Idempotent-Replay" in answer["headers"] for answer in done), path

    async def test_has_every_route_of_the_api(self, document: Json, server: TestServer) -> None:
        assert server.app is not None
        served = {
            (route.method.lower(), route.resource.canonical)
            for route in server.app.router.routes()
            if route.resource is not None and not route.resource.canonical.startswith(APART)
        }
        documented = {(method, path) for path, method, _ in operations(document)}
        catch_all = ("post", "/v1/jobs/{kind}")
        assert {one for one in served if one[0] != "head"} - {catch_all} == documented

    async def test_shows_the_input_of_each_kind_of_job(self, document: Json) -> None:
        body = document["paths"]["/v1/jobs/summarize"]["post"]["requestBody"]
        schema = body["content"]["application/json"]["schema"]
        schema = resolve(document, schema["$ref"]) if "$ref" in schema else schema
        assert schema["required"] == ["text"]
        assert schema["additionalProperties"] is False
        assert set(schema["properties"]) == {"text", "tone", "model"}
        assert body["required"] is True


def webhook_requests(endpoint: str, delivery: str) -> list[tuple[str, str, str, Json]]:
    """What is asked about webhooks, refusals among it. A public address: no name server is asked."""
    one, its = "/v1/webhook-endpoints/{id}", f"/v1/webhook-endpoints/{endpoint}"
    sent, its_sent = "/v1/webhook-deliveries/{id}", f"/v1/webhook-deliveries/{delivery}"
    return [
        ("get", "/v1/webhook-event-types", "/v1/webhook-event-types", {}),
        (
            "post",
            "/v1/webhook-endpoints",
            "/v1/webhook-endpoints",
            {"json": {"url": "https://93.184.216.34/"}},
        ),
        ("get", "/v1/webhook-endpoints", "/v1/webhook-endpoints", {"params": {"limit": 1}}),
        ("get", one, its, {}),
        ("patch", one, its, {"json": {"description": "x", "rate_per_second": None}}),
        ("post", f"{one}/rotate", f"{its}/rotate", {}),
        ("post", f"{one}/test", f"{its}/test", {}),
        ("post", f"{one}/redeliver", f"{its}/redeliver", {"json": {"since": "2026-11-20T00:00:00Z"}}),
        ("get", "/v1/webhook-deliveries", "/v1/webhook-deliveries", {"params": {"limit": 1}}),
        ("get", sent, its_sent, {}),
        ("post", f"{sent}/redeliver", f"{its_sent}/redeliver", {}),
        # and refusals
        ("post", "/v1/webhook-endpoints", "/v1/webhook-endpoints", {"json": {"url": "https://10.0.0.1/"}}),
        ("patch", one, its, {"json": {"max_concurrency": 0}}),
        ("get", one, "/v1/webhook-endpoints/x", {}),
        ("get", sent, "/v1/webhook-deliveries/x", {}),
        ("get", "/v1/webhook-deliveries", "/v1/webhook-deliveries", {"params": {"status": "x"}}),
        ("delete", one, its, {}),
        ("post", f"{one}/test", f"{its}/test", {}),
    ]


class TestAnswers:
    """Every documented operation, asked for real, with every kind of answer that can be had."""

    @pytest.fixture
    async def requests(self, acme: Tenant, settings: Settings) -> list[tuple[str, str, str, Json]]:
        lease = await jobs.running(acme, customer_id="law-firm-a")
        await execution.succeed(lease, jobs.OUTCOME, now=NOW)
        failed = await jobs.running(acme)
        await execution.fail(failed, jobs.BROKEN, is_retryable=False, now=NOW)
        batch = await jobs.running(acme)
        items = [ItemOutcome(0, {"n": 1}), ItemOutcome(1, error=jobs.BROKEN)]
        await execution.save_items(batch, items, now=NOW)
        waiting = ids.encode("job", (await jobs.queued(acme)).id)
        done, broken, several = (ids.encode("job", one.job.id) for one in (lease, failed, batch))
        ada, bob = [ids.encode("user", (await member(acme, Role.VIEWER)).id) for _ in range(2)]
        invitation = ids.encode("inv", (await invited(acme)).id)
        draft, gone = [ids.encode("burn", (await prices.draft(acme)).id) for _ in range(2)]
        price = ids.encode("price", (await prices.own(acme, "o3", 1)).id)
        await rated.ingested(acme, {"event_id": "rated", "input_tokens": 2_000})
        wish = NewRerating(NOW, utcnow())
        started = await reratings.start(acme.owner, acme.org_id, command=wish, now=NOW)
        rerating = ids.encode("rerate", started.value.id)
        wallet_id = await wallets.wallet(acme, 20)
        await wallets.budget(acme, ScopeKind.USER, "u", 1)
        wallet, grant = (
            ids.encode("wal", wallet_id),
            ids.encode("grant", await wallets.grant(acme, wallet_id, 5)),
        )
        spend = Spend(wallet_id, "used", Decimal(2))
        used = await credit.charge(acme.org_id, operations=Operations(), spend=spend, now=NOW)
        budget = await db.fetchval("SELECT id FROM budget")
        assert used.transaction_id is not None
        transaction = ids.encode("txn", used.transaction_id)
        settled, released = [ids.encode("hold", await wallets.hold(acme, wallet_id, 1)) for _ in range(2)]
        day = {"from": "2026-11-20", "to": "2026-11-21"}
        spare = await apikeys.made(settings, acme.owner, acme.org_id, now=NOW)
        key, other = (ids.encode("key", key_id) for key_id in (acme.key.id, spare.key.id))
        await entitlements.feature(acme)
        entitlement = ids.encode("ent", (await entitlements.entitle(acme, entitlements.OF_LAW_FIRM)).id)
        await db.execute(AUTO_TOP_UP, wallet_id, acme.org_id, NOW)
        auto = "/v1/credits/wallets/{id}/auto-top-up"
        top_up = {
            "threshold": 1,
            "amount": 10,
            "cost_basis": "0.01",
            "currency": "USD",
            "period": "month",
            "max_amount": 100,
            "max_count": 3,
            "payment_method": "pm_card",
        }
        hook = ids.encode("whe", (await webhooks.made(acme, now=NOW)).endpoint.id)
        await webhooks.tell(acme, now=NOW)
        told = ids.encode("del", await db.fetchval("SELECT id FROM webhook_delivery"))
        return [
            ("get", auto, auto.format(id=wallet), {}),
            ("post", auto, auto.format(id=wallet), {"json": top_up}),
            ("delete", auto, auto.format(id=wallet), {}),
            ("get", auto, auto.format(id=wallet), {}),
            ("post", auto, auto.format(id=wallet), {"json": {**top_up, "max_count": 0}}),
            (
                "get",
                "/v1/credits/wallets/{id}/top-ups",
                f"/v1/credits/wallets/{wallet}/top-ups",
                {"params": {"limit": 1}},
            ),
            *webhook_requests(hook, told),
            ("post", "/v1/jobs/summarize", "/v1/jobs/summarize", {"json": {"text": "a"}}),
            ("post", "/v1/jobs/embeddings", "/v1/jobs/embeddings", {"json": {"input": ["a"]}}),
            (
                "post",
                "/v1/jobs/batch",
                "/v1/jobs/batch",
                {"json": {"kind": "summarize", "inputs": [{"text": "a"}]}},
            ),
            (
                "post",
                "/v1/jobs/completion",
                "/v1/jobs/completion",
                {"json": {"messages": [{"role": "user", "content": "a"}]}},
            ),
            ("get", "/v1/jobs/{id}/items", f"/v1/jobs/{several}/items", {}),
            ("get", "/v1/dead-letters", "/v1/dead-letters", {}),
            ("post", "/v1/jobs/{id}/cancel", f"/v1/jobs/{waiting}/cancel", {}),
            ("post", "/v1/jobs/{id}/cancel", f"/v1/jobs/{done}/cancel", {}),
            ("post", "/v1/jobs/{id}/retry", f"/v1/jobs/{broken}/retry", {}),
            ("post", "/v1/jobs/{id}/retry", f"/v1/jobs/{done}/retry", {}),
            ("get", "/v1/jobs/{id}", f"/v1/jobs/{done}", {}),
            ("get", "/v1/jobs/{id}", f"/v1/jobs/{broken}", {}),
            ("get", "/v1/jobs/{id}/events", f"/v1/jobs/{done}/events", {}),
            ("get", "/v1/jobs/{id}/events", f"/v1/jobs/{done}/events", {"params": {"after": "x"}}),
            ("get", "/v1/jobs", "/v1/jobs", {"params": {"limit": 1}}),
            ("get", "/v1/jobs", "/v1/jobs", {}),
            ("get", "/v1/usage", "/v1/usage", {"params": {**day, "group_by": "model,customer,key"}}),
            ("get", "/v1/usage", "/v1/usage", {}),
            ("get", "/v1/bill", "/v1/bill", {"params": {"month": "2026-09"}}),
            ("get", "/v1/rate-limit", "/v1/rate-limit", {}),
            ("get", "/v1/usage/events", "/v1/usage/events", {"params": {"limit": 1}}),
            ("get", "/v1/usage/events.csv", "/v1/usage/events.csv", {}),
            ("get", "/v1/usage/events", "/v1/usage/events", {"params": {"cursor": "x"}}),
            ("get", "/v1/usage/events.csv", "/v1/usage/events.csv", {"params": {"from": "x"}}),
            ("post", "/v1/events/ingest", "/v1/events/ingest", {"json": {"events": [{"event_id": "e"}, 5]}}),
            ("post", "/v1/events/ingest", "/v1/events/ingest", {"json": {"events": 5}}),
            ("get", "/v1/audit", "/v1/audit", {"params": {"limit": 2}}),
            ("get", "/v1/audit.csv", "/v1/audit.csv", {}),
            ("post", "/v1/api-keys", "/v1/api-keys", {"json": {"name": "n", "scopes": ["jobs:read"]}}),
            ("get", "/v1/api-keys", "/v1/api-keys", {"params": {"include_revoked": "true"}}),
            ("get", "/v1/api-keys/{id}", f"/v1/api-keys/{key}", {}),
            ("patch", "/v1/api-keys/{id}", f"/v1/api-keys/{key}", {"json": {"name": "n"}}),
            (
                "post",
                "/v1/api-keys/{id}/rotate",
                f"/v1/api-keys/{key}/rotate",
                {"json": {"overlap_hours": 1}},
            ),
            ("get", "/v1/api-keys/{id}", f"/v1/api-keys/{key}", {}),
            ("post", "/v1/api-keys/{id}/revoke", f"/v1/api-keys/{other}/revoke", {}),
            ("get", "/v1/org", "/v1/org", {}),
            ("get", "/v1/workspaces", "/v1/workspaces", {}),
            ("post", "/v1/workspaces", "/v1/workspaces", {"json": {"name": "a", "environment": "test"}}),
            ("get", "/v1/members", "/v1/members", {"params": {"limit": 1}}),
            ("patch", "/v1/members/{user_id}", f"/v1/members/{ada}", {"json": {"role": "MEMBER"}}),
            ("delete", "/v1/members/{user_id}", f"/v1/members/{bob}", {}),
            ("get", "/v1/invitations", "/v1/invitations", {"params": {"status": "EXPIRED"}}),
            (
                "post",
                "/v1/invitations",
                "/v1/invitations",
                {"json": {"email": "a@b.example", "role": "ADMIN"}},
            ),
            ("delete", "/v1/invitations/{id}", f"/v1/invitations/{invitation}", {}),
            (
                "post",
                "/v1/credits/purchase",
                "/v1/credits/purchase",
                {"json": {"amount": 9, "customer_id": "a"}},
            ),
            ("post", "/v1/credits/consume", "/v1/credits/consume", {"json": {"amount": 9}}),
            ("post", "/v1/credits/holds", "/v1/credits/holds", {"json": {"amount": 1}}),
            ("get", "/v1/credits/holds", "/v1/credits/holds", {"params": {"status": "open", "limit": 1}}),
            ("get", "/v1/credits/holds/{id}", f"/v1/credits/holds/{settled}", {}),
            ("post", "/v1/credits/holds/{id}/start", f"/v1/credits/holds/{settled}/start", {}),
            (
                "post",
                "/v1/credits/holds/{id}/settle",
                f"/v1/credits/holds/{settled}/settle",
                {"json": {"amount": "0.5"}},
            ),
            ("post", "/v1/credits/holds/{id}/release", f"/v1/credits/holds/{released}/release", {}),
            ("get", "/v1/customers/{id}/credits", "/v1/customers/a/credits", {}),
            (
                "post",
                "/v1/credits/grants",
                "/v1/credits/grants",
                {"json": {"owner": {"kind": "team", "ref": "pool"}, "amount": 1}},
            ),
            (
                "post",
                "/v1/credits/refunds",
                "/v1/credits/refunds",
                {"json": {"transaction_id": transaction, "amount": 1}},
            ),
            (
                "post",
                "/v1/credits/claw-backs",
                "/v1/credits/claw-backs",
                {"json": {"grant_id": grant, "amount": "1"}},
            ),
            ("get", "/v1/credits/wallets", "/v1/credits/wallets", {"params": {"limit": 1}}),
            ("get", "/v1/credits/wallets/{id}", f"/v1/credits/wallets/{wallet}", {}),
            ("get", "/v1/credits/wallets/{id}/grants", f"/v1/credits/wallets/{wallet}/grants", {}),
            ("get", "/v1/credits/wallets/{id}/ledger", f"/v1/credits/wallets/{wallet}/ledger", {}),
            (
                "post",
                "/v1/credits/budgets",
                "/v1/credits/budgets",
                {"json": {"scope": {"kind": "team", "id": "pool"}, "period": "day", "amount": "0"}},
            ),
            ("get", "/v1/credits/budgets", "/v1/credits/budgets", {"params": {"environment": "live"}}),
            ("delete", "/v1/credits/budgets/{id}", f"/v1/credits/budgets/{ids.encode('bud', budget)}", {}),
            ("post", "/v1/customers", "/v1/customers", {"json": {"external_id": "b", "team": "pool"}}),
            ("get", "/v1/customers", "/v1/customers", {"params": {"limit": 1, "search": "B"}}),
            ("get", "/v1/customers/{id}", "/v1/customers/b", {}),
            ("patch", "/v1/customers/{id}", "/v1/customers/b", {"json": {"tier": "gold"}}),
            ("post", "/v1/features", "/v1/features", {"json": {"key": "b", "name": "B"}}),
            ("get", "/v1/features", "/v1/features", {}),
            ("post", "/v1/entitlements", "/v1/entitlements", {"json": SEARCH_FOR_ALL}),
            ("get", "/v1/entitlements", "/v1/entitlements", {}),
            ("post", "/v1/entitlements/check", "/v1/entitlements/check", {"json": {"feature_id": "search"}}),
            (
                "post",
                "/v1/entitlements/reserve",
                "/v1/entitlements/reserve",
                {"json": {"action": {"credits": "1"}}},
            ),
            ("delete", "/v1/entitlements/{id}", f"/v1/entitlements/{entitlement}", {}),
            ("post", "/v1/gateway/upstreams", "/v1/gateway/upstreams", {"json": UPSTREAM}),
            ("get", "/v1/gateway/upstreams", "/v1/gateway/upstreams", {}),
            ("post", "/v1/gateway/policies", "/v1/gateway/policies", {"json": POLICY}),
            ("get", "/v1/gateway/policies", "/v1/gateway/policies", {}),
            ("delete", "/v1/gateway/policies/{id}", "/v1/gateway/policies/x", {}),
            ("get", "/v1/gateway/trace/{request_id}", "/v1/gateway/trace/x", {}),
            ("get", "/v1/gateway/savings", "/v1/gateway/savings", {}),
            ("delete", "/v1/gateway/upstreams/{id}", "/v1/gateway/upstreams/x", {}),
            # and refusals
            ("get", "/v1/credits/wallets", "/v1/credits/wallets", {"params": {"owner_kind": "x"}}),
            ("get", "/v1/credits/budgets", "/v1/credits/budgets", {"params": {"environment": "test"}}),
            ("delete", "/v1/credits/budgets/{id}", "/v1/credits/budgets/x", {}),
            (
                "post",
                "/v1/credits/refunds",
                "/v1/credits/refunds",
                {"json": {"transaction_id": transaction, "amount": 5}},
            ),
            ("post", "/v1/customers", "/v1/customers", {"json": {"external_id": "b"}}),
            ("post", "/v1/customers", "/v1/customers", {"json": {"external_id": ""}}),
            ("get", "/v1/customers", "/v1/customers", {"params": {"tier": ""}}),
            ("patch", "/v1/customers/{id}", "/v1/customers/x", {"json": {}}),
            ("post", "/v1/features", "/v1/features", {"json": {"key": "search", "name": ""}}),
            ("post", "/v1/entitlements", "/v1/entitlements", {"json": {**SEARCH_FOR_ALL, "feature": "x"}}),
            ("delete", "/v1/entitlements/{id}", "/v1/entitlements/x", {}),
            ("post", "/v1/entitlements/check", "/v1/entitlements/check", {"json": {"feature_id": ""}}),
            ("post", "/v1/entitlements/reserve", "/v1/entitlements/reserve", {"json": {}}),
            (
                "post",
                "/v1/entitlements/reserve",
                "/v1/entitlements/reserve",
                {"json": {"action": {"credits": "999"}}},
            ),
            ("post", "/v1/credits/consume", "/v1/credits/consume", {"json": {"amount": 900}}),
            ("post", "/v1/credits/holds", "/v1/credits/holds", {"json": {"amount": 9, "user_id": "u"}}),
            ("post", "/v1/credits/holds/{id}/start", f"/v1/credits/holds/{settled}/start", {}),
            ("post", "/v1/credits/holds/{id}/release", f"/v1/credits/holds/{settled}/release", {}),
            ("get", "/v1/customers/{id}/credits", "/v1/customers/x/credits", {}),
            ("post", "/v1/api-keys", "/v1/api-keys", {"json": {"name": 1, "scopes": []}}),
            ("post", "/v1/api-keys/{id}/rotate", f"/v1/api-keys/{other}/rotate", {}),
            ("post", "/v1/workspaces", "/v1/workspaces", {"json": {"name": "a", "environment": "test"}}),
            ("post", "/v1/invitations", "/v1/invitations", {"json": {"email": "a", "role": "ADMIN"}}),
            ("post", "/v1/invitations", "/v1/invitations", {"json": {"email": "a", "role": "GOD"}}),
            ("patch", "/v1/members/{user_id}", "/v1/members/user_x", {"json": {"role": "MEMBER"}}),
            ("delete", "/v1/members/{user_id}", f"/v1/members/{bob}", {}),
            ("delete", "/v1/invitations/{id}", "/v1/invitations/x", {}),
            ("get", "/v1/invitations", "/v1/invitations", {"params": {"status": "x"}}),
            ("post", "/v1/events/ingest", "/v1/events/ingest", {"json": {"events": [{"event_id": "x"}]}}),
            ("post", "/v1/rating/calculate", "/v1/rating/calculate", {"json": {"model": "x"}}),
            ("post", "/v1/burn-tables", "/v1/burn-tables", {"json": TABLE}),
            ("get", "/v1/burn-tables", "/v1/burn-tables", {}),
            ("get", "/v1/burn-tables/{id}", f"/v1/burn-tables/{draft}", {}),
            ("patch", "/v1/burn-tables/{id}", f"/v1/burn-tables/{draft}", {"json": TABLE}),
            ("post", "/v1/burn-tables/{id}/publish", f"/v1/burn-tables/{draft}/publish", {"json": {}}),
            ("delete", "/v1/burn-tables/{id}", f"/v1/burn-tables/{gone}", {}),
            ("get", "/v1/providers/pricing", "/v1/providers/pricing", {"params": {"limit": 100}}),
            (
                "post",
                "/v1/reratings",
                "/v1/reratings",
                {"json": RANGE},
            ),
            ("get", "/v1/reratings/{id}", f"/v1/reratings/{rerating}", {}),
            (
                "get",
                "/v1/usage/events/{event_id}/receipt",
                "/v1/usage/events/rated/receipt",
                {},
            ),
            ("post", "/v1/providers/pricing", "/v1/providers/pricing", {"json": PRICE}),
            ("post", "/v1/providers/pricing/{id}/end", f"/v1/providers/pricing/{price}/end", {"json": {}}),
            # and refusals
            ("post", "/v1/reratings", "/v1/reratings", {"json": {}}),
            ("get", "/v1/reratings/{id}", "/v1/reratings/x", {}),
            ("get", "/v1/usage/events/{event_id}/receipt", "/v1/usage/events/x/receipt", {}),
            ("post", "/v1/rating/calculate", "/v1/rating/calculate", {"json": {"input_tokens": -1}}),
            ("post", "/v1/burn-tables", "/v1/burn-tables", {"json": {"rules": []}}),
            ("delete", "/v1/burn-tables/{id}", f"/v1/burn-tables/{draft}", {}),
            ("patch", "/v1/burn-tables/{id}", "/v1/burn-tables/x", {"json": TABLE}),
            ("get", "/v1/burn-tables", "/v1/burn-tables", {"params": {"status": "x"}}),
            ("post", "/v1/providers/pricing", "/v1/providers/pricing", {"json": PRICE}),
            ("get", "/v1/audit", "/v1/audit", {"params": {"principal": "x"}}),
            ("get", "/v1/audit.csv", "/v1/audit.csv", {"params": {"from": "x"}}),
            ("post", "/v1/jobs/summarize", "/v1/jobs/summarize", {"json": {"tone": "x"}}),
            ("post", "/v1/jobs/summarize", "/v1/jobs/summarize", {"data": b"{"}),
            ("get", "/v1/jobs/{id}", "/v1/jobs/nothing", {}),
            ("get", "/v1/jobs", "/v1/jobs", {"params": {"limit": 0}}),
            ("get", "/v1/usage", "/v1/usage", {"params": {"from": "x"}}),
            ("get", "/v1/bill", "/v1/bill", {"params": {"month": "x"}}),
            ("get", "/v1/credits/holds", "/v1/credits/holds", {"params": {"status": "x"}}),
            ("get", "/v1/usage", "/v1/usage", {"headers": {"Authorization": "Bearer x"}}),
        ]

    async def test_are_as_documented(
        self,
        client: aiohttp.ClientSession,
        acme: Tenant,
        document: Json,
        requests: list[tuple[str, str, str, Json]],
    ) -> None:
        asked = {(method, path) for method, path, _, _ in requests}
        # The gateway's are asked in tests/rest/gateway.
        there = {(m, path) for path, m, _ in operations(document) if not path.startswith(PROVIDERS)}
        assert asked == there, "each is asked"
        for method, path, url, options in requests:
            async with client.request(method, url, **{"headers": acme.headers, **options}) as answer:
                described = document["paths"][path][method]["responses"][str(answer.status)]
                if answer.status == 204:
                    assert await answer.read() == b""
                    continue
                schema = described["content"][answer.content_type]["schema"]
                is_json = answer.content_type.endswith("json")
                body = await (answer.json(content_type=None) if is_json else answer.text())
                if answer.content_type == "text/event-stream":
                    # This job has ended: its only update comes first.
                    schema = schema["properties"]["data"]["contentSchema"]
                    body = orjson.loads(body.partition("\ndata: ")[2].partition("\n")[0])
                assert faults(document, schema, body) == [], f"{method} {url} {answer.status}"


class TestFaults:
    """The check itself can fail: else it would prove nothing."""

    SCHEMA: ClassVar[Json] = {
        "type": "object",
        "required": ["id"],
        "properties": {
            "id": {"type": "string"},
            "at": {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}]},
            "list": {"type": "array", "items": {"$ref": "#/defs/Part"}},
        },
    }
    DOCUMENT: ClassVar[Json] = {"defs": {"Part": {"type": "integer", "minimum": 0}}}

    @pytest.mark.parametrize(
        ("value", "fault"),
        [
            ({}, "$: id is missing"),
            ({"id": 1}, "$.id: 1 is not string"),
            ({"id": "", "other": 1}, "$: other is not documented"),
            ({"id": "", "at": "2026-11-20T10:00:00"}, "fits none of the options"),
            ({"id": "", "list": [1, -1]}, "$.list[1]: -1 is out of range"),
            ({"id": "", "list": [True]}, "$.list[0]: True is not integer"),
        ],
    )
    def test_finds_what_is_wrong(self, value: Json, fault: str) -> None:
        [found] = faults(self.DOCUMENT, self.SCHEMA, value)
        assert fault in found

    def test_finds_nothing_in_what_is_right(self) -> None:
        value = {"id": "", "at": None, "list": [0]}
        assert faults(self.DOCUMENT, self.SCHEMA, value) == []
