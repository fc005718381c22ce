"""An org to send usage for."""

from collections.abc import AsyncIterator

import pytest

from app.analytics import verification as days
from app.core.config import Settings
from app.credits import verification as ledger
from app.metering import verification as metering
from tests.factories.orgs import Tenant, tenant


@pytest.fixture
async def acme(settings: Settings) -> AsyncIterator[Tenant]:
    """Whatever a test does with it, its books agree afterwards."""
    yield await tenant(settings)
    assert [finding async for finding in metering.findings()] == []
    assert [finding async for finding in days.findings()] == []
    assert [finding async for finding in ledger.findings()] == []
