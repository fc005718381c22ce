"""Telling shares of limits: once, whoever races and whoever dies."""

import asyncio
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import orjson
import pytest

from app.core.config import Settings
from app.core.ids import HoldId
from app.core.principal import Principal
from app.credits import budgets
from app.credits import service as credit
from app.credits.operations import Operations
from app.credits.types import Period, Scope, ScopeKind, SetBudget
from app.entitlements import thresholds
from app.entitlements.types import LimitUnit
from app.infra import db
from tests.factories import databases, limits, orgs, wallets
from tests.factories.entitlements import LAW_FIRM, OF_LAW_FIRM, entitle, feature, question, reserve, used
from tests.factories.orgs import NOW, Tenant


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    return await orgs.tenant(settings)


async def told() -> list[dict[str, Any]]:
    """The events that wait to be published, in the order in which they were written."""
    rows = await db.fetch("SELECT payload FROM outbox_message WHERE name = 'usage.updated' ORDER BY id")
    return [orjson.loads(row["payload"])["body"] for row in rows]


async def shares() -> list[tuple[str, int]]:
    return [(event["scope"]["kind"], event["percent"]) for event in await told()]


async def tell(*, now: datetime = NOW, is_thorough: bool = False) -> int:
    return await thresholds.tell(now=now, is_thorough=is_thorough)


async def settle(by: Principal, tenant: Tenant, hold_id: HoldId, actual: int) -> None:
    await credit.settle(
        by, tenant.org_id, operations=Operations(), hold_id=hold_id, actual=Decimal(actual), now=NOW
    )


class TestOfThePlan:
    async def test_are_told_as_they_are_reached(self, acme: Tenant) -> None:
        await limits.put_on(acme, "FREE")
        for tokens, expected in ((24_999, 0), (1, 1), (15_000, 1), (10_000, 1), (50_000, 0)):
            await used(acme, tokens=tokens)
            assert await tell() == expected
        assert await shares() == [("plan", 50), ("plan", 80), ("plan", 100)]

    async def test_say_what_was_used_of_what_until_when(self, acme: Tenant) -> None:
        await limits.put_on(acme, "FREE")
        await used(acme, tokens=25_000)
        await tell()
        [event] = await told()
        assert event == {
            "name": "usage.updated",
            "version": 1,
            "org_id": str(acme.org_id),
            "scope": {"kind": "plan", "plan": "FREE"},
            "unit": "tokens",
            "limit": "50000",
            "used": "25000",
            "percent": 50,
            "period": {"from": "2026-11-01T00:00:00+00:00", "to": "2026-12-01T00:00:00+00:00"},
        }

    async def test_are_told_anew_in_the_next_month(self, acme: Tenant) -> None:
        await limits.put_on(acme, "FREE")
        await used(acme, tokens=25_000)
        await tell()
        december = datetime(2026, 12, 2, tzinfo=NOW.tzinfo)
        await used(acme, tokens=25_000, at=december)
        assert await tell(now=december) == 1

    async def test_are_told_after_midnight_of_the_last_hour_before(self, acme: Tenant) -> None:
        await limits.put_on(acme, "FREE")
        midnight = datetime(2026, 12, 1, tzinfo=NOW.tzinfo)
        await used(acme, tokens=25_000, at=midnight - timedelta(minutes=1))
        assert await tell(now=midnight + timedelta(minutes=1)) == 1
        [event] = await told()
        assert event["period"]["to"] == "2026-12-01T00:00:00+00:00"

    async def test_of_usage_that_came_late_are_told_by_the_thorough_look(self, acme: Tenant) -> None:
        await limits.put_on(acme, "FREE")
        await used(acme, tokens=25_000, at=NOW - timedelta(days=5))
        assert await tell() == 0
        assert await tell(is_thorough=True) == 1

    async def test_of_another_plan_are_told_in_the_same_month(self, acme: Tenant) -> None:
        """Who has used all of a small plan, and bought a larger one, wants to know how far that goes."""
        await limits.put_on(acme, "FREE")
        await used(acme, tokens=50_000)
        assert await tell() == 3
        await limits.put_on(acme, "PRO")
        assert await tell() == 0
        await used(acme, tokens=2_450_000)
        assert await tell() == 1
        assert await tell() == 0
        assert (await told())[-1]["limit"] == "5000000"


class TestOfEntitlements:
    async def test_are_told_per_customer(self, acme: Tenant) -> None:
        await feature(acme)
        await entitle(acme, amount=10)
        await entitle(acme, OF_LAW_FIRM, amount=2, period=Period.DAY)
        await used(acme)
        await used(acme, customer="somebody-else")
        assert await tell() == 1
        [event] = await told()
        assert event["scope"] == {
            "kind": "entitlement",
            "customer_id": LAW_FIRM,
            "feature_id": "search",
            "environment": "live",
        }
        assert (event["used"], event["limit"], event["percent"]) == ("1", "2", 50)

    async def test_are_told_anew_of_one_that_was_raised(self, acme: Tenant) -> None:
        await feature(acme)
        await entitle(acme, amount=2)
        await used(acme)
        assert (await tell(), await tell()) == (1, 0)
        await entitle(acme, amount=4)
        assert await tell() == 0
        await used(acme)
        assert (await tell(), await tell()) == (1, 0)

    async def test_count_what_was_reserved_and_settled(self, acme: Tenant) -> None:
        await wallets.wallet(acme, 100)
        await feature(acme)
        await entitle(acme, amount=10, unit=LimitUnit.CREDITS)
        made = await reserve(acme, question(takes=8))
        assert await tell(is_thorough=True) == 0
        await settle(acme.key, acme, made.id, 8)
        assert await tell(is_thorough=True) == 2


class TestOfBudgets:
    async def test_are_told_of_what_was_spent(self, acme: Tenant) -> None:
        await wallets.wallet(acme, 100)
        await wallets.budget(acme, ScopeKind.CUSTOMER, LAW_FIRM, 10)
        made = await reserve(acme, question(takes=10, feature=None))
        assert await tell() == 0
        await settle(acme.key, acme, made.id, 10)
        assert await tell() == 3
        assert [percent for _, percent in await shares()] == [50, 80, 100]

    async def test_are_told_anew_of_one_that_was_raised(self, acme: Tenant) -> None:
        await wallets.wallet(acme, 100)
        await wallets.budget(acme, ScopeKind.CUSTOMER, LAW_FIRM, 10)
        made = await reserve(acme, question(takes=10, feature=None))
        await settle(acme.key, acme, made.id, 10)
        assert await tell() == 3

        raised = SetBudget(Scope(ScopeKind.CUSTOMER, LAW_FIRM), "live", Period.MONTH, Decimal(16))
        await budgets.set_budget(acme.owner, acme.org_id, command=raised, now=NOW)
        assert await tell() == 0
        made = await reserve(acme, question(takes=4, feature=None))
        await settle(acme.key, acme, made.id, 4)
        assert await tell() == 1
        assert [percent for _, percent in await shares()] == [50, 80, 100, 80]


class TestOnce:
    async def test_however_many_schedulers_look_at_once(self, acme: Tenant) -> None:
        await limits.put_on(acme, "FREE")
        await used(acme, tokens=50_000)
        await databases.fill_pool()
        counts = await asyncio.gather(*(tell(is_thorough=True) for _ in range(10)))
        assert sum(counts) == 3
        assert await shares() == [("plan", 50), ("plan", 80), ("plan", 100)]

    async def test_also_where_one_dies_between_writing_and_telling(self, acme: Tenant) -> None:
        await limits.put_on(acme, "FREE")
        await used(acme, tokens=25_000)

        async def die() -> None:
            async with db.unit_of_work():
                assert await tell() == 1
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            await die()
        assert await told() == []
        assert await db.fetchval("SELECT count(*) FROM threshold_crossing") == 0
        assert await tell() == 1
        assert await tell() == 0
        assert await shares() == [("plan", 50)]
