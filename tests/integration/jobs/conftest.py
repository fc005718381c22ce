"""The kinds of the house, and a second tenant's view."""

import pytest

from app.core.config import Settings
from app.jobs import kinds
from tests.factories.orgs import Tenant, tenant


@pytest.fixture(autouse=True, scope="session")
def _kinds() -> None:
    kinds.load()


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    return await tenant(settings)


@pytest.fixture
async def rival(settings: Settings) -> Tenant:
    return await tenant(settings, "rival")
