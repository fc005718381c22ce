"""Prices as the schema shows them."""

from datetime import datetime
from decimal import Decimal

import strawberry

from app.core import ids
from app.pricing import quoting
from app.pricing import types as domain
from schema.core.node import Node
from schema.core.scalars import BigInt
from schema.prices.enums import AudienceKind, PriceSource, TableStatus


@strawberry.type(description="Whose usage a burn table is for; the narrowest that has one in force decides.")
class BurnTableAudience:
    kind: AudienceKind = strawberry.field(description="All, a tier or a customer.")
    ref: str = strawberry.field(description="The tier, or your own id of the customer; empty for all.")


@strawberry.type(description="A part of an event's quantity with a price of its own.")
class BurnTier:
    up_to: Decimal = strawberry.field(description="Where it ends; it begins where the one before ends.")
    credits: Decimal = strawberry.field(description="For `per` of what lies in it.")


@strawberry.type(description="How many credits a unit of usage burns.")
class BurnRule:
    provider: str = strawberry.field(description="A name, or * for any.")
    model: str = strawberry.field(description="A name, a prefix with a final *, or * for any.")
    unit: str = strawberry.field(description="A kind of token, `tokens`, `images`, or a unit of your own.")
    credits: Decimal = strawberry.field(description="For `per` of the unit, above the last tier.")
    per: Decimal = strawberry.field(description="How much of the unit that is for.")
    tiers: list[BurnTier] = strawberry.field(description="Prices of the first parts of an event's quantity.")
    image_size: str | None = strawberry.field(description="Only images of this size.")
    image_quality: str | None = strawberry.field(description="Only images of this quality.")

    @classmethod
    def of(cls, rule: domain.Rule) -> "BurnRule":
        return cls(
            provider=rule.provider,
            model=rule.model,
            unit=rule.unit,
            credits=rule.credits,
            per=rule.per,
            tiers=[BurnTier(up_to=tier.up_to, credits=tier.credits) for tier in rule.tiers],
            image_size=rule.image_size,
            image_quality=rule.image_quality,
        )


@strawberry.type(description="How many credits usage burns: a draft, or a version that was put in force.")
class BurnTable(Node):
    name: str = strawberry.field(description="What it is called.")
    audience: BurnTableAudience = strawberry.field(description="Whose usage it is for.")
    version: int = strawberry.field(description="Counted for each audience.")
    status: TableStatus = strawberry.field(description="A published one is not changed.")
    credit_price_usd: Decimal | None = strawberry.field(
        description="What one credit sells for; without it there is no margin."
    )
    effective_from: datetime | None = strawberry.field(description="The first moment it is in force.")
    effective_to: datetime | None = strawberry.field(description="The first moment it is not any more.")
    created_at: datetime = strawberry.field(description="When it was drafted.")
    published_at: datetime | None = strawberry.field(description="When it was published.")
    rules: list[BurnRule] = strawberry.field(description="In the order in which events name them, from 0.")

    @classmethod
    def of(cls, table: domain.BurnTable) -> "BurnTable":
        return cls(
            id=strawberry.ID(ids.encode(domain.TABLE_PREFIX, table.id)),
            name=table.name,
            audience=BurnTableAudience(kind=table.audience.kind, ref=table.audience.ref),
            version=table.version,
            status=table.status,
            credit_price_usd=table.credit_price_usd,
            effective_from=table.effective_from,
            effective_to=table.effective_to,
            created_at=table.created_at,
            published_at=table.published_at,
            rules=[BurnRule.of(rule) for rule in table.rules],
        )


@strawberry.type(description="What a unit costs.")
class PriceLine:
    unit: str = strawberry.field(description="A kind of token, `tokens`, `images`, or a unit of your own.")
    usd: Decimal = strawberry.field(description="For `per` of it.")
    per: Decimal = strawberry.field(description="How much of the unit that is for.")
    image_size: str | None = strawberry.field(description="Only images of this size.")
    image_quality: str | None = strawberry.field(description="Only images of this quality.")


@strawberry.type(description="Another price, of every token, where the whole input is long.")
class PriceBand:
    unit: str = strawberry.field(description="The kind of token.")
    above: BigInt = strawberry.field(description="Where the input is longer than this.")
    usd: Decimal = strawberry.field(description="For a million.")


@strawberry.type(description="What a model costs.")
class ProviderPrice:
    provider: str = strawberry.field(description="Who runs it.")
    model: str = strawberry.field(description="Its name, or a pattern in a price of your own.")
    source: PriceSource = strawberry.field(description="Your own price, or the list's.")
    ref: str = strawberry.field(description="What events that were rated by it keep; of your own, its id.")
    lines: list[PriceLine] = strawberry.field(description="By unit.")
    bands: list[PriceBand] = strawberry.field(
        description="Of the list's prices, those that depend on length."
    )
    effective_from: datetime | None = strawberry.field(description="Of your own: its first moment.")
    effective_to: datetime | None = strawberry.field(description="Of your own: the first moment after.")

    @classmethod
    def of(cls, priced: domain.PricedModel) -> "ProviderPrice":
        return cls(
            provider=priced.provider,
            model=priced.model,
            source=priced.source,
            ref=priced.ref,
            lines=[
                PriceLine(
                    unit=line.unit,
                    usd=line.usd,
                    per=line.per,
                    image_size=line.image_size,
                    image_quality=line.image_quality,
                )
                for line in priced.lines
            ],
            bands=[
                PriceBand(unit=band.unit, above=BigInt(band.above), usd=band.usd) for band in priced.bands
            ],
            effective_from=priced.effective_from,
            effective_to=priced.effective_to,
        )


@strawberry.type(description="What a call would come to; null where that is not known.")
class RateQuote:
    credits: Decimal | None = strawberry.field(description="Null: no burn rule applies.")
    usd_cost: Decimal | None = strawberry.field(description="Null: the provider's price is not known.")
    usd_revenue: Decimal | None = strawberry.field(description="Null: the table has no price of a credit.")
    margin_usd: Decimal | None = strawberry.field(description="Revenue less cost.")
    margin_percent: Decimal | None = strawberry.field(description="Of the revenue, two digits.")
    burn_ref: str | None = strawberry.field(description="The burn table and its rules, as events keep it.")
    cost_ref: str | None = strawberry.field(description="The provider's price, as events keep it.")
    at: datetime = strawberry.field(description="The time whose prices these are.")

    @classmethod
    def of(cls, quote: quoting.Quote) -> "RateQuote":
        return cls(
            credits=quote.credits,
            usd_cost=quote.cost_usd,
            usd_revenue=quote.revenue_usd,
            margin_usd=quote.margin_usd,
            margin_percent=quote.margin_percent,
            burn_ref=quote.burn_ref,
            cost_ref=quote.cost_ref,
            at=quote.at,
        )
