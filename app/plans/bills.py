"""What a month of a plan comes to. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from app.core import money
from app.plans.types import Plan

_PER = 1_000


@dataclass(frozen=True, slots=True)
class Bill:
    """Amounts in minor units of the plan's currency; None where the plan's price is agreed by contract.

    base + max(0, tokens - included) / 1000 * overage; the overage is one line, rounded once, half to even.
    """

    plan: Plan
    tokens: int
    base_minor: int | None
    overage_tokens: int
    overage_minor: int

    @property
    def total_minor(self) -> int | None:
        return None if self.base_minor is None else self.base_minor + self.overage_minor


def bill(plan: Plan, tokens: int) -> Bill:
    """Of a plan that sells no tokens beyond those included, what was used beyond them all the same costs nothing."""
    if plan.overage_per_1k is None or plan.included_tokens is None:
        return Bill(plan, tokens, plan.price_minor, 0, 0)
    over = max(0, tokens - plan.included_tokens)
    overage = money.round_to_minor(Decimal(over) * plan.overage_per_1k / _PER, plan.currency)
    return Bill(plan, tokens, plan.price_minor, over, overage)
