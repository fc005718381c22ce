"""Anthropic's official SDK by base URL and key alone."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import anthropic
import pytest
from aiohttp.test_utils import TestServer

from app.gateway.routing.policy import WhenClientLeaves
from app.gateway.service import Gateway
from tests.factories import wallets
from tests.factories.orgs import Tenant
from tests.rest.gateway.conftest import calls, events, settled
from tests.rest.gateway.policies import policy
from tests.rest.gateway.test_openai import assert_left
from tests.waiting import eventually

WORDS = "Hello from the emulator, in a few words."
MODEL = "claude-haiku-4-5"


def said(text: str, **more: Any) -> Any:
    return {"model": MODEL, "max_tokens": 50, "messages": [{"role": "user", "content": text}], **more}


@pytest.fixture
async def sdk(
    server: TestServer, client: aiohttp.ClientSession, acme: Tenant
) -> AsyncIterator[anthropic.AsyncAnthropic]:
    base = str(server.make_url("/")).rstrip("/")
    async with anthropic.AsyncAnthropic(base_url=base, api_key=acme.token, max_retries=0) as made:
        yield made


class TestMessages:
    async def test_are_answered_and_metered(
        self, sdk: anthropic.AsyncAnthropic, server: TestServer, acme: Tenant
    ) -> None:
        await wallets.wallet(acme, 1000)
        answer = await sdk.messages.create(**said("hello"))
        assert [block.text for block in answer.content if block.type == "text"] == [WORDS]
        await settled(server)
        [event] = await events()
        assert (event["provider"], event["model"], event["input_tokens"], event["output_tokens"]) == (
            *("anthropic", MODEL),
            *(10, 5),
        )

    async def test_call_tools(self, sdk: anthropic.AsyncAnthropic) -> None:
        tool: Any = {"name": "get_weather", "input_schema": {"type": "object"}}
        answer = await sdk.messages.create(**said("weather in Oslo?"), tools=[tool])
        [use] = [block for block in answer.content if block.type == "tool_use"]
        assert (use.name, use.input) == ("get_weather", {"city": "Oslo"})

    async def test_stream(self, sdk: anthropic.AsyncAnthropic, server: TestServer) -> None:
        async with sdk.messages.stream(**said("hello")) as stream:
            text = "".join([piece async for piece in stream.text_stream])
        assert text == WORDS
        await settled(server)
        [event] = await events()
        assert (event["output_tokens"], event["usage_source"]) == (5, "provider")

    @pytest.mark.parametrize("leaves", WhenClientLeaves)
    async def test_that_the_client_leaves_are_metered_as_the_policy_says(
        self, sdk: anthropic.AsyncAnthropic, gateway: Gateway, acme: Tenant, leaves: WhenClientLeaves
    ) -> None:
        if leaves is not gateway.rules.when_client_leaves:
            await policy(gateway, acme, "*", when_client_leaves=leaves)
        async with sdk.messages.stream(**said("slowly")) as stream:
            async for _ in stream.text_stream:
                break
        [event] = await eventually(events)
        assert_left(event, leaves)
        assert [call["outcome"] for call in await calls()] == ["client_left"]

    async def test_that_break_off_are_an_error(
        self, sdk: anthropic.AsyncAnthropic, server: TestServer
    ) -> None:
        async with sdk.messages.stream(**said("break off")) as stream:
            with pytest.raises(anthropic.APIStatusError, match="broke off"):
                await stream.until_done()
        await settled(server)
        [event] = await events()
        assert event["usage_source"] in ("partial", "estimated")
        assert [call["outcome"] for call in await calls()] == ["truncated"]


class TestRefusals:
    async def test_of_a_wrong_key(self, sdk: anthropic.AsyncAnthropic) -> None:
        with pytest.raises(anthropic.AuthenticationError):
            await sdk.with_options(api_key="lk_live_pk_x").messages.create(**said("hello"))

    async def test_where_credit_is_lacking(self, sdk: anthropic.AsyncAnthropic, acme: Tenant) -> None:
        await wallets.wallet(acme, "0.000001")
        with pytest.raises(anthropic.APIStatusError) as caught:
            await sdk.messages.create(**said("hello"))
        assert caught.value.status_code == 402
        assert isinstance(caught.value.body, dict)
        error = caught.value.body["error"]
        assert (error["type"], error["code"]) == ("billing_error", "insufficient_credits")

    async def test_by_the_upstream(self, sdk: anthropic.AsyncAnthropic) -> None:
        with pytest.raises(anthropic.RateLimitError):
            await sdk.messages.create(**said("too often"))
