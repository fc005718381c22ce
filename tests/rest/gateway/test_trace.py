"""What is told of a call: by its request's id, and live."""

import asyncio
from collections.abc import Mapping
from contextlib import aclosing
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from gql import GraphQLRequest, gql

from app.core import ids
from app.core.config import Settings
from app.gateway.service import Gateway
from app.web.services import SERVICES
from tests.factories import apikeys, prices, wallets
from tests.factories.orgs import NOW, Tenant
from tests.rest.gateway.conftest import settled
from tests.rest.gateway.policies import policy, upstream
from tests.rest.gateway.test_openai import HELLO, said
from tests.schema.test_subscriptions import connected
from tests.waiting import eventually

Json = dict[str, Any]
FOLLOW = """subscription($org: ID!, $request: String) {
  gatewayTrace(orgId: $org, requestId: $request) { seq requestId outcome steps { name } }
}"""


@pytest.fixture(autouse=True)
async def _started(client: aiohttp.ClientSession) -> None:
    """The server, also for those who do not ask it themselves."""


async def ask(
    client: aiohttp.ClientSession, server: TestServer, headers: Mapping[str, str], **body: Any
) -> str:
    async with client.post("/v1/chat/completions", json=body or HELLO, headers=headers) as answer:
        await answer.read()
        request_id = answer.headers["X-Request-Id"]
    await settled(server)
    assert server.app is not None
    await server.app[SERVICES].trace_feeds.log.flush()
    return request_id


async def read(
    client: aiohttp.ClientSession, headers: Mapping[str, str], request_id: str, status: int = 200
) -> Json:
    async with client.get(f"/v1/gateway/trace/{request_id}", headers=headers) as answer:
        assert answer.status == status
        found: Json = await answer.json(content_type=None)
        return found


class TestTrace:
    async def test_tells_every_step_with_how_long_it_took(
        self, client: aiohttp.ClientSession, server: TestServer, acme: Tenant
    ) -> None:
        await wallets.wallet(acme, 100)
        request_id = await ask(client, server, acme.headers)

        async def there() -> Json | None:
            async with client.get(f"/v1/gateway/trace/{request_id}", headers=acme.headers) as answer:
                return await answer.json() if answer.status == 200 else None

        found = await eventually(there)
        assert [step["name"] for step in found["steps"]] == [
            *("authenticated", "limited", "received", "routed", "held", "sent", "first_byte", "answered"),
            *("priced", "settled", "posted"),
        ]
        assert all(step["took_ms"] >= 0 for step in found["steps"])
        assert [step["at_ms"] for step in found["steps"]] == sorted(step["at_ms"] for step in found["steps"])
        assert (found["requested_model"], found["upstream"], found["outcome"], found["status"]) == (
            *("gpt-4o-mini", "openai"),
            *("ok", 200),
        )
        assert (found["input_tokens"], found["output_tokens"], found["credits"]) == (10, 5, "0.015000000000")
        assert found["event_id"].startswith("call_")

    async def test_tells_of_a_stream(
        self, client: aiohttp.ClientSession, server: TestServer, acme: Tenant
    ) -> None:
        request_id = await ask(client, server, acme.headers, **{**HELLO, "stream": True})
        found = await read(client, acme.headers, request_id)
        assert (found["outcome"], found["steps"][-4]["name"]) == ("ok", "answered")

    async def test_tells_where_a_call_went_on_to(
        self, client: aiohttp.ClientSession, server: TestServer, gateway: Gateway, acme: Tenant
    ) -> None:
        await upstream(gateway, acme, "gone", "http://127.0.0.1:9")
        await policy(gateway, acme, "auto", "gone/gpt-4o", "gpt-4o-mini")
        request_id = await ask(client, server, acme.headers, **{**HELLO, "model": "auto"})
        found = await read(client, acme.headers, request_id)
        sent = [step["target"] for step in found["steps"] if step["name"] == "sent"]
        assert sent == ["gone/gpt-4o", "openai/gpt-4o-mini"]
        assert [step["target"] for step in found["steps"] if step["name"] == "unanswered"] == ["gone/gpt-4o"]
        assert (found["requested_model"], found["model"]) == ("auto", "gpt-4o-mini")

    async def test_tells_why_nothing_was_sent(
        self, client: aiohttp.ClientSession, server: TestServer, acme: Tenant
    ) -> None:
        await wallets.wallet(acme, "0.000001")
        request_id = await ask(client, server, acme.headers)
        found = await read(client, acme.headers, request_id)
        assert (found["outcome"], found["error"], found["event_id"]) == (
            *("rejected", "insufficient_credits"),
            None,
        )

    async def test_tells_why_it_did_not_go_on(
        self, client: aiohttp.ClientSession, server: TestServer, gateway: Gateway, acme: Tenant
    ) -> None:
        await prices.published(acme, prices.rule(1, model="gpt-4o"), prices.rule(1000, model="gpt-4o-mini"))
        await wallets.wallet(acme, 1000)
        await upstream(gateway, acme, "gone", "http://127.0.0.1:9")
        await policy(gateway, acme, "auto", "gone/gpt-4o", "gpt-4o-mini")
        request_id = await ask(client, server, acme.headers, **{**HELLO, "model": "auto"})
        found = await read(client, acme.headers, request_id)
        assert (found["outcome"], found["error"]) == ("rejected", "insufficient_credits")
        assert [step["name"] for step in found["steps"]].count("unanswered") == 1

    async def test_tells_why_a_kept_answer_was_not_given(
        self, client: aiohttp.ClientSession, server: TestServer, gateway: Gateway, acme: Tenant
    ) -> None:
        await prices.published(acme, prices.rule(1))
        await policy(gateway, acme, "gpt-4o-mini", cache_seconds=60, cached_percent=100)
        wallet_id = await wallets.wallet(acme, 100)
        await ask(client, server, acme.headers)
        await wallets.hold(acme, wallet_id, 80)
        request_id = await ask(client, server, acme.headers)
        found = await read(client, acme.headers, request_id)
        assert (found["outcome"], found["error"]) == ("rejected", "insufficient_credits")

    async def test_tells_of_a_refusal_by_the_provider(
        self, client: aiohttp.ClientSession, server: TestServer, acme: Tenant
    ) -> None:
        request_id = await ask(client, server, acme.headers, **said("bad request"))
        found = await read(client, acme.headers, request_id)
        assert (found["outcome"], found["status"], found["credits"]) == ("refused", 400, None)

    async def test_of_another_org_answers_as_one_that_there_is_not(
        self, client: aiohttp.ClientSession, server: TestServer, acme: Tenant, rival: Tenant
    ) -> None:
        request_id = await ask(client, server, acme.headers)
        foreign = await read(client, rival.headers, request_id, 404)
        missing = await read(client, rival.headers, "req_none_such", 404)
        assert foreign["code"] == missing["code"] == "trace_not_found"
        assert {**foreign, "request_id": ""} == {**missing, "request_id": ""}

    async def test_is_not_for_a_key_of_another_workspace(
        self, client: aiohttp.ClientSession, server: TestServer, acme: Tenant, settings: Settings
    ) -> None:
        request_id = await ask(client, server, acme.headers)
        key = await apikeys.made(settings, acme.owner, acme.org_id, now=NOW, workspace=acme.test)
        await read(client, {"Authorization": f"Bearer {key.token}"}, request_id, 404)

    async def test_holds_no_key_and_nothing_that_was_said(
        self, client: aiohttp.ClientSession, server: TestServer, acme: Tenant
    ) -> None:
        request_id = await ask(client, server, acme.headers, **said("a secret of ours"))
        found = str(await read(client, acme.headers, request_id))
        assert "a secret of ours" not in found
        assert acme.token not in found


class TestSubscription:
    async def test_tells_of_the_newest_calls_and_then_of_each(
        self, client: aiohttp.ClientSession, server: TestServer, acme: Tenant, rival: Tenant
    ) -> None:
        before = await ask(client, server, acme.headers)
        wanted = GraphQLRequest(gql(FOLLOW), variable_values={"org": ids.encode("org", acme.org_id)})
        async with (
            connected(server, acme.headers) as session,
            asyncio.timeout(14),
            aclosing(session.subscribe(wanted)) as updates,
        ):
            first = (await anext(updates))["gatewayTrace"]
            await ask(client, server, rival.headers)
            after = await ask(client, server, acme.headers)
            second = (await anext(updates))["gatewayTrace"]
        assert (first["requestId"], second["requestId"]) == (before, after)
        assert second["steps"][-1]["name"] == "posted"
        assert first["seq"] < second["seq"]

    async def test_waits_for_one_call(
        self, client: aiohttp.ClientSession, server: TestServer, acme: Tenant
    ) -> None:
        variables = {"org": ids.encode("org", acme.org_id), "request": "req-mine-1"}
        wanted = GraphQLRequest(gql(FOLLOW), variable_values=variables)
        async with (
            connected(server, acme.headers) as session,
            asyncio.timeout(14),
            aclosing(session.subscribe(wanted)) as updates,
        ):
            waiting = asyncio.ensure_future(anext(updates))
            await ask(client, server, acme.headers)
            await ask(client, server, {**acme.headers, "X-Request-Id": "req-mine-1"})
            assert (await waiting)["gatewayTrace"]["requestId"] == "req-mine-1"
