"""What routing and kept answers saved of one call: what it cost, against what it would have as asked for. Pure."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from app.core.inference import Usage
from app.gateway.types import Plan, Target
from app.metering.types import EventType, Metered, Rating
from app.pricing import sheet
from app.pricing.rating import OrgPrices

# The `cost_ref` of an answer that was kept: it was paid for when it was made.
KEPT_REF = "kept-answer"


def discounted(rating: Rating, percent: int) -> Rating:
    """Of an answer that was kept: no provider takes anything, and the customer pays so much of the price."""
    share = Decimal(percent) / 100
    revenue = None if rating.revenue_usd is None else sheet.as_stored(rating.revenue_usd * share)
    burned = sheet.as_stored(rating.credits * share)
    assert burned is not None, "it is less than what was stored"
    return Rating(Decimal(0), burned, KEPT_REF, rating.burn_ref, revenue)


def of(
    plan: Plan, usage: Usage, rating: Rating, prices: OrgPrices, *, is_kept: bool, tariff: Mapping[str, Any]
) -> Mapping[str, Any] | None:
    """None where nothing was chosen; without amounts where one of the two prices is not known. `tariff` is as `rate`
    takes it.
    """
    asked = plan.asked
    if asked is None or (not is_kept and (plan.policy is None or not plan.policy.targets)):
        return None
    kind = {"kind": "cache" if is_kept else "routing"}
    quote = prices.quote(_metered(asked, usage), **tariff)
    if quote.cost_usd is None or rating.cost_usd is None:
        return kind
    return {
        **kind,
        "asked_usd": quote.cost_usd,
        "cost_usd": rating.cost_usd,
        "asked_credits": rating.credits if quote.credits is None else quote.credits,
        "credits": rating.credits,
    }


def _metered(target: Target, usage: Usage) -> Metered:
    return Metered(EventType.TOKEN_USAGE, target.upstream.provider, target.model, usage)
