"""Saying of calls under way that somebody still works on them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from app.core.errors import LaunchKitError
from app.core.ids import CallId
from app.gateway.books import Books
from app.gateway.types import Rules
from app.infra import telemetry

log = telemetry.logger(__name__)

_PER_LEASE = 3


class Leases:
    """Most calls end before they are renewed for the first time: only those that were there at the last look are."""

    def __init__(self, books: Books, rules: Rules, clock: Callable[[], datetime]) -> None:
        self._books = books
        self._rules = rules
        self._clock = clock
        self._calls: set[CallId] = set()
        self._seen: set[CallId] = set()

    def add(self, call_id: CallId) -> None:
        self._calls.add(call_id)

    def remove(self, call_id: CallId) -> None:
        self._calls.discard(call_id)

    async def keep(self) -> None:
        while True:
            await asyncio.sleep(self._rules.lease.total_seconds() / _PER_LEASE)
            await self.renew()

    async def renew(self) -> None:
        due = self._calls & self._seen
        self._seen = set(self._calls)
        if not due:
            return
        deadline = self._clock() + self._rules.lease
        try:
            await self._books.renew(sorted(due), deadline=deadline, lease=deadline + self._rules.grace)
        except LaunchKitError as error:
            log.warning("gateway.leases_not_renewed", calls=len(due), error=str(error))


@asynccontextmanager
async def kept(leases: Leases) -> AsyncIterator[None]:
    task = asyncio.create_task(leases.keep(), name="gateway-leases")
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
