"""What each provider is sent, and how its own way of counting becomes ours."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from app.core.inference import (
    CompletionRequest,
    EmbeddingRequest,
    Finished,
    Message,
    Provider,
    ProviderError,
    ProviderProtocolError,
    ProviderRejected,
    ProviderUnauthorised,
    Usage,
    UsageSource,
)
from app.core.tokens import estimate_tokens
from app.infra.providers.registry import Providers, ProviderSettings
from tests.fakes.provider_faults import FaultKind
from tests.fakes.provider_formats import FakeUsage
from tests.fakes.providers import FakeProviders, running

REQUEST = CompletionRequest("a-model", [Message("system", "Be brief."), Message("user", "Hi")], 99, 0.5)


@pytest.fixture
def fake() -> FakeProviders:
    return FakeProviders(usage=FakeUsage(input=500, output=60, cached=300, written=80, reasoning=20))


@pytest.fixture
async def providers(fake: FakeProviders) -> AsyncIterator[Providers]:
    async with running(fake) as url, aiohttp.ClientSession() as session:
        yield Providers.from_settings(
            ProviderSettings(
                openai_api_key="sk-o",
                openai_base_url=f"{url}/v1",
                anthropic_api_key="sk-a",
                anthropic_base_url=url,
                gemini_api_key="g",
                gemini_base_url=url,
            ),
            session,
        )


async def finish(provider: Provider, request: CompletionRequest = REQUEST) -> Finished:
    items = [item async for item in provider.stream(request)]
    assert isinstance(items[-1], Finished)
    return items[-1]


class TestOpenAI:
    async def test_asks_for_usage_and_authenticates_as_bearer(
        self, providers: Providers, fake: FakeProviders
    ) -> None:
        await finish(providers.get("openai"))
        (received,) = fake.journal
        assert received.path == "/v1/chat/completions"
        assert received.headers["authorization"] == "Bearer sk-o"
        assert received.body == {
            "model": "a-model",
            "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi"}],
            "stream": True,
            "stream_options": {"include_usage": True},
            "max_tokens": 99,
            "temperature": 0.5,
        }

    async def test_counts_as_openai_does(self, providers: Providers) -> None:
        finished = await finish(providers.get("openai"))
        assert finished.usage == Usage(500, 60, 300, 80, 20)

    async def test_without_a_key_no_authorization_is_sent(self, fake: FakeProviders) -> None:
        async with running(fake) as url, aiohttp.ClientSession() as session:
            open_server = Providers.from_settings(ProviderSettings(openai_base_url=f"{url}/v1"), session)
            await finish(open_server.default())
        assert "authorization" not in fake.journal[0].headers

    async def test_embeds_in_the_order_of_the_inputs(self, providers: Providers, fake: FakeProviders) -> None:
        request = EmbeddingRequest("text-embedding-3-small", ["one two", "three"], dimensions=3)
        result = await providers.get("openai").embed(request)
        assert [vector[0] for vector in result.vectors] == [7.0, 5.0]
        assert result.usage == Usage(input_tokens=3)
        assert fake.journal[0].body["dimensions"] == 3

    async def test_estimates_embeddings_that_were_not_counted(
        self, providers: Providers, fake: FakeProviders
    ) -> None:
        fake.fail(FaultKind.NO_USAGE)
        result = await providers.get("openai").embed(EmbeddingRequest("m", ["one two"]))
        assert result.usage == Usage(estimate_tokens("one two"), source=UsageSource.ESTIMATED)


class TestAnthropic:
    async def test_sends_its_own_form(self, providers: Providers, fake: FakeProviders) -> None:
        await finish(providers.get("anthropic"))
        (received,) = fake.journal
        assert received.path == "/v1/messages"
        assert received.headers["x-api-key"] == "sk-a"
        assert received.headers["anthropic-version"] == "2023-06-01"
        assert "authorization" not in received.headers
        assert received.body == {
            "model": "a-model",
            "max_tokens": 99,
            "system": "Be brief.",
            "messages": [{"role": "user", "content": "Hi"}],
            "stream": True,
            "temperature": 0.5,
        }

    async def test_input_includes_what_anthropic_counts_beside_it(self, providers: Providers) -> None:
        finished = await finish(providers.get("anthropic"))
        assert finished.usage == Usage(500, 60, 300, 80, 20)

    async def test_keeps_the_counted_input_when_the_output_was_not_counted(
        self, providers: Providers, fake: FakeProviders
    ) -> None:
        fake.fail(FaultKind.NO_USAGE)
        usage = (await finish(providers.get("anthropic"))).usage
        assert usage.source is UsageSource.PARTIAL
        assert (usage.input_tokens, usage.cached_input_tokens) == (500, 300)
        assert usage.output_tokens == estimate_tokens("".join(fake.pieces))

    async def test_offers_no_embeddings(self, providers: Providers) -> None:
        provider = providers.get("anthropic")
        assert provider.default_embedding_model is None
        with pytest.raises(ProviderRejected):
            await provider.embed(EmbeddingRequest("m", ["x"]))


class TestGemini:
    async def test_sends_its_own_form(self, providers: Providers, fake: FakeProviders) -> None:
        await finish(providers.get("google"))
        (received,) = fake.journal
        assert received.path == "/v1beta/models/a-model:streamGenerateContent"
        assert received.query == {"alt": "sse"}
        assert received.headers["x-goog-api-key"] == "g"
        assert received.body == {
            "systemInstruction": {"parts": [{"text": "Be brief."}]},
            "contents": [{"role": "user", "parts": [{"text": "Hi"}]}],
            "generationConfig": {"maxOutputTokens": 99, "temperature": 0.5},
        }

    async def test_output_includes_the_thoughts_that_gemini_counts_beside_it(
        self, providers: Providers
    ) -> None:
        finished = await finish(providers.get("google"))
        assert finished.usage == Usage(500, 60, 300, 0, 20)

    async def test_a_model_name_cannot_leave_its_place_in_the_path(
        self, providers: Providers, fake: FakeProviders
    ) -> None:
        request = CompletionRequest("../x?key=1#", [Message("user", "Hi")])
        await finish(providers.get("google"), request)
        assert fake.journal[0].path == "/v1beta/models/../x?key=1#:streamGenerateContent"
        assert fake.journal[0].query == {"alt": "sse"}

    async def test_embeds_in_batches_and_estimates_their_tokens(
        self, providers: Providers, fake: FakeProviders
    ) -> None:
        texts = [f"text number {i}" for i in range(120)]
        result = await providers.get("google").embed(
            EmbeddingRequest("gemini-embedding-001", texts, dimensions=3)
        )
        assert [vector[0] for vector in result.vectors] == [float(len(text)) for text in texts]
        assert result.usage == Usage(sum(map(estimate_tokens, texts)), source=UsageSource.ESTIMATED)
        assert [len(received.body["requests"]) for received in fake.journal] == [100, 20]
        assert fake.journal[0].path == "/v1beta/models/gemini-embedding-001:batchEmbedContents"
        assert fake.journal[0].body["requests"][0] == {
            "model": "models/gemini-embedding-001",
            "content": {"parts": [{"text": "text number 0"}]},
            "outputDimensionality": 3,
        }


@pytest.mark.parametrize("name", ["openai", "google"])
class TestEmbedFailures:
    @pytest.mark.parametrize(
        ("kind", "options", "expected"),
        [
            (FaultKind.STATUS, {"status": 401}, ProviderUnauthorised),
            (FaultKind.STATUS, {"status": 500}, ProviderError),
            (FaultKind.MALFORMED, {}, ProviderProtocolError),
        ],
    )
    async def test_each_has_its_class(
        self,
        providers: Providers,
        fake: FakeProviders,
        name: str,
        kind: FaultKind,
        options: dict[str, Any],
        expected: type[ProviderError],
    ) -> None:
        fake.fail(kind, **options)
        with pytest.raises(expected):
            await providers.get(name).embed(EmbeddingRequest("m", ["x"]))


class TestStandalone:
    async def test_prints_its_url_and_takes_faults_over_http(self) -> None:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.fakes.providers", "--port", "0", stdout=asyncio.subprocess.PIPE
        )
        try:
            assert process.stdout is not None
            url = (await process.stdout.readline()).decode().strip()
            await self._drive(url)
        finally:
            process.terminate()
            await process.wait()

    async def _drive(self, url: str) -> None:
        async with aiohttp.ClientSession() as session:
            fault = {"kind": "status", "status": 429, "headers": {"Retry-After": "3"}}
            await session.post(f"{url}/_control/faults", json=fault)
            settings = ProviderSettings(anthropic_api_key="sk-a", anthropic_base_url=url)
            provider = Providers.from_settings(settings, session).default()
            with pytest.raises(ProviderError) as caught:
                await finish(provider)
            assert caught.value.retry_after == 3
            await finish(provider)
            async with session.get(f"{url}/_control/journal") as response:
                assert [received["path"] for received in json.loads(await response.read())] == [
                    "/v1/messages"
                ] * 2
