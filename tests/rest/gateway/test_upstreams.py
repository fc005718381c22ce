"""`/v1/gateway/upstreams`, and calls that go there."""

import ipaddress
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from app.core.config import Settings
from app.infra import db
from tests.factories.orgs import Tenant
from tests.fakes.aimock import Emulator
from tests.fakes.web import serving
from tests.rest.gateway.conftest import events, settled

Json = dict[str, Any]
SECRET = "sk-mistral-secret"


@pytest.fixture(scope="module")
async def server(_database: Settings) -> AsyncIterator[TestServer]:
    loopback = ipaddress.ip_network("127.0.0.0/24")
    settings = replace(_database, egress_allow=(loopback,), is_rate_limited=False)
    async with serving(settings) as running:
        yield running


async def put(client: aiohttp.ClientSession, tenant: Tenant, url: str, **more: Any) -> tuple[int, Json]:
    body = {"name": "mistral", "protocol": "openai", "base_url": url, "api_key": SECRET, **more}
    async with client.post("/v1/gateway/upstreams", json=body, headers=tenant.headers) as answer:
        return answer.status, await answer.json(content_type=None)


async def ask(client: aiohttp.ClientSession, tenant: Tenant, model: str) -> tuple[int, Json]:
    body = {"model": model, "max_tokens": 9, "messages": [{"role": "user", "content": "hello"}]}
    async with client.post("/v1/chat/completions", json=body, headers=tenant.headers) as answer:
        return answer.status, await answer.json()


class TestUpstreams:
    async def test_are_called_by_their_name_before_the_model_s(
        self, client: aiohttp.ClientSession, server: TestServer, acme: Tenant, emulator: Emulator
    ) -> None:
        status, made = await put(client, acme, f"{emulator.url}/v1")
        assert (status, made["has_api_key"], made["provider"]) == (200, True, "mistral")
        status, _ = await ask(client, acme, "mistral/mistral-small-latest")
        assert status == 200
        entry = (await emulator.journal())[-1]
        assert entry["body"]["model"] == "mistral-small-latest"
        await settled(server)
        [event] = await events()
        assert (event["provider"], event["model"]) == ("mistral", "mistral-small-latest")

    async def test_are_of_their_org_alone(
        self, client: aiohttp.ClientSession, acme: Tenant, rival: Tenant, emulator: Emulator
    ) -> None:
        await put(client, acme, f"{emulator.url}/v1")
        status, refusal = await ask(client, rival, "mistral/mistral-small-latest")
        assert (status, refusal["error"]["code"]) == (404, "model_not_found")

    async def test_keep_their_key_sealed_and_to_themselves(
        self, client: aiohttp.ClientSession, acme: Tenant, emulator: Emulator
    ) -> None:
        _, made = await put(client, acme, f"{emulator.url}/v1")
        async with client.get("/v1/gateway/upstreams", headers=acme.headers) as answer:
            listed = await answer.text()
        rows = await db.fetch("SELECT t::text AS line FROM gateway_upstream t")
        rows += await db.fetch("SELECT t::text AS line FROM audit_entry t")
        assert SECRET not in f"{made} {listed} {rows}"
        assert SECRET.encode().hex() not in str(rows)

    async def test_end_when_they_are_removed(
        self, client: aiohttp.ClientSession, acme: Tenant, emulator: Emulator
    ) -> None:
        _, made = await put(client, acme, f"{emulator.url}/v1")
        async with client.delete(f"/v1/gateway/upstreams/{made['id']}", headers=acme.headers) as answer:
            assert answer.status == 204
        status, _ = await ask(client, acme, "mistral/mistral-small-latest")
        assert status == 404
        actions = await db.fetch("SELECT action FROM audit_entry WHERE action LIKE 'upstream.%' ORDER BY id")
        assert [row["action"] for row in actions] == ["upstream.set", "upstream.removed"]

    @pytest.mark.parametrize(
        "url",
        [
            "http://169.254.169.254/v1",
            "http://[::1]/v1",
            "https://10.0.0.1/v1",
            "https://93.184.215.14/v1?key=x",
            "file:///etc/passwd",
            "http://user:pass@127.0.0.1/v1",
            "http://[::1",
        ],
    )
    async def test_are_where_the_operator_allows_them(
        self, client: aiohttp.ClientSession, acme: Tenant, url: str
    ) -> None:
        status, refusal = await put(client, acme, url)
        assert (status, refusal["errors"][0]["field"]) == (422, "base_url")
        assert await db.fetchval("SELECT count(*) FROM gateway_upstream") == 0
