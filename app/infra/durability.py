"""Waiting for the disk apart from the commit: what commits without it lets go of its locks at once.

A transaction with `synchronous_commit` off is seen by all others the moment it commits, and is on disk once anything
that commits later has waited for it: the log is written in order. So many such commits share one wait.
"""

import asyncio
import contextvars

from app.core.errors import LaunchKitError
from app.infra import db, telemetry

log = telemetry.logger(__name__)

# The least that has to be written. Its commit waits as the operator has said that commits should, for replicas too.
_FLUSH = "SELECT pg_logical_emit_message(true, 'launchkit', '')"


class Flushes:
    """One per process, on one loop."""

    def __init__(self) -> None:
        self._next: asyncio.Future[bool] | None = None
        self._task: asyncio.Task[None] | None = None

    def since_now(self) -> "asyncio.Future[bool]":
        """Done when all that has committed by now is on disk; False where the database has gone away.

        Then it may be lost. Shared by all who wait: shield it.
        """
        if self._next is None:
            self._next = asyncio.get_running_loop().create_future()
            if self._task is None:
                # In a context of its own: it belongs to none of those who wait.
                self._task = asyncio.get_running_loop().create_task(
                    self._run(), context=contextvars.Context()
                )
        return self._next

    async def _run(self) -> None:
        try:
            while self._next is not None:
                done, self._next = self._next, None
                done.set_result(await _flush())
        finally:
            self._task = None


async def _flush() -> bool:
    try:
        await db.fetch(_FLUSH)
    except LaunchKitError as error:
        log.warning("durability.not_flushed", error=str(error))
        return False
    return True
