"""Waiting for what must come, with a deadline; never a sleep and a hope."""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, overload

T = TypeVar("T")

# What makes up for a lost wake-up comes by every 15 s: who waited longer would not notice that none came.
PATIENCE_SECONDS = 14.0
_LONG_SECONDS = 60.0


@overload
async def eventually(
    check: Callable[[], Awaitable[T | None]], *, within: float = ..., what: str = ..., every: float = ...
) -> T: ...


@overload
async def eventually(
    check: Callable[[], T | None], *, within: float = ..., what: str = ..., every: float = ...
) -> T: ...


async def eventually(
    check: Callable[[], Any],
    *,
    within: float = PATIENCE_SECONDS,
    what: str = "what was waited for",
    every: float = 0.01,
) -> Any:
    """The first truthy answer of `check`; fails, naming `what`, when there is none in time."""
    deadline = time.monotonic() + within
    while True:
        answer = check()
        if inspect.isawaitable(answer):
            answer = await answer
        if answer:
            return answer
        assert time.monotonic() < deadline, f"{what} did not happen within {within} s (last: {answer!r})"
        await asyncio.sleep(every)


async def until(
    condition: Callable[[], bool | Awaitable[bool]], what: str, *, seconds: float = _LONG_SECONDS
) -> None:
    """Returns as soon as `condition` holds."""
    await eventually(condition, within=seconds, what=what, every=0.005)
