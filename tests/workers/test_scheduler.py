"""What a tick of the scheduler brings about."""

from app.core.config import Settings
from app.infra import db, telemetry
from tests.factories import audit
from tests.factories.orgs import NOW
from workers.scheduler import Scheduler


class TestTick:
    async def test_seals_what_has_committed(self, settings: Settings) -> None:
        org = audit.new_org()
        await audit.write(org, 3)

        assert not await Scheduler(audit.sealer_of(settings)).tick(now=NOW)

        assert await audit.chain_of(org) == [0, 1, 2]

    async def test_tells_how_long_an_entry_has_waited_in_vain(self, settings: Settings) -> None:
        org = audit.new_org()
        await audit.write(org, 1)
        await audit.seal_all(settings)
        await audit.tamper(settings, "DELETE FROM audit_head")
        await audit.write(org, 1, start=1)
        now = await db.fetchval("SELECT since + interval '90 seconds' FROM audit_unsealed")

        await Scheduler(audit.sealer_of(settings)).tick(now=now)

        assert round(telemetry.AUDIT_UNSEALED_SECONDS._value.get()) == 90
