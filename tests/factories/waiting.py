"""Waiting for what happens elsewhere: polled, with a deadline."""

import asyncio
import time
from collections.abc import Awaitable, Callable

PATIENCE_SECONDS = 20.0


async def until(
    condition: Callable[[], bool | Awaitable[bool]], what: str, *, seconds: float = PATIENCE_SECONDS
) -> None:
    """Returns as soon as `condition` holds; fails, saying `what` was waited for, when it never does."""
    deadline = time.monotonic() + seconds
    while True:
        holds = condition()
        if holds if isinstance(holds, bool) else await holds:
            return
        assert time.monotonic() < deadline, f"waited {seconds} s for {what}"
        await asyncio.sleep(0.005)
