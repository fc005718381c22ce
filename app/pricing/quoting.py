"""Quotes: what a call that has not happened would burn, cost and earn, by the function that rates usage."""

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal

from app.core import moments
from app.core.errors import FieldError, InvalidInput
from app.core.ids import OrgId
from app.core.principal import Permission, Principal
from app.customers import naming
from app.infra import db
from app.metering.types import EventType, Metered
from app.pricing import rating
from app.pricing.book import PriceBook
from app.pricing.sheet import EXACT

# bigint holds more; so many tokens in one call are a mistake.
MAX_TOKENS = 10**12
_MAX_QUANTITY = Decimal(10) ** 12
_HUNDREDTH = Decimal("0.01")
_TIER = "SELECT tier FROM customer WHERE org_id = $1 AND external_id = $2"


@dataclass(frozen=True, slots=True)
class Question:
    """A call, for whom, and when (None: now). Without a `tier` the customer's own counts."""

    metered: Metered
    customer: str | None = None
    tier: str | None = None
    at: datetime | None = None

    def validate(self) -> None:
        usage, quantity = self.metered.usage, self.metered.quantity
        errors = [
            FieldError(name, "out_of_range", f"Use a whole number from 0 to {MAX_TOKENS:,}.")
            for name in (
                "input_tokens",
                "output_tokens",
                "cached_input_tokens",
                "cache_write_tokens",
                "reasoning_tokens",
            )
            if not 0 <= getattr(usage, name) <= MAX_TOKENS
        ]
        if usage.cached_input_tokens + usage.cache_write_tokens > usage.input_tokens:
            mend = "Cached and written tokens are parts of `input_tokens`: count them there too."
            errors.append(FieldError("input_tokens", "contradiction", mend))
        if usage.reasoning_tokens > usage.output_tokens:
            mend = "Reasoning is a part of `output_tokens`: count it there too."
            errors.append(FieldError("output_tokens", "contradiction", mend))
        if quantity is not None and not (quantity.is_finite() and 0 <= quantity <= _MAX_QUANTITY):
            errors.append(FieldError("quantity", "out_of_range", f"Use 0 to {_MAX_QUANTITY:,}."))
        if self.metered.event_type is EventType.CUSTOM and not self.metered.unit_type:
            errors.append(FieldError("unit_type", "missing", "Name the unit that `quantity` counts."))
        errors += moments.faults("at", self.at)
        if errors:
            raise InvalidInput(errors)


@dataclass(frozen=True, slots=True)
class Quote:
    """None stands for what is not known: no burn rule, no provider price, no price of a credit."""

    credits: Decimal | None
    cost_usd: Decimal | None
    revenue_usd: Decimal | None
    burn_ref: str | None
    cost_ref: str | None
    at: datetime

    @property
    def margin_usd(self) -> Decimal | None:
        if self.revenue_usd is None or self.cost_usd is None:
            return None
        return EXACT.subtract(self.revenue_usd, self.cost_usd)

    @property
    def margin_percent(self) -> Decimal | None:
        """Of the revenue, to two digits after the point; None also where there is no revenue."""
        margin = self.margin_usd
        if margin is None or not self.revenue_usd:
            return None
        percent = EXACT.divide(EXACT.multiply(margin, Decimal(100)), self.revenue_usd)
        return percent.quantize(_HUNDREDTH, ROUND_HALF_EVEN, context=EXACT)


def kind_of(unit_type: str | None, *, counts_images: bool) -> EventType:
    """What is counted where the question does not say it: else a unit or images would be quoted as no tokens."""
    if unit_type is not None:
        return EventType.CUSTOM
    return EventType.IMAGE_GENERATION if counts_images else EventType.TOKEN_USAGE


async def quote(
    principal: Principal, org_id: OrgId, *, book: PriceBook, question: Question, now: datetime
) -> Quote:
    """Writes nothing. Raises `InvalidInput`, and `CustomerNotFound` for an id of ours that is none."""
    access = principal.authorise(org_id, Permission.PRICES_READ)
    question.validate()
    prices = await book.of(access.org_id)
    tier, at, customer = question.tier, question.at or now, question.customer
    if customer is not None:
        customer = await naming.own_name(access.org_id, customer)
    if tier is None and customer is not None and prices.has_tiers:
        tier = await db.fetchval(_TIER, access.org_id, customer)
    found: rating.Quote = prices.quote(question.metered, at=at, customer=customer, tier=tier)
    return Quote(found.credits, found.cost_usd, found.revenue_usd, found.burn_ref, found.cost_ref, at)
