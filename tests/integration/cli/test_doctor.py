"""What `launchkit doctor` finds in a real database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.cli.diagnosis import services
from app.cli.diagnosis.finding import Finding, Level
from app.core.clock import utcnow
from app.core.config import LiteLlmProxy, Settings
from app.infra import db
from app.jobs import kinds
from tests.factories import jobs, webhooks
from tests.factories.orgs import Tenant, tenant
from tests.fakes.litellm import MASTER_KEY, litellm

_LONG_AGO = "now() - interval '2 minutes'"


@pytest.fixture(autouse=True, scope="module")
def _kinds() -> None:
    kinds.load()


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    return await tenant(settings)


async def findings(settings: Settings) -> dict[str, Finding]:
    return {finding.name: finding for finding in await services.database(settings.database_url)}


class TestWork:
    async def test_is_not_spoken_of_where_nothing_waits_long(self, acme: Tenant, settings: Settings) -> None:
        await jobs.queued(acme)
        await db.execute("UPDATE job SET queued_at = now()")
        assert findings_of_work(await findings(settings)) == set()

    async def test_that_nobody_does_is_told(self, acme: Tenant, settings: Settings) -> None:
        await jobs.queued(acme)
        await db.execute(f"UPDATE job SET queued_at = {_LONG_AGO}")
        await db.execute(f"UPDATE audit_unsealed SET since = {_LONG_AGO}")
        assert findings_of_work(await findings(settings)) == {"worker", "scheduler"}

    async def test_of_workers_that_are_busy_is_none_of_its_affairs(
        self, acme: Tenant, settings: Settings
    ) -> None:
        await jobs.running(acme)
        await jobs.queued(acme)
        await db.execute(f"UPDATE job SET queued_at = {_LONG_AGO}")
        await db.execute("UPDATE job SET lease_expires_at = now() + interval '30 s' WHERE state = 'RUNNING'")
        assert findings_of_work(await findings(settings)) == set()


class TestWebhooks:
    async def test_are_not_spoken_of_where_they_arrive(self, acme: Tenant, settings: Settings) -> None:
        await webhooks.made(acme)
        await webhooks.tell(acme)
        assert "webhooks" not in await findings(settings)

    async def test_that_nobody_sends_are_told(self, acme: Tenant, settings: Settings) -> None:
        await webhooks.made(acme)
        await webhooks.tell(acme)
        await db.execute(f"UPDATE webhook_delivery SET due_at = {_LONG_AGO}")
        found = (await findings(settings))["webhooks"]
        assert found.level is Level.WARN
        assert "waited" in found.text

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ("is_enabled = false, disabled_reason = 'failing'", "switched off"),
            ("is_enabled = false, disabled_reason = 'gone'", "switched off"),
            ("consecutive_failures = 5, paused_until = now() + interval '1 minute'", "failing"),
        ],
    )
    async def test_whose_endpoint_does_not_take_them_are_told(
        self, acme: Tenant, settings: Settings, change: str, said: str
    ) -> None:
        await webhooks.made(acme)
        await webhooks.tell(acme)
        await db.execute(f"UPDATE webhook_delivery SET due_at = {_LONG_AGO}")
        await db.execute(f"UPDATE webhook_endpoint SET {change}")
        assert said in (await findings(settings))["webhooks"].text

    async def test_that_their_owner_switched_off_are_no_fault(self, acme: Tenant, settings: Settings) -> None:
        await webhooks.made(acme)
        await webhooks.tell(acme)
        await db.execute(f"UPDATE webhook_delivery SET due_at = {_LONG_AGO}")
        await db.execute("UPDATE webhook_endpoint SET is_enabled = false, disabled_reason = 'manual'")
        assert "webhooks" not in await findings(settings)


class TestLiteLlm:
    async def test_is_not_spoken_of_where_none_is_set(self, settings: Settings) -> None:
        assert await services.litellm(settings) == []

    async def test_is_well_where_it_takes_the_master_key(self, settings: Settings) -> None:
        async with litellm() as fake:
            with_proxy = replace(settings, litellm=LiteLlmProxy(fake.url, MASTER_KEY))
            [finding] = await services.litellm(with_proxy)
            assert (finding.level, fake.writes) == (Level.OK, [])

    @pytest.mark.parametrize("fault", ["away", "another key", "failing"])
    async def test_is_told_where_it_is_not(self, settings: Settings, fault: str) -> None:
        async with litellm() as fake:
            fake.mood = "failing" if fault == "failing" else "well"
            url = "http://127.0.0.1:1" if fault == "away" else fake.url
            key = "sk-another" if fault == "another key" else MASTER_KEY
            [finding] = await services.litellm(replace(settings, litellm=LiteLlmProxy(url, key)))
        assert finding.level is Level.WARN
        assert finding.mend is not None
        assert "LITELLM_MASTER_KEY" in finding.mend
        assert MASTER_KEY not in finding.text


class TestClock:
    @pytest.mark.parametrize("minutes", [-1, 1])
    async def test_that_is_not_the_databases_is_told(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch, minutes: int
    ) -> None:
        assert "clock" not in await findings(settings)
        monkeypatch.setattr(services, "utcnow", lambda: utcnow() + timedelta(minutes=minutes))
        found = (await findings(settings))["clock"]
        assert found.level is Level.FAIL
        # Less what asking took.
        assert 45 <= int(found.text.split()[0]) <= 60


def findings_of_work(found: dict[str, Finding]) -> set[str]:
    return found.keys() & {"worker", "scheduler"}
