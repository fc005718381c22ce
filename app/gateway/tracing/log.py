"""Traces of calls: the newest thousand of each org, for a day at most. They may be lost; nothing depends on them.

Written behind the answers, many at once; where more come than Redis takes, the newest are left out and counted.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final

from app.core.events import org_topic
from app.core.ids import OrgId
from app.gateway.tracing import trace
from app.gateway.tracing.trace import Trace
from app.infra import telemetry
from app.infra.pubsub import Publisher
from app.infra.recent import Recent

log = telemetry.logger(__name__)

KEPT: Final = 1_000
KEPT_SECONDS: Final = 24 * 3600
_MOST_WAITING: Final = 5_000
_GATHER_SECONDS: Final = 0.05
_PER_WRITE: Final = 200
_PER_READ: Final = 100


def topic(org_id: OrgId) -> str:
    return org_topic("gateway_trace", org_id)


class TraceLog:
    """One per process."""

    def __init__(self, recent: Recent, publisher: Publisher) -> None:
        self._recent = recent
        self._publisher = publisher
        self._waiting: deque[tuple[OrgId, bytes]] = deque()
        self._flag = asyncio.Event()

    def add(self, org_id: OrgId, document: bytes) -> None:
        """Never waits, and never fails."""
        if len(self._waiting) >= _MOST_WAITING:
            telemetry.GATEWAY_TRACES_DROPPED.inc()
            return
        self._waiting.append((org_id, document))
        self._flag.set()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """For the block, writes what is added; at its end, what is left."""
        task = asyncio.create_task(self._run(), name="gateway-traces")
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
            await self.flush()

    async def _run(self) -> None:
        task = asyncio.current_task()
        assert task is not None
        # A client library that is cancelled in mid-command may answer with an error of its own instead.
        while not task.cancelling():
            await self._flag.wait()
            # What ends meanwhile is written in the same round trip, which costs more than the traces in it.
            await asyncio.sleep(_GATHER_SECONDS)
            self._flag.clear()
            await self.flush()

    async def flush(self) -> None:
        """Returns when nothing waits any more."""
        while self._waiting:
            batch = [self._waiting.popleft() for _ in range(min(_PER_WRITE, len(self._waiting)))]
            try:
                await self._write(batch)
            except ConnectionError as error:
                telemetry.GATEWAY_TRACES_DROPPED.inc(len(batch))
                log.warning("gateway.traces_dropped", traces=len(batch), error=str(error))

    async def _write(self, batch: Sequence[tuple[OrgId, bytes]]) -> None:
        await self._recent.append(batch)
        await self._publisher.wake(*{topic(org_id) for org_id, _ in batch})

    async def newest(self, org_id: OrgId, *, limit: int, before: int | None = None) -> Sequence[Trace]:
        """The newest first. Raises `ConnectionError`."""
        found = await self._recent.newest(org_id, limit=limit, before=before)
        return [trace.read(seq, kept) for seq, kept in found]

    async def after(self, org_id: OrgId, seq: int, *, limit: int) -> Sequence[Trace]:
        """The oldest first. Raises `ConnectionError`."""
        return [trace.read(at, kept) for at, kept in await self._recent.after(org_id, seq, limit=limit)]

    async def find(self, org_id: OrgId, request_id: str) -> Trace | None:
        """What was last written of a request: the newer it is, the sooner it is found. Raises `ConnectionError`."""
        before: int | None = None
        while page := await self.newest(org_id, limit=_PER_READ, before=before):
            for one in page:
                if one.request_id == request_id:
                    return one
            before = page[-1].seq
        return None
