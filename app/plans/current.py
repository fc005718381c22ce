"""The plans as this process knows them: read when it starts, and again every few seconds.

Versions are only ever added, so what was read never becomes wrong; a version that is newer than the last reading is
taken for the newest one known of its plan until the next.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from app.core.errors import LaunchKitError
from app.infra import telemetry
from app.plans import queries
from app.plans.types import Catalogue, Plan

log = telemetry.logger(__name__)

_EVERY_SECONDS = 10.0
_RETRY_SECONDS = 1.0

_catalogue = Catalogue()


def install(catalogue: Catalogue) -> None:
    global _catalogue  # noqa: PLW0603 - one per process, replaced as a whole
    _catalogue = catalogue


def catalogue() -> Catalogue:
    return _catalogue


def of(ref: str | None) -> Plan:
    return _catalogue.of(ref)


async def known(ref: str) -> Plan:
    """As `of`, but of what the table says where this process has not read that version yet: for writes."""
    if not _catalogue.has(ref):
        await read()
    return _catalogue.of(ref)


async def read() -> None:
    install(await queries.catalogue())


@asynccontextmanager
async def kept() -> AsyncIterator[None]:
    """Reads them now, and again and again for the block. Without a database they are read once it is there."""
    is_read = await _try()
    task = asyncio.create_task(_keep(is_read), name="plans")
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _keep(is_read: bool) -> None:
    while True:
        await asyncio.sleep(_EVERY_SECONDS if is_read else _RETRY_SECONDS)
        is_read = await _try()


async def _try() -> bool:
    try:
        await read()
    except LaunchKitError as error:
        log.warning("plans.not_read", error=str(error))
        return False
    return True
