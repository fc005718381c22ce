"""The periodic work of this installation: functions with a schedule, registered as job kinds are.

An application registers its own in a module named by LAUNCHKIT_JOB_KINDS: the scheduler says when, workers run it.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.periodic.schedules import Schedule

_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class PeriodicTask:
    """`run` is given the time that it was due at. It must bear a repetition: a worker may die in the middle."""

    name: str
    schedule: Schedule
    run: Callable[[datetime], Awaitable[None]]
    time_limit_seconds: float = 600

    def __post_init__(self) -> None:
        if not 1 <= len(self.name) <= _LONGEST_NAME:
            raise ValueError(f"The name of periodic work has 1 to {_LONGEST_NAME} characters.")


_tasks: dict[str, PeriodicTask] = {}


def register(task: PeriodicTask) -> None:
    if _tasks.setdefault(task.name, task) is not task:
        raise ValueError(f"Periodic work named {task.name!r} is registered already.")


def find(name: str) -> PeriodicTask | None:
    return _tasks.get(name)


def registered() -> Sequence[PeriodicTask]:
    return [_tasks[name] for name in sorted(_tasks)]
