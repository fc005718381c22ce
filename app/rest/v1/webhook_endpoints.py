"""`/v1/webhook-endpoints` and `/v1/webhook-event-types`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from app.core import ids
from app.core.clock import utcnow
from app.core.ids import WebhookEndpointId
from app.core.pagination import PageRequest, encode_cursor
from app.core.principal import Permission, Principal
from app.rest import bodies, idempotent, paging
from app.rest.operation import IDEMPOTENCY_KEY, REPLAY, Header, Operation, Parameter
from app.web.body import json_response
from app.web.organisation import sole_org
from app.web.services import SERVICES
from app.webhooks import catalogue, queries, redelivery, service, types
from app.webhooks.errors import EndpointNotFound
from app.webhooks.types import UNCHANGED, CreateEndpoint, DisabledReason, Endpoint, NewSecret, UpdateEndpoint

_PATH = "/v1/webhook-endpoints"
TAG = "Webhooks"

# The bounds are shown here and enforced by the domain, so that both surfaces name a fault alike.
Url = Annotated[
    str,
    Field(
        description="https://… that the internet can reach; no user, password or fragment in it",
        json_schema_extra={"format": "uri", "maxLength": 2048},
    ),
]
Text = Annotated[
    str,
    Field(description="What it is for", json_schema_extra={"maxLength": types.MAX_DESCRIPTION_LENGTH}),
]
EventTypes = Annotated[
    list[str],
    Field(
        description="Names of `/v1/webhook-event-types`, all of an area (`job.*`), or `*`",
        json_schema_extra={"minItems": 1, "maxItems": types.MAX_EVENT_TYPES},
    ),
]
Concurrency = Annotated[
    int,
    Field(
        description="So many deliveries at once at most",
        json_schema_extra={"minimum": 1, "maximum": types.MAX_CONCURRENCY},
    ),
]
Rate = Annotated[
    int | None,
    Field(
        description="So many begin in a second at most; null: any",
        json_schema_extra={"minimum": 1, "maximum": types.MAX_RATE},
    ),
]


class CreateWebhookEndpointBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    url: Url
    description: Text = ""
    event_types: EventTypes = ["*"]
    max_concurrency: Concurrency = types.DEFAULT_CONCURRENCY
    rate_per_second: Rate = None


class UpdateWebhookEndpointBody(BaseModel):
    """What is to be different; what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    url: Url | None = None
    description: Text | None = None
    event_types: EventTypes | None = None
    max_concurrency: Concurrency | None = None
    rate_per_second: Rate = None
    is_enabled: Annotated[
        bool | None, Field(description="Whether it is sent anything; enabling it forgets its failures")
    ] = None


class RedeliverBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    since: Annotated[datetime, Field(description="Of events since then")]
    includes_succeeded: Annotated[bool, Field(description="Also those that had arrived")] = False
    cursor: Annotated[str | None, Field(description="`next_cursor` of the answer before")] = None


@dataclass(frozen=True, slots=True)
class WebhookEndpointView:
    id: str
    url: str
    description: str
    event_types: list[str]
    max_concurrency: int
    rate_per_second: int | None
    is_enabled: bool
    disabled_reason: Annotated[DisabledReason | None, Field(description="Why nothing is sent")]
    disabled_at: datetime | None
    secret_rotated_until: Annotated[datetime | None, Field(description="So long both secrets sign")]
    consecutive_failures: int
    failing_since: datetime | None
    paused_until: Annotated[datetime | None, Field(description="Nothing is sent before")]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class WebhookSecretView:
    """This is the only time that the secret is shown."""

    endpoint: WebhookEndpointView
    secret: Annotated[
        str | None, Field(description="`whsec_…`; null in a replay, as it was shown once: rotate then")
    ]


@dataclass(frozen=True, slots=True)
class WebhookEndpointList:
    data: list[WebhookEndpointView]
    next_cursor: Annotated[
        str | None, Field(description="Pass as `cursor` for the next page; null at the end")
    ]


@dataclass(frozen=True, slots=True)
class WebhookEventTypeView:
    name: str
    description: str
    version: Annotated[int, Field(description="Of the payload: within one, fields are only added")]
    example: Annotated[dict[str, Any], Field(description="What `data` of the payload holds")]


@dataclass(frozen=True, slots=True)
class WebhookEventTypeList:
    data: list[WebhookEventTypeView]


@dataclass(frozen=True, slots=True)
class RedeliveredView:
    count: int
    has_more: Annotated[bool, Field(description="More than 10,000 are to be sent again: ask again")]
    next_cursor: Annotated[str | None, Field(description="Pass as `cursor` for the rest; null at the end")]


def view(one: Endpoint) -> WebhookEndpointView:
    return WebhookEndpointView(
        id=ids.encode("whe", one.id),
        url=one.url,
        description=one.description,
        event_types=list(one.event_types),
        max_concurrency=one.max_concurrency,
        rate_per_second=one.rate_per_second,
        is_enabled=one.is_enabled,
        disabled_reason=one.disabled_reason,
        disabled_at=one.disabled_at,
        secret_rotated_until=one.rotated_until,
        consecutive_failures=one.consecutive_failures,
        failing_since=one.failing_since,
        paused_until=one.paused_until,
        created_at=one.created_at,
    )


async def event_types(_request: web.Request, _principal: Principal) -> web.Response:
    found = [WebhookEventTypeView(o.name, o.description, o.version, dict(o.example)) for o in catalogue.ALL]
    return json_response(WebhookEventTypeList(found))


async def page(request: web.Request, principal: Principal) -> web.Response:
    found = await queries.page(principal, sole_org(principal), request=paging.read(request))
    cursor = encode_cursor(found.items[-1].id) if found.has_next else None
    return json_response(WebhookEndpointList([view(one) for one in found.items], cursor))


async def get(request: web.Request, principal: Principal) -> web.Response:
    return json_response(view(await queries.get(principal, endpoint_id(request.match_info["id"]))))


async def create(request: web.Request, principal: Principal) -> web.Response:
    body = await bodies.read(request, CreateWebhookEndpointBody)
    command = CreateEndpoint(
        body.url,
        body.description,
        tuple(body.event_types),
        body.max_concurrency,
        body.rate_per_second,
        idempotent.key_of(request),
    )
    services = request.app[SERVICES]
    new = await service.create(
        principal,
        sole_org(principal),
        command=command,
        vault=services.webhook_secrets,
        outbound=services.outbound,
        now=utcnow(),
    )
    return _with_secret(new, status=201)


async def update(request: web.Request, principal: Principal) -> web.Response:
    body = await bodies.read(request, UpdateWebhookEndpointBody)
    command = UpdateEndpoint(
        url=UNCHANGED if body.url is None else body.url,
        description=UNCHANGED if body.description is None else body.description,
        event_types=UNCHANGED if body.event_types is None else tuple(body.event_types),
        max_concurrency=UNCHANGED if body.max_concurrency is None else body.max_concurrency,
        rate_per_second=body.rate_per_second if "rate_per_second" in body.model_fields_set else UNCHANGED,
        is_enabled=UNCHANGED if body.is_enabled is None else body.is_enabled,
        idempotency_key=idempotent.key_of(request),
    )
    done = await service.update(
        principal,
        endpoint_id(request.match_info["id"]),
        command=command,
        outbound=request.app[SERVICES].outbound,
        now=utcnow(),
    )
    return idempotent.respond(done, view(done.value))


async def delete(request: web.Request, principal: Principal) -> web.Response:
    key = idempotent.key_of(request)
    done = await service.delete(
        principal, endpoint_id(request.match_info["id"]), idempotency_key=key, now=utcnow()
    )
    return idempotent.empty(done)


async def rotate(request: web.Request, principal: Principal) -> web.Response:
    new = await service.rotate(
        principal,
        endpoint_id(request.match_info["id"]),
        vault=request.app[SERVICES].webhook_secrets,
        idempotency_key=idempotent.key_of(request),
        now=utcnow(),
    )
    return _with_secret(new, status=200)


async def redeliver(request: web.Request, principal: Principal) -> web.Response:
    body = await bodies.read(request, RedeliverBody)
    done = await redelivery.redeliver_since(
        principal,
        endpoint_id(request.match_info["id"]),
        since=body.since,
        includes_succeeded=body.includes_succeeded,
        after=PageRequest.parse(None, body.cursor).after,
        idempotency_key=idempotent.key_of(request),
        now=utcnow(),
    )
    found = done.value
    cursor = None if found.last is None else encode_cursor(found.last)
    return idempotent.respond(done, RedeliveredView(found.count, found.has_more, cursor), status=202)


def endpoint_id(text: str) -> WebhookEndpointId:
    """Raises `EndpointNotFound` for a malformed one."""
    found = ids.find("whe", text)
    if found is None:
        raise EndpointNotFound
    return WebhookEndpointId(found)


def _with_secret(new: NewSecret, *, status: int) -> web.Response:
    shown = WebhookSecretView(view(new.endpoint), new.secret)
    where = {"Location": f"{_PATH}/{shown.endpoint.id}"} if status == 201 else {}
    return json_response(shown, status=status, headers=where | idempotent.headers(new.is_replay))


_ID = Parameter("id", "path", str, "whe_…", required=True)


def operations() -> Sequence[Operation]:
    return [
        Operation(
            "GET",
            "/v1/webhook-event-types",
            "list_webhook_event_types",
            "What webhook endpoints can be told.",
            None,
            event_types,
            {200: ("Every type", WebhookEventTypeList)},
            tag=TAG,
        ),
        Operation(
            "GET",
            _PATH,
            "list_webhook_endpoints",
            "Webhook endpoints, newest first.",
            Permission.WEBHOOKS_READ,
            page,
            {200: ("A page of endpoints", WebhookEndpointList)},
            parameters=[*paging.PARAMETERS],
            tag=TAG,
        ),
        Operation(
            "POST",
            _PATH,
            "create_webhook_endpoint",
            "Makes an endpoint that is told what happens in the org.",
            Permission.WEBHOOKS_WRITE,
            create,
            {201: ("The endpoint, and this once its secret", WebhookSecretView)},
            body=CreateWebhookEndpointBody,
            parameters=[IDEMPOTENCY_KEY],
            headers={201: (Header("Location", "Where the endpoint is."), REPLAY)},
            tag=TAG,
        ),
        Operation(
            "GET",
            f"{_PATH}/{{id}}",
            "get_webhook_endpoint",
            "One webhook endpoint.",
            Permission.WEBHOOKS_READ,
            get,
            {200: ("The endpoint", WebhookEndpointView)},
            parameters=[_ID],
            tag=TAG,
        ),
        Operation(
            "PATCH",
            f"{_PATH}/{{id}}",
            "update_webhook_endpoint",
            "Changes an endpoint, or switches it off or on.",
            Permission.WEBHOOKS_WRITE,
            update,
            {200: ("The endpoint as it is now", WebhookEndpointView)},
            body=UpdateWebhookEndpointBody,
            parameters=[_ID, IDEMPOTENCY_KEY],
            headers={200: (REPLAY,)},
            tag=TAG,
        ),
        Operation(
            "DELETE",
            f"{_PATH}/{{id}}",
            "delete_webhook_endpoint",
            "Deletes an endpoint; its deliveries stay as long as all are kept.",
            Permission.WEBHOOKS_WRITE,
            delete,
            {204: ("It is deleted", None)},
            parameters=[_ID, IDEMPOTENCY_KEY],
            headers={204: (REPLAY,)},
            tag=TAG,
        ),
        Operation(
            "POST",
            f"{_PATH}/{{id}}/rotate",
            "rotate_webhook_secret",
            "Gives an endpoint another secret; for 24 hours deliveries carry the signatures of both.",
            Permission.WEBHOOKS_WRITE,
            rotate,
            {200: ("The endpoint, and this once its secret", WebhookSecretView)},
            parameters=[_ID, IDEMPOTENCY_KEY],
            headers={200: (REPLAY,)},
            tag=TAG,
        ),
        Operation(
            "POST",
            f"{_PATH}/{{id}}/redeliver",
            "redeliver_webhooks",
            "Sends again what an endpoint has missed since a moment.",
            Permission.WEBHOOKS_WRITE,
            redeliver,
            {202: ("How many are due now", RedeliveredView)},
            body=RedeliverBody,
            parameters=[_ID, IDEMPOTENCY_KEY],
            headers={202: (REPLAY,)},
            tag=TAG,
        ),
    ]
