"""What goes with every change of state, besides the row itself: for jobs that the unit of work has changed already."""

from collections.abc import Sequence
from datetime import datetime

from app.audit import service as audit
from app.audit.types import Action, Entry
from app.core.events import org_topic
from app.core.principal import Principal
from app.infra.db import UnitOfWork
from app.jobs import events, saved_work, slots
from app.jobs.history import add_state_events
from app.jobs.state import TERMINAL, State
from app.jobs.types import Job
from app.outbox import service as outbox

_RELEASE = "SELECT job_release($1::uuid[], $2)"
_KEEP_SLOT = frozenset({State.QUEUED, State.RUNNING, State.CANCELLING})


async def follow(
    uow: UnitOfWork, jobs: Sequence[Job], *, now: datetime, is_billed: bool = True
) -> Sequence[Job]:
    """History, credit that is held, slots, events and the trace of ends; the jobs as they are then.

    What ended and had saved or noted something pays for that. Nothing is known of what else they used. Those that are
    not `is_billed` pay nothing, and what they had noted is forgotten.
    """
    if not jobs:
        return jobs
    if is_billed:
        billed = {job.id: job for job in await saved_work.bill(uow, jobs, now=now)}
    else:
        billed = {}
        await saved_work.forget(uow, jobs)
    jobs = [billed.get(job.id, job) for job in jobs]
    ended = [job for job in jobs if job.state in TERMINAL]
    if held := [job for job in ended if job.hold_id is not None and job.id not in billed]:
        await uow.fetch(_RELEASE, [job.id for job in held], now)
        for org_id in {job.org_id for job in held}:
            outbox.wake(uow, org_topic("wallet", org_id))
    if leaving := [job for job in jobs if job.state not in _KEEP_SLOT]:
        await slots.hand_on_all(uow, leaving, now=now)
    add_state_events(uow, jobs, now=now)
    outbox.publish(uow, *(events.transitioned(job) for job in jobs), now=now)
    audit.record(uow, *(_end(job, now) for job in ended))
    return jobs


def add_end(uow: UnitOfWork, job: Job, *, now: datetime) -> None:
    """The event and the trace of one job that ends with this unit of work; `job` is as it will be."""
    audit.record(uow, _end(job, now))
    outbox.publish(uow, events.transitioned(job), now=now)


def _end(job: Job, now: datetime) -> Entry:
    creator = Principal(job.created_by_kind, job.created_by_id)
    changes = {"kind": job.kind, "state": job.state.value}
    return Entry(job.org_id, Action.JOB_COMPLETED, creator, "job", job.id, now, changes)
