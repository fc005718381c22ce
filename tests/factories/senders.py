"""Both ways out of the outbox, recording what leaves."""

from collections.abc import Sequence
from uuid import UUID

from app.core.messages import Message


class Recorder:
    """A `TaskSender` and an `EventPublisher`; while `is_away` it fails as they do."""

    def __init__(self) -> None:
        self.batches: list[Sequence[Message]] = []
        self.is_away = False
        self.refused = 0
        self.woken: list[str] = []

    @property
    def messages(self) -> list[Message]:
        return [message for batch in self.batches for message in batch]

    @property
    def ids(self) -> list[UUID]:
        return [message.id for message in self.messages]

    async def send(self, messages: Sequence[Message]) -> None:
        if self.is_away:
            self.refused += 1
            raise ConnectionError("away")
        self.batches.append(list(messages))

    publish = send

    async def wake(self, *topics: str) -> None:
        if self.is_away:
            raise ConnectionError("away")
        self.woken += topics
