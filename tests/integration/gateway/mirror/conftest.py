"""A LiteLLM on this machine, and a mirror that tells it of acme's keys."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import pytest

from app.apikeys import changes
from app.core.config import LiteLlmProxy, Settings
from app.gateway.mirror import recording
from app.gateway.mirror.service import Mirror
from app.gateway.mirror.virtual_keys import VirtualKeys
from app.infra.litellm import LiteLlm
from app.pricing.book import PriceBook
from tests.factories.orgs import Tenant, tenant
from tests.fakes.litellm import MASTER_KEY, FakeLiteLlm, litellm

VIRTUAL_KEYS = VirtualKeys(b"k" * 32)


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    return await tenant(settings)


@pytest.fixture
async def proxy() -> AsyncIterator[FakeLiteLlm]:
    async with litellm() as fake:
        yield fake


@pytest.fixture
async def mirror(proxy: FakeLiteLlm) -> AsyncIterator[Mirror]:
    made = Mirror(LiteLlm(proxy.url, MASTER_KEY, seconds=1), VIRTUAL_KEYS, PriceBook())
    yield made
    await made.close()


@pytest.fixture
def recorded(settings: Settings, proxy: FakeLiteLlm) -> Iterator[None]:
    """As in a process that has a proxy set."""
    recording.install(replace(settings, litellm=LiteLlmProxy(proxy.url, MASTER_KEY)))
    yield
    changes.unwatch(recording.record)
