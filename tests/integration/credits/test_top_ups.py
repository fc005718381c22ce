"""Wallets that are topped up by themselves: paid once, given once, whatever happens in between."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.core.config import Settings
from app.core.errors import InvalidInput
from app.core.ids import TopUpId, WalletId
from app.core.payments import PaymentsUnavailable
from app.credits import service as credit
from app.credits import verification
from app.credits.operations import Operations
from app.credits.top_ups import attempts, queries, service
from app.credits.top_ups.errors import PaymentMethodNotFound, PaymentsNotConfigured
from app.credits.top_ups.types import SetAutoTopUp, TopUp
from app.credits.types import Owner, OwnerKind, Period, Spend
from app.infra import db, stripe_payments
from app.infra.stripe_payments import StripePayments
from tests.factories import wallets
from tests.factories.orgs import NOW, Tenant, tenant
from tests.fakes.stripe import SECRET_KEY, FakeStripe, stripe
from tests.waiting import eventually

TEAM = Owner(OwnerKind.TEAM, "pool")


@pytest.fixture
async def fake() -> AsyncIterator[FakeStripe]:
    async with stripe() as running:
        yield running


@pytest.fixture
async def payments(settings: Settings, fake: FakeStripe) -> AsyncIterator[StripePayments]:
    configured = replace(settings, stripe_secret_key=SECRET_KEY, stripe_api_base=fake.url)
    connected = stripe_payments.connect(configured)
    assert connected is not None
    yield connected
    await connected.close()


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    return await tenant(settings)


@pytest.fixture
async def wallet(acme: Tenant, fake: FakeStripe, payments: StripePayments) -> WalletId:
    """20 credits, of which 10 are bought anew at 10 or less: at most 3 times and 25 credits a day."""
    wallet_id = await wallets.wallet(acme, 20, owner=TEAM)
    fake.method(acme.org)
    await configure(acme, payments, wallet_id)
    return wallet_id


async def configure(acme: Tenant, payments: StripePayments | None, wallet_id: WalletId, **more: Any) -> None:
    wish = SetAutoTopUp(
        wallet_id,
        threshold=Decimal(10),
        amount=Decimal(10),
        cost_basis=Decimal("0.015"),
        currency="USD",
        period=Period.DAY,
        max_amount=Decimal(25),
        max_count=3,
        payment_method="pm_card",
    )
    await service.set_auto_top_up(
        acme.owner, acme.org_id, command=replace(wish, **more), payments=payments, now=NOW
    )


async def use(acme: Tenant, wallet_id: WalletId, amount: int, *, now: datetime = NOW) -> None:
    spend = Spend(wallet_id, f"use:{await db.fetchval('SELECT gen_random_uuid()')}", Decimal(amount))
    await credit.charge(acme.org_id, operations=Operations(), spend=spend, now=now)


async def begun(now: datetime = NOW) -> TopUpId | None:
    """The one that this look began, if any."""
    await attempts.rearm(now=now)
    if not await attempts.begin_due(now=now):
        return None
    return TopUpId(await db.fetchval("SELECT id FROM top_up WHERE state = 'pending'"))


async def balance(wallet_id: WalletId) -> int:
    return int(await db.fetchval("SELECT balance FROM wallet WHERE id = $1", wallet_id))


async def last(wallet_id: WalletId) -> TopUp:
    [found] = await queries.of_wallets([wallet_id])
    assert found is not None
    assert found.last is not None
    return found.last


async def grants_of(wallet_id: WalletId) -> int:
    count: int = await db.fetchval("SELECT count(*) FROM credit_grant WHERE wallet_id = $1", wallet_id)
    return count


class TestAttempt:
    async def test_gives_what_was_paid_with_its_trace(
        self, acme: Tenant, wallet: WalletId, fake: FakeStripe, payments: StripePayments
    ) -> None:
        assert await begun() is None
        await use(acme, wallet, 10)
        top_up = await begun()
        assert top_up is not None
        assert await db.fetchval("SELECT count(*) FROM outbox_message WHERE name = 'attempt_top_up'") == 1
        assert await balance(wallet) == 10, "nothing is given before it is paid"
        await attempts.attempt(top_up, payments=payments, now=NOW)

        assert await balance(wallet) == 20
        [intent] = fake.intents.values()
        assert (intent["amount"], intent["currency"]) == (15, "usd")
        done = await last(wallet)
        assert (done.state, done.payment_id) == ("succeeded", intent["id"])
        row = await db.fetchrow("SELECT * FROM credit_grant WHERE cost_basis IS NOT NULL")
        assert row is not None
        assert (row["source"], row["category"], row["cost_basis"], row["currency"]) == (
            "purchase",
            "paid",
            Decimal("0.015"),
            "USD",
        )
        trace = await db.fetchrow("SELECT * FROM audit_entry WHERE action = 'credits.topped_up'")
        assert trace is not None
        assert (trace["principal_kind"], trace["org_id"]) == ("system", acme.org_id)
        assert await db.fetchval("SELECT count(*) FROM outbox_message WHERE name = 'top_up.succeeded'") == 1
        assert [one async for one in verification.findings()] == []

    async def test_charges_and_gives_once_however_often_it_runs(
        self, acme: Tenant, wallet: WalletId, fake: FakeStripe, payments: StripePayments
    ) -> None:
        await use(acme, wallet, 15)
        top_up = await begun()
        assert top_up is not None
        await asyncio.gather(*[attempts.attempt(top_up, payments=payments, now=NOW) for _ in range(10)])
        await attempts.attempt(top_up, payments=payments, now=NOW + timedelta(hours=1))
        assert (fake.paid_minor, await balance(wallet), await grants_of(wallet)) == (15, 15, 2)

    async def test_that_died_after_the_charge_is_followed_by_one_that_gives_the_credit(
        self, acme: Tenant, wallet: WalletId, fake: FakeStripe, payments: StripePayments
    ) -> None:
        await use(acme, wallet, 15)
        top_up = await begun()
        assert top_up is not None
        fake.silence = asyncio.Event()
        dying = asyncio.create_task(attempts.attempt(top_up, payments=payments, now=NOW))
        await eventually(lambda: len(fake.intents) == 1)
        dying.cancel()
        with pytest.raises(asyncio.CancelledError):
            await dying
        fake.silence.set()
        assert await balance(wallet) == 5

        soon, later = NOW + timedelta(seconds=90), NOW + timedelta(minutes=3)
        assert await attempts.remind(now=soon) == 0, "somebody may still be at it"
        await attempts.attempt(top_up, payments=payments, now=soon)
        assert await balance(wallet) == 5
        assert await attempts.remind(now=later) == 1
        await attempts.attempt(top_up, payments=payments, now=later)
        assert (fake.paid_minor, await balance(wallet), await grants_of(wallet)) == (15, 15, 2)
        assert (await last(wallet)).attempts == 2

    async def test_that_finds_the_provider_away_is_made_again_later(
        self, acme: Tenant, wallet: WalletId, fake: FakeStripe, payments: StripePayments
    ) -> None:
        await use(acme, wallet, 15)
        top_up = await begun()
        assert top_up is not None
        fake.mood = "away"
        await attempts.attempt(top_up, payments=payments, now=NOW)
        assert (await last(wallet)).state == "pending"
        assert await begun(NOW + timedelta(minutes=1)) is None, "one is under way"

        fake.mood = "succeeded"
        assert await attempts.remind(now=NOW + timedelta(minutes=2)) == 1
        await attempts.attempt(top_up, payments=payments, now=NOW + timedelta(minutes=2))
        assert await balance(wallet) == 15

    async def test_is_not_charged_anew_when_its_key_may_be_forgotten(
        self, acme: Tenant, wallet: WalletId, fake: FakeStripe, payments: StripePayments
    ) -> None:
        await use(acme, wallet, 15)
        top_up = await begun()
        assert top_up is not None
        [row] = await db.fetch("SELECT * FROM top_up")
        await payments.charge((await last(wallet)).charge())
        fake.answers.clear()
        late = row["created_at"] + timedelta(hours=21)
        fake.intents["pi_1"]["created"] = int(NOW.timestamp())
        await attempts.attempt(top_up, payments=payments, now=late)
        assert (fake.charges_asked, fake.paid_minor, await balance(wallet)) == (1, 15, 15)

    async def test_that_nobody_took_on_in_time_fails_without_a_charge(
        self, acme: Tenant, wallet: WalletId, fake: FakeStripe, payments: StripePayments
    ) -> None:
        await use(acme, wallet, 15)
        top_up = await begun()
        assert top_up is not None
        await attempts.attempt(top_up, payments=payments, now=NOW + timedelta(hours=21))
        done = await last(wallet)
        assert (done.state, done.failure, fake.charges_asked) == ("failed", "payments_unreachable", 0)
        assert await balance(wallet) == 5

    async def test_waits_for_a_payment_that_takes_its_time(
        self, acme: Tenant, wallet: WalletId, fake: FakeStripe, payments: StripePayments
    ) -> None:
        await use(acme, wallet, 15)
        top_up = await begun()
        assert top_up is not None
        fake.mood = "processing"
        await attempts.attempt(top_up, payments=payments, now=NOW)
        assert ((await last(wallet)).state.value, await balance(wallet)) == ("pending", 5)
        fake.intents["pi_1"]["status"] = "succeeded"
        # Days later, too: it is asked for by its own id.
        await attempts.attempt(top_up, payments=payments, now=NOW + timedelta(days=4))
        assert (await balance(wallet), fake.charges_asked) == (15, 1)

    async def test_that_is_declined_gives_nothing_and_is_not_repeated_until_the_credit_rises(
        self, acme: Tenant, wallet: WalletId, fake: FakeStripe, payments: StripePayments
    ) -> None:
        await use(acme, wallet, 15)
        top_up = await begun()
        assert top_up is not None
        fake.mood = "declined"
        await attempts.attempt(top_up, payments=payments, now=NOW)
        done = await last(wallet)
        assert (done.state, done.failure, done.payment_id) == ("failed", "insufficient_funds", "pi_1")
        assert await balance(wallet) == 5
        assert await db.fetchval("SELECT count(*) FROM audit_entry WHERE action = 'top_up.failed'") == 1
        assert await begun() is None

        fake.mood = "succeeded"
        await wallets.grant(acme, wallet, 10)
        # Used up again before any scheduler has looked.
        await use(acme, wallet, 10)
        assert await begun() is not None


class TestBeginDue:
    async def test_begins_one_per_crossing_whoever_looks(
        self, acme: Tenant, wallet: WalletId, payments: StripePayments
    ) -> None:
        await use(acme, wallet, 12)
        counts = await asyncio.gather(*[attempts.begin_due(now=NOW) for _ in range(8)])
        assert sum(counts) == 1

    async def test_keeps_within_the_caps_of_a_period(
        self, acme: Tenant, wallet: WalletId, fake: FakeStripe, payments: StripePayments
    ) -> None:
        await configure(acme, payments, wallet, max_amount=Decimal(100), max_count=2)
        for _ in range(3):
            await use(acme, wallet, 10)
            if top_up := await begun():
                await attempts.attempt(top_up, payments=payments, now=NOW)
        assert (len(fake.intents), await balance(wallet)) == (2, 10)
        assert await begun(NOW + timedelta(hours=13)) is None
        assert await begun(NOW + timedelta(hours=14)) is not None, "the next day has begun"

    async def test_keeps_within_the_amount_of_a_period(
        self, acme: Tenant, wallet: WalletId, fake: FakeStripe, payments: StripePayments
    ) -> None:
        for _ in range(3):
            await use(acme, wallet, 10)
            if top_up := await begun():
                await attempts.attempt(top_up, payments=payments, now=NOW)
        assert len(fake.intents) == 2

    async def test_counts_what_is_held_and_not_what_only_a_feature_may_use(
        self, acme: Tenant, wallet: WalletId
    ) -> None:
        await wallets.grant(acme, wallet, 500, feature_id="search")
        await wallets.hold(acme, wallet, 10)
        assert await begun() is not None

    async def test_leaves_an_org_alone_that_is_about_to_end(self, acme: Tenant, wallet: WalletId) -> None:
        await use(acme, wallet, 15)
        await db.execute("UPDATE org SET deletion_due_at = $1", NOW + timedelta(days=9))
        assert await begun() is None


class TestSetAutoTopUp:
    async def test_needs_a_provider_and_says_how_to_get_one(self, acme: Tenant) -> None:
        wallet_id = await wallets.wallet(acme, 1)
        with pytest.raises(PaymentsNotConfigured, match="STRIPE_SECRET_KEY"):
            await configure(acme, None, wallet_id)
        assert await db.fetchval("SELECT count(*) FROM auto_top_up") == 0

    async def test_takes_no_method_of_another_org(
        self, acme: Tenant, fake: FakeStripe, payments: StripePayments, settings: Settings
    ) -> None:
        rival = await tenant(settings, "rival")
        wallet_id = await wallets.wallet(acme, 1)
        fake.method(rival.org, "pm_theirs")
        fake.methods["pm_nobodys"] = {"id": "pm_nobodys", "object": "payment_method", "customer": None}
        for method in ("pm_theirs", "pm_nobodys", "pm_missing"):
            with pytest.raises(PaymentMethodNotFound):
                await configure(acme, payments, wallet_id, payment_method=method)
        assert await db.fetchval("SELECT count(*) FROM auto_top_up") == 0

    async def test_says_when_the_provider_is_away(
        self, acme: Tenant, fake: FakeStripe, payments: StripePayments
    ) -> None:
        wallet_id = await wallets.wallet(acme, 1)
        fake.mood = "away"
        with pytest.raises(PaymentsUnavailable):
            await configure(acme, payments, wallet_id)

    @pytest.mark.parametrize(
        ("wish", "field"),
        [
            ({"max_count": 0}, "max_count"),
            ({"max_amount": Decimal(9)}, "max_amount"),
            ({"cost_basis": Decimal(0)}, "cost_basis"),
            ({"cost_basis": Decimal("0.0001")}, "amount"),
            ({"currency": "dollars"}, "currency"),
            ({"threshold": Decimal(-1)}, "threshold"),
        ],
    )
    async def test_names_what_is_wrong(
        self, acme: Tenant, payments: StripePayments, wish: dict[str, Any], field: str
    ) -> None:
        wallet_id = await wallets.wallet(acme, 1)
        with pytest.raises(InvalidInput) as refused:
            await configure(acme, payments, wallet_id, **wish)
        assert field in {error.field for error in refused.value.errors}

    async def test_takes_no_wallet_of_a_test_workspace(self, acme: Tenant, payments: StripePayments) -> None:
        wallet_id = await wallets.wallet(acme, 1, environment="test")
        with pytest.raises(InvalidInput, match="live"):
            await configure(acme, payments, wallet_id)
