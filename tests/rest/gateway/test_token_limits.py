"""Tokens a minute of a key: reserved before the upstream is asked, corrected by what it used."""

import asyncio
import ipaddress
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import anthropic
import httpx2
import openai
import pytest
from aiohttp.test_utils import TestServer
from google import genai
from google.genai import errors, types

from app.core.config import ProviderCredentials, Settings
from app.core.token_bucket import Quota
from app.credits.types import ScopeKind
from app.gateway.service import Gateway
from app.infra import db
from app.web.services import SERVICES
from tests.factories import limits, prices, wallets
from tests.factories.orgs import Tenant
from tests.fakes.aimock import Emulator
from tests.fakes.web import serving
from tests.rest.gateway.conftest import KEY, calls, events, settled
from tests.rest.gateway.policies import policy, upstream
from tests.rest.gateway.test_openai import HELLO, said

LIMIT = 1_000


@pytest.fixture(scope="module")
async def server(_database: Settings, emulator: Emulator) -> AsyncIterator[TestServer]:
    settings = replace(
        _database,
        openai=ProviderCredentials(KEY, f"{emulator.url}/v1"),
        anthropic=ProviderCredentials(KEY, emulator.url),
        gemini=ProviderCredentials(KEY, emulator.url),
        egress_allow=(ipaddress.ip_network("127.0.0.0/24"),),
        gateway_retries=0,
    )
    async with serving(settings) as running:
        yield running


@pytest.fixture
def gateway(server: TestServer) -> Gateway:
    assert server.app is not None
    return server.app[SERVICES].gateway


@pytest.fixture
async def limited(acme: Tenant, settings: Settings) -> Tenant:
    await db.execute("UPDATE api_key SET tokens_per_minute = $2 WHERE id = $1", acme.key.id, LIMIT)
    await db.execute("UPDATE org SET requests_per_minute = 10000 WHERE id = $1", acme.org_id)
    return acme


@pytest.fixture
async def sdk(server: TestServer, limited: Tenant) -> AsyncIterator[openai.AsyncOpenAI]:
    base = str(server.make_url("/v1"))
    async with openai.AsyncOpenAI(base_url=base, api_key=limited.token, max_retries=0) as made:
        yield made
    await settled(server)


async def left(server: TestServer, tenant: Tenant) -> int:
    """Once all that was answered has been corrected."""
    await settled(server)
    async with httpx2.AsyncClient(base_url=str(server.make_url("/"))) as client:
        answer = await client.get("v1/rate-limit", headers=tenant.headers)
    tokens = answer.json()["tokens"]
    assert tokens["limit"] == LIMIT
    return int(tokens["remaining"])


def leave(settings: Settings, tenant: Tenant, tokens: int) -> None:
    limits.empty(settings, f"api_key_tokens:{tenant.key.id}", Quota(LIMIT), but=tokens)


def flowed_since(moment: float) -> float:
    """The most that can have come back, give or take the one that a share of it is rounded to."""
    return (time.monotonic() - moment) * LIMIT / 60


async def asked(emulator: Emulator) -> int:
    return len(await emulator.journal())


class TestReservation:
    async def test_is_told_with_the_answer_and_corrected_after_it(
        self, sdk: openai.AsyncOpenAI, server: TestServer, limited: Tenant
    ) -> None:
        answer = await sdk.chat.completions.with_raw_response.create(**{**HELLO, "max_tokens": 500})
        told = answer.headers
        assert told["x-ratelimit-limit-tokens"] == str(LIMIT)
        assert 450 <= int(told["x-ratelimit-remaining-tokens"]) < 500
        assert 29 < float(told["x-ratelimit-reset-tokens"].removesuffix("s")) < 35
        assert told["X-RateLimit-Limit"] == "10000", "of requests, as everywhere"
        assert LIMIT - 15 <= await left(server, limited) <= LIMIT

    async def test_is_corrected_after_a_stream(
        self, sdk: openai.AsyncOpenAI, server: TestServer, limited: Tenant
    ) -> None:
        stream = await sdk.chat.completions.create(**{**HELLO, "max_tokens": 900}, stream=True)
        assert int(stream.response.headers["x-ratelimit-remaining-tokens"]) < 100
        _ = [chunk async for chunk in stream]
        assert await left(server, limited) >= LIMIT - 15

    async def test_is_given_back_where_the_upstream_refuses(
        self, sdk: openai.AsyncOpenAI, server: TestServer, limited: Tenant
    ) -> None:
        with pytest.raises(openai.BadRequestError):
            await sdk.chat.completions.create(**said("bad request", max_tokens=900))
        assert await left(server, limited) == LIMIT

    async def test_is_given_back_where_credit_is_refused(
        self, sdk: openai.AsyncOpenAI, server: TestServer, limited: Tenant
    ) -> None:
        await prices.published(limited, prices.rule(1))
        await wallets.wallet(limited, 1000)
        await wallets.budget(limited, ScopeKind.API_KEY, str(limited.key.id), 5)
        with pytest.raises(openai.APIStatusError) as caught:
            await sdk.chat.completions.create(**{**HELLO, "max_tokens": 900})
        assert caught.value.status_code == 402
        assert await left(server, limited) == LIMIT

    async def test_is_owed_where_the_answer_was_longer_than_was_said(
        self, sdk: openai.AsyncOpenAI, server: TestServer, limited: Tenant
    ) -> None:
        began = time.monotonic()
        await sdk.chat.completions.create(**said("slowly", max_tokens=1))
        remaining = await left(server, limited)
        [event] = await events()
        used = event["input_tokens"] + event["output_tokens"]
        assert used > 20, "more than was reserved"
        assert remaining <= LIMIT - used + 1 + flowed_since(began)

    async def test_is_taken_anew_for_another_upstream(
        self, sdk: openai.AsyncOpenAI, server: TestServer, gateway: Gateway, limited: Tenant
    ) -> None:
        await upstream(gateway, limited, "nobody", "http://127.0.0.1:1")
        await policy(gateway, limited, "gpt-4o-mini", "nobody/gpt-4o", "gpt-4o-mini")
        await sdk.chat.completions.create(**{**HELLO, "max_tokens": 900})
        assert [call["outcome"] for call in await calls()][:1] == ["not_sent"]
        assert LIMIT - 15 <= await left(server, limited) <= LIMIT

    async def test_is_not_made_for_keys_without_a_limit(self, server: TestServer, acme: Tenant) -> None:
        base = str(server.make_url("/v1"))
        async with openai.AsyncOpenAI(base_url=base, api_key=acme.token, max_retries=0) as sdk:
            answer = await sdk.chat.completions.with_raw_response.create(**HELLO)
        assert "x-ratelimit-limit-tokens" not in answer.headers


class TestRefusal:
    async def test_comes_before_anything_is_held_or_sent(
        self,
        sdk: openai.AsyncOpenAI,
        server: TestServer,
        limited: Tenant,
        settings: Settings,
        emulator: Emulator,
    ) -> None:
        before = await asked(emulator)
        began = time.monotonic()
        leave(settings, limited, 100)
        with pytest.raises(openai.RateLimitError) as caught:
            await sdk.chat.completions.create(**{**HELLO, "max_tokens": 700})
        told = caught.value.response.headers
        assert caught.value.code == "tokens_rate_limited"
        assert "1000 tokens in 60 seconds" in str(caught.value)
        flowed = flowed_since(began)
        assert 36 - flowed * 60 / LIMIT - 1 <= int(told["Retry-After"]) <= 38
        assert 99 <= int(told["x-ratelimit-remaining-tokens"]) <= 101 + flowed
        await settled(server)
        assert (await calls(), await events(), await asked(emulator)) == ([], [], before)

    async def test_is_known_to_anthropics_sdk(
        self, server: TestServer, limited: Tenant, settings: Settings
    ) -> None:
        leave(settings, limited, 0)
        base = str(server.make_url("/")).rstrip("/")
        async with anthropic.AsyncAnthropic(base_url=base, api_key=limited.token, max_retries=0) as sdk:
            with pytest.raises(anthropic.RateLimitError) as caught:
                await sdk.messages.create(
                    model="claude-haiku-4-5", max_tokens=700, messages=[{"role": "user", "content": "hello"}]
                )
        told = caught.value.response.headers
        assert told["anthropic-ratelimit-tokens-limit"] == told["x-ratelimit-limit-tokens"] == str(LIMIT)
        assert told["anthropic-ratelimit-tokens-reset"].endswith("Z")

    @pytest.mark.filterwarnings("ignore:Inheritance class:DeprecationWarning")  # of Google's own session
    async def test_is_known_to_googles_sdk(
        self, server: TestServer, limited: Tenant, settings: Settings
    ) -> None:
        leave(settings, limited, 0)
        base = str(server.make_url("/")).rstrip("/")
        sdk = genai.Client(api_key=limited.token, http_options=types.HttpOptions(base_url=base))
        with pytest.raises(errors.ClientError) as caught:
            await sdk.aio.models.generate_content(
                model="gemini-2.5-flash",
                contents="hello",
                config=types.GenerateContentConfig(max_output_tokens=700),
            )
        assert (caught.value.code, caught.value.status) == (429, "RESOURCE_EXHAUSTED")
        await sdk.aio.aclose()
        sdk.close()

    async def test_of_a_call_larger_than_the_limit_is_final(
        self, server: TestServer, limited: Tenant
    ) -> None:
        requests: list[Any] = []

        async def note(request: httpx2.Request) -> None:
            requests.append(request)

        http = httpx2.AsyncClient(event_hooks={"request": [note]})
        base = str(server.make_url("/v1"))
        async with openai.AsyncOpenAI(
            base_url=base, api_key=limited.token, max_retries=5, http_client=http
        ) as sdk:
            with pytest.raises(openai.BadRequestError) as caught:
                await sdk.chat.completions.create(**{**HELLO, "max_tokens": 5_000})
        assert caught.value.code == "beyond_token_limit"
        assert "tokens_per_minute" in str(caught.value)
        assert len(requests) == 1
        assert await left(server, limited) == LIMIT, "nothing was taken"


class TestManyAtOnce:
    @pytest.mark.parametrize("is_stream", [False, True], ids=["json", "streams"])
    async def test_never_take_more_than_the_limit_and_what_flows_in(
        self, sdk: openai.AsyncOpenAI, server: TestServer, limited: Tenant, is_stream: bool
    ) -> None:
        """Each says at most 60 of output, and is sent some ten; all answers are of 15 tokens."""
        began = time.monotonic()

        async def call() -> int:
            try:
                found: Any = await sdk.chat.completions.create(
                    **{**HELLO, "max_tokens": 60, "stream": is_stream}
                )
                if is_stream:
                    _ = [chunk async for chunk in found]
            except openai.RateLimitError:
                return 429
            return 200

        statuses = await asyncio.gather(*(call() for _ in range(150)))
        await settled(server)
        flowed = flowed_since(began)
        used = sum(event["input_tokens"] + event["output_tokens"] for event in await events())
        assert used <= LIMIT + flowed
        assert statuses.count(200) * 15 == used
        assert statuses.count(200) >= LIMIT // 100
        assert statuses.count(429) > 0, "more were asked than there is room for"
