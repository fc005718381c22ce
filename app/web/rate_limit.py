"""Rate limits of HTTP: who asks, whether they may, and the fields that tell them where they stand.

Fields: `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10), and the `X-RateLimit-*` that
most clients look at, with the reset as Unix time.
"""

import time
from collections.abc import Awaitable

from aiohttp import web

from app.core.clock import utcnow
from app.core.errors import Kind
from app.core.principal import Principal
from app.limits.errors import RateLimited
from app.limits.types import Allowance, Caller
from app.web import address, cookies
from app.web.authentication import Credential, read_cookie, read_credential
from app.web.services import SERVICES

ALLOWANCE = web.RequestKey("launchkit.allowance", Allowance)


async def admit(request: web.Request, *, cost: int = 1) -> Principal:
    """Who asks, once they are known and have paid; raises what stands against it.

    A cost of 0 only looks. A wrong credential pays all the same: guessing is what limits are for.
    """
    credential = await identify(request)
    await charge(request, credential, cost=cost)
    return credential.principal


async def identify(request: web.Request) -> Credential:
    """The header speaks for itself: where it was sent, cookies do not count."""
    authorization = request.headers.get("Authorization")
    token = None if authorization is not None else cookies.of_access(request)
    if token is not None:
        return await read_cookie(request, token, now=utcnow())
    return await read_credential(request.app[SERVICES], authorization, now=utcnow())


async def charge(request: web.Request, credential: Credential, *, cost: int = 1) -> None:
    """Raises `RateLimited` or `LimitsUnavailable`; either way the answer will say what is left."""
    limiter = request.app[SERVICES].limiter
    if limiter is not None and not _is_outage(credential):
        caller = Caller(credential.found, address.of(request))
        await _note(request, limiter.spend(caller, cost=cost if caller.principal else 1))


async def charge_address(request: web.Request) -> None:
    """For opening a WebSocket: who it is comes with its first message. Raises as `charge`."""
    limiter = request.app[SERVICES].limiter
    if limiter is not None:
        await _note(request, limiter.spend_of_address(address.of(request)))


async def _note(request: web.Request, spending: Awaitable[Allowance]) -> None:
    """For the fields of the answer, whichever it will be."""
    try:
        request[ALLOWANCE] = await spending
    except RateLimited as refusal:
        request[ALLOWANCE] = refusal.allowance
        raise


def _is_outage(credential: Credential) -> bool:
    """Whether the credential could not be looked at: that is no guess of the caller's."""
    return credential.refusal is not None and credential.refusal.kind is Kind.UNAVAILABLE


async def add_fields(request: web.Request, response: web.StreamResponse) -> None:
    """A signal before every answer's head leaves, streams included."""
    allowance = request.get(ALLOWANCE)
    if allowance is None:
        return
    tightest = allowance.tightest
    remaining, reset = tightest.remaining, tightest.reset_seconds
    headers = response.headers
    headers["RateLimit-Policy"] = ", ".join(
        f'"{level.scope}";q={level.quota.amount};w={level.quota.seconds}' for level in allowance.levels
    )
    headers["RateLimit"] = f'"{tightest.scope}";r={remaining};t={reset}'
    headers["X-RateLimit-Limit"] = str(tightest.quota.amount)
    headers["X-RateLimit-Remaining"] = str(remaining)
    headers["X-RateLimit-Reset"] = str(int(time.time()) + reset)
