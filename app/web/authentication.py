"""Who is asking: an API key or an access token, in the `Authorization` header."""

from dataclasses import dataclass, field
from datetime import datetime

from app.accounts import queries as accounts
from app.apikeys import format as key_format
from app.core.errors import LaunchKitError, Unauthenticated
from app.core.principal import Principal
from app.web.services import Services

_MAX_LENGTH = 4096


@dataclass(frozen=True, slots=True)
class Credential:
    """What became of it: someone was found, or something is wrong with it, or (neither) none was sent."""

    found: Principal | None = None
    refusal: LaunchKitError | None = None
    authorization: str | None = field(default=None, repr=False)

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


async def _authenticate(services: Services, authorization: str, *, now: datetime) -> Principal:
    """The principal behind a bearer credential; raises `Unauthenticated`, and says which part is wrong."""
    scheme, _, token = authorization.partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token or len(token) > _MAX_LENGTH:
        raise Unauthenticated("Send `Authorization: Bearer <API key or access token>`.")
    if key_format.looks_like_key(token):
        return await services.keys.verify(token, now=now)
    return await accounts.principal_of_token(services.accounts.signer, token, now=now)
