"""The arithmetic of token buckets, in whole microseconds.

A bucket is one number: the moment at which it is full again. Spending moves that moment into the future, waiting
brings it nearer, and a bucket that nobody knows is full. `app.infra.buckets` does the same in Lua: whole numbers
below 2^53 are exact in both, so the two agree to the last microsecond.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

_SECOND = 1_000_000


@dataclass(frozen=True, slots=True)
class Quota:
    """`amount` tokens flow into the bucket each `seconds`, evenly; as many fit into it."""

    amount: int
    seconds: int = 60

    @property
    def interval(self) -> int:
        """Microseconds per token, rounded up: a quota is never exceeded."""
        return -(-self.seconds * _SECOND // self.amount)

    @property
    def span(self) -> int:
        """Microseconds from empty to full."""
        return self.amount * self.interval


@dataclass(frozen=True, slots=True)
class Demand:
    """A bucket by its name, unique in the installation, and what it may give."""

    bucket: str
    quota: Quota


class Taken(NamedTuple):
    """Whether all buckets gave, and how many microseconds each is from being full."""

    is_granted: bool
    missing: Sequence[int]


class Buckets(Protocol):
    """Where buckets are kept."""

    async def take(self, demands: Sequence[Demand], *, cost: int) -> Taken:
        """`cost` tokens of every bucket, or of none; raises `ConnectionError`. Nothing is spent by a cost of 0."""


def take(full_at: Sequence[int | None], quotas: Sequence[Quota], *, cost: int, now: int) -> Taken:
    """What is missing afterwards, from the moments at which the buckets are full; None is one never used.

    A bucket cannot lack more than it holds: a clock set back and a plan made smaller lock nobody out.
    """
    before = [
        0 if at is None else min(max(at - now, 0), quota.span)
        for at, quota in zip(full_at, quotas, strict=True)
    ]
    after = [missing + cost * quota.interval for missing, quota in zip(before, quotas, strict=True)]
    is_granted = all(missing <= quota.span for missing, quota in zip(after, quotas, strict=True))
    return Taken(is_granted, after if is_granted else before)


def remaining(quota: Quota, missing: int) -> int:
    """Whole tokens in the bucket."""
    return max(0, quota.span - missing) // quota.interval


def seconds_until_full(missing: int) -> int:
    return -(-missing // _SECOND)


def seconds_until(quota: Quota, missing: int, *, cost: int) -> float:
    """Until `cost` tokens are there; 0 where they are."""
    return max(0, missing + cost * quota.interval - quota.span) / _SECOND
