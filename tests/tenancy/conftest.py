"""One server and two tenants for all of the package: nothing here depends on what a test before has left."""

from collections.abc import AsyncIterator
from dataclasses import replace

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from app.core.config import Settings
from app.core.issuers import GithubSettings, Issuers
from tests.conftest import clear
from tests.fakes.web import serving
from tests.tenancy import world as worlds
from tests.tenancy.asking import Walker
from tests.tenancy.restoring import Copy
from tests.tenancy.world import World

# Everything below everything costs more than a client may ask for.
_MAX_COST = 1_000_000


@pytest.fixture(scope="package")
async def world(_database: Settings) -> AsyncIterator[World]:
    yield await worlds.build(_database)
    await clear(_database)


@pytest.fixture(scope="package")
async def server(world: World) -> AsyncIterator[TestServer]:
    settings = replace(
        world.settings,
        is_rate_limited=False,
        graphql_max_cost=_MAX_COST,
        # Nobody is asked there: a link is only begun.
        issuers=Issuers(github=GithubSettings("client", "secret")),
    )
    async with serving(settings) as running:
        yield running


@pytest.fixture(scope="package")
async def walker(server: TestServer, world: World) -> AsyncIterator[Walker]:
    copy = await Copy.take(world.settings)
    async with aiohttp.ClientSession(server.make_url("/")) as session:
        yield Walker(session, world, copy)
    await copy.drop()
