"""Which of an org's jobs are with the workers, so that no org keeps the others from them.

An org has as many slots as its plan allows. A job is sent to the workers when it has one and keeps it until it ends or
is to wait; it is then handed on to the best of those that wait. So at most so many of an org's jobs are ahead of
another's one, however many it has; and there is no counter that all would wait for: each slot is a row, and one that
is being taken is passed over.
"""

from collections.abc import Sequence
from datetime import datetime

from app.core.ids import JobId, OrgId
from app.core.messages import Message
from app.infra.db import Returned, Row, UnitOfWork
from app.jobs import tasks
from app.jobs.types import Job
from app.outbox import service as outbox

_TAKE = "SELECT job_take_slot($1::uuid, $2::uuid) AS n"
_HAND_ON = """
SELECT h.* FROM changed CROSS JOIN LATERAL job_hand_on(changed.org_id, changed.slot, changed.id, $1::timestamptz) AS h
"""
_HAND_ON_ALL = "SELECT * FROM job_hand_on_all($1::uuid[], $2)"
_DISPATCH_PARKED = "SELECT * FROM job_dispatch_parked($1, $2)"


def take(uow: UnitOfWork, job: Job, *, now: datetime) -> None:
    """A slot for a new job, as the table `slot` (n is NULL where all are taken), and the message that goes with it."""
    slot = uow.add(_TAKE, job.org_id, job.id, name="slot", expect=1, returning=True)
    send = outbox.enqueue_where(
        uow, tasks.run_job(job.org_id, job.id), source="slot WHERE n IS NOT NULL", now=now
    )

    def after_commit() -> None:
        if slot.row["n"] is not None:
            send()

    uow.after_commit(after_commit)


def hand_on(uow: UnitOfWork, *, now: datetime) -> None:
    """The slot of the job that the statement named `changed` returned, to the next."""
    freed = uow.add(_HAND_ON, now, name="freed", returning=True)
    uow.after_commit(lambda: _send(freed))


async def hand_on_all(uow: UnitOfWork, jobs: Sequence[Job], *, now: datetime) -> None:
    """The same of jobs that the unit of work has changed already."""
    rows = await uow.fetch(_HAND_ON_ALL, [job.id for job in jobs], now)
    uow.after_commit(lambda: outbox.hand_over(_messages(rows)))


async def dispatch_parked(uow: UnitOfWork, *, now: datetime, limit: int) -> int:
    rows = await uow.fetch(_DISPATCH_PARKED, now, limit)
    uow.after_commit(lambda: outbox.hand_over(_messages(rows)))
    return len(rows)


def _send(freed: Returned) -> None:
    outbox.hand_over(_messages(freed.rows))


def _messages(rows: Sequence[Row]) -> list[Message]:
    """As `job_send` of the database has put them in the outbox."""
    messages = []
    for row in rows:
        if row["message_id"] is not None:
            task = tasks.run_job(OrgId(row["org_id"]), JobId(row["job_id"]))
            payload = {"queue": task.queue, "kwargs": task.kwargs}
            messages.append(Message(row["message_id"], "task", task.actor, payload, None))
    return messages
