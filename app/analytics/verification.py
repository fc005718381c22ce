"""Proving the days: each is the sum of its hours, and none is without them.

One statement for each daily rollup: an hour and its day commit together, so it sees them agree.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.analytics.rollups import DAYS, HOUR, LATENCY, LATENCY_DAY, Rollup
from app.infra import db
from app.infra.db import Row

_MOST_FINDINGS = 1_000
_FIGURES = (
    "requests",
    "unrated",
    "input_tokens",
    "output_tokens",
    "cost_usd",
    "credits",
    "revenue_usd",
)
_CALLS = ("requests",)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not add up: what, and where."""

    code: str
    org_id: UUID
    where: str
    text: str


async def findings(org_id: UUID | None = None) -> AsyncIterator[Finding]:
    """Of one org, or of all; at most a thousand of each rollup."""
    for rollup in DAYS:
        names = sorted(rollup.columns.values())
        for row in await db.fetch(_statement(HOUR, rollup, names, _FIGURES), org_id, _MOST_FINDINGS):
            yield _finding("rollup_day_differs", row, names, _FIGURES)
    names = [*sorted(LATENCY_DAY.columns.values()), "bucket"]
    for row in await db.fetch(_statement(LATENCY, LATENCY_DAY, names, _CALLS), org_id, _MOST_FINDINGS):
        yield _finding("latency_day_differs", row, names, _CALLS)


def _statement(hours: Rollup, days: Rollup, dimensions: Sequence[str], amounts: Sequence[str]) -> str:
    names = ", ".join(dimensions)
    keys = f"org_id, day, {names}"
    sums = ", ".join(f"sum({name}) AS {name}" for name in amounts)
    figures = ", ".join(f"kept.{name} AS kept_{name}, summed.{name} AS summed_{name}" for name in amounts)
    # A day may be there with nothing in it: what was counted has been taken back.
    differs = " OR ".join(f"coalesce(kept.{name}, 0) <> coalesce(summed.{name}, 0)" for name in amounts)
    return f"""
WITH summed AS (
    SELECT org_id, date_trunc('day', hour, 'UTC') AS day, {names}, {sums} FROM {hours.table}
    WHERE $1::uuid IS NULL OR org_id = $1 GROUP BY {keys.replace("day", "2", 1)}
), kept AS (
    SELECT {keys}, {sums} FROM {days.table} WHERE $1::uuid IS NULL OR org_id = $1 GROUP BY {keys}
)
SELECT {keys}, {figures} FROM summed FULL JOIN kept USING ({keys})
WHERE {differs} ORDER BY org_id, day LIMIT $2
"""


def _finding(code: str, row: Row, names: Sequence[str], amounts: Sequence[str]) -> Finding:
    parts = ", ".join(f"{name} {row[name]}" for name in names if row[name])
    differences = [
        f"{name} {row[f'kept_{name}'] or 0} instead of {row[f'summed_{name}'] or 0}"
        for name in amounts
        if (row[f"kept_{name}"] or 0) != (row[f"summed_{name}"] or 0)
    ]
    where = f"day {row['day']:%Y-%m-%d}, {parts}"
    return Finding(code, row["org_id"], where, ", ".join(differences))
