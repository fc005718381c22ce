"""Rating again: exactly once, in step with rollups, ledger and wallet."""

import asyncio
import os
import signal
import sys
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.core.config import Settings
from app.core.errors import Forbidden, InvalidInput
from app.core.inference import Usage
from app.core.principal import Role
from app.credits import verification as ledger
from app.credits.types import Owner, OwnerKind
from app.infra import db
from app.metering import service as metering_service
from app.metering import verification as metering
from app.metering.types import UNRATED, EventType, Rating, UsageEvent
from app.pricing.book import PriceBook
from app.rerating import alerts, queries, service
from app.rerating.errors import ReratingNotFound
from app.rerating.types import CustomerChange, NewRerating, State
from tests.factories import orgs, prices, rated, wallets
from tests.factories.orgs import NOW, Tenant
from tests.waiting import eventually

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
C1 = Owner(OwnerKind.CUSTOMER, "c1")


@pytest.fixture
async def tenant(settings: Settings) -> Tenant:
    return await orgs.tenant(settings)


async def figures(tenant: Tenant) -> tuple[int, Decimal, Decimal, Decimal]:
    """Unrated, cost, credits and revenue as the rollup tells them."""
    row = await db.fetchrow(
        "SELECT sum(unrated), sum(cost_usd), sum(credits), sum(revenue_usd) FROM usage_rollup_hour WHERE org_id = $1",
        tenant.org_id,
    )
    assert row is not None
    return (int(row[0]), row[1], row[2], row[3])


async def balance(wallet_id: object) -> Decimal:
    found: Decimal = await db.fetchval("SELECT balance FROM wallet WHERE id = $1", wallet_id)
    return found


async def balances(one: object, other: object) -> tuple[Decimal, Decimal]:
    return await balance(one), await balance(other)


def exact(one: int, other: int) -> tuple[Decimal, Decimal]:
    return Decimal(one), Decimal(other)


async def counted(tenant: Tenant, tokens: int) -> None:
    """As jobs and calls through the gateway are: it does not say who would have paid."""
    event = UsageEvent(
        event_id="counted",
        org_id=tenant.org_id,
        workspace_id=tenant.live.id,
        occurred_at=NOW,
        event_type=EventType.TOKEN_USAGE,
        provider="openai",
        model="gpt-4o",
        usage=Usage(tokens),
        rating=Rating(None, Decimal(0), None, UNRATED),
        customer_id="c1",
    )
    async with db.unit_of_work() as uow:
        metering_service.record(uow, [event], now=NOW)


async def move(tenant: Tenant, customer: str, team: str) -> None:
    moved = "UPDATE customer SET team = $3 WHERE org_id = $1 AND external_id = $2"
    await db.execute(moved, tenant.org_id, customer, team)


async def adjustments() -> int:
    count: int = await db.fetchval("SELECT count(*) FROM usage_adjustment")
    return count


async def assert_books_balance() -> None:
    assert [finding async for finding in metering.findings()] == []
    assert [finding async for finding in ledger.findings()] == []


async def rerate(
    tenant: Tenant, *, is_dry_run: bool = False, batch: int = 500, key: str | None = None
) -> list[CustomerChange]:
    command = NewRerating(NOW - DAY, NOW + DAY, is_dry_run, key)
    started = await service.start(tenant.owner, tenant.org_id, command=command, now=NOW)
    await service.carry_out(started.value.id, book=PriceBook(), now=NOW, batch=batch)
    found = await queries.rerating(tenant.owner, tenant.org_id, started.value.id)
    assert found.state is State.DONE
    return await queries.customers(tenant.owner, found)


async def rate_unrated(tenant: Tenant, *, batch: int = 500) -> int:
    return await service.rate_unrated(tenant.org_id, book=PriceBook(), now=NOW, batch=batch)


class TestRateUnrated:
    async def test_rates_what_has_a_price_by_now_and_leaves_its_credits(self, tenant: Tenant) -> None:
        wallet = await wallets.wallet(tenant, 100, owner=C1)
        events = [{"event_id": f"e{n}", "model": "tomorrow", "input_tokens": 1_000} for n in range(5)]
        await rated.ingested(tenant, *events, {"event_id": "known", "input_tokens": 1_000_000})
        assert await figures(tenant) == (5, Decimal("2.5"), Decimal(1_005), Decimal(0))
        await prices.own(tenant, "tomorrow", "0.001", start=NOW - DAY)

        assert await rate_unrated(tenant, batch=2) == 5
        assert await figures(tenant) == (0, Decimal("7.5"), Decimal(1_005), Decimal(0))
        assert await balance(wallet) == 100 - 1_005
        assert await rate_unrated(tenant) == 0
        assert await adjustments() == 5
        await assert_books_balance()

    async def test_draws_the_credits_that_were_not_known(self, tenant: Tenant) -> None:
        mine = await wallets.wallet(tenant, 100, owner=C1)
        shared = await wallets.wallet(tenant, 100)
        await rated.ingested(tenant, rated.pages("a", 5), rated.pages("b", 7, "c2"))
        assert await figures(tenant) == (2, Decimal(0), Decimal(0), Decimal(0))
        assert await balances(mine, shared) == exact(100, 100)
        await prices.published(tenant, prices.rule(2, "pages"), credit_price="0.5", start=NOW - DAY)

        assert await rate_unrated(tenant) == 2
        assert await figures(tenant) == (0, Decimal(0), Decimal(24), Decimal(12))
        assert await balances(mine, shared) == exact(90, 86)
        await assert_books_balance()

    async def test_rates_one_half_first_and_the_other_when_it_is_known(self, tenant: Tenant) -> None:
        await prices.published(tenant, prices.rule(1, model="gpt*"), start=NOW - DAY)
        await rated.ingested(tenant, {"event_id": "a", "model": "tomorrow", "input_tokens": 10})
        await prices.published(tenant, prices.rule(3), audience=prices.customer("c1"), start=NOW - DAY)
        assert await rate_unrated(tenant) == 1
        assert await figures(tenant) == (1, Decimal(0), Decimal(30), Decimal(0))
        await prices.own(tenant, "tomorrow", 2, start=NOW - DAY)
        assert await rate_unrated(tenant) == 1

        assert await figures(tenant) == (0, Decimal(20), Decimal(30), Decimal(0))
        await assert_books_balance()

    async def test_rates_once_when_many_do_so_at_once(self, tenant: Tenant) -> None:
        wallet = await wallets.wallet(tenant, 1_000, owner=C1)
        await rated.ingested(tenant, *(rated.pages(f"e{n}") for n in range(40)))
        await prices.published(tenant, prices.rule(1, "pages"), start=NOW - DAY)
        await asyncio.gather(*(rate_unrated(tenant, batch=7) for _ in range(4)))

        assert await adjustments() == 40
        assert await balance(wallet) == 960
        await assert_books_balance()

    async def test_passes_over_what_was_voided(self, tenant: Tenant) -> None:
        await rated.ingested(tenant, {"event_id": "a", "model": "tomorrow", "input_tokens": 10})
        await rated.ingested(tenant, {"event_id": "b", "voids": "a"})
        await prices.own(tenant, "tomorrow", 2, start=NOW - DAY)

        assert await rate_unrated(tenant) == 0
        await assert_books_balance()

    async def test_does_not_charge_a_wallet_for_what_came_before_it(self, tenant: Tenant) -> None:
        await rated.ingested(tenant, rated.pages("a"))
        wallet = await wallets.wallet(tenant, 10, owner=C1, now=NOW + HOUR)
        await prices.published(tenant, prices.rule(1, "pages"), start=NOW - DAY)

        assert await rate_unrated(tenant) == 1
        assert await balance(wallet) == 10
        await assert_books_balance()

    async def test_draws_nothing_for_history(self, tenant: Tenant) -> None:
        wallet = await wallets.wallet(tenant, 10, owner=C1)
        yesterday = {"timestamp": NOW - DAY}
        await rated.ingested(tenant, rated.pages("a", 3) | yesterday, is_backfill=True)
        await prices.published(tenant, prices.rule(1, "pages"), start=NOW - 2 * DAY)

        assert await rate_unrated(tenant) == 1
        assert (await figures(tenant))[2] == 3
        assert await balance(wallet) == 10
        await assert_books_balance()

    async def test_draws_from_who_would_have_paid_when_it_came(self, tenant: Tenant) -> None:
        mine = await wallets.wallet(tenant, 100, owner=C1)
        teams = await wallets.wallet(tenant, 100, owner=Owner(OwnerKind.TEAM, "t"))
        await rated.ingested(tenant, rated.pages("before", 3))
        await move(tenant, "c1", "t")
        await rated.ingested(tenant, rated.pages("after", 5))
        await move(tenant, "c1", "of nobody")
        await rated.ingested(tenant, rated.pages("unpaid", 7))
        await move(tenant, "c1", "t")
        await prices.published(tenant, prices.rule(2, "pages"), start=NOW - DAY)

        assert await rate_unrated(tenant) == 3
        assert await balances(mine, teams) == exact(94, 90)
        await assert_books_balance()

    async def test_knows_what_was_published_a_moment_ago(self, tenant: Tenant) -> None:
        """Its message is faster than a snapshot of prices grows old."""
        book = PriceBook(clock=lambda: 0.0)
        await rated.ingested(tenant, rated.pages("a"))
        await book.of(tenant.org_id)
        await prices.published(tenant, prices.rule(2, "pages"), start=NOW - DAY)

        assert await service.rate_unrated(tenant.org_id, book=book, now=NOW) == 1

    async def test_is_asked_for_in_every_org_with_something_unrated(
        self, tenant: Tenant, settings: Settings
    ) -> None:
        await orgs.tenant(settings, "idle")
        await rated.ingested(tenant, {"event_id": "a", "model": "tomorrow", "input_tokens": 10})

        assert await service.queue_unrated(now=NOW) == 1
        assert await db.fetchval("SELECT count(*) FROM outbox_message WHERE name = 'rate_unrated'") == 1


class TestRerate:
    async def test_tells_what_would_change_and_changes_nothing(self, tenant: Tenant) -> None:
        wallet = await wallets.wallet(tenant, 100)
        for customer in ("c1", "c2"):
            await rated.ingested(
                tenant, {"event_id": customer, "customer_id": customer, "input_tokens": 1_000}
            )
        before = await figures(tenant)
        await prices.published(tenant, prices.rule("0.002"), credit_price="1", start=NOW - DAY)
        await prices.published(
            tenant, prices.rule("0.001"), credit_price="1", audience=prices.customer("c2"), start=NOW - DAY
        )
        changes = await rerate(tenant, is_dry_run=True)

        assert [(one.customer_id, one.events) for one in changes] == [("c1", 1), ("c2", 1)]
        assert [(one.credits_before, one.credits_after) for one in changes] == [exact(1, 2), exact(1, 1)]
        assert [(one.revenue_before, one.revenue_after) for one in changes] == [exact(0, 2), exact(0, 1)]
        assert await figures(tenant) == before
        assert await adjustments() == 0
        assert await balance(wallet) == 98

    async def test_draws_what_it_burns_more_and_gives_back_what_less(self, tenant: Tenant) -> None:
        mine = await wallets.wallet(tenant, 100, owner=C1)
        shared = await wallets.wallet(tenant, 100)
        await rated.ingested(
            tenant,
            *({"event_id": f"a{n}", "input_tokens": 10_000} for n in range(3)),
            {"event_id": "b", "customer_id": "c2", "input_tokens": 20_000},
        )
        assert await balances(mine, shared) == exact(70, 80)
        await prices.published(tenant, prices.rule("0.0015"), start=NOW - DAY)
        await prices.published(tenant, prices.rule("0.0005"), audience=prices.customer("c2"), start=NOW - DAY)
        changes = await rerate(tenant, batch=2)

        assert [(one.credits_before, one.credits_after) for one in changes] == [exact(30, 45), exact(20, 10)]
        assert await balances(mine, shared) == exact(55, 90)
        assert (await figures(tenant))[2] == 55
        await assert_books_balance()

    async def test_again_and_again_keeps_the_books(self, tenant: Tenant) -> None:
        """Up, down below where it began, up, and voided at last: everything comes back."""
        wallet = await wallets.wallet(tenant, 100, owner=C1)
        await rated.ingested(tenant, {"event_id": "a", "input_tokens": 10_000})
        await rated.ingested(tenant, {"event_id": "other", "input_tokens": 5_000})
        for version, (rate, left) in enumerate((("2", 70), ("5", 25), ("0.5", Decimal("92.5")), ("3", 55))):
            start = NOW - 9 * HOUR + version * HOUR
            await prices.published(tenant, prices.rule(rate, per=1_000), start=start)
            await rerate(tenant)
            assert await balance(wallet) == left, rate
            await assert_books_balance()
        await rated.ingested(tenant, {"event_id": "v", "voids": "a"})

        assert await balance(wallet) == 100 - 15
        assert (await figures(tenant))[2] == 15
        await assert_books_balance()

    async def test_draws_more_from_the_wallet_that_drew_first(self, tenant: Tenant) -> None:
        """Whatever team the customer is in by now, and although the event itself had burned nothing."""
        mine = await wallets.wallet(tenant, 100, owner=C1)
        await rated.ingested(tenant, rated.pages("makes the customer", 0))
        await counted(tenant, 3)
        await prices.published(tenant, prices.rule(2), start=NOW - DAY)
        await rate_unrated(tenant)
        assert await balance(mine) == 94
        teams = await wallets.wallet(tenant, 100, owner=Owner(OwnerKind.TEAM, "t"), now=NOW + HOUR)
        await move(tenant, "c1", "t")
        await prices.published(tenant, prices.rule(5), start=NOW - HOUR)
        await rerate(tenant)

        assert await balances(mine, teams) == exact(85, 100)
        await assert_books_balance()

    async def test_leaves_alone_what_the_new_prices_do_not_know(self, tenant: Tenant) -> None:
        await rated.ingested(tenant, {"event_id": "a", "model": "o3", "input_tokens": 1_000})
        before = await figures(tenant)
        await prices.published(tenant, prices.rule(9, model="gpt*"), start=NOW - DAY)

        assert await rerate(tenant) == []
        assert await figures(tenant) == before

    async def test_knows_what_was_published_a_moment_ago(self, tenant: Tenant) -> None:
        book = PriceBook(clock=lambda: 0.0)
        await rated.ingested(tenant, {"event_id": "a", "input_tokens": 1_000})
        await book.of(tenant.org_id)
        await prices.published(tenant, prices.rule(2), start=NOW - DAY)
        command = NewRerating(NOW - DAY, NOW + DAY, is_dry_run=False)
        started = await service.start(tenant.owner, tenant.org_id, command=command, now=NOW)
        await service.carry_out(started.value.id, book=book, now=NOW)

        assert (await figures(tenant))[2] == 2_000

    async def test_is_of_its_range_alone(self, tenant: Tenant) -> None:
        await rated.ingested(
            tenant,
            {"event_id": "early", "input_tokens": 1_000, "timestamp": NOW - DAY - HOUR},
            {"event_id": "first", "input_tokens": 1_000, "timestamp": NOW - DAY},
        )
        await prices.published(tenant, prices.rule(1), start=NOW - 9 * DAY)
        [change] = await rerate(tenant)

        assert change.events == 1

    async def test_draws_nothing_for_history(self, tenant: Tenant) -> None:
        wallet = await wallets.wallet(tenant, 100, owner=C1)
        await rated.ingested(tenant, {"event_id": "a", "input_tokens": 1_000}, is_backfill=True)
        await prices.published(tenant, prices.rule("0.005"), start=NOW - DAY)
        await rerate(tenant)

        assert (await figures(tenant))[2] == 5
        assert await balance(wallet) == 100
        await assert_books_balance()

    async def test_gives_back_no_more_than_is_left_to_give_back(self, tenant: Tenant) -> None:
        wallet = await wallets.wallet(tenant, 100, owner=C1)
        await rated.ingested(tenant, {"event_id": "a", "input_tokens": 10_000})
        drew = await db.fetchval("SELECT ledger_transaction_id FROM usage_event")
        await db.fetch(
            "SELECT credit_refund($1, $2, gen_random_uuid(), 'r', 8, NULL, $3)", tenant.org_id, drew, NOW
        )
        await prices.published(tenant, prices.rule("0.0005"), start=NOW - DAY)
        await rerate(tenant)

        assert await balance(wallet) == 100
        await assert_books_balance()

    async def test_happens_once_per_batch(self, tenant: Tenant) -> None:
        await rated.ingested(tenant, *({"event_id": f"e{n}", "input_tokens": 1_000} for n in range(30)))
        await prices.published(tenant, prices.rule(1), start=NOW - DAY)
        command = NewRerating(NOW - DAY, NOW + DAY, False, "k")
        done = [await service.start(tenant.owner, tenant.org_id, command=command, now=NOW) for _ in range(2)]
        assert done[0].value.id == done[1].value.id
        await asyncio.gather(
            *(service.carry_out(one.value.id, book=PriceBook(), now=NOW, batch=4) for one in done * 2)
        )

        assert await adjustments() == 30
        assert (await figures(tenant))[2] == 30_000
        await assert_books_balance()

    async def test_is_refused_without_the_permission_and_to_others(
        self, tenant: Tenant, settings: Settings
    ) -> None:
        member = await orgs.member(tenant, Role.MEMBER)
        command = NewRerating(NOW - DAY, NOW)
        with pytest.raises(Forbidden):
            await service.start(member, tenant.org_id, command=command, now=NOW)
        with pytest.raises(InvalidInput):
            await service.start(tenant.owner, tenant.org_id, command=NewRerating(NOW, NOW), now=NOW)
        assert await db.fetchval("SELECT count(*) FROM rerating") == 0
        started = await service.start(tenant.owner, tenant.org_id, command=command, now=NOW)
        rival = await orgs.tenant(settings, "rival")
        with pytest.raises(ReratingNotFound):
            await queries.rerating(rival.owner, rival.org_id, started.value.id)

    async def test_goes_on_where_a_killed_process_left_it(self, tenant: Tenant, settings: Settings) -> None:
        """Killed in the middle again and again, by nothing that it could catch."""
        wallet = await wallets.wallet(tenant, 1_000, owner=C1)
        for part in range(3):
            events = ({"event_id": f"e{part}-{n}", "input_tokens": 1_000} for n in range(100))
            await rated.ingested(tenant, *events)
        await prices.published(tenant, prices.rule("0.003"), start=NOW - DAY)
        command = NewRerating(NOW - DAY, NOW + DAY, False)
        started = await service.start(tenant.owner, tenant.org_id, command=command, now=NOW)
        seen = 0
        for _ in range(2):
            seen = await _run_and_kill(settings, str(started.value.id), beyond=seen)
            assert 0 < seen < 300
            await assert_books_balance()
        await service.carry_out(started.value.id, book=PriceBook(), now=NOW)

        assert await adjustments() == 300
        assert await balance(wallet) == 1_000 - 900
        assert (await figures(tenant))[2] == 900
        [total] = await queries.customers(
            tenant.owner, await queries.rerating(tenant.owner, tenant.org_id, started.value.id)
        )
        assert total.events == 300
        assert (total.credits_before, total.credits_after) == exact(300, 900)
        await assert_books_balance()


class TestTellUnrated:
    async def test_tells_once_a_day_for_each_model(self, tenant: Tenant) -> None:
        for n, model in enumerate(("x", "x", "y")):
            await rated.ingested(tenant, {"event_id": f"e{n}", "model": model, "input_tokens": 10})
        await rated.ingested(tenant, {"event_id": "known", "input_tokens": 10})
        assert [await alerts.tell_unrated(now=NOW + HOUR) for _ in range(2)] == [3, 3]
        rows = await db.fetch(
            "SELECT payload->'body' AS body FROM outbox_message WHERE name = 'usage.unrated' ORDER BY 1"
        )
        assert len(rows) == 2
        assert '"events": 2' in str(rows[0]["body"]) + str(rows[1]["body"])
        await rated.ingested(
            tenant, {"event_id": "late", "model": "x", "input_tokens": 10, "timestamp": NOW}, now=NOW + DAY
        )
        await alerts.tell_unrated(now=NOW + DAY)

        assert await db.fetchval("SELECT count(*) FROM outbox_message WHERE name = 'usage.unrated'") == 3


async def _run_and_kill(settings: Settings, rerating_id: str, *, beyond: int) -> int:
    """How many events had been looked at when the process was killed."""
    environment = {
        **os.environ,
        "DATABASE_URL": settings.require_database_url(),
        "REDIS_URL": settings.require_redis_url(),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.integration.rerating.slowly", rerating_id, env=environment
    )

    async def progress() -> Any:
        seen = await db.fetchval("SELECT seen FROM rerating")
        return seen if seen > beyond else None

    try:
        await eventually(progress, within=120, what="the next batches")
    finally:
        process.send_signal(signal.SIGKILL)
        await process.wait()
    seen: int = await db.fetchval("SELECT seen FROM rerating")
    return seen
