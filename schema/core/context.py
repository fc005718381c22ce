"""What every resolver is given: who asks, through what services, and the loaders."""

from dataclasses import dataclass, field
from datetime import datetime

from aiohttp import web
from strawberry.types.info import Info as StrawberryInfo

from app.core.clock import utcnow
from app.core.errors import LaunchKitError, Unauthenticated
from app.core.principal import Principal
from app.web.authentication import authenticate_optional
from app.web.errors import REQUEST_ID
from app.web.services import SERVICES, Services
from schema.core.loaders import Loaders


@dataclass
class Context:
    """One per HTTP request, or per WebSocket connection."""

    request: web.Request
    response: web.StreamResponse
    services: Services
    loaders: Loaders = field(default_factory=Loaders)
    connection_params: dict[str, object] | None = None
    found: Principal | None = None
    refusal: LaunchKitError | None = None
    _authorization: str | None = None

    @property
    def principal(self) -> Principal:
        """Who asks. Raises what was wrong with the credential, or `Unauthenticated` where none was sent."""
        if self.found is None:
            raise self.refusal or Unauthenticated()
        return self.found

    @property
    def request_id(self) -> str:
        request_id: str = self.request.get(REQUEST_ID, "")
        return request_id

    @property
    def now(self) -> datetime:
        return utcnow()

    async def authenticate(self, authorization: str | None) -> None:
        """Notes the principal, or why there is none: `signIn` must work with a stale token in the header."""
        self._authorization = authorization
        found, refusal = None, None
        try:
            found = await authenticate_optional(self.services, authorization, now=self.now)
        except LaunchKitError as error:
            refusal = error
        # Both at once: other operations on the same socket read them meanwhile.
        self.found, self.refusal = found, refusal

    async def renew(self) -> None:
        """Looks again: on a WebSocket, a key may have been revoked or a token expired since it was opened."""
        await self.authenticate(self._authorization)


Info = StrawberryInfo[Context, None]


async def of_request(request: web.Request, response: web.StreamResponse) -> Context:
    context = Context(request, response, request.app[SERVICES])
    await context.authenticate(request.headers.get("Authorization"))
    return context
