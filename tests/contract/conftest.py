"""The whole application on a socket, for tools that find out by themselves what to ask."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiohttp.test_utils import TestServer

from app.core.config import Settings
from tests.factories import limits
from tests.factories.orgs import Tenant, tenant
from tests.fakes import hashing
from tests.fakes.web import serving


@pytest.fixture(scope="package")
async def server(_database: Settings) -> AsyncIterator[TestServer]:
    # Thousands of requests come from one address.
    with hashing.cheap():
        async with serving(replace(_database, is_rate_limited=False)) as running:
            yield running


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    """On a plan that counts neither keys nor seats."""
    made = await tenant(settings)
    await limits.put_on(made, "ENTERPRISE")
    return made
