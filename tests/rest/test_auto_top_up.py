"""`/v1/credits/wallets/{id}/auto-top-up`, from the setting to the credit, with a provider on the other side."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import aiohttp
import pytest

from app.core import ids
from app.core.clock import utcnow
from app.core.config import Settings
from app.core.ids import TopUpId
from app.core.principal import Role
from app.credits.top_ups import attempts
from app.infra import db, stripe_payments
from tests.factories import wallets
from tests.factories.orgs import Tenant, bearer, member
from tests.fakes.stripe import SECRET_KEY, FakeStripe, stripe
from tests.fakes.web import serving
from tests.rest.problems import problem

Json = dict[str, Any]
WISH = {
    "threshold": "5",
    "amount": "10",
    "cost_basis": "0.5",
    "currency": "USD",
    "period": "month",
    "max_amount": "100",
    "max_count": 3,
    "payment_method": "pm_card",
}


@pytest.fixture
async def fake() -> AsyncIterator[FakeStripe]:
    async with stripe() as running:
        yield running


@pytest.fixture
async def paid(settings: Settings, fake: FakeStripe) -> AsyncIterator[aiohttp.ClientSession]:
    """Of an installation that takes payments."""
    configured = replace(
        settings, is_rate_limited=False, stripe_secret_key=SECRET_KEY, stripe_api_base=fake.url
    )
    async with (
        serving(configured) as server,
        aiohttp.ClientSession(server.make_url("/"), cookie_jar=aiohttp.DummyCookieJar()) as session,
    ):
        yield session


async def path_of(acme: Tenant, *amounts: int) -> str:
    return f"/v1/credits/wallets/{ids.encode('wal', await wallets.wallet(acme, *amounts))}"


class TestAutoTopUp:
    async def test_is_set_shown_carried_out_and_removed(
        self, paid: aiohttp.ClientSession, acme: Tenant, settings: Settings, fake: FakeStripe
    ) -> None:
        path = await path_of(acme, 5)
        fake.method(acme.org)
        headers = {**acme.headers, "Idempotency-Key": "k"}
        async with paid.post(f"{path}/auto-top-up", json=WISH, headers=headers) as answer:
            made = await answer.json()
            assert (answer.status, made["charged_minor"], made["is_armed"]) == (200, 500, True)
        async with paid.post(f"{path}/auto-top-up", json=WISH, headers=headers) as again:
            assert (again.headers["Idempotent-Replay"], await again.json()) == ("true", made)
        assert await db.fetchval("SELECT count(*) FROM audit_entry WHERE action = 'auto_top_up.set'") == 1

        configured = replace(settings, stripe_secret_key=SECRET_KEY, stripe_api_base=fake.url)
        payments = stripe_payments.connect(configured)
        assert payments is not None
        assert await attempts.begin_due(now=utcnow()) == 1
        top_up = TopUpId(await db.fetchval("SELECT id FROM top_up"))
        await attempts.attempt(top_up, payments=payments, now=utcnow())
        await payments.close()

        async with paid.get(f"{path}/auto-top-up", headers=acme.headers) as answer:
            shown = await answer.json()
        assert (shown["last"]["state"], shown["last"]["payment_id"]) == ("succeeded", "pi_1")
        async with paid.get(f"{path}/top-ups", headers=acme.headers) as answer:
            assert (await answer.json())["data"] == [shown["last"]]
        async with paid.get(path, headers=acme.headers) as answer:
            assert (await answer.json())["available"] == "15"

        async with paid.delete(f"{path}/auto-top-up", headers=acme.headers) as answer:
            assert answer.status == 204
        async with paid.get(f"{path}/auto-top-up", headers=acme.headers) as answer:
            await problem(answer, 404, "auto_top_up_not_found")

    async def test_says_what_is_missing_where_no_payments_are_taken(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        path = await path_of(acme)
        async with client.post(f"{path}/auto-top-up", json=WISH, headers=acme.headers) as answer:
            told = await problem(answer, 409, "payments_not_configured")
        assert "STRIPE_SECRET_KEY" in told["detail"]
        assert await db.fetchval("SELECT count(*) FROM auto_top_up") == 0

    async def test_is_set_by_those_who_manage_the_wallets_credit_alone(
        self,
        paid: aiohttp.ClientSession,
        acme: Tenant,
        rival: Tenant,
        settings: Settings,
        fake: FakeStripe,
    ) -> None:
        fake.method(acme.org)
        fake.method(rival.org, "pm_theirs")
        path = await path_of(acme)
        viewer = bearer(settings, await member(acme, Role.MEMBER))
        for headers, status, code in ((viewer, 403, "forbidden"), (rival.headers, 404, "wallet_not_found")):
            async with paid.post(f"{path}/auto-top-up", json=WISH, headers=headers) as answer:
                await problem(answer, status, code)
        theirs = {**WISH, "payment_method": "pm_theirs"}
        async with paid.post(f"{path}/auto-top-up", json=theirs, headers=acme.headers) as answer:
            await problem(answer, 404, "payment_method_not_found")
        assert await db.fetchval("SELECT count(*) FROM auto_top_up") == 0
