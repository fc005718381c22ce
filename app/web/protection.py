"""What browsers are told with every answer: what it may do, who may read it, and that it is reached by TLS only."""

from collections.abc import Mapping

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler, Middleware
from multidict import CIMultiDict

from app.core.config import Settings

# An answer of an API is data: as a page it may load, run and frame nothing. Pages bring a policy of their own.
API_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_TLS_ONLY = "max-age=31536000"

_READABLE = (
    "Allow, Idempotent-Replay, RateLimit, RateLimit-Policy, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, "
    "X-RateLimit-Reset, X-Request-Id"
)
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, PUT, PATCH, DELETE",
    "Access-Control-Allow-Headers": (
        "Authorization, Content-Type, Idempotency-Key, Last-Event-ID, X-CSRF-Token, X-Request-Id, "
        "traceparent, tracestate"
    ),
    "Access-Control-Max-Age": "7200",
}


def add_headers(app: web.Application, settings: Settings) -> None:
    """A signal, not a middleware: streams send their headers before a middleware sees the answer."""
    constant = tuple(headers(settings).items())
    origins = settings.cors_origins

    async def complete(request: web.Request, response: web.StreamResponse) -> None:
        found = response.headers
        for name, value in constant:
            found.setdefault(name, value)
        found["Server"] = "launchkit"  # the library told its version and Python's
        if origins:
            _allow(request.headers.get("Origin"), found, origins)

    app.on_response_prepare.append(complete)


def headers(settings: Settings) -> Mapping[str, str]:
    """Those that every answer has."""
    if settings.public_url.startswith("https://"):
        return {**API_HEADERS, "Strict-Transport-Security": _TLS_ONLY}
    return API_HEADERS


def preflight(origins: frozenset[str]) -> Middleware:
    """Answers what a browser asks before it sends a request of another origin; only for the origins that may."""

    @web.middleware
    async def answer(request: web.Request, handler: Handler) -> web.StreamResponse:
        if (
            request.method == hdrs.METH_OPTIONS
            and "Access-Control-Request-Method" in request.headers
            and request.headers.get("Origin") in origins
        ):
            return web.Response(status=204, headers=_PREFLIGHT)
        return await handler(request)

    return answer


def _allow(origin: str | None, found: CIMultiDict[str], origins: frozenset[str]) -> None:
    # Caches must not give one origin's answer to another, so also where none was sent.
    vary = found.get("Vary")
    found["Vary"] = f"{vary}, Origin" if vary else "Origin"
    if origin is not None and origin in origins:
        found["Access-Control-Allow-Origin"] = origin
        found["Access-Control-Allow-Credentials"] = "true"
        found["Access-Control-Expose-Headers"] = _READABLE
