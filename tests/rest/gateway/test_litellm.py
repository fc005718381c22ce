"""A key from its making to a call through LiteLLM with the key that was mirrored there."""

from collections.abc import AsyncIterator
from dataclasses import replace

import aiohttp
import openai
import pytest
from aiohttp.test_utils import TestServer

from app.apikeys import changes
from app.core import ids
from app.core.clock import utcnow
from app.core.config import LiteLlmProxy, ProviderCredentials, Settings
from app.gateway.mirror import recording, virtual_keys
from app.gateway.mirror.service import Mirror
from app.gateway.mirror.virtual_keys import VirtualKeys
from app.infra import db, hashing
from app.infra.litellm import LiteLlm
from app.pricing.book import PriceBook
from tests.factories import limits
from tests.factories.orgs import Tenant
from tests.fakes.aimock import Emulator
from tests.fakes.litellm import MASTER_KEY, FakeLiteLlm, litellm
from tests.fakes.web import serving
from tests.rest.gateway.conftest import KEY, events, settled
from tests.rest.gateway.test_openai import HELLO, WORDS

PROXIED = {**HELLO, "model": "litellm/gpt-4o-mini"}


@pytest.fixture
async def proxy() -> AsyncIterator[FakeLiteLlm]:
    async with litellm() as fake:
        yield fake


@pytest.fixture
def keys(settings: Settings) -> VirtualKeys:
    return VirtualKeys(hashing.derive_key(settings.secret_key, virtual_keys.PURPOSE))


@pytest.fixture
async def mirror(proxy: FakeLiteLlm, keys: VirtualKeys) -> AsyncIterator[Mirror]:
    made = Mirror(LiteLlm(proxy.url, MASTER_KEY), keys, PriceBook())
    yield made
    await made.close()


@pytest.fixture
async def server(settings: Settings, proxy: FakeLiteLlm, emulator: Emulator) -> AsyncIterator[TestServer]:
    changed = replace(
        settings,
        openai=ProviderCredentials(KEY, f"{emulator.url}/v1"),
        litellm=LiteLlmProxy(proxy.url, MASTER_KEY),
        gateway_retries=0,
        is_rate_limited=False,
    )
    async with serving(changed) as running:
        yield running
    changes.unwatch(recording.record)


@pytest.fixture
async def sdk(server: TestServer, acme: Tenant) -> AsyncIterator[openai.AsyncOpenAI]:
    base = str(server.make_url("/v1"))
    async with openai.AsyncOpenAI(base_url=base, api_key=acme.token, max_retries=0) as made:
        yield made
    await settled(server)


class TestUpstream:
    async def test_is_asked_with_the_callers_own_key(
        self,
        sdk: openai.AsyncOpenAI,
        server: TestServer,
        acme: Tenant,
        mirror: Mirror,
        proxy: FakeLiteLlm,
        keys: VirtualKeys,
    ) -> None:
        await mirror.walk(None, now=utcnow())
        answer = await sdk.chat.completions.create(**PROXIED)
        assert answer.choices[0].message.content == "through LiteLLM"
        assert proxy.completed_with == [keys.of(acme.key.id)]
        await settled(server)
        [event] = await events()
        assert (event["provider"], event["model"], event["input_tokens"]) == ("litellm", "gpt-4o-mini", 3)

    async def test_is_never_asked_with_the_master_key(
        self, sdk: openai.AsyncOpenAI, acme: Tenant, proxy: FakeLiteLlm
    ) -> None:
        """Nobody has told the proxy of the key yet: that is no reason to lend another one."""
        with pytest.raises(openai.InternalServerError) as caught:
            await sdk.chat.completions.create(**PROXIED)
        assert caught.value.code == "upstream_unauthorised"
        assert MASTER_KEY not in proxy.completed_with

    async def test_that_is_out_of_order_blocks_no_other(
        self, sdk: openai.AsyncOpenAI, server: TestServer, acme: Tenant, proxy: FakeLiteLlm
    ) -> None:
        proxy.mood = "failing"
        answer = await sdk.chat.completions.create(**HELLO)
        assert answer.choices[0].message.content == WORDS

    async def test_keys_are_made_and_changed_while_it_is_away(
        self, server: TestServer, acme: Tenant, proxy: FakeLiteLlm, settings: Settings
    ) -> None:
        proxy.mood = "silent"
        await limits.put_on(acme, "PRO")
        wish = {"name": "new", "scopes": ["gateway:use"]}
        async with aiohttp.ClientSession(server.make_url("/"), headers=acme.headers) as client:
            async with client.post("/v1/api-keys", json=wish) as answer:
                assert answer.status == 201
                made = (await answer.json())["api_key"]
            async with client.patch(f"/v1/api-keys/{made['id']}", json={"tokens_per_minute": 7}) as answer:
                assert answer.status == 200
        assert proxy.asked == [], "the worker tells it"
        messages = await db.fetch(
            "SELECT payload->'kwargs'->>'key_id' AS id FROM outbox_message WHERE name = 'mirror_key'"
        )
        told = [row["id"] for row in messages]
        assert told.count(str(ids.decode("key", made["id"], field="id"))) == 2
