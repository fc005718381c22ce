"""What was saved of a job is paid for, however the job ends: its owner can read it."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from app.core.pagination import PageRequest
from app.credits import verification
from app.credits.types import Owner, OwnerKind, ScopeKind
from app.infra import db
from app.jobs import execution, queries, service
from app.jobs import verification as job_verification
from app.jobs.errors import LeaseLost
from app.jobs.execution import Lease
from app.jobs.state import State
from app.jobs.types import ItemOutcome
from tests.factories import entitlements, jobs, prices, wallets
from tests.factories.orgs import NOW, Tenant

LATER = NOW + timedelta(hours=1)
BURNED = Decimal("1.1")  # of the one item, at a credit a thousand tokens
ITEM = ItemOutcome(0, {"summary": "Whales."}, calls=jobs.OUTCOME.calls)


async def begun(acme: Tenant, customer: str | None = None) -> Lease:
    """A job of which one item is saved, of an attempt that still runs."""
    until = NOW + timedelta(minutes=30)
    lease = await jobs.running(acme, desk=entitlements.desk(), expires_at=until, customer_id=customer)
    await execution.save_items(lease, [ITEM], now=NOW)
    return lease


async def _cancel_while_it_waits(acme: Tenant, lease: Lease) -> None:
    await jobs.lose()
    shown = (await service.cancel(acme.key, lease.job.id, now=NOW)).value
    assert shown.credits == BURNED


async def _expire(_acme: Tenant, lease: Lease) -> None:
    await jobs.lose()
    assert await execution.expire(now=LATER) == 1


async def _lose_for_good(_acme: Tenant, lease: Lease) -> None:
    await db.execute("UPDATE job SET losses = 2")
    await jobs.lose()


async def _force(acme: Tenant, lease: Lease) -> None:
    await jobs.cancelling(lease, by=acme.key)
    assert await execution.force_cancelled(now=LATER) == 1


async def _fail(_acme: Tenant, lease: Lease) -> None:
    await execution.fail(lease, jobs.BROKEN, is_retryable=False, now=NOW)


async def _fail_at_the_last_attempt(_acme: Tenant, lease: Lease) -> None:
    await db.execute("UPDATE job SET max_attempts = 1")
    assert await execution.fail(lease, jobs.BROKEN, is_retryable=True, now=NOW) is State.FAILED


async def _fail_once_it_is_to_stop(acme: Tenant, lease: Lease) -> None:
    await jobs.cancelling(lease, by=acme.key)
    assert await execution.fail(lease, jobs.BROKEN, is_retryable=True, now=NOW) is State.CANCELLED


class TestBill:
    @pytest.mark.parametrize(
        "end",
        [
            _cancel_while_it_waits,
            _expire,
            _lose_for_good,
            _force,
            _fail,
            _fail_at_the_last_attempt,
            _fail_once_it_is_to_stop,
        ],
    )
    async def test_is_of_what_was_saved(
        self, acme: Tenant, end: Callable[[Tenant, Lease], Awaitable[None]]
    ) -> None:
        await wallets.wallet(acme, 10)
        await wallets.budget(acme, ScopeKind.API_KEY, str(acme.key.id), 10)
        lease = await begun(acme)

        await end(acme, lease)

        assert len((await queries.items(acme.key, lease.job.id, request=PageRequest())).items) == 1
        job = await jobs.read(lease.job.id)
        assert (job.credits, job.cost_usd, job.input_tokens) == (BURNED, Decimal(jobs.COST), 1_000)
        assert await _only("SELECT balance, held, debt FROM wallet") == (10 - BURNED, 0, 0)
        assert await _only("SELECT held, spent FROM budget_usage") == (0, BURNED)
        drawn = await db.fetchval("SELECT id FROM ledger_transaction WHERE kind = 'settle'")
        events = await db.fetch("SELECT job_id, credits, ledger_transaction_id FROM usage_event")
        assert [tuple(event) for event in events] == [(job.id, BURNED, drawn)]
        told = "SELECT payload->'body'->>'credits' FROM outbox_message WHERE name ~ '^job.(f|c|e).*ed$'"
        assert Decimal([row[0] for row in await db.fetch(told)][-1]) == BURNED
        assert await _findings() == []

    @pytest.mark.parametrize("end", [_lose_for_good, _force])
    async def test_is_also_of_the_calls_that_its_last_attempt_had_noted(
        self, acme: Tenant, end: Callable[[Tenant, Lease], Awaitable[None]]
    ) -> None:
        await wallets.wallet(acme, 10)
        lease = await begun(acme)
        assert await execution.note_calls(lease, jobs.OUTCOME.calls) is State.RUNNING

        await end(acme, lease)

        assert (await jobs.read(lease.job.id)).credits == 2 * BURNED
        assert await _only("SELECT balance, held, debt FROM wallet") == (10 - 2 * BURNED, 0, 0)
        assert await _findings() == []

    async def test_is_not_of_the_calls_of_an_attempt_that_is_made_again(self, acme: Tenant) -> None:
        await wallets.wallet(acme, 10)
        lease = await jobs.running(acme, desk=entitlements.desk())
        await execution.note_calls(lease, jobs.OUTCOME.calls)

        await jobs.lose()
        await service.cancel(acme.key, lease.job.id, now=LATER)

        assert await _only("SELECT credits, cost_usd FROM usage_event") == (0, Decimal(jobs.COST))
        assert await _only("SELECT balance, held, debt FROM wallet") == (10, 0, 0)
        assert (await jobs.read(lease.job.id)).credits == 0
        assert await _findings() == []

    async def test_is_of_nothing_that_somebody_without_the_lease_notes(self, acme: Tenant) -> None:
        lease = await jobs.running(acme, desk=entitlements.desk())
        await jobs.lose()
        with pytest.raises(LeaseLost):
            await execution.note_calls(lease, jobs.OUTCOME.calls)
        assert await _only("SELECT noted FROM job") == (None,)

    async def test_is_at_the_orgs_own_prices(self, acme: Tenant) -> None:
        await wallets.wallet(acme, 100)
        await prices.published(acme, prices.rule(1, per=100))
        for end in (_lose_for_good, _fail):
            lease = await begun(acme)
            await end(acme, lease)
            assert (await jobs.read(lease.job.id)).credits == 10 * BURNED
        assert await _findings() == []

    async def test_is_each_ones_own_where_many_end_at_once(self, acme: Tenant) -> None:
        for customer in ("a", "b"):
            await wallets.wallet(acme, 10, owner=Owner(OwnerKind.CUSTOMER, customer))
        await begun(acme, "b")
        await begun(acme, "a")
        plain = await jobs.running(acme, desk=entitlements.desk(), customer_id="a")
        await db.execute("UPDATE job SET losses = 2")

        await jobs.lose()

        rows = await db.fetch("SELECT balance, held FROM wallet ORDER BY owner_ref")
        assert [tuple(row) for row in rows] == [(10 - BURNED, 0)] * 2
        assert (await jobs.read(plain.job.id)).credits == 0
        paid = await db.fetch(
            "SELECT e.customer_id, w.owner_ref FROM usage_event e "
            "JOIN ledger_transaction l ON l.id = e.ledger_transaction_id JOIN wallet w ON w.id = l.wallet_id"
        )
        assert sorted(tuple(row) for row in paid) == [("a", "a"), ("b", "b")]
        assert await _findings() == []


async def _only(sql: str) -> tuple[object, ...]:
    [row] = await db.fetch(sql)
    return tuple(row)


async def _findings() -> list[object]:
    found: list[object] = [finding async for finding in verification.findings()]
    return found + [finding async for finding in job_verification.findings()]
