"""OpenAI's official SDK by base URL and key alone."""

from collections.abc import AsyncIterator

import aiohttp
import openai
import pytest
from aiohttp.test_utils import TestServer

from tests.factories import wallets
from tests.factories.orgs import Tenant
from tests.rest.gateway.conftest import calls, events, settled


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
            model="gpt-4o-mini",
            messages=[{"role": "user", "content": "hello"}],
            max_tokens=50,
            extra_headers={"X-LK-Customer-Id": "law-firm-a", "X-OM-Feature-Id": "research"},
        )
        assert answer.choices[0].message.content == "Hello from the emulator, in a few words."
        assert answer.usage is not None
        assert answer.usage.prompt_tokens == 10
        await settled(server)
        [event] = await events()
        assert (event["provider"], event["model"], event["input_tokens"], event["output_tokens"]) == (
            "openai",
            "gpt-4o-mini",
            10,
            5,
        )
        assert (event["customer_id"], event["feature_id"], event["usage_source"]) == (
            "law-firm-a",
            "research",
            "provider",
        )
        assert event["credits"] > 0
        assert event["ledger_transaction_id"] is not None
        [call] = await calls()
        assert (call["outcome"], call["status"], call["hold_id"] is not None) == ("ok", 200, True)
