"""The messages that jobs enqueue."""

from app.core.ids import JobId, OrgId
from app.core.tasks import Task

QUEUE = "jobs"


def run_job(org_id: OrgId, job_id: JobId) -> Task:
    """Try this job: its row says whether there is anything to do."""
    return Task("run_job", QUEUE, {"org_id": str(org_id), "job_id": str(job_id)})
