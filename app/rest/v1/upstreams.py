"""`/v1/gateway/upstreams`: where an org's calls of models may go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from app.core import ids
from app.core.clock import utcnow
from app.core.ids import UpstreamId
from app.core.principal import Permission, Principal
from app.gateway.errors import UpstreamNotFound
from app.gateway.types import Dialect
from app.gateway.upstreams import queries, sealing, service
from app.gateway.upstreams.queries import Registered
from app.gateway.upstreams.service import SetUpstream
from app.infra import hashing
from app.infra.outbound import Outbound
from app.rest import bodies, idempotent
from app.rest.operation import IDEMPOTENCY_KEY, REPLAY, Operation, Parameter
from app.web.body import json_response
from app.web.organisation import sole_org
from app.web.services import SERVICES


class SetUpstreamBody(BaseModel):
    """Takes the place of the upstream of this name, its key included."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[
        str, Field(description="What comes before the slash in a model's name: `mistral/mistral-large`")
    ]
    protocol: Dialect
    base_url: Annotated[
        str, Field(description="As its SDK takes it: with /v1 of an OpenAI-compatible server")
    ]
    api_key: Annotated[str | None, Field(description="Its key; never shown again")] = None
    provider: Annotated[
        str | None, Field(description="Whose prices count, as in the price list; default: the name")
    ] = None


@dataclass(frozen=True, slots=True)
class UpstreamView:
    id: str
    name: str
    protocol: Dialect
    base_url: str
    provider: str
    has_api_key: bool
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class UpstreamList:
    data: list[UpstreamView]


def view(found: Registered) -> UpstreamView:
    return UpstreamView(
        ids.encode("ups", found.id),
        found.name,
        found.dialect,
        found.base_url,
        found.provider,
        found.has_secret,
        found.created_at,
        found.updated_at,
    )


async def put(request: web.Request, principal: Principal) -> web.Response:
    body = await bodies.read(request, SetUpstreamBody)
    services = request.app[SERVICES]
    command = SetUpstream(
        body.name, body.protocol, body.base_url, body.api_key, body.provider, idempotent.key_of(request)
    )
    org_id = sole_org(principal)
    outbound = Outbound(services.settings.egress)
    try:
        done = await service.set_upstream(
            principal,
            org_id,
            command=command,
            key=hashing.derive_key(services.settings.secret_key, sealing.PURPOSE),
            outbound=outbound,
            now=utcnow(),
        )
    finally:
        await outbound.close()
    services.gateway.directory.forget(org_id)
    return idempotent.respond(done, view(done.value))


async def page(_request: web.Request, principal: Principal) -> web.Response:
    found = await queries.of_org(principal, sole_org(principal))
    return json_response(UpstreamList([view(one) for one in found]))


async def remove(request: web.Request, principal: Principal) -> web.Response:
    """Whatever body there is says nothing."""
    upstream_id = ids.find("ups", request.match_info["id"])
    if upstream_id is None:
        raise UpstreamNotFound
    org_id = sole_org(principal)
    done = await service.remove_upstream(
        principal,
        org_id,
        upstream_id=UpstreamId(upstream_id),
        idempotency_key=idempotent.key_of(request),
        now=utcnow(),
    )
    request.app[SERVICES].gateway.directory.forget(org_id)
    return idempotent.empty(done)


def operations() -> Sequence[Operation]:
    return [
        Operation(
            "POST",
            "/v1/gateway/upstreams",
            "set_upstream",
            "Says where calls of `name/model` go. Named openai, anthropic or google, it takes that provider's place.",
            Permission.GATEWAY_MANAGE,
            put,
            {200: ("The upstream as it is now", UpstreamView)},
            body=SetUpstreamBody,
            parameters=[IDEMPOTENCY_KEY],
            headers={200: (REPLAY,)},
            tag="Gateway",
        ),
        Operation(
            "GET",
            "/v1/gateway/upstreams",
            "list_upstreams",
            "The org's own upstreams, by name.",
            Permission.GATEWAY_MANAGE,
            page,
            {200: ("All of them", UpstreamList)},
            tag="Gateway",
        ),
        Operation(
            "DELETE",
            "/v1/gateway/upstreams/{id}",
            "remove_upstream",
            "Takes an upstream away, and its key with it.",
            Permission.GATEWAY_MANAGE,
            remove,
            {204: ("It is gone", None)},
            parameters=[Parameter("id", "path", str, "ups_…", required=True), IDEMPOTENCY_KEY],
            headers={204: (REPLAY,)},
            tag="Gateway",
        ),
    ]
