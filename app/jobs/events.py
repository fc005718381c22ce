"""The facts that jobs publish, and the topics that they wake."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.core import ids
from app.core.events import Event
from app.core.ids import JobId, OrgId
from app.core.money import to_text
from app.jobs.state import TERMINAL, State
from app.jobs.types import Job

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


def transitioned(job: Job) -> Event:
    """That the job is now in its state. How jobs end is public: version 1 of what webhooks tell."""
    if job.state in TERMINAL:
        return Event(_NAMES[job.state], job.org_id, (topic(job.id),), _end(job), is_public=True)
    return Event(_NAMES[job.state], job.org_id, (topic(job.id),), {"job_id": ids.encode("job", job.id)})


def started(org_id: OrgId, job_id: JobId) -> Event:
    """As `transitioned`, where no more is known of the job yet."""
    return Event(_NAMES[State.RUNNING], org_id, (topic(job_id),), {"job_id": ids.encode("job", job_id)})


def _end(job: Job) -> Mapping[str, Any]:
    """Neither input nor result, which may be megabytes and are somebody's words: who is told reads them."""
    return {
        "job_id": ids.encode("job", job.id),
        "kind": job.kind,
        "status": job.state.value,
        "attempt": job.attempt,
        "input_tokens": job.input_tokens,
        "output_tokens": job.output_tokens,
        "credits": to_text(job.credits),
        "cost_usd": None if job.cost_usd is None else to_text(job.cost_usd),
        "error": None if job.error is None else {"code": job.error.code, "message": job.error.message},
        "customer_id": job.customer_id,
        "retry_of": None if job.retry_of is None else ids.encode("job", job.retry_of),
        "created_at": _text(job.created_at),
        "finished_at": _text(job.finished_at),
    }


def _text(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
