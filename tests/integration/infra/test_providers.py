"""What must hold for all three hosted providers, driven over HTTP against a fake of each."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import aclosing

import aiohttp
import pytest

from app.core.inference import (
    Provider,
    TextDelta,
    UsageSource,
)
from app.infra.providers.http import Timeouts
from app.infra.providers.registry import Providers
from tests.fakes.provider_clients import NAMES, asking, collect, observed, settings
from tests.fakes.provider_faults import FaultKind
from tests.fakes.providers import PIECES, FakeProviders, running

SILENCE_SECONDS = 2.0


@pytest.fixture
def fake() -> FakeProviders:
    return FakeProviders()


@pytest.fixture
async def providers(fake: FakeProviders) -> AsyncIterator[Providers]:
    async with running(fake) as url, aiohttp.ClientSession() as session:
        yield Providers.from_settings(
            settings(url), session, timeouts=Timeouts(connect=30, read=SILENCE_SECONDS, total=60)
        )


@pytest.fixture(params=NAMES)
def provider(request: pytest.FixtureRequest, providers: Providers) -> Provider:
    return providers.get(request.param)


class TestStream:
    async def test_gives_every_piece_then_finished(self, provider: Provider) -> None:
        before = observed(provider.name, "ok")
        pieces, finished = await collect(provider)
        assert pieces == list(PIECES)
        assert finished.reason == "stop"
        assert finished.model == provider.default_model
        assert finished.usage.source is UsageSource.PROVIDER
        assert observed(provider.name, "ok") == before + 1

    async def test_byte_by_byte_delivery_changes_nothing(
        self, provider: Provider, fake: FakeProviders
    ) -> None:
        expected = await collect(provider)
        fake.fail(FaultKind.BYTEWISE)
        assert await collect(provider) == expected

    async def test_text_arrives_while_the_upstream_is_still_speaking(
        self, provider: Provider, fake: FakeProviders
    ) -> None:
        fake.fail(FaultKind.SLOW, delay=0.1)
        moments = [time.perf_counter() async for _ in provider.stream(asking(provider))]
        assert moments[-1] - moments[0] > 0.1

    async def test_a_slow_stream_outlives_the_limit_on_silence(
        self, provider: Provider, fake: FakeProviders
    ) -> None:
        fake.fail(FaultKind.SLOW, delay=SILENCE_SECONDS / 5)
        began = time.perf_counter()
        pieces, _ = await collect(provider)
        assert pieces == list(PIECES)
        assert time.perf_counter() - began > SILENCE_SECONDS

    @pytest.mark.parametrize("reason", ["length", "filtered"])
    async def test_the_reason_of_the_end_is_told(
        self, provider: Provider, fake: FakeProviders, reason: str
    ) -> None:
        fake.finish = reason
        _, finished = await collect(provider)
        assert finished.reason == reason

    async def test_a_missing_usage_is_estimated_and_marked(
        self, provider: Provider, fake: FakeProviders
    ) -> None:
        fake.fail(FaultKind.NO_USAGE)
        _, finished = await collect(provider)
        assert finished.usage.source in (UsageSource.ESTIMATED, UsageSource.PARTIAL)
        assert finished.usage.input_tokens > 5
        assert finished.usage.output_tokens > 5

    async def test_a_whole_answer_does_not_wait_for_a_lingering_connection(
        self, provider: Provider, fake: FakeProviders
    ) -> None:
        fake.fail(FaultKind.LINGER)
        pieces, finished = await collect(provider)
        assert pieces == list(PIECES)
        assert finished.usage.source is UsageSource.PROVIDER

    async def test_connections_are_used_again(self, provider: Provider, fake: FakeProviders) -> None:
        for _ in range(3):
            await collect(provider)
        assert len({received.peer for received in fake.journal}) == 1


class TestLeaving:
    async def test_closing_the_iterator_closes_the_upstream(
        self, provider: Provider, fake: FakeProviders
    ) -> None:
        fake.fail(FaultKind.STALL, after=5)
        before = observed(provider.name, "cancelled")
        async with aclosing(provider.stream(asking(provider))) as stream:
            assert isinstance(await anext(stream), TextDelta)
        await _until_disconnected(fake)
        assert observed(provider.name, "cancelled") == before + 1

    @pytest.mark.parametrize("kind", [FaultKind.HANG, FaultKind.STALL])
    async def test_cancelling_the_task_closes_the_upstream(
        self, provider: Provider, fake: FakeProviders, kind: FaultKind
    ) -> None:
        fake.fail(kind)
        task = asyncio.create_task(collect(provider))
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await _until_disconnected(fake)


async def _until_disconnected(fake: FakeProviders) -> None:
    async with asyncio.timeout(14):
        while not fake.journal[0].disconnected:
            await asyncio.sleep(0.01)
