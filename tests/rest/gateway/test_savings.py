"""What routing and kept answers saved, as the report tells it."""

from decimal import Decimal
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from app.core.config import Settings
from app.gateway.routing.policy import Choice, Strategy
from app.gateway.service import Gateway
from tests.factories import apikeys, prices
from tests.factories.orgs import NOW, Tenant
from tests.rest.gateway.conftest import events, settled
from tests.rest.gateway.policies import policy, upstream
from tests.rest.gateway.test_openai import HELLO

Json = dict[str, Any]
# USD for a million, of the price list: the dearer one was asked for.
ASKED = 10 * Decimal("2.5") / 10**6 + 5 * Decimal(10) / 10**6
CHEAP = 10 * Decimal("0.15") / 10**6 + 5 * Decimal("0.6") / 10**6


async def ask(
    client: aiohttp.ClientSession, server: TestServer, tenant: Tenant, model: str, **headers: str
) -> dict[str, str]:
    body = {**HELLO, "model": model}
    async with client.post(
        "/v1/chat/completions", json=body, headers={**tenant.headers, **headers}
    ) as answer:
        assert answer.status == 200, await answer.text()
        found = dict(answer.headers)
    await settled(server)
    return found


async def report(client: aiohttp.ClientSession, token: str, **params: str) -> Json:
    headers = {"Authorization": f"Bearer {token}"}
    async with client.get("/v1/gateway/savings", headers=headers, params=params) as answer:
        found: Json = await answer.json()
        return found


class TestSavings:
    async def test_are_told_against_the_model_that_was_asked_for(
        self, client: aiohttp.ClientSession, server: TestServer, gateway: Gateway, acme: Tenant
    ) -> None:
        await prices.published(acme, prices.rule(1, model="gpt-4o-mini"), prices.rule(10))
        await policy(gateway, acme, "gpt-4o", "gpt-4o", "gpt-4o-mini", strategy=Strategy.CHEAPEST)
        headers = await ask(client, server, acme, "gpt-4o")
        assert headers["X-LK-Model"] == "gpt-4o-mini"
        found = await report(client, acme.token)
        [one] = found["models"]
        assert (one["requested_model"], one["model"], one["kind"], one["calls"]) == (
            *("gpt-4o", "gpt-4o-mini"),
            *("routing", 1),
        )
        assert Decimal(one["asked_usd"]) == ASKED
        assert Decimal(one["saved_usd"]) == ASKED - CHEAP
        assert (one["asked_credits"], one["credits"], one["saved_credits"]) == ("150", "15", "135")
        assert {name: one[name] for name in found["totals"]} == found["totals"]
        [event] = await events()
        assert f'"saved_usd": "{ASKED - CHEAP:.12f}"' in event["properties"]

    async def test_of_kept_answers_are_all_that_they_would_have_cost(
        self, client: aiohttp.ClientSession, server: TestServer, acme: Tenant
    ) -> None:
        for _ in range(3):
            await ask(client, server, acme, "gpt-4o", **{"X-LK-Cache": "on"})
        [one] = (await report(client, acme.token))["models"]
        assert (one["kind"], one["calls"], Decimal(one["saved_usd"])) == ("cache", 2, 2 * ASKED)

    async def test_are_below_nothing_where_it_was_dearer(
        self, client: aiohttp.ClientSession, server: TestServer, gateway: Gateway, acme: Tenant
    ) -> None:
        await upstream(gateway, acme, "gone", "http://127.0.0.1:9")
        await policy(gateway, acme, "auto", "gone/gpt-4o-mini", "gpt-4o")
        await ask(client, server, acme, "auto")
        assert Decimal((await report(client, acme.token))["totals"]["saved_usd"]) == CHEAP - ASKED

    async def test_are_told_against_the_baseline_where_there_is_one(
        self, client: aiohttp.ClientSession, server: TestServer, gateway: Gateway, acme: Tenant
    ) -> None:
        await policy(gateway, acme, "auto", "gpt-4o-mini", baseline="gpt-4o")
        await ask(client, server, acme, "auto")
        assert Decimal((await report(client, acme.token))["totals"]["saved_usd"]) == ASKED - CHEAP

    async def test_of_a_model_without_a_price_are_counted_apart(
        self, client: aiohttp.ClientSession, server: TestServer, gateway: Gateway, acme: Tenant
    ) -> None:
        await policy(gateway, acme, "auto", "nobody-knows", baseline="gpt-4o")
        await ask(client, server, acme, "auto")
        totals = (await report(client, acme.token))["totals"]
        assert (totals["calls"], totals["unpriced"], totals["asked_usd"]) == (1, 1, "0")

    async def test_are_none_of_calls_that_nobody_routed(
        self, client: aiohttp.ClientSession, server: TestServer, gateway: Gateway, acme: Tenant
    ) -> None:
        await policy(gateway, acme, "gpt-4o-mini", cache_seconds=60)
        await ask(client, server, acme, "gpt-4o-mini")
        await ask(client, server, acme, "gpt-4o")
        assert (await report(client, acme.token))["totals"]["calls"] == 0

    async def test_are_of_the_key_s_org_and_workspace_alone(
        self,
        client: aiohttp.ClientSession,
        server: TestServer,
        gateway: Gateway,
        acme: Tenant,
        rival: Tenant,
        settings: Settings,
    ) -> None:
        await policy(gateway, acme, "auto", "gpt-4o-mini")
        await ask(client, server, acme, "auto")
        test = await apikeys.made(settings, acme.owner, acme.org_id, now=NOW, workspace=acme.test)
        assert (await report(client, acme.token))["totals"]["calls"] == 1
        for token in (rival.token, test.token):
            assert (await report(client, token))["models"] == []

    async def test_are_of_a_year_at_most(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        found = await report(
            client, acme.token, **{"from": "2020-01-01T00:00:00Z", "to": "2026-01-01T00:00:00Z"}
        )
        assert (found["code"], found["errors"][0]["field"]) == ("invalid_input", "to")


class TestStrategies:
    async def test_leave_out_what_cannot_do_what_is_asked(
        self, client: aiohttp.ClientSession, server: TestServer, gateway: Gateway, acme: Tenant
    ) -> None:
        cheap = Choice("gpt-4o-mini", capabilities=frozenset(), context=1_000)
        await policy(gateway, acme, "auto", cheap, "gpt-4o", strategy=Strategy.CHEAPEST)
        assert (await ask(client, server, acme, "auto"))["X-LK-Model"] == "gpt-4o-mini"
        tools = [{"type": "function", "function": {"name": "f", "parameters": {}}}]
        for more in ({"tools": tools}, {"max_tokens": 1_001}):
            body = {**HELLO, "model": "auto", **more}
            async with client.post("/v1/chat/completions", json=body, headers=acme.headers) as answer:
                assert answer.headers["X-LK-Model"] == "gpt-4o"

    async def test_refuse_what_no_model_can_do(
        self, client: aiohttp.ClientSession, gateway: Gateway, acme: Tenant
    ) -> None:
        await policy(gateway, acme, "auto", Choice("gpt-4o-mini", context=10))
        body = {**HELLO, "model": "auto"}
        async with client.post("/v1/chat/completions", json=body, headers=acme.headers) as answer:
            assert (answer.status, (await answer.json())["error"]["code"]) == (400, "no_model_suits")
        assert await events() == []

    @pytest.mark.parametrize("strategy", [Strategy.WEIGHTED, Strategy.FASTEST])
    async def test_send_a_call_to_one_of_the_targets(
        self,
        client: aiohttp.ClientSession,
        server: TestServer,
        gateway: Gateway,
        acme: Tenant,
        strategy: Strategy,
    ) -> None:
        await policy(gateway, acme, "auto", "gpt-4o-mini", "gpt-4o", strategy=strategy)
        asked = {(await ask(client, server, acme, "auto"))["X-LK-Model"] for _ in range(12)}
        assert asked <= {"gpt-4o-mini", "gpt-4o"}
        assert len(await events()) == 12

    async def test_are_of_the_route_s_own_format(
        self, client: aiohttp.ClientSession, gateway: Gateway, acme: Tenant
    ) -> None:
        await policy(gateway, acme, "auto", "anthropic/claude-haiku-4-5")
        body = {**HELLO, "model": "auto"}
        async with client.post("/v1/chat/completions", json=body, headers=acme.headers) as answer:
            assert (await answer.json())["error"]["code"] == "model_not_found"
