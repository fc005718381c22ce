"""What a token of each kind burns and costs, found once for the many events that are alike. Pure.

There is one where an amount is so much a token, whenever in an hour the call was: no tiers, no price that begins or
ends meanwhile. Elsewhere each event is rated by itself. Both say the same.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from app.metering.types import Rating
from app.pricing import sheet
from app.pricing.sheet import EXACT, ZERO

# For one token of each of `sheet.CHARGED_BY`, in that order; None where it has no price.
Rates = Sequence[Decimal | None]
# More input than that, and its rates; the first is for any.
RateBand = tuple[int, Rates]
# Of input that was neither cached nor written, cached, written, of output but reasoning, of reasoning.
Parts = tuple[int, int, int, int, int]

_fma = EXACT.fma


@dataclass(frozen=True, slots=True)
class Tariff:
    """`rules` are those that charge for each kind of token, None where the table names none."""

    burns: Rates
    burn_ref: str
    rules: Sequence[int | None] | None
    credit_price_usd: Decimal | None
    usd: Sequence[RateBand]
    usd_of_request: Decimal
    cost_ref: str
    _refs: dict[tuple[bool, ...], str] = field(default_factory=dict, compare=False, repr=False)

    def rate(self, parts: Parts) -> Rating | None:
        """None for what has to be looked at by itself: a kind without a price, an amount that no column keeps."""
        burned, spent = _sum(ZERO, self.burns, parts), _sum(self.usd_of_request, self._usd(parts), parts)
        if burned is None or spent is None:
            return None
        burn, cost = sheet.as_stored(burned), sheet.as_stored(spent)
        if burn is None or cost is None:
            return None
        revenue = None
        if self.credit_price_usd is not None:
            revenue = sheet.as_stored(EXACT.multiply(burn, self.credit_price_usd))
        return Rating(cost, burn, self.cost_ref, self._ref(parts), revenue)

    def _usd(self, parts: Parts) -> Rates:
        if len(self.usd) == 1:
            return self.usd[0][1]
        input_tokens = parts[0] + parts[1] + parts[2]
        return next(rates for above, rates in reversed(self.usd) if input_tokens > above)

    def _ref(self, parts: Parts) -> str:
        if self.rules is None:
            return self.burn_ref
        used = tuple(map(bool, parts))
        found = self._refs.get(used)
        if found is None:
            rules = dict.fromkeys(itertools.compress(self.rules, used))
            found = self._refs[used] = f"{self.burn_ref}#{','.join(map(str, rules))}"
        return found


def _sum(start: Decimal, rates: Rates, parts: Parts) -> Decimal | None:
    plain, cached, written, spoken, reasoning = parts
    if not (cached or written or reasoning):
        # Most calls: without a loop it takes half the time.
        of_input, of_output = rates[0], rates[3]
        if of_input is None or of_output is None:
            return None
        return _fma(of_input, plain, _fma(of_output, spoken, start))
    total = start
    for rate, part in zip(rates, parts, strict=True):
        if part:
            if rate is None:
                return None
            total = _fma(rate, part, total)
    return total
