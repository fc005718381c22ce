"""Reading webhooks."""

from datetime import datetime
from operator import attrgetter
from typing import Annotated

import strawberry

from app.core.ids import WebhookDeliveryId, WebhookEndpointId, WebhookMessageId
from app.core.pagination import PageRequest
from app.webhooks import catalogue, queries
from app.webhooks.errors import DeliveryNotFound, EndpointNotFound, MessageNotFound
from app.webhooks.retrying import State
from app.webhooks.types import DeliveryFilter
from schema.core import node
from schema.core.context import Info
from schema.core.pagination import DEFAULT_FIRST, After, Connection, First, connection
from schema.webhooks.types import WebhookDelivery, WebhookEndpoint, WebhookEventType


@strawberry.input(description="Only deliveries that match all that is given.")
class WebhookDeliveryFilter:
    endpoint_id: strawberry.ID | None = strawberry.field(default=None, description="To this endpoint.")
    message_id: strawberry.ID | None = strawberry.field(
        default=None, description="Of this message, the `webhook-id` that was sent."
    )
    status: State | None = strawberry.field(default=None, description="In this state.")
    event_type: str | None = strawberry.field(default=None, description="Of this type.")
    from_: datetime | None = strawberry.field(name="from", default=None, description="First moment inside.")
    to: datetime | None = strawberry.field(default=None, description="First moment after.")


@strawberry.type
class WebhookQueries:
    @strawberry.field(description="What endpoints can be told.")
    def webhook_event_types(self) -> list[WebhookEventType]:
        return [WebhookEventType.of(one) for one in catalogue.ALL]

    @strawberry.field(description="One webhook endpoint.")
    async def webhook_endpoint(self, info: Info, id: node.Id) -> WebhookEndpoint:
        return WebhookEndpoint.of(await queries.get(info.context.principal, endpoint_id(id)))

    @strawberry.field(description="The org's webhook endpoints, newest first.")
    async def webhook_endpoints(
        self, info: Info, org_id: node.OrgIdArgument, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[WebhookEndpoint]:
        request = PageRequest.parse(first, after)
        page = await queries.page(info.context.principal, node.org_id(org_id), request=request)
        return connection(page, key=attrgetter("id"), node=WebhookEndpoint.of, after=after)

    @strawberry.field(description="One delivery.")
    async def webhook_delivery(self, info: Info, id: node.Id) -> WebhookDelivery:
        return WebhookDelivery.of(await queries.delivery(info.context.principal, delivery_id(id)))

    @strawberry.field(description="The org's deliveries, newest first.")
    async def webhook_deliveries(
        self,
        info: Info,
        org_id: node.OrgIdArgument,
        first: First = DEFAULT_FIRST,
        after: After = None,
        filter: Annotated[
            WebhookDeliveryFilter | None, strawberry.argument(description="Only deliveries that match.")
        ] = None,
    ) -> Connection[WebhookDelivery]:
        given = filter or WebhookDeliveryFilter()
        page = await queries.deliveries(
            info.context.principal,
            node.org_id(org_id),
            request=PageRequest.parse(first, after),
            wanted=DeliveryFilter(
                None if given.endpoint_id is None else endpoint_id(given.endpoint_id),
                None if given.message_id is None else _message_id(given.message_id),
                given.status,
                given.event_type,
                given.from_,
                given.to,
            ),
        )
        return connection(page, key=attrgetter("id"), node=WebhookDelivery.of, after=after)


def endpoint_id(value: strawberry.ID) -> WebhookEndpointId:
    """A malformed id is one that does not exist. Raises `EndpointNotFound`."""
    return WebhookEndpointId(node.find("whe", value, EndpointNotFound))


def _message_id(value: strawberry.ID) -> WebhookMessageId:
    return WebhookMessageId(node.find("msg", value, MessageNotFound))


def delivery_id(value: strawberry.ID) -> WebhookDeliveryId:
    """A malformed id is one that does not exist. Raises `DeliveryNotFound`."""
    return WebhookDeliveryId(node.find("del", value, DeliveryNotFound))
