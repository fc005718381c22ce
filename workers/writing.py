"""Writing what came of a job, through a moment in which the database is away or busy."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from app.infra.db import DatabaseUnavailable, LockTimeout

T = TypeVar("T")

# How long a finished job's result is kept in memory while the database is away. Within the lease.
_PATIENCE_SECONDS = 25.0
_RETRY_SECONDS = 0.5
# Of the database: gone in a moment, and nothing to do with the job.
PASSING = (DatabaseUnavailable, LockTimeout)


async def write(step: Callable[[], Awaitable[T]]) -> T:
    """Runs `step`, again while the database is away or busy. A step that did commit is answered with `LeaseLost`."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return await step()
        except PASSING:
            if time.monotonic() > deadline:
                raise
            await asyncio.sleep(_RETRY_SECONDS)
