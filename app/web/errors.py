"""Errors as HTTP answers: problem details (RFC 9457) with a stable `code` and the request's id."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

import orjson
from aiohttp import web

from app.core.errors import FieldError, InvalidInput, Kind, LaunchKitError
from app.infra import db, telemetry
from app.limits.errors import Exhausted

log = telemetry.logger(__name__)

REQUEST_ID = web.RequestKey("launchkit.request_id", str)

STATUS = {
    Kind.INVALID: HTTPStatus.UNPROCESSABLE_ENTITY,
    Kind.UNAUTHENTICATED: HTTPStatus.UNAUTHORIZED,
    Kind.FORBIDDEN: HTTPStatus.FORBIDDEN,
    Kind.NOT_FOUND: HTTPStatus.NOT_FOUND,
    Kind.CONFLICT: HTTPStatus.CONFLICT,
    Kind.LIMIT: HTTPStatus.TOO_MANY_REQUESTS,
    Kind.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
}
# The name of this status in the standard library depends on the version of Python.
_CODES = {
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "body_too_large",
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: "headers_too_large",
}
_UNREADABLE = {
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: "The request line or the headers are too large.",
    HTTPStatus.BAD_REQUEST: "This is not a readable HTTP request.",
}
INTERNAL_CODE = "internal_error"
INTERNAL_DETAIL = "Something went wrong on our side; quote the request id when you report it."


class MalformedBody(InvalidInput):
    """Not even JSON: the one invalid input that is a 400 instead of a 422."""

    code = "malformed_body"
    title = "The body is not valid JSON."


def of_exception(error: Exception) -> LaunchKitError | None:
    """The expected failure in `error`, or None for a fault of ours."""
    return error if isinstance(error, LaunchKitError) else db.translate(error)


def problem(request: web.Request, error: LaunchKitError) -> web.Response:
    status = _status(error)
    headers = retry_header(error)
    if error.kind is Kind.UNAUTHENTICATED:
        headers["WWW-Authenticate"] = 'Bearer realm="launchkit"'
    return _response(
        request, status, error.code, error.title, error.detail, error.field_errors, headers, error.members
    )


def _status(error: LaunchKitError) -> HTTPStatus:
    if isinstance(error, MalformedBody):
        return HTTPStatus.BAD_REQUEST
    # Clients repeat a 429 by themselves, which would be in vain.
    return HTTPStatus.PAYMENT_REQUIRED if isinstance(error, Exhausted) else STATUS[error.kind]


def retry_header(error: LaunchKitError) -> dict[str, str]:
    return {} if error.retry_after is None else {"Retry-After": str(math.ceil(error.retry_after))}


def internal(request: web.Request, error: Exception) -> web.Response:
    """Masked for the client, whole in the log."""
    log.error("http.unexpected_error", exc_info=error)
    title = HTTPStatus.INTERNAL_SERVER_ERROR.phrase
    return _response(request, HTTPStatus.INTERNAL_SERVER_ERROR, INTERNAL_CODE, title, INTERNAL_DETAIL, (), {})


def unreadable(request: web.BaseRequest, status: HTTPStatus) -> web.Response:
    """The bytes that came are no request that can be read; they are not repeated."""
    code = _CODES.get(status, "malformed_request")
    return _response(request, status, code, status.phrase, _UNREADABLE[status], (), {})


def of_http_exception(request: web.Request, error: web.HTTPException) -> web.Response:
    """aiohttp's own refusals (unknown route, wrong method, too large) in our shape."""
    status = HTTPStatus(error.status)
    headers = {name: error.headers[name] for name in ("Allow", "Connection") if name in error.headers}
    code = _CODES.get(status, status.name.lower())
    return _response(request, status, code, status.phrase, error.text or status.description, (), headers)


def _response(
    request: web.BaseRequest,
    status: HTTPStatus,
    code: str,
    title: str,
    detail: str,
    fields: Sequence[FieldError],
    headers: dict[str, str],
    members: Mapping[str, Any] = MappingProxyType({}),
) -> web.Response:
    body: dict[str, Any] = {
        **members,
        "type": f"urn:launchkit:problem:{code}",
        "title": title,
        "status": int(status),
        "code": code,
        "detail": detail,
        "request_id": request.get(REQUEST_ID),
        "errors": [asdict(field) for field in fields],
    }
    return web.Response(
        body=orjson.dumps(body), status=status, headers=headers, content_type="application/problem+json"
    )
