"""A loop that ticks: what the relay and the scheduler have in common."""

import asyncio
import signal
from collections.abc import Awaitable, Callable

from app.core.errors import LaunchKitError
from app.infra import telemetry

log = telemetry.logger(__name__)


async def until_stopped(name: str, tick: Callable[[], Awaitable[bool]], *, every: float) -> None:
    """Calls `tick` every `every` seconds, at once again when it returns True, until SIGTERM or SIGINT.

    A tick that fails because PostgreSQL or Redis is away is logged once and tried again.
    """
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    log.info(f"{name}.ready")
    is_down = False
    while not stopping.is_set():
        has_more = False
        try:
            has_more = await tick()
            if is_down:
                log.info(f"{name}.recovered")
            is_down = False
        except (LaunchKitError, ConnectionError, TimeoutError) as error:
            if not is_down:
                log.warning(f"{name}.cannot_work", error=str(error))
            is_down = True
        except Exception:
            if not is_down:
                log.error(f"{name}.tick_failed", exc_info=True)
            is_down = True
        if not has_more:
            await _pause(stopping, every)
    log.info(f"{name}.stopped")


async def _pause(stopping: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stopping.wait()
    except TimeoutError:
        return
