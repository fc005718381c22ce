"""The slow path: sends what a crash, a full queue or an empty Redis left behind.

Any number of relays may run: `FOR UPDATE SKIP LOCKED` gives each message to one of them.
"""

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
    """Tells whether Redis still remembers us. Raises `ConnectionError` when it is away."""

    async def is_fresh(self) -> bool:
        """True once after Redis was emptied or replaced."""
        ...


class Relay:
    def __init__(self, tasks: TaskSender, events: EventPublisher, memory: Memory) -> None:
        self._tasks = tasks
        self._events = events
        self._memory = memory

    async def tick(self, *, now: datetime) -> int:
        """Sends one batch of what is due; returns its size, so that a full batch is followed at once."""
        if await self._memory.is_fresh():
            rearmed = await queries.rearm_tasks(now=now)
            log.info("outbox.rearmed", messages=rearmed)
        messages = await queries.claim_due(now=now, limit=_BATCH)
        if messages:
            try:
                await self._send(messages)
            except (ConnectionError, TimeoutError):
                await queries.postpone([m.id for m in messages], until=now + _RETRY_AFTER)
                raise
            log.info("outbox.relayed", messages=len(messages))
        return len(messages)

    async def _send(self, messages: Sequence[Message]) -> None:
        tasks = [message for message in messages if message.kind == "task"]
        events = [message for message in messages if message.kind == "event"]
        if tasks:
            await self._tasks.send(tasks)
        if events:
            await self._events.publish(events)
            await queries.delete([m.id for m in events])
        for kind, sent in (("task", tasks), ("event", events)):
            telemetry.OUTBOX_RELAYED.labels(kind).inc(len(sent))
