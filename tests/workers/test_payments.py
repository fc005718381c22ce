"""The actor that pays for top-ups, through the scheduler that notices them."""

from dataclasses import replace
from decimal import Decimal

from app.core.clock import utcnow
from app.core.config import Settings
from app.credits.top_ups import service
from app.credits.top_ups.types import SetAutoTopUp
from app.credits.types import Period
from app.infra import db, stripe_payments
from tests.factories import wallets
from tests.factories.orgs import Tenant
from tests.fakes.stripe import SECRET_KEY, stripe
from workers import payments, runtime, scheduler
from workers.runtime import Runtime


class TestAttemptTopUp:
    async def test_waits_for_a_provider_and_then_gives_what_it_paid(
        self, acme: Tenant, settings: Settings
    ) -> None:
        wallet_id = await wallets.wallet(acme, 1)
        async with stripe() as fake:
            fake.method(acme.org)
            provider = stripe_payments.connect(
                replace(settings, stripe_secret_key=SECRET_KEY, stripe_api_base=fake.url)
            )
            assert provider is not None
            command = SetAutoTopUp(
                wallet_id,
                threshold=Decimal(1),
                amount=Decimal(9),
                cost_basis=Decimal(1),
                currency="EUR",
                period=Period.TOTAL,
                max_amount=Decimal(9),
                max_count=1,
                payment_method="pm_card",
            )
            await service.set_auto_top_up(
                acme.owner, acme.org_id, command=command, payments=provider, now=utcnow()
            )
            await scheduler._top_up(now=utcnow())
            top_up_id = str(await db.fetchval("SELECT id FROM top_up"))

            working = Runtime(settings)
            runtime.install(working)
            try:
                await payments.attempt_top_up(top_up_id=top_up_id, added_later=1)
                assert await db.fetchval("SELECT attempts FROM top_up") == 0
                working.payments = provider
                await payments.attempt_top_up(top_up_id=top_up_id)
            finally:
                runtime.install(None)
                await provider.close()
        assert await db.fetchval("SELECT balance FROM wallet") == 10
        assert fake.paid_minor == 900
