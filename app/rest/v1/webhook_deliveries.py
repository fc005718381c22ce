"""`/v1/webhook-deliveries`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import orjson
from aiohttp import web
from pydantic import Field

from app.core import ids
from app.core.clock import utcnow
from app.core.errors import FieldError
from app.core.ids import WebhookDeliveryId, WebhookMessageId
from app.core.pagination import encode_cursor
from app.core.principal import Permission, Principal
from app.rest import idempotent, paging, times
from app.rest.operation import IDEMPOTENCY_KEY, REPLAY, Operation, Parameter
from app.rest.v1.webhook_endpoints import TAG, endpoint_id
from app.web.body import json_response
from app.web.organisation import sole_org
from app.webhooks import queries, redelivery, types
from app.webhooks.errors import DeliveryNotFound, MessageNotFound
from app.webhooks.retrying import State
from app.webhooks.types import Attempt, Delivery, DeliveryFilter

_PATH = "/v1/webhook-deliveries"


@dataclass(frozen=True, slots=True)
class WebhookDeliveryView:
    id: str
    endpoint_id: str
    message_id: Annotated[str, Field(description="`webhook-id`: the same at every attempt and endpoint")]
    event_type: str
    status: State
    seq: Annotated[int, Field(description="Grows with every change")]
    attempt_count: int
    last_response_status: Annotated[int | None, Field(description="The HTTP status of the last answer")]
    last_error: Annotated[str | None, Field(description="Why the last attempt had no good answer")]
    next_attempt_at: Annotated[datetime | None, Field(description="Null where none will be")]
    created_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class WebhookAttemptView:
    number: int
    at: datetime
    latency_ms: int
    response_status: Annotated[int | None, Field(description="Of HTTP; null without an answer")]
    error_code: str | None
    error_message: str | None
    body: Annotated[str, Field(description="The first 2 KB of the answer")]


@dataclass(frozen=True, slots=True)
class WebhookDeliveryDetail:
    delivery: WebhookDeliveryView
    payload: Annotated[dict[str, Any], Field(description="What is sent")]
    attempts: Annotated[list[WebhookAttemptView], Field(description="The newest first, a hundred at most")]


@dataclass(frozen=True, slots=True)
class WebhookDeliveryList:
    data: list[WebhookDeliveryView]
    next_cursor: Annotated[
        str | None, Field(description="Pass as `cursor` for the next page; null at the end")
    ]


def view(one: Delivery) -> WebhookDeliveryView:
    return WebhookDeliveryView(
        id=ids.encode("del", one.id),
        endpoint_id=ids.encode("whe", one.endpoint_id),
        message_id=ids.encode("msg", one.message_id),
        event_type=one.event_type,
        status=one.state,
        seq=one.seq,
        attempt_count=one.attempts,
        last_response_status=one.last_status,
        last_error=one.last_error,
        next_attempt_at=one.due_at if one.state is State.PENDING else None,
        created_at=one.created_at,
        finished_at=one.finished_at,
    )


async def page(request: web.Request, principal: Principal) -> web.Response:
    found = await queries.deliveries(
        principal, sole_org(principal), request=paging.read(request), wanted=_wanted(request)
    )
    cursor = encode_cursor(found.items[-1].id) if found.has_next else None
    return json_response(WebhookDeliveryList([view(one) for one in found.items], cursor))


async def get(request: web.Request, principal: Principal) -> web.Response:
    found = await queries.detail(principal, _delivery_id(request))
    attempts = [_attempt(one) for one in found.attempts]
    return json_response(WebhookDeliveryDetail(view(found.delivery), orjson.loads(found.body), attempts))


async def redeliver(request: web.Request, principal: Principal) -> web.Response:
    key = idempotent.key_of(request)
    done = await redelivery.redeliver(principal, _delivery_id(request), idempotency_key=key, now=utcnow())
    return idempotent.respond(done, view(done.value), status=202)


async def send_test(request: web.Request, principal: Principal) -> web.Response:
    key = idempotent.key_of(request)
    done = await redelivery.send_test(
        principal, endpoint_id(request.match_info["id"]), idempotency_key=key, now=utcnow()
    )
    return idempotent.respond(done, view(done.value), status=202)


def _attempt(one: Attempt) -> WebhookAttemptView:
    return WebhookAttemptView(
        one.number, one.at, one.latency_ms, one.status, one.error_code, one.error_message, one.body
    )


def _wanted(request: web.Request) -> DeliveryFilter:
    errors: list[FieldError] = []
    since, until = times.read(request, "from", None, errors), times.read(request, "to", None, errors)
    state, wanted = request.query.get("status"), request.query.get("endpoint_id")
    if state is not None and state not in State.__members__:
        errors.append(FieldError("status", "invalid_status", f"Use one of {', '.join(State)}."))
    types.refuse(errors)
    return DeliveryFilter(
        endpoint_id=None if wanted is None else endpoint_id(wanted),
        message_id=_message_id(request.query.get("message_id")),
        state=None if state is None else State(state),
        event_type=request.query.get("event_type"),
        since=since,
        until=until,
    )


def _message_id(text: str | None) -> WebhookMessageId | None:
    if text is None:
        return None
    found = ids.find("msg", text)
    if found is None:
        raise MessageNotFound
    return WebhookMessageId(found)


def _delivery_id(request: web.Request) -> WebhookDeliveryId:
    found = ids.find("del", request.match_info["id"])
    if found is None:
        raise DeliveryNotFound
    return WebhookDeliveryId(found)


_ID = Parameter("id", "path", str, "del_…", required=True)


def operations() -> Sequence[Operation]:
    return [
        Operation(
            "GET",
            _PATH,
            "list_webhook_deliveries",
            "Deliveries, newest first.",
            Permission.WEBHOOKS_READ,
            page,
            {200: ("A page of deliveries", WebhookDeliveryList)},
            parameters=[
                Parameter("endpoint_id", "query", str, "Only to this endpoint: whe_…"),
                Parameter(
                    "message_id", "query", str, "Only of this message, the `webhook-id` that was sent: msg_…"
                ),
                Parameter("status", "query", State, "Only in this state; DEAD is the dead letters"),
                Parameter("event_type", "query", str, "Only of this type"),
                Parameter("from", "query", datetime, "First moment inside"),
                Parameter("to", "query", datetime, "First moment after"),
                *paging.PARAMETERS,
            ],
            tag=TAG,
        ),
        Operation(
            "GET",
            f"{_PATH}/{{id}}",
            "get_webhook_delivery",
            "One delivery with its payload and attempts.",
            Permission.WEBHOOKS_READ,
            get,
            {200: ("The delivery", WebhookDeliveryDetail)},
            parameters=[_ID],
            tag=TAG,
        ),
        Operation(
            "POST",
            f"{_PATH}/{{id}}/redeliver",
            "redeliver_webhook",
            "Sends a delivery again at once, with the same id and body.",
            Permission.WEBHOOKS_WRITE,
            redeliver,
            {202: ("The delivery, which is due now", WebhookDeliveryView)},
            parameters=[_ID, IDEMPOTENCY_KEY],
            headers={202: (REPLAY,)},
            tag=TAG,
        ),
        Operation(
            "POST",
            "/v1/webhook-endpoints/{id}/test",
            "send_test_webhook",
            "Sends an endpoint a `webhook.test`, whatever it asked for.",
            Permission.WEBHOOKS_WRITE,
            send_test,
            {202: ("The delivery, which is due now", WebhookDeliveryView)},
            parameters=[Parameter("id", "path", str, "whe_…", required=True), IDEMPOTENCY_KEY],
            headers={202: (REPLAY,)},
            tag=TAG,
        ),
    ]
