"""Burn tables and prices of an org."""

from datetime import datetime
from decimal import Decimal

from app.pricing import service
from app.pricing.types import (
    Audience,
    AudienceKind,
    BurnTable,
    BurnTableDraft,
    NewBurnTable,
    NewProviderPrice,
    PriceLine,
    ProviderPrice,
    Rule,
)
from tests.factories.orgs import NOW, Tenant

ALL = Audience()
PER_TOKEN = Rule("tokens", Decimal(1))


def customer(ref: str) -> Audience:
    return Audience(AudienceKind.CUSTOMER, ref)


def tier(ref: str) -> Audience:
    return Audience(AudienceKind.TIER, ref)


def rule(amount: int | str, unit: str = "tokens", *, per: int = 1, model: str = "*") -> Rule:
    return Rule(unit, Decimal(amount), Decimal(per), model=model)


async def draft(
    tenant: Tenant,
    *rules: Rule,
    audience: Audience = ALL,
    credit_price: str | None = None,
    now: datetime = NOW,
) -> BurnTable:
    price = None if credit_price is None else Decimal(credit_price)
    command = NewBurnTable(BurnTableDraft("Prices", rules or (PER_TOKEN,), price), audience)
    return (await service.create_burn_table(tenant.owner, tenant.org_id, command=command, now=now)).value


async def published(
    tenant: Tenant,
    *rules: Rule,
    audience: Audience = ALL,
    credit_price: str | None = None,
    start: datetime = NOW,
    end: datetime | None = None,
    now: datetime = NOW,
) -> BurnTable:
    table = await draft(tenant, *rules, audience=audience, credit_price=credit_price, now=now)
    done = await service.publish_burn_table(
        tenant.owner, tenant.org_id, table.id, effective_from=start, effective_to=end, now=now
    )
    return done.value


async def own(
    tenant: Tenant,
    model: str,
    usd: int | str,
    *,
    unit: str = "tokens",
    per: int = 1,
    provider: str = "openai",
    start: datetime | None = None,
    now: datetime = NOW,
) -> ProviderPrice:
    lines = [PriceLine(unit, Decimal(usd), Decimal(per))]
    command = NewProviderPrice(provider, model, lines, start)
    return (await service.create_provider_price(tenant.owner, tenant.org_id, command=command, now=now)).value
