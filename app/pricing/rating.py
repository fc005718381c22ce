"""Rating: usage in, cost and credits out. Pure."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from app.core.inference import Usage
from app.metering.types import Rating
from app.pricing import costs


@dataclass(frozen=True, slots=True)
class BurnRule:
    """How many credits `per_tokens` tokens burn, input and output alike."""

    ref: str
    credits: Decimal
    per_tokens: int

    def credits_for(self, usage: Usage) -> Decimal:
        return self.credits * usage.total_tokens / self.per_tokens


# What applies where an org has published no burn table of its own: one credit a thousand tokens.
DEFAULT_BURN = BurnRule("default@1", Decimal(1), 1_000)


def rate(provider: str, model: str, usage: Usage, *, at: datetime, burn: BurnRule = DEFAULT_BURN) -> Rating:
    """Cost in USD (None while no price is known) and credits of one call at time `at`; nothing is rounded."""
    cost = costs.of(provider, model, usage, at=at)
    return Rating(
        cost_usd=cost.usd if cost else None,
        credits=burn.credits_for(usage),
        cost_ref=cost.ref if cost else None,
        burn_ref=burn.ref,
    )
