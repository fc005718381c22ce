"""Answers that are kept, as OpenAI's official SDK sees them, and what is in the books of them."""

from collections.abc import AsyncIterator
from typing import Any

import openai
import pytest
import redis.asyncio as redis_py
from aiohttp.test_utils import TestServer

from app.core.config import Settings
from app.gateway.service import Gateway
from app.infra import db
from tests.factories import apikeys, prices, wallets
from tests.factories.orgs import NOW, Tenant
from tests.fakes.aimock import Emulator
from tests.rest.gateway.conftest import calls, events, settled
from tests.rest.gateway.policies import policy
from tests.rest.gateway.test_openai import HELLO, WORDS, said

ON: Any = {"extra_headers": {"X-LK-Cache": "on"}}


@pytest.fixture
async def sdk(server: TestServer, client: object, acme: Tenant) -> AsyncIterator[openai.AsyncOpenAI]:
    base = str(server.make_url("/v1"))
    async with openai.AsyncOpenAI(base_url=base, api_key=acme.token, max_retries=0) as made:
        yield made


async def asked(emulator: Emulator) -> int:
    return len(await emulator.journal())


async def hit(sdk: openai.AsyncOpenAI, server: TestServer, **more: Any) -> bool:
    answer = await sdk.chat.completions.with_raw_response.create(**{**HELLO, **ON, **more})
    assert answer.parse().choices[0].message.content
    await settled(server)
    return bool(answer.headers.get("X-LK-Cache") == "hit")


class TestKeptAnswers:
    async def test_are_given_again_without_asking_upstream(
        self, sdk: openai.AsyncOpenAI, server: TestServer, acme: Tenant, emulator: Emulator
    ) -> None:
        await prices.published(acme, prices.rule(1))
        wallet_id = await wallets.wallet(acme, 1000)
        first = await sdk.chat.completions.create(**HELLO, **ON)
        await settled(server)
        before = await asked(emulator)
        answer = await sdk.chat.completions.with_raw_response.create(**HELLO, **ON)
        assert answer.parse() == first
        assert (answer.headers["X-LK-Cache"], answer.headers["X-LK-Upstream"]) == ("hit", "openai")
        assert await asked(emulator) == before
        await settled(server)
        paid, free = await events()
        assert (free["usage_source"], free["cost_usd"], free["credits"]) == ("cached", 0, 0)
        assert (free["input_tokens"], free["output_tokens"]) == (10, 5)
        assert free["properties"] != paid["properties"]
        row = await db.fetchrow("SELECT held, balance FROM wallet WHERE id = $1", wallet_id)
        assert row is not None
        assert (row["held"], row["balance"]) == (0, 985)

    async def test_burn_what_the_policy_says(
        self, sdk: openai.AsyncOpenAI, server: TestServer, gateway: Gateway, acme: Tenant
    ) -> None:
        await prices.published(acme, prices.rule(1))
        wallet_id = await wallets.wallet(acme, 1000)
        await policy(gateway, acme, "gpt-4o-mini", cache_seconds=60, cached_percent=20)
        await hit(sdk, server, extra_headers={})
        assert await hit(sdk, server, extra_headers={})
        assert [event["credits"] for event in await events()] == [15, 3]
        assert await db.fetchval("SELECT balance FROM wallet WHERE id = $1", wallet_id) == 982
        [transaction] = await db.fetch(
            "SELECT amount FROM ledger_transaction WHERE kind = 'settle' AND amount = 3"
        )
        assert transaction["amount"] == 3

    async def test_that_credit_is_lacking_for_are_refused(
        self, sdk: openai.AsyncOpenAI, server: TestServer, gateway: Gateway, acme: Tenant
    ) -> None:
        await prices.published(acme, prices.rule(1))
        await policy(gateway, acme, "gpt-4o-mini", cache_seconds=60, cached_percent=100)
        wallet_id = await wallets.wallet(acme, 100)
        await hit(sdk, server)
        await wallets.hold(acme, wallet_id, 80)
        with pytest.raises(openai.APIStatusError) as caught:
            await sdk.chat.completions.create(**HELLO)
        assert (caught.value.status_code, caught.value.code) == (402, "insufficient_credits")
        await settled(server)
        assert len(await events()) == 1

    async def test_are_streamed_again_as_they_were(
        self, sdk: openai.AsyncOpenAI, server: TestServer, emulator: Emulator
    ) -> None:
        async def streamed() -> list[str]:
            stream = await sdk.chat.completions.create(**HELLO, **ON, stream=True)
            found = [chunk.model_dump_json() async for chunk in stream]
            await settled(server)
            return found

        first = await streamed()
        before = await asked(emulator)
        assert await streamed() == first
        assert await asked(emulator) == before
        assert [event["usage_source"] for event in await events()] == ["provider", "cached"]

    async def test_are_for_equal_requests_alone_in_whatever_order_their_members_stand(
        self, sdk: openai.AsyncOpenAI, server: TestServer
    ) -> None:
        assert not await hit(sdk, server)
        assert not await hit(sdk, server, max_tokens=51)
        assert not await hit(sdk, server, model="gpt-4o")
        assert not await hit(sdk, server, **said("hello!"))
        assert await hit(sdk, server, **dict(reversed(HELLO.items())))

    async def test_are_not_for_what_is_nested_too_deeply_to_be_compared(
        self, sdk: openai.AsyncOpenAI, server: TestServer
    ) -> None:
        deep: Any = "x"
        for _ in range(300):
            deep = [deep]
        for _ in range(2):
            assert not await hit(sdk, server, extra_body={"metadata": {"deep": deep}})

    async def test_are_of_one_org_in_one_environment(
        self, sdk: openai.AsyncOpenAI, server: TestServer, acme: Tenant, rival: Tenant, settings: Settings
    ) -> None:
        await hit(sdk, server)
        test = await apikeys.made(settings, acme.owner, acme.org_id, now=NOW, workspace=acme.test)
        assert not await hit(sdk.with_options(api_key=rival.token), server)
        assert not await hit(sdk.with_options(api_key=test.token), server)
        assert await hit(sdk, server)

    async def test_are_not_for_a_key_that_may_not_use_the_model(
        self, sdk: openai.AsyncOpenAI, server: TestServer, acme: Tenant, settings: Settings
    ) -> None:
        await hit(sdk, server)
        key = await apikeys.made(settings, acme.owner, acme.org_id, now=NOW, allowed_models=["gpt-5*"])
        with pytest.raises(openai.PermissionDeniedError):
            await sdk.with_options(api_key=key.token).chat.completions.create(**HELLO, **ON)

    async def test_are_kept_only_where_somebody_said_so(
        self, sdk: openai.AsyncOpenAI, server: TestServer, gateway: Gateway, acme: Tenant
    ) -> None:
        await hit(sdk, server, extra_headers={})
        assert not await hit(sdk, server)
        await policy(gateway, acme, "*", cache_seconds=60)
        assert await hit(sdk, server, extra_headers={})
        assert not await hit(sdk, server, extra_headers={"X-LK-Cache": "off"})

    async def test_are_no_refusals_and_nothing_that_broke_off(
        self, sdk: openai.AsyncOpenAI, server: TestServer
    ) -> None:
        for _ in range(2):
            with pytest.raises(openai.RateLimitError):
                await sdk.chat.completions.create(**said("too often"), **ON)
            stream = await sdk.chat.completions.create(**said("break off"), **ON, stream=True)
            with pytest.raises(openai.APIError, match="broke off"):
                _ = [chunk async for chunk in stream]
            await settled(server)
        assert [call["outcome"] for call in await calls()] == ["refused", "truncated"] * 2

    async def test_may_be_lost(self, sdk: openai.AsyncOpenAI, server: TestServer, settings: Settings) -> None:
        await hit(sdk, server)
        async with redis_py.Redis.from_url(settings.require_redis_url()) as client:
            await client.flushall()
        assert not await hit(sdk, server)
        assert await hit(sdk, server)

    async def test_need_a_word_that_is_understood(self, sdk: openai.AsyncOpenAI) -> None:
        with pytest.raises(openai.BadRequestError) as caught:
            await sdk.chat.completions.create(**HELLO, extra_headers={"X-LK-Cache": "for ever"})
        assert caught.value.param == "X-LK-Cache"

    async def test_say_what_they_are(self, sdk: openai.AsyncOpenAI) -> None:
        answer = await sdk.chat.completions.with_raw_response.create(**HELLO, **ON)
        assert answer.headers["X-LK-Cache"] == "miss"
        assert answer.parse().choices[0].message.content == WORDS
