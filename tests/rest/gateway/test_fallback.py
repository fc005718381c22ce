"""Calls that go on to another model, as OpenAI's official SDK sees them, and what is in the books of it."""

import asyncio
import ipaddress
import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import openai
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from app.core.config import ProviderCredentials, Settings
from app.gateway.service import Gateway
from app.infra import db
from app.web.services import SERVICES
from tests.factories import prices, wallets
from tests.factories.orgs import Tenant
from tests.fakes.aimock import Emulator
from tests.fakes.web import serving
from tests.rest.gateway.conftest import KEY, calls, events, settled
from tests.rest.gateway.policies import policy, upstream
from tests.rest.gateway.test_openai import HELLO, WORDS, said


@pytest.fixture(scope="module")
async def server(_database: Settings, emulator: Emulator) -> AsyncIterator[TestServer]:
    """The upstream of orgs may be on this machine; nobody waits long for a first byte."""
    settings = replace(
        _database,
        openai=ProviderCredentials(KEY, f"{emulator.url}/v1"),
        egress_allow=(ipaddress.ip_network("127.0.0.0/24"),),
        gateway_retries=0,
        gateway_first_byte_seconds=4,
        is_rate_limited=False,
    )
    async with serving(settings) as running:
        yield running


@pytest.fixture
def gateway(server: TestServer) -> Gateway:
    assert server.app is not None
    return server.app[SERVICES].gateway


@pytest.fixture
async def sdk(server: TestServer, acme: Tenant, settings: Settings) -> AsyncIterator[openai.AsyncOpenAI]:
    base = str(server.make_url("/v1"))
    async with openai.AsyncOpenAI(base_url=base, api_key=acme.token, max_retries=0) as made:
        yield made
    await settled(server)


class Sick:
    """An upstream that answers with a status, or, with 0, with nothing at all."""

    def __init__(self) -> None:
        self.status = 503
        self.asked = 0
        self.url = ""

    async def handle(self, request: web.Request) -> web.Response:
        self.asked += 1
        await request.read()
        if not self.status:
            await asyncio.sleep(30)
        if self.status == 200:
            usage = {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5}
            choice = {
                "index": 0,
                "message": {"role": "assistant", "content": "well"},
                "finish_reason": "stop",
            }
            body = {"id": "x", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
            return web.json_response({**body, "usage": usage})
        return web.json_response({"error": {"message": "sick"}}, status=self.status)


@pytest.fixture
async def sick(gateway: Gateway, acme: Tenant) -> AsyncIterator[Sick]:
    made = Sick()
    app = web.Application()
    app.router.add_post("/chat/completions", made.handle)
    async with TestServer(app) as running:
        made.url = str(running.make_url("")).rstrip("/")
        await upstream(gateway, acme, "sick", made.url)
        yield made


async def held(wallet_id: object) -> tuple[object, object]:
    row = await db.fetchrow("SELECT held, balance FROM wallet WHERE id = $1", wallet_id)
    assert row is not None
    return row["held"], row["balance"]


class TestFallback:
    async def test_is_taken_where_the_first_refuses_and_costs_what_the_second_does(
        self, sdk: openai.AsyncOpenAI, server: TestServer, gateway: Gateway, acme: Tenant, sick: Sick
    ) -> None:
        await prices.published(acme, prices.rule(1))
        wallet_id = await wallets.wallet(acme, 1000)
        await policy(gateway, acme, "gpt-4o-mini", "sick/gpt-4o", "gpt-4o-mini")
        answer = await sdk.chat.completions.with_raw_response.create(**HELLO)
        assert answer.parse().choices[0].message.content == WORDS
        assert (answer.headers["X-LK-Model"], answer.headers["X-LK-Upstream"]) == ("gpt-4o-mini", "openai")
        await settled(server)
        assert [(call["upstream"], call["outcome"]) for call in await calls()] == [
            ("sick", "refused"),
            ("openai", "ok"),
        ]
        [event] = await events()
        assert event["credits"] == 15
        assert await held(wallet_id) == (0, 985)

    async def test_meters_an_attempt_that_may_have_cost_something(
        self, sdk: openai.AsyncOpenAI, server: TestServer, gateway: Gateway, acme: Tenant, sick: Sick
    ) -> None:
        sick.status = 0
        await prices.published(acme, prices.rule(1))
        wallet_id = await wallets.wallet(acme, 1000)
        await policy(gateway, acme, "gpt-4o-mini", "sick/gpt-4o", "gpt-4o-mini")
        answer = await sdk.chat.completions.create(**HELLO)
        assert answer.choices[0].message.content == WORDS
        await settled(server)
        assert [call["outcome"] for call in await calls()] == ["no_answer", "ok"]
        first, second = await events()
        assert (first["usage_source"], first["output_tokens"], second["usage_source"]) == (
            *("estimated", 50),
            "provider",
        )
        assert await held(wallet_id) == (0, 1000 - first["credits"] - 15)

    async def test_is_taken_by_streams(
        self, sdk: openai.AsyncOpenAI, server: TestServer, gateway: Gateway, acme: Tenant, sick: Sick
    ) -> None:
        await policy(gateway, acme, "auto", "sick/gpt-4o", "gpt-4o-mini")
        stream = await sdk.chat.completions.create(**{**HELLO, "model": "auto"}, stream=True)
        said = [chunk.choices[0].delta.content or "" async for chunk in stream]
        assert "".join(said) == WORDS
        await settled(server)
        assert [call["outcome"] for call in await calls()] == ["refused", "ok"]

    async def test_is_not_taken_once_a_stream_has_begun(
        self, sdk: openai.AsyncOpenAI, server: TestServer, gateway: Gateway, acme: Tenant, sick: Sick
    ) -> None:
        sick.status = 200
        await policy(gateway, acme, "gpt-4o-mini", "gpt-4o-mini", "sick/gpt-4o")
        stream = await sdk.chat.completions.create(**said("break off"), stream=True)
        with pytest.raises(openai.APIError, match="broke off"):
            _ = [chunk async for chunk in stream]
        await settled(server)
        assert sick.asked == 0
        assert [call["outcome"] for call in await calls()] == ["truncated"]

    async def test_is_not_taken_where_the_request_is_to_blame(
        self, sdk: openai.AsyncOpenAI, gateway: Gateway, acme: Tenant, sick: Sick
    ) -> None:
        await policy(gateway, acme, "gpt-4o-mini", "gpt-4o-mini", "sick/gpt-4o")
        with pytest.raises(openai.BadRequestError):
            await sdk.chat.completions.create(**said("bad request"))
        assert sick.asked == 0

    async def test_is_taken_from_a_rate_limit_of_the_provider(
        self, sdk: openai.AsyncOpenAI, gateway: Gateway, acme: Tenant, sick: Sick
    ) -> None:
        sick.status = 200
        await policy(gateway, acme, "gpt-4o-mini", "gpt-4o-mini", "sick/gpt-4o")
        answer = await sdk.chat.completions.create(**said("too often"))
        assert answer.choices[0].message.content == "well"

    async def test_of_all_models_is_behind_each_that_is_asked_for(
        self, sdk: openai.AsyncOpenAI, gateway: Gateway, acme: Tenant, sick: Sick
    ) -> None:
        await policy(gateway, acme, "*", "gpt-4o-mini")
        answer = await sdk.chat.completions.create(**{**HELLO, "model": "sick/gpt-4o"})
        assert (answer.choices[0].message.content, sick.asked) == (WORDS, 1)

    async def test_holds_for_pictures_what_they_are_with_each_model(
        self, sdk: openai.AsyncOpenAI, server: TestServer, gateway: Gateway, acme: Tenant, sick: Sick
    ) -> None:
        await policy(gateway, acme, "auto", "sick/gpt-4o", "gpt-4o-mini")
        picture: Any = {"type": "image_url", "image_url": {"url": "https://a.example/x.png"}}
        messages: Any = [{"role": "user", "content": [{"type": "text", "text": "hello"}, picture]}]
        await sdk.chat.completions.create(**{**HELLO, "model": "auto", "messages": messages})
        await settled(server)
        first, second = await calls()
        assert 1_600 < first["input_tokens"] < 1_700
        assert second["input_tokens"] - first["input_tokens"] == 48_169 - 1_600

    async def test_that_there_is_no_credit_for_is_refused_and_not_sent(
        self, sdk: openai.AsyncOpenAI, server: TestServer, gateway: Gateway, acme: Tenant, sick: Sick
    ) -> None:
        await prices.published(acme, prices.rule(1, model="gpt-4o"), prices.rule(1000, model="gpt-4o-mini"))
        wallet_id = await wallets.wallet(acme, 1000)
        await policy(gateway, acme, "auto", "sick/gpt-4o", "gpt-4o-mini")
        with pytest.raises(openai.APIStatusError) as caught:
            await sdk.chat.completions.create(**{**HELLO, "model": "auto"})
        assert (caught.value.status_code, caught.value.code) == (402, "insufficient_credits")
        await settled(server)
        assert await events() == []
        assert await held(wallet_id) == (0, 1000)


class TestCircuit:
    async def test_leaves_an_upstream_alone_that_fails_and_asks_the_next_at_once(
        self, sdk: openai.AsyncOpenAI, gateway: Gateway, acme: Tenant, sick: Sick
    ) -> None:
        await policy(gateway, acme, "gpt-4o-mini", "sick/gpt-4o", "gpt-4o-mini")
        for _ in range(7):
            await sdk.chat.completions.create(**HELLO)
        assert sick.asked == 5

    async def test_refuses_where_there_is_no_other(
        self, sdk: openai.AsyncOpenAI, server: TestServer, gateway: Gateway, acme: Tenant, sick: Sick
    ) -> None:
        request = {**HELLO, "model": "sick/gpt-4o"}
        for _ in range(5):
            with pytest.raises(openai.InternalServerError):
                await sdk.chat.completions.create(**request)
        with pytest.raises(openai.InternalServerError) as caught:
            await sdk.chat.completions.create(**request)
        assert caught.value.code == "upstream_resting"
        assert "Retry-After" in caught.value.response.headers
        await settled(server)
        assert (sick.asked, len(await calls())) == (5, 5)

    async def test_of_one_org_is_not_another_s(
        self, sdk: openai.AsyncOpenAI, gateway: Gateway, acme: Tenant, rival: Tenant, sick: Sick
    ) -> None:
        await upstream(gateway, rival, "sick", sick.url)
        request = {**HELLO, "model": "sick/gpt-4o"}
        for _ in range(5):
            with pytest.raises(openai.InternalServerError):
                await sdk.chat.completions.create(**request)
        sick.status = 200
        answer = await sdk.with_options(api_key=rival.token).chat.completions.create(**request)
        assert answer.choices[0].message.content == "well"

    async def test_counts_an_address_at_which_nobody_listens(
        self, sdk: openai.AsyncOpenAI, gateway: Gateway, acme: Tenant
    ) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            await upstream(gateway, acme, "gone", f"http://127.0.0.1:{probe.getsockname()[1]}")
            codes = []
            for _ in range(6):
                with pytest.raises(openai.InternalServerError) as caught:
                    await sdk.chat.completions.create(**{**HELLO, "model": "gone/gpt-4o"})
                codes.append(caught.value.code)
        assert codes == ["upstream_unreachable"] * 5 + ["upstream_resting"]
