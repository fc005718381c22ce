"""Usage from PostgreSQL: sums from the rollups, events from their partitions.

Names of tables and columns come from `rollups` and the enums; every value is a parameter.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from app.analytics import event_rows, latency, rollups
from app.analytics.cursors import Position
from app.analytics.rollups import Slice
from app.analytics.store import Place
from app.analytics.types import (
    Bucket,
    Dimension,
    EventFilter,
    Figures,
    Latency,
    Measure,
    UsageEventRecord,
    UsageQuestion,
    Value,
)
from app.core.principal import Access
from app.infra import db
from app.infra.db import Row

_NIL = UUID(int=0)
_FIGURES = (
    "requests",
    "unrated",
    "input_tokens",
    "output_tokens",
    "cost_usd",
    "credits",
    "revenue_usd",
)
_IDS = (Dimension.KEY, Dimension.WORKSPACE)
_MEASURES = {
    Measure.COST: "cost_usd",
    Measure.CREDITS: "credits",
    Measure.TOKENS: "input_tokens + output_tokens",
    Measure.REQUESTS: "requests",
}
# Sums of bigint are numeric, which costs in the driver what it does not bring here.
_SUMS = ", ".join(
    f"sum({name}){'' if name.endswith(('usd', 'credits')) else '::bigint'} AS {name}" for name in _FIGURES
)
_TOTALS = ", ".join(
    f"sum(grain.{name}){'' if name.endswith(('usd', 'credits')) else '::bigint'} AS {name}"
    for name in _FIGURES
)


class PostgresUsage:
    """`store.UsageStore`."""

    async def series(self, access: Access, question: UsageQuestion, *, limit: int) -> Sequence[Bucket]:
        asked = _within_workspace(access, question)
        sql, args = series_statement(access, asked, limit)
        return [_bucket(row, asked) for row in await db.fetch(sql, *args)]

    async def latencies(self, access: Access, question: UsageQuestion) -> Mapping[Place, Latency]:
        asked = _within_workspace(access, question)
        if not rollups.knows(rollups.LATENCY, asked):
            return {}
        sql, args = latency_statement(access, asked)
        return {_place(row, asked): _latency(row) for row in await db.fetch(sql, *args)}

    async def events(
        self, access: Access, where: EventFilter, *, after: Position | None, limit: int
    ) -> Sequence[UsageEventRecord]:
        sql, args = event_rows.statement(access, where, after, limit)
        return [event_rows.record(row) for row in await db.fetch(sql, *args)]


@dataclass
class _Arguments:
    values: list[object] = field(default_factory=list)

    def add(self, value: object) -> str:
        self.values.append(value)
        return f"${len(self.values)}"


def series_statement(access: Access, question: UsageQuestion, limit: int) -> tuple[str, Sequence[object]]:
    args = _Arguments()
    org = args.add(access.org_id)
    rows = " UNION ALL ".join(_rows(each, question, org, args) for each in rollups.plan(question))
    names = [f"d{position}" for position in range(len(question.group_by))]
    grain = f"SELECT {', '.join(['start', *names])}, {_SUMS} FROM ({rows}) AS rows GROUP BY {_places(names)}"
    if question.top is None:
        return f"{grain} ORDER BY {_places(names)} LIMIT {limit}", args.values
    return _top(grain, names, question, args.add(question.top), limit), args.values


def latency_statement(access: Access, question: UsageQuestion) -> tuple[str, Sequence[object]]:
    """Per bucket, and one row of the whole, whose `start` is null."""
    args = _Arguments()
    org = args.add(access.org_id)
    rows = " UNION ALL ".join(
        _rows(each, question, org, args, ("bucket", "requests")) for each in rollups.latency_plan(question)
    )
    names = [f"d{position}" for position in range(len(question.group_by))]
    keys = ", ".join(["start", *names])
    nothing = "".join(f", NULL AS {name}" for name in names)
    found = ", ".join(
        f"min(bucket) FILTER (WHERE upto * 100 >= calls * {percent}) AS p{percent}"
        for percent in latency.PERCENTS
    )
    sql = f"""
WITH timed AS MATERIALIZED (
    SELECT {keys}, bucket, sum(requests)::bigint AS requests FROM ({rows}) AS rows GROUP BY {keys}, bucket
), counted AS (
    SELECT {keys}, bucket, sum(requests) OVER (PARTITION BY {keys} ORDER BY bucket) AS upto,
        sum(requests) OVER (PARTITION BY {keys}) AS calls
    FROM (
        SELECT {keys}, bucket, requests FROM timed
        UNION ALL SELECT NULL{nothing}, bucket, sum(requests) FROM timed GROUP BY bucket
    ) AS each_and_all
)
SELECT {keys}, max(calls)::bigint AS calls, {found} FROM counted GROUP BY {keys}
"""
    return sql, args.values


def _within_workspace(access: Access, question: UsageQuestion) -> UsageQuestion:
    """What a key may see is one more filter."""
    workspace = access.principal.workspace_id
    if workspace is None:
        return question
    asked = question.where.get(Dimension.WORKSPACE)
    seen = [workspace] if asked is None or workspace in asked else []
    return question.narrowed({**question.where, Dimension.WORKSPACE: seen})


def _rows(
    source: Slice, question: UsageQuestion, org: str, args: _Arguments, figures: Sequence[str] = _FIGURES
) -> str:
    columns = "".join(
        f", {source.rollup.columns[dimension]} AS d{position}"
        for position, dimension in enumerate(question.group_by)
    )
    start = f"date_trunc('{question.granularity.value}', {source.rollup.time}, 'UTC') AS start"
    condition = _condition(source, question, org, args)
    return f"SELECT {start}{columns}, {', '.join(figures)} FROM {source.rollup.table} WHERE {condition}"


def _condition(source: Slice, question: UsageQuestion, org: str, args: _Arguments) -> str:
    time = source.rollup.time
    parts = [f"org_id = {org}", f"{time} >= {args.add(source.start)}", f"{time} < {args.add(source.end)}"]
    for dimension, values in question.where.items():
        column = source.rollup.columns[dimension]
        kept = [_kept(dimension, value) for value in values]
        kind = "uuid" if dimension in _IDS else "text"
        parts.append(f"{column} = ANY ({args.add(kept)}::{kind}[])")
        if dimension is Dimension.CUSTOMER and "" not in kept:
            # So that the index of customers, which has no others, may be used.
            parts.append(f"{column} <> ''")
    return " AND ".join(parts)


def _top(grain: str, names: Sequence[str], question: UsageQuestion, top: str, limit: int) -> str:
    groups = ", ".join(names)
    shown = "".join(f", CASE WHEN place <= {top} THEN {name} END AS {name}" for name in names)
    return f"""
WITH grain AS MATERIALIZED ({grain}),
ranked AS (
    SELECT {groups}, row_number() OVER (ORDER BY sum({_MEASURES[question.top_by]}) DESC, {groups}) AS place
    FROM grain GROUP BY {groups}
)
SELECT start{shown}, least(place, {top}::bigint + 1) AS place, place > {top} AS is_other, {_TOTALS}
FROM grain JOIN ranked USING ({groups})
GROUP BY {", ".join(str(position + 1) for position in range(len(names) + 3))}
ORDER BY start, {len(names) + 2} LIMIT {limit}
"""


def _places(names: Sequence[str]) -> str:
    return ", ".join(str(position + 1) for position in range(len(names) + 1))


def _kept(dimension: Dimension, value: Value) -> str | UUID:
    """As the rollups keep it: what has none is '' or the nil UUID there, so that it can be part of a key."""
    if value is None:
        return _NIL if dimension in _IDS else ""
    return value


def _shown(value: str | UUID | None) -> str | None:
    return None if value is None or value in ("", _NIL) else str(value)


def _group(row: Row, question: UsageQuestion) -> tuple[str | None, ...]:
    return tuple(_shown(row[1 + position]) for position in range(len(question.group_by)))


def _place(row: Row, question: UsageQuestion) -> Place:
    return None if row["start"] is None else (row["start"], _group(row, question))


def _bucket(row: Row, question: UsageQuestion) -> Bucket:
    group = dict(zip(question.group_by, _group(row, question), strict=True))
    figures = Figures(**{name: row[name] for name in _FIGURES})
    return Bucket(row["start"], group, figures, question.top is not None and row["is_other"])


def _latency(row: Row) -> Latency:
    return latency.of(row["calls"], [row[f"p{percent}"] for percent in latency.PERCENTS])
