"""What `launchkit doctor` finds in a real database."""

from datetime import timedelta

import pytest

from app.cli.diagnosis import services
from app.cli.diagnosis.finding import Finding, Level
from app.core.clock import utcnow
from app.core.config import Settings
from app.infra import db
from app.jobs import kinds
from tests.factories import jobs
from tests.factories.orgs import Tenant, tenant

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


class TestClock:
    @pytest.mark.parametrize("minutes", [-1, 1])
    async def test_that_is_not_the_databases_is_told(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch, minutes: int
    ) -> None:
        assert "clock" not in await findings(settings)
        monkeypatch.setattr(services, "utcnow", lambda: utcnow() + timedelta(minutes=minutes))
        found = (await findings(settings))["clock"]
        assert found.level is Level.FAIL
        assert found.text.startswith(("59 ", "60 "))


def findings_of_work(found: dict[str, Finding]) -> set[str]:
    return found.keys() & {"worker", "scheduler"}
