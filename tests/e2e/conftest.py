"""One installation of its own per module: these tests kill things."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import pytest
from tortoise.context import TortoiseContext

from app.infra import orm
from tests.e2e import stack as stacks
from tests.e2e.stack import Stack
from tests.factories.orgs import Tenant, tenant


@pytest.fixture(scope="module")
async def stack(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    async with stacks.running(tmp_path_factory.mktemp("e2e")) as running:
        yield running


@pytest.fixture(scope="module")
async def acme(stack: Stack) -> Tenant:
    """An org made by the services, in a context of its own: the run's other tests have theirs."""
    async with TortoiseContext() as context:
        await context.init(config=orm.config(stack.servers.database_url))
        return await tenant(stack.settings, now=datetime.now(UTC))


@pytest.fixture
async def client(stack: Stack, acme: Tenant) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(stack.url, headers=acme.headers) as session:
        yield session
