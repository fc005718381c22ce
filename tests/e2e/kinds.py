"""Kinds of jobs that only these tests need; loaded through LAUNCHKIT_JOB_KINDS."""

import asyncio
import time
from typing import Annotated

from pydantic import Field

from app.core.inference import Usage
from app.jobs import kinds
from app.jobs.types import ModelCall, Outcome

_STEP_SECONDS = 0.1


class SlowInput(kinds.Input):
    seconds: Annotated[float, Field(ge=0, le=60)]


async def _run(data: SlowInput, context: kinds.JobContext) -> Outcome:
    started = time.monotonic()
    while (passed := time.monotonic() - started) < data.seconds:
        await context.report(passed / data.seconds, f"{passed:.1f} ")
        await asyncio.sleep(_STEP_SECONDS)
    return Outcome({"slept": data.seconds}, [ModelCall("local", "local/extractive-1", Usage(10, 5))])


kinds.register(
    kinds.Kind(name="slow", description="Takes its time.", input=SlowInput, estimate=lambda _: 15, run=_run)
)
