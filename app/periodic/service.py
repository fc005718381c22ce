"""Firing periodic work once per due time, and running it once at a time."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import Enum, auto

from app.infra import db
from app.outbox import service as outbox
from app.periodic import tasks
from app.periodic.registry import PeriodicTask

_DECLARE = """
INSERT INTO periodic_task (name, schedule, next_run_at)
SELECT * FROM unnest($1::text[], $2::text[], $3::timestamptz[])
ON CONFLICT (name) DO UPDATE SET schedule = EXCLUDED.schedule, next_run_at = EXCLUDED.next_run_at
WHERE periodic_task.schedule <> EXCLUDED.schedule
"""
_FIND_DUE = """
SELECT name, next_run_at FROM periodic_task WHERE name = ANY ($1::text[]) AND next_run_at <= $2::timestamptz
FOR UPDATE SKIP LOCKED
"""
_ADVANCE = """
UPDATE periodic_task AS task SET last_run_at = task.next_run_at, next_run_at = following.at
FROM unnest($1::text[], $2::timestamptz[]) AS following (name, at) WHERE task.name = following.name
"""
_NEXT_DUE = "SELECT min(next_run_at) FROM periodic_task WHERE name = ANY ($1::text[])"
_BEGIN = """
UPDATE periodic_task SET running_for = $2::timestamptz, running_until = $3::timestamptz
WHERE name = $1 AND (done_for IS NULL OR done_for < $2) AND (running_until IS NULL OR running_until <= $4)
"""
_IS_RUNNING = """
SELECT EXISTS (SELECT FROM periodic_task WHERE name = $1 AND running_for = $2::timestamptz
    AND (done_for IS NULL OR done_for < $2))
"""
_FINISH = """
UPDATE periodic_task SET done_for = $2::timestamptz, running_for = NULL, running_until = NULL, error = $3::text
WHERE name = $1 AND running_for = $2
"""
_SPARE = timedelta(seconds=30)
_LONGEST_ERROR = 500


class Begun(Enum):
    YES = auto()
    # This very run is at another worker, or was when that one died: ask again later.
    ELSEWHERE = auto()
    # It was done before, or an earlier run still goes on: leave it.
    NO = auto()


async def declare(known: Sequence[PeriodicTask], *, now: datetime) -> None:
    """Notes what is new and what has another schedule now; what nobody declares any more is left alone."""
    following = [task.schedule.following(now) for task in known]
    await db.execute(_DECLARE, [t.name for t in known], [t.schedule.text for t in known], following)


async def fire_due(known: Sequence[PeriodicTask], *, now: datetime) -> int:
    """Promises a run of all that is due; returns how many. Any number of callers may race.

    Due times that were missed while no scheduler ran make one run, not many: the next is the first after `now`.
    """
    schedules = {task.name: task.schedule for task in known}
    async with db.unit_of_work() as uow:
        due = await uow.fetch(_FIND_DUE, list(schedules), now)
        if not due:
            return 0
        names = [row["name"] for row in due]
        uow.add(_ADVANCE, names, [schedules[name].following(now) for name in names])
        outbox.enqueue(uow, *(tasks.run_periodic(row["name"], row["next_run_at"]) for row in due), now=now)
        return len(due)


async def next_due(known: Sequence[PeriodicTask]) -> datetime | None:
    """When the first of them is due."""
    due: datetime | None = await db.fetchval(_NEXT_DUE, [task.name for task in known])
    return due


async def begin(task: PeriodicTask, due_at: datetime, *, now: datetime) -> Begun:
    """Takes the run of `due_at` for as long as it may last."""
    until = now + timedelta(seconds=task.time_limit_seconds) + _SPARE
    if await db.execute(_BEGIN, task.name, due_at, until, now):
        return Begun.YES
    return Begun.ELSEWHERE if await db.fetchval(_IS_RUNNING, task.name, due_at) else Begun.NO


async def finish(task: PeriodicTask, due_at: datetime, *, error: str | None = None) -> None:
    """A run that failed is over as well: the next due time brings the next one."""
    await db.execute(_FINISH, task.name, due_at, error and error[:_LONGEST_ERROR])
