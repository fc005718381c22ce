"""Waiting for what must come, with a deadline; never a sleep and a hope."""

import asyncio
import inspect
import time
from collections.abc import Callable


async def eventually(check: Callable[[], object], *, within: float = 10) -> None:
    """Returns as soon as `check`, or what it awaits, is truthy; fails when that does not come in time."""
    deadline = time.monotonic() + within
    while True:
        answer = check()
        if inspect.isawaitable(answer):
            answer = await answer
        if answer:
            return
        assert time.monotonic() < deadline, f"still {answer!r} after {within} s"
        await asyncio.sleep(0.01)
