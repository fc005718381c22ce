"""A key reaches LiteLLM through real processes, also where LiteLLM was away and the worker died meanwhile."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from app.core import ids
from tests.e2e.stack import PATIENCE_SECONDS, STARTING_SECONDS, Stack
from tests.factories.orgs import Tenant
from tests.fakes.litellm import MASTER_KEY, FakeLiteLlm, litellm
from tests.waiting import eventually

pytestmark = pytest.mark.timeout(600)


@pytest.fixture
async def proxy(stack: Stack, acme: Tenant) -> AsyncIterator[FakeLiteLlm]:
    async with litellm() as fake:
        with stack.given(LITELLM_BASE_URL=fake.url, LITELLM_MASTER_KEY=MASTER_KEY):
            stack.start("web", "worker", "relay", "scheduler")
            await stack.ready()
            yield fake
            stack.stop()


async def limit(client: aiohttp.ClientSession, acme: Tenant, tokens: int) -> None:
    key = ids.encode("key", acme.key.id)
    async with client.patch(f"/v1/api-keys/{key}", json={"tokens_per_minute": tokens}) as answer:
        assert answer.status == 200, await answer.text()


async def call(client: aiohttp.ClientSession) -> Any:
    body = {"model": "litellm/gpt-4o-mini", "messages": [{"role": "user", "content": "hi"}], "max_tokens": 9}
    async with client.post("/v1/chat/completions", json=body) as answer:
        return answer.status, await answer.json()


class TestMirror:
    async def test_knows_of_a_key_whatever_happened_meanwhile(
        self, stack: Stack, acme: Tenant, client: aiohttp.ClientSession, proxy: FakeLiteLlm
    ) -> None:
        alias = ids.encode("key", acme.key.id)

        async def knows(tokens: int) -> bool:
            row = proxy.by_alias(alias)
            return row is not None and row["tpm_limit"] == tokens

        await limit(client, acme, 1_000)
        await eventually(lambda: knows(1_000), within=PATIENCE_SECONDS, what="LiteLLM knowing the key")
        status, answer = await call(client)
        assert (status, answer["choices"][0]["message"]["content"]) == (200, "through LiteLLM")
        assert MASTER_KEY not in proxy.completed_with

        proxy.mood = "failing"
        before = len(proxy.asked)
        await limit(client, acme, 2_000)

        async def was_asked() -> bool:
            return len(proxy.asked) > before

        await eventually(was_asked, within=PATIENCE_SECONDS, what="LiteLLM being asked in vain")
        stack.kill("worker")
        proxy.mood = "well"
        rows = await stack.query("SELECT payload::text FROM outbox_message WHERE name = 'mirror_key'")
        assert rows, "what was not done has not been forgotten"
        assert MASTER_KEY not in str([row["payload"] for row in rows])
        stack.start("worker")

        async def knows_at_last() -> bool:
            # It would come due by itself, after a minute; whoever was sending it meanwhile says so once more.
            await stack.query("UPDATE outbox_message SET available_at = now()")
            return await knows(2_000)

        await eventually(knows_at_last, within=STARTING_SECONDS, every=2, what="LiteLLM being told at last")

        async def is_done() -> bool:
            return not await stack.query("SELECT FROM outbox_message WHERE name = 'mirror_key'")

        await eventually(is_done, within=PATIENCE_SECONDS, what="the message being gone")
        assert MASTER_KEY not in stack.log_of("worker")
