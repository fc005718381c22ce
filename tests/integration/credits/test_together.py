"""Operations that are decided together, against the same ones, in the order in which they took effect, one by one.

Two sets of wallets stand alike. What is done to the first in batches is done to the second alone: every answer, every
figure and every grant must be the same.
"""

import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson
import pytest

from app.core import ids
from app.core.config import Settings
from app.core.ids import OrgId
from app.credits import verification
from app.credits.types import Category, Owner, OwnerKind, ScopeKind
from app.infra import db
from tests.factories import wallets
from tests.factories.orgs import NOW, Tenant, tenant

Operation = Mapping[str, Any]

# Without an order: they come as they took effect.
APPLY = "SELECT * FROM credit_apply($1::jsonb)"
TOLD = ("outcome", "amount", "available", "balance", "debt", "scope_kind", "resets_at", "budget_amount")
KINDS = ("hold", "hold", "hold", "settle", "settle", "release", "consume", "again", "repeat")
CUSTOMERS = 3


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    return await tenant(settings)


class Twins:
    """`random` decides what happens; the second set's ids and keys are told by those of the first."""

    def __init__(self, acme: Tenant, chance: random.Random) -> None:
        self._tenant = acme
        self._chance = chance
        self._now = NOW
        self._holds: list[UUID] = []
        self._keys: list[str] = []
        self._twins: dict[UUID, UUID] = {}

    async def make(self) -> None:
        for side in "ab":
            for number in range(CUSTOMERS):
                owner = Owner(OwnerKind.CUSTOMER, f"{side}{number}")
                wallet_id = await wallets.wallet(self._tenant, 40, 20, owner=owner)
                soon = NOW + timedelta(seconds=20)
                await wallets.grant(
                    self._tenant, wallet_id, 15, category=Category.PROMOTIONAL, expires_at=soon, priority=10
                )
                await wallets.grant(self._tenant, wallet_id, 10, feature_id="chat")
                await wallets.grant(
                    self._tenant, wallet_id, 30, effective_at=soon, expires_at=soon + timedelta(days=1)
                )
            await wallets.budget(self._tenant, ScopeKind.CUSTOMER, f"{side}0", 70)
            await wallets.budget(self._tenant, ScopeKind.CUSTOMER, f"{side}1", 30, is_hard=False)
            await wallets.budget(self._tenant, ScopeKind.USER, f"{side}-user", 90, period="total")

    def batch(self) -> list[Operation]:
        self._now += timedelta(seconds=self._chance.choice([0, 0, 5]))
        return [self._operation(number) for number in range(self._chance.choice([1, 3, 4, 6, 9, 14]))]

    def learn(self, batch: Sequence[Operation], rows: Sequence[db.Row]) -> None:
        for row in rows:
            if row["outcome"] == "held":
                self._holds.append(row["id"])
                self._keys.append(batch[row["n"]]["key"])

    def twin(self, operation: Operation) -> Operation:
        """The same of the second set."""
        found = {**operation, "n": 0}
        found["id"] = self._twin_id(operation["id"])
        if "hold" in operation:
            found["hold"] = self._twins.get(operation["hold"], operation["hold"])
        else:
            found["customer"] = "b" + operation["customer"][1:]
            found["key"] = "b" + operation["key"]
            found["refs"] = [ref.replace("a-", "b-") for ref in operation["refs"]]
        return found

    def _twin_id(self, known: UUID) -> UUID:
        return self._twins.setdefault(known, ids.uuid7())

    def _operation(self, number: int) -> Operation:
        kind = self._chance.choice(KINDS)
        common: dict[str, Any] = {
            "n": number,
            "id": ids.uuid7(),
            "org": self._tenant.org_id,
            "amount": str(Decimal(self._chance.randint(1, 180)) / 10),
            "at": self._now,
        }
        if kind in ("settle", "release", "again") and self._holds:
            # The newest, which may be open; now and then any of them, ended or not.
            newest = self._holds[-6:] if kind != "again" else self._holds
            environment = self._chance.choice([None, "live", "live", "test"])
            settles = {"op": "release" if kind == "release" else "settle", "environment": environment}
            return common | settles | {"hold": self._chance.choice(newest)}
        is_known = kind == "repeat" and self._keys
        spend: dict[str, Any] = {
            "op": "consume" if kind == "consume" else "hold",
            "environment": "live",
            "customer": f"a{self._chance.randrange(CUSTOMERS)}",
            "key": self._chance.choice(self._keys) if is_known else str(common["id"]),
            "feature": self._chance.choice([None, "chat"]),
            "kinds": self._chance.choice([[], ["user"]]),
            "lease": self._now + timedelta(minutes=1),
            "allows_debt": self._chance.random() < 0.3,
        }
        spend["refs"] = ["a-user"] * len(spend["kinds"])
        return common | spend


async def _apply(operations: Sequence[Operation]) -> list[db.Row]:
    return await db.fetch(APPLY, orjson.dumps(operations, default=str).decode())


async def _figures(org_id: OrgId, side: str) -> list[tuple[Any, ...]]:
    wallet_rows = await db.fetch(
        "SELECT owner_ref, balance, held, debt FROM wallet WHERE org_id = $1 AND left(owner_ref, 1) = $2 ORDER BY 1",
        org_id,
        side,
    )
    grants = await db.fetch(
        "SELECT g.amount, g.remaining, g.held, g.is_spent FROM credit_grant g JOIN wallet w ON w.id = g.wallet_id "
        "WHERE g.org_id = $1 AND left(w.owner_ref, 1) = $2 ORDER BY w.owner_ref, g.amount",
        org_id,
        side,
    )
    used = await db.fetch(
        "SELECT b.amount, u.spent, u.held FROM budget b JOIN budget_usage u ON u.budget_id = b.id "
        "WHERE b.org_id = $1 AND left(b.scope_id, 1) = $2 ORDER BY b.amount",
        org_id,
        side,
    )
    return [tuple(row.values())[1:] for row in wallet_rows] + [tuple(row) for row in (*grants, *used)]


def _told(row: db.Row) -> Mapping[str, datetime | Decimal | str | None]:
    return {name: row[name] for name in TOLD}


class TestCreditApply:
    @pytest.mark.parametrize("seed", range(6))
    async def test_decides_many_as_one_by_one(self, acme: Tenant, seed: int) -> None:
        twins = Twins(acme, random.Random(seed))
        await twins.make()
        outcomes = set()

        for _ in range(25):
            batch = twins.batch()
            rows = await _apply(batch)
            for row in rows:
                [alone] = await _apply([twins.twin(batch[row["n"]])])
                assert _told(row) == _told(alone), batch[row["n"]]
                outcomes.add(row["outcome"])
            twins.learn(batch, rows)
            assert await _figures(acme.org_id, "a") == await _figures(acme.org_id, "b")

        assert {"held", "settled", "released"} <= outcomes
        assert [finding async for finding in verification.findings()] == []
