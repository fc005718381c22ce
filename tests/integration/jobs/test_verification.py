"""What `launchkit verify` says of jobs."""

import pytest

from app.infra import db
from app.jobs import execution, verification
from tests.factories import entitlements, jobs, wallets
from tests.factories.orgs import NOW, Tenant


async def codes(tenant: Tenant | None = None) -> list[str]:
    return [found.code async for found in verification.findings(tenant.org_id if tenant else None)]


class TestFindings:
    async def test_are_none_of_jobs_in_every_state(self, acme: Tenant) -> None:
        await wallets.wallet(acme, 100)
        desk = entitlements.desk()
        await jobs.queued(acme, desk=desk)
        await jobs.cancelling(await jobs.running(acme, desk=desk), by=acme.key)
        await execution.succeed(await jobs.running(acme, desk=desk), jobs.OUTCOME, now=NOW)
        await execution.fail(await jobs.running(acme, desk=desk), jobs.BROKEN, is_retryable=True, now=NOW)
        assert await codes() == []

    @pytest.mark.parametrize(
        ("harm", "code"),
        [
            ("UPDATE job_slot SET job_id = NULL", "job_runs_without_a_slot"),
            (
                "UPDATE job SET state = 'SCHEDULED', lease_token = NULL, lease_expires_at = NULL",
                "slot_without_a_job",
            ),
            ("DELETE FROM job", "slot_without_a_job"),
        ],
    )
    async def test_name_what_lost_its_other_half(
        self, acme: Tenant, rival: Tenant, harm: str, code: str
    ) -> None:
        await jobs.running(acme)
        await db.execute(harm)
        assert await codes(acme) == [code]
        assert await codes(rival) == []

    async def test_name_a_hold_that_outlived_its_job(self, acme: Tenant) -> None:
        await wallets.wallet(acme, 100)
        job = await jobs.queued(acme, desk=entitlements.desk())
        await db.execute("UPDATE job SET state = 'CANCELLED', finished_at = now() WHERE id = $1", job.id)
        assert "job_ended_with_a_hold" in await codes(acme)
