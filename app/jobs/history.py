"""The event row of a transition: written with it, from it."""

from datetime import datetime

from app.infra.db import UnitOfWork

_STATE_EVENT = """
INSERT INTO job_event (job_id, seq, kind, state, attempt, progress, output_offset, output_delta, at)
SELECT id, seq, 'state', state, attempt, progress, 0, '', $1::timestamptz FROM changed
"""


def add_state_event(uow: UnitOfWork, *, now: datetime) -> None:
    """For every row that the unit of work's statement named `changed` returned."""
    uow.add(_STATE_EVENT, now)
