"""The messages that webhooks enqueue. Deliveries are none: their rows are the queue."""

from app.core.ids import WebhookEndpointId
from app.core.tasks import Task

QUEUE = "mails"


def mail_disabled(endpoint_id: WebhookEndpointId) -> Task:
    """Tells the org's owners that an endpoint was switched off, and why."""
    return Task("mail_webhook_disabled", QUEUE, {"endpoint_id": str(endpoint_id)})
