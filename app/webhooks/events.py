"""The facts that webhooks publish, and the topics that they wake."""

from app.core import ids
from app.core.events import Event
from app.core.ids import OrgId, WebhookEndpointId
from app.outbox import service as outbox
from app.webhooks.types import DisabledReason


def topic(endpoint_id: WebhookEndpointId) -> str:
    """Everything that happens to the deliveries of one endpoint."""
    return f"webhooks:{endpoint_id}"


def deliveries_changed(org_id: OrgId, endpoint_id: WebhookEndpointId) -> Event:
    return Event("webhook_deliveries.changed", org_id, (topic(endpoint_id),), {})


def deliveries_due(org_id: OrgId, endpoint_id: WebhookEndpointId) -> Event:
    """Something is to be sent now: the senders listen where public events wake them."""
    return Event("webhook_deliveries.due", org_id, (topic(endpoint_id), outbox.PUBLIC), {})


def endpoint_disabled(org_id: OrgId, endpoint_id: WebhookEndpointId, reason: DisabledReason) -> Event:
    payload = {"endpoint_id": ids.encode("whe", endpoint_id), "reason": reason.value}
    return Event("webhook_endpoint.disabled", org_id, (topic(endpoint_id),), payload, is_public=True)
