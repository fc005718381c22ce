"""What happens around every request: its id, its span, its metrics, its log line, its errors."""

import re
import time
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from aiohttp import web
from opentelemetry import propagate
from opentelemetry.trace import SpanKind

from app.audit import service as audit
from app.audit.types import Origin
from app.core import ids
from app.core.errors import FieldError, InvalidInput
from app.infra import telemetry
from app.web import address, errors

log = telemetry.logger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_LASTING = "text/event-stream"
_QUIET = frozenset({"/health", "/ready", "/metrics"})


@web.middleware
async def observe(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Outermost: whatever the inner ones answer is counted, logged and carries the request's id."""
    request_id = _request_id(request)
    request[errors.REQUEST_ID] = request_id
    route = _route(request)
    started = time.perf_counter()
    origin = audit.origin.set(Origin(request_id, address.of(request) or None))
    with (
        telemetry.facts(request_id=request_id),
        telemetry.span(
            f"{request.method} {route}",
            kind=SpanKind.SERVER,
            parent=propagate.extract(request.headers) if "traceparent" in request.headers else None,
            attributes={"http.request.method": request.method, "http.route": route},
        ) as span,
    ):
        try:
            response = await handler(request)
        finally:
            audit.origin.reset(origin)
        span.set_attribute("http.response.status_code", response.status)
        if not response.prepared:
            response.headers["X-Request-Id"] = request_id
        _account(request, response, route, time.perf_counter() - started)
    return response


@web.middleware
async def catch(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every failure as a problem; unexpected ones masked."""
    try:
        if "%00" in request.raw_path:
            raise InvalidInput([FieldError("path", "nul_character", "Leave NUL characters out.")])
        return await handler(request)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        return errors.of_http_exception(request, error)
    except Exception as error:  # noqa: BLE001 - the last line of defence masks and logs
        if request.writer.output_size and request.transport is not None:
            # An answer has begun. A second one would be taken for more of it, and its end would never come.
            request.transport.abort()
        expected = errors.of_exception(error)
        return errors.problem(request, expected) if expected else errors.internal(request, error)


def _request_id(request: web.Request) -> str:
    """The caller's own where it is fit for a log line, else a new one."""
    given = request.headers.get("X-Request-Id", "")
    return given if _REQUEST_ID.fullmatch(given) else ids.encode("req", ids.uuid7())


def _route(request: web.Request) -> str:
    """The route's template: paths themselves would make a metric per id."""
    resource = request.match_info.route.resource
    return resource.canonical if resource is not None else "unmatched"


def _account(request: web.Request, response: web.StreamResponse, route: str, seconds: float) -> None:
    counter, histogram = telemetry.http_meters(request.method, route, response.status)
    counter.inc()
    is_lasting = response.status == HTTPStatus.SWITCHING_PROTOCOLS or response.content_type == _LASTING
    if not is_lasting:  # a life is not a latency
        histogram.observe(seconds)
    if route not in _QUIET:
        log.info(
            "http.answered",
            method=request.method,
            route=route,
            status=response.status,
            ms=round(seconds * 1000, 2),
        )
