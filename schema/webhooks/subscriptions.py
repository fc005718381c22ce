"""Following deliveries."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Annotated

import strawberry

from app.core.principal import Permission
from app.infra import telemetry
from schema.core.context import Info
from schema.webhooks.queries import endpoint_id as parse
from schema.webhooks.types import WebhookDelivery


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
    ) -> AsyncIterator[WebhookDelivery]:
        context = info.context
        with telemetry.SUBSCRIPTIONS_ACTIVE.track_inprogress():
            follow = context.services.delivery_feeds.follow(context.principal, parse(endpoint_id))
            # Closed with the subscription, not when the collector comes by.
            async with aclosing(follow) as updates:
                async for update in updates:
                    await context.renew()
                    context.principal.authorise(update.org_id, Permission.WEBHOOKS_READ)
                    yield WebhookDelivery.of(update)
