"""The actors of the mirror, and the scheduler that begins a walk."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from app.core import ids
from app.core.clock import utcnow
from app.core.config import LiteLlmProxy, Settings
from app.gateway.mirror.service import Mirror
from app.gateway.mirror.virtual_keys import VirtualKeys
from app.infra import db
from app.infra.litellm import LiteLlm, ProxyAway
from app.pricing.book import PriceBook
from tests.factories import audit
from tests.factories.orgs import Tenant
from tests.fakes.litellm import MASTER_KEY, FakeLiteLlm, litellm
from workers import mirror, runtime
from workers.runtime import Runtime
from workers.scheduler import Scheduler


@pytest.fixture
async def proxy() -> AsyncIterator[FakeLiteLlm]:
    async with litellm() as fake:
        yield fake


@pytest.fixture
async def working(settings: Settings, proxy: FakeLiteLlm) -> AsyncIterator[Runtime]:
    made = Runtime(settings)
    made.mirror = Mirror(LiteLlm(proxy.url, MASTER_KEY), VirtualKeys(b"k" * 32), PriceBook())
    runtime.install(made)
    yield made
    runtime.install(None)
    await made.mirror.close()


class TestMirrorKey:
    async def test_tells_the_proxy_however_often_it_runs(
        self, acme: Tenant, working: Runtime, proxy: FakeLiteLlm
    ) -> None:
        for _ in range(2):
            await mirror.mirror_key(key_id=str(acme.key.id), added_later=1)
        assert proxy.writes == ["/key/generate"]
        assert proxy.by_alias(ids.encode("key", acme.key.id))

    async def test_fails_while_the_proxy_is_away_so_that_its_message_stays(
        self, acme: Tenant, working: Runtime, proxy: FakeLiteLlm
    ) -> None:
        proxy.mood = "failing"
        with pytest.raises(ProxyAway):
            await mirror.mirror_key(key_id=str(acme.key.id))

    async def test_has_nothing_to_do_where_no_proxy_is_set(
        self, acme: Tenant, working: Runtime, proxy: FakeLiteLlm
    ) -> None:
        made, working.mirror = working.mirror, None
        await mirror.mirror_key(key_id=str(acme.key.id))
        await mirror.mirror_page(after=None)
        working.mirror = made
        assert proxy.asked == []


class TestMirrorPage:
    async def test_walks_from_where_it_is_told(
        self, acme: Tenant, working: Runtime, proxy: FakeLiteLlm
    ) -> None:
        await mirror.mirror_page(after=str(acme.key.id))
        assert proxy.asked == []
        await mirror.mirror_page(after=None)
        assert proxy.writes == ["/key/generate"]


class TestScheduler:
    async def test_begins_a_walk_at_its_start_and_every_ten_minutes(
        self, acme: Tenant, settings: Settings, proxy: FakeLiteLlm
    ) -> None:
        now = utcnow()
        scheduler = Scheduler(
            audit.sealer_of(settings), replace(settings, litellm=LiteLlmProxy(proxy.url, MASTER_KEY))
        )
        found = []
        for minutes in (0, 9, 11):
            await scheduler.tick(now=now + timedelta(minutes=minutes))
            found.append(await db.execute("DELETE FROM outbox_message WHERE name = 'mirror_page'"))
        assert found == [1, 0, 1]

    async def test_begins_none_where_no_proxy_is_set(self, acme: Tenant, settings: Settings) -> None:
        await Scheduler(audit.sealer_of(settings), settings).tick(now=utcnow())
        assert await db.fetchval("SELECT count(*) FROM outbox_message WHERE name = 'mirror_page'") == 0
