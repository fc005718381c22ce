"""Reading large requests beside the event loop: tens of megabytes take seconds, in which nobody would be answered."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_T = TypeVar("_T")
# What takes less than some ten milliseconds is not worth the way.
_LARGE_BYTES = 256 * 1024
# Not the loop's own threads: passwords and names wait for those.
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="gateway-reading")


async def off_loop(size: int, work: Callable[[], _T]) -> _T:
    """What `work` returns; in a thread where the request has many bytes."""
    if size < _LARGE_BYTES:
        return work()
    return await asyncio.get_running_loop().run_in_executor(_threads, work)
