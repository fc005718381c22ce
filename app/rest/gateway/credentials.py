"""Who calls the gateway: an API key, where each provider's SDK puts it."""

from aiohttp import web

from app.apikeys import format as key_format
from app.core.clock import utcnow
from app.core.errors import Unauthenticated
from app.core.principal import Principal
from app.gateway.types import Steps
from app.web import rate_limit
from app.web.authentication import read_credential
from app.web.services import SERVICES


async def admit(request: web.Request, *, allows_query: bool = False, steps: Steps | None = None) -> Principal:
    """The key's principal, which has paid; raises what stands against it.

    A key in the query is for Gemini's REST clients alone, which know no other way: addresses end up in logs.
    """
    token = _token(request, allows_query=allows_query)
    authorization = f"Bearer {token}" if token else None
    credential = await read_credential(request.app[SERVICES], authorization, now=utcnow())
    if steps is not None:
        steps.mark("authenticated")
    await rate_limit.charge(request, credential)
    if steps is not None:
        steps.mark("limited")
    principal = credential.principal
    if principal.kind != "api_key":
        raise Unauthenticated("The gateway takes API keys (lk_live_… or lk_test_…).")
    return principal


def _token(request: web.Request, *, allows_query: bool) -> str:
    """An SDK that was given a key of its provider's as well may send that, too: ours is known by its form."""
    headers = request.headers
    scheme, _, bearer = headers.get("Authorization", "").partition(" ")
    found = [
        bearer.strip() if scheme.lower() == "bearer" else "",
        headers.get("x-api-key", ""),
        headers.get("x-goog-api-key", ""),
        request.query.get("key", "") if allows_query else "",
    ]
    sent = [token for token in found if token]
    return next((token for token in sent if key_format.looks_like_key(token)), sent[0] if sent else "")
