"""What other prices make of an event. Pure.

What the prices do not know stays as it is: rating again never takes a price away.
"""

from collections.abc import Iterable
from decimal import Decimal

from app.metering.types import UNBILLED, UNRATED
from app.pricing.rating import OrgPrices, Quote
from app.rerating.types import Change, CustomerChange, Kind, Priced

_ZERO = Decimal(0)


def change(event: Priced, prices: OrgPrices, kind: Kind) -> Change | None:
    """What is to be added to the event; None where nothing changes, or the prices do not know it."""
    quote = prices.quote(event.metered, at=event.at, customer=event.customer_id, tier=event.tier)
    found = _rated(event, quote) if kind is Kind.RATED else _rerated(event, quote)
    if found is None or not (found.credits or found.cost_usd or found.revenue_usd or found.unrated):
        return None
    return found


def _rated(event: Priced, quote: Quote) -> Change | None:
    """Only what was not known: credits that an event burned by the prices of its time are not touched."""
    if not event.now.unrated:
        return None
    burned, revenue, burn_ref = _ZERO, _ZERO, event.burn_ref
    if burn_ref == UNRATED:
        if quote.credits is None or quote.burn_ref is None:
            return None
        burned, revenue, burn_ref = quote.credits, quote.revenue_usd or _ZERO, quote.burn_ref
    if quote.cost_usd is None:
        return Change(event, _ZERO, burned, revenue, 0, event.cost_ref, burn_ref)
    return Change(event, quote.cost_usd, burned, revenue, -event.now.unrated, quote.cost_ref, burn_ref)


def _rerated(event: Priced, quote: Quote) -> Change | None:
    now = event.now
    if event.burn_ref == UNBILLED:
        return _rated(event, quote)
    if quote.credits is None or quote.burn_ref is None:
        return None
    cost, unrated, cost_ref = _ZERO, 0, event.cost_ref
    if quote.cost_usd is not None:
        cost, unrated, cost_ref = quote.cost_usd - now.cost_usd, -now.unrated, quote.cost_ref
    revenue = now.revenue_usd if quote.revenue_usd is None else quote.revenue_usd
    return Change(
        event, cost, quote.credits - now.credits, revenue - now.revenue_usd, unrated, cost_ref, quote.burn_ref
    )


def by_customer(changes: Iterable[Change]) -> list[CustomerChange]:
    """In the order of their ids."""
    sums: dict[str | None, list[Decimal | int]] = {}
    for one in changes:
        now = one.event.now
        total = sums.setdefault(one.event.customer_id, [0, *[_ZERO] * 6])
        before = (now.credits, now.cost_usd, now.revenue_usd)
        added = (one.credits, one.cost_usd, one.revenue_usd)
        total[0] += 1
        for place, (old, more) in enumerate(zip(before, added, strict=True)):
            total[1 + 2 * place] += old
            total[2 + 2 * place] += old + more
    return [
        CustomerChange(customer, int(n), *(Decimal(amount) for amount in amounts))
        for customer, (n, *amounts) in sorted(sums.items(), key=lambda item: item[0] or "")
    ]
