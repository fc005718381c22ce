"""Opening and closing calls in the database: one at a time when idle, several under one commit when they wait.

A call locks its wallet until its commit is on disk. Calls of one wallet that waited for one another would share the
speed of the disk; instead those that come meanwhile leave together.
"""

import asyncio
import contextvars
from collections import deque
from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any

import orjson

from app.core.events import org_topic
from app.core.ids import OrgId
from app.gateway.errors import TooManyCalls
from app.infra import db, telemetry
from app.infra.db import LockTimeout, Row
from app.outbox import courier

log = telemetry.logger(__name__)

_OPEN = "SELECT * FROM gateway_open($1::jsonb)"
_CLOSE = "SELECT * FROM gateway_close_saving($1::jsonb)"
_RENEW = "SELECT gateway_renew($1::uuid[], $2, $3)"
_LARGEST_BATCH = 64
# Calls of one org mostly want the same wallet: those that come while a batch is under way wait for it, and share the
# next. From so many on a second one leaves beside it.
_BESIDE = 32
_MOST_BESIDE = 2
_MOST_WAITING = 5_000
_ATTEMPTS = 4
# Who follows wallets and usage is woken so soon behind what they follow, however often that was written.
_WAKE_SECONDS = 0.05

Document = Mapping[str, Any]


class _Line:
    """Documents on their way to one function. With a `linger` each waits so many seconds for others to go with.

    `wakes` are the nouns of what an org's followers are woken for.
    """

    def __init__(self, sql: str, *, answers_each: bool, wakes: Sequence[str], linger: float = 0.0) -> None:
        self._sql = sql
        self._answers_each = answers_each
        self._wakes = wakes
        self._linger = linger
        self._timer: asyncio.TimerHandle | None = None
        self._written: set[OrgId] = set()
        self._waiting: deque[tuple[Document, asyncio.Future[Row | None]]] = deque()
        self._under_way = 0
        self._tasks: set[asyncio.Task[None]] = set()

    async def send(self, document: Document, *, unread: Callable[[], object] | None = None) -> Row | None:
        """What became of it. Where the caller is cancelled meanwhile, `unread` is called once that is decided."""
        if not self._linger and not self._under_way and not self._waiting:
            self._under_way += 1
            try:
                return (await self._call([document]))[0]
            except asyncio.CancelledError:
                # Giving back its connection waits for the statement's end, which may have been a commit.
                if unread is not None:
                    unread()
                raise
            finally:
                self._under_way -= 1
                self._go_on()
        if len(self._waiting) >= _MOST_WAITING:
            raise TooManyCalls(retry_after=1)
        done: asyncio.Future[Row | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((document, done))
        self._go_on()
        if unread is None:
            return await done
        try:
            # It goes on with its batch, whoever waits for it.
            return await asyncio.shield(done)
        except asyncio.CancelledError:
            done.add_done_callback(lambda _: unread())
            raise

    def _go_on(self) -> None:
        """Sends what need not wait for more."""
        if not self._linger or len(self._waiting) >= _LARGEST_BATCH:
            self._send_next()
        elif self._waiting and self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._linger, self._lingered)

    def _lingered(self) -> None:
        self._timer = None
        self._send_next()

    def _send_next(self) -> None:
        while self._waiting and self._may_leave():
            batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), _LARGEST_BATCH))]
            self._under_way += 1
            # In a context of its own: the batch belongs to none of its requests.
            task = asyncio.get_running_loop().create_task(self._run(batch), context=contextvars.Context())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _may_leave(self) -> bool:
        return not self._under_way or (self._under_way < _MOST_BESIDE and len(self._waiting) >= _BESIDE)

    async def _run(self, batch: Sequence[tuple[Document, "asyncio.Future[Row | None]"]]) -> None:
        try:
            await self._answer(batch)
        finally:
            self._under_way -= 1
            self._go_on()

    async def _answer(self, batch: Sequence[tuple[Document, "asyncio.Future[Row | None]"]]) -> None:
        try:
            rows = await self._call([document for document, _ in batch])
        except Exception as error:  # noqa: BLE001 - it is the waiting callers'
            # What has committed is answered the same when it is sent again.
            if len(batch) > 1 and not isinstance(error, db.DatabaseUnavailable):
                for one in batch:
                    await self._answer([one])
                return
            for _, done in batch:
                if not done.done():
                    done.set_exception(error)
            return
        for (_, done), row in zip(batch, rows, strict=True):
            if not done.done():
                done.set_result(row)

    async def _call(self, documents: Sequence[Document]) -> Sequence[Row | None]:
        text = orjson.dumps(documents, default=str).decode()
        for is_last in (*(False,) * (_ATTEMPTS - 1), True):
            try:
                rows = await db.fetch(self._sql, text)
                break
            except LockTimeout:
                if is_last:
                    raise
                log.info("gateway.books_repeated", calls=len(documents))
        self._wake({document["org"] for document in documents})
        return rows if self._answers_each else [None] * len(documents)

    def _wake(self, orgs: Set[OrgId]) -> None:
        if not self._written:
            asyncio.get_running_loop().call_later(_WAKE_SECONDS, self._wake_now)
        self._written |= orgs

    def _wake_now(self) -> None:
        written, self._written = self._written, set()
        for org_id in written:
            for noun in self._wakes:
                courier.wake(org_topic(noun, org_id))


class Books:
    """One per process. `linger` is for how long a call that has ended waits for others that end: nobody waits for it,
    and while it holds its wallet nobody else can be admitted.
    """

    def __init__(self, *, linger: float = 0.0) -> None:
        self._openings = _Line(_OPEN, answers_each=True, wakes=("wallet",))
        self._closings = _Line(_CLOSE, answers_each=False, wakes=("wallet", "usage"), linger=linger)

    async def open(self, opening: Document, *, unread: Callable[[], object]) -> Row:
        """What became of it, as `gateway_open` says, once that has committed. `unread` is called, then or later, where
        the caller is cancelled before it knows.
        """
        row = await self._openings.send(opening, unread=unread)
        assert row is not None
        return row

    async def close(self, closing: Document) -> None:
        """Returns once the call has ended and its usage is in the books, by this or by another."""
        await self._closings.send(closing)

    async def renew(self, calls: Sequence[Any], *, deadline: Any, lease: Any) -> None:
        await db.fetch(_RENEW, list(calls), deadline, lease)
