"""Refusals in the words of the provider whose route was called."""

import math
import re

from aiohttp import web

from app.core import ids
from app.core.clock import utcnow
from app.core.errors import Kind, LaunchKitError
from app.core.upstreams import UpstreamSilent, UpstreamTruncated
from app.gateway import dialects
from app.gateway.dialects import Refusal
from app.gateway.errors import UpstreamRedirected, UpstreamUnauthorised
from app.gateway.types import Dialect
from app.infra import telemetry
from app.limits.errors import Exhausted, TokensRateLimited
from app.rest.gateway import quotas
from app.web import errors

log = telemetry.logger(__name__)

# What SDKs know their exceptions by; the API's own 422 would be one that providers do not send.
_STATUS = {
    Kind.INVALID: 400,
    Kind.UNAUTHENTICATED: 401,
    Kind.FORBIDDEN: 403,
    Kind.NOT_FOUND: 404,
    Kind.CONFLICT: 409,
    Kind.LIMIT: 429,
    Kind.UNAVAILABLE: 503,
}
_OF_UPSTREAMS: dict[type[LaunchKitError], int] = {
    UpstreamUnauthorised: 502,
    UpstreamRedirected: 502,
    UpstreamTruncated: 502,
    UpstreamSilent: 504,
}
_KEY_LIKE = re.compile(rb"\b(?:sk|pk|rk)-[\w*.\-]{6,}|\bAIza[\w*.\-]{6,}")


def of_exception(request: web.Request, dialect: Dialect, error: Exception) -> web.Response:
    found = refusal(request, error)
    headers = {}
    expected = errors.of_exception(error)
    if expected is not None and expected.retry_after is not None:
        headers["Retry-After"] = str(math.ceil(expected.retry_after))
    if isinstance(expected, Exhausted):
        headers["x-should-retry"] = "false"
    if isinstance(expected, TokensRateLimited):
        headers |= quotas.headers(expected.level, dialect, now=utcnow())
    return of_refusal(dialect, found, headers)


def of_refusal(dialect: Dialect, found: Refusal, headers: dict[str, str]) -> web.Response:
    return web.Response(
        body=dialects.body(dialect, found),
        status=found.status,
        headers=headers,
        content_type="application/json",
    )


def refusal(request: web.Request, error: Exception) -> Refusal:
    """Unexpected errors are masked, as everywhere."""
    request_id = request.get(errors.REQUEST_ID) or ids.encode("req", ids.uuid7())
    if isinstance(error, web.HTTPException):
        return Refusal(
            error.status, error.reason.lower().replace(" ", "_"), error.text or error.reason, request_id
        )
    expected = errors.of_exception(error)
    if expected is None:
        log.error("http.unexpected_error", exc_info=error)
        return Refusal(500, errors.INTERNAL_CODE, errors.INTERNAL_DETAIL, request_id)
    fields = expected.field_errors
    return Refusal(
        status(expected),
        expected.code,
        expected.detail,
        request_id,
        param=fields[0].field if fields else None,
        members=expected.members,
    )


def status(error: LaunchKitError) -> int:
    # SDKs repeat a 429 by themselves, which would be in vain.
    if isinstance(error, Exhausted):
        return 402
    return _OF_UPSTREAMS.get(type(error), _STATUS[error.kind])


def is_about_our_key(dialect: Dialect, status: int, said: bytes) -> bool:
    """Whether an upstream refuses the key that LaunchKit has for it, which is not the client's to mend. Google says 400
    of a wrong one.
    """
    return status in (401, 402, 403) or (
        dialect is Dialect.GOOGLE and status == 400 and b"API_KEY_INVALID" in said
    )


def without_keys(body: bytes, secret: str | None) -> bytes:
    """What an upstream says of a refusal may quote its key, or a part of it."""
    if secret:
        body = body.replace(secret.encode(), b"[key]")
    return _KEY_LIKE.sub(b"[key]", body)
