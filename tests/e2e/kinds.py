"""Kinds of jobs that only these tests need; loaded through LAUNCHKIT_JOB_KINDS."""

import asyncio
import os
import signal
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

from pydantic import Field

from app.core import ids
from app.core.inference import Usage
from app.jobs import kinds
from app.jobs.types import ModelCall, Outcome
from app.periodic import registry
from app.periodic.schedules import Every

_STEP_SECONDS = 0.1


class SlowInput(kinds.Input):
    """With a gate it takes until a test opens that, and `seconds` is only what its progress is measured by."""

    seconds: Annotated[float, Field(ge=0, le=60)]
    gate: str = ""

    def is_over(self, passed: float) -> bool:
        return Path(os.environ["GATES"], self.gate).exists() if self.gate else passed >= self.seconds


async def _run(data: SlowInput, context: kinds.JobContext) -> Outcome:
    started = time.monotonic()
    while not data.is_over(passed := time.monotonic() - started):
        await context.report(min(1.0, passed / data.seconds), f"{passed:.1f} ")
        await asyncio.sleep(_STEP_SECONDS)
    return Outcome({"slept": data.seconds}, [ModelCall("local", "local/extractive-1", Usage(10, 5))])


kinds.register(
    kinds.Kind(name="slow", description="Takes its time.", input=SlowInput, estimate=lambda _: 15, run=_run)
)


async def _witness(data: SlowInput, context: kinds.JobContext) -> Outcome:
    """As `slow`, and notes in a file who begins and who comes to an end: the result names its run."""
    job_id, run = ids.encode("job", context.job_id), os.urandom(8).hex()
    _note(job_id, run, "begun")
    await _run(data, context)
    _note(job_id, run, "ended")
    return Outcome({"run": run}, [ModelCall("local", "local/extractive-1", Usage(10, 5))])


def _note(job_id: str, run: str, what: str) -> None:
    """A line of the journal, in one write: lines of several processes stay whole."""
    with open(os.environ["WITNESS_JOURNAL"], "a") as journal:  # noqa: PTH123 - a line, on the event loop
        journal.write(f"{job_id} {run} {os.getpid()} {what}\n")


kinds.register(
    kinds.Kind(
        name="witness", description="Leaves traces.", input=SlowInput, estimate=lambda _: 15, run=_witness
    )
)


class NothingInput(kinds.Input):
    pass


async def _kill(_data: NothingInput, _context: kinds.JobContext) -> Outcome:
    """What a crash in native code does, or the kernel where memory is short."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("still alive")


async def _block(_data: NothingInput, _context: kinds.JobContext) -> Outcome:
    while True:
        time.sleep(0.05)


async def _grow(_data: NothingInput, _context: kinds.JobContext) -> Outcome:
    """Twenty MiB at a time, and lets others run in between."""
    taken: list[bytes] = []
    while True:
        taken.append(b"x" * (20 << 20))
        await asyncio.sleep(0.02)


async def _take(_data: NothingInput, _context: kinds.JobContext) -> Outcome:
    """All at once, as much as no machine has."""
    return Outcome({"length": len(b"x" * (1 << 42))})


async def _refuse_to_stop(_data: NothingInput, _context: kinds.JobContext) -> Outcome:
    while True:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            continue


for name, run, limit in (
    ("block", _block, 1.0),
    ("block-long", _block, 60.0),
    ("grow", _grow, 60.0),
    ("take", _take, 60.0),
    ("stubborn", _refuse_to_stop, 60.0),
    ("poison", _kill, 60.0),
):
    kinds.register(
        kinds.Kind(
            name=name,
            description="Does harm.",
            input=NothingInput,
            estimate=lambda _: 1,
            run=run,
            time_limit_seconds=limit,
        )
    )


async def _tick(_due_at: datetime) -> None:
    """The worker's log says when it was done."""


registry.register(registry.PeriodicTask("tick", Every(timedelta(seconds=1)), _tick))
