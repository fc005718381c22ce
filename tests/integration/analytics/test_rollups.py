"""Days: sums of their hours at every moment, whoever writes those, and nobody waits for another."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest

from app.analytics import queries, rollups, verification
from app.analytics.types import Dimension, UsageQuestion
from app.core import ids
from app.core.config import Settings
from app.core.ids import OrgId, WorkspaceId
from app.core.principal import Permission, Principal
from app.infra import db
from tests.factories import usage_rows
from tests.factories.orgs import NOW
from tests.factories.usage_rows import Used

ORG, LIVE = OrgId(ids.uuid7()), WorkspaceId(ids.uuid7())
ANALYST = Principal("user", ids.uuid7(), {ORG: frozenset({Permission.USAGE_READ})})
DAY = UsageQuestion(datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC))
TABLES = tuple(rollup.table for rollup in rollups.DAYS)
_ADD = """
INSERT INTO usage_rollup_hour AS kept VALUES ($1, $2, $3, $3, 'c', '', '', 'p', $4, 1, 0, 10, 1, 0.5, 1, 2)
ON CONFLICT (org_id, hour, workspace_id, api_key_id, customer_id, user_id, feature_id, provider, model)
DO UPDATE SET requests = kept.requests + 1
"""


def event(**more: Any) -> Used:
    return Used(ORG, LIVE, **more)


async def drift() -> list[verification.Finding]:
    return [finding async for finding in verification.findings()]


async def requests(table: str) -> int:
    count: int = await db.fetchval(f"SELECT coalesce(sum(requests), 0)::bigint FROM {table}")
    return count


@asynccontextmanager
async def connected(settings: Settings) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    connection = await asyncpg.connect(settings.require_database_url())
    try:
        yield connection
    finally:
        await connection.close()


class TestDays:
    async def test_follow_what_is_added_changed_and_taken_away(self, settings: Settings) -> None:
        first = event(customer_id="a")
        await usage_rows.write(first, event(customer_id="b", at=NOW + timedelta(hours=1)))
        await usage_rows.write(event(customer_id="a"))
        await usage_rows.correct(usage_rows.voided(first))
        assert {await requests(table) for table in TABLES} == {2}
        assert await drift() == []

        await db.execute("UPDATE usage_rollup_hour SET model = 'renamed', credits = credits + 1")
        assert await drift() == []
        report = await queries.report(
            ANALYST, ORG, UsageQuestion(DAY.start, DAY.end, group_by=[Dimension.MODEL])
        )
        assert [bucket.group[Dimension.MODEL] for bucket in report.series if bucket.figures.requests] == [
            "renamed"
        ]

        await db.execute("DELETE FROM usage_rollup_hour WHERE customer_id = 'b'")
        assert {await requests(table) for table in TABLES} == {1}
        assert await drift() == []

    async def test_are_not_written_by_what_is_rolled_back(self, settings: Settings) -> None:
        with pytest.raises(RuntimeError):  # noqa: PT012 - a unit of work is a block
            async with db.unit_of_work() as uow:
                await uow.fetch(_ADD, ORG, NOW, LIVE, "m")
                raise RuntimeError
        assert {await requests(table) for table in TABLES} == {0}

    async def test_are_written_by_transactions_that_do_not_wait_for_each_other(
        self, settings: Settings
    ) -> None:
        """Hours apart, but one day: and each of them the other way round."""
        async with connected(settings) as one, connected(settings) as other:
            for connection in (one, other):
                await connection.execute("SET lock_timeout = '2s'")
                await connection.execute("BEGIN")
            for number in range(4):
                await one.execute(_ADD, ORG, NOW, LIVE, f"m{number}")
                await other.execute(_ADD, ORG, NOW + timedelta(hours=1), LIVE, f"m{3 - number}")
            await one.execute("COMMIT")
            await other.execute("COMMIT")

        assert await drift() == []
        slots = await db.fetch("SELECT DISTINCT slot FROM usage_rollup_day ORDER BY 1")
        assert [row["slot"] for row in slots] == [0, 1]
        assert {await requests(table) for table in TABLES} == {8}

    async def test_use_no_more_slots_than_there_are_writers_at_a_time(self, settings: Settings) -> None:
        for number in range(5):
            await usage_rows.write(event(model=f"m{number}"))
        assert await db.fetchval("SELECT max(slot) FROM usage_rollup_day") == 0

    async def test_lose_nothing_when_many_add_at_once(self, settings: Settings) -> None:
        await asyncio.gather(
            *(usage_rows.write(event(model=f"m{n % 3}"), event(customer_id="c")) for n in range(40))
        )
        assert {await requests(table) for table in TABLES} == {80}
        assert await drift() == []


class TestLatencyDays:
    async def test_follow_what_is_added_changed_and_taken_away(self, settings: Settings) -> None:
        await usage_rows.write(event(latency_ms=100), event(latency_ms=5, at=NOW + timedelta(hours=1)))
        await usage_rows.write(event(latency_ms=100, model="other"))
        assert await requests("usage_latency_day") == 3
        assert await drift() == []

        await db.execute("UPDATE usage_latency_hour SET provider = 'renamed', bucket = bucket + 1")
        assert await drift() == []
        await db.execute("DELETE FROM usage_latency_hour WHERE hour > $1", NOW)
        assert await requests("usage_latency_day") == 2
        assert await drift() == []

    async def test_answer_the_whole_days_of_a_range_and_hours_its_ends(self, settings: Settings) -> None:
        times = [DAY.start + timedelta(hours=hours) for hours in (-13, -11, -1, 0, 23, 24, 35, 37)]
        await usage_rows.write(*(event(at=at, latency_ms=100) for at in times))
        half = timedelta(hours=12)

        report = await queries.report(
            ANALYST, ORG, UsageQuestion(DAY.start - half, DAY.end + half, times=True)
        )

        assert [bucket.latency and bucket.latency.calls for bucket in report.series] == [2, 2, 2]
        assert report.latency is not None
        assert report.latency.calls == 6

    async def test_are_found_where_they_are_not_the_sum_of_their_hours(self, settings: Settings) -> None:
        await usage_rows.write(event(latency_ms=100))
        await db.execute("UPDATE usage_latency_day SET requests = requests + 1")
        assert [finding.code for finding in await drift()] == ["latency_day_differs"]


class TestFindings:
    @pytest.mark.parametrize("table", TABLES)
    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE {} SET revenue_usd = revenue_usd + 1",
            "DELETE FROM {}",
            "UPDATE {} SET day = day + interval '1 day'",
        ],
    )
    async def test_are_of_each_day_that_is_not_the_sum_of_its_hours(
        self, settings: Settings, table: str, change: str
    ) -> None:
        await usage_rows.write(event(customer_id="a"))
        await db.execute(change.format(table))
        found = await drift()
        assert found
        assert {(finding.code, finding.org_id) for finding in found} == {("rollup_day_differs", ORG)}
