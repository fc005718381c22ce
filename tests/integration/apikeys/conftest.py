"""An org on the PRO plan, with one key, and somebody who verifies keys."""

import pytest

from app.apikeys.verification import KeyVerifier
from app.core.config import Settings
from tests.factories.apikeys import Made, made, verifier
from tests.factories.orgs import NOW, Tenant, tenant


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    return await tenant(settings)


@pytest.fixture
async def new(settings: Settings, acme: Tenant) -> Made:
    """A second key, which may do everything."""
    return await made(settings, acme.owner, acme.org_id, now=NOW)


@pytest.fixture
def keys(settings: Settings) -> KeyVerifier:
    return verifier(settings)
