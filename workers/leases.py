"""Renewing the leases of the jobs that this process runs, from a thread of its own.

A handler that keeps the event loop busy must not lose its job for it, so renewal has its own thread, loop and
connection. One statement renews all leases of the process; in between, a look every second tells which
jobs are to stop.
"""

import asyncio
import math
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from uuid import UUID

import asyncpg

from app.core.clock import utcnow
from app.infra import telemetry
from app.jobs import execution, leases
from app.jobs.state import LEASE, RENEWALS_IN_A_LEASE

log = telemetry.logger(__name__)

_RETRY_SECONDS = 1.0
# How late a worker learns that a running job is cancelled.
_LOOK_SECONDS = 1.0


class _Held:
    def __init__(
        self, on_lost: Callable[[], None], on_cancelling: Callable[[], None] | None, *, good_until: float
    ) -> None:
        self.on_lost = on_lost
        self.on_cancelling = on_cancelling
        self.good_until = good_until


class LeaseKeeper:
    """One per worker process. `lease` is how long one lasts that is not renewed."""

    def __init__(self, database_url: str, *, lease: timedelta = LEASE) -> None:
        self._database_url = database_url
        self._lease = lease
        self._renew_every = lease.total_seconds() / RENEWALS_IN_A_LEASE
        self._held: dict[UUID, _Held] = {}
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._main, name="leases", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(timeout=5)

    def held(self) -> list[UUID]:
        """The tokens of the jobs that run now."""
        with self._lock:
            return list(self._held)

    @contextmanager
    def hold(
        self, token: UUID, on_lost: Callable[[], None], on_cancelling: Callable[[], None] | None = None
    ) -> Iterator[None]:
        """Renews the lease during the block. Each function is called at most once, from the keeper's thread."""
        with self._lock:
            self._held[token] = _Held(on_lost, on_cancelling, good_until=self._good_from(time.monotonic()))
        try:
            yield
        finally:
            with self._lock:
                self._held.pop(token, None)

    def _main(self) -> None:
        asyncio.run(self._run())

    async def _run(self) -> None:
        connection: asyncpg.Connection[asyncpg.Record] | None = None
        pause = min(_LOOK_SECONDS, self._renew_every)
        renewed_at = time.monotonic()
        while not await asyncio.to_thread(self._stopping.wait, pause):
            try:
                if connection is None or connection.is_closed():
                    connection = await asyncpg.connect(self._database_url, timeout=5, command_timeout=5)
                if time.monotonic() - renewed_at >= self._renew_every:
                    renewed_at = time.monotonic()
                    await self._renew(connection)
                else:
                    await self._look(connection)
                pause = min(_LOOK_SECONDS, self._renew_every)
            except Exception as error:  # noqa: BLE001 - were this thread to end, every longer job would be lost
                log.warning("leases.renewal_failed", error=repr(error))
                if connection is not None:
                    connection.terminate()
                connection = None
                renewed_at = -math.inf
                pause = _RETRY_SECONDS
                self._drop_overdue()
        if connection is not None:
            with suppress(OSError, asyncpg.PostgresError, TimeoutError):
                await connection.close(timeout=2)

    async def _renew(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        with self._lock:
            tokens = list(self._held)
        if not tokens:
            return
        asked_at = time.monotonic()
        renewed = await execution.renew(connection, tokens, now=utcnow(), lease=self._lease)
        with self._lock:
            for token in renewed.held & self._held.keys():
                self._held[token].good_until = self._good_from(asked_at)
        self._lose([token for token in tokens if token not in renewed.held])
        self._cancel(renewed.cancelling)

    def _good_from(self, moment: float) -> float:
        return moment + self._lease.total_seconds()

    async def _look(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        with self._lock:
            tokens = [token for token, held in self._held.items() if held.on_cancelling is not None]
        if tokens:
            self._cancel(await leases.cancelling(connection, tokens))

    def _cancel(self, tokens: Collection[UUID]) -> None:
        told: list[Callable[[], None]] = []
        with self._lock:
            for token in tokens:
                held = self._held.get(token)
                if held is not None and held.on_cancelling is not None:
                    told.append(held.on_cancelling)
                    held.on_cancelling = None
        for listener in told:
            _tell(listener)

    def _drop_overdue(self) -> None:
        """Leases that could not be renewed in time may have been given to another worker."""
        with self._lock:
            overdue = [token for token, held in self._held.items() if held.good_until < time.monotonic()]
        self._lose(overdue)

    def _lose(self, tokens: list[UUID]) -> None:
        with self._lock:
            lost = [held for token in tokens if (held := self._held.pop(token, None)) is not None]
        for held in lost:
            _tell(held.on_lost)


def _tell(listener: Callable[[], None]) -> None:
    try:
        listener()
    except RuntimeError as error:  # its event loop has just closed
        log.warning("leases.not_told", error=str(error))
