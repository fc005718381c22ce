"""A REST operation, declared once: the router and the OpenAPI document are both made from it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from aiohttp import web
from pydantic import Field

from app.core.principal import Permission, Principal
from app.web.rate_limit import admit

Handler = Callable[[web.Request, Principal], Awaitable[web.StreamResponse]]
EVENT_STREAM = "text/event-stream"


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    place: Literal["path", "query", "header"]
    type: Any
    description: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """A header of an answer."""

    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Operation:
    """`body` and the types of `responses` are dataclasses or pydantic models; None is an empty answer.

    Without a `permission` any valid credential will do. `cost` is what a request takes from the rate limits.
    """

    method: Literal["GET", "POST", "PATCH", "DELETE"]
    path: str
    name: str
    summary: str
    permission: Permission | None
    handler: Handler
    responses: Mapping[int, tuple[str, Any]]
    body: Any = None
    is_body_required: bool = True
    parameters: Sequence[Parameter] = field(default_factory=tuple)
    headers: Mapping[int, Sequence[Header]] = field(default_factory=dict)
    tag: str = ""
    cost: int = 1
    media_type: str = "application/json"

    def add_to(self, app: web.Application) -> None:
        app.router.add_route(self.method, self.path, self._handle)

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        return await self.handler(request, await admit(request, cost=self.cost))


IDEMPOTENCY_KEY = Parameter(
    "Idempotency-Key",
    "header",
    Annotated[str, Field(min_length=1, max_length=255)],
    "Makes repeating this request safe: 24 hours long the same key is answered with the first answer.",
)
REPLAY = Header("Idempotent-Replay", "`true` where the key had this done before.")
USER = Parameter(
    "X-LK-User-Id",
    "header",
    Annotated[str, Field(min_length=1, max_length=255, pattern=r"^[^\x00-\x1f\x7f]+$")],
    "Your own user, to whom the usage is attributed.",
)
CUSTOMER = Parameter(
    "X-LK-Customer-Id",
    "header",
    Annotated[str, Field(min_length=1, max_length=255, pattern=r"^[^\x00-\x1f\x7f]+$")],
    "Your own customer, to whom the usage is attributed.",
)
