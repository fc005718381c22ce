"""The application with an emulator as its only upstream."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from app.core.config import ProviderCredentials, Settings
from app.gateway.service import Gateway
from app.infra import db
from app.web.services import SERVICES
from tests.fakes import aimock
from tests.fakes.aimock import Emulator
from tests.fakes.web import serving

KEY = "sk-upstream-secret"


@pytest.fixture(scope="session")
def emulator() -> Iterator[Emulator]:
    with aimock.running() as started:
        yield started


@pytest.fixture(scope="package")
async def server(_database: Settings, emulator: Emulator) -> AsyncIterator[TestServer]:
    settings = replace(
        _database,
        openai=ProviderCredentials(KEY, f"{emulator.url}/v1"),
        anthropic=ProviderCredentials(KEY, emulator.url),
        gemini=ProviderCredentials(KEY, emulator.url),
        gateway_retries=0,
        is_rate_limited=False,
    )
    async with serving(settings, cancels=False) as running:
        yield running


@pytest.fixture
async def client(server: TestServer, settings: Settings) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(server.make_url("/")) as session:
        yield session
        await settled(server)


@pytest.fixture
def gateway(server: TestServer) -> Gateway:
    assert server.app is not None
    return server.app[SERVICES].gateway


async def settled(server: TestServer) -> None:
    """Returns when all that was answered is in the books."""
    assert server.app is not None
    await server.app[SERVICES].gateway.idle()


async def events() -> list[db.Row]:
    return await db.fetch("SELECT * FROM usage_event ORDER BY id")


async def calls() -> list[db.Row]:
    return await db.fetch("SELECT * FROM gateway_call ORDER BY id")
