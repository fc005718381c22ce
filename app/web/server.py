"""The HTTP server beneath the application: what it does before there is a request to route.

aiohttp answers unreadable requests in plain text, as 400, and waits for ever for the headers of a connection's
first request. It has no setting for either, so its connection is extended here, and nowhere else.
"""

import asyncio
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from aiohttp import http_exceptions, web
from aiohttp.web_protocol import RequestHandler

from app.core import ids
from app.core.config import Settings
from app.infra import telemetry
from app.web import errors, protection

log = telemetry.logger(__name__)

# For the headers of the first request; those of later ones have the time that an idle connection is kept.
FIRST_REQUEST_SECONDS = 15.0
# Longer than the minute after which common balancers close an idle connection: they should be the ones to do it.
IDLE_SECONDS = 75.0
MAX_HEADER_BYTES = 8_190


class Connection(RequestHandler):
    """Answers unreadable requests as problems, and closes on clients that never send one."""

    def __init__(self, server: web.Server, *, headers: Mapping[str, str], **options: Any) -> None:
        super().__init__(server, **options)
        self._headers = headers

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._deadline = self._loop.call_later(FIRST_REQUEST_SECONDS, self._close_if_silent)

    def connection_lost(self, exc: BaseException | None) -> None:
        self._deadline.cancel()
        super().connection_lost(exc)

    def _close_if_silent(self) -> None:
        if self._request_count == 0:
            self.force_close()

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
            keepalive_timeout=IDLE_SECONDS, max_line_size=MAX_HEADER_BYTES, max_field_size=MAX_HEADER_BYTES
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
