"""What leaves a process after a commit, and the ports through which it leaves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Message:
    """One row of the outbox. A task's payload is `{queue, kwargs}`, an event's `{topics, body}`."""

    id: UUID
    kind: Literal["task", "event"]
    name: str
    payload: Mapping[str, Any]
    trace: str | None = None


class TaskSender(Protocol):
    """Hands tasks to the worker queue. Raises `ConnectionError` when the broker is away."""

    async def send(self, messages: Sequence[Message]) -> None: ...


class EventPublisher(Protocol):
    """Wakes live listeners. Raises `ConnectionError` when Redis is away."""

    async def publish(self, messages: Sequence[Message]) -> None: ...

    async def wake(self, *topics: str) -> None:
        """Without a row behind it: may be lost."""
