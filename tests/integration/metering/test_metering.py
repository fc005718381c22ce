"""Usage: recorded once, summed exactly, shown to whom it belongs."""

# ruff: noqa: PT012 - a unit of work is a block, and its errors come out of the end of it

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal

import pytest

from app.analytics import queries
from app.analytics.types import Figures, UsageQuestion
from app.core import ids
from app.core.config import Settings
from app.core.ids import ApiKeyId, JobId, OrgId, WorkspaceId
from app.core.inference import Usage, UsageSource
from app.core.principal import Permission, Principal
from app.infra import db
from app.metering import service
from app.metering.errors import UsageAlreadyRecorded
from app.metering.types import EventType, Rating, UsageEvent
from tests.factories.orgs import NOW

ORG, LIVE, TEST = OrgId(ids.uuid7()), WorkspaceId(ids.uuid7()), WorkspaceId(ids.uuid7())
ANALYST = Principal("user", ids.uuid7(), {ORG: frozenset({Permission.USAGE_READ})})
DAY = UsageQuestion(datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC))


def event(
    event_id: str | None = None,
    *,
    at: datetime = NOW,
    cost: str | None = "0.0125",
    burned: str = "1.5",
    usage: Usage | None = None,
    org_id: OrgId = ORG,
    workspace_id: WorkspaceId = LIVE,
    model: str = "gpt-4o",
    provider: str = "openai",
    customer_id: str | None = None,
    feature_id: str | None = None,
    user_id: str | None = None,
    api_key_id: ApiKeyId | None = None,
) -> UsageEvent:
    return UsageEvent(
        event_id=event_id or str(ids.uuid7()),
        org_id=org_id,
        workspace_id=workspace_id,
        occurred_at=at,
        event_type=EventType.TOKEN_USAGE,
        provider=provider,
        model=model,
        usage=usage or Usage(1_000, 200),
        rating=Rating(None if cost is None else Decimal(cost), Decimal(burned), cost and "ref", "default@1"),
        customer_id=customer_id,
        feature_id=feature_id,
        user_id=user_id,
        api_key_id=api_key_id,
    )


async def record(*events: UsageEvent) -> None:
    async with db.unit_of_work() as uow:
        service.record(uow, events, now=NOW)


async def ask(question: UsageQuestion = DAY, *, of: Principal = ANALYST, org_id: OrgId = ORG) -> Figures:
    return (await queries.report(of, org_id, question)).totals


def plain_sum(events: Sequence[UsageEvent]) -> Figures:
    """Without the code under test: each amount as a NUMERIC(24,12) keeps it."""

    def kept(amount: Decimal) -> Decimal:
        return amount.quantize(Decimal("1E-12"), ROUND_HALF_UP)

    return Figures(
        requests=len(events),
        input_tokens=sum(each.usage.input_tokens for each in events),
        output_tokens=sum(each.usage.output_tokens for each in events),
        cost_usd=sum((kept(e.rating.cost_usd) for e in events if e.rating.cost_usd is not None), Decimal(0)),
        credits=sum((kept(each.rating.credits) for each in events), Decimal(0)),
        unrated=sum(each.rating.cost_usd is None for each in events),
    )


async def stored_sum(table: str) -> tuple[object, ...]:
    requests, unrated = (
        ("sum(requests)", "sum(unrated)")
        if table == "usage_rollup_hour"
        else ("count(*)", "count(*) FILTER (WHERE cost_usd IS NULL)")
    )
    row = await db.fetchrow(
        f"SELECT {requests}::bigint, {unrated}::bigint, sum(input_tokens)::bigint, sum(output_tokens)::bigint, "
        f"coalesce(sum(cost_usd), 0), sum(credits) FROM {table}"
    )
    assert row is not None
    return tuple(row)


class TestRecord:
    async def test_keeps_event_key_and_rollup_together(self, settings: Settings) -> None:
        written = replace(
            event("e1", customer_id="cus", feature_id="chat", user_id="u", api_key_id=ApiKeyId(ids.uuid7())),
            usage=Usage(1_000, 200, 300, 40, 50, UsageSource.ESTIMATED),
            job_id=JobId(ids.uuid7()),
            properties={"a": [1, None]},
            unit_type="images",
            quantity=Decimal("2.5"),
            image_size="1024x1024",
            image_quality="hd",
            latency_ms=120,
            rating=Rating(Decimal("0.0125"), Decimal("1.5"), "ref", "default@1", Decimal("0.03")),
        )
        await record(written)

        row = await db.fetchrow("SELECT * FROM usage_event")
        assert row is not None
        expected = {
            "org_id": ORG,
            "workspace_id": LIVE,
            "event_id": "e1",
            "event_type": "TOKEN_USAGE",
            "occurred_at": NOW,
            "received_at": NOW,
            "customer_id": "cus",
            "user_id": "u",
            "feature_id": "chat",
            "api_key_id": written.api_key_id,
            "job_id": written.job_id,
            "provider": "openai",
            "model": "gpt-4o",
            "input_tokens": 1_000,
            "output_tokens": 200,
            "cached_input_tokens": 300,
            "cache_write_tokens": 40,
            "reasoning_tokens": 50,
            "usage_source": "estimated",
            "cost_usd": Decimal("0.0125"),
            "credits": Decimal("1.5"),
            "cost_ref": "ref",
            "burn_ref": "default@1",
            "properties": '{"a": [1, null]}',
            "unit_type": "images",
            "quantity": Decimal("2.5"),
            "image_size": "1024x1024",
            "image_quality": "hd",
            "latency_ms": 120,
            "revenue_usd": Decimal("0.03"),
            "ledger_transaction_id": None,
            "payer_id": None,
        }
        assert {name: value for name, value in row.items() if name != "id"} == expected

        key = await db.fetchrow("SELECT * FROM usage_event_key")
        assert key is not None
        assert tuple(key) == (ORG, "e1", row["id"], NOW, None)

        rollup = await db.fetchrow("SELECT * FROM usage_rollup_hour")
        assert rollup is not None
        assert (rollup["hour"], rollup["customer_id"], rollup["feature_id"]) == (NOW, "cus", "chat")
        assert rollup["revenue_usd"] == Decimal("0.03")
        assert await stored_sum("usage_rollup_hour") == await stored_sum("usage_event")

    async def test_adds_up_many_in_one_row(self, settings: Settings) -> None:
        events = [event(cost=cost) for cost in ("0.1", "0.2", None)]
        await record(*events)
        await record(event())

        assert await db.fetchval("SELECT count(*) FROM usage_rollup_hour") == 1
        assert await ask() == plain_sum([*events, event()])

    @pytest.mark.parametrize("together", [True, False])
    async def test_undoes_everything_for_an_event_that_was_counted(
        self, settings: Settings, together: bool
    ) -> None:
        await record(event("known"))
        before = await everything()

        with pytest.raises(UsageAlreadyRecorded):
            async with db.unit_of_work() as uow:
                if together:
                    await uow.begin()
                uow.add("INSERT INTO org VALUES ($1, 'x', 'x', 'FREE', now())", ids.uuid7())
                service.record(uow, [event("new"), event("known", cost="99")], now=NOW)

        assert await everything() == before
        assert await db.fetchval("SELECT count(*) FROM org") == 0

    async def test_finds_a_duplicate_in_whichever_partition_it_lies(self, settings: Settings) -> None:
        names = [f"event-{number}" for number in range(64)]
        await record(*(event(name) for name in names))
        partitions = await db.fetchval("SELECT count(DISTINCT tableoid) FROM usage_event_key")
        assert partitions > 8

        for name in names:
            with pytest.raises(UsageAlreadyRecorded):
                await record(event(name))
        assert (await ask()).requests == 64

    async def test_counts_an_event_once_however_late_it_comes_again(self, settings: Settings) -> None:
        await record(event("e"))

        for days in (-40, 40):
            with pytest.raises(UsageAlreadyRecorded):
                await record(event("e", at=NOW + timedelta(days=days)))

    async def test_lets_two_orgs_use_the_same_event_id(self, settings: Settings) -> None:
        await record(event("e"))
        await record(event("e", org_id=OrgId(ids.uuid7())))

        assert await db.fetchval("SELECT count(*) FROM usage_event") == 2

    async def test_counts_one_of_many_duplicates_at_once(self, settings: Settings) -> None:
        results = await asyncio.gather(*(record(event("e")) for _ in range(20)), return_exceptions=True)

        assert results.count(None) == 1
        assert sum(isinstance(result, UsageAlreadyRecorded) for result in results) == 19
        assert (await ask()).requests == 1

    async def test_loses_nothing_when_a_hundred_add_to_one_row(self, settings: Settings) -> None:
        events = [event(cost="0.000000000001", burned="0.1", usage=Usage(n, 1)) for n in range(100)]

        await asyncio.gather(*(record(each) for each in events))

        assert await db.fetchval("SELECT count(*) FROM usage_rollup_hour") == 1
        assert await ask() == plain_sum(events)

    async def test_does_not_deadlock_over_many_rows_in_any_order(self, settings: Settings) -> None:
        models = [f"m{number}" for number in range(10)]
        batches = [
            [event(model=model) for model in (models if n % 2 else reversed(models))] for n in range(20)
        ]

        await asyncio.gather(*(record(*batch) for batch in batches))

        assert (await ask()).requests == 200

    async def test_rounds_the_sum_as_it_rounds_the_events(self, settings: Settings) -> None:
        """Prices have more digits than are kept: three thirds of the last digit are three, not one."""
        events = [event(cost="0.0000000000005", burned="0.0000000000004") for _ in range(3)]
        await record(*events)

        assert await stored_sum("usage_rollup_hour") == await stored_sum("usage_event")
        assert await ask() == plain_sum(events)

    async def test_takes_hours_in_utc_whatever_the_clock_of_the_event(self, settings: Settings) -> None:
        kolkata = timezone(timedelta(hours=5, minutes=30))
        await record(event(at=datetime(2026, 11, 20, 16, 0, tzinfo=kolkata)))  # 10:30 UTC
        await record(event(at=datetime(2026, 11, 20, 10, 59, 59, 999_999, tzinfo=UTC)))

        rows = await db.fetch("SELECT hour, requests FROM usage_rollup_hour")
        assert [tuple(row) for row in rows] == [(datetime(2026, 11, 20, 10, tzinfo=UTC), 2)]

    async def test_records_nothing_for_nothing(self, settings: Settings) -> None:
        await record()

        assert await db.fetchval("SELECT count(*) FROM usage_event") == 0


async def everything() -> list[tuple[object, ...]]:
    rows = []
    for table in ("usage_event", "usage_event_key", "usage_rollup_hour"):
        rows += [tuple(row) for row in await db.fetch(f"SELECT * FROM {table} ORDER BY 1, 2")]
    return rows


class TestEnsurePartitions:
    async def test_may_be_repeated_and_raced(self, settings: Settings) -> None:
        await asyncio.gather(*(service.ensure_partitions(now=NOW) for _ in range(4)))

        await record(event(at=NOW), event(at=NOW - timedelta(days=34)), event(at=NOW + timedelta(minutes=10)))
        used = await db.fetch("SELECT DISTINCT tableoid::regclass::text AS name FROM usage_event ORDER BY 1")
        assert [row["name"] for row in used] == ["usage_event_2026_10", "usage_event_2026_11"]
