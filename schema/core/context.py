"""What every resolver is given: who asks, through what services, and the loaders."""

from dataclasses import dataclass, field
from datetime import datetime

from aiohttp import web
from strawberry.types.info import Info as StrawberryInfo

from app.accounts.types import Client
from app.core.clock import utcnow
from app.core.errors import Kind
from app.core.principal import Principal
from app.limits.types import Allowance
from app.web import address
from app.web.authentication import Credential, read_credential
from app.web.errors import REQUEST_ID
from app.web.rate_limit import ALLOWANCE
from app.web.services import SERVICES, Services
from schema.core.loaders import Loaders

CREDENTIAL = web.RequestKey("launchkit.credential", Credential)


@dataclass
class Context:
    """One per HTTP request, or per WebSocket connection."""

    request: web.Request
    response: web.StreamResponse
    services: Services
    credential: Credential
    loaders: Loaders = field(default_factory=Loaders)
    connection_params: dict[str, object] | None = None

    @property
    def principal(self) -> Principal:
        """Who asks. Raises what was wrong with the credential, or `Unauthenticated` where none was sent."""
        return self.credential.principal

    @property
    def address(self) -> str:
        return address.of(self.request)

    @property
    def client(self) -> Client:
        return Client(self.address or None, self.request.headers.get("User-Agent"))

    @property
    def request_id(self) -> str:
        request_id: str = self.request.get(REQUEST_ID, "")
        return request_id

    @property
    def allowance(self) -> Allowance | None:
        """What rate limits leave to the caller; None where nothing is limited."""
        return self.request.get(ALLOWANCE)

    @property
    def now(self) -> datetime:
        return utcnow()

    async def renew(self) -> None:
        """Looks again: on a WebSocket, a key may have been revoked or a token expired since it was opened."""
        shown = self.credential
        seen = await read_credential(self.services, shown.authorization, now=self.now)
        if self.credential.authorization != shown.authorization:
            return  # replaced meanwhile, in band: what was seen is of the one before
        if seen.refusal is None or seen.refusal.kind is not Kind.UNAVAILABLE:
            # That it could not be looked at says nothing against it, and without the database nothing is told.
            self.credential = seen


Info = StrawberryInfo[Context, None]


def of_request(request: web.Request, response: web.StreamResponse) -> Context:
    return Context(request, response, request.app[SERVICES], request[CREDENTIAL])
