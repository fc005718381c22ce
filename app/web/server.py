"""The HTTP server beneath the application: what it does before there is a request to route.

aiohttp answers unreadable requests in plain text, as 400, and waits for ever for headers that were begun and for a
client that does not take its answer. It has no setting for these, so its connection is extended here, and nowhere
else. (Bodies are read in bounded time by `app.web.body`.)
"""

import asyncio
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, cast

from aiohttp import http_exceptions, web
from aiohttp.web_protocol import RequestHandler

from app.core import ids
from app.core.config import Settings
from app.infra import telemetry
from app.web import errors, protection

log = telemetry.logger(__name__)

# For the headers of a request: from the connection, or from their first byte where it had requests before.
HEAD_SECONDS = 15.0
# Longer than the minute after which common balancers close an idle connection: they should be the ones to do it.
IDLE_SECONDS = 75.0
MAX_HEADER_BYTES = 8_190
# For the rest of a body that nobody reads, its request being refused, until the connection is closed.
UNREAD_SECONDS = 10.0
# In so much time a client takes so much of what waits for it, or all of it (9 kB/s: the slowest mobile networks).
TAKING_SECONDS = 30.0
TAKING_BYTES = 256 * 1024


class Connection(RequestHandler):
    """Answers unreadable requests as problems, and leaves clients that send or take too slowly."""

    def __init__(self, server: web.Server, *, headers: Mapping[str, str], **options: Any) -> None:
        super().__init__(server, **options)
        self._headers = headers
        self._head_deadline: asyncio.TimerHandle | None = None
        self._taking_deadline: asyncio.TimerHandle | None = None
        self._room: asyncio.Event | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # The library forgets it when it closes; until all is sent it may still have to be cut off.
        self._wire = cast("asyncio.Transport", transport)
        self._expect_head()
        super().connection_made(transport)

    def connection_lost(self, exc: BaseException | None) -> None:
        self._head_came()
        self._end_taking()
        self._make_room()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        seen = self._request_count
        super().data_received(data)
        if self._request_count != seen:
            self._head_came()
        elif data and self._head_deadline is None and self._is_waiting():
            self._expect_head()

    def _is_waiting(self) -> bool:
        """For a request: what arrives is then the beginning of its head."""
        return self._waiter is not None and not self._waiter.done()

    def _expect_head(self) -> None:
        self._head_deadline = self._loop.call_later(HEAD_SECONDS, self.force_close)

    def _head_came(self) -> None:
        if self._head_deadline is not None:
            self._head_deadline.cancel()
            self._head_deadline = None

    async def start(self) -> None:
        """The library's: handles requests until the connection is to be closed."""
        try:
            await super().start()
        finally:
            # Closing waits until everything was sent, which a client that takes nothing would put off for ever.
            if self._taking_deadline is None and self._manager is not None:
                self._watch_taking()

    def pause_writing(self) -> None:
        super().pause_writing()
        if self._room is None:
            self._room = asyncio.Event()
        self._watch_taking()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._make_room()
        if not self._wire.is_closing():  # the rest has its time, too
            self._end_taking()

    async def room(self) -> None:
        """Returns when the client has taken most of what was sent to it, or is gone.

        Of any number who wait each may give up; the library's own waiting is cancelled for all at once.
        """
        while self._room is not None:
            await self._room.wait()

    def _make_room(self) -> None:
        if self._room is not None:
            self._room.set()
            self._room = None

    def _watch_taking(self) -> None:
        if self._taking_deadline is not None:
            self._taking_deadline.cancel()
        left = self._wire.get_write_buffer_size()
        self._taking_deadline = self._loop.call_later(TAKING_SECONDS, self._judge_taking, left)

    def _judge_taking(self, before: int) -> None:
        left = self._wire.get_write_buffer_size()
        if before - left >= TAKING_BYTES:
            self._watch_taking()
            return
        log.info("http.client_too_slow", unsent=left)
        self._wire.abort()

    def _end_taking(self) -> None:
        if self._taking_deadline is not None:
            self._taking_deadline.cancel()
            self._taking_deadline = None

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        if not isinstance(exc, http_exceptions.HttpProcessingError):
            return super().handle_error(request, status, exc, message)
        request[errors.REQUEST_ID] = ids.encode("req", ids.uuid7())
        answer = errors.unreadable(request, _status(exc))
        answer.headers.update({**self._headers, "Server": "launchkit"})
        answer.force_close()
        log.info("http.unreadable", status=answer.status, request_id=request[errors.REQUEST_ID])
        return answer


class Server(web.Server):
    headers: Mapping[str, str] = protection.API_HEADERS

    def __call__(self) -> RequestHandler:
        return Connection(self, loop=self._loop, headers=self.headers, **self._kwargs)


class Runner(web.AppRunner):
    """`web.AppRunner` with our limits, for an application of `app.main`."""

    def __init__(self, app: web.Application, settings: Settings, **options: Any) -> None:
        options.update(
            keepalive_timeout=IDLE_SECONDS,
            lingering_time=UNREAD_SECONDS,
            max_line_size=MAX_HEADER_BYTES,
            max_field_size=MAX_HEADER_BYTES,
        )
        super().__init__(app, **options)
        self._settings = settings

    async def _make_server(self) -> Server:
        made = await super()._make_server()
        server = Server(
            made.request_handler,
            request_factory=made.request_factory,
            handler_cancellation=made.handler_cancellation,
            loop=made._loop,
            **made._kwargs,
        )
        server.headers = protection.headers(self._settings)
        return server


def _status(error: http_exceptions.HttpProcessingError) -> HTTPStatus:
    # The library has one class for a header that is too long, and only a sentence for too many of them.
    if isinstance(error, http_exceptions.LineTooLong) or "Too many headers" in error.message:
        return HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
    return HTTPStatus.BAD_REQUEST
