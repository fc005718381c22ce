"""The gateway's part of the OpenAPI document is true: each route is asked, and each answer held against it."""

from typing import Any

import aiohttp
import pytest

from app.core.config import Settings
from app.core.principal import Permission
from app.rest.gateway import described
from app.rest.gateway.described import Route
from tests.factories import apikeys, wallets
from tests.factories.orgs import NOW, Tenant
from tests.fakes.json_schema import faults

Json = dict[str, Any]
ROUTES = list(described.routes())
MESSAGES = [{"role": "user", "content": "hello"}]
PARTS = {"parts": [{"text": "an embedded text"}]}
BODIES: dict[str, Json] = {
    "create_chat_completion": {"model": "gpt-4o-mini", "max_tokens": 50, "messages": MESSAGES},
    "create_response": {"model": "gpt-4o-mini", "max_output_tokens": 50, "input": "hello"},
    "create_embeddings": {"model": "text-embedding-3-small", "input": "an embedded text"},
    "create_message": {"model": "claude-haiku-4-5", "max_tokens": 50, "messages": MESSAGES},
    "count_message_tokens": {"model": "claude-haiku-4-5", "messages": MESSAGES},
}
GENERATE: Json = {
    "contents": [{"role": "user", "parts": [{"text": "hello"}]}],
    "generationConfig": {"maxOutputTokens": 50},
}
BATCH: Json = {"requests": [{"content": PARTS}]}


def body_of(route: Route) -> Json | None:
    if route.name.startswith(("generateContent", "streamGenerateContent", "countTokens")):
        return GENERATE
    if route.name.startswith("batchEmbedContents"):
        return BATCH
    return {"content": PARTS} if route.name.startswith("embedContent") else BODIES.get(route.name)


@pytest.fixture
async def document(client: aiohttp.ClientSession) -> Json:
    async with client.get("/v1/openapi.json") as answer:
        found: Json = await answer.json()
    return found


@pytest.mark.parametrize("route", ROUTES, ids=[route.name for route in ROUTES])
class TestRoutes:
    async def asked(
        self,
        client: aiohttp.ClientSession,
        document: Json,
        route: Route,
        headers: dict[str, str],
        body: Json | None,
        *,
        model: str = "gpt-4o-mini",
    ) -> tuple[int, str]:
        """Its status and the kind of its answer, which is as the document says."""
        path = route.path.replace("{id}", model).replace("{model}", model)
        async with client.request(route.method, path, json=body, headers=headers) as answer:
            operation = document["paths"][route.path][route.method.lower()]
            said = operation["responses"].get(str(answer.status), operation["responses"]["default"])
            schema = said["content"][answer.content_type]["schema"]
            is_json = answer.content_type.endswith("json")
            found = await answer.json(content_type=None) if is_json else await answer.text()
            assert faults(document, schema, found) == [], found
            for name in said.get("headers", {}):
                assert answer.status >= 400 or name in answer.headers, name
            return answer.status, answer.content_type

    async def test_answer_as_the_document_says(
        self, client: aiohttp.ClientSession, document: Json, acme: Tenant, route: Route
    ) -> None:
        await wallets.wallet(acme, 1_000)
        body = body_of(route)
        status, _ = await self.asked(client, document, route, acme.headers, body)
        # The emulator knows neither single models nor Google's v1 and its embeddings: its refusals pass.
        assert status in (200, 404, 500, 501)
        if route.is_streamed and "stream" in (route.fields or {}):
            streamed = await self.asked(
                client, document, route, acme.headers, {**(body or {}), "stream": True}
            )
            assert streamed == (200, "text/event-stream")

    async def test_refuse_as_the_document_says(
        self, client: aiohttp.ClientSession, document: Json, settings: Settings, acme: Tenant, route: Route
    ) -> None:
        body = body_of(route)
        assert (await self.asked(client, document, route, {}, body))[0] == 401
        scopes = frozenset({Permission.USAGE_READ})
        poor = await apikeys.made(settings, acme.owner, acme.org_id, scopes=scopes, now=NOW)
        headers = {"Authorization": f"Bearer {poor.token}"}
        assert (await self.asked(client, document, route, headers, body))[0] == 403
        limited = await apikeys.made(settings, acme.owner, acme.org_id, allowed_models=["other-*"], now=NOW)
        headers = {"Authorization": f"Bearer {limited.token}"}
        if not route.path.endswith("/models"):
            assert (await self.asked(client, document, route, headers, body))[0] == 403
        if body is not None:
            assert (await self.asked(client, document, route, acme.headers, {**body, "Model": "x"}))[0] == 400
        else:
            versioned = {"anthropic-version": "2023-06-01"}
            assert (await self.asked(client, document, route, versioned, None))[0] == 401
        if route.is_metered:
            await wallets.wallet(acme, "0.000001")
            assert (await self.asked(client, document, route, acme.headers, body))[0] == 402
