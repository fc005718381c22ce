"""From tokens to credits to the grants that paid for them."""

from datetime import timedelta
from decimal import Decimal

import pytest

from app.core.config import Settings
from app.core.errors import Forbidden
from app.core.principal import Permission, Principal
from app.credits.types import Owner, OwnerKind
from app.pricing.book import PriceBook
from app.pricing.rating import DEFAULT_RULE
from app.pricing.types import PriceSource, table_ref
from app.rerating import service
from app.rerating.errors import ReceiptNotFound
from app.rerating.receipts import Drawn, Receipt, receipt
from app.rerating.types import NewRerating
from tests.factories import orgs, prices, rated, wallets
from tests.factories.orgs import NOW, Tenant

DAY = timedelta(days=1)
C1 = Owner(OwnerKind.CUSTOMER, "c1")


@pytest.fixture
async def tenant(settings: Settings) -> Tenant:
    return await orgs.tenant(settings)


async def of(tenant: Tenant, event_id: str) -> Receipt:
    return await receipt(tenant.owner, tenant.org_id, event_id)


class TestReceipt:
    async def test_tells_the_rules_the_price_and_the_grants(self, tenant: Tenant) -> None:
        wallet = await wallets.wallet(tenant, owner=C1)
        first = await wallets.grant(tenant, wallet, 3, priority=1)
        second = await wallets.grant(tenant, wallet, 100, priority=2)
        rules = (prices.rule(5, "pages"), prices.rule("0.002", "input_tokens"), prices.rule("0.004"))
        table = await prices.published(tenant, *rules, credit_price="0.1", start=NOW - DAY)
        call = {"input_tokens": 1_000, "output_tokens": 500, "cached_input_tokens": 200}
        await rated.ingested(tenant, {"event_id": "a", **call})
        found = await of(tenant, "a")

        assert found.burned_by.ref == f"{table_ref(table.id, 1)}#1,2"
        assert found.burned_by.rules == [(1, table.rules[1]), (2, table.rules[2])]
        assert found.cost_by is not None
        assert found.cost_by.price is not None
        assert found.cost_by.price.source is PriceSource.LIST
        assert {line.unit: line.usd for line in found.cost_by.price.lines}["output_tokens"] == 10
        # 800 at $2.50, 200 cached at $1.25, 500 at $10, each a million
        assert found.now == found.first
        assert (found.now.cost_usd, found.now.credits) == (Decimal("0.00725"), Decimal(4))
        assert found.now.revenue_usd == Decimal("0.4")
        assert found.ledger is not None
        assert found.ledger.wallet_id == wallet
        assert found.ledger.drawn == [Drawn(first, Decimal(3)), Drawn(second, Decimal(1))]
        assert found.ledger.balance_after == 99

    async def test_tells_each_event_of_a_batch_its_own_part(self, tenant: Tenant) -> None:
        wallet = await wallets.wallet(tenant, owner=C1)
        grants = [await wallets.grant(tenant, wallet, 3, priority=n) for n in (1, 2)]
        await rated.ingested(tenant, *({"event_id": f"e{n}", "input_tokens": 2_000} for n in range(4)))
        parts = [(await of(tenant, f"e{n}")).ledger for n in range(4)]

        assert len({part.transaction_id for part in parts if part}) == 1
        assert [part.drawn for part in parts if part] == [
            [Drawn(grants[0], Decimal(2))],
            [Drawn(grants[0], Decimal(1)), Drawn(grants[1], Decimal(1))],
            [Drawn(grants[1], Decimal(2))],
            [Drawn(None, Decimal(2))],
        ]
        assert [part.balance_after for part in parts if part] == [4, 2, 0, -2]

    async def test_tells_what_has_changed_since(self, tenant: Tenant) -> None:
        await wallets.wallet(tenant, 100, owner=C1)
        await rated.ingested(tenant, {"event_id": "a", "model": "tomorrow", "input_tokens": 1_000})
        price = await prices.own(tenant, "tomorrow", "0.001", start=NOW - DAY)
        await service.rate_unrated(tenant.org_id, book=PriceBook(), now=NOW)
        await prices.published(tenant, prices.rule("0.002"), start=NOW - DAY)
        started = await service.start(
            tenant.owner, tenant.org_id, command=NewRerating(NOW - DAY, NOW + DAY, False), now=NOW
        )
        await service.carry_out(started.value.id, book=PriceBook(), now=NOW + DAY)
        await rated.ingested(tenant, {"event_id": "v", "voids": "a"}, now=NOW + 2 * DAY)
        found = await of(tenant, "a")

        assert [one.kind for one in found.adjustments] == ["rated", "rerated", "voided"]
        assert [one.figures.credits for one in found.adjustments] == [0, 1, -2]
        assert found.first.unrated == 1
        assert found.cost_by is not None
        assert found.cost_by.price is not None
        assert found.cost_by.price.lines == price.lines
        assert found.is_voided
        assert (found.now.credits, found.now.cost_usd, found.now.unrated) == (Decimal(0), Decimal(0), 0)

    async def test_tells_the_grants_that_paid_for_what_was_rated_later(self, tenant: Tenant) -> None:
        wallet = await wallets.wallet(tenant, owner=C1)
        grants = [await wallets.grant(tenant, wallet, 3, priority=n) for n in (1, 2)]
        await rated.ingested(tenant, *(rated.pages(f"e{n}", 2) for n in range(4)))
        await prices.published(tenant, prices.rule(1, "pages"), start=NOW - DAY)
        await service.rate_unrated(tenant.org_id, book=PriceBook(), now=NOW)
        found = [await of(tenant, f"e{n}") for n in range(4)]
        parts = [one.adjustments[0].ledger for one in found]

        assert [one.ledger for one in found] == [None] * 4
        assert [part.drawn for part in parts if part] == [
            [Drawn(grants[0], Decimal(2))],
            [Drawn(grants[0], Decimal(1)), Drawn(grants[1], Decimal(1))],
            [Drawn(grants[1], Decimal(2))],
            [Drawn(None, Decimal(2))],
        ]
        assert [(part.wallet_id, part.balance_after) for part in parts if part] == [
            (wallet, Decimal(left)) for left in (4, 2, 0, -2)
        ]
        await rated.ingested(tenant, {"event_id": "v", "voids": "e3"})
        assert (await of(tenant, "e3")).adjustments[1].ledger is None

    async def test_tells_what_is_not_known(self, tenant: Tenant) -> None:
        await rated.ingested(tenant, rated.pages("p"), {"event_id": "t", "input_tokens": 5})
        pages, tokens = await of(tenant, "p"), await of(tenant, "t")

        assert (pages.burned_by.rules, pages.cost_by, pages.now.unrated) == ([], None, 1)
        assert tokens.burned_by.rules == [(0, DEFAULT_RULE)]
        assert tokens.ledger is None

    async def test_is_not_there_for_others(self, tenant: Tenant, settings: Settings) -> None:
        rival = await orgs.tenant(settings, "rival")
        await rated.ingested(tenant, {"event_id": "a", "input_tokens": 5})
        elsewhere = Principal("api_key", tenant.key.id, tenant.key.orgs, tenant.test.id)
        for principal, org_id in ((rival.owner, rival.org_id), (elsewhere, tenant.org_id)):
            with pytest.raises(ReceiptNotFound):
                await receipt(principal, org_id, "a")
        with pytest.raises(ReceiptNotFound):
            await of(tenant, "b")

    async def test_shows_what_one_may_read(self, tenant: Tenant) -> None:
        await wallets.wallet(tenant, 10)
        await rated.ingested(tenant, {"event_id": "a", "input_tokens": 1_000})
        await prices.published(tenant, prices.rule(1), start=NOW - DAY)
        command = NewRerating(NOW - DAY, NOW + DAY, False)
        started = await service.start(tenant.owner, tenant.org_id, command=command, now=NOW)
        await service.carry_out(started.value.id, book=PriceBook(), now=NOW)

        async def seen_without(*missing: Permission) -> Receipt:
            scopes = {tenant.org_id: frozenset(Permission) - set(missing)}
            return await receipt(Principal("user", tenant.owner.id, scopes), tenant.org_id, "a")

        without_prices = await seen_without(Permission.PRICES_READ)
        without_credits = await seen_without(Permission.CREDITS_READ)
        assert (without_prices.burned_by.rules, without_prices.cost_by) == ([], None)
        assert without_prices.ledger is not None
        assert without_prices.adjustments[0].ledger is not None
        assert without_credits.ledger is None
        assert [one.ledger for one in without_credits.adjustments] == [None]
        assert without_credits.burned_by.rules != []
        with pytest.raises(Forbidden):
            await seen_without(Permission.USAGE_READ)
