"""A job as it was at an earlier step."""

from dataclasses import replace

from app.core.money import ZERO
from app.jobs.state import State
from app.jobs.types import Job


def as_of(job: Job, *, seq: int, state: State, attempt: int, progress: int) -> Job:
    """Later facts (its end, its result) are left out."""
    return replace(
        job,
        seq=seq,
        state=state,
        attempt=attempt,
        progress=progress,
        finished_at=None,
        result=None,
        error=None,
        provider=None,
        model=None,
        input_tokens=0,
        output_tokens=0,
        credits=ZERO,
        cost_usd=ZERO,
    )
