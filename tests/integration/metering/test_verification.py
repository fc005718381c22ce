"""What was drawn for usage against what its events burned."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from app.core.config import Settings
from app.infra import db
from app.metering import service, verification
from app.pricing.book import PriceBook
from app.rerating import service as rerating
from tests.factories import audit, prices, rated, wallets
from tests.factories.orgs import NOW, Tenant, tenant

DAY = timedelta(days=1)
OLD = datetime(2019, 5, 20, 10, tzinfo=UTC)


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    return await tenant(settings)


@pytest.fixture
async def _months_of_old(acme: Tenant) -> AsyncIterator[None]:
    await service.ensure_partitions_of([OLD, OLD + 15 * DAY])
    yield
    for month in ("05", "06"):
        await db.fetch(f"DROP TABLE IF EXISTS usage_event_2019_{month}")


async def findings() -> list[str]:
    return [finding.code async for finding in verification.findings()]


class TestFindings:
    @pytest.mark.parametrize(
        ("statement", "codes"),
        [
            (
                "UPDATE usage_event SET ledger_transaction_id = id WHERE event_id = 'a'",
                ["usage_draw_differs", "usage_draw_missing"],
            ),
            (
                "UPDATE usage_event SET ledger_transaction_id = NULL WHERE event_id = 'a'",
                ["usage_draw_differs"],
            ),
            ("UPDATE ledger_transaction SET amount = 1 WHERE kind = 'consume'", ["usage_draw_differs"] * 2),
            ("UPDATE usage_adjustment SET ledger_transaction_id = NULL", ["usage_draw_differs"]),
        ],
    )
    async def test_tell_what_was_drawn_for_other_usage(
        self, settings: Settings, acme: Tenant, statement: str, codes: list[str]
    ) -> None:
        await wallets.wallet(acme, 100)
        await rated.ingested(
            acme, *({"event_id": name, "input_tokens": 2_000} for name in "ab"), rated.pages("p", 3)
        )
        await prices.published(acme, prices.rule(2, "pages"), start=NOW - DAY)
        await rerating.rate_unrated(acme.org_id, book=PriceBook(), now=NOW)
        assert await findings() == []

        await audit.tamper(settings, statement)

        assert sorted(await findings()) == codes

    @pytest.mark.usefixtures("_months_of_old")
    async def test_know_that_events_may_be_gone(self, settings: Settings, acme: Tenant) -> None:
        """A transaction may have drawn for an event of a month that is kept and for one of a month that is not."""
        now = OLD + 15 * DAY
        await wallets.wallet(acme, 100, now=OLD)
        await rated.ingested(
            acme,
            {"event_id": "gone", "input_tokens": 2_000, "timestamp": OLD},
            {"event_id": "kept", "input_tokens": 1_000, "timestamp": now},
            now=now,
        )
        months = (2026 - 2019) * 12 + 11 - 6
        assert await service.drop_partitions(months=months, now=NOW, limit=100) >= 1

        assert await findings() == []
        await audit.tamper(settings, "UPDATE ledger_transaction SET amount = 0.5 WHERE kind = 'consume'")
        assert await findings() == ["usage_draw_differs"]
