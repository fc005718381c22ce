"""Sends webhooks: one dispatcher in each worker process, on its event loop.

It takes what is due, in batches, sends as much at once as it has room for, and books what came of it, in batches too.
Nothing waits for an endpoint but its own deliveries. What it had taken and not booked when it dies comes due again.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

from app.core.errors import LaunchKitError
from app.infra import telemetry
from app.infra.outbound import Outbound
from app.infra.pubsub import Hub, Listener
from app.outbox import service as outbox
from app.webhooks import delivering, events, sending
from app.webhooks.delivering import Result, Sending
from app.webhooks.retrying import TIMEOUT_SECONDS
from app.webhooks.secrets import Vault

log = telemetry.logger(__name__)

ROOM = 256
# Retries come due, and leases end, without anybody who wakes us.
_LOOK_EVERY_SECONDS = 0.5
# Facts of orgs without endpoints wake us, too: no more often than this.
_REST_SECONDS = 0.05
_SHORT_REST_SECONDS = 0.005
_GATHER_SECONDS = 0.01
_MOST_BOOKED = 200
# While one waits for the disk, the next is on its way.
_BOOKINGS_AT_ONCE = 2
_DOWN_SECONDS = 1.0
_BOOK_PATIENCE_SECONDS = 10.0
_STOP_SECONDS = 2.0


class Dispatcher:
    """`seconds` is how long an endpoint may take for its answer; `wake` tells who watches that attempts have begun."""

    def __init__(
        self,
        vault: Vault,
        outbound: Outbound,
        *,
        clock: Callable[[], datetime],
        seconds: float = TIMEOUT_SECONDS,
        room: int = ROOM,
        wake: Callable[..., Awaitable[None]] | None = None,
    ) -> None:
        self._wake = wake
        self._vault = vault
        self._outbound = outbound
        self._clock = clock
        self._seconds = seconds
        self._room = room
        self._under_way: set[asyncio.Task[None]] = set()
        self._has_room = asyncio.Event()
        self._listener: Listener | None = None
        self._is_stopping = False
        self._results: list[Result] = []
        self._has_results = asyncio.Event()

    @asynccontextmanager
    async def running(self, hub: Hub) -> AsyncIterator[None]:
        """Sends as long as the block lasts; then what is under way has a few seconds to end."""
        taking = asyncio.create_task(self._take_for_ever(hub), name="webhooks")
        booking = [
            asyncio.create_task(self._book_until_stopped(), name=f"webhook-books-{number}")
            for number in range(_BOOKINGS_AT_ONCE)
        ]
        try:
            yield
        finally:
            taking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await taking
            if self._under_way:
                await asyncio.wait(self._under_way, timeout=_STOP_SECONDS)
            for left in list(self._under_way):
                left.cancel()
            self._is_stopping = True
            self._has_results.set()
            await asyncio.gather(*booking)

    async def _take_for_ever(self, hub: Hub) -> None:
        async with hub.listen(outbox.PUBLIC) as listener:
            self._listener = listener
            while True:
                try:
                    await self._wait_for_room()
                    taken = await delivering.claim(limit=self._free, now=self._clock())
                except LaunchKitError as error:
                    log.warning("webhooks.cannot_take", error=str(error))
                    await asyncio.sleep(_DOWN_SECONDS)
                    continue
                except Exception:
                    # A dead dispatcher would be missed by nobody but the endpoints.
                    log.error("webhooks.take_failed", exc_info=True)
                    await asyncio.sleep(_DOWN_SECONDS)
                    continue
                for one in taken:
                    self._start(one)
                await self._tell(taken)
                if not taken:
                    await asyncio.sleep(_SHORT_REST_SECONDS if self._under_way else _REST_SECONDS)
                    await _wait(listener)

    async def _tell(self, taken: Sequence[Sending]) -> None:
        """May be lost: how an attempt ends is told through the outbox."""
        if self._wake is None or not taken:
            return
        with contextlib.suppress(ConnectionError):
            await self._wake(*{events.topic(one.endpoint_id) for one in taken})

    @property
    def _free(self) -> int:
        return self._room - len(self._under_way)

    async def _wait_for_room(self) -> None:
        """A batch's worth: one by one every delivery would cost a statement."""
        while self._free < max(1, self._room // 8):
            self._has_room.clear()
            await self._has_room.wait()

    def _start(self, one: Sending) -> None:
        task = asyncio.create_task(self._send(one))
        self._under_way.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._has_room.set()
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("webhooks.send_failed", exc_info=error)

    async def _send(self, one: Sending) -> None:
        result = await sending.attempt(
            one, vault=self._vault, outbound=self._outbound, now=self._clock(), seconds=self._seconds
        )
        telemetry.WEBHOOK_ATTEMPTS.labels(_label(result)).inc()
        telemetry.WEBHOOK_SECONDS.observe(result.outcome.latency_ms / 1000)
        self._results.append(result)
        self._has_results.set()

    async def _book_until_stopped(self) -> None:
        while self._results or not self._is_stopping:
            await self._has_results.wait()
            await asyncio.sleep(_GATHER_SECONDS)
            if not (results := self._gathered()):
                continue
            await self._book_with_patience(results)
            if self._listener is not None:
                # Their endpoints have room for the next.
                self._listener.wake()

    def _gathered(self) -> list[Result]:
        found, self._results = self._results[:_MOST_BOOKED], self._results[_MOST_BOOKED:]
        if not self._results:
            self._has_results.clear()
        return found

    async def _book_with_patience(self, results: Sequence[Result]) -> None:
        """What cannot be booked in time is sent again when its lease is over: at least once."""
        deadline = asyncio.get_running_loop().time() + _BOOK_PATIENCE_SECONDS
        while results:
            try:
                await delivering.book(results, now=self._clock())
                return
            except LaunchKitError as error:
                if asyncio.get_running_loop().time() > deadline:
                    log.warning("webhooks.not_booked", deliveries=len(results), error=str(error))
                    return
                await asyncio.sleep(_GATHER_SECONDS * 10)
            except Exception:
                log.error("webhooks.booking_failed", deliveries=len(results), exc_info=True)
                return


async def _wait(listener: Listener) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_LOOK_EVERY_SECONDS):
            await listener.wait()


def _label(result: Result) -> str:
    """Few enough for a metric: the class of the status, or the error."""
    status = result.outcome.status
    return f"{status // 100}xx" if status is not None else result.outcome.error_code or "failed"
