"""What an issuer publishes, kept for a while."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from app.core.errors import Unavailable
from app.core.federation import IssuerUnavailable

T = TypeVar("T")

FRESH = timedelta(minutes=10)
USABLE = timedelta(hours=1)
COOLDOWN = timedelta(seconds=30)


class Kept(Generic[T]):
    """A value that is fetched once for all who wait, and not again within `COOLDOWN` whatever is asked for.

    Past `FRESH` it is still given, while it is fetched anew; past `USABLE` it is not: an issuer may have withdrawn it.
    """

    def __init__(self, fetch: Callable[[datetime], Awaitable[T]]) -> None:
        self._fetch = fetch
        self._value: T | None = None
        self._fetched_at: datetime | None = None
        self._tried_at: datetime | None = None
        self._fetching: asyncio.Task[None] | None = None

    async def get(self, *, now: datetime) -> T:
        """Raises `IssuerUnavailable` where there is none to be had."""
        if self._age(now) >= FRESH:
            self._begin(now)
        if self._age(now) >= USABLE:
            await self._wait()
        return self._usable(now)

    async def renewed(self, *, now: datetime) -> T:
        """Fetched anew, unless it just was: for whoever misses something in it."""
        self._begin(now)
        await self._wait()
        return self._usable(now)

    def _age(self, now: datetime) -> timedelta:
        return timedelta.max if self._fetched_at is None else now - self._fetched_at

    def _usable(self, now: datetime) -> T:
        if self._value is None or self._age(now) >= USABLE:
            raise IssuerUnavailable(retry_after=COOLDOWN.total_seconds())
        return self._value

    def _begin(self, now: datetime) -> None:
        if self._fetching is not None or (self._tried_at is not None and now - self._tried_at < COOLDOWN):
            return
        self._tried_at = now
        self._fetching = asyncio.create_task(self._renew(now))

    async def _renew(self, now: datetime) -> None:
        try:
            self._value = await self._fetch(now)
            self._fetched_at = now
        except Unavailable:
            return  # told to whoever needs it, by `_usable`
        finally:
            self._fetching = None

    async def _wait(self) -> None:
        if self._fetching is not None:
            # One who gives up must not end it for the others.
            await asyncio.shield(self._fetching)
