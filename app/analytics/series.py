"""Steps without usage, and the change from one period to the next. Pure."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from app.analytics.types import Bucket, Figures, UsageQuestion, next_step, percent, start_of

_COMPARED = (
    "requests",
    "input_tokens",
    "output_tokens",
    "tokens",
    "cost_usd",
    "credits",
    "revenue_usd",
    "unrated",
)


def filled(series: Sequence[Bucket], question: UsageQuestion, *, limit: int) -> list[Bucket]:
    """Every group of `series` in every step of the question; what is missing is 0. Ends soon after `limit`."""
    groups: dict[tuple[object, ...], Bucket] = {}
    found: dict[tuple[object, ...], Bucket] = {}
    for bucket in series:
        key: tuple[object, ...] = (bucket.is_other, *bucket.group.values())
        groups.setdefault(key, bucket)
        found[bucket.start, *key] = bucket
    if not groups and not question.group_by:
        groups[False,] = Bucket(question.start, {}, Figures())
    start = start_of(question.start, question.granularity)
    whole: list[Bucket] = []
    while start < question.end and len(whole) <= limit:
        for key, example in groups.items():
            empty = Bucket(start, example.group, Figures(), example.is_other)
            whole.append(found.get((start, *key), empty))
        start = next_step(start, question.granularity)
    return whole


def change(now: Figures, before: Figures) -> Mapping[str, Decimal | None]:
    return {name: _change(getattr(now, name), getattr(before, name)) for name in _COMPARED}


def _change(now: Decimal | int, before: Decimal | int) -> Decimal | None:
    return percent(Decimal(now) - Decimal(before), Decimal(before)) if before else None
