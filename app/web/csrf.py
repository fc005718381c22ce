"""Requests that another page makes a browser send with its cookies.

Three walls, each of which would do: the cookies are `SameSite=Strict`, a request that changes something has to repeat
the token of its session in a header, and it has to come from a page of ours or of an allowed origin.
"""

import base64
from urllib.parse import urlsplit

from aiohttp import hdrs, web

from app.core.config import Settings
from app.core.errors import Forbidden
from app.core.ids import SessionId
from app.infra import hashing
from app.web.services import SERVICES

HEADER = "X-CSRF-Token"
_SAFE = frozenset({hdrs.METH_GET, hdrs.METH_HEAD, hdrs.METH_OPTIONS})
# Of what a browser says about itself, which no page can make it say: the same origin, or the person's own doing.
_OWN = frozenset({"same-origin", "none"})


class CsrfFailed(Forbidden):
    code = "csrf_failed"
    title = f"Send the session's `csrfToken` (see GraphQL) as {HEADER}, from a page of this origin or an allowed one."


def token(key: bytes, session_id: SessionId) -> str:
    """The same as long as the session lasts; of no use without its cookies."""
    digest = hashing.keyed_digest(key, str(session_id))
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def check(request: web.Request, session_id: SessionId) -> None:
    """For a request that uses the cookies of `session_id`, whatever it asks. Raises `CsrfFailed`."""
    check_origin(request)
    expected = token(request.app[SERVICES].accounts.csrf, session_id)
    given = request.headers.get(HEADER, "")
    if not hashing.equal(expected.encode(), given.encode("utf-8", "replace")):
        raise CsrfFailed


def check_origin(request: web.Request) -> None:
    """Raises `CsrfFailed`. What tells no origin is no browser: nothing makes it send cookies against its will."""
    settings = request.app[SERVICES].settings
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get(hdrs.ORIGIN)
    if site == "same-origin":
        return
    if origin is not None and origin.lower() not in allowed_origins(settings):
        raise CsrfFailed
    if origin is None and site is not None and site not in _OWN:
        raise CsrfFailed


def is_safe(request: web.Request) -> bool:
    """Whether the method promises to change nothing; nobody else can read the answer."""
    return request.method in _SAFE


def allowed_origins(settings: Settings) -> frozenset[str]:
    """Whose pages may act with a visitor's cookies."""
    parts = urlsplit(settings.public_url)
    return settings.cors_origins | {f"{parts.scheme}://{parts.netloc}".lower()}
