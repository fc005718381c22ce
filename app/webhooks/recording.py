"""Public facts become messages, in the transaction of their cause.

Two conditional inserts join the statement of the unit of work, so nothing is asked beforehand: where no endpoint of the
org's wants to be told, they look into an index, find nothing and write nothing.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import orjson

from app.core import ids
from app.core.events import Event
from app.core.ids import OrgId, WebhookEndpointId, WebhookMessageId
from app.infra.db import UnitOfWork
from app.outbox import service as outbox
from app.webhooks import catalogue
from app.webhooks.retrying import WINDOW

_WANTED = "e.org_id = m.org_id AND e.is_enabled AND e.event_types && m.patterns::text[]"
# An array of arrays would need equal lengths: the patterns of a message travel as one text, `{a,b}`.
_GIVEN = """
unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[]) AS m (id, org_id, type, patterns, body)
"""
_MESSAGES = f"""
INSERT INTO webhook_message (id, org_id, type, body, created_at)
SELECT m.id, m.org_id, m.type, m.body, $6::timestamptz FROM {_GIVEN}
WHERE EXISTS (SELECT FROM webhook_endpoint e WHERE {_WANTED})
"""
_DELIVERIES = f"""
INSERT INTO webhook_delivery
    (id, org_id, endpoint_id, message_id, event_type, state, due_at, retry_until, created_at, updated_at)
SELECT webhook_delivery_id(m.id, e.id), m.org_id, e.id, m.id, m.type, 'PENDING', $6::timestamptz, $7::timestamptz,
    $6::timestamptz, $6::timestamptz
FROM {_GIVEN} JOIN webhook_endpoint e ON {_WANTED}
"""
_MESSAGE = """
INSERT INTO webhook_message (id, org_id, type, body, created_at)
VALUES ($1::uuid, $2::uuid, $3::text, $4::text, $5::timestamptz)
"""
_DELIVERY = """
INSERT INTO webhook_delivery
    (id, org_id, endpoint_id, message_id, event_type, state, due_at, retry_until, created_at, updated_at)
VALUES (webhook_delivery_id($1::uuid, $3::uuid), $2::uuid, $3::uuid, $1::uuid, $4::text, 'PENDING', $5::timestamptz,
    $6::timestamptz, $5::timestamptz, $5::timestamptz)
"""


def install() -> None:
    """From now on what this process publishes is told to endpoints. For composition roots; once more does no harm."""
    outbox.on_publish(record)


def record(uow: UnitOfWork, events: Sequence[Event], now: datetime) -> None:
    """Adds a message for each public one to what `uow` commits."""
    if not (public := [event for event in events if event.is_public]):
        return
    message_ids: list[UUID] = [ids.uuid7() for _ in public]
    given = (
        message_ids,
        [event.org_id for event in public],
        [event.name for event in public],
        ["{" + ",".join(catalogue.patterns_of(event.name)) + "}" for event in public],
        [
            body(WebhookMessageId(message_id), event, now=now)
            for message_id, event in zip(message_ids, public, strict=True)
        ],
    )
    uow.add(_MESSAGES, *given, now)
    uow.add(_DELIVERIES, *given, now, now + WINDOW)


def record_for(
    uow: UnitOfWork, event: Event, endpoint_id: WebhookEndpointId, *, now: datetime
) -> WebhookMessageId:
    """Adds a message that is for one endpoint alone, whatever it asked for."""
    message_id = WebhookMessageId(ids.uuid7())
    uow.add(_MESSAGE, message_id, event.org_id, event.name, body(message_id, event, now=now), now)
    uow.add(_DELIVERY, message_id, event.org_id, endpoint_id, event.name, now, now + WINDOW)
    return message_id


def body(message_id: WebhookMessageId, event: Event, *, now: datetime) -> str:
    """What endpoints are sent: `data` is the fact, the rest says which, when and whose."""
    message = {
        "id": ids.encode("msg", message_id),
        "type": event.name,
        "version": event.version,
        "created_at": now,
        "org_id": ids.encode("org", OrgId(event.org_id)),
        "data": dict(event.payload),
    }
    return orjson.dumps(message, option=orjson.OPT_UTC_Z).decode()
