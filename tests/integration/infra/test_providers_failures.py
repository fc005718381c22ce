"""How each fault of an upstream reaches the caller, for all three hosted providers."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from app.core.inference import (
    CompletionRequest,
    Message,
    Provider,
    ProviderError,
    ProviderProtocolError,
    ProviderRateLimited,
    ProviderRejected,
    ProviderTimeout,
    ProviderTruncated,
    ProviderUnauthorised,
    ProviderUnreachable,
    TextDelta,
)
from app.infra.providers.http import Timeouts
from app.infra.providers.registry import Providers
from tests.fakes.provider_clients import KEYS, NAMES, asking, observed, settings
from tests.fakes.provider_faults import FaultKind
from tests.fakes.providers import PIECES, FakeProviders, running


@pytest.fixture
def fake() -> FakeProviders:
    return FakeProviders()


@pytest.fixture
def silence_seconds() -> float:
    """After which an upstream is given up. A test of that names less."""
    return 60


@pytest.fixture
async def providers(fake: FakeProviders, silence_seconds: float) -> AsyncIterator[Providers]:
    timeouts = Timeouts(connect=30, read=silence_seconds, total=120)
    async with running(fake) as url, aiohttp.ClientSession() as session:
        yield Providers.from_settings(settings(url), session, timeouts=timeouts)


@pytest.fixture(params=NAMES)
def provider(request: pytest.FixtureRequest, providers: Providers) -> Provider:
    return providers.get(request.param)


async def _read_into(seen: list[str], provider: Provider) -> None:
    async for item in provider.stream(asking(provider)):
        seen += [item.text] if isinstance(item, TextDelta) else []


async def failure(provider: Provider, seen: list[str] | None = None) -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        await _read_into([] if seen is None else seen, provider)
    for error in (caught.value, caught.value.__cause__):
        assert KEYS[provider.name] not in f"{error!s} {error!r}"
    return caught.value


class TestFailures:
    @pytest.mark.parametrize(
        ("status", "expected", "retryable"),
        [
            (400, ProviderRejected, False),
            (401, ProviderUnauthorised, False),
            (403, ProviderUnauthorised, False),
            (429, ProviderRateLimited, True),
            (500, ProviderError, True),
            (529, ProviderError, True),
        ],
    )
    async def test_a_refusal_has_its_class_and_the_upstreams_words(
        self,
        provider: Provider,
        fake: FakeProviders,
        status: int,
        expected: type[ProviderError],
        retryable: bool,
    ) -> None:
        fake.fail(FaultKind.STATUS, status=status, message="Because of reasons.")
        error = await failure(provider)
        assert type(error) is expected
        assert (error.status, error.retryable) == (status, retryable)
        assert error.provider == provider.name
        assert "Because of reasons." in str(error)

    async def test_the_time_to_wait_is_passed_on(self, provider: Provider, fake: FakeProviders) -> None:
        fake.fail(FaultKind.STATUS, status=429, headers={"Retry-After": "17"})
        assert (await failure(provider)).retry_after == 17

    async def test_a_key_that_the_upstream_quotes_is_not_repeated(
        self, provider: Provider, fake: FakeProviders
    ) -> None:
        fake.fail(FaultKind.STATUS, status=401, message=f"Incorrect API key: {KEYS[provider.name]}.")
        assert "Incorrect API key: [key]" in str(await failure(provider))

    async def test_a_long_message_is_shortened(self, provider: Provider, fake: FakeProviders) -> None:
        fake.fail(FaultKind.STATUS, status=400, message="x" * 100_000)
        assert len(str(await failure(provider))) < 400

    async def test_a_redirect_is_not_followed(self, provider: Provider, fake: FakeProviders) -> None:
        fake.fail(FaultKind.STATUS, status=307, headers={"Location": "/v1/messages"})
        assert isinstance(await failure(provider), ProviderProtocolError)
        assert len(fake.journal) == 1

    @pytest.mark.parametrize("silence_seconds", [0.8])
    async def test_silence_before_the_first_byte_is_a_timeout(
        self, provider: Provider, fake: FakeProviders
    ) -> None:
        fake.fail(FaultKind.HANG)
        assert isinstance(await failure(provider), ProviderTimeout)

    @pytest.mark.parametrize("silence_seconds", [0.8])
    async def test_silence_in_the_middle_is_a_timeout(self, provider: Provider, fake: FakeProviders) -> None:
        fake.fail(FaultKind.STALL)
        assert isinstance(await failure(provider), ProviderTimeout)

    @pytest.mark.parametrize("kind", [FaultKind.CUT, FaultKind.EARLY_END])
    @pytest.mark.parametrize("after", [0, 1, 4])
    async def test_a_stream_without_its_end_is_truncated(
        self, provider: Provider, fake: FakeProviders, kind: FaultKind, after: int
    ) -> None:
        fake.fail(kind, after=after)
        before = observed(provider.name, "truncated")
        assert isinstance(await failure(provider), ProviderTruncated)
        assert observed(provider.name, "truncated") == before + 1

    async def test_broken_json_is_a_protocol_error_after_the_good_text(
        self, provider: Provider, fake: FakeProviders
    ) -> None:
        fake.fail(FaultKind.MALFORMED, after=5)
        seen: list[str] = []
        assert isinstance(await failure(provider, seen), ProviderProtocolError)
        assert seen == list(PIECES)[: len(seen)] != []

    async def test_an_error_event_has_the_status_that_it_stands_for(
        self, provider: Provider, fake: FakeProviders
    ) -> None:
        fake.fail(FaultKind.ERROR_EVENT, after=4, message="Overloaded, try later.")
        before = observed(provider.name, "error")
        error = await failure(provider)
        assert error.status == {"openai": 500, "anthropic": 529, "google": 503}[provider.name]
        assert "Overloaded, try later." in str(error)
        assert error.retryable
        assert observed(provider.name, "error") == before + 1

    async def test_an_error_with_status_200_is_a_protocol_error(
        self, provider: Provider, fake: FakeProviders
    ) -> None:
        fake.fail(FaultKind.NOT_A_STREAM, message="No such luck.")
        error = await failure(provider)
        assert isinstance(error, ProviderProtocolError)
        assert "No such luck." in str(error)

    @pytest.mark.parametrize("name", NAMES)
    async def test_nobody_listening_is_unreachable(self, name: str) -> None:
        async with running(FakeProviders()) as url:
            pass
        async with aiohttp.ClientSession() as session:
            provider = Providers.from_settings(settings(url), session).get(name)
            assert isinstance(await failure(provider), ProviderUnreachable)

    async def test_text_that_is_not_unicode_is_refused_before_sending(
        self, provider: Provider, fake: FakeProviders
    ) -> None:
        request = CompletionRequest("m", [Message("user", "\ud800")])
        with pytest.raises(ProviderRejected):
            await anext(provider.stream(request))
        assert fake.journal == []
