"""Subscriptions that are the same are executed and encoded once: who follows is handed the same bytes.

The same are those of one document, operation, variables (but for `after`) and sight: permissions in the org,
workspace, and what the stream itself distinguishes by. A share has one task, the pump. It writes a frame at once to
every member that waits for nothing else and whose connection has room; for the others it is kept, in bounded number,
and their own tasks send it. So the pump never waits for a client.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import asynccontextmanager
from typing import Any, Protocol

import orjson

from app.core.errors import Kind, LaunchKitError
from app.infra import feeds, telemetry
from app.infra.feeds import Over, Stream

log = telemetry.logger(__name__)

BUFFER = 256
_RETRY_SECONDS = 1.0
# Others get their turn between so many writes.
_AT_ONCE = 200

Render = Callable[[Any], Awaitable[bytes]]


class Frame:
    """An update as it is sent, but for the operation's id, which differs by subscriber."""

    __slots__ = ("_head", "_text", "is_last", "payload", "position")

    def __init__(self, position: int, payload: bytes, *, is_last: bool) -> None:
        self.position = position
        self.payload = payload
        self.is_last = is_last
        self._head = self._text = b""

    def text(self, head: bytes) -> bytes:
        """The message. Most clients number their operations: the last one made often fits the next, too."""
        if head != self._head:
            self._head, self._text = head, b"%b%b}" % (head, self.payload)
        return self._text


def head(operation: str) -> bytes:
    """What stands before the payload in the messages of an operation."""
    return b'{"id":%b,"type":"next","payload":' % orjson.dumps(operation)


class Line(Protocol):
    """The connection of a member, as `schema.core.transport` has it."""

    @property
    def has_room(self) -> bool:
        """False also where nothing may be sent any more."""

    async def send_text(self, text: bytes) -> None:
        """Waits for room, for a while; then closes the connection. Raises `WebSocketDisconnected`."""


class Share:
    """One pump and its members."""

    def __init__(
        self,
        stream: Stream[Any, Any],
        render: Render,
        *,
        look: Callable[[], Awaitable[None]],
    ) -> None:
        self.members: dict[Member, None] = {}
        self.ready = asyncio.Event()
        self.stream = stream
        self._render = render
        self._look = look
        self._task = asyncio.create_task(self._run(), name="share")

    def stop(self) -> None:
        self._task.cancel()

    async def frame(self, update: Any) -> Frame | None:
        """None for what is not seen from here."""
        seen = self.stream.shown(update)
        if seen is None:
            return None
        is_last = self.stream.is_last(update)
        return Frame(self.stream.position(update), await self._render(seen), is_last=is_last)

    async def _run(self) -> None:
        has_crashed = False
        while True:
            try:
                async with self.stream.attached() as follower:
                    self.ready.set()
                    if has_crashed:
                        # Only now: what had come before it was attached again, nobody would bring.
                        self._all_cut()
                    await self._pump(follower)
            except Exception:
                # A dead pump would leave its members waiting for ever, and nobody would know.
                log.error("share.crashed", exc_info=True)
                has_crashed = True
                await asyncio.sleep(_RETRY_SECONDS)

    async def _pump(self, follower: feeds.Follower[Any]) -> None:
        while True:
            updates = await follower.take()
            if updates is None:
                self._all_behind()
                continue
            for update in updates:
                frame = await self.frame(update)
                if frame is not None:
                    # Nobody is sent anything whose credential was not looked at shortly before.
                    await self._look()
                    await self._deliver(frame)

    def _all_behind(self) -> None:
        for member in self.members:
            member.fall_behind()

    def _all_cut(self) -> None:
        for member in self.members:
            member.resume()

    async def _deliver(self, frame: Frame) -> None:
        for number, member in enumerate(tuple(self.members), start=1):
            await member.give(frame)
            if number % _AT_ONCE == 0:
                await asyncio.sleep(0)


class Member:
    """One subscriber of a share. There are thousands: it holds nothing that it does not need while it waits."""

    __slots__ = (
        "_coalesces",
        "_head",
        "_is_behind",
        "_is_cut",
        "_is_over",
        "_line",
        "_pending",
        "_seen",
        "_waiting",
    )

    def __init__(self, operation: str, line: Line) -> None:
        self._head = head(operation)
        self._line = line
        self._pending: list[Frame] = []
        # While there is nothing to send the pump may; done when there is something to do.
        self._waiting: asyncio.Future[None] | None = None
        # Of the last update that was sent.
        self._seen: int | None = None
        self._is_behind = self._is_cut = self._is_over = self._coalesces = False

    async def follow(self, share: Share, after: int | None) -> None:
        """Returns when there is nothing more to come; cancel it to stop. `share` has this member already."""
        stream = share.stream
        self._coalesces = stream.COALESCES
        self._seen = await stream.begin(after)
        with contextlib.suppress(Over):
            await self._catch_up(share, stream.catch_up)
            while not await self._newer():
                steps = stream.behind if self._is_behind else stream.catch_up
                self._is_behind = self._is_cut = False
                await self._catch_up(share, steps)

    async def give(self, frame: Frame) -> None:
        """Never waits: sends at once, or keeps it for later."""
        if self._waiting is None or not self._line.has_room:
            self._keep(frame)
        elif self._seen is None or frame.position > self._seen:
            self._seen = frame.position
            with contextlib.suppress(Exception):  # it is gone; its own task sees to that
                await self._line.send_text(frame.text(self._head))
            if frame.is_last:
                self._is_over = True
                self._wake()

    def fall_behind(self) -> None:
        """What it was not sent yet is forgotten: it catches up when it can."""
        self._pending.clear()
        self._is_behind = True
        self._wake()

    def resume(self) -> None:
        """Updates may have been missed that it was not too slow for: it asks for all of them."""
        self._is_cut = True
        self._wake()

    def _keep(self, frame: Frame) -> None:
        if self._is_behind:
            return
        if self._coalesces:
            self._pending.clear()
        if len(self._pending) >= BUFFER:
            self.fall_behind()
        else:
            self._pending.append(frame)
            self._wake()

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)
        self._waiting = None

    async def _catch_up(self, share: Share, steps: Callable[[int | None], AsyncIterator[Any]]) -> None:
        """While the database is away it waits: the feed does so, too, and will bring what comes after."""
        while True:
            try:
                async for update in steps(self._seen):
                    frame = await share.frame(update)
                    if frame is not None:
                        await self._line.send_text(frame.text(self._head))
                    self._seen = share.stream.position(update)
            except LaunchKitError as error:
                if error.kind is not Kind.UNAVAILABLE:
                    raise
                log.warning("share.cannot_catch_up", error=str(error))
                await asyncio.sleep(_RETRY_SECONDS)
            else:
                return

    async def _newer(self) -> bool:
        """Sends what is kept, and lets the pump send. True when it is over, False when it has to catch up."""
        while not self._is_behind and not self._is_cut and not self._is_over:
            if self._pending:
                await self._send(self._pending.pop(0))
            else:
                self._waiting = asyncio.get_running_loop().create_future()
                await self._waiting
        return self._is_over

    async def _send(self, frame: Frame) -> None:
        if self._seen is None or frame.position > self._seen:
            await self._line.send_text(frame.text(self._head))
            self._seen = frame.position
            self._is_over = frame.is_last


class Shares:
    """Those of a process."""

    def __init__(self) -> None:
        self._shares: dict[Hashable, Share] = {}

    def __len__(self) -> int:
        return len(self._shares)

    @asynccontextmanager
    async def joined(self, key: Hashable, member: Member, make: Callable[[], Share]) -> AsyncIterator[Share]:
        """A member before it catches up: what comes meanwhile is kept for it."""
        share = self._shares.get(key)
        if share is None:
            share = self._shares[key] = make()
        # Whatever it was made of is the share's alone.
        del make
        share.members[member] = None
        try:
            await share.ready.wait()
            yield share
        finally:
            del share.members[member]
            if not share.members:
                share.stop()
                del self._shares[key]
