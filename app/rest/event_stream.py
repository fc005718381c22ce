"""Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html): updates over one long answer.

They end, with an event `closed` that names why, when the credential is revoked or expires, or when the process stops.
A client that takes nothing is left by `app.web.server`; meanwhile its updates wait in a bounded buffer.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Awaitable, Iterator
from contextlib import aclosing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from aiohttp import ClientConnectionResetError, web

from app.core.errors import Kind, LaunchKitError
from app.core.principal import Principal
from app.infra import telemetry
from app.web import address
from app.web.credential_watch import WATCH, CredentialWatch, Watched
from app.web.errors import REQUEST_ID
from app.web.places import Places

KEEP_ALIVE_SECONDS = 15.0
# After which a client that lost the connection should try again.
_RETRY = b"retry: 2000\n\n"
_KEEP_ALIVE = b": keep-alive\n\n"
_HEADERS = {
    "Content-Type": "text/event-stream; charset=utf-8",
    # Neither kept nor compressed on its way, and (nginx) not gathered: every event is to arrive at once.
    "Cache-Control": "no-store, no-transform",
    "X-Accel-Buffering": "no",
}


class TooManyConnections(LaunchKitError):
    kind = Kind.LIMIT
    code = "too_many_connections"
    title = "Your network holds too many connections open; close one first."


@dataclass(frozen=True, slots=True)
class Event:
    """`id` is what a client sends as `Last-Event-ID` to go on from there."""

    name: str
    data: bytes
    id: int | None = None

    def encode(self) -> bytes:
        position = b"" if self.id is None else b"id: %d\n" % self.id
        # One line: JSON as we write it has no line breaks.
        return b"%bevent: %b\ndata: %b\n\n" % (position, self.name.encode(), self.data)


class Streams:
    """Those that are open in this process."""

    def __init__(self) -> None:
        self._places = Places()
        self._open: set[asyncio.Future[str]] = set()

    def __len__(self) -> int:
        return len(self._open)

    @contextmanager
    def one(self, request: web.Request) -> Iterator["asyncio.Future[str]"]:
        """Done, with a reason, when it has to end. Raises `TooManyConnections`."""
        with self._places.take(address.of(request)) as has_place:
            if not has_place:
                raise TooManyConnections
            ended: asyncio.Future[str] = asyncio.get_running_loop().create_future()
            self._open.add(ended)
            try:
                yield ended
            finally:
                self._open.discard(ended)

    async def close(self, _app: web.Application) -> None:
        for ended in self._open:
            _end(ended, "going_away")


STREAMS = web.AppKey("launchkit.event_streams", Streams)


def add_to(app: web.Application) -> None:
    app[STREAMS] = streams = Streams()
    app.on_shutdown.append(streams.close)


async def send(
    request: web.Request, principal: Principal, events: AsyncGenerator[Event, None]
) -> web.StreamResponse:
    """Sends events until there are no more, or until it has to end."""
    watch = request.app[WATCH]
    with telemetry.SUBSCRIPTIONS_ACTIVE.track_inprogress(), request.app[STREAMS].one(request) as ended:
        response = web.StreamResponse(headers={**_HEADERS, "X-Request-Id": request[REQUEST_ID]})
        watched = _watched(principal, ended)
        async with aclosing(events):
            await response.prepare(request)
            watch.add(watched)
            writing = asyncio.create_task(_write(response, events, watch, ended))
            try:
                either: set[asyncio.Future[Any]] = {writing, ended}
                await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
            finally:
                watch.discard(watched)
                writing.cancel()
                with contextlib.suppress(asyncio.CancelledError, ConnectionError):
                    await writing
        if ended.done():
            await _say_goodbye(request, response, ended.result())
    return response


def _watched(principal: Principal, ended: "asyncio.Future[str]") -> Watched:
    async def nothing(_expires_at: datetime | None = None) -> None:
        return

    def dismiss(_code: int, reason: str) -> Awaitable[None]:
        _end(ended, reason)
        return nothing()

    return Watched(principal, remind=nothing, dismiss=dismiss)


def _end(ended: "asyncio.Future[str]", reason: str) -> None:
    if not ended.done():
        ended.set_result(reason)


async def _write(
    response: web.StreamResponse,
    events: AsyncGenerator[Event, None],
    watch: CredentialWatch,
    ended: "asyncio.Future[str]",
) -> None:
    await response.write(_RETRY)
    following = asyncio.create_task(_next(events))
    try:
        while True:
            done, _ = await asyncio.wait({following}, timeout=KEEP_ALIVE_SECONDS)
            if not done:
                await response.write(_KEEP_ALIVE)
                continue
            event = following.result()
            if event is None:
                return
            await watch.look_lately()
            if ended.done():
                return
            await response.write(event.encode())
            following = asyncio.create_task(_next(events))
    finally:
        following.cancel()
        with contextlib.suppress(asyncio.CancelledError, Exception):
            await following


async def _next(events: AsyncGenerator[Event, None]) -> Event | None:
    return await anext(events, None)


async def _say_goodbye(request: web.Request, response: web.StreamResponse, reason: str) -> None:
    """Not to who takes nothing: that would wait for ever."""
    protocol = request.protocol
    if protocol.writing_paused:
        if request.transport is not None:
            request.transport.abort()
        return
    with contextlib.suppress(ClientConnectionResetError, ConnectionError):
        await response.write(Event("closed", orjson.dumps({"code": reason})).encode())
