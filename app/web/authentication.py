"""Who is asking: an API key or an access token, in the `Authorization` header."""

from datetime import datetime

from app.apikeys import format as key_format
from app.core.errors import Unauthenticated
from app.core.principal import Principal
from app.identity import queries as identity
from app.web.services import Services

_MAX_LENGTH = 4096


async def authenticate(services: Services, authorization: str | None, *, now: datetime) -> Principal:
    """The principal behind a bearer credential; raises `Unauthenticated`, and says which part is wrong."""
    if not authorization:
        raise Unauthenticated
    scheme, _, token = authorization.partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token or len(token) > _MAX_LENGTH:
        raise Unauthenticated("Send `Authorization: Bearer <API key or access token>`.")
    if key_format.looks_like_key(token):
        return await services.keys.verify(token, now=now)
    return await identity.principal_of_token(services.tokens, token, now=now)


async def authenticate_optional(
    services: Services, authorization: str | None, *, now: datetime
) -> Principal | None:
    """As `authenticate`; None where no credential was sent. A wrong one is an error all the same."""
    return await authenticate(services, authorization, now=now) if authorization else None
