"""Rows of the tables of webhooks turned into values."""

from app.core.ids import OrgId, WebhookDeliveryId, WebhookEndpointId, WebhookMessageId
from app.infra.db import Row
from app.webhooks.retrying import State
from app.webhooks.types import Attempt, Delivery, DisabledReason, Endpoint

# Every column of `Endpoint`: the secrets are not among them.
ENDPOINT = (
    "e.id, e.org_id, e.url, e.description, e.event_types, e.max_concurrency, e.rate_per_second, e.is_enabled, "
    "e.disabled_reason, e.disabled_at, e.previous_secret_until, e.consecutive_failures, e.failing_since, "
    "e.paused_until, e.created_at, e.created_by_kind, e.created_by_id"
)
DELIVERY = (
    "d.id, d.org_id, d.endpoint_id, d.message_id, d.event_type, d.state, d.seq, d.attempts, d.due_at, d.last_status, "
    "d.last_error, d.created_at, d.updated_at, d.finished_at"
)
ATTEMPT = "delivery_id, number, at, latency_ms, status, error_code, error_message, body"


def endpoint(row: Row) -> Endpoint:
    reason = row["disabled_reason"]
    return Endpoint(
        id=WebhookEndpointId(row["id"]),
        org_id=OrgId(row["org_id"]),
        url=row["url"],
        description=row["description"],
        event_types=tuple(row["event_types"]),
        max_concurrency=row["max_concurrency"],
        rate_per_second=row["rate_per_second"],
        is_enabled=row["is_enabled"],
        disabled_reason=None if reason is None else DisabledReason(reason),
        disabled_at=row["disabled_at"],
        rotated_until=row["previous_secret_until"],
        consecutive_failures=row["consecutive_failures"],
        failing_since=row["failing_since"],
        paused_until=row["paused_until"],
        created_at=row["created_at"],
        created_by_kind=row["created_by_kind"],
        created_by_id=row["created_by_id"],
    )


def delivery(row: Row) -> Delivery:
    return Delivery(
        id=WebhookDeliveryId(row["id"]),
        org_id=OrgId(row["org_id"]),
        endpoint_id=WebhookEndpointId(row["endpoint_id"]),
        message_id=WebhookMessageId(row["message_id"]),
        event_type=row["event_type"],
        state=State(row["state"]),
        seq=row["seq"],
        attempts=row["attempts"],
        due_at=row["due_at"],
        last_status=row["last_status"],
        last_error=row["last_error"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        finished_at=row["finished_at"],
    )


def attempt(row: Row) -> Attempt:
    return Attempt(
        delivery_id=WebhookDeliveryId(row["delivery_id"]),
        number=row["number"],
        at=row["at"],
        latency_ms=row["latency_ms"],
        status=row["status"],
        error_code=row["error_code"],
        error_message=row["error_message"],
        body=row["body"],
    )
