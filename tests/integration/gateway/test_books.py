"""Calls that are opened and closed together, against the same ones, in the order in which they took effect, one by one.

Two sets of customers and keys stand alike. What is done to the first in batches is done to the second alone: every
answer, every figure and every usage event must be the same.
"""

import asyncio
import contextvars
import random
from collections.abc import Callable, Coroutine, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson
import pytest

from app.core import ids
from app.core.config import Settings
from app.credits import verification as ledger
from app.credits.types import Owner, OwnerKind, ScopeKind
from app.infra import db
from app.infra.db import UnitOfWork
from app.metering import verification as metering
from tests.factories import entitlements, wallets
from tests.factories.orgs import NOW, Tenant, tenant
from tests.waiting import until

Document = Mapping[str, Any]

TOLD = ("outcome", "amount", "available", "unit", "limit_amount", "resets_at")
SIDES = "ab"
# Of a set: one with plenty, one with a full budget soon, one with little credit, one in a team, one nobody gave any.
CUSTOMERS = ("rich", "bounded", "poor", "member", "new")
# Unknown to the org; with a limit; without one.
FEATURES = (None, "label", "search", "free")
LARGEST_BATCH = 12
_FIGURES = """
SELECT substr(w.owner_ref, 2) AS ref, w.balance, w.held, w.debt,
    (SELECT coalesce(sum(g.held), 0) FROM credit_grant g WHERE g.wallet_id = w.id)
FROM wallet w WHERE left(w.owner_ref, 1) = $1
UNION ALL
SELECT b.scope_kind, u.spent, u.held, b.amount, 0 FROM budget b JOIN budget_usage u ON u.budget_id = b.id
WHERE b.scope_id = ANY ($2) AND NOT (u.spent = 0 AND u.held = 0)
UNION ALL
SELECT substr(x.customer_id, 2), x.held, x.settled, 0, 0 FROM entitlement_usage x WHERE left(x.customer_id, 1) = $1
UNION ALL
SELECT substr(e.customer_id, 2) || coalesce(e.feature_id, ''), count(*), sum(e.credits), sum(e.input_tokens), 0
FROM usage_event e WHERE left(e.customer_id, 1) = $1 GROUP BY 1
UNION ALL
SELECT outcome, count(*), sum(status), 0, 0 FROM gateway_call WHERE left(customer_id, 1) = $1 GROUP BY 1
ORDER BY 1, 2, 3, 4, 5
"""


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    return await tenant(settings)


class Twins:
    """`random` decides what happens to the first set."""

    def __init__(self, acme: Tenant, chance: random.Random) -> None:
        self._acme = acme
        self._chance = chance
        self._now = NOW
        self._keys = {side: ids.uuid7() for side in SIDES}
        self._twins: dict[UUID, UUID] = {}
        self.open: list[UUID] = []

    async def make(self) -> None:
        for key in ("search", "free"):
            await entitlements.feature(self._acme, key)
        await entitlements.entitle(self._acme, key="search", amount=6)
        await entitlements.entitle(self._acme, key="free")
        for side in SIDES:
            for name, credit in (("rich", 10_000), ("bounded", 10_000), ("poor", 30), ("crew", 10_000)):
                kind = OwnerKind.TEAM if name == "crew" else OwnerKind.CUSTOMER
                # Of two grants, so that holds are of parts.
                half = Decimal(credit) / 2
                await wallets.wallet(self._acme, str(half), str(half), owner=Owner(kind, side + name))
            await db.execute(
                "INSERT INTO customer (id, org_id, external_id, team, created_at) VALUES ($1, $2, $3, $4, $5)",
                *(ids.uuid7(), self._acme.org_id, f"{side}member", f"{side}crew", NOW),
            )
            await wallets.budget(self._acme, ScopeKind.CUSTOMER, f"{side}bounded", 12)
            await wallets.budget(self._acme, ScopeKind.TEAM, f"{side}crew", 80, is_hard=False)
            await wallets.budget(self._acme, ScopeKind.API_KEY, str(self._keys[side]), 700, period="total")

    def openings(self) -> Sequence[Document]:
        """Those that name a limited feature last: they take effect behind the others."""
        self._now += timedelta(seconds=1)
        made = [self._opening("a") for _ in range(self._chance.randint(1, LARGEST_BATCH))]
        return sorted(made, key=lambda one: one["feature"] == "search")

    def _opening(self, side: str) -> Document:
        made = ids.uuid7()
        common = {"environment": "live", "operation": "chat", "upstream": "openai", "provider": "openai"}
        return common | {
            "id": made,
            "hold": made,
            "org": self._acme.org_id,
            "workspace": self._acme.live.id,
            "key": self._keys[side],
            "request": "req_1",
            "model": "gpt-4o-mini",
            "customer": side + self._chance.choice(CUSTOMERS),
            "user_ref": self._chance.choice([None, f"{side}-user"]),
            "feature": self._chance.choice(FEATURES),
            "credits": self._chance.choice([None, "0", "1.5", "4", "7"]),
            "input": 10,
            "output": 20,
            "at": self._now,
            "deadline": self._now + timedelta(minutes=1),
            "lease": self._now + timedelta(minutes=2),
        }

    def closings(self) -> Sequence[Document]:
        """Of calls under way: settled with less or more than was held, or given back."""
        self._now += timedelta(seconds=1)
        self._chance.shuffle(self.open)
        number = self._chance.randint(1, LARGEST_BATCH)
        closed, self.open = self.open[:number], self.open[number:]
        return [self._closing(one) for one in sorted(closed)]

    def _closing(self, call: UUID) -> Document:
        common: dict[str, Any] = {"id": call, "org": self._acme.org_id, "at": self._now, "status": 200}
        common |= {"upstream": "openai", "provider": "openai", "model": "gpt-4o-mini"}
        if self._chance.random() < 0.2:
            return common | {"outcome": "refused"}
        return common | {
            "outcome": "ok",
            "event": ids.uuid7(),
            "event_id": ids.encode("call", call),
            "tx": ids.uuid7(),
            "source": "provider",
            "credits": self._chance.choice(["0", "0.25", "1.5"]),
            "input": 10,
            "output": 5,
            "cached": 0,
            "written": 0,
            "reasoning": 0,
            "cost": "0.1",
            "revenue": "0.2",
            "cost_ref": "a price",
            "burn_ref": "a rule",
            "latency": 7,
            "bucket": 3,
        }

    def twin(self, document: Document) -> Document:
        """The same of the second set."""
        found = dict(document)
        for name in ("id", "hold", "event", "tx"):
            if name in found:
                found[name] = self._twins.setdefault(found[name], ids.uuid7())
        if "event_id" in found:
            found["event_id"] = ids.encode("call", found["id"])
        if "key" in found:
            found["key"] = self._keys["b"]
        for name in ("customer", "user_ref"):
            if found.get(name):
                found[name] = "b" + found[name][1:]
        return found

    async def figures(self, side: str) -> Sequence[tuple[Any, ...]]:
        refs = [f"{side}bounded", f"{side}crew", str(self._keys[side])]
        return [tuple(row) for row in await db.fetch(_FIGURES, side, refs)]


async def _sent(function: str, documents: Sequence[Document]) -> list[db.Row]:
    return await db.fetch(
        f"SELECT * FROM {function}($1::jsonb)", orjson.dumps(documents, default=str).decode()
    )


def _told(row: db.Row) -> Mapping[str, Any]:
    """But for what a full budget has left: those that it refuses are looked at behind those that it has room for."""
    is_behind = row["outcome"] == "budget_exceeded"
    return {name: None if is_behind and name == "available" else row[name] for name in TOLD}


class TestManyAtOnce:
    @pytest.mark.parametrize("seed", range(4))
    async def test_come_out_as_one_by_one(self, acme: Tenant, seed: int) -> None:
        twins = Twins(acme, random.Random(seed))
        await twins.make()
        outcomes = set()

        for _ in range(30):
            openings = twins.openings()
            for opening, row in zip(openings, await _sent("gateway_open", openings), strict=True):
                [alone] = await _sent("gateway_open", [twins.twin(opening)])
                assert _told(row) == _told(alone), opening
                outcomes.add(row["outcome"])
                if row["outcome"] in ("held", "unheld"):
                    twins.open.append(opening["id"])
            closings = twins.closings()
            await _sent("gateway_close", closings)
            for closing in closings:
                await _sent("gateway_close", [twins.twin(closing)])
            assert await twins.figures("a") == await twins.figures("b")

        expected = {"held", "unheld", "unrated", "insufficient", "budget_exceeded", "quota_exceeded"}
        assert outcomes >= expected
        assert [finding async for finding in ledger.findings()] == []
        assert [finding async for finding in metering.findings()] == []

    async def test_end_once_and_answer_the_same_when_they_are_sent_again(self, acme: Tenant) -> None:
        twins = Twins(acme, random.Random(1))
        await twins.make()
        openings = [{**twins.openings()[0], "customer": "arich", "credits": "1"} for _ in range(8)]
        first = await _sent("gateway_open", openings)
        again = await _sent("gateway_open", openings)
        assert [row["outcome"] for row in first + again] == ["held"] * 8 + ["replayed"] * 8
        assert [row["hold_id"] for row in first] == [row["hold_id"] for row in again]
        begun = await db.fetch("SELECT 1 FROM credit_hold WHERE started_at IS NOT NULL")
        assert len(begun) == 8

        twins.open = [opening["id"] for opening in openings]
        closings = [*twins.closings(), *twins.closings(), *twins.closings()]
        ended = await _sent("gateway_close", closings)
        before = await twins.figures("a")
        assert len(ended) == len(closings)
        assert await _sent("gateway_close", closings) == []
        assert await twins.figures("a") == before


class TestLimitsOfFeatures:
    """Where nobody pays: no wallet is locked that two batches would have to wait for first."""

    @pytest.fixture
    async def pair(self, acme: Tenant) -> Sequence[Document]:
        """Two calls, the first of which reserves of what is to be locked last."""
        await entitlements.feature(acme, "search")
        await entitlements.entitle(acme, key="search", amount=100)
        twins = Twins(acme, random.Random(1))

        def call(customer: str) -> Document:
            return {**twins._opening("a"), "customer": customer, "feature": "search", "credits": "1"}

        for customer in ("one", "two"):
            await _sent("gateway_open", [call(customer)])
        rows = await db.fetch("SELECT customer_id FROM entitlement_usage ORDER BY id DESC")
        return [call(row["customer_id"]) for row in rows]

    async def test_are_locked_in_one_order_by_batches_that_begin(self, pair: Sequence[Document]) -> None:
        await _is_locked_in_order(lambda: _sent("gateway_open", pair))
        assert await db.fetchval("SELECT sum(held) FROM entitlement_usage") == 4

    async def test_are_locked_in_one_order_by_batches_that_end(self, pair: Sequence[Document]) -> None:
        await _sent("gateway_open", pair)
        common = {"at": NOW, "outcome": "refused", "status": 400, "upstream": "openai", "provider": "openai"}
        ending = [{**common, "id": one["id"], "org": one["org"], "model": "gpt-4o-mini"} for one in pair]
        await _is_locked_in_order(lambda: _sent("gateway_close", ending))
        assert await db.fetchval("SELECT sum(held) FROM entitlement_usage") == 2


async def _is_locked_in_order(act: Callable[[], Coroutine[Any, Any, object]]) -> None:
    """Who waits for the first row must not have taken the second yet."""
    first, second = [row["id"] for row in await db.fetch("SELECT id FROM entitlement_usage ORDER BY id")]
    acting: asyncio.Task[object] | None = None
    try:
        async with db.unit_of_work() as uow:
            await uow.fetch("SELECT 1 FROM entitlement_usage WHERE id = $1 FOR UPDATE", first)
            # In a context of its own: it is no part of this transaction.
            acting = asyncio.get_running_loop().create_task(act(), context=contextvars.Context())
            await until(lambda: _is_waited_for(uow), "waiting for the first row")
            await uow.fetch("SELECT 1 FROM entitlement_usage WHERE id = $1 FOR UPDATE NOWAIT", second)
    finally:
        if acting is not None:
            await acting


async def _is_waited_for(uow: UnitOfWork) -> bool:
    return bool(
        await uow.fetch(
            "SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
        )
    )
