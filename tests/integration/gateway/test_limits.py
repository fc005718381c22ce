"""Limits of features at the gateway, where no credit is held."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

from app.core.clock import utcnow
from app.core.config import Settings
from app.core.errors import LaunchKitError
from app.core.inference import Usage
from app.entitlements import verification
from app.entitlements.errors import FeatureDisabled, NotEntitled, QuotaExceeded
from app.entitlements.types import LimitUnit
from app.gateway import sweeping
from app.gateway.running import Running
from app.gateway.service import Gateway
from app.gateway.types import Attribution, Outcome
from app.infra import db
from app.pricing.book import PriceBook
from tests.factories import entitlements, prices, wallets
from tests.factories.orgs import Tenant, tenant
from tests.integration.gateway.test_sweeping import RULES, begun, gateway, is_clean

__all__ = ["gateway"]

OF_FEATURE = Attribution("law-firm-a", None, entitlements.SEARCH)


@pytest.fixture(params=["nobody pays", "it is free"])
async def acme(settings: Settings, request: pytest.FixtureRequest) -> Tenant:
    found = await tenant(settings)
    if request.param == "it is free":
        await prices.published(found, prices.rule(0))
        await wallets.wallet(found, 1_000)
    await entitlements.feature(found)
    return found


async def limited(acme: Tenant, amount: int, unit: LimitUnit = LimitUnit.REQUESTS) -> None:
    await entitlements.entitle(acme, entitlements.OF_LAW_FIRM, amount=amount, unit=unit)


async def at_once(gateway: Gateway, acme: Tenant, count: int) -> tuple[Sequence[Running], Sequence[object]]:
    """Those that were admitted, and what the others were told."""
    found = await asyncio.gather(
        *(begun(gateway, acme, OF_FEATURE) for _ in range(count)), return_exceptions=True
    )
    return [one for one in found if isinstance(one, Running)], [
        one for one in found if not isinstance(one, Running)
    ]


async def usage() -> tuple[object, object]:
    row = await db.fetchrow("SELECT held, settled FROM entitlement_usage")
    assert row is not None
    return row["held"], row["settled"]


async def is_proved() -> None:
    assert [finding async for finding in verification.findings()] == []
    await is_clean()


class TestLimits:
    async def test_are_never_exceeded_however_many_ask_at_once(self, gateway: Gateway, acme: Tenant) -> None:
        await limited(acme, 5)
        admitted, refused = await at_once(gateway, acme, 20)
        assert (len(admitted), {type(one) for one in refused}) == (5, {QuotaExceeded})
        assert await usage() == (5, 0)
        await is_proved()
        for running in admitted:
            running._end(Outcome.OK, Usage(10, 10))
        await gateway.idle()
        # Now their events count.
        assert await usage() == (0, 0)
        _, refused = await at_once(gateway, acme, 1)
        [error] = refused
        assert isinstance(error, QuotaExceeded)
        assert (error.scope, error.scope_id) == ("entitlement", entitlements.SEARCH)
        assert not error.available
        await is_proved()

    async def test_count_tokens_as_far_as_a_request_may_take_them(
        self, gateway: Gateway, acme: Tenant
    ) -> None:
        await limited(acme, 150, LimitUnit.TOKENS)
        admitted, refused = await at_once(gateway, acme, 5)
        # Fifty for each answer, and those of the question.
        assert (len(admitted), {type(one) for one in refused}) == (2, {QuotaExceeded})

    async def test_are_given_back_by_what_was_not_sent(self, gateway: Gateway, acme: Tenant) -> None:
        await limited(acme, 1)
        for _ in range(2):
            running = await begun(gateway, acme, OF_FEATURE)
            running.abandon()
            await gateway.idle()
            assert await usage() == (0, 0)
        await is_proved()

    async def test_are_given_back_once_by_calls_whose_process_is_gone(
        self, gateway: Gateway, acme: Tenant
    ) -> None:
        await limited(acme, 1)
        running = await begun(gateway, acme, OF_FEATURE)
        later = utcnow() + RULES.lease + timedelta(seconds=1)
        assert await sweeping.sweep(prices=PriceBook(), now=later) == 1
        running.abandon()
        await gateway.idle()
        assert await usage() == (0, 0)
        with pytest.raises(QuotaExceeded):
            await begun(gateway, acme, OF_FEATURE)
        await is_proved()

    async def test_are_other_customers_own(self, gateway: Gateway, acme: Tenant) -> None:
        await entitlements.entitle(acme, amount=1)
        await begun(gateway, acme, OF_FEATURE)
        await begun(gateway, acme, Attribution("law-firm-b", None, entitlements.SEARCH))
        with pytest.raises(QuotaExceeded):
            await begun(gateway, acme, OF_FEATURE)


class TestTerms:
    @pytest.mark.parametrize(
        ("is_enabled", "expected"), [(None, NotEntitled), (False, FeatureDisabled)], ids=["none", "disabled"]
    )
    async def test_hold_where_nobody_pays(
        self, gateway: Gateway, acme: Tenant, is_enabled: bool | None, expected: type[LaunchKitError]
    ) -> None:
        if is_enabled is not None:
            await entitlements.entitle(acme, entitlements.OF_LAW_FIRM, is_enabled=is_enabled)
        with pytest.raises(expected):
            await begun(gateway, acme, OF_FEATURE)
        assert await db.fetchval("SELECT count(*) FROM gateway_call") == 0
