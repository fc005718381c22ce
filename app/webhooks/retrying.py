"""What an attempt comes to, and when the next one is. Pure.

PENDING -> SENDING -> SUCCEEDED | DEAD
SENDING -> PENDING              (another attempt, after a pause; or at once after a lease that ran out)
SUCCEEDED, DEAD -> PENDING      (redelivered)
"""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum


class State(StrEnum):
    PENDING = "PENDING"
    SENDING = "SENDING"
    SUCCEEDED = "SUCCEEDED"
    DEAD = "DEAD"


TIMEOUT_SECONDS = 15.0
# Longer than an attempt may take: while it lasts nobody else begins one.
LEASE = timedelta(seconds=30)
WINDOW = timedelta(hours=24)
_BASE = timedelta(seconds=10)
_CAP = timedelta(hours=4)
_LEAST = timedelta(seconds=1)
_GONE = 410
_WAITS = (429, 503)
# Whatever is asked for: what fails first is tried again before it is given up.
_LONGEST_WAIT = WINDOW / 2


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an attempt met: a status, or an error where there was no answer. `retry_after` only of an answer."""

    status: int | None
    error_code: str | None = None
    error_message: str | None = None
    retry_after: timedelta | None = None
    body: str = ""
    latency_ms: int = 0

    @property
    def is_success(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def is_gone(self) -> bool:
        """The endpoint asks never to be told anything again."""
        return self.status == _GONE


@dataclass(frozen=True, slots=True)
class Next:
    """`due_at` is of the next attempt; of a delivery that has ended, when it did."""

    state: State
    due_at: datetime


def after(outcome: Outcome, *, tries: int, retry_until: datetime, now: datetime, rng: random.Random) -> Next:
    """Where a delivery goes whose attempt `tries` (1 is the first) ended with `outcome`."""
    if outcome.is_success:
        return Next(State.SUCCEEDED, now)
    due_at = now + max(pause(tries, rng), outcome.retry_after or timedelta(0))
    if outcome.is_gone or due_at > retry_until:
        return Next(State.DEAD, now)
    return Next(State.PENDING, due_at)


def pause(tries: int, rng: random.Random) -> timedelta:
    """Exponential with full jitter ("Exponential Backoff And Jitter", AWS Architecture Blog, 2015), at least a second:
    at most 10 s, 40 s, 160 s … 4 h, which makes some 17 attempts in a day.
    """
    quarters: int = min(tries - 1, 10)
    ceiling = min(_CAP, _BASE * (1 << 2 * quarters))
    return max(_LEAST, ceiling * rng.random())


def wait_asked_for(status: int, header: str | None, *, now: datetime) -> timedelta | None:
    """`Retry-After` in seconds or as a date (RFC 9110, 10.2.3), of answers that mean it; half a day at most."""
    if status not in _WAITS or header is None:
        return None
    text = header.strip()
    if text.isascii() and text.isdecimal() and len(text) < 10:
        return min(timedelta(seconds=int(text)), _LONGEST_WAIT)
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    wait = (date if date.tzinfo else date.replace(tzinfo=UTC)) - now
    return min(max(wait, timedelta(0)), _LONGEST_WAIT)
