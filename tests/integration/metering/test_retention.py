"""What is forgotten, and that the books still agree."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from app.core.config import Settings
from app.infra import db
from app.metering import service, verification
from tests.factories.orgs import NOW, Tenant, tenant
from tests.factories.usage import event, ingest, statuses

OLD = datetime(2019, 5, 20, 10, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
async def acme(settings: Settings) -> AsyncIterator[Tenant]:
    yield await tenant(settings)
    for year in (2019, 2020):
        for month in range(1, 13):
            await db.fetch(f"DROP TABLE IF EXISTS usage_event_{year}_{month:02}")


async def findings() -> list[str]:
    return [finding.code async for finding in verification.findings()]


async def events() -> list[str]:
    return [row[0] for row in await db.fetch("SELECT event_id FROM usage_event ORDER BY 1")]


class TestDropPartitions:
    async def test_drops_whole_months_and_keeps_their_sums(self, acme: Tenant) -> None:
        old = event("old", timestamp=OLD.isoformat())
        await ingest(acme, old, {"event_id": "v", "voids": "older"}, is_backfill=True)
        await ingest(acme, event("edge", timestamp="2019-06-01T00:00:00Z"), event("new"), is_backfill=True)
        months = (2026 - 2019) * 12 + 11 - 6

        dropped = [await service.drop_partitions(months=months, now=NOW, limit=2) for _ in range(4)]

        assert dropped == [2, 1, 0, 0]
        assert await events() == ["edge", "new"]
        assert await db.fetchval("SELECT sum(requests) FROM usage_rollup_hour") == 3
        assert await findings() == []
        assert await statuses(acme, old, is_backfill=True) == ["duplicate"]

    async def test_may_be_raced(self, acme: Tenant) -> None:
        await ingest(acme, event("old", timestamp=OLD.isoformat()), is_backfill=True)

        dropped = await asyncio.gather(
            *(service.drop_partitions(months=12, now=NOW, limit=100) for _ in range(4)),
            *(ingest(acme, event(f"e{number}")) for number in range(4)),
        )

        assert sum(count for count in dropped if isinstance(count, int)) >= 1
        assert await events() == ["e0", "e1", "e2", "e3"]
        assert await findings() == []

    async def test_still_finds_what_differs(self, acme: Tenant) -> None:
        await ingest(acme, event("old", timestamp=OLD.isoformat()), event("new"), is_backfill=True)
        await service.drop_partitions(months=12, now=NOW, limit=100)

        await db.execute("UPDATE usage_rollup_hour SET requests = 2 WHERE hour > '2026-01-01'")

        assert await findings() == ["rollup_differs"]


class TestPurgeKeys:
    async def test_forgets_what_is_old_by_its_time_and_by_its_receipt(self, acme: Tenant) -> None:
        """An event sent long after it happened is known as long as one that happened when it was sent."""
        await ingest(acme, event("a", timestamp=(NOW - 30 * DAY).isoformat()), event("b"), now=NOW)
        later = datetime.now(UTC) + 45 * DAY
        await ingest(acme, event("c"), now=later)

        assert await service.purge_keys(days=40, now=NOW + 20 * DAY) == 0
        assert await service.purge_keys(days=40, now=later, limit=1) == 1
        assert await service.purge_keys(days=40, now=later) == 1
        assert await service.purge_keys(days=40, now=later) == 0

        assert [row[0] for row in await db.fetch("SELECT event_id FROM usage_event_key")] == ["c"]
        assert await events() == ["a", "b", "c"]
        assert await findings() == []

    async def test_still_finds_a_key_that_is_missing(self, acme: Tenant) -> None:
        await ingest(acme, event("a"))
        await service.purge_keys(days=40, now=datetime.now(UTC) + 50 * DAY)
        await ingest(acme, event("b"), now=datetime.now(UTC) + 50 * DAY)

        await db.execute("DELETE FROM usage_event_key")

        assert await findings() == ["usage_key_missing"]

    async def test_may_be_raced(self, acme: Tenant) -> None:
        await ingest(acme, *(event(f"e{number}") for number in range(50)))
        later = datetime.now(UTC) + 50 * DAY

        purged = await asyncio.gather(*(service.purge_keys(days=40, now=later, limit=20) for _ in range(6)))

        assert sum(purged) == 50


class TestMonthsBefore:
    @pytest.mark.parametrize(
        ("months", "expected"), [(0, (2026, 11)), (10, (2026, 1)), (11, (2025, 12)), (23, (2024, 12))]
    )
    def test_is_the_beginning_of_a_month(self, months: int, expected: tuple[int, int]) -> None:
        assert service.months_before(NOW, months) == datetime(*expected, 1, tzinfo=UTC)
