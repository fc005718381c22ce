"""Mails about webhooks."""

from datetime import UTC
from uuid import UUID

from app.core.ids import WebhookEndpointId
from app.webhooks import queries, tasks
from workers.actor import actor
from workers.mails.post import post
from workers.mails.rendering import render


@actor(queue=tasks.QUEUE)
async def mail_webhook_disabled(*, endpoint_id: str, **_: object) -> None:
    """Tells the org's owners that an endpoint was switched off, unless it is on again."""
    for letter in await queries.letters(WebhookEndpointId(UUID(endpoint_id))):
        await post(
            render(
                "webhook_disabled",
                key=f"webhook_disabled:{endpoint_id}:{letter.disabled_at.timestamp()}:{letter.user_id}",
                to=letter.email,
                org=letter.org_name,
                url=letter.url.partition("?")[0],
                is_gone=letter.is_gone,
                failing_since=letter.failing_since and letter.failing_since.astimezone(UTC),
            )
        )
