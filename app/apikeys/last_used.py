"""When keys were last used: noted in memory at every request, written in batches.

What a crash or an outage loses is a note of the last seconds, and no request ever waits for one.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from uuid import UUID

from app.infra import db, telemetry

log = telemetry.logger(__name__)

WRITE_SECONDS = 10.0
_MOST_NOTES = 10_000
# A process that stops while the database hangs has better to do than to wait for this.
_LAST_WRITE_SECONDS = 2.0

# A row that someone rotates or revokes at this moment is passed over: two batches, or a batch and a rotation,
# must neither wait for each other nor deadlock.
_WRITE = """
WITH free AS (
    SELECT key.id, note.at
    FROM unnest($1::uuid[], $2::timestamptz[]) AS note (id, at) JOIN api_key AS key USING (id)
    WHERE key.last_used_at IS NULL OR key.last_used_at < note.at
    FOR NO KEY UPDATE OF key SKIP LOCKED
)
UPDATE api_key SET last_used_at = free.at FROM free WHERE api_key.id = free.id
"""


class LastUsed:
    """The notes of one process."""

    def __init__(self) -> None:
        self._notes: dict[UUID, datetime] = {}

    def note(self, key_id: UUID, now: datetime) -> None:
        """Costs a dictionary's entry; with too many keys at once the newcomers go without a note."""
        if len(self._notes) < _MOST_NOTES or key_id in self._notes:
            self._notes[key_id] = now

    async def write(self) -> None:
        """Writes what was noted since the last time, in one statement."""
        notes, self._notes = self._notes, {}
        if not notes:
            return
        try:
            await db.execute(_WRITE, list(notes), list(notes.values()))
        except Exception as error:  # noqa: BLE001 - whatever it was, the next batch is another try
            log.warning("api_keys.last_used_not_written", keys=len(notes), error=str(error))

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Writes now and then during the block, and once more at its end."""
        task = asyncio.create_task(self._run(), name="api-keys-last-used")
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_LAST_WRITE_SECONDS):
                    await self.write()

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(WRITE_SECONDS)
            await self.write()
