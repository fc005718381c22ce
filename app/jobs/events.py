"""The facts that jobs publish, and the topics that they wake."""

from app.core import ids
from app.core.events import Event
from app.core.ids import JobId, OrgId
from app.jobs.state import State

_NAMES = {
    State.SCHEDULED: "job.scheduled",
    State.QUEUED: "job.queued",
    State.RUNNING: "job.started",
    State.CANCELLING: "job.cancelling",
    State.SUCCEEDED: "job.succeeded",
    State.FAILED: "job.failed",
    State.CANCELLED: "job.cancelled",
    State.EXPIRED: "job.expired",
}


def topic(job_id: JobId) -> str:
    """Everything that happens to one job."""
    return f"job:{job_id}"


def transitioned(org_id: OrgId, job_id: JobId, state: State) -> Event:
    return Event(_NAMES[state], org_id, (topic(job_id),), {"job_id": ids.encode("job", job_id)})
