"""The actor that runs periodic work, and the scheduler's step that fires it."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from app.core import cancellation
from app.core.clock import utcnow
from app.core.errors import Unavailable
from app.core.text import storable
from app.infra import telemetry
from app.periodic import registry, service, tasks
from app.periodic.registry import PeriodicTask
from app.periodic.service import Begun
from workers.actor import actor

log = telemetry.logger(__name__)

# Another version of the installation may have declared another schedule meanwhile.
_LOOK_EVERY = timedelta(seconds=10)
_ROLLOUT = timedelta(days=1)


class StillTaken(Unavailable):
    code = "periodic_run_taken"
    title = "Another worker is at this run, or was when it died; the message is sent again."


@actor(queue=tasks.QUEUE)
async def run_periodic(*, name: str, due_at: str, **_: object) -> None:
    """Runs what was due at `due_at`, if no worker has."""
    task, due = registry.find(name), datetime.fromisoformat(due_at)
    if task is None:
        # A worker of another version may know it: the message stays, and comes again while a rollout may take.
        if utcnow() - due < _ROLLOUT:
            raise StillTaken(f"This worker knows no periodic work {name!r}; check LAUNCHKIT_JOB_KINDS.")
        log.warning("periodic.unknown", name=name, due_at=due_at)
        return
    begun = await service.begin(task, due, now=utcnow())
    if begun is Begun.ELSEWHERE:
        raise StillTaken
    if begun is Begun.YES:
        error = await _run(task, due)
        await service.finish(task, due, error=error)


async def _run(task: PeriodicTask, due_at: datetime) -> str | None:
    """How it failed."""
    try:
        async with asyncio.timeout(task.time_limit_seconds):
            await task.run(due_at)
    except GeneratorExit:
        raise
    except BaseException as error:
        # `SystemExit` would stop the event loop, and with it every job. A cancellation is a failure as any other, too,
        # where it is of something that was waited for.
        if isinstance(error, asyncio.CancelledError) and cancellation.is_requested():
            raise
        log.error("periodic.failed", name=task.name, due_at=due_at.isoformat(), exc_info=True)
        return storable(_described(error))
    log.info("periodic.done", name=task.name, due_at=due_at.isoformat())
    return None


def _described(error: BaseException) -> str:
    try:
        return repr(error)
    except Exception:  # noqa: BLE001 - it is the error's own
        return type(error).__name__


class Clockwork:
    """The scheduler's part: fires what is due, and asks the database only when something may be."""

    def __init__(self, known: Sequence[PeriodicTask]) -> None:
        self._known = known
        self._is_declared = False
        self._look_at: datetime | None = None

    async def tick(self, *, now: datetime) -> int:
        """How many runs were fired."""
        if not self._known or (self._look_at is not None and now < self._look_at):
            return 0
        if not self._is_declared:
            await service.declare(self._known, now=now)
            self._is_declared = True
        fired = await service.fire_due(self._known, now=now)
        due = await service.next_due(self._known)
        self._look_at = now + _LOOK_EVERY if due is None else min(due, now + _LOOK_EVERY)
        if fired:
            log.info("periodic.fired", runs=fired)
        return fired
