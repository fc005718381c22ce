"""The price book: each org's prices, compiled, as fresh as a second. One per process."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable

from app.core.ids import OrgId
from app.pricing import queries
from app.pricing.rating import OrgPrices

_FRESH_SECONDS = 1.0
_MOST_ORGS = 10_000


class _Page:
    """One org's snapshot; its lock lets one of those who find it stale read it for all."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.prices: OrgPrices | None = None
        self.read_at = 0.0


class PriceBook:
    """While a snapshot is fresh nothing is asked; afterwards one query tells whether it changed.

    A price that was published is thus known everywhere within a second, whatever happens to Redis.
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._pages: OrderedDict[OrgId, _Page] = OrderedDict()

    async def of(self, org_id: OrgId) -> OrgPrices:
        page = self._pages.get(org_id)
        if page is None:
            page = self._add(org_id)
        if page.prices is not None and self._clock() - page.read_at < _FRESH_SECONDS:
            return page.prices
        async with page.lock:
            asked_at = self._clock()
            if page.prices is None or asked_at - page.read_at >= _FRESH_SECONDS:
                page.prices = await queries.prices(org_id, known=page.prices)
                page.read_at = asked_at
            return page.prices

    def _add(self, org_id: OrgId) -> _Page:
        if len(self._pages) >= _MOST_ORGS:
            self._pages.popitem(last=False)
        page = self._pages[org_id] = _Page()
        return page
