"""Keys of test workspaces, with every scope: they change nothing that live workspaces use."""

from typing import Any

import aiohttp
import pytest

from app.core.config import Settings
from app.core.principal import Permission
from tests.factories import apikeys
from tests.factories.orgs import NOW, Tenant
from tests.tenancy import digest

URL = "https://93.184.215.14/v1"
BURN: dict[str, Any] = {"name": "a", "rules": [{"unit": "tokens", "credits": "1"}]}
REST: list[tuple[str, dict[str, Any]]] = [
    ("/v1/gateway/upstreams", {"name": "openai", "protocol": "openai", "base_url": URL}),
    ("/v1/gateway/policies", {"model": "gpt-4o", "targets": [{"model": "gpt-4o-mini"}]}),
    ("/v1/webhook-endpoints", {"url": URL}),
    ("/v1/burn-tables", BURN),
]
GRAPHQL = [
    'setUpstream(input: { orgId: "ORG", name: "openai", protocol: OPENAI, baseUrl: "URL" })',
    'setRoutingPolicy(input: { orgId: "ORG", model: "gpt-4o", targets: [{ model: "gpt-4o-mini" }] })',
    'createWebhookEndpoint(input: { orgId: "ORG", url: "URL" })',
]


@pytest.fixture
async def headers(settings: Settings, acme: Tenant) -> dict[str, str]:
    key = await apikeys.made(
        settings, acme.owner, acme.org_id, scopes=frozenset(Permission), workspace=acme.test, now=NOW
    )
    return {"Authorization": f"Bearer {key.token}"}


class TestTestKeys:
    @pytest.mark.parametrize(("path", "body"), REST, ids=[path for path, _ in REST])
    async def test_change_nothing_that_is_live_over_rest(
        self, client: aiohttp.ClientSession, headers: dict[str, str], path: str, body: dict[str, Any]
    ) -> None:
        before = await digest.of_database()
        async with client.post(path, json=body, headers=headers) as answer:
            refused = await answer.json(content_type=None)
        assert (answer.status, refused["code"]) == (403, "live_key_needed")
        assert "use a key of a live workspace" in refused["detail"]
        assert await digest.of_database() == before

    @pytest.mark.parametrize("field", GRAPHQL, ids=[field.partition("(")[0] for field in GRAPHQL])
    async def test_change_nothing_that_is_live_over_graphql(
        self, client: aiohttp.ClientSession, headers: dict[str, str], acme: Tenant, field: str
    ) -> None:
        wanted = field.replace("ORG", acme.org).replace("URL", URL)
        query = f"mutation {{ {wanted} {{ __typename }} }}"
        before = await digest.of_database()
        async with client.post("/graphql", json={"query": query}, headers=headers) as answer:
            refused = await answer.json(content_type=None)
        [error] = refused["errors"]
        assert error["extensions"]["code"] == "live_key_needed"
        assert await digest.of_database() == before

    async def test_are_for_reading_and_calling_all_the_same(
        self, client: aiohttp.ClientSession, headers: dict[str, str]
    ) -> None:
        for path in ("/v1/webhook-endpoints", "/v1/usage?from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z"):
            async with client.get(path, headers=headers) as answer:
                assert answer.status == 200
