"""Single events: paged through partitions, corrected, and seen by whom they belong to."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import orjson
import pytest

from app.analytics import event_rows, queries
from app.analytics.cursors import EventPageRequest, Position
from app.analytics.types import EventFilter, UsageEventRecord
from app.core import ids
from app.core.config import Settings
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.core.ids import OrgId, WorkspaceId
from app.core.principal import Permission, Principal
from app.infra import db
from app.metering import service as metering
from tests.factories import usage_rows
from tests.factories.orgs import NOW
from tests.factories.usage_rows import Correction, Used

ORG, LIVE, TEST = OrgId(ids.uuid7()), WorkspaceId(ids.uuid7()), WorkspaceId(ids.uuid7())
ANALYST = Principal("user", ids.uuid7(), {ORG: frozenset({Permission.USAGE_READ})})


def event(**more: Any) -> Used:
    return Used(**{"org_id": ORG, "workspace_id": LIVE, **more})


async def read(
    where: EventFilter | None = None, *, first: int = 100, of: Principal = ANALYST
) -> Sequence[UsageEventRecord]:
    page = await queries.events(of, ORG, request=EventPageRequest(first), where=where or EventFilter())
    return page.items


class TestEvents:
    async def test_come_newest_first_page_by_page(self, settings: Settings) -> None:
        """Many of one moment, over two months: none twice, none left out."""
        await metering.ensure_partitions(now=NOW)
        events = [event(at=NOW - timedelta(days=number // 3 * 5)) for number in range(25)]
        await usage_rows.write(*events)

        seen: list[UsageEventRecord] = []
        after = None
        while True:
            page = await queries.events(ANALYST, ORG, request=EventPageRequest(4, after))
            seen += page.items
            if not page.has_next:
                break
            after = Position(page.items[-1].occurred_at, page.items[-1].id)

        expected = sorted(((each.at, each.id) for each in events), reverse=True)
        assert [(each.occurred_at, each.id) for each in seen] == expected

    async def test_may_be_chosen(self, settings: Settings) -> None:
        await usage_rows.write(
            event(customer_id="a", model="m", feature_id="f", event_id="one"),
            event(customer_id="b", model="n", at=NOW - timedelta(hours=2), event_id="two"),
            event(customer_id="c", cost=None, at=NOW - timedelta(days=40), event_id="three"),
        )

        async def names(**given: Any) -> set[str]:
            return {each.event_id for each in await read(EventFilter(**given))}

        assert await names(customers=["a", "c"]) == {"one", "three"}
        assert await names(models=["n"]) == {"two"}
        assert await names(features=["f"]) == {"one"}
        assert await names(event_ids=["three", "one"]) == {"one", "three"}
        assert await names(event_ids=["four"]) == set()
        assert await names(is_unrated=True) == {"three"}
        assert await names(start=NOW - timedelta(hours=2), end=NOW) == {"two"}
        assert await names(customers=["a"], models=["n"]) == set()

    async def test_show_a_key_those_of_its_workspace(self, settings: Settings) -> None:
        await usage_rows.write(event(event_id="live"), event(event_id="test", workspace_id=TEST))
        of_test = Principal("api_key", ids.uuid7(), ANALYST.orgs, TEST)

        assert [each.event_id for each in await read(of=of_test)] == ["test"]
        assert await read(EventFilter(event_ids=["live"]), of=of_test) == []

    async def test_show_nothing_of_another_org(self, settings: Settings) -> None:
        rival = OrgId(ids.uuid7())
        await usage_rows.write(event(org_id=rival, event_id="theirs"), event(event_id="ours"))

        assert [each.event_id for each in await read()] == ["ours"]
        assert await read(EventFilter(event_ids=["theirs"])) == []
        with pytest.raises(NotFound):
            await queries.events(ANALYST, rival, request=EventPageRequest())
        writer = Principal("user", ids.uuid7(), {ORG: frozenset({Permission.USAGE_WRITE})})
        with pytest.raises(Forbidden, match="usage:read"):
            queries.export(writer, ORG)

    async def test_refuse_a_range_that_is_none(self, settings: Settings) -> None:
        with pytest.raises(InvalidInput) as raised:
            await read(EventFilter(NOW, NOW, customers=[]))
        assert [error.field for error in raised.value.field_errors] == ["to", "customer"]


class TestCorrections:
    async def test_rate_what_had_no_price(self, settings: Settings) -> None:
        late = event(cost=None, credits=Decimal(1))
        await usage_rows.write(late)
        await usage_rows.correct(usage_rows.rated(late, Decimal("0.5"), Decimal(2)))

        [found] = await read()

        assert (found.is_unrated, found.cost_usd, found.credits) == (False, Decimal("0.5"), Decimal(3))
        assert (found.cost_ref, found.burn_ref) == ("later", "default@1")
        assert await read(EventFilter(is_unrated=True)) == []

    async def test_take_an_event_back(self, settings: Settings) -> None:
        mistaken = event(revenue=Decimal(2))
        await usage_rows.write(mistaken, event(event_id="kept"))
        await usage_rows.correct(usage_rows.voided(mistaken))

        found = next(each for each in await read() if each.id == mistaken.id)

        assert found.is_voided
        assert (found.input_tokens, found.output_tokens) == (0, 0)
        assert (found.cost_usd, found.credits, found.revenue_usd) == (Decimal(0), Decimal(0), Decimal(0))

    async def test_add_up(self, settings: Settings) -> None:
        once = event(cost=Decimal(1), credits=Decimal(10), revenue=None)
        await usage_rows.write(once)
        await usage_rows.correct(
            Correction(once, "rerated", cost=Decimal(2), revenue=Decimal(7), cost_ref="a")
        )
        later = NOW + timedelta(hours=1)
        await usage_rows.correct(Correction(once, "rerated", credits=Decimal(-4), cost_ref="b"), at=later)

        [found] = await read()

        assert (found.cost_usd, found.credits, found.revenue_usd) == (Decimal(3), Decimal(6), Decimal(7))
        assert (found.cost_ref, found.is_voided) == ("b", False)

    async def test_leave_revenue_unknown_where_no_credit_has_a_price(self, settings: Settings) -> None:
        await usage_rows.write(event())
        assert [each.revenue_usd for each in await read()] == [None]


class TestExport:
    async def test_gives_everything_in_batches(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(queries, "_EXPORT_BATCH", 3)
        events = [event(at=NOW - timedelta(minutes=number)) for number in range(7)]
        await usage_rows.write(*events)

        batches = [batch async for batch in queries.export(ANALYST, ORG)]

        assert [len(batch) for batch in batches] == [3, 3, 1]
        assert [each.id for batch in batches for each in batch] == [each.id for each in events]


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


class TestPlan:
    """What PostgreSQL would do, with enough rows that it has to choose."""

    @pytest.fixture(autouse=True)
    async def _events(self, settings: Settings) -> None:
        # Rows that lie where tests before this one have deleted theirs are in no order, which indexes cost more for.
        await db.fetch("TRUNCATE usage_event")
        await metering.ensure_partitions(now=NOW)
        for days in (2, 20, 40):
            at = NOW - timedelta(days=days)
            await usage_rows.write(
                *(event(at=at + timedelta(seconds=n), customer_id=f"c{n}") for n in range(1_000))
            )
        await db.fetch("ANALYZE usage_event")

    async def plan(
        self, where: EventFilter, after: Position | None = None
    ) -> tuple[list[dict[str, Any]], set[str]]:
        access = ANALYST.authorise(ORG, Permission.USAGE_READ)
        sql, args = event_rows.statement(access, where, after, 21)
        text = await db.fetchval(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", *args)
        below = list(nodes(orjson.loads(text)[0]["Plan"]))
        return below, {
            node["Relation Name"] for node in below if node.get("Relation Name", "").startswith("usage_event")
        }

    async def test_reads_only_the_months_of_the_range(self) -> None:
        start, end = datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)
        _, tables = await self.plan(EventFilter(start, end))
        assert tables == {"usage_event_2026_10"}

        _, tables = await self.plan(EventFilter(start, NOW))
        assert tables == {"usage_event_2026_10", "usage_event_2026_11"}

    async def test_goes_on_in_the_month_of_the_cursor(self) -> None:
        position = Position(NOW - timedelta(days=30), ids.uuid7())
        start = datetime(2026, 10, 1, tzinfo=UTC)
        _, tables = await self.plan(EventFilter(start, NOW), position)
        assert tables == {"usage_event_2026_10"}

    @pytest.mark.parametrize("where", [EventFilter(), EventFilter(customers=["c1", "c2"])])
    async def test_never_sorts_more_than_the_page(self, where: EventFilter) -> None:
        below, _ = await self.plan(where)
        sorts = [node for node in below if node["Node Type"] == "Sort"]
        assert all(node["Actual Rows"] <= 21 for node in sorts)
        # For a few customers also by a bitmap.
        assert any("Index Scan" in node["Node Type"] for node in below)

    async def test_reads_no_more_rows_than_the_page_needs(self) -> None:
        below, _ = await self.plan(EventFilter())
        read = [
            node["Actual Rows"] * node["Actual Loops"]
            for node in below
            if node.get("Relation Name", "").startswith("usage_event_2")
        ]
        assert sum(read) <= 21 + len(read), "one more of each month, to know which is the newest"
