"""Ending a handler before it ends by itself: kindly first, then without it."""

import asyncio
import time
from enum import Enum, auto
from typing import Any, TypeVar

from app.infra import telemetry

log = telemetry.logger(__name__)

T = TypeVar("T")

# A handler that was cancelled may use this long to put its things away; well within the grace of `app.jobs`.
STOP_SECONDS = 10.0


class Reason(Enum):
    LOST = auto()
    CANCELLED = auto()
    TOO_LONG = auto()


class Wish:
    """That a handler stop; may be told from any thread, and the first one counts."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self.told: asyncio.Future[Reason] = self._loop.create_future()
        # When it was told first, in `time.monotonic()`, also where the event loop has not heard it yet.
        self.asked_at: float | None = None

    def lost(self) -> None:
        """Raises `RuntimeError` when the handler's event loop is closed."""
        self.asked_at = self.asked_at or time.monotonic()
        self._loop.call_soon_threadsafe(self.tell, Reason.LOST)

    def cancelled(self) -> None:
        """Raises as `lost`."""
        self.asked_at = self.asked_at or time.monotonic()
        self._loop.call_soon_threadsafe(self.tell, Reason.CANCELLED)

    def tell(self, reason: Reason) -> None:
        """From the event loop's own thread."""
        if not self.told.done():
            self.told.set_result(reason)

    @property
    def reason(self) -> Reason | None:
        return self.told.result() if self.told.done() else None


async def run(work: "asyncio.Task[T]", wish: Wish, *, limit_seconds: float) -> Reason | None:
    """Waits for `work`, which is done afterwards, or abandoned; why it was stopped, None if it ended by itself."""
    try:
        either: set[asyncio.Future[Any]] = {work, wish.told}
        await asyncio.wait(either, timeout=limit_seconds, return_when=asyncio.FIRST_COMPLETED)
        if work.done():
            return None
        work.cancel()
        await asyncio.wait({work}, timeout=STOP_SECONDS)
    except asyncio.CancelledError:
        work.cancel()
        raise
    if not work.done():
        # It swallows its cancellation. Nothing that it still writes is kept.
        log.error("job.handler_abandoned", task=work.get_name())
        work.add_done_callback(_forget)
    return wish.reason or Reason.TOO_LONG


def _forget(work: "asyncio.Task[T]") -> None:
    if not work.cancelled():
        work.exception()
