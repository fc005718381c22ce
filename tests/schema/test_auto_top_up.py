"""Wallets that are topped up by themselves, in GraphQL."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import aiohttp
import pytest

from app.core import ids
from app.core.config import Settings
from tests.factories import wallets
from tests.factories.orgs import Tenant
from tests.fakes.stripe import SECRET_KEY, stripe
from tests.fakes.web import serving
from tests.schema.conftest import Asker

Json = dict[str, Any]

AUTO = "threshold amount chargedMinor period maxCount isArmed paymentMethod last { state }"
PROBLEM = "__typename ... on Problem { code message }"
SET = (
    "mutation($input: SetAutoTopUpInput!) { setAutoTopUp(input: $input) {"
    f"{PROBLEM} ... on ChangedAutoTopUp {{ isReplay autoTopUp {{ {AUTO} }} }} }} }}"
)
REMOVE = (
    "mutation($input: RemoveAutoTopUpInput!) { removeAutoTopUp(input: $input) {"
    f"{PROBLEM} ... on ChangedAutoTopUp {{ autoTopUp {{ {AUTO} }} }} }} }}"
)
WALLETS = f"query($org: ID!) {{ wallets(orgId: $org) {{ nodes {{ id autoTopUp {{ {AUTO} }} }} }} }}"
WISH = {
    "threshold": "5",
    "amount": "10",
    "costBasis": "0.5",
    "currency": "USD",
    "period": "MONTH",
    "maxAmount": "100",
    "maxCount": 3,
    "paymentMethod": "pm_card",
}


@pytest.fixture
async def paying(settings: Settings, acme: Tenant) -> AsyncIterator[Asker]:
    """Of an installation that takes payments."""
    async with stripe() as fake:
        fake.method(acme.org)
        configured = replace(
            settings, is_rate_limited=False, stripe_secret_key=SECRET_KEY, stripe_api_base=fake.url
        )
        async with (
            serving(configured) as server,
            aiohttp.ClientSession(server.make_url("/"), cookie_jar=aiohttp.DummyCookieJar()) as session,
        ):
            yield Asker(session, acme.headers)


async def wish(acme: Tenant, **more: Any) -> Json:
    wallet_id = ids.encode("wal", await wallets.wallet(acme, 20))
    return {"input": {"orgId": acme.org, "walletId": wallet_id, **more}}


class TestSetAutoTopUp:
    async def test_stands_at_its_wallet_until_it_is_removed(self, paying: Asker, acme: Tenant) -> None:
        made = (await paying.ask(SET, await wish(acme, **WISH)))["setAutoTopUp"]
        assert made["autoTopUp"]["chargedMinor"] == 500
        [wallet] = (await paying.ask(WALLETS, {"org": acme.org}))["wallets"]["nodes"]
        assert wallet["autoTopUp"] == made["autoTopUp"]
        given = {"input": {"orgId": acme.org, "walletId": wallet["id"]}}
        assert (await paying.ask(REMOVE, given))["removeAutoTopUp"]["autoTopUp"] == made["autoTopUp"]
        [wallet] = (await paying.ask(WALLETS, {"org": acme.org}))["wallets"]["nodes"]
        assert wallet["autoTopUp"] is None
        again = (await paying.ask(REMOVE, given))["removeAutoTopUp"]
        assert (again["__typename"], again["code"]) == ("Missing", "auto_top_up_not_found")

    async def test_is_a_conflict_where_no_payments_are_taken(self, key: Asker, acme: Tenant) -> None:
        refused = (await key.ask(SET, await wish(acme, **WISH)))["setAutoTopUp"]
        assert (refused["__typename"], refused["code"]) == ("Conflict", "payments_not_configured")
        assert "STRIPE_SECRET_KEY" in refused["message"]
