"""The states of a job and the one table of transitions. Pure.

SCHEDULED -> QUEUED -> RUNNING -> SUCCEEDED | FAILED | CANCELLED | EXPIRED
RUNNING -> CANCELLING -> CANCELLED
RUNNING -> SCHEDULED            (another attempt, after a pause)
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType


class State(StrEnum):
    SCHEDULED = "SCHEDULED"
    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    CANCELLING = "CANCELLING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"
    EXPIRED = "EXPIRED"


TRANSITIONS: Mapping[State, frozenset[State]] = MappingProxyType(
    {
        State.SCHEDULED: frozenset({State.QUEUED, State.CANCELLED, State.EXPIRED}),
        State.QUEUED: frozenset({State.RUNNING, State.CANCELLED, State.EXPIRED}),
        State.RUNNING: frozenset(
            {
                State.SUCCEEDED,
                State.FAILED,
                State.CANCELLED,
                State.EXPIRED,
                State.CANCELLING,
                State.SCHEDULED,
            }
        ),
        State.CANCELLING: frozenset({State.CANCELLED}),
        State.SUCCEEDED: frozenset(),
        State.FAILED: frozenset(),
        State.CANCELLED: frozenset(),
        State.EXPIRED: frozenset(),
    }
)

TERMINAL = frozenset(state for state, following in TRANSITIONS.items() if not following)

LEASE = timedelta(seconds=30)
# A lease outlives two renewals that fail.
RENEWALS_IN_A_LEASE = 3
# A job whose worker was lost this often is not given to another one.
MAX_LOSSES = 3

# How long a running job that is cancelled may take to stop by itself.
CANCEL_GRACE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Backoff:
    """The pauses between a kind's attempts: doubled from `first` up to `longest`, with full jitter.

    Full jitter: "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
    """

    first: timedelta = timedelta(seconds=2)
    longest: timedelta = timedelta(minutes=10)

    def pause(self, attempt: int, rng: random.Random) -> timedelta:
        """Before the attempt after `attempt` (1 is the first)."""
        doublings: int = min(attempt - 1, 20)
        return min(self.longest, self.first * (1 << doublings)) * rng.random()


DEFAULT_BACKOFF = Backoff()


def can_follow(current: State, following: State) -> bool:
    return following in TRANSITIONS[current]


def after_loss(current: State, losses: int) -> State:
    """Where a job goes whose worker was lost, `losses` counting this one."""
    if current is State.CANCELLING:
        return State.CANCELLED
    return State.FAILED if losses >= MAX_LOSSES else State.SCHEDULED
