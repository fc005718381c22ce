"""Job kinds that do nothing, for measuring everything around the work. Loaded by LAUNCHKIT_JOB_KINDS."""

import asyncio
from typing import Annotated

from pydantic import Field

from app.jobs import kinds
from app.jobs.types import Outcome


class NoopInput(kinds.Input):
    hold_ms: Annotated[int, Field(ge=0, le=1_000, description="Stay RUNNING for this long")] = 0


async def _run(data: NoopInput, _context: kinds.JobContext) -> Outcome:
    if data.hold_ms:
        await asyncio.sleep(data.hold_ms / 1000)
    return Outcome({})


kinds.register(
    kinds.Kind(name="noop", description="Does nothing.", input=NoopInput, estimate=lambda _data: 0, run=_run)
)
