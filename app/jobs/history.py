"""The event rows of transitions: written with them, from them."""

from collections.abc import Sequence
from datetime import datetime

from app.infra import db
from app.infra.db import UnitOfWork
from app.jobs.types import Job

_STATE_EVENT = """
INSERT INTO job_event (job_id, seq, kind, state, attempt, progress, output_offset, output_delta, at)
SELECT id, seq, 'state', state, attempt, progress, 0, '', $1::timestamptz FROM changed
"""
_STATE_EVENTS = """
INSERT INTO job_event (job_id, seq, kind, state, attempt, progress, output_offset, output_delta, at)
SELECT id, seq, 'state', state, attempt, progress, 0, '', $6::timestamptz
FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::smallint[], $5::smallint[])
    AS changed (id, seq, state, attempt, progress)
"""


def add_state_event(uow: UnitOfWork, *, now: datetime) -> None:
    """For every row that the unit of work's statement named `changed` returned."""
    uow.add(_STATE_EVENT, now)


def add_state_events(uow: UnitOfWork, jobs: Sequence[Job], *, now: datetime) -> None:
    """For jobs that the unit of work has changed already."""
    rows = [(job.id, job.seq, job.state.value, job.attempt, job.progress) for job in jobs]
    uow.add(_STATE_EVENTS, *db.columns(rows), now)
