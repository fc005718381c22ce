"""How to call what is about webhooks, on both surfaces; and the rows that it is about."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from app.core.clock import utcnow
from app.core.principal import Permission
from app.infra import db
from tests.factories import webhooks
from tests.factories.orgs import NOW, Tenant
from tests.tenancy.values import PUBLIC, Call, Cursor, Id, Unique, call

# A public address: no name server is asked.
URL = "https://93.184.216.34/hooks"
SINCE = "2026-11-20T00:00:00Z"
HEADER = {"Idempotency-Key": Unique()}
_READ, _WRITE = Permission.WEBHOOKS_READ, Permission.WEBHOOKS_WRITE
_ENDPOINT = {"id": Id("whe"), "idempotencyKey": Unique()}

FIELDS: Mapping[str, Sequence[Call]] = {
    "Query.webhookEventTypes": [call(PUBLIC)],
    "Query.webhookEndpoint": [call(_READ, id=Id("whe"))],
    "Query.webhookEndpoints": [call(_READ, orgId=Id("org"), first=5, after=Cursor("whe"))],
    "Query.webhookDelivery": [call(_READ, id=Id("del"))],
    "Query.webhookDeliveries": [
        call(
            _READ,
            orgId=Id("org"),
            first=5,
            after=Cursor("del"),
            filter={
                "endpointId": Id("whe"),
                "messageId": Id("msg"),
                "status": "DEAD",
                "eventType": "job.succeeded",
                "from": SINCE,
                "to": "2026-11-21T00:00:00Z",
            },
        )
    ],
    "Mutation.createWebhookEndpoint": [
        call(
            _WRITE,
            input={
                "orgId": Id("org"),
                "url": URL,
                "description": "new",
                "eventTypes": ["job.*"],
                "maxConcurrency": 3,
                "ratePerSecond": 5,
                "idempotencyKey": Unique(),
            },
        )
    ],
    "Mutation.updateWebhookEndpoint": [
        call(
            _WRITE,
            input={
                "id": Id("whe"),
                "url": URL,
                "description": "other",
                "eventTypes": ["*"],
                "maxConcurrency": 4,
                "ratePerSecond": 6,
                "isEnabled": False,
                "idempotencyKey": Unique(),
            },
        )
    ],
    "Mutation.deleteWebhookEndpoint": [call(_WRITE, input=_ENDPOINT)],
    "Mutation.rotateWebhookSecret": [call(_WRITE, input=_ENDPOINT)],
    "Mutation.sendTestWebhook": [call(_WRITE, input=_ENDPOINT)],
    "Mutation.redeliverWebhook": [call(_WRITE, input={"id": Id("del"), "idempotencyKey": Unique()})],
    "Mutation.redeliverWebhooks": [
        call(
            _WRITE,
            input={
                "endpointId": Id("whe"),
                "since": SINCE,
                "includesSucceeded": True,
                "after": Cursor("del"),
                "idempotencyKey": Unique(),
            },
        )
    ],
    "Subscription.webhookDeliveryUpdated": [call(_READ, endpointId=Id("whe"), after=utcnow().isoformat())],
}

OPERATIONS: Mapping[str, Sequence[Call]] = {
    "GET /v1/webhook-event-types": [call()],
    "GET /v1/webhook-endpoints": [call(query={"limit": 5, "cursor": Cursor("whe")})],
    "POST /v1/webhook-endpoints": [
        call(
            header=HEADER,
            body={
                "url": URL,
                "description": "new",
                "event_types": ["job.*"],
                "max_concurrency": 3,
                "rate_per_second": 5,
            },
        )
    ],
    "GET /v1/webhook-endpoints/{id}": [call(path={"id": Id("whe")})],
    "PATCH /v1/webhook-endpoints/{id}": [
        call(
            path={"id": Id("whe")},
            header=HEADER,
            body={
                "url": URL,
                "description": "other",
                "event_types": ["*"],
                "max_concurrency": 4,
                "rate_per_second": 6,
                "is_enabled": False,
            },
        )
    ],
    "DELETE /v1/webhook-endpoints/{id}": [call(path={"id": Id("whe")}, header=HEADER)],
    "POST /v1/webhook-endpoints/{id}/rotate": [call(path={"id": Id("whe")}, header=HEADER)],
    "POST /v1/webhook-endpoints/{id}/test": [call(path={"id": Id("whe")}, header=HEADER)],
    "POST /v1/webhook-endpoints/{id}/redeliver": [
        call(
            path={"id": Id("whe")},
            header=HEADER,
            body={"since": SINCE, "includes_succeeded": True, "cursor": Cursor("del")},
        )
    ],
    "GET /v1/webhook-deliveries": [
        call(
            query={
                "endpoint_id": Id("whe"),
                "message_id": Id("msg"),
                "status": "DEAD",
                "event_type": "job.succeeded",
                "from": SINCE,
                "to": "2026-11-21T00:00:00Z",
                "limit": 5,
                "cursor": Cursor("del"),
            }
        )
    ],
    "GET /v1/webhook-deliveries/{id}": [call(path={"id": Id("del")})],
    "POST /v1/webhook-deliveries/{id}/redeliver": [call(path={"id": Id("del")}, header=HEADER)],
}

_DEAD = """
UPDATE webhook_delivery SET state = 'DEAD', finished_at = $2, attempts = 1, tries = 1, last_status = 500,
    updated_at = now()
WHERE org_id = $1 RETURNING id, message_id
"""
_ATTEMPT = """
INSERT INTO webhook_attempt (delivery_id, number, org_id, at, latency_ms, status, body)
VALUES ($1, 1, $2, $3, 12, 500, 'no')
"""


async def make(tenant: Tenant) -> Mapping[str, UUID]:
    """An endpoint with a delivery that was given up after an attempt."""
    made = await webhooks.made(tenant, URL, now=NOW)
    await webhooks.tell(tenant, now=NOW)
    [row] = await db.fetch(_DEAD, tenant.org_id, NOW)
    await db.execute(_ATTEMPT, row["id"], tenant.org_id, NOW)
    return {"whe": made.endpoint.id, "del": row["id"], "msg": row["message_id"]}
