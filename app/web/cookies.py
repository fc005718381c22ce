"""The tokens of a browser's session, in cookies that no script reads and no other site sends.

`__Host-` binds the access token's cookie to this host alone. The refresh token is sent where it is used and nowhere
else, which `__Host-` does not allow: its name has the weaker prefix, and it counts only beside an access token of the
same session.
"""

from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from app.accounts.types import SignedIn
from app.core.config import Settings
from app.web.services import SERVICES

_REFRESH_PATH = "/graphql"
_IN_COOKIE = web.RequestKey("launchkit.in_cookie", bool)


@dataclass(frozen=True, slots=True)
class _Jar:
    """What the cookies are called. Without TLS browsers refuse the prefixes, and `Secure` with them."""

    access: str
    refresh: str
    is_secure: bool


def of_access(request: web.Request) -> str | None:
    """The access token that a browser sent of its own accord. From here on the answer is for this browser alone."""
    if "Cookie" not in request.headers:
        return None
    token = request.cookies.get(_jar(request.app[SERVICES].settings).access)
    if token is not None:
        request[_IN_COOKIE] = True
    return token


def of_refresh(request: web.Request) -> str | None:
    return request.cookies.get(_jar(request.app[SERVICES].settings).refresh)


def put(response: web.StreamResponse, signed_in: SignedIn, *, settings: Settings, now: datetime) -> None:
    """Replaces whatever session the browser had. Both stay as long as the session lasts: an access token that has
    expired still says which session is to be refreshed.
    """
    jar = _jar(settings)
    seconds = int((signed_in.refresh.expires_at - now).total_seconds())
    _set(response, jar, jar.access, signed_in.access.token, "/", seconds)
    _set(response, jar, jar.refresh, signed_in.refresh.token, _REFRESH_PATH, seconds)
    response.headers["Cache-Control"] = "no-store"


def clear(response: web.StreamResponse, *, settings: Settings) -> None:
    jar = _jar(settings)
    _set(response, jar, jar.access, "", "/", 0)
    _set(response, jar, jar.refresh, "", _REFRESH_PATH, 0)


async def keep_private(request: web.Request, response: web.StreamResponse) -> None:
    """A signal. Caches know that answers to an `Authorization` header are private, of cookies they know nothing."""
    if request.get(_IN_COOKIE):
        response.headers["Cache-Control"] = "no-store"


def _jar(settings: Settings) -> _Jar:
    if settings.public_url.startswith("https://"):
        return _SECURE
    return _PLAIN


_SECURE = _Jar("__Host-launchkit_access", "__Secure-launchkit_refresh", is_secure=True)
_PLAIN = _Jar("launchkit_access", "launchkit_refresh", is_secure=False)


def _set(response: web.StreamResponse, jar: _Jar, name: str, value: str, path: str, seconds: int) -> None:
    response.set_cookie(
        name, value, path=path, max_age=seconds, secure=jar.is_secure, httponly=True, samesite="Strict"
    )
