"""Actors that run jobs."""

from uuid import UUID

from app.core.ids import JobId, OrgId
from app.jobs import tasks
from workers import runtime
from workers.actor import actor


@actor(queue=tasks.QUEUE)
async def run_job(*, org_id: str, job_id: str, **_: object) -> None:
    """Tries one job; its row says whether there is anything to do."""
    await runtime.current().runner.run(OrgId(UUID(org_id)), JobId(UUID(job_id)))
