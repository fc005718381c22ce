"""Job kinds that do nothing, for measuring everything around the work. Loaded by LAUNCHKIT_JOB_KINDS."""

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Annotated

from pydantic import Field

from app.core.errors import Unavailable
from app.core.ids import JobId
from app.jobs import kinds
from app.jobs.state import Backoff
from app.jobs.types import Outcome


class BusyUpstream(Unavailable):
    """What is tried again."""

    code = "bench_busy"
    title = "Try again."


class NoopInput(kinds.Input):
    hold_ms: Annotated[int, Field(ge=0, le=1_000, description="Stay RUNNING for this long")] = 0


async def _run(data: NoopInput, _context: kinds.JobContext) -> Outcome:
    if data.hold_ms:
        await asyncio.sleep(data.hold_ms / 1000)
    return Outcome({})


kinds.register(
    kinds.Kind(name="noop", description="Does nothing.", input=NoopInput, estimate=lambda _data: 0, run=_run)
)


class FlakyInput(kinds.Input):
    failures: Annotated[int, Field(ge=0, le=10, description="How many attempts fail before one succeeds")] = 2


_tries: Counter[JobId] = Counter()


async def _run_flaky(data: FlakyInput, context: kinds.JobContext) -> Outcome:
    """Of one worker process, which is all that there is."""
    _tries[context.job_id] += 1
    if _tries[context.job_id] <= data.failures:
        raise BusyUpstream("It fails as it was told to.")
    del _tries[context.job_id]
    return Outcome({})


kinds.register(
    kinds.Kind(
        name="flaky",
        description="Fails a few times, then does nothing.",
        input=FlakyInput,
        estimate=lambda _data: 0,
        run=_run_flaky,
        max_attempts=11,
        backoff=Backoff(timedelta(milliseconds=100), timedelta(milliseconds=100)),
    )
)


class WaitInput(kinds.Input):
    pass


async def _wait(_data: WaitInput, _context: kinds.JobContext) -> Outcome:
    await asyncio.sleep(60)
    return Outcome({})


kinds.register(
    kinds.Kind(name="wait", description="Waits.", input=WaitInput, estimate=lambda _data: 0, run=_wait)
)
