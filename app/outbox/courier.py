"""The fast path: messages of this process's commits reach Redis in milliseconds.

The courier may lose anything (a crash, a full queue, Redis away): rows stay in the outbox and the relay sends
them. It therefore never retries and never blocks a request. Everything is batched: one pass sends what has
gathered since the last, so a busy process pays for one round trip, not for one per message.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from uuid import UUID

from app.core.messages import EventPublisher, Message, TaskSender
from app.infra import telemetry
from app.outbox import queries

log = telemetry.logger(__name__)

# How long the queue may keep a task before the relay doubts that it still has it.
PATIENCE = timedelta(seconds=60)
_CAPACITY = 10_000
_BOOKKEEPING_SECONDS = 0.5
# A lone message leaves at once; in a busy process they travel together, this far apart.
_GATHER_SECONDS = 0.005


_Send = Callable[[Sequence[Message]], Awaitable[None]]


class Courier:
    """One per process, run by `run` as a task of that process's event loop."""

    def __init__(self, tasks: TaskSender, events: EventPublisher, *, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._tasks = tasks
        self._events = events
        self._waiting: deque[Message] = deque(maxlen=_CAPACITY)
        # Topics to wake that have no row: once each, however often they were named since the last pass.
        self._topics: set[str] = set()
        self._wake = asyncio.Event()
        self._sent: list[UUID] = []
        # Acknowledged from the workers' threads, hence a deque: appending and popping need no lock.
        self._done: deque[UUID] = deque()

    def hand_over(self, messages: Sequence[Message]) -> None:
        self._waiting.extend(messages)
        self._wake.set()

    def wake(self, topic: str) -> None:
        """Wakes who listens, soon, and perhaps not at all: for what is too frequent for a row each.

        Who follows such a topic reads now and then without being woken.
        """
        if len(self._topics) < _CAPACITY:
            self._topics.add(topic)
            self._wake.set()

    def acknowledge(self, message_id: UUID) -> None:
        """The task has done its work: its row goes with the next bookkeeping."""
        self._done.append(message_id)

    async def run(self) -> None:
        """Sends until cancelled, then sends and books what is left."""
        books = asyncio.create_task(self._keep_books(), name="courier-books")
        task = asyncio.current_task()
        assert task is not None
        try:
            # A client library that is cancelled in mid-command may answer with an error of its own instead.
            while not task.cancelling():
                await self._wake.wait()
                self._wake.clear()
                await self._send_waiting()
                await asyncio.sleep(_GATHER_SECONDS)
        finally:
            books.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await books
            await self._send_waiting()
            await self._book()

    async def _send_waiting(self) -> None:
        batch = list(self._waiting)
        self._waiting.clear()
        tasks = [message for message in batch if message.kind == "task"]
        events = [message for message in batch if message.kind == "event"]
        if tasks and await self._handed_over(self._tasks.send, tasks):
            self._sent += [message.id for message in tasks]
        if events and await self._handed_over(self._events.publish, events):
            self._done.extend(message.id for message in events)
        await self._wake_topics()

    async def _wake_topics(self) -> None:
        topics, self._topics = self._topics, set()
        if not topics:
            return
        try:
            await self._events.wake(*topics)
        except Exception as error:  # noqa: BLE001 - as in `_handed_over`
            log.warning("outbox.wake_failed", topics=len(topics), error=str(error))

    async def _handed_over(self, send: _Send, messages: Sequence[Message]) -> bool:
        try:
            await send(messages)
        except Exception as error:  # noqa: BLE001 - the courier outlives every failure; the relay makes up for it
            log.warning("outbox.handover_failed", messages=len(messages), error=str(error))
            return False
        return True

    async def _keep_books(self) -> None:
        while True:
            await asyncio.sleep(_BOOKKEEPING_SECONDS)
            await self._book()

    async def _book(self) -> None:
        done = [self._done.popleft() for _ in range(len(self._done))]
        sent, self._sent = self._sent, []
        finished = set(done)
        try:
            if done:
                await queries.delete(done)
            if pending := [message_id for message_id in sent if message_id not in finished]:
                await queries.postpone(pending, until=self._clock() + PATIENCE)
        except Exception as error:  # noqa: BLE001 - a dead bookkeeper would let its lists grow for ever
            # Forgotten here, not lost: the rows come due again and their consumers are idempotent.
            log.warning("outbox.bookkeeping_failed", done=len(done), sent=len(sent), error=str(error))


_courier: Courier | None = None


@asynccontextmanager
async def running(courier: Courier) -> AsyncIterator[None]:
    """Makes `courier` the process's own for the block; without one every message waits for the relay."""
    global _courier  # noqa: PLW0603 - one per process, wired by the composition roots
    _courier = courier
    task = asyncio.create_task(courier.run(), name="courier")
    try:
        yield
    finally:
        _courier = None
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def hand_over(messages: Sequence[Message]) -> None:
    if _courier is not None:
        _courier.hand_over(messages)


def wake(topic: str) -> None:
    """Without a courier nobody is woken. Not thread-safe: call it on the loop that runs the courier."""
    if _courier is not None:
        _courier.wake(topic)


def acknowledge(message_id: UUID) -> None:
    if _courier is not None:
        _courier.acknowledge(message_id)


def dismiss() -> None:
    """From here on every message waits for the relay: this process is about to end. From any thread."""
    global _courier  # noqa: PLW0603 - as above
    _courier = None
