"""Any sequence of operations on credit, against an independent account of what they should come to.

`Books` says in plain Python what the README promises; the machine does the same to the books and to the database, lets
clocks run, operations be repeated and processes die before their commit, and compares every figure after every step.
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

import asyncpg
import hypothesis
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.core import ids
from app.core.config import Settings
from app.core.errors import LaunchKitError
from app.core.ids import GrantId, HoldId, WalletId
from app.credits import granting, service, verification
from app.credits.errors import BudgetExceeded, HoldAlreadySettled, InsufficientCredits, RefundTooLarge
from app.credits.operations import Operations
from app.credits.types import Category, Held, Scope, ScopeKind, Settlement, Spend
from app.infra import db
from tests.factories import wallets
from tests.factories.orgs import NOW, Tenant, tenant

T = TypeVar("T")

BUDGET = Decimal(120)
AMOUNTS = st.one_of(
    st.integers(1, 60).map(Decimal), st.decimals(min_value="0.000000000001", max_value=60, places=12)
)
FEATURES = st.sampled_from([None, "chat"])
GRANTS = st.fixed_dictionaries(
    {
        "amount": AMOUNTS,
        "priority": st.sampled_from([50, 50, 10]),
        "category": st.sampled_from(Category),
        "feature": st.sampled_from([None, None, "chat"]),
        "begins": st.sampled_from([0, 0, 20]),
        "lasts": st.sampled_from([None, None, 30, 90]),
    }
)
SCOPES = st.sampled_from([(), (Scope(ScopeKind.CUSTOMER, "c1"),)])


@dataclass
class Grant:
    amount: Decimal
    remaining: Decimal
    held: Decimal
    priority: int
    category: Category
    feature: str | None
    effective_at: datetime
    expires_at: datetime | None
    number: int = 0
    lapsed: Decimal = Decimal(0)
    is_clawed_back: bool = False

    @property
    def order(self) -> tuple[object, ...]:
        """In which grants burn."""
        ends = self.expires_at.timestamp() if self.expires_at else float("inf")
        return (self.priority, ends, self.category is Category.PAID, self.effective_at, self.number)

    def free(self, now: datetime) -> Decimal:
        is_active = self.effective_at <= now and (self.expires_at is None or self.expires_at > now)
        return self.remaining - self.held if is_active else Decimal(0)


@dataclass
class Hold:
    amount: Decimal
    parts: list[tuple[UUID, Decimal]]
    feature: str | None
    lease: datetime
    is_budgeted: bool
    is_started: bool = False
    state: str = "open"
    settled: Decimal | None = None


@dataclass
class Taking:
    """What a consumption drew, and what of it was given back since, in the order in which it was drawn."""

    parts: list[tuple[UUID | None, Decimal]]
    given_back: dict[UUID | None, Decimal] = field(default_factory=dict)

    @property
    def left(self) -> Decimal:
        return sum((part for _, part in self.parts), Decimal(0)) - sum(self.given_back.values(), Decimal(0))


@dataclass
class Books:
    grants: dict[UUID, Grant] = field(default_factory=dict)
    holds: dict[HoldId, Hold] = field(default_factory=dict)
    takings: dict[UUID, Taking] = field(default_factory=dict)
    debt: Decimal = Decimal(0)
    budget_held: Decimal = Decimal(0)
    budget_spent: Decimal = Decimal(0)

    def pick(self, need: Decimal, feature: str | None, now: datetime) -> list[tuple[UUID, Decimal]]:
        parts = []
        for grant_id, grant in sorted(self.grants.items(), key=lambda item: item[1].order):
            part = min(grant.free(now), need)
            if part > 0 and grant.feature in (None, feature):
                parts.append((grant_id, part))
                need -= part
        return parts

    def available(self, feature: str | None, now: datetime) -> Decimal:
        return sum((g.free(now) for g in self.grants.values() if g.feature in (None, feature)), Decimal(0))

    def repay(self, now: datetime) -> None:
        for grant_id, part in self.pick(self.debt, None, now):
            self.grants[grant_id].remaining -= part
            self.debt -= part

    def take(self, transaction: UUID, need: Decimal, feature: str | None, now: datetime) -> None:
        """Of further credit, and then as debt."""
        parts: list[tuple[UUID | None, Decimal]] = []
        for grant_id, part in self.pick(need, feature, now):
            self.grants[grant_id].remaining -= part
            parts.append((grant_id, part))
            need -= part
        if need:
            self.debt += need
            parts.append((None, need))
        self.takings.setdefault(transaction, Taking([])).parts.extend(parts)

    def settle(self, hold: Hold, transaction: UUID, actual: Decimal, now: datetime) -> None:
        need, taking = actual, Taking([])
        self.takings[transaction] = taking
        for grant_id, part in hold.parts if hold.state == "open" else ():
            taken = min(part, need)
            self.grants[grant_id].held -= part
            self.grants[grant_id].remaining -= taken
            need -= taken
            if taken:
                taking.parts.append((grant_id, taken))
        if hold.is_budgeted:
            self.budget_held -= hold.amount if hold.state == "open" else 0
            self.budget_spent += actual
        if need:
            self.take(transaction, need, hold.feature, now)
        hold.state, hold.settled = "settled", actual

    def release(self, hold: Hold, state: str) -> None:
        for grant_id, part in hold.parts:
            self.grants[grant_id].held -= part
        if hold.is_budgeted:
            self.budget_held -= hold.amount
        hold.state = state


class Machine(RuleBasedStateMachine):
    tenant: Tenant
    settings: Settings
    loop: asyncio.AbstractEventLoop

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.books = Books()
        self.operations = Operations()
        self.wallet: WalletId = self.run(self._begin())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(30)

    def attempt(self, work: Coroutine[Any, Any, T]) -> "T | LaunchKitError":
        try:
            return self.run(work)
        except LaunchKitError as refusal:
            return refusal

    async def _begin(self) -> WalletId:
        """The database as it was, but for the ledger of examples before, which are other orgs'."""
        type(self).tenant = await tenant(self.settings, f"acme-{ids.uuid7().hex}")
        await wallets.budget(self.tenant, ScopeKind.CUSTOMER, "c1", str(BUDGET), period="total")
        return await wallets.wallet(self.tenant)

    @rule(seconds=st.integers(1, 40))
    def let_time_pass(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @initialize(wishes=st.lists(GRANTS, min_size=2, max_size=4))
    def begin_with_grants(self, wishes: list[dict[str, Any]]) -> None:
        for wish in wishes:
            self._grant(**wish)

    @rule(wish=GRANTS)
    def grant(self, wish: dict[str, Any]) -> None:
        self._grant(**wish)

    def _grant(
        self,
        amount: Decimal,
        priority: int,
        category: Category,
        feature: str | None,
        begins: int,
        lasts: int | None,
    ) -> None:
        effective = self.now + timedelta(seconds=begins)
        expires = None if lasts is None else effective + timedelta(seconds=lasts)
        key = f"grant:{len(self.books.grants)}"
        for _ in range(2):  # the second time says the same and changes nothing
            grant_id: GrantId = self.run(
                wallets.grant(
                    self.tenant,
                    self.wallet,
                    amount,
                    key=key,
                    category=category,
                    priority=priority,
                    effective_at=effective,
                    expires_at=expires,
                    feature_id=feature,
                    now=self.now,
                )
            )
        made = Grant(amount, amount, Decimal(0), priority, category, feature, effective, expires)
        made.number = len(self.books.grants)
        if feature is None and not begins:
            repaid = min(self.books.debt, amount)
            made.remaining -= repaid
            self.books.debt -= repaid
        self.books.grants[grant_id] = made

    @rule(amount=AMOUNTS, feature=FEATURES, scopes=SCOPES, lease=st.integers(1, 60))
    def hold(self, amount: Decimal, feature: str | None, scopes: tuple[Scope, ...], lease: int) -> None:
        books = self.books
        spend = Spend(self.wallet, f"hold:{ids.uuid7()}", amount, feature, scopes)
        books.repay(self.now)
        is_over = bool(scopes) and books.budget_held + books.budget_spent + amount > BUDGET
        parts = books.pick(amount, feature, self.now)
        arguments: dict[str, Any] = {
            "operations": self.operations,
            "spend": spend,
            "now": self.now,
            "lease": timedelta(seconds=lease),
        }
        held = self.attempt(service.hold(self.tenant.key, self.tenant.org_id, **arguments))
        if isinstance(held, BudgetExceeded):
            assert is_over
            assert held.refusal.scope == scopes[0]
            return
        if isinstance(held, InsufficientCredits):
            assert not is_over
            assert held.refusal.available == books.available(feature, self.now) < amount
            return
        assert isinstance(held, Held)
        assert not is_over
        assert sum(part for _, part in parts) == amount
        again = self.run(service.hold(self.tenant.key, self.tenant.org_id, **arguments))
        assert (again.id, again.is_replay) == (held.id, True)
        for grant_id, part in parts:
            books.grants[grant_id].held += part
        books.budget_held += amount if scopes else 0
        books.holds[held.id] = Hold(amount, parts, feature, self.now + timedelta(seconds=lease), bool(scopes))

    @precondition(lambda self: self.books.holds)
    @rule(data=st.data(), share=st.sampled_from(["0", "0.3", "1", "1.7"]))
    def settle(self, data: st.DataObject, share: str) -> None:
        hold_id = data.draw(st.sampled_from(sorted(self.books.holds)))
        hold = self.books.holds[hold_id]
        actual = (hold.amount * Decimal(share)).quantize(Decimal("1E-12"))
        arguments: dict[str, Any] = {"operations": self.operations, "hold_id": hold_id, "now": self.now}
        done = self.run(service.settle(self.tenant.key, self.tenant.org_id, actual=actual, **arguments))
        if hold.state == "settled":
            assert done.is_replay
            assert done.amount == hold.settled
            return
        assert done.amount == actual
        assert done.transaction_id is not None
        self.books.settle(hold, done.transaction_id, actual, self.now)
        again = self.run(service.settle(self.tenant.key, self.tenant.org_id, actual=actual + 1, **arguments))
        assert (again.transaction_id, again.amount) == (done.transaction_id, actual)

    @precondition(lambda self: self.books.holds)
    @rule(data=st.data())
    def release(self, data: st.DataObject) -> None:
        hold_id = data.draw(st.sampled_from(sorted(self.books.holds)))
        hold = self.books.holds[hold_id]
        work = service.release(
            self.tenant.key, self.tenant.org_id, operations=self.operations, hold_id=hold_id, now=self.now
        )
        if hold.state == "settled":
            with pytest.raises(HoldAlreadySettled):
                self.run(work)
            return
        self.run(work)
        if hold.state == "open":
            self.books.release(hold, "released")

    @precondition(lambda self: any(hold.state == "open" for hold in self.books.holds.values()))
    @rule(data=st.data())
    def start(self, data: st.DataObject) -> None:
        opened = sorted(hold_id for hold_id, hold in self.books.holds.items() if hold.state == "open")
        hold_id = data.draw(st.sampled_from(opened))
        hold = self.books.holds[hold_id]
        started = self.run(
            service.start(
                self.tenant.key,
                self.tenant.org_id,
                hold_id=hold_id,
                now=self.now,
                lease=timedelta(seconds=20),
            )
        )
        hold.lease = started.lease_expires_at
        hold.is_started = True

    @rule()
    def end_leases(self) -> None:
        self.run(service.end_leases(now=self.now))
        for hold_id, hold in self.books.holds.items():
            if hold.state == "open" and hold.lease <= self.now:
                if hold.is_started:
                    transaction = self.run(self._transaction_of(hold_id))
                    self.books.settle(hold, transaction, hold.amount, self.now)
                else:
                    self.books.release(hold, "expired")

    async def _transaction_of(self, hold_id: HoldId) -> UUID:
        found: UUID = await db.fetchval("SELECT transaction_id FROM credit_hold WHERE id = $1", hold_id)
        return found

    @rule(amount=AMOUNTS, feature=FEATURES, scopes=SCOPES, is_done=st.booleans())
    def consume(self, amount: Decimal, feature: str | None, scopes: tuple[Scope, ...], is_done: bool) -> None:
        books = self.books
        spend = Spend(self.wallet, f"consume:{ids.uuid7()}", amount, feature, scopes)
        books.repay(self.now)
        is_over = bool(scopes) and books.budget_held + books.budget_spent + amount > BUDGET
        is_short = books.available(feature, self.now) < amount
        arguments: dict[str, Any] = {"operations": self.operations, "spend": spend, "now": self.now}
        for attempt in range(2):
            work = (
                service.charge(self.tenant.org_id, **arguments)
                if is_done
                else service.consume(self.tenant.key, self.tenant.org_id, **arguments)
            )
            done = self.attempt(work)
            if isinstance(done, LaunchKitError):
                assert not is_done
                assert isinstance(done, BudgetExceeded) == is_over
                assert is_over or is_short
                return
            assert done.is_replay == bool(attempt)
        assert isinstance(done, Settlement)
        assert is_done or not (is_over or is_short)
        assert done.transaction_id is not None
        books.take(done.transaction_id, amount, feature, self.now)
        books.budget_spent += amount if scopes else 0

    @precondition(lambda self: self.books.takings)
    @rule(data=st.data(), share=st.sampled_from(["0.4", "1", "1.2"]))
    def refund(self, data: st.DataObject, share: str) -> None:
        of = data.draw(st.sampled_from(sorted(self.books.takings)))
        taking = self.books.takings[of]
        amount = (taking.left * Decimal(share)).quantize(Decimal("1E-12"))
        if amount <= 0:
            return
        key = f"refund:{ids.uuid7()}"
        work = granting.refund(
            self.tenant.owner, self.tenant.org_id, transaction_id=of, amount=amount, key=key, now=self.now
        )
        if amount > taking.left:
            with pytest.raises(RefundTooLarge):
                self.run(work)
            return
        done = self.run(work)
        assert done.transaction_id is not None
        self._give_back(taking, amount, done.transaction_id)

    def _give_back(self, taking: Taking, need: Decimal, transaction: UUID) -> None:
        """To where it came from, last drawn first; debt that is repaid meanwhile as a grant of its own."""
        taken: dict[UUID | None, Decimal] = {}
        for source, part in taking.parts:
            taken[source] = taken.pop(source, Decimal(0)) + part
        for source, part in reversed(taken.items()):
            back = min(part - taking.given_back.get(source, Decimal(0)), need)
            if back <= 0:
                continue
            need -= back
            taking.given_back[source] = taking.given_back.get(source, Decimal(0)) + back
            if source is not None:
                self.books.grants[source].remaining += back
                continue
            off_debt = min(self.books.debt, back)
            self.books.debt -= off_debt
            if rest := back - off_debt:
                self.books.grants[transaction] = Grant(
                    rest,
                    rest,
                    Decimal(0),
                    50,
                    Category.PAID,
                    None,
                    self.now,
                    None,
                    number=len(self.books.grants),
                )

    @precondition(lambda self: self.books.grants)
    @rule(data=st.data())
    def claw_back(self, data: st.DataObject) -> None:
        grant_id = data.draw(st.sampled_from(sorted(self.books.grants)))
        grant = self.books.grants[grant_id]
        arguments: dict[str, Any] = {"grant_id": grant_id, "amount": grant.amount, "now": self.now}
        work = granting.claw_back(self.tenant.owner, self.tenant.org_id, key=f"back:{grant_id}", **arguments)
        is_again = grant.is_clawed_back
        done = self.run(work)
        assert done.is_replay == is_again
        if is_again:
            return
        grant.is_clawed_back = True
        free = grant.remaining - grant.held
        grant.remaining -= free
        self.books.debt += grant.amount - free - grant.lapsed

    @rule()
    def expire(self) -> None:
        self.run(service.expire(now=self.now))
        for grant in self.books.grants.values():
            if grant.expires_at is not None and grant.expires_at <= self.now:
                grant.lapsed += grant.remaining - grant.held
                grant.remaining = grant.held

    @rule(amount=AMOUNTS)
    def die_before_the_commit(self, amount: Decimal) -> None:
        """A process that is killed while its transaction is open leaves nothing."""

        async def die() -> None:
            connection = await asyncpg.connect(self.settings.require_database_url())
            await connection.execute("BEGIN")
            await connection.fetch(
                "SELECT * FROM credit_consume($1, $2, $3, 'never', $4, NULL, '{}', '{}', true, $5)",
                self.tenant.org_id,
                self.wallet,
                ids.uuid7(),
                amount,
                self.now,
            )
            connection.terminate()

        self.run(die())

    @invariant()
    def agrees_with_the_books(self) -> None:
        wallet, grants, holds, usage = self.run(self._figures())
        books = self.books
        assert grants == {grant_id: (grant.remaining, grant.held) for grant_id, grant in books.grants.items()}
        assert holds == {hold_id: (hold.state, hold.settled) for hold_id, hold in books.holds.items()}
        remaining = sum((grant.remaining for grant in books.grants.values()), Decimal(0))
        held = sum((hold.amount for hold in books.holds.values() if hold.state == "open"), Decimal(0))
        assert wallet == (remaining - books.debt, held, books.debt)
        assert usage == (books.budget_spent, books.budget_held)

    async def _figures(self) -> tuple[Any, ...]:
        org_id = self.tenant.org_id
        wallet = await db.fetchrow("SELECT balance, held, debt FROM wallet WHERE id = $1", self.wallet)
        grants = await db.fetch("SELECT id, remaining, held FROM credit_grant WHERE org_id = $1", org_id)
        holds = await db.fetch("SELECT id, state, settled FROM credit_hold WHERE org_id = $1", org_id)
        usage = await db.fetchrow(
            "SELECT coalesce(sum(spent), 0), coalesce(sum(held), 0) FROM budget_usage JOIN budget ON id = budget_id "
            "WHERE org_id = $1",
            org_id,
        )
        assert wallet is not None
        assert usage is not None
        return (
            tuple(wallet),
            {row["id"]: (row["remaining"], row["held"]) for row in grants},
            {row["id"]: (row["state"], row["settled"]) for row in holds},
            tuple(usage),
        )

    def teardown(self) -> None:
        assert self.run(self._findings()) == []

    async def _findings(self) -> list[verification.Finding]:
        return [finding async for finding in verification.findings(self.tenant.org_id)]


class TestMachine:
    async def test_agrees_with_the_books_whatever_happens(self, settings: Settings) -> None:
        Machine.settings, Machine.loop = settings, asyncio.get_running_loop()
        profile = hypothesis.settings(max_examples=40, stateful_step_count=30, deadline=None)
        await asyncio.to_thread(run_state_machine_as_test, Machine, settings=profile)
