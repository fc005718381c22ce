"""Questions of analysts about a month of usage, against a bare fetch of as many rows from a plain table.

The rollups are those of `--events` events, near the worst case: 681,000 hourly rows a million. In process, through
`analytics.queries` and the ORM's pool, as a request would ask. Ten million: --events 10000000, some minutes.
"""

import argparse
import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from app.analytics import queries, rollups
from app.analytics.cursors import EventPageRequest
from app.analytics.rollups import Rollup
from app.analytics.types import Dimension, EventFilter, Granularity, UsageQuestion
from app.core import ids
from app.core.config import Settings
from app.core.ids import OrgId
from app.core.principal import Permission, Principal
from app.infra import db, orm
from bench import figures
from bench.harness import System

_HOURS = 24 * 30
_START = datetime(2026, 10, 1, tzinfo=UTC)
_END = _START + timedelta(hours=_HOURS)
_ROWS_PER_EVENT = 0.681
_ORG = OrgId(UUID(int=0xA))
_ANALYST = Principal("user", ids.uuid7(), {_ORG: frozenset({Permission.USAGE_READ})})

# `k` counts the rows of an hour: a thousand customers, and of each so many users; twenty models, five features.
_FILL_HOURS = """
INSERT INTO usage_rollup_hour
SELECT $1::uuid, $2::timestamptz + make_interval(hours => h), $3::uuid, $3::uuid, 'customer-' || k % 1000,
    'user-' || k / 1000, 'feature-' || k / 1000 % 5, 'provider-' || (k + k / 1000 * 7 + h) % 4,
    'model-' || (k + k / 1000 * 7 + h) % 20, 1 + k % 2, 0, 900 + k, 200, 0.00123, 1.1, 0.0022
FROM generate_series(0, $4::int - 1) AS h, generate_series(0, $5::int - 1) AS k
"""
_FILL_LATENCIES = """
INSERT INTO usage_latency_hour
SELECT $1::uuid, $2::timestamptz + make_interval(hours => h), $3::uuid, 'provider-' || m % 4, 'model-' || m, b,
    1 + b % 7
FROM generate_series(0, $4::int - 1) AS h, generate_series(0, 19) AS m, generate_series(40, 79) AS b
"""
_FILL_EVENTS = """
INSERT INTO usage_event (id, org_id, workspace_id, event_id, event_type, occurred_at, received_at, customer_id,
    provider, model, input_tokens, output_tokens, cached_input_tokens, cache_write_tokens, reasoning_tokens,
    usage_source, cost_usd, credits, burn_ref, properties)
SELECT gen_random_uuid(), $1, $3, 'evt-' || n, 'TOKEN_USAGE', at, at, 'customer-' || n % 1000, 'openai',
    'model-' || n % 20, 900, 200, 0, 0, 0, 'provider', 0.00123, 1.1, 'default@1', '{}'
FROM (
    SELECT n, $2::timestamptz + n * (interval '30 days' / $4::int) AS at FROM generate_series(0, $4::int - 1) AS n
) AS made
"""
_FIGURES = ("requests", "unrated", "input_tokens", "output_tokens", "cost_usd", "credits", "revenue_usd")
_PLAIN = """
CREATE TABLE bench_usage AS
SELECT hour, model, requests, unrated, input_tokens, output_tokens, cost_usd, credits, revenue_usd
FROM usage_rollup_hour LIMIT 20000
"""


@dataclass
class Question:
    """What is asked, and how long it and the floor took, round by round, in seconds."""

    name: str
    ask: Callable[[], Awaitable[int]]
    rows: int = 0
    took: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)

    async def measure(self) -> None:
        started = time.perf_counter()
        self.rows = await self.ask()
        between = time.perf_counter()
        await db.fetch("SELECT * FROM bench_usage LIMIT $1", self.rows)
        self.took.append(between - started)
        self.floor.append(time.perf_counter() - between)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--raw", type=int, default=100_000, help="how many of them are there one by one")
    parser.add_argument("--rounds", type=int, default=30)
    options = parser.parse_args()
    with System() as system:
        settings = Settings(database_url=system.database_url, redis_url=system.redis_url, secret_key="-" * 48)
        asyncio.run(_run(settings, options.events, options.raw, options.rounds))


async def _run(settings: Settings, events: int, raw: int, rounds: int) -> None:
    await orm.init(settings, application_name="bench", is_patient=True)
    try:
        started = time.perf_counter()
        rows = await fill(events, raw)
        print(f"{events:,} events, {rows:,} hourly rows, made in {time.perf_counter() - started:.0f} s\n")
        asked = questions()
        for question in asked:
            await question.measure()
            question.took.clear()
            question.floor.clear()
        for number in range(rounds):
            for question in asked if number % 2 == 0 else reversed(asked):
                await question.measure()
        print(report(asked))
    finally:
        await orm.close()


async def fill(events: int, raw: int) -> int:
    """The usage of a month; returns how many hourly rows it has."""
    per_hour = max(1, round(events * _ROWS_PER_EVENT / _HOURS))
    workspace = UUID(int=0xB)
    async with db.unit_of_work() as uow:
        # The days are added up at once below, not row by row; and there are no partitions to be made for October.
        await uow.fetch("SET LOCAL session_replication_role = replica")
        await uow.fetch(_FILL_HOURS, _ORG, _START, workspace, _HOURS, per_hour)
        await uow.fetch(_FILL_LATENCIES, _ORG, _START, workspace, _HOURS)
        for days in rollups.DAYS:
            await uow.fetch(_days(rollups.HOUR, days, list(days.columns.values()), _FIGURES))
        dimensions = [*rollups.LATENCY_DAY.columns.values(), "bucket"]
        await uow.fetch(_days(rollups.LATENCY, rollups.LATENCY_DAY, dimensions, ["requests"]))
        await uow.fetch("SELECT ensure_usage_partitions($1)", _START)
        await uow.fetch(_FILL_EVENTS, _ORG, _START, workspace, raw)
        await uow.fetch(_PLAIN)
    await db.fetch("VACUUM ANALYZE")
    return per_hour * _HOURS


def _days(hours: Rollup, days: Rollup, dimensions: Sequence[str], amounts: Sequence[str]) -> str:
    names = ", ".join(dimensions)
    return (
        f"INSERT INTO {days.table} (org_id, day, {names}, slot, {', '.join(amounts)}) "
        f"SELECT org_id, date_trunc('day', hour, 'UTC') AS start, {names}, 0, "
        f"{', '.join(f'sum({name})' for name in amounts)} FROM {hours.table} GROUP BY org_id, start, {names}"
    )


def questions() -> list[Question]:
    month = UsageQuestion(_START, _END)
    week = UsageQuestion(_START + timedelta(days=7), _START + timedelta(days=14))
    unaligned = timedelta(hours=9)
    model, customer, feature = Dimension.MODEL, Dimension.CUSTOMER, Dimension.FEATURE
    hour, by_month = Granularity.HOUR, Granularity.MONTH
    asked = {
        "month by day and model": ask(month, group_by=[model]),
        "the same, ends within days": ask(
            UsageQuestion(_START + unaligned, _END - unaligned), group_by=[model]
        ),
        "the same, with latency": ask(month, group_by=[model], times=True),
        "month by day, feature and key": ask(month, group_by=[feature, Dimension.KEY]),
        "month: top 10 users": ask(month, granularity=by_month, group_by=[Dimension.USER], top=10),
        "month: top 20 of customer and model": ask(
            month, granularity=by_month, group_by=[customer, model], top=20
        ),
        "month: top 10 customers": ask(month, granularity=by_month, group_by=[customer], top=10),
        "one customer's month by hour": ask(month, granularity=hour, where={customer: ["customer-37"]}),
        "one customer's month, 3 dimensions": ask(
            month,
            granularity=by_month,
            group_by=[model, feature, Dimension.USER],
            where={customer: ["customer-37"]},
        ),
        "week, 3 dimensions, top 20": ask(
            week, granularity=by_month, group_by=[model, customer, feature], top=20
        ),
        "100 raw events": page(EventFilter(_START, _END)),
        "100 raw events of a customer": page(EventFilter(_START, _END, customers=["customer-37"])),
    }
    return [Question(name, each) for name, each in asked.items()]


def ask(question: UsageQuestion, **changes: Any) -> Callable[[], Awaitable[int]]:
    changed = replace(question, **changes)

    async def asked() -> int:
        return len((await queries.report(_ANALYST, _ORG, changed)).series)

    return asked


def page(where: EventFilter) -> Callable[[], Awaitable[int]]:
    async def asked() -> int:
        return len((await queries.events(_ANALYST, _ORG, request=EventPageRequest(100), where=where)).items)

    return asked


def report(asked: Sequence[Question]) -> str:
    header = ["", "rows", "p50 ms", "p99 ms", "floor p50 ms", "times the floor"]
    return figures.table(header, [_row(question) for question in asked])


def _row(question: Question) -> list[str]:
    ratio = figures.median(figures.ratios(question.took, question.floor))
    return [
        question.name,
        str(question.rows),
        f"{figures.percentile(question.took, 50) * 1000:.1f}",
        f"{figures.percentile(question.took, 99) * 1000:.1f}",
        f"{figures.percentile(question.floor, 50) * 1000:.2f}",
        f"{ratio:.1f}",
    ]


if __name__ == "__main__":
    main()
