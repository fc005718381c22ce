"""Signing in elsewhere as a browser does: `/auth/{provider}/start`, the provider, `/auth/{provider}/callback`.

Between the two the browser keeps the attempt in a cookie. A callback without it, or with that of another attempt,
was not started by this browser: somebody would be signed in, or have an identity linked, that they never asked for.
"""

from aiohttp import web

from app.accounts.external import destinations
from app.accounts.external import service as external
from app.accounts.external.attempts import LIFETIME
from app.accounts.external.types import Answer, Attempt, Profile
from app.accounts.types import Client
from app.core.clock import utcnow
from app.core.config import Settings
from app.core.errors import LaunchKitError
from app.web import address, cookies, rate_limit
from app.web.authentication import Credential
from app.web.services import SERVICES

_SEE_OTHER = 303


def add_routes(app: web.Application) -> None:
    app.router.add_get("/auth/{provider}/start", start, name="auth_start")
    app.router.add_get("/auth/{provider}/callback", callback, name="auth_callback")


async def start(request: web.Request) -> web.Response:
    """Sends the browser to the provider; `?return_to=` says where it ends up."""
    await rate_limit.charge(request, Credential())
    services = request.app[SERVICES]
    return_to = destinations.check(request.query.get("return_to"), field="return_to")
    started = await services.external.start(request.match_info["provider"], return_to=return_to, now=utcnow())
    response = _redirect(started.url)
    keep_attempt(response, started.sealed, services.settings)
    return response


async def callback(request: web.Request) -> web.Response:
    """Ends the attempt, well or not, and sends the browser on: with `auth_error=<code>` where it failed."""
    await rate_limit.charge(request, Credential())
    services = request.app[SERVICES]
    answer, now = _answer(request), utcnow()
    sealed = request.cookies.get(_cookie_name(services.settings))
    # What is raised here says nothing of where to go: it is answered as a problem.
    attempt = services.external.recognise(request.match_info["provider"], sealed, answer, now=now)
    try:
        profile = await services.external.finish(attempt, answer, now=now)
        response = await _complete(request, attempt, profile)
    except LaunchKitError as error:
        response = _redirect(destinations.with_error(attempt.return_to, error.code))
    _forget_attempt(response, services.settings)
    return response


async def _complete(request: web.Request, attempt: Attempt, profile: Profile) -> web.Response:
    services, now = request.app[SERVICES], utcnow()
    response = _redirect(attempt.return_to)
    if attempt.user_id is not None and attempt.session_id is not None:
        await external.link(profile, user_id=attempt.user_id, session_id=attempt.session_id, now=now)
        return response
    client = Client(address.of(request) or None, request.headers.get("User-Agent"))
    signed_in = await external.sign_in(services.accounts, profile, client=client, now=now)
    cookies.put(response, signed_in, settings=services.settings, now=now)
    return response


def keep_attempt(response: web.StreamResponse, sealed: str, settings: Settings) -> None:
    """Lax: the browser has to send it when the provider sends it back."""
    response.set_cookie(
        _cookie_name(settings),
        sealed,
        max_age=int(LIFETIME.total_seconds()),
        path="/",
        secure=_is_tls(settings),
        httponly=True,
        samesite="Lax",
    )


def _forget_attempt(response: web.Response, settings: Settings) -> None:
    response.del_cookie(
        _cookie_name(settings), path="/", secure=_is_tls(settings), httponly=True, samesite="Lax"
    )


def _cookie_name(settings: Settings) -> str:
    """With TLS, of a name that no other host of the domain can set (RFC 6265bis, 4.1.3.2)."""
    return "__Host-launchkit-attempt" if _is_tls(settings) else "launchkit-attempt"


def _is_tls(settings: Settings) -> bool:
    return settings.public_url.startswith("https://")


def _answer(request: web.Request) -> Answer:
    query = request.query
    return Answer(query.get("state"), query.get("code"), query.get("error"), query.get("iss"))


def _redirect(location: str) -> web.Response:
    """`location` as it is: the library's own redirects rewrite it."""
    return web.Response(status=_SEE_OTHER, headers={"Location": location, "Cache-Control": "no-store"})
