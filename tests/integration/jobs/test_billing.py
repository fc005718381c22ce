"""What a job costs: held before anything is queued, settled with its end, once."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from decimal import Decimal

import asyncpg
import pytest

from app.core import ids
from app.core.config import Settings
from app.core.ids import WalletId
from app.credits import service as credit
from app.credits import verification
from app.credits.errors import BudgetExceeded, InsufficientCredits
from app.credits.operations import Operations
from app.credits.types import Owner, OwnerKind, ScopeKind
from app.customers import service as customers
from app.customers.errors import CustomerNotFound
from app.customers.types import CreateCustomer
from app.entitlements.errors import QuotaExceeded
from app.infra import db
from app.jobs import execution, service
from app.jobs.execution import Lease
from app.jobs.state import State
from app.jobs.types import Job
from app.metering.types import UNBILLED
from tests.factories import entitlements, jobs, prices, wallets
from tests.factories.orgs import NOW, Tenant

BURNED = Decimal("1.1")  # of `jobs.OUTCOME`, at a credit a thousand tokens
LATER = NOW + timedelta(hours=1)


async def paid(tenant: Tenant, **options: object) -> Job:
    return await jobs.queued(tenant, desk=entitlements.desk(), **options)  # type: ignore[arg-type]


async def standing(wallet_id: WalletId) -> tuple[Decimal | int | None, ...]:
    """Balance, what of it is held, and debt."""
    row = await db.fetchrow("SELECT balance, held, debt FROM wallet WHERE id = $1", wallet_id)
    assert row is not None
    assert [finding async for finding in verification.findings()] == []
    return row["balance"], row["held"], row["debt"]


class TestHold:
    async def test_sets_the_estimate_aside_with_the_job(self, acme: Tenant) -> None:
        wallet_id = await wallets.wallet(acme, 10)

        job = await paid(acme)

        assert job.estimated_credits == Decimal(job.estimated_tokens) / 1_000
        assert await standing(wallet_id) == (10, job.estimated_credits, 0)
        kept = await jobs.read(job.id)
        row = await db.fetchrow("SELECT * FROM credit_hold")
        assert row is not None
        assert (row["id"], row["operation_key"], row["feature_id"]) == (
            kept.hold_id,
            f"job:{job.id}",
            "summarize",
        )
        rows = await db.fetch("SELECT xmin::text FROM job UNION SELECT xmin::text FROM credit_hold")
        assert len(rows) == 1, "one transaction"

    @pytest.mark.parametrize("left", [None, "0.1"], ids=["nothing", "too little"])
    async def test_refuses_before_anything_is_queued(self, acme: Tenant, left: str | None) -> None:
        wallet_id = await wallets.wallet(acme, *([left] if left else []))
        before, was = await jobs.counts(), await standing(wallet_id)
        with pytest.raises(InsufficientCredits) as raised:
            await paid(acme, key="once")
        assert raised.value.refusal.available == Decimal(left or 0)
        assert raised.value.refusal.wallet_id == wallet_id
        assert await jobs.counts() == before, "the key is free, too"
        assert await standing(wallet_id) == was
        await wallets.grant(acme, wallet_id, 10)
        assert (await paid(acme, key="once")).state is State.QUEUED

    async def test_answers_a_replay_though_nothing_is_left(self, acme: Tenant) -> None:
        job = await paid(acme, key="first")
        await wallets.wallet(acme)
        again = await paid(acme, key="first")
        assert again.id == job.id

    async def test_refuses_what_a_budget_has_no_room_for(self, acme: Tenant) -> None:
        wallet_id = await wallets.wallet(acme, 10)
        await wallets.budget(acme, ScopeKind.CUSTOMER, "law-firm-a", "0.1")
        before = await jobs.counts()
        with pytest.raises(BudgetExceeded) as raised:
            await paid(acme, customer_id="law-firm-a")
        assert raised.value.refusal.scope is not None
        assert raised.value.refusal.scope.id == "law-firm-a"
        assert raised.value.refusal.resets_at is not None
        assert await jobs.counts() == before
        assert await standing(wallet_id) == (10, 0, 0)

    async def test_refuses_what_the_plan_has_no_tokens_for(self, acme: Tenant) -> None:
        await db.execute("UPDATE org SET plan = 'FREE' WHERE id = $1", acme.org_id)
        before = await jobs.counts()
        with pytest.raises(QuotaExceeded):
            await paid(acme, data={"text": "word " * 60_000})
        assert await jobs.counts() == before

    async def test_counts_what_waits_and_runs_towards_the_plans_tokens(self, acme: Tenant) -> None:
        await db.execute("UPDATE org SET plan = 'FREE' WHERE id = $1", acme.org_id)
        text = {"text": "word " * 12_000}  # 15,000 tokens and some of 50,000

        made = await asyncio.gather(*(paid(acme, data=text) for _ in range(5)), return_exceptions=True)

        taken = [one for one in made if isinstance(one, Job)]
        refused = [one for one in made if isinstance(one, QuotaExceeded)]
        assert (len(taken), len(refused)) == (3, 2)
        used = sum(one.estimated_tokens for one in taken)
        assert {(one.scope_id, one.limit, one.available) for one in refused} == {
            ("FREE", Decimal(50_000), Decimal(50_000 - used))
        }
        assert await db.fetchval("SELECT count(*) FROM job") == 3
        await service.cancel(acme.key, taken[0].id, now=NOW)
        assert (await paid(acme, data=text)).state is State.QUEUED

    async def test_rates_what_comes_out_at_its_own_price(self, acme: Tenant) -> None:
        rules = [prices.rule(1, "input_tokens", per=1_000), prices.rule(4, "output_tokens", per=1_000)]
        await prices.published(acme, *rules)
        asked = {"messages": [{"role": "user", "content": "Hello"}], "max_tokens": 1_000}

        job = await paid(acme, kind="completion", data=asked)

        went_in = job.estimated_tokens - 1_000
        assert 0 < went_in < 10
        assert job.estimated_credits == 4 + Decimal(went_in) / 1_000

    async def test_never_holds_more_than_there_is_however_many_come_at_once(self, acme: Tenant) -> None:
        wallet_id = await wallets.wallet(acme, 1)
        made = await asyncio.gather(*(paid(acme) for _ in range(40)), return_exceptions=True)
        taken = [one for one in made if isinstance(one, Job)]
        assert all(isinstance(one, (Job, InsufficientCredits)) for one in made)
        assert taken[0].estimated_credits is not None
        assert len(taken) == int(1 / taken[0].estimated_credits)
        assert await db.fetchval("SELECT count(*) FROM job") == len(taken)
        assert await standing(wallet_id) == (1, taken[0].estimated_credits * len(taken), 0)

    async def test_of_many_wallets_at_once_locks_nobody_out(
        self, acme: Tenant, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Batches that share a commit would take the wallets of their jobs in the order in which these came."""
        names = [f"c{number:03}" for number in range(100)]
        for name in names:
            await wallets.wallet(acme, 10, owner=Owner(OwnerKind.CUSTOMER, name))
        first = await wallets.wallet(acme, 10)
        met: list[Exception | None] = []
        run_many = db._group._run_many

        async def noted(sql: str, batch: Sequence[Sequence[object]]) -> Sequence[object]:
            try:
                done = await run_many(sql, batch)
            except Exception as error:
                met.append(error)
                raise
            met.append(None)
            return done

        monkeypatch.setattr(db._group, "_run_many", noted)
        holder = await asyncpg.connect(settings.require_database_url())
        async with holder.transaction():
            await holder.fetch("SELECT FROM wallet WHERE id = $1 FOR UPDATE", first)
            # The two that wait for the wallet, and behind each of them a batch.
            wanted = [None, None, *names, *names[:28], *reversed(names)]
            made = asyncio.gather(*(paid(acme, customer_id=name) for name in wanted))
            await asyncio.sleep(0.3)
        await holder.close()
        assert len(await made) == len(wanted)
        assert set(met) <= {None}

    async def test_draws_from_the_customers_own_wallet(self, acme: Tenant) -> None:
        org = await wallets.wallet(acme, 10)
        own = await wallets.wallet(acme, 10, owner=Owner(OwnerKind.CUSTOMER, "law-firm-a"))
        job = await paid(acme, customer_id="law-firm-a")
        assert await standing(own) == (10, job.estimated_credits, 0)
        assert await standing(org) == (10, 0, 0)

    async def test_knows_the_customer_by_our_id_too(self, acme: Tenant, rival: Tenant) -> None:
        org = await wallets.wallet(acme, 10)
        own = await wallets.wallet(acme, 10, owner=Owner(OwnerKind.CUSTOMER, "law-firm-a"))
        made = await customers.create(acme.key, acme.org_id, command=CreateCustomer("law-firm-a"), now=NOW)
        job = await paid(acme, customer_id=ids.encode("cus", made.value.id))
        assert job.customer_id == "law-firm-a"
        assert await standing(own) == (10, job.estimated_credits, 0)
        assert await standing(org) == (10, 0, 0)
        before = await jobs.counts()
        with pytest.raises(CustomerNotFound):
            await paid(rival, customer_id=ids.encode("cus", made.value.id))
        assert await jobs.counts() == before

    async def test_refuses_a_customer_without_credit_of_an_org_that_sells_it(self, acme: Tenant) -> None:
        await wallets.wallet(acme, 10, owner=Owner(OwnerKind.CUSTOMER, "law-firm-a"))
        with pytest.raises(InsufficientCredits) as raised:
            await paid(acme, customer_id="law-firm-b")
        assert raised.value.refusal.available == 0
        assert (await paid(acme)).state is State.QUEUED, "the org's own work is nobody's to pay for"

    async def test_is_not_asked_for_where_nobody_has_a_wallet(self, acme: Tenant) -> None:
        job = await paid(acme)
        assert (await jobs.read(job.id)).hold_id is None
        await execution.succeed(await jobs.leased(job), jobs.OUTCOME, now=NOW)
        assert await db.fetchval("SELECT count(*) FROM ledger_transaction") == 0


class TestSettle:
    async def test_takes_what_was_used_with_the_end(self, acme: Tenant) -> None:
        wallet_id = await wallets.wallet(acme, 10)
        job = await paid(acme)
        await execution.succeed(await jobs.leased(job), jobs.OUTCOME, now=NOW)

        assert await standing(wallet_id) == (10 - BURNED, 0, 0)
        drawn = await db.fetchrow(
            "SELECT id, amount, xmin::text FROM ledger_transaction WHERE kind = 'settle'"
        )
        event = await db.fetchrow("SELECT ledger_transaction_id, credits, xmin::text FROM usage_event")
        assert drawn is not None
        assert event is not None
        assert (event["ledger_transaction_id"], event["credits"]) == (drawn["id"], drawn["amount"])
        assert event["xmin"] == drawn["xmin"] == await db.fetchval("SELECT xmin::text FROM job")

    async def test_makes_a_debt_of_what_lacks_since_the_work_is_done(self, acme: Tenant) -> None:
        wallet_id = await wallets.wallet(acme, 1)
        job = await paid(acme)
        await execution.succeed(await jobs.leased(job), jobs.OUTCOME, now=NOW)
        assert await standing(wallet_id) == (1 - BURNED, 0, BURNED - 1)

    async def test_happens_once_however_many_workers_end_it(self, acme: Tenant) -> None:
        wallet_id = await wallets.wallet(acme, 10)
        lease = await jobs.leased(await paid(acme))
        await asyncio.gather(
            *(execution.succeed(lease, jobs.OUTCOME, now=NOW) for _ in range(10)), return_exceptions=True
        )
        assert await standing(wallet_id) == (10 - BURNED, 0, 0)

    async def test_makes_the_customer_that_usage_names_first(self, acme: Tenant) -> None:
        taken = [await paid(acme, customer_id="law-firm-a") for _ in range(3)]
        assert await db.fetch("SELECT FROM customer") == [], "nothing was used yet"
        leases = [await jobs.leased(job) for job in taken]

        await asyncio.gather(*(execution.succeed(lease, jobs.OUTCOME, now=NOW) for lease in leases))

        rows = await db.fetch("SELECT external_id, org_id FROM customer")
        assert [tuple(row) for row in rows] == [("law-firm-a", acme.org_id)]

    async def test_draws_also_where_the_wallet_came_after_the_job(self, acme: Tenant) -> None:
        job = await paid(acme)
        wallet_id = await wallets.wallet(acme, 10)
        await execution.succeed(await jobs.leased(job), jobs.OUTCOME, now=NOW)
        assert await standing(wallet_id) == (10 - BURNED, 0, 0)

    @pytest.mark.parametrize("meddling", ["settled", "released"])
    async def test_is_not_to_be_had_cheaper_by_ending_the_hold_oneself(
        self, acme: Tenant, meddling: str
    ) -> None:
        wallet_id = await wallets.wallet(acme, 10)
        lease = await jobs.leased(await paid(acme))
        assert lease.job.hold_id is not None
        operations, hold_id = Operations(), lease.job.hold_id
        if meddling == "settled":
            await credit.settle(
                acme.key, acme.org_id, operations=operations, hold_id=hold_id, actual=Decimal("0.01"), now=NOW
            )
        else:
            await credit.release(acme.key, acme.org_id, operations=operations, hold_id=hold_id, now=NOW)
        await execution.succeed(lease, jobs.OUTCOME, now=NOW)
        assert await standing(wallet_id) == (10 - BURNED, 0, 0)

    async def test_outlives_a_long_queue(self, acme: Tenant) -> None:
        """The sweep of holds has no say in it while the job lives."""
        wallet_id = await wallets.wallet(acme, 10)
        job = await paid(acme, run_at=NOW + timedelta(days=300))
        assert await credit.end_leases(now=NOW + timedelta(days=600)) == 0
        assert await standing(wallet_id) == (10, job.estimated_credits, 0)

    async def test_bills_a_failure_for_what_it_used(self, acme: Tenant) -> None:
        wallet_id = await wallets.wallet(acme, 10)
        lease = await jobs.leased(await paid(acme))
        await execution.fail(lease, jobs.BROKEN, is_retryable=False, calls=jobs.OUTCOME.calls, now=NOW)
        assert await standing(wallet_id) == (10 - BURNED, 0, 0)
        assert (await jobs.read(lease.job.id)).credits == BURNED

    async def test_bills_the_last_attempt_alone_and_books_what_the_others_cost(self, acme: Tenant) -> None:
        wallet_id = await wallets.wallet(acme, 10)
        lease = await jobs.leased(await paid(acme))
        await execution.fail(lease, jobs.BROKEN, is_retryable=True, calls=jobs.OUTCOME.calls, now=NOW)
        assert (await standing(wallet_id))[0] == 10
        await execution.queue_due(now=LATER)
        await execution.succeed(await jobs.leased(lease.job, now=LATER), jobs.OUTCOME, now=LATER)

        assert await standing(wallet_id) == (10 - BURNED, 0, 0)
        rows = await db.fetch("SELECT credits, cost_usd, burn_ref FROM usage_event ORDER BY occurred_at")
        assert [(row["credits"], row["cost_usd"]) for row in rows] == [
            (0, Decimal(jobs.COST)),
            (BURNED, Decimal(jobs.COST)),
        ]
        assert rows[0]["burn_ref"] == UNBILLED
        assert (await jobs.read(lease.job.id)).credits == BURNED


async def _cancel(lease: Lease, acme: Tenant) -> None:
    await service.cancel(acme.key, lease.job.id, now=NOW)
    await execution.cancelled(lease, now=NOW)


async def _force(lease: Lease, acme: Tenant) -> None:
    await service.cancel(acme.key, lease.job.id, now=NOW)
    await execution.force_cancelled(now=LATER)


async def _fail(lease: Lease, acme: Tenant) -> None:
    await execution.fail(lease, jobs.BROKEN, is_retryable=False, now=NOW)


async def _lose_for_good(lease: Lease, acme: Tenant) -> None:
    await db.execute("UPDATE job SET losses = 2")
    await jobs.lose()


class TestRelease:
    @pytest.mark.parametrize("end", [_cancel, _force, _fail, _lose_for_good])
    async def test_gives_back_what_was_held_where_nothing_was_used(
        self, acme: Tenant, end: Callable[[Lease, Tenant], Awaitable[None]]
    ) -> None:
        wallet_id = await wallets.wallet(acme, 10)
        await wallets.budget(acme, ScopeKind.API_KEY, str(acme.key.id), 10)
        await end(await jobs.leased(await paid(acme)), acme)
        assert await standing(wallet_id) == (10, 0, 0)
        assert await db.fetchval("SELECT held FROM budget_usage") == 0
        assert await db.fetchval("SELECT state FROM credit_hold") == "released"

    @pytest.mark.parametrize("how", ["cancelled", "expired"])
    async def test_gives_it_back_where_it_was_never_begun(self, acme: Tenant, how: str) -> None:
        wallet_id = await wallets.wallet(acme, 10)
        job = await paid(acme, expires_at=NOW + timedelta(minutes=1))
        if how == "cancelled":
            await service.cancel(acme.key, job.id, now=NOW)
        else:
            await execution.expire(now=LATER)
        assert await standing(wallet_id) == (10, 0, 0)

    async def test_of_many_wallets_at_once_is_in_nobodys_way(self, acme: Tenant) -> None:
        owned = [await wallets.wallet(acme, 10, owner=Owner(OwnerKind.CUSTOMER, f"c{n}")) for n in range(5)]
        for n in (3, 1, 4, 0, 2):
            await paid(acme, customer_id=f"c{n}", expires_at=NOW + timedelta(minutes=1))
        assert await execution.expire(now=LATER) == 5
        for wallet_id in owned:
            assert await standing(wallet_id) == (10, 0, 0)
