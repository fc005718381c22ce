"""What clients say of prices."""

from datetime import datetime
from decimal import Decimal

import strawberry

from app.core.inference import Usage
from app.metering.types import Metered
from app.pricing import quoting
from app.pricing import types as domain
from app.pricing.quoting import Question
from schema.core.scalars import BigInt
from schema.prices.enums import AudienceKind, EventType

_KEY = "Makes repeating safe: 24 hours long the same key means the same effect."
_PATTERN = "A name, a prefix with a final *, or * for any."


@strawberry.input(description="Whose usage a burn table is for.")
class BurnTableAudienceInput:
    kind: AudienceKind = strawberry.field(description="All, a tier or a customer.")
    ref: str = strawberry.field(default="", description="The tier, or your own id of the customer.")


@strawberry.input(description="A part of an event's quantity with a price of its own.")
class BurnTierInput:
    up_to: Decimal = strawberry.field(description="Where it ends.")
    credits: Decimal = strawberry.field(description="For `per` of what lies in it.")


@strawberry.input(description="How many credits a unit of usage burns.")
class BurnRuleInput:
    unit: str = strawberry.field(description="A kind of token, `tokens`, `images`, or a unit of your own.")
    credits: Decimal = strawberry.field(description="For `per` of the unit.")
    per: Decimal = strawberry.field(default=Decimal(1), description="How much of the unit that is for.")
    provider: str = strawberry.field(default="*", description="A name, or * for any.")
    model: str = strawberry.field(default="*", description=_PATTERN)
    tiers: list[BurnTierInput] = strawberry.field(
        default_factory=list, description="Prices of the first parts of an event's quantity."
    )
    image_size: str | None = strawberry.field(default=None, description="Only images of this size.")
    image_quality: str | None = strawberry.field(default=None, description="Only images of this quality.")

    def rule(self) -> domain.Rule:
        tiers = tuple(domain.RuleTier(tier.up_to, tier.credits) for tier in self.tiers)
        return domain.Rule(
            self.unit,
            self.credits,
            self.per,
            self.provider,
            self.model,
            tiers,
            self.image_size,
            self.image_quality,
        )


@strawberry.input(description="What a burn table says.")
class BurnTableDraftInput:
    name: str = strawberry.field(description="What it is called.")
    rules: list[BurnRuleInput] = strawberry.field(description="At most 500.")
    credit_price_usd: Decimal | None = strawberry.field(
        default=None, description="What one credit sells for; without it there is no margin."
    )

    def draft(self) -> domain.BurnTableDraft:
        return domain.BurnTableDraft(self.name, [rule.rule() for rule in self.rules], self.credit_price_usd)


@strawberry.input(description="A wish for a burn table.")
class CreateBurnTableInput:
    org_id: strawberry.ID = strawberry.field(description="The org it belongs to.")
    draft: BurnTableDraftInput = strawberry.field(description="What it says.")
    audience: BurnTableAudienceInput | None = strawberry.field(
        default=None, description="Whose usage it is for; without it, all."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=_KEY)


@strawberry.input(description="What a draft is to say instead.")
class UpdateBurnTableInput:
    org_id: strawberry.ID = strawberry.field(description="The org it belongs to.")
    id: strawberry.ID = strawberry.field(description="The draft.")
    draft: BurnTableDraftInput = strawberry.field(description="What it says from now on.")


@strawberry.input(description="A draft of a burn table.")
class BurnTableInput:
    org_id: strawberry.ID = strawberry.field(description="The org it belongs to.")
    id: strawberry.ID = strawberry.field(description="The draft.")


@strawberry.input(description="When a draft is to be in force.")
class PublishBurnTableInput:
    org_id: strawberry.ID = strawberry.field(description="The org it belongs to.")
    id: strawberry.ID = strawberry.field(description="The draft.")
    effective_from: datetime | None = strawberry.field(default=None, description="Without it: from now on.")
    effective_to: datetime | None = strawberry.field(
        default=None, description="Without it: until the next version."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=_KEY)


@strawberry.input(description="What a unit costs.")
class PriceLineInput:
    unit: str = strawberry.field(description="A kind of token, `tokens`, `images`, or a unit of your own.")
    usd: Decimal = strawberry.field(description="For `per` of it.")
    per: Decimal = strawberry.field(
        default=Decimal(1_000_000), description="How much of the unit that is for."
    )
    image_size: str | None = strawberry.field(default=None, description="Only images of this size.")
    image_quality: str | None = strawberry.field(default=None, description="Only images of this quality.")


@strawberry.input(description="An own price of a model.")
class CreateProviderPriceInput:
    org_id: strawberry.ID = strawberry.field(description="The org it belongs to.")
    provider: str = strawberry.field(description="A name, or * for any.")
    model: str = strawberry.field(description=_PATTERN)
    lines: list[PriceLineInput] = strawberry.field(description="By unit.")
    effective_from: datetime | None = strawberry.field(default=None, description="Without it: from now on.")
    effective_to: datetime | None = strawberry.field(
        default=None, description="Without it: until the next price."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=_KEY)

    def command(self) -> domain.NewProviderPrice:
        lines = [
            domain.PriceLine(line.unit, line.usd, line.per, line.image_size, line.image_quality)
            for line in self.lines
        ]
        return domain.NewProviderPrice(
            self.provider,
            self.model,
            lines,
            self.effective_from,
            self.effective_to,
            self.idempotency_key,
        )


@strawberry.input(description="When an own price is to end.")
class EndProviderPriceInput:
    org_id: strawberry.ID = strawberry.field(description="The org it belongs to.")
    id: strawberry.ID = strawberry.field(description="The price: its `ref`.")
    effective_to: datetime | None = strawberry.field(default=None, description="Without it: now.")
    idempotency_key: str | None = strawberry.field(default=None, description=_KEY)


@strawberry.input(description="A call that has not happened.")
class RateQuoteInput:
    event_type: EventType | None = strawberry.field(
        default=None,
        description="What it would count; null: the unit where one is named, else images where there is a quantity, "
        "else tokens.",
    )
    provider: str = strawberry.field(default="", description="Who would run it.")
    model: str = strawberry.field(default="", description="The model.")
    input_tokens: BigInt = strawberry.field(default=BigInt(0), description="With cached and written ones.")
    output_tokens: BigInt = strawberry.field(default=BigInt(0), description="With reasoning.")
    cached_input_tokens: BigInt = strawberry.field(default=BigInt(0), description="Of the input.")
    cache_write_tokens: BigInt = strawberry.field(default=BigInt(0), description="Of the input.")
    reasoning_tokens: BigInt = strawberry.field(default=BigInt(0), description="Of the output.")
    unit_type: str | None = strawberry.field(default=None, description="Of a custom event.")
    quantity: Decimal | None = strawberry.field(default=None, description="Of images, or of the unit.")
    image_size: str | None = strawberry.field(default=None, description="Of images.")
    image_quality: str | None = strawberry.field(default=None, description="Of images.")
    customer_id: str | None = strawberry.field(default=None, description="Your own customer.")
    tier: str | None = strawberry.field(default=None, description="Instead of the customer's own.")
    at: datetime | None = strawberry.field(default=None, description="Without it: now.")

    def question(self) -> Question:
        usage = Usage(
            self.input_tokens,
            self.output_tokens,
            self.cached_input_tokens,
            self.cache_write_tokens,
            self.reasoning_tokens,
        )
        kind = self.event_type or quoting.kind_of(self.unit_type, counts_images=self.quantity is not None)
        metered = Metered(
            kind,
            self.provider,
            self.model,
            usage,
            self.unit_type,
            self.quantity,
            self.image_size,
            self.image_quality,
        )
        return Question(metered, self.customer_id, self.tier, self.at)
