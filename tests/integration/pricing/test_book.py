"""Each org's prices, as fresh as a second."""

import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest

from app.core.config import Settings
from app.core.inference import Usage
from app.metering.types import EventType, Metered, Rating
from app.pricing import service
from app.pricing.book import PriceBook
from app.pricing.rating import DEFAULT_PRICES
from app.pricing.types import Rule, RuleTier, table_ref
from tests.factories import orgs, prices
from tests.factories.orgs import NOW, Tenant
from tests.fakes.statements import recorded

DAY = timedelta(days=1)
CALL = Metered(EventType.TOKEN_USAGE, "openai", "gpt-4o", Usage(1_000, 500))


class Clock:
    """It stands until it is moved."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
async def tenant(settings: Settings) -> Tenant:
    return await orgs.tenant(settings)


async def rate(book: PriceBook, tenant: Tenant, **how: str) -> Rating:
    found = await book.of(tenant.org_id)
    return found.rate(CALL, at=NOW, customer=how.get("customer"), tier=how.get("tier"))


class TestOf:
    async def test_rates_by_what_is_published_and_by_nothing_else(self, tenant: Tenant) -> None:
        clock = Clock()
        book = PriceBook(clock=clock)
        await prices.draft(tenant, prices.rule(9))
        assert await rate(book, tenant) == DEFAULT_PRICES.rate(CALL, at=NOW, customer=None, tier=None)

        tiered = Rule("tokens", Decimal("0.5"), Decimal(10), tiers=(RuleTier(Decimal(500), Decimal(2)),))
        table = await prices.published(tenant, tiered, credit_price="0.01")
        price = await prices.own(tenant, "gpt-4o", "0.001")
        clock.seconds += 1
        rated = await rate(book, tenant)

        assert rated.burn_ref == f"{table_ref(table.id, 2)}#0"
        assert rated.credits == 100 + 50
        assert rated.revenue_usd == Decimal("1.5")
        assert rated.cost_usd == Decimal("1.5")
        assert rated.cost_ref is not None
        assert rated.cost_ref.startswith("price_")
        await service.end_provider_price(tenant.owner, tenant.org_id, price.id, now=NOW + DAY)

    async def test_asks_once_a_second_and_compiles_only_what_changed(self, tenant: Tenant) -> None:
        clock = Clock()
        book = PriceBook(clock=clock)
        first = await book.of(tenant.org_id)
        with recorded() as statements:
            for _ in range(100):
                assert await book.of(tenant.org_id) is first
            assert statements == []
            clock.seconds += 1
            assert await book.of(tenant.org_id) is first
            assert len(statements) == 1
        await prices.published(tenant)
        assert await book.of(tenant.org_id) is first
        clock.seconds += 1

        assert await book.of(tenant.org_id) is not first

    async def test_asks_once_for_many_at_once(self, tenant: Tenant) -> None:
        book = PriceBook()
        with recorded() as statements:
            await asyncio.gather(*(book.of(tenant.org_id) for _ in range(20)))

        assert len([text for text in statements if "burn_table" in text]) == 1

    async def test_notices_that_a_table_or_a_price_was_ended(self, tenant: Tenant) -> None:
        clock = Clock()
        book = PriceBook(clock=clock)
        await prices.published(tenant, prices.rule(1), start=NOW - DAY)
        own = await prices.own(tenant, "gpt-4o", 1, start=NOW - DAY)
        assert (await rate(book, tenant)).credits == 1_500
        await prices.published(tenant, prices.rule(2), start=NOW)
        await service.end_provider_price(tenant.owner, tenant.org_id, own.id, now=NOW)
        clock.seconds += 1
        rated = await rate(book, tenant)

        assert rated.credits == 3_000
        assert rated.cost_usd == Decimal("0.0075")

    async def test_prefers_the_narrowest_audience(self, tenant: Tenant) -> None:
        await prices.published(tenant, prices.rule(1))
        await prices.published(tenant, prices.rule(2), audience=prices.tier("gold"))
        await prices.published(tenant, prices.rule(3), audience=prices.customer("acme"))
        book = PriceBook()

        assert (await rate(book, tenant)).credits == 1_500
        assert (await rate(book, tenant, tier="gold", customer="x")).credits == 3_000
        assert (await rate(book, tenant, tier="gold", customer="acme")).credits == 4_500

    async def test_prefers_the_exact_price_to_the_pattern(self, tenant: Tenant) -> None:
        for model, usd in (("*", 1), ("gpt-4o", 3), ("gpt*", 2)):
            await prices.own(tenant, model, usd)

        assert (await rate(PriceBook(), tenant)).cost_usd == 4_500

    async def test_keeps_orgs_apart(self, tenant: Tenant, settings: Settings) -> None:
        other = await orgs.tenant(settings, "other")
        await prices.published(other, prices.rule(9))
        await prices.own(other, "gpt-4o", 9)
        book = PriceBook()

        assert await rate(book, tenant) == DEFAULT_PRICES.rate(CALL, at=NOW, customer=None, tier=None)
        assert (await rate(book, other)).credits == 13_500
