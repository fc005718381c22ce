"""Events that take others back, or take their place."""

import asyncio
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import Any

from app.core import ids
from app.core.config import Settings
from app.credits.types import Owner, OwnerKind
from app.infra import db
from app.ingestion.intake import Intake
from tests.factories import databases, usage, wallets
from tests.factories.orgs import Tenant, tenant
from tests.factories.usage import event, ingest, statuses


def void(event_id: str, target: str) -> dict[str, Any]:
    return {"event_id": event_id, "voids": target}


async def figures() -> tuple[Any, ...]:
    row = await db.fetchrow(
        "SELECT sum(requests), sum(input_tokens), sum(credits), sum(unrated) FROM usage_rollup_hour"
    )
    assert row is not None
    return tuple(row)


async def balance() -> Decimal:
    amount: Decimal = await db.fetchval("SELECT balance FROM wallet")
    return amount


async def told(acme: Tenant, *documents: dict[str, Any], **more: Any) -> list[tuple[str, list[str]]]:
    results = await ingest(acme, *documents, **more)
    return [(result.status.value, [error.code for error in result.errors]) for result in results]


class TestVoid:
    async def test_takes_the_event_and_its_credit_back(self, acme: Tenant) -> None:
        await wallets.wallet(acme, 1)
        await ingest(acme, event("a"), event("b", model="never-heard-of"))

        assert await statuses(acme, void("v", "a"), void("w", "b")) == ["accepted"] * 2

        assert await figures() == (0, 0, 0, 0)
        assert await balance() == 1
        assert await db.fetchval("SELECT count(*) FROM usage_event") == 2

    async def test_happens_once(self, acme: Tenant) -> None:
        await wallets.wallet(acme, 10)
        await ingest(acme, event("a"), event("b"))

        assert await statuses(acme, void("v", "a")) == ["accepted"]
        before = await usage.everything()
        assert await told(acme, void("v", "a"), void("v", "b"), void("w", "a"), void("x", "a")) == [
            ("duplicate", []),
            ("conflict", []),
            ("invalid", ["already_voided"]),
            ("invalid", ["already_voided"]),
        ]
        assert await usage.everything() == before

    async def test_happens_once_though_many_try_at_once(self, acme: Tenant) -> None:
        await wallets.wallet(acme, 10)
        await ingest(acme, event("a"), event("b"))
        wanted = [void("v", "a"), void("v", "a"), void("w", "a"), event("s", supersedes="a"), void("x", "b")]

        found = await asyncio.gather(*(statuses(acme, each) for each in wanted * 3))

        assert Counter(status for each in found for status in each)["accepted"] == 2
        voided = await db.fetchval("SELECT count(*) FROM usage_adjustment WHERE kind = 'voided'")
        assert voided == 2
        assert await balance() == Decimal(10) - (await figures())[2]

    async def test_of_what_came_in_the_same_batch(self, acme: Tenant) -> None:
        assert await statuses(acme, void("v", "a"), event("a")) == ["accepted"] * 2
        assert (await figures())[0] == 0

    async def test_includes_what_was_adjusted_since(self, acme: Tenant) -> None:
        """As when it was rated anew: what stays is nothing, and all that was drawn for it is given back."""
        wallet = await wallets.wallet(acme, 10)
        await ingest(acme, event("a"))
        row = await db.fetchrow("SELECT id, occurred_at FROM usage_event")
        assert row is not None
        tx = ids.uuid7()
        await db.fetch(
            "SELECT credit_consume($1, $2, $3, 'more', 0.5, NULL, '{}', '{}', true, $4)",
            acme.org_id,
            wallet,
            tx,
            row["occurred_at"],
        )
        await db.execute(
            "INSERT INTO usage_adjustment (id, org_id, usage_event_id, occurred_at, kind, batch_id, at, requests, "
            "unrated, input_tokens, output_tokens, cost_usd, credits, revenue_usd, ledger_transaction_id) "
            "VALUES ($1, $2, $3, $4, 'rerated', $1, $4, 0, 0, 0, 0, 0.25, 0.5, 0, $5)",
            ids.uuid7(),
            acme.org_id,
            row["id"],
            row["occurred_at"],
            tx,
        )
        await db.execute("UPDATE usage_rollup_hour SET cost_usd = cost_usd + 0.25, credits = credits + 0.5")
        assert await balance() == 8

        assert await statuses(acme, void("v", "a")) == ["accepted"]

        assert await figures() == (0, 0, 0, 0)
        assert await balance() == 10

    async def test_needs_an_event_of_the_same_org_and_workspace(
        self, acme: Tenant, settings: Settings
    ) -> None:
        rival = await tenant(settings, "rival")
        await ingest(acme, event("a"))
        before = await usage.everything()

        unknown = [("invalid", ["unknown_event"])]
        assert await told(acme, void("v", "nothing")) == unknown
        assert await told(rival, void("v", "a")) == unknown
        in_test = replace(acme.key, workspace_id=acme.test.id, environment="test")
        assert await told(acme, void("v", "a"), principal=in_test) == unknown
        assert await usage.everything() == before


class TestLocks:
    async def test_of_all_wallets_come_first_and_in_their_order(
        self, acme: Tenant, settings: Settings
    ) -> None:
        """What is corrected was paid from the first wallet, what takes its place is from the second."""
        names = ["a", "b"]
        for name in names:
            await wallets.wallet(acme, 100, owner=Owner(OwnerKind.CUSTOMER, name))
        found = await db.fetch("SELECT id, owner_ref FROM wallet ORDER BY id")
        (first, payer), (second, other) = [(row["id"], row["owner_ref"]) for row in found]
        await ingest(acme, event("old", customer_id=payer))

        async with databases.transaction(settings.require_database_url()) as holder:
            await holder.execute("SELECT 1 FROM wallet WHERE id = $1 FOR UPDATE", first)
            correcting = asyncio.create_task(
                statuses(acme, event("new", customer_id=other, supersedes="old"))
            )
            async with asyncio.timeout(10):
                while not await databases.waiters(holder):
                    await asyncio.sleep(0.02)
            # Who goes on to the next one in the order finds it free.
            await holder.execute("SELECT 1 FROM wallet WHERE id = $1 FOR UPDATE NOWAIT", second)
        assert await correcting == ["accepted"]
        balances = await db.fetch("SELECT balance FROM wallet ORDER BY id")
        assert [row["balance"] for row in balances] == [100, Decimal("98.5")]


class TestSupersede:
    async def test_puts_one_event_in_the_place_of_another(self, acme: Tenant) -> None:
        await wallets.wallet(acme, 10)
        await ingest(acme, event("a"))

        assert await statuses(acme, event("b", input_tokens=3_500, supersedes="a")) == ["accepted"]

        assert await figures() == (1, 3_500, 4, 0)
        assert await balance() == 6
        assert await db.fetchval("SELECT superseded_by FROM usage_adjustment") == "b"

    async def test_writes_nothing_where_the_other_is_gone(self, acme: Tenant) -> None:
        await wallets.wallet(acme, 10)
        await ingest(acme, event("a"))
        await ingest(acme, event("b", supersedes="a"))
        before = await usage.everything()

        assert await told(acme, event("c", supersedes="a"), event("d", supersedes="nothing")) == [
            ("invalid", ["already_voided"]),
            ("invalid", ["unknown_event"]),
        ]
        assert await statuses(acme, event("b", supersedes="a"), event("b", supersedes="b2")) == [
            "duplicate",
            "conflict",
        ]
        assert await usage.everything() == before

    async def test_can_itself_be_corrected(self, acme: Tenant) -> None:
        await ingest(acme, event("a"))
        await ingest(acme, event("b", supersedes="a"))

        assert await statuses(acme, event("c", input_tokens=5_000, supersedes="b")) == ["accepted"]
        assert await statuses(acme, void("v", "c")) == ["accepted"]
        assert (await figures())[0] == 0

    async def test_happens_once_beside_others_of_the_same_batch(self, acme: Tenant) -> None:
        await wallets.wallet(acme, 100)
        names = [f"e{number}" for number in range(20)]
        await ingest(acme, *map(event, names))
        wanted = [event(f"s-{name}", input_tokens=2_000, supersedes=name) for name in names]
        intakes = Intake(), Intake()

        found = await asyncio.gather(
            *(statuses(acme, *(wanted[::-1] if n % 2 else wanted), intake=intakes[n % 2]) for n in range(6))
        )

        assert Counter(status for each in found for status in each) == {"accepted": 20, "duplicate": 100}
        assert await figures() == (20, 40_000, 50, 0)
        assert await balance() == 50
