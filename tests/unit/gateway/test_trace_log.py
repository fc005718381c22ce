"""The end of a process that still writes traces."""

import asyncio
from collections.abc import Sequence
from typing import Any, cast

from app.core.ids import OrgId, uuid7
from app.gateway.tracing.log import TraceLog
from app.infra.pubsub import Publisher
from app.infra.recent import Recent


class _Swallowing:
    """As a client library does that makes a failure of its own of being cancelled."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()

    async def append(self, _documents: Sequence[Any]) -> None:
        if self.begun.is_set():
            return
        self.begun.set()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            raise ConnectionError from None


class TestRunning:
    async def test_ends_though_being_cancelled_was_taken_for_a_failure(self) -> None:
        recent = _Swallowing()
        log = TraceLog(cast("Recent", recent), cast("Publisher", None))
        async with asyncio.timeout(2) as patience:
            async with log.running():
                log.add(OrgId(uuid7()), b"{}")
                await recent.begun.wait()
        assert not patience.expired()
