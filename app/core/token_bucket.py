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

    @property
    def most(self) -> int:
        """Microseconds that a bucket can lack."""
        return self.span

    def flow(self, tokens: int) -> int:
        """Microseconds in which so many flow in, rounded up."""
        return tokens * self.interval

    def tokens_in(self, microseconds: int) -> int:
        """How many flow in meanwhile."""
        return microseconds // self.interval


@dataclass(frozen=True, slots=True)
class Volume(Quota):
    """Of amounts so large that a single token's share of a microsecond counts: what is taken is rounded, not the flow.

    What was taken by estimate and came out larger is owed: a bucket can lack as much again as it holds.
    """

    @property
    def span(self) -> int:
        return self.seconds * _SECOND

    @property
    def most(self) -> int:
        return 2 * self.span

    def flow(self, tokens: int) -> int:
        return -(-tokens * self.span // self.amount)

    def tokens_in(self, microseconds: int) -> int:
        return (2 * microseconds * self.amount + self.span) // (2 * self.span)


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

    async def correct(self, demand: Demand, *, tokens: int) -> None:
        """Takes more of what was granted by estimate, or gives some of it back where `tokens` is below 0.

        Refuses nobody: it has been used. Raises `ConnectionError`.
        """


def take(full_at: Sequence[int | None], quotas: Sequence[Quota], *, cost: int, now: int) -> Taken:
    """What is missing afterwards, from the moments at which the buckets are full; None is one never used.

    A bucket cannot lack more than it may: a clock set back and a plan made smaller lock nobody out.
    """
    before = [_missing(at, quota, now) for at, quota in zip(full_at, quotas, strict=True)]
    after = [missing + quota.flow(cost) for missing, quota in zip(before, quotas, strict=True)]
    is_granted = all(missing <= quota.span for missing, quota in zip(after, quotas, strict=True))
    return Taken(is_granted, after if is_granted else before)


def correct(full_at: int | None, quota: Quota, *, tokens: int, now: int) -> int:
    """What is missing afterwards."""
    change = quota.flow(tokens) if tokens > 0 else -quota.flow(-tokens)
    return min(max(_missing(full_at, quota, now) + change, 0), quota.most)


def remaining(quota: Quota, missing: int) -> int:
    """Whole tokens in the bucket."""
    return quota.tokens_in(max(0, quota.span - missing))


def seconds_until_full(missing: int) -> int:
    return -(-missing // _SECOND)


def seconds_until(quota: Quota, missing: int, *, cost: int) -> float:
    """Until `cost` tokens are there; 0 where they are."""
    return max(0, missing + quota.flow(cost) - quota.span) / _SECOND


def _missing(full_at: int | None, quota: Quota, now: int) -> int:
    return 0 if full_at is None else min(max(full_at - now, 0), quota.most)
