"""The slow path: sends what a crash, a full queue or an empty Redis left behind.

Any number of relays may run: `FOR UPDATE SKIP LOCKED` gives each message to one of them.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from app.core.messages import EventPublisher, Message, TaskSender
from app.infra import telemetry
from app.outbox import queries

log = telemetry.logger(__name__)

_BATCH = 500
_RETRY_AFTER = timedelta(seconds=1)


class Memory(Protocol):
    """Whether Redis still remembers us. All raise `ConnectionError` when it is away."""

    async def is_lost(self) -> bool:
        """Whether Redis was emptied or replaced since `mark` was called before the last `renew`."""
        ...

    async def mark(self) -> None:
        """What Redis loses from here on will not go unnoticed."""
        ...

    async def renew(self) -> None:
        """Everything that was lost before `mark` has been made good."""
        ...


class NeverForgets:
    """The memory of a broker that keeps its messages through everything."""

    async def is_lost(self) -> bool:
        return False

    async def mark(self) -> None:
        return

    async def renew(self) -> None:
        return


class Relay:
    def __init__(self, tasks: TaskSender, events: EventPublisher, memory: Memory) -> None:
        self._tasks = tasks
        self._events = events
        self._memory = memory

    async def tick(self, *, now: datetime) -> int:
        """Sends one batch of what is due; returns its size, so that a full batch is followed at once."""
        if await self._memory.is_lost():
            await self._memory.mark()
            rearmed = await queries.rearm_tasks(now=now)
            # Only now: had the database failed in between, the next tick must find out again.
            await self._memory.renew()
            log.info("outbox.rearmed", messages=rearmed)
        messages = await queries.claim_due(now=now, limit=_BATCH)
        if messages:
            await self._send(messages, now)
            log.info("outbox.relayed", messages=len(messages))
        return len(messages)

    async def _send(self, messages: Sequence[Message], now: datetime) -> None:
        tasks = [message for message in messages if message.kind == "task"]
        events = [message for message in messages if message.kind == "event"]
        sent = await asyncio.gather(
            self._send_tasks(tasks), self._send_events(events), return_exceptions=True
        )
        for batch, failure in zip((tasks, events), sent, strict=True):
            if failure is not None:
                await queries.postpone([m.id for m in batch], until=now + _RETRY_AFTER)
        for failure in sent:
            if failure is not None:
                raise failure

    async def _send_tasks(self, tasks: Sequence[Message]) -> None:
        if tasks:
            await self._tasks.send(tasks)
            telemetry.OUTBOX_RELAYED.labels("task").inc(len(tasks))

    async def _send_events(self, events: Sequence[Message]) -> None:
        if events:
            await self._events.publish(events)
            await queries.delete([m.id for m in events])
            telemetry.OUTBOX_RELAYED.labels("event").inc(len(events))
