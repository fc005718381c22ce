"""Operations on credit, one by one and all at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from decimal import Decimal
from typing import Any

import asyncpg
import pytest

from app.core import ids
from app.core.config import Settings
from app.core.errors import Forbidden, InvalidInput, LaunchKitError, NotFound
from app.core.ids import HoldId, WalletId
from app.core.pagination import PageRequest
from app.core.principal import Permission, Principal, Role
from app.credits import granting, queries, service, verification
from app.credits.errors import (
    BudgetExceeded,
    GrantNotFound,
    HoldNotFound,
    InsufficientCredits,
    TransactionNotFound,
    WalletNotFound,
)
from app.credits.operations import Operations
from app.credits.types import Category, Held, HoldState, Owner, OwnerKind, Scope, ScopeKind, Spend
from app.idempotency.errors import KeyReused
from app.infra import db
from tests.factories import databases, wallets
from tests.factories.orgs import NOW, Tenant, member, tenant
from tests.waiting import eventually

ALL = PageRequest(100)


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    return await tenant(settings)


@pytest.fixture
def operations() -> Operations:
    return Operations()


def spend(wallet_id: WalletId, amount: int | str, *, key: str | None = None, **more: Any) -> Spend:
    return Spend(wallet_id, key or f"k:{ids.uuid7()}", Decimal(amount), **more)


async def hold(acme: Tenant, operations: Operations, wanted: Spend, **more: Any) -> Held:
    arguments = {"now": NOW, **more}
    return await service.hold(acme.key, acme.org_id, operations=operations, spend=wanted, **arguments)


async def state() -> list[str]:
    """Every row of credit."""
    tables = (
        "wallet",
        "credit_grant",
        "credit_hold",
        "ledger_transaction",
        "ledger_entry",
        "budget",
        "budget_usage",
    )
    return [
        row["line"]
        for table in tables
        for row in await db.fetch(f"SELECT t::text AS line FROM {table} t ORDER BY line")
    ]


@asynccontextmanager
async def stranger(settings: Settings) -> AsyncIterator[asyncpg.Connection]:
    """Another process in the middle of a transaction, which commits at the end."""
    connection = await asyncpg.connect(settings.require_database_url())
    try:
        async with connection.transaction():
            yield connection
    finally:
        await connection.close()


async def findings() -> list[verification.Finding]:
    return [finding async for finding in verification.findings()]


class TestHold:
    async def test_burns_by_priority_then_expiry_then_promotions_then_age(
        self, acme: Tenant, operations: Operations
    ) -> None:
        wallet_id = await wallets.wallet(acme)
        soon, late = NOW + timedelta(days=1), NOW + timedelta(days=9)
        made = {
            "paid": await wallets.grant(acme, wallet_id, 1, now=NOW - timedelta(hours=1)),
            "promotional": await wallets.grant(acme, wallet_id, 1, category=Category.PROMOTIONAL),
            "late": await wallets.grant(acme, wallet_id, 1, expires_at=late),
            "newer": await wallets.grant(acme, wallet_id, 1),
            "soon": await wallets.grant(acme, wallet_id, 1, expires_at=soon),
            "first": await wallets.grant(acme, wallet_id, 1, priority=1),
        }
        burned = []
        for _ in made:
            held = await hold(acme, operations, spend(wallet_id, 1))
            [grant_id] = await db.fetchval("SELECT grant_ids FROM credit_hold WHERE id = $1", held.id)
            burned.append(next(name for name, made_id in made.items() if made_id == grant_id))

        assert burned == ["first", "soon", "late", "promotional", "paid", "newer"]

    async def test_leaves_credit_of_other_features_and_other_times_alone(
        self, acme: Tenant, operations: Operations
    ) -> None:
        wallet_id = await wallets.wallet(acme)
        await wallets.grant(acme, wallet_id, 10, feature_id="chat")
        await wallets.grant(acme, wallet_id, 10, effective_at=NOW + timedelta(seconds=1))
        await wallets.grant(acme, wallet_id, 10, expires_at=NOW, now=NOW - timedelta(days=1))
        before = await state()

        with pytest.raises(InsufficientCredits) as refused:
            await hold(acme, operations, spend(wallet_id, 1))

        assert refused.value.refusal.available == 0
        assert await state() == before
        assert (await hold(acme, operations, spend(wallet_id, 10, feature_id="chat"))).amount == 10

    @pytest.mark.parametrize(
        "amount", ["0", "-1", "NaN", "Infinity", "0.0000000000001", "100000000000.000000000001"]
    )
    async def test_refuses_an_amount_that_is_none(
        self, acme: Tenant, operations: Operations, amount: str
    ) -> None:
        wallet_id = await wallets.wallet(acme, 100)
        before = await state()

        with pytest.raises(InvalidInput) as refused:
            await hold(acme, operations, spend(wallet_id, amount))

        assert [error.field for error in refused.value.field_errors] == ["amount"]
        assert await state() == before

    async def test_knows_no_wallet_of_another_org(
        self, acme: Tenant, operations: Operations, settings: Settings
    ) -> None:
        rival = await tenant(settings, "rival")
        theirs = await wallets.wallet(rival, 100)
        held = await hold(rival, operations, spend(theirs, 1))
        before = await state()
        as_acme: dict[str, Any] = {"operations": operations, "now": NOW}

        for wallet_id in (theirs, WalletId(ids.uuid7())):
            with pytest.raises(WalletNotFound):
                await hold(acme, operations, spend(wallet_id, 1))
        for hold_id in (held.id, HoldId(ids.uuid7())):
            with pytest.raises(HoldNotFound):
                await service.settle(acme.key, acme.org_id, hold_id=hold_id, actual=Decimal(1), **as_acme)
            with pytest.raises(HoldNotFound):
                await service.release(acme.key, acme.org_id, hold_id=hold_id, **as_acme)
            with pytest.raises(HoldNotFound):
                await service.start(acme.key, acme.org_id, hold_id=hold_id, now=NOW)
        with pytest.raises(NotFound):
            await service.hold(acme.key, rival.org_id, spend=spend(theirs, 1), **as_acme)
        assert await state() == before

    async def test_needs_the_permission(self, acme: Tenant, operations: Operations) -> None:
        wallet_id = await wallets.wallet(acme, 100)
        viewer = await member(acme, Role.VIEWER)
        before = await state()

        with pytest.raises(Forbidden, match="credits:use"):
            await service.hold(viewer, acme.org_id, operations=operations, spend=spend(wallet_id, 1), now=NOW)
        reader = Principal("api_key", ids.uuid7(), {acme.org_id: frozenset({Permission.CREDITS_USE})})
        with pytest.raises(Forbidden, match="credits:manage"):
            await granting.refund(
                reader, acme.org_id, transaction_id=ids.uuid7(), amount=Decimal(1), key="r", now=NOW
            )
        assert await state() == before

    async def test_keeps_a_key_to_its_own_environment(self, acme: Tenant, operations: Operations) -> None:
        wallet_id = await wallets.wallet(acme)
        grant_id = await wallets.grant(acme, wallet_id, 10)
        used = await service.consume(
            acme.key, acme.org_id, operations=operations, spend=spend(wallet_id, 5), now=NOW
        )
        assert used.transaction_id is not None
        tester = Principal("api_key", ids.uuid7(), acme.key.orgs, acme.test.id, environment="test")
        back: dict[str, Any] = {"amount": Decimal(5), "key": "back", "now": NOW}
        before = await state()

        with pytest.raises(TransactionNotFound):
            await granting.refund(tester, acme.org_id, transaction_id=used.transaction_id, **back)
        with pytest.raises(GrantNotFound):
            await granting.claw_back(tester, acme.org_id, grant_id=grant_id, **back)
        assert await state() == before
        assert (
            await granting.refund(acme.key, acme.org_id, transaction_id=used.transaction_id, **back)
        ).amount

    async def test_refuses_one_key_for_two_wishes(self, acme: Tenant, operations: Operations) -> None:
        wallet_id = await wallets.wallet(acme, 100)
        await hold(acme, operations, spend(wallet_id, 1, key="same"))
        before = await state()

        with pytest.raises(KeyReused):
            await hold(acme, operations, spend(wallet_id, 2, key="same"))
        assert await state() == before

    async def test_takes_from_every_budget_or_from_none(self, acme: Tenant, operations: Operations) -> None:
        wallet_id = await wallets.wallet(acme, 100)
        scopes = (
            await wallets.budget(acme, ScopeKind.CUSTOMER, "c1", 10, period="day"),
            await wallets.budget(acme, ScopeKind.USER, "u1", 5),
            await wallets.budget(acme, ScopeKind.TEAM, "t1", 1, is_hard=False),
        )
        await hold(acme, operations, spend(wallet_id, 4, scopes=scopes))
        before = await state()

        with pytest.raises(BudgetExceeded) as refused:
            await hold(acme, operations, spend(wallet_id, 2, scopes=scopes))

        assert refused.value.refusal.scope == Scope(ScopeKind.USER, "u1")
        assert refused.value.refusal.limit == 5
        assert str(refused.value.refusal.resets_at) == "2026-12-01 00:00:00+00:00"
        assert await state() == before
        assert (await hold(acme, operations, spend(wallet_id, 2, scopes=scopes[:1]))).amount == 2

    async def test_begins_a_budget_anew_with_its_period(self, acme: Tenant, operations: Operations) -> None:
        wallet_id = await wallets.wallet(acme, 100)
        scopes = (await wallets.budget(acme, ScopeKind.CUSTOMER, "c1", 10, period="day"),)
        await hold(acme, operations, spend(wallet_id, 10, scopes=scopes))
        midnight = NOW.replace(hour=0) + timedelta(days=1)

        with pytest.raises(BudgetExceeded):
            await hold(
                acme, operations, spend(wallet_id, 1, scopes=scopes), now=midnight - timedelta(seconds=1)
            )
        assert (await hold(acme, operations, spend(wallet_id, 1, scopes=scopes), now=midnight)).amount == 1


class TestAtOnce:
    """Three hundred for what fits fifty: through two batching processes' worth of operations, and past them."""

    async def test_holds_never_exceed_the_wallet(self, acme: Tenant) -> None:
        wallet_id = await wallets.wallet(acme, 30, 20)

        outcomes = await self._three_hundred(acme, wallet_id, ())

        assert outcomes == {"held": 50, "insufficient_credits": 250}
        assert await self._available(acme, wallet_id) == 0
        assert await findings() == []

    async def test_holds_never_exceed_the_tightest_budget(self, acme: Tenant) -> None:
        wallet_id = await wallets.wallet(acme, 1000)
        scopes = (
            await wallets.budget(acme, ScopeKind.API_KEY, str(acme.key.id), 50),
            await wallets.budget(acme, ScopeKind.CUSTOMER, "c1", 80, period="day"),
        )

        outcomes = await self._three_hundred(acme, wallet_id, scopes)

        assert outcomes == {"held": 50, "budget_exceeded": 250}
        assert await db.fetchval("SELECT max(held) FROM budget_usage") == 50
        assert await findings() == []

    async def test_one_key_holds_once(self, acme: Tenant) -> None:
        wallet_id = await wallets.wallet(acme, 1000)
        sides = [Operations() for _ in range(5)]
        same = spend(wallet_id, 7, key="same")

        made = await asyncio.gather(*(hold(acme, sides[n % 5], same) for n in range(100)))

        assert len({held.id for held in made}) == 1
        assert sorted(held.is_replay for held in made) == [False] + [True] * 99
        assert await db.fetchval("SELECT held FROM wallet") == 7

    async def test_a_hold_is_settled_once(self, acme: Tenant) -> None:
        wallet_id = await wallets.wallet(acme, 1000)
        sides = [Operations() for _ in range(5)]
        held = await hold(acme, sides[0], spend(wallet_id, 10))

        done = await asyncio.gather(
            *(
                service.settle(
                    acme.key,
                    acme.org_id,
                    operations=sides[n % 5],
                    hold_id=held.id,
                    actual=Decimal(n + 1),
                    now=NOW,
                )
                for n in range(50)
            )
        )

        [amount] = {settlement.amount for settlement in done}
        assert await db.fetchval("SELECT balance FROM wallet") == 1000 - amount
        assert await db.fetchval("SELECT count(*) FROM ledger_transaction WHERE kind = 'settle'") == 1

    async def test_wallets_and_budgets_that_cross_never_lock_each_other_out(self, acme: Tenant) -> None:
        first, second = await wallets.wallet(acme, 10_000), await wallets.wallet(acme, 10_000)
        scopes = tuple(
            [await wallets.budget(acme, ScopeKind.CUSTOMER, f"c{n}", 100_000, period="day") for n in range(6)]
        )
        sides = [Operations() for _ in range(4)]

        async def client(number: int) -> None:
            for turn in range(10):
                wallet_id = (first, second)[(number + turn) % 2]
                chosen = scopes[number % 3 :] if turn % 2 else scopes[: 6 - number % 3][::-1]
                side = sides[number % 4]
                held = await hold(acme, side, spend(wallet_id, 2, scopes=chosen))
                await service.settle(
                    acme.key, acme.org_id, operations=side, hold_id=held.id, actual=Decimal(1), now=NOW
                )

        await asyncio.gather(*(client(number) for number in range(24)))

        assert await db.fetchval("SELECT sum(balance) FROM wallet") == 20_000 - 240
        assert await findings() == []

    async def _three_hundred(
        self, acme: Tenant, wallet_id: WalletId, scopes: tuple[Scope, ...]
    ) -> dict[str, int]:
        sides = [Operations(), Operations()]

        async def one(number: int) -> str:
            try:
                await hold(acme, sides[number % 2], spend(wallet_id, 1, scopes=scopes))
            except LaunchKitError as refusal:
                return refusal.code
            return "held"

        outcomes = await asyncio.gather(*(one(number) for number in range(300)))
        return {outcome: outcomes.count(outcome) for outcome in set(outcomes)}

    async def _available(self, acme: Tenant, wallet_id: WalletId) -> Decimal:
        wallet = await queries.wallet(acme.key, acme.org_id, wallet_id)
        return (await queries.credits_of(acme.key, wallet, now=NOW)).available


class TestEndLeases:
    async def test_gives_back_what_was_never_begun_and_books_what_was(
        self, acme: Tenant, operations: Operations
    ) -> None:
        wallet_id = await wallets.wallet(acme, 100)
        lease = timedelta(seconds=30)
        idle = await hold(acme, operations, spend(wallet_id, 10), lease=lease)
        begun = await hold(acme, operations, spend(wallet_id, 20), lease=lease)
        longer = await hold(acme, operations, spend(wallet_id, 5), lease=2 * lease)
        await service.start(acme.key, acme.org_id, hold_id=begun.id, now=NOW, lease=lease)

        assert await service.end_leases(now=NOW + lease - timedelta(microseconds=1)) == 0
        ended = await asyncio.gather(*(service.end_leases(now=NOW + lease) for _ in range(4)))

        assert sum(ended) == 2
        states = {
            hold.id: hold.state.value
            for hold in (await queries.holds(acme.key, acme.org_id, request=ALL)).items
        }
        assert states == {idle.id: "expired", begun.id: "settled", longer.id: "open"}
        wallet = await queries.wallet(acme.key, acme.org_id, wallet_id)
        assert (wallet.balance, wallet.held) == (Decimal(80), Decimal(5))
        assert await findings() == []

    async def test_waits_for_work_that_begins_in_this_moment(
        self, acme: Tenant, operations: Operations, settings: Settings
    ) -> None:
        wallet_id = await wallets.wallet(acme, 100)
        held = await hold(acme, operations, spend(wallet_id, 10), lease=timedelta(seconds=30))
        later = NOW + timedelta(seconds=30)
        async with stranger(settings) as other:
            await other.execute(
                "UPDATE credit_hold SET started_at = $2, lease_expires_at = $3 WHERE id = $1",
                held.id,
                later,
                later + timedelta(minutes=1),
            )
            sweep = asyncio.create_task(service.end_leases(now=later))
            await eventually(lambda: databases.waiters(other), what="the sweep waiting")
        assert await sweep == 0
        assert (await queries.hold(acme.key, acme.org_id, held.id)).state is HoldState.OPEN

    async def test_locks_every_wallet_before_any_budget(
        self, acme: Tenant, operations: Operations, settings: Settings
    ) -> None:
        first, second = sorted([await wallets.wallet(acme, 9), await self._of_customer(acme)])
        scope = await wallets.budget(acme, ScopeKind.USER, "u", 100)
        for wallet_id in (first, second):
            await hold(acme, operations, spend(wallet_id, 1, scopes=[scope]), lease=timedelta(seconds=1))
        async with stranger(settings) as other:
            await other.execute("SELECT FROM wallet WHERE id = $1 FOR UPDATE", second)
            sweep = asyncio.create_task(service.end_leases(now=NOW + timedelta(minutes=1)))
            await eventually(lambda: databases.waiters(other), what="the sweep waiting")
            # As an operation on the second wallet would: the sweep must not stand in its way.
            await other.execute("SET LOCAL lock_timeout = '100ms'")
            await other.execute("SELECT FROM budget_usage FOR UPDATE")
        assert await sweep == 2
        assert await findings() == []

    async def test_is_done_by_one_of_those_that_race(self, acme: Tenant, operations: Operations) -> None:
        wallet_id = await wallets.wallet(acme, 1000)
        for _ in range(20):
            await hold(acme, operations, spend(wallet_id, 1), lease=timedelta(seconds=1))
            await wallets.grant(acme, wallet_id, 1, expires_at=NOW + timedelta(seconds=1))
        now = NOW + timedelta(minutes=1)

        ended = await asyncio.gather(*(service.end_leases(now=now, limit=15) for _ in range(3)))
        rest = await service.end_leases(now=now, limit=15)
        expired = await asyncio.gather(*(service.expire(now=now) for _ in range(3)))

        assert sum(ended) + rest == 20
        assert max(ended) == 15
        assert sum(expired) == 20
        assert await findings() == []

    async def _of_customer(self, acme: Tenant) -> WalletId:
        return await wallets.wallet(acme, 9, owner=Owner(OwnerKind.CUSTOMER, "c"))


class TestKeys:
    async def test_are_refused_for_a_second_wallet_in_the_same_moment(
        self, acme: Tenant, settings: Settings
    ) -> None:
        first = await wallets.wallet(acme, 9)
        second = await wallets.wallet(acme, 9, owner=Owner(OwnerKind.CUSTOMER, "c"))
        async with stranger(settings) as other:
            await other.execute(
                "SELECT credit_place_hold($1, $2, $3, 'same', 1, NULL, '{}', '{}', $4, $4)",
                ids.uuid7(),
                acme.org_id,
                first,
                NOW,
            )
            asked = asyncio.create_task(hold(acme, Operations(), spend(second, 1, key="same")))
            await eventually(lambda: databases.waiters(other), what="the second hold waiting for the first")
        with pytest.raises(KeyReused):
            await asked
        assert await findings() == []

    @pytest.mark.parametrize("key", ["settle:x", "repay:x", "expire:x", "", "k" * 201, "a\nb"])
    async def test_are_refused_where_they_are_none(
        self, acme: Tenant, operations: Operations, key: str
    ) -> None:
        wallet_id = await wallets.wallet(acme, 9)
        before = await state()
        with pytest.raises(InvalidInput) as refused:
            await hold(acme, operations, Spend(wallet_id, key, Decimal(1)))
        assert [error.field for error in refused.value.field_errors] == ["idempotency_key"]
        assert await state() == before


class TestBatches:
    async def test_leave_the_budget_rows_of_other_periods_alone(
        self, acme: Tenant, operations: Operations, settings: Settings
    ) -> None:
        wallet_id = await wallets.wallet(acme, 100)
        scopes = [await wallets.budget(acme, ScopeKind.USER, "u", 100, period="day")]
        yesterday = NOW - timedelta(days=1)
        await wallets.grant(acme, wallet_id, 5, effective_at=yesterday)
        await hold(acme, operations, spend(wallet_id, 1, scopes=scopes), now=yesterday)
        async with stranger(settings) as other:
            await other.execute("SELECT FROM budget_usage FOR UPDATE")
            wanted = [spend(wallet_id, 1, scopes=scopes) for _ in range(8)]
            async with asyncio.timeout(14):
                held = await asyncio.gather(*(hold(acme, operations, one) for one in wanted))
        assert len(held) == 8


class TestLedger:
    async def test_shows_the_entries_of_each_transaction(self, acme: Tenant, operations: Operations) -> None:
        wallet_id = await wallets.wallet(acme, 3)
        done = await service.charge(
            acme.org_id, operations=operations, spend=spend(wallet_id, "4.5"), now=NOW
        )

        page = await queries.ledger(acme.key, acme.org_id, wallet_id, request=PageRequest(1))

        [newest] = page.items
        assert page.has_next
        assert (newest.id, newest.kind, newest.balance_after) == (
            done.transaction_id,
            "consume",
            Decimal("-1.5"),
        )
        assert [(entry.account, entry.amount) for entry in newest.entries] == [
            ("credit", Decimal(-3)),
            ("debt", Decimal("-1.5")),
            ("consumed", Decimal("4.5")),
        ]

    async def test_is_ordered_as_its_wallet_was_locked_and_not_as_ids_were_made(self, acme: Tenant) -> None:
        wallet_id = await wallets.wallet(acme, 9)
        made = [ids.uuid7() for _ in range(4)]
        for number, transaction in enumerate(reversed(made)):
            await db.execute(
                "SELECT credit_consume($1, $2, $3, $4, 1, NULL, '{}', '{}', false, $5)",
                acme.org_id,
                wallet_id,
                transaction,
                f"k{number}",
                NOW,
            )
        first = await queries.ledger(acme.key, acme.org_id, wallet_id, request=PageRequest(1))
        rest = await queries.ledger(
            acme.key, acme.org_id, wallet_id, request=PageRequest(5, first.items[0].id)
        )

        assert [t.balance_after for t in (*first.items, *rest.items)] == [5, 6, 7, 8, 9]

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE ledger_entry SET amount = amount + 1",
            "DELETE FROM ledger_entry",
            "TRUNCATE ledger_entry",
            "UPDATE ledger_transaction SET amount = 0",
            "DELETE FROM ledger_transaction",
            "TRUNCATE ledger_transaction",
        ],
    )
    async def test_cannot_be_changed(self, acme: Tenant, statement: str) -> None:
        await wallets.wallet(acme, 3)
        before = await state()

        with pytest.raises(asyncpg.PostgresError, match="is append-only"):
            await db.execute(statement)
        assert await state() == before

    async def test_takes_nothing_that_does_not_sum_to_zero(self, acme: Tenant) -> None:
        wallet_id = await wallets.wallet(acme, 3)
        before = await state()

        with pytest.raises(asyncpg.PostgresError, match="does not sum to zero"):
            await db.execute(
                "INSERT INTO ledger_entry (transaction_id, line, org_id, wallet_id, account, amount) "
                "VALUES ($1, 1, $2, $3, 'consumed', 5), ($1, 2, $2, $3, 'debt', -4)",
                ids.uuid7(),
                acme.org_id,
                wallet_id,
            )
        assert await state() == before


class TestVerification:
    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ("UPDATE wallet SET balance = balance + 1", "wallet_balance_differs"),
            ("UPDATE wallet SET held = held - 1", "wallet_held_differs"),
            ("UPDATE credit_grant SET remaining = remaining - 1", "grant_remaining_differs"),
            ("UPDATE credit_grant SET held = held - 1", "grant_held_differs"),
            ("DELETE FROM ledger_entry WHERE account = 'consumed'", "ledger_transaction_unbalanced"),
            ("DELETE FROM ledger_entry", "ledger_transaction_empty"),
            (
                "UPDATE ledger_transaction SET balance_after = balance_after + 1",
                "ledger_balance_after_differs",
            ),
            ("UPDATE budget_usage SET held = held + 1", "budget_held_differs"),
            ("UPDATE credit_hold SET settled = settled + 1 WHERE state = 'settled'", "hold_not_booked"),
        ],
    )
    async def test_finds_every_kind_of_drift(
        self, acme: Tenant, operations: Operations, settings: Settings, change: str, code: str
    ) -> None:
        wallet_id = await wallets.wallet(acme, 100)
        scopes = [await wallets.budget(acme, ScopeKind.USER, "u", 100)]
        await hold(acme, operations, spend(wallet_id, 10, scopes=scopes))
        settled = await hold(acme, operations, spend(wallet_id, 5))
        await service.settle(
            acme.key, acme.org_id, operations=operations, hold_id=settled.id, actual=Decimal(5), now=NOW
        )
        assert await findings() == []
        connection = await asyncpg.connect(settings.require_database_url())
        await connection.execute("SET session_replication_role = replica")
        await connection.execute(change)
        await connection.close()

        assert code in {finding.code for finding in await findings()}


class TestClawBack:
    @pytest.mark.parametrize("is_journalled", [False, True])
    async def test_asks_for_nothing_that_lapsed_unused(
        self, acme: Tenant, operations: Operations, is_journalled: bool
    ) -> None:
        wallet_id = await wallets.wallet(acme)
        grant_id = await wallets.grant(acme, wallet_id, 10, expires_at=NOW + timedelta(seconds=1))
        await service.consume(
            acme.key, acme.org_id, operations=operations, spend=spend(wallet_id, 3), now=NOW
        )
        later = NOW + timedelta(minutes=1)
        if is_journalled:
            assert await service.expire(now=later) == 1

        done = await granting.claw_back(
            acme.owner, acme.org_id, grant_id=grant_id, amount=Decimal(10), key="k", now=later
        )

        assert (done.balance, done.debt) == (Decimal(-3), Decimal(3))
        assert await findings() == []

    async def test_takes_what_is_free_and_makes_the_rest_debt(
        self, acme: Tenant, operations: Operations
    ) -> None:
        wallet_id = await wallets.wallet(acme)
        grant_id = await wallets.grant(acme, wallet_id, 10)
        await hold(acme, operations, spend(wallet_id, 4))
        await service.consume(
            acme.key, acme.org_id, operations=operations, spend=spend(wallet_id, 3), now=NOW
        )

        done = await granting.claw_back(
            acme.owner, acme.org_id, grant_id=grant_id, amount=Decimal(10), key="refunded", now=NOW
        )

        assert (done.debt, done.balance) == (Decimal(7), Decimal(-3))
        row = await db.fetchrow("SELECT remaining, held FROM credit_grant WHERE id = $1", grant_id)
        assert row is not None
        assert tuple(row) == (4, 4)
        assert await findings() == []
