"""The whole application on a socket, and a client per test."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from app.core.config import Settings
from tests.factories.orgs import Tenant, tenant
from tests.fakes.web import serving


@pytest.fixture(scope="package")
async def server(_database: Settings) -> AsyncIterator[TestServer]:
    async with serving(_database) as running:
        yield running


@pytest.fixture
async def client(server: TestServer, settings: Settings) -> AsyncIterator[aiohttp.ClientSession]:
    """Without a credential: each request names its own."""
    async with aiohttp.ClientSession(server.make_url("/")) as session:
        yield session


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    return await tenant(settings)


@pytest.fixture
async def rival(settings: Settings) -> Tenant:
    return await tenant(settings, "rival")
