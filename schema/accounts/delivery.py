"""How the tokens of a session reach who signed in: in the answer, or in cookies."""

from aiohttp import web

from app.accounts import types as domain
from app.core.errors import FieldError, InvalidInput
from app.core.ids import SessionId
from app.web import cookies, csrf
from schema.accounts.types import SessionTransport, SignedIn
from schema.core.context import Context


def check(context: Context, transport: SessionTransport, *, field: str) -> None:
    """Before anything is done: whether `hand_over` will be able to. Raises `InvalidInput` or `CsrfFailed`.

    A page of another origin must not set a session of its choice for the visitor.
    """
    if transport is SessionTransport.COOKIE:
        if not isinstance(context.response, web.Response):
            mend = "Cookies are set over HTTP: send this as a POST, not over the WebSocket."
            raise InvalidInput([FieldError(field, "not_over_websocket", mend)])
        csrf.check_origin(context.request)


def hand_over(context: Context, signed_in: domain.SignedIn, transport: SessionTransport) -> SignedIn:
    if transport is SessionTransport.TOKEN:
        return SignedIn.of(signed_in, csrf_token=None)
    cookies.put(context.response, signed_in, settings=context.services.settings, now=context.now)
    return SignedIn.of(signed_in, csrf_token=csrf_token(context, signed_in.session_id))


def withdraw(context: Context) -> None:
    """Takes the cookies from a browser whose session has ended, where that is still possible."""
    if context.credential.cookie_session is not None and isinstance(context.response, web.Response):
        cookies.clear(context.response, settings=context.services.settings)


def csrf_token(context: Context, session_id: SessionId) -> str:
    return csrf.token(context.services.accounts.csrf, session_id)
