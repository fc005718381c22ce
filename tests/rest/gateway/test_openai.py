"""OpenAI's official SDK by base URL and key alone."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import openai
import pytest
from aiohttp.test_utils import TestServer
from yarl import URL

from app.core import ids
from app.core.config import Settings
from app.gateway.routing.policy import WhenClientLeaves
from app.gateway.service import Gateway
from app.infra import db
from tests.factories import apikeys, prices, wallets
from tests.factories.orgs import NOW, Tenant
from tests.fakes.aimock import Emulator
from tests.rest.gateway.conftest import calls, events, settled
from tests.rest.gateway.policies import policy
from tests.waiting import eventually

HELLO: Any = {"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "hello"}], "max_tokens": 50}
WORDS = "Hello from the emulator, in a few words."


def said(text: str, **more: Any) -> Any:
    return {**HELLO, "messages": [{"role": "user", "content": text}], **more}


async def drained(stream: Any) -> list[Any]:
    return [chunk async for chunk in stream]


def assert_left(event: db.Row, leaves: WhenClientLeaves) -> None:
    """Drained, it is what the emulator tells at the end; cancelled, what came before."""
    if leaves is WhenClientLeaves.DRAIN:
        assert (event["usage_source"], event["input_tokens"], event["output_tokens"]) == ("provider", 12, 20)
    else:
        assert event["usage_source"] in ("estimated", "partial")
        # Anthropic's format may tell all of it in the first event.
        assert 0 < event["output_tokens"] <= 20


@pytest.fixture
async def sdk(
    server: TestServer, client: aiohttp.ClientSession, acme: Tenant
) -> AsyncIterator[openai.AsyncOpenAI]:
    base = str(server.make_url("/v1"))
    async with openai.AsyncOpenAI(base_url=base, api_key=acme.token, max_retries=0) as made:
        yield made


class TestChat:
    async def test_answers_and_is_metered_once(
        self, sdk: openai.AsyncOpenAI, server: TestServer, acme: Tenant
    ) -> None:
        await wallets.wallet(acme, 1000)
        answer = await sdk.chat.completions.create(
            **HELLO, extra_headers={"X-LK-Customer-Id": "law-firm-a", "X-OM-Feature-Id": "research"}
        )
        assert answer.choices[0].message.content == WORDS
        assert answer.usage is not None
        assert answer.usage.prompt_tokens == 10
        await settled(server)
        [event] = await events()
        assert (event["provider"], event["model"], event["input_tokens"], event["output_tokens"]) == (
            *("openai", "gpt-4o-mini"),
            *(10, 5),
        )
        assert (event["customer_id"], event["feature_id"], event["usage_source"]) == (
            *("law-firm-a", "research"),
            "provider",
        )
        assert event["credits"] > 0
        [transaction] = await db.fetch("SELECT * FROM ledger_transaction WHERE kind = 'settle'")
        assert (event["ledger_transaction_id"], event["credits"]) == (
            transaction["id"],
            transaction["amount"],
        )
        [call] = await calls()
        assert (call["outcome"], call["status"], call["hold_id"] is not None) == ("ok", 200, True)

    async def test_needs_no_wallet_to_be_metered(self, sdk: openai.AsyncOpenAI, server: TestServer) -> None:
        await sdk.chat.completions.create(**HELLO)
        await settled(server)
        [event] = await events()
        assert (event["input_tokens"], event["ledger_transaction_id"]) == (10, None)
        assert await db.fetchval("SELECT sum(requests) FROM usage_rollup_hour") == 1

    async def test_counts_for_a_customer_by_our_id_too(
        self, sdk: openai.AsyncOpenAI, server: TestServer, acme: Tenant
    ) -> None:
        await sdk.chat.completions.create(**HELLO, extra_headers={"X-LK-Customer-Id": "law-firm-a"})
        await settled(server)
        ours = ids.encode("cus", await db.fetchval("SELECT id FROM customer"))
        await sdk.chat.completions.create(**HELLO, extra_headers={"X-LK-Customer-Id": ours})
        await settled(server)
        assert [event["customer_id"] for event in await events()] == ["law-firm-a"] * 2
        unknown = {"X-LK-Customer-Id": ids.encode("cus", ids.uuid7())}
        with pytest.raises(openai.NotFoundError) as caught:
            await sdk.chat.completions.create(**HELLO, extra_headers=unknown)
        assert caught.value.code == "customer_not_found"
        assert (len(await events()), await db.fetchval("SELECT count(*) FROM customer")) == (2, 1)

    async def test_calls_tools(self, sdk: openai.AsyncOpenAI) -> None:
        tool: Any = {
            "type": "function",
            "function": {"name": "get_weather", "parameters": {"type": "object"}},
        }
        answer = await sdk.chat.completions.create(**said("weather in Oslo?"), tools=[tool])
        [made] = answer.choices[0].message.tool_calls or []
        assert made.type == "function"
        assert (made.function.name, made.function.arguments) == ("get_weather", '{"city":"Oslo"}')

    async def test_tells_what_launchkit_took_of_the_time(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        async with client.post("/v1/chat/completions", json=HELLO, headers=acme.headers) as answer:
            assert answer.headers["Server-Timing"].startswith("launchkit;dur=")
            assert answer.headers["X-Request-Id"]


class TestChatStream:
    async def test_comes_piece_by_piece_without_usage_that_nobody_asked_for(
        self, sdk: openai.AsyncOpenAI, server: TestServer
    ) -> None:
        stream = await sdk.chat.completions.create(**HELLO, stream=True)
        chunks = [chunk async for chunk in stream]
        assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == WORDS
        assert len(chunks) > 3
        assert all(chunk.usage is None for chunk in chunks)
        await settled(server)
        [event] = await events()
        assert (event["input_tokens"], event["output_tokens"], event["usage_source"]) == (10, 5, "provider")

    async def test_tells_its_usage_to_who_asks_for_it(self, sdk: openai.AsyncOpenAI) -> None:
        stream = await sdk.chat.completions.create(
            **HELLO, stream=True, stream_options={"include_usage": True}
        )
        chunks = [chunk async for chunk in stream]
        assert chunks[-1].usage is not None
        assert chunks[-1].usage.total_tokens == 15

    async def test_that_breaks_off_is_an_error_and_metered_by_what_came(
        self, sdk: openai.AsyncOpenAI, server: TestServer
    ) -> None:
        stream = await sdk.chat.completions.create(**said("break off"), stream=True)
        assert await anext(stream)
        with pytest.raises(openai.APIError, match="broke off"):
            await drained(stream)
        await settled(server)
        [event] = await events()
        assert event["usage_source"] == "estimated"
        assert 0 < event["output_tokens"] < 20
        [call] = await calls()
        assert call["outcome"] == "truncated"

    @pytest.mark.parametrize("leaves", WhenClientLeaves)
    async def test_that_the_client_leaves_is_metered_as_the_policy_says(
        self, sdk: openai.AsyncOpenAI, gateway: Gateway, acme: Tenant, leaves: WhenClientLeaves
    ) -> None:
        if leaves is not gateway.rules.when_client_leaves:
            await policy(gateway, acme, "*", when_client_leaves=leaves)
        stream = await sdk.chat.completions.create(**said("slowly"), stream=True)
        async for _ in stream:
            break
        await stream.close()
        [event] = await eventually(events)
        assert_left(event, leaves)
        [call] = await calls()
        assert call["outcome"] == "client_left"


class TestResponses:
    async def test_answers_and_is_metered(self, sdk: openai.AsyncOpenAI, server: TestServer) -> None:
        answer = await sdk.responses.create(model="gpt-4o-mini", input="hello", max_output_tokens=50)
        assert answer.output_text == WORDS
        await settled(server)
        [event] = await events()
        assert (event["input_tokens"], event["output_tokens"], event["usage_source"]) == (10, 5, "provider")

    async def test_streams(self, sdk: openai.AsyncOpenAI, server: TestServer) -> None:
        stream = await sdk.responses.create(model="gpt-4o-mini", input="hello", stream=True)
        kinds = [event.type async for event in stream]
        assert kinds[-1] == "response.completed"
        await settled(server)
        [event] = await events()
        assert (event["input_tokens"], event["output_tokens"], event["usage_source"]) == (10, 5, "provider")

    async def test_that_breaks_off_is_an_error(self, sdk: openai.AsyncOpenAI, server: TestServer) -> None:
        stream = await sdk.responses.create(model="gpt-4o-mini", input="break off", stream=True)
        with pytest.raises(openai.APIError, match="broke off"):
            await drained(stream)
        await settled(server)
        assert [call["outcome"] for call in await calls()] == ["truncated"]


class TestEmbeddings:
    # By itself the SDK asks for base64, and decodes it.
    @pytest.mark.parametrize("more", [{}, {"encoding_format": "float"}], ids=["default", "float"])
    @pytest.mark.parametrize("text", ["an embedded text", ["an embedded text"]], ids=["one", "several"])
    async def test_are_metered_by_their_input(
        self, sdk: openai.AsyncOpenAI, server: TestServer, acme: Tenant, text: Any, more: Any
    ) -> None:
        wallet_id = await wallets.wallet(acme, 1_000)
        answer = await sdk.embeddings.create(model="text-embedding-3-small", input=text, **more)
        assert answer.data[0].embedding == pytest.approx([0.1, 0.2, 0.3])
        await settled(server)
        [event] = await events()
        assert (event["model"], event["output_tokens"]) == ("text-embedding-3-small", 0)
        assert event["input_tokens"] > 0
        assert event["cost_usd"] > 0
        row = await db.fetchrow("SELECT held, balance FROM wallet WHERE id = $1", wallet_id)
        assert row is not None
        assert (row["held"], row["balance"]) == (0, 1_000 - event["credits"])


class TestModels:
    async def test_are_listed_as_far_as_the_key_may_use_them(
        self, sdk: openai.AsyncOpenAI, server: TestServer, acme: Tenant, settings: Settings
    ) -> None:
        everything = [model.id async for model in sdk.models.list()]
        assert everything
        key = await apikeys.made(
            settings, acme.owner, acme.org_id, now=NOW, allowed_models=[everything[0], "none-*"]
        )
        limited = sdk.with_options(api_key=key.token)
        assert [model.id async for model in limited.models.list()] == everything[:1]

    @pytest.mark.parametrize("name", ["..%2Ffiles", "a%2F..%2F..%2Ffiles", "%2E%2E/files"])
    async def test_lead_to_nothing_else_of_the_upstream_s(
        self,
        client: aiohttp.ClientSession,
        server: TestServer,
        acme: Tenant,
        emulator: Emulator,
        name: str,
    ) -> None:
        before = len(await emulator.journal())
        url = URL(f"{str(server.make_url('/')).rstrip('/')}/v1/models/{name}", encoded=True)
        async with client.get(url, headers=acme.headers) as answer:
            assert answer.status == 400
        assert len(await emulator.journal()) == before


class TestRefusals:
    """Each is the SDK's own exception, with our code in it; and none of them costs anything."""

    async def refused(
        self, sdk: openai.AsyncOpenAI, expected: type[openai.APIStatusError], **request: Any
    ) -> openai.APIStatusError:
        with pytest.raises(expected) as caught:
            await sdk.chat.completions.create(**(request or HELLO))
        assert await events() == []
        return caught.value

    async def test_of_a_wrong_key(self, sdk: openai.AsyncOpenAI) -> None:
        error = await self.refused(sdk.with_options(api_key="lk_live_pk_x"), openai.AuthenticationError)
        assert error.code == "api_key_invalid"

    async def test_of_a_model_that_the_key_may_not_use(
        self, sdk: openai.AsyncOpenAI, acme: Tenant, settings: Settings
    ) -> None:
        key = await apikeys.made(settings, acme.owner, acme.org_id, now=NOW, allowed_models=["gpt-5*"])
        error = await self.refused(sdk.with_options(api_key=key.token), openai.PermissionDeniedError)
        assert error.code == "model_not_allowed"

    async def test_of_a_model_without_an_upstream(self, sdk: openai.AsyncOpenAI) -> None:
        error = await self.refused(sdk, openai.NotFoundError, **{**HELLO, "model": "anthropic/claude-x"})
        assert error.code == "model_not_found"

    async def test_of_a_model_that_nobody_priced_where_credit_has_to_be_held(
        self, sdk: openai.AsyncOpenAI, acme: Tenant
    ) -> None:
        await wallets.wallet(acme, 10)
        await prices.published(acme, prices.rule(1, model="gpt-5*"))
        error = await self.refused(sdk, openai.BadRequestError, **{**HELLO, "model": "nobody-knows"})
        assert error.code == "model_not_priced"

    async def test_where_credit_is_lacking(self, sdk: openai.AsyncOpenAI, acme: Tenant) -> None:
        await wallets.wallet(acme, "0.000001")
        error = await self.refused(sdk, openai.APIStatusError)
        assert (error.status_code, error.code) == (402, "insufficient_credits")

    async def test_of_what_is_no_request(self, sdk: openai.AsyncOpenAI) -> None:
        error = await self.refused(sdk, openai.BadRequestError, messages=[], model="")
        assert (error.code, error.param) == ("invalid_request", "model")

    async def test_by_the_upstream_is_passed_on_and_its_hold_released(
        self, sdk: openai.AsyncOpenAI, server: TestServer, acme: Tenant
    ) -> None:
        wallet_id = await wallets.wallet(acme, 100)
        error = await self.refused(sdk, openai.RateLimitError, **said("too often"))
        assert error.code == "rate_limit_exceeded"
        error = await self.refused(sdk, openai.BadRequestError, **said("bad request"))
        assert error.code == "wrong"
        await settled(server)
        row = await db.fetchrow("SELECT held, balance FROM wallet WHERE id = $1", wallet_id)
        assert row is not None
        assert (row["held"], row["balance"]) == (0, 100)
        assert [call["outcome"] for call in await calls()] == ["refused", "refused"]

    async def test_of_launchkit_s_own_key_is_no_matter_of_the_client_s(self, sdk: openai.AsyncOpenAI) -> None:
        error = await self.refused(sdk, openai.InternalServerError, **said("your key"))
        assert (error.status_code, error.code) == (502, "upstream_unauthorised")
        assert "sk-" not in str(error)

    async def test_by_hanging_up_is_metered_as_nobody_knows_what_it_cost(
        self, sdk: openai.AsyncOpenAI, server: TestServer
    ) -> None:
        with pytest.raises(openai.InternalServerError) as caught:
            await sdk.chat.completions.create(**said("hang up"))
        assert caught.value.code == "upstream_silent"
        await settled(server)
        [event] = await events()
        assert (event["usage_source"], event["output_tokens"]) == ("estimated", 50)


class TestPassingOn:
    async def test_drops_no_field_and_never_our_key(
        self, client: aiohttp.ClientSession, acme: Tenant, emulator: Emulator
    ) -> None:
        request = {**HELLO, "unknown_field": {"deep": [1, 2.5, None]}, "seed": 7}
        headers = {**acme.headers, "OpenAI-Organization": "org-x", "Cookie": "a=b"}
        async with client.post("/v1/chat/completions", json=request, headers=headers) as answer:
            assert answer.status == 200
        entry = (await emulator.journal())[-1]
        assert acme.token not in str(entry)
        assert "org-x" not in str(entry)
        assert entry["body"]["unknown_field"] == {"deep": [1, 2.5, None]}
