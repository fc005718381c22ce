"""Following deliveries."""

from collections.abc import AsyncIterable
from datetime import datetime
from typing import Annotated

import strawberry

from app.webhooks.live import Change
from schema.core.context import Info
from schema.core.live import Live
from schema.webhooks.queries import endpoint_id as parse
from schema.webhooks.types import WebhookDelivery


def _show(change: Change) -> WebhookDelivery:
    return WebhookDelivery.of(change.delivery)


@strawberry.type
class WebhookSubscriptions:
    @strawberry.subscription(
        description="The newest twenty deliveries to the endpoint, the oldest of them first, then each as it changes. "
        "Of one delivery `seq` only grows: what is not newer than seen was sent before."
    )
    async def webhook_delivery_updated(
        self,
        info: Info,
        endpoint_id: Annotated[
            strawberry.ID, strawberry.argument(description="The endpoint that it is about.")
        ],
        after: Annotated[
            datetime | None,
            strawberry.argument(
                description="The newest `updatedAt` seen, within the last day: what has changed since then is sent "
                "first, instead of the newest twenty."
            ),
        ] = None,
    ) -> AsyncIterable[WebhookDelivery]:
        principal = info.context.principal
        stream = await info.context.services.delivery_feeds.open(principal, parse(endpoint_id))
        return Live(stream, principal, stream.org_id, show=_show, after=stream.since(after))
