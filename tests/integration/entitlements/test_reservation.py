"""Reserving: nobody is given what somebody else was given."""

import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest

from app.core import ids
from app.core.config import Settings
from app.core.errors import InvalidInput, LaunchKitError
from app.core.ids import HoldId
from app.core.inference import Usage
from app.credits import service as credit
from app.credits.errors import BudgetExceeded, InsufficientCredits
from app.credits.operations import Operations
from app.credits.types import Owner, OwnerKind, Period, ScopeKind
from app.customers import service as customers
from app.customers.errors import CustomerNotFound
from app.entitlements import verification
from app.entitlements.errors import FeatureDisabled, NotEntitled, QuotaExceeded
from app.entitlements.types import Audience, AudienceKind, Intent, LimitUnit, Question, Reservation
from app.idempotency.errors import KeyReused
from app.infra import db
from tests.factories import databases, limits, orgs, wallets
from tests.factories.entitlements import (
    LAW_FIRM,
    OF_LAW_FIRM,
    desk,
    entitle,
    everything,
    feature,
    question,
    reserve,
    used,
)
from tests.factories.orgs import NOW, Tenant


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    tenant = await orgs.tenant(settings)
    await wallets.wallet(tenant, 1_000)
    await feature(tenant)
    return tenant


async def counted() -> tuple[int, int]:
    """What is held and what was settled of the one limit there is."""
    [row] = await db.fetch("SELECT held, settled FROM entitlement_usage")
    return int(row["held"]), int(row["settled"])


async def settle(tenant: Tenant, hold_id: HoldId, actual: int) -> None:
    await credit.settle(
        tenant.key,
        tenant.org_id,
        operations=Operations(),
        hold_id=hold_id,
        actual=Decimal(actual),
        now=NOW,
    )


async def release(tenant: Tenant, hold_id: HoldId) -> None:
    await credit.release(tenant.key, tenant.org_id, operations=Operations(), hold_id=hold_id, now=NOW)


async def refused(tenant: Tenant, error: type[LaunchKitError], **asked: object) -> LaunchKitError:
    """The refusal, which left everything as it was."""
    before = await everything()
    with pytest.raises(error) as caught:
        await reserve(tenant, question(**asked))  # type: ignore[arg-type]
    assert await everything() == before
    return caught.value


class TestReserve:
    async def test_holds_credit_and_a_place_in_the_limit(self, acme: Tenant) -> None:
        await entitle(acme, amount=2)
        made = await reserve(acme, question(takes=7))
        assert (int(made.amount), made.expires_at) == (7, NOW + timedelta(minutes=10))
        assert await db.fetchval("SELECT held FROM wallet") == 7
        assert await counted() == (1, 0)

    async def test_prices_a_model_call_as_ingestion_would(self, acme: Tenant) -> None:
        await entitle(acme)
        intent = Intent("openai", "gpt-4-turbo", Usage(input_tokens=1_000, output_tokens=500))
        made = await reserve(acme, Question(LAW_FIRM, "search", intent))
        assert (made.amount, made.estimate.cost_usd) == (Decimal("1.5"), Decimal("0.025"))

    async def test_refuses_what_nobody_is_entitled_to(self, acme: Tenant) -> None:
        await refused(acme, NotEntitled)

    async def test_lets_a_feature_be_used_that_the_org_never_registered(self, acme: Tenant) -> None:
        assert (await reserve(acme, question(feature="drafts"))).amount == 1

    async def test_obeys_the_customers_own_entitlement_before_the_tiers_and_everybodys(
        self, acme: Tenant
    ) -> None:
        await db.execute(
            "INSERT INTO customer (id, org_id, external_id, tier, created_at) "
            "VALUES (gen_random_uuid(), $1, $2, 'gold', $3)",
            acme.org_id,
            LAW_FIRM,
            NOW,
        )
        await entitle(acme, is_enabled=False)
        await refused(acme, FeatureDisabled)
        await entitle(acme, Audience(AudienceKind.TIER, "gold"), amount=1)
        await reserve(acme)
        await refused(acme, QuotaExceeded)
        await refused(acme, FeatureDisabled, customer="somebody-else")
        await entitle(acme, OF_LAW_FIRM)
        await reserve(acme)

    async def test_counts_what_was_used_without_reserving(self, acme: Tenant) -> None:
        await entitle(acme, amount=100, unit=LimitUnit.TOKENS)
        await used(acme, tokens=60)
        await used(acme, tokens=500, customer="somebody-else")
        await used(acme, tokens=500, feature="drafts")
        await used(acme, tokens=500, test=True)
        await used(acme, tokens=500, at=NOW - timedelta(days=31))
        error = await refused(acme, QuotaExceeded, tokens=41)
        assert isinstance(error, QuotaExceeded)
        assert [error.available, error.needed, error.limit] == [40, 41, 100]
        assert error.resets_at == NOW.replace(month=12, day=1, hour=0)
        await reserve(acme, question(tokens=40))
        await refused(acme, QuotaExceeded, tokens=1)

    async def test_only_counts_where_the_limit_is_soft(self, acme: Tenant) -> None:
        await entitle(acme, amount=1, is_hard=False)
        await reserve(acme)
        await reserve(acme)
        assert await counted() == (2, 0)

    async def test_begins_anew_with_the_period(self, acme: Tenant) -> None:
        await entitle(acme, amount=1, period=Period.DAY)
        await reserve(acme)
        await refused(acme, QuotaExceeded)
        await reserve(acme, now=NOW + timedelta(days=1))

    async def test_refuses_what_credit_and_budgets_do_not_allow(self, acme: Tenant) -> None:
        await entitle(acme, amount=10)
        await refused(acme, InsufficientCredits, takes=1_001)
        await wallets.budget(acme, ScopeKind.CUSTOMER, LAW_FIRM, 5)
        error = await refused(acme, BudgetExceeded, takes=6)
        assert isinstance(error, BudgetExceeded)
        assert error.refusal.scope is not None
        assert error.refusal.scope.id == LAW_FIRM

    async def test_draws_from_the_customers_own_wallet(self, acme: Tenant) -> None:
        await entitle(acme)
        await wallets.wallet(acme, 3, owner=Owner(OwnerKind.CUSTOMER, LAW_FIRM))
        await refused(acme, InsufficientCredits, takes=4)

    async def test_refuses_who_was_never_given_credit(self, settings: Settings) -> None:
        rival = await orgs.tenant(settings, "rival")
        await refused(rival, InsufficientCredits)

    async def test_refuses_beyond_the_tokens_of_a_plan_that_sells_no_more(self, acme: Tenant) -> None:
        await limits.put_on(acme, "FREE")
        await entitle(acme)
        await used(acme, tokens=49_990, customer=None, feature=None)
        error = await refused(acme, QuotaExceeded, tokens=11)
        assert isinstance(error, QuotaExceeded)
        assert (error.scope, error.scope_id, int(error.available)) == ("plan", "FREE", 10)
        await reserve(acme, question(tokens=10))

    async def test_needs_to_know_what_it_takes(self, acme: Tenant) -> None:
        await refused(acme, InvalidInput, feature=None, takes=None)

    async def test_answers_the_same_key_with_the_first_hold(self, acme: Tenant) -> None:
        await entitle(acme, amount=1)
        first = await reserve(acme, key="one")
        again = await reserve(acme, key="one")
        assert (again.id, again.is_replay, first.is_replay) == (first.id, True, False)
        assert await counted() == (1, 0)
        with pytest.raises(KeyReused):
            await reserve(acme, question(takes=2), key="one")

    async def test_answers_the_same_key_whatever_the_terms_have_become(self, acme: Tenant) -> None:
        await entitle(acme)
        first = await reserve(acme, key="one")
        await entitle(acme, is_enabled=False)
        assert (await reserve(acme, key="one")).id == first.id

    async def test_does_not_see_what_another_org_sells(self, acme: Tenant, settings: Settings) -> None:
        rival = await orgs.tenant(settings, "rival")
        await wallets.wallet(rival, 10)
        await entitle(acme, is_enabled=False)
        await reserve(rival)
        assert await db.fetchval("SELECT count(*) FROM entitlement_usage") == 0


class TestEnds:
    async def test_give_the_place_back_when_released(self, acme: Tenant) -> None:
        await entitle(acme, amount=1)
        await release(acme, (await reserve(acme)).id)
        assert await counted() == (0, 0)
        await reserve(acme)

    async def test_keep_the_place_when_settled(self, acme: Tenant) -> None:
        await entitle(acme, amount=1)
        await settle(acme, (await reserve(acme)).id, 0)
        assert await counted() == (0, 1)
        await refused(acme, QuotaExceeded)

    async def test_count_the_credits_that_were_really_used(self, acme: Tenant) -> None:
        await entitle(acme, amount=10, unit=LimitUnit.CREDITS)
        await settle(acme, (await reserve(acme, question(takes=10))).id, 4)
        assert await counted() == (0, 4)
        await reserve(acme, question(takes=6))

    async def test_count_what_is_settled_after_it_was_released(self, acme: Tenant) -> None:
        await entitle(acme, amount=1)
        made = await reserve(acme)
        await release(acme, made.id)
        await settle(acme, made.id, 1)
        assert await counted() == (0, 1)

    async def test_give_the_place_back_when_the_lease_is_over(self, acme: Tenant) -> None:
        await entitle(acme, amount=1)
        await reserve(acme)
        await credit.end_leases(now=NOW + timedelta(minutes=11))
        assert await counted() == (0, 0)


class TestAtOnce:
    async def attempts(self, acme: Tenant, count: int = 100) -> list[Reservation | BaseException]:
        await databases.fill_pool()
        shared = desk()
        return await asyncio.gather(
            *(reserve(acme, with_desk=shared) for _ in range(count)), return_exceptions=True
        )

    async def test_a_hundred_at_the_last_place_are_one(self, acme: Tenant) -> None:
        await entitle(acme, amount=5)
        for _ in range(4):
            await settle(acme, (await reserve(acme)).id, 1)
        found = await self.attempts(acme)
        assert sum(isinstance(one, Reservation) for one in found) == 1
        assert sum(isinstance(one, QuotaExceeded) for one in found) == 99
        assert await counted() == (1, 4)
        assert await db.fetchval("SELECT held FROM wallet") == 1

    async def test_a_hundred_with_places_credit_and_a_budget_are_as_many_as_the_least_allows(
        self, acme: Tenant
    ) -> None:
        await entitle(acme, amount=50)
        await wallets.budget(acme, ScopeKind.API_KEY, str(acme.key.id), 30)
        found = await self.attempts(acme)
        assert sum(isinstance(one, Reservation) for one in found) == 30
        assert await counted() == (30, 0)

    async def test_a_budget_that_is_removed_at_that_moment_has_no_say(
        self, acme: Tenant, settings: Settings
    ) -> None:
        await entitle(acme, amount=10)
        await wallets.budget(acme, ScopeKind.CUSTOMER, LAW_FIRM, 0)
        async with databases.transaction(settings.require_database_url()) as remover:
            await remover.execute("DELETE FROM budget")
            reserving = asyncio.create_task(reserve(acme))
            async with asyncio.timeout(14):
                while not await databases.waiters(remover):
                    await asyncio.sleep(0.02)
        held = await reserving
        assert await db.fetchval("SELECT budget_ids FROM credit_hold WHERE id = $1", held.id) == []

    async def test_reserving_and_ending_do_not_lock_each_other_out(self, acme: Tenant) -> None:
        await entitle(acme, amount=1_000)
        await wallets.budget(acme, ScopeKind.CUSTOMER, LAW_FIRM, 1_000)
        made = [one for one in await self.attempts(acme, 40) if isinstance(one, Reservation)]
        ends = [
            settle(acme, one.id, 1) if number % 2 else release(acme, one.id)
            for number, one in enumerate(made)
        ]
        results = await asyncio.gather(*ends, self.attempts(acme, 40), return_exceptions=True)
        assert not [one for one in results if isinstance(one, BaseException)]
        assert await counted() == (40, 20)


class TestCustomerByOurId:
    async def test_is_the_customer_of_the_orgs_own_id(self, acme: Tenant) -> None:
        await entitle(acme, OF_LAW_FIRM, amount=2)
        [ours] = await db.fetch(
            "INSERT INTO customer (id, org_id, external_id, created_at) VALUES ($1, $2, $3, $4) RETURNING id",
            ids.uuid7(),
            acme.org_id,
            LAW_FIRM,
            NOW,
        )
        named = question(ids.encode("cus", ours["id"]))
        at_desk = desk()
        decided = await at_desk.check(acme.key, acme.org_id, question=named, now=NOW)
        assert decided.is_allowed
        for _ in range(2):
            await reserve(acme, named, with_desk=at_desk)
        with pytest.raises(QuotaExceeded):
            await reserve(acme, question(), with_desk=at_desk)
        assert await db.fetchval("SELECT array_agg(DISTINCT customer_id) FROM entitlement_usage") == [
            LAW_FIRM
        ]

    async def test_of_another_org_is_none(self, acme: Tenant, settings: Settings) -> None:
        rival = await orgs.tenant(settings, "rival")
        await customers.ensure(rival.org_id, ["theirs"], now=NOW)
        theirs = await db.fetchval("SELECT id FROM customer WHERE org_id = $1", rival.org_id)
        before = await everything()
        for reference in (ids.encode("cus", theirs), ids.encode("cus", ids.uuid7())):
            with pytest.raises(CustomerNotFound):
                await reserve(acme, question(reference))
            with pytest.raises(CustomerNotFound):
                await desk().check(acme.key, acme.org_id, question=question(reference), now=NOW)
        assert await everything() == before


class TestVerification:
    async def test_finds_what_was_counted_without_a_hold(self, acme: Tenant) -> None:
        await entitle(acme, OF_LAW_FIRM, amount=50, unit=LimitUnit.CREDITS)
        kept = [await reserve(acme, question(takes=5)) for _ in range(3)]
        await settle(acme, kept[0].id, 7)
        await credit.release(acme.key, acme.org_id, operations=Operations(), hold_id=kept[1].id, now=NOW)
        assert await counted() == (5, 7)
        assert [one async for one in verification.findings()] == []
        await db.execute("UPDATE entitlement_usage SET settled = settled - 1")
        [found] = [one async for one in verification.findings(acme.org_id)]
        assert found.code == "entitlement_usage_differs"
        assert "settled 6" in found.text
        assert [one async for one in verification.findings(ids.uuid7())] == []
