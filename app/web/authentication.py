"""Who is asking: an API key or an access token in the `Authorization` header, or else an access token in a cookie."""

from dataclasses import dataclass, field
from datetime import datetime

from aiohttp import web

from app.accounts import queries as accounts
from app.accounts.errors import TokenInvalid
from app.accounts.external import queries as external_queries
from app.accounts.external import service as external
from app.accounts.external.bearer import BearerIssuer
from app.apikeys import format as key_format
from app.core.errors import LaunchKitError, Unauthenticated
from app.core.ids import SessionId
from app.core.principal import Principal
from app.web import csrf
from app.web.services import SERVICES, Services

_MAX_LENGTH = 4096


@dataclass(frozen=True, slots=True)
class Credential:
    """What became of it: someone was found, or something is wrong with it, or (neither) none was sent.

    `cookie_session` is the session that a cookie named under our signature, be it that it has ended since.
    """

    found: Principal | None = None
    refusal: LaunchKitError | None = None
    authorization: str | None = field(default=None, repr=False)
    cookie_session: SessionId | None = None

    @property
    def principal(self) -> Principal:
        """Raises what was wrong with the credential, or `Unauthenticated` where none was sent."""
        if self.found is None:
            raise self.refusal or Unauthenticated()
        return self.found


async def read_credential(services: Services, authorization: str | None, *, now: datetime) -> Credential:
    """Never raises what the client caused: `signIn` must work with a stale token in the header."""
    if not authorization:
        return Credential()
    try:
        found = await _authenticate(services, authorization, now=now)
    except LaunchKitError as error:
        return Credential(refusal=error, authorization=authorization)
    return Credential(found, authorization=authorization)


async def read_cookie(request: web.Request, token: str, *, now: datetime) -> Credential:
    """Of a request without an `Authorization` header. One that may change something has to prove that it was meant:
    otherwise `CsrfFailed` is what is wrong with it. An API key in a cookie is none.
    """
    accounts_keys = request.app[SERVICES].accounts
    authorization = f"Bearer {token}"
    try:
        session_id = accounts_keys.signer.read(token).session_id
    except LaunchKitError as error:
        return Credential(refusal=error, authorization=authorization)
    try:
        found = await accounts.principal_of_token(accounts_keys.signer, token, now=now)
        if not csrf.is_safe(request):
            csrf.check(request, session_id)
    except LaunchKitError as error:
        return Credential(refusal=error, authorization=authorization, cookie_session=session_id)
    return Credential(found, authorization=authorization, cookie_session=session_id)


async def _authenticate(services: Services, authorization: str, *, now: datetime) -> Principal:
    """The principal behind a bearer credential; raises `Unauthenticated`, and says which part is wrong."""
    scheme, _, token = authorization.partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token or len(token) > _MAX_LENGTH:
        raise Unauthenticated("Send `Authorization: Bearer <API key or access token>`.")
    if key_format.looks_like_key(token):
        return await services.keys.verify(token, now=now)
    issuer = services.external.bearer
    if issuer is not None and issuer.has_issued(token):
        return await _of_issuer(issuer, token, now=now)
    return await accounts.principal_of_token(services.accounts.signer, token, now=now)


async def _of_issuer(issuer: BearerIssuer, token: str, *, now: datetime) -> Principal:
    """The person behind a token of an issuer that is trusted like our own; known from the first one on."""
    bearer = await issuer.verify(token, now=now)
    found = await external_queries.find_principal(bearer)
    if found is None:
        await external.admit(bearer.profile, now=now)
        found = await external_queries.find_principal(bearer)
    if found is None:
        raise TokenInvalid  # unlinked in this very moment
    return found
