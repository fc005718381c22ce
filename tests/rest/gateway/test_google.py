"""Google's official SDK by base URL and key alone."""

import gc
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from google import genai
from google.genai import errors, types

from app.gateway.routing.policy import WhenClientLeaves
from app.gateway.service import Gateway
from tests.factories import wallets
from tests.factories.orgs import Tenant
from tests.rest.gateway.conftest import calls, events, settled
from tests.rest.gateway.policies import policy
from tests.rest.gateway.test_openai import assert_left
from tests.waiting import eventually

# The SDK derives from aiohttp's session, which aiohttp does not like to see.
pytestmark = pytest.mark.filterwarnings("ignore:Inheritance class:DeprecationWarning")
WORDS = "Hello from the emulator, in a few words."
MODEL = "gemini-2.5-flash"


@pytest.fixture
async def sdk(server: TestServer, client: aiohttp.ClientSession, acme: Tenant) -> Any:
    base = str(server.make_url("/")).rstrip("/")
    # By itself the SDK asks /v1, which the emulator does not know.
    options = types.HttpOptions(base_url=base, api_version="v1beta")
    made = genai.Client(api_key=acme.token, http_options=options)
    yield made
    await made.aio.aclose()
    made.close()


async def drained(stream: Any) -> list[Any]:
    return [chunk async for chunk in stream]


class TestGenerateContent:
    async def test_answers_and_is_metered(self, sdk: Any, server: TestServer, acme: Tenant) -> None:
        await wallets.wallet(acme, 1000)
        answer = await sdk.aio.models.generate_content(model=MODEL, contents="hello")
        assert answer.text == WORDS
        await settled(server)
        [event] = await events()
        assert (event["provider"], event["model"], event["input_tokens"], event["output_tokens"]) == (
            *("google", MODEL),
            *(10, 5),
        )

    async def test_streams(self, sdk: Any, server: TestServer) -> None:
        stream = await sdk.aio.models.generate_content_stream(model=MODEL, contents="hello")
        pieces = [chunk.text or "" async for chunk in stream]
        assert "".join(pieces) == WORDS
        assert len(pieces) > 2
        await settled(server)
        [event] = await events()
        assert (event["output_tokens"], event["usage_source"]) == (5, "provider")

    # Of the connection that the SDK leaves open: it is given up here, not in the middle of another test.
    @pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
    @pytest.mark.parametrize("leaves", WhenClientLeaves)
    async def test_that_the_client_leaves_is_metered_as_the_policy_says(
        self, sdk: Any, gateway: Gateway, acme: Tenant, leaves: WhenClientLeaves
    ) -> None:
        if leaves is not gateway.rules.when_client_leaves:
            await policy(gateway, acme, "*", when_client_leaves=leaves)
        stream = await sdk.aio.models.generate_content_stream(model=MODEL, contents="slowly")
        async for _ in stream:
            break
        await stream.aclose()
        # It has no way to leave a stream but this.
        await sdk.aio.aclose()
        del stream
        gc.collect()
        [event] = await eventually(events)
        assert_left(event, leaves)
        assert [call["outcome"] for call in await calls()] == ["client_left"]

    async def test_that_breaks_off_is_an_error(self, sdk: Any, server: TestServer) -> None:
        stream = await sdk.aio.models.generate_content_stream(model=MODEL, contents="break off")
        with pytest.raises(errors.APIError):
            await drained(stream)
        await settled(server)
        assert [call["outcome"] for call in await calls()] == ["truncated"]

    async def test_is_not_read(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        path = f"/v1/models/{MODEL}:generateContent"
        async with client.get(path, headers=acme.headers) as answer:
            assert (answer.status, answer.headers["Allow"]) == (405, "POST")

    async def test_takes_the_key_in_the_query_too(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        body = {"contents": [{"parts": [{"text": "hello"}]}]}
        path = f"/v1beta/models/{MODEL}:generateContent"
        async with client.post(path, params={"key": acme.token}, json=body) as answer:
            assert answer.status == 200
        async with client.post("/v1/messages", params={"key": acme.token}, json={}) as answer:
            assert answer.status == 401


class TestRefusals:
    async def test_of_a_wrong_key(self, server: TestServer, client: aiohttp.ClientSession) -> None:
        base = str(server.make_url("/")).rstrip("/")
        sdk = genai.Client(api_key="lk_live_pk_x", http_options=types.HttpOptions(base_url=base))
        with pytest.raises(errors.ClientError) as caught:
            await sdk.aio.models.generate_content(model=MODEL, contents="hello")
        assert (caught.value.code, caught.value.status) == (401, "UNAUTHENTICATED")
        await sdk.aio.aclose()
        sdk.close()

    async def test_where_credit_is_lacking(self, sdk: Any, acme: Tenant) -> None:
        await wallets.wallet(acme, "0.000001")
        with pytest.raises(errors.ClientError) as caught:
            await sdk.aio.models.generate_content(model=MODEL, contents="hello")
        assert (caught.value.code, caught.value.status) == (402, "RESOURCE_EXHAUSTED")
