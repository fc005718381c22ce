"""Making, changing and trying webhook endpoints, and sending deliveries again."""

from datetime import datetime
from typing import Annotated

import strawberry

from app.core.errors import LaunchKitError
from app.core.pagination import PageRequest, encode_cursor
from app.webhooks import redelivery, service
from app.webhooks import types as domain
from app.webhooks.types import UNCHANGED
from schema.core import node
from schema.core.context import Info
from schema.core.errors import Conflict, InvalidInput, LimitReached, Missing, problem
from schema.webhooks.queries import delivery_id, endpoint_id
from schema.webhooks.types import WebhookDelivery, WebhookEndpoint

_SAFE = "Makes repeating safe: 24 hours long the same key has one effect."
_URL = "https://… that the internet can reach; no user, password or fragment in it."
_TYPES = "Names of `webhookEventTypes`, all of an area (`job.*`), or `*`."
_CONCURRENCY = "So many deliveries at once at most, 1 to 100."
_RATE = "So many begin in a second at most, 1 to 1,000; null: any."


@strawberry.input(description="A wish for an endpoint.")
class CreateWebhookEndpointInput:
    org_id: strawberry.ID = strawberry.field(description="The org whose events it is told.")
    url: str = strawberry.field(description=_URL)
    description: str = strawberry.field(default="", description="What it is for, in at most 200 characters.")
    event_types: list[str] = strawberry.field(default_factory=lambda: ["*"], description=_TYPES)
    max_concurrency: int = strawberry.field(default=domain.DEFAULT_CONCURRENCY, description=_CONCURRENCY)
    rate_per_second: int | None = strawberry.field(default=None, description=_RATE)
    idempotency_key: str | None = strawberry.field(
        default=None, description=f"{_SAFE} A replay shows no secret: if that was lost, rotate it."
    )


@strawberry.input(description="What of an endpoint is to be different; what is left out stays.")
class UpdateWebhookEndpointInput:
    id: strawberry.ID = strawberry.field(description="The endpoint.")
    url: str | None = strawberry.field(default=strawberry.UNSET, description=_URL)
    description: str | None = strawberry.field(default=strawberry.UNSET, description="What it is for.")
    event_types: list[str] | None = strawberry.field(default=strawberry.UNSET, description=_TYPES)
    max_concurrency: int | None = strawberry.field(default=strawberry.UNSET, description=_CONCURRENCY)
    rate_per_second: int | None = strawberry.field(default=strawberry.UNSET, description=_RATE)
    is_enabled: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Whether it is sent anything. Enabling it forgets its failures."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=_SAFE)


@strawberry.input(description="Which endpoint it is about.")
class WebhookEndpointInput:
    id: strawberry.ID = strawberry.field(description="The endpoint.")
    idempotency_key: str | None = strawberry.field(default=None, description=_SAFE)


@strawberry.input(description="Which delivery is to be sent again.")
class RedeliverWebhookInput:
    id: strawberry.ID = strawberry.field(description="The delivery.")
    idempotency_key: str | None = strawberry.field(default=None, description=_SAFE)


@strawberry.input(description="Which deliveries are to be sent again.")
class RedeliverWebhooksInput:
    endpoint_id: strawberry.ID = strawberry.field(description="The endpoint.")
    since: datetime = strawberry.field(description="Of events since then.")
    includes_succeeded: bool = strawberry.field(
        default=False, description="Also those that had arrived, not only the dead ones."
    )
    after: str | None = strawberry.field(default=None, description="`endCursor` of the answer before.")
    idempotency_key: str | None = strawberry.field(default=None, description=_SAFE)


@strawberry.type(description="An endpoint and its new secret. This is the only time that it is shown.")
class WebhookSecret:
    endpoint: WebhookEndpoint = strawberry.field(description="The endpoint.")
    secret: str | None = strawberry.field(
        description="`whsec_…`: deliveries are signed with it. Null in a replay: rotate it if it was lost."
    )
    is_replay: bool = strawberry.field(description="Whether the idempotency key had this done before.")

    @classmethod
    def of(cls, new: domain.NewSecret) -> "WebhookSecret":
        return cls(endpoint=WebhookEndpoint.of(new.endpoint), secret=new.secret, is_replay=new.is_replay)


@strawberry.type(description="The endpoint as it is now, or as it was before it was deleted.")
class ChangedWebhookEndpoint:
    endpoint: WebhookEndpoint = strawberry.field(description="The endpoint.")
    is_replay: bool = strawberry.field(description="Whether the idempotency key had this done before.")


@strawberry.type(description="A delivery that is due.")
class QueuedWebhookDelivery:
    delivery: WebhookDelivery = strawberry.field(description="The delivery.")
    is_replay: bool = strawberry.field(description="Whether the idempotency key had this done before.")


@strawberry.type(description="Deliveries that are due.")
class QueuedWebhookDeliveries:
    count: int = strawberry.field(description="How many.")
    has_more: bool = strawberry.field(description="Whether there are more than 10,000 of them: ask again.")
    end_cursor: str | None = strawberry.field(description="Pass as `after` for the rest; null at the end.")
    is_replay: bool = strawberry.field(description="Whether the idempotency key had this done before.")


CreateWebhookEndpointResult = Annotated[
    WebhookSecret | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("CreateWebhookEndpointResult", description="The endpoint, or why there is none."),
]
RotateWebhookSecretResult = Annotated[
    WebhookSecret | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("RotateWebhookSecretResult", description="The new secret, or why there is none."),
]
UpdateWebhookEndpointResult = Annotated[
    ChangedWebhookEndpoint | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("UpdateWebhookEndpointResult", description="The endpoint, or why it is as it was."),
]
DeleteWebhookEndpointResult = Annotated[
    ChangedWebhookEndpoint | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("DeleteWebhookEndpointResult", description="The endpoint, or why it was not deleted."),
]
SendTestWebhookResult = Annotated[
    QueuedWebhookDelivery | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("SendTestWebhookResult", description="The delivery, or why there is none."),
]
RedeliverWebhookResult = Annotated[
    QueuedWebhookDelivery | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("RedeliverWebhookResult", description="The delivery, or why it is not sent again."),
]
RedeliverWebhooksResult = Annotated[
    QueuedWebhookDeliveries | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("RedeliverWebhooksResult", description="How many deliveries, or why none."),
]


@strawberry.type
class WebhookMutations:
    @strawberry.mutation(description="Makes an endpoint that is told what happens in the org.")
    async def create_webhook_endpoint(
        self,
        info: Info,
        input: Annotated[
            CreateWebhookEndpointInput, strawberry.argument(description="The endpoint that is wanted.")
        ],
    ) -> CreateWebhookEndpointResult:
        context = info.context
        try:
            new = await service.create(
                context.principal,
                node.org_id(input.org_id),
                command=domain.CreateEndpoint(
                    input.url,
                    input.description,
                    tuple(input.event_types),
                    input.max_concurrency,
                    input.rate_per_second,
                    input.idempotency_key,
                ),
                vault=context.services.webhook_secrets,
                outbound=context.services.outbound,
                now=context.now,
            )
        except LaunchKitError as error:
            return problem(error)
        return WebhookSecret.of(new)

    @strawberry.mutation(description="Changes an endpoint, or switches it off or on.")
    async def update_webhook_endpoint(
        self,
        info: Info,
        input: Annotated[
            UpdateWebhookEndpointInput, strawberry.argument(description="What is to be different.")
        ],
    ) -> UpdateWebhookEndpointResult:
        context = info.context
        try:
            done = await service.update(
                context.principal,
                endpoint_id(input.id),
                command=_update(input),
                outbound=context.services.outbound,
                now=context.now,
            )
        except LaunchKitError as error:
            return problem(error)
        return ChangedWebhookEndpoint(endpoint=WebhookEndpoint.of(done.value), is_replay=done.is_replay)

    @strawberry.mutation(description="Deletes an endpoint; its deliveries stay as long as all are kept.")
    async def delete_webhook_endpoint(
        self,
        info: Info,
        input: Annotated[WebhookEndpointInput, strawberry.argument(description="The endpoint.")],
    ) -> DeleteWebhookEndpointResult:
        context = info.context
        try:
            done = await service.delete(
                context.principal,
                endpoint_id(input.id),
                idempotency_key=input.idempotency_key,
                now=context.now,
            )
        except LaunchKitError as error:
            return problem(error)
        return ChangedWebhookEndpoint(endpoint=WebhookEndpoint.of(done.value), is_replay=done.is_replay)

    @strawberry.mutation(
        description="Gives an endpoint another secret; for 24 hours deliveries carry the signatures of both."
    )
    async def rotate_webhook_secret(
        self,
        info: Info,
        input: Annotated[WebhookEndpointInput, strawberry.argument(description="The endpoint.")],
    ) -> RotateWebhookSecretResult:
        context = info.context
        try:
            new = await service.rotate(
                context.principal,
                endpoint_id(input.id),
                vault=context.services.webhook_secrets,
                idempotency_key=input.idempotency_key,
                now=context.now,
            )
        except LaunchKitError as error:
            return problem(error)
        return WebhookSecret.of(new)

    @strawberry.mutation(description="Sends an endpoint a `webhook.test`, whatever it asked for.")
    async def send_test_webhook(
        self,
        info: Info,
        input: Annotated[WebhookEndpointInput, strawberry.argument(description="The endpoint.")],
    ) -> SendTestWebhookResult:
        context = info.context
        try:
            done = await redelivery.send_test(
                context.principal,
                endpoint_id(input.id),
                idempotency_key=input.idempotency_key,
                now=context.now,
            )
        except LaunchKitError as error:
            return problem(error)
        return QueuedWebhookDelivery(delivery=WebhookDelivery.of(done.value), is_replay=done.is_replay)

    @strawberry.mutation(description="Sends a delivery again at once, with the same id and body.")
    async def redeliver_webhook(
        self,
        info: Info,
        input: Annotated[RedeliverWebhookInput, strawberry.argument(description="The delivery.")],
    ) -> RedeliverWebhookResult:
        context = info.context
        try:
            done = await redelivery.redeliver(
                context.principal,
                delivery_id(input.id),
                idempotency_key=input.idempotency_key,
                now=context.now,
            )
        except LaunchKitError as error:
            return problem(error)
        return QueuedWebhookDelivery(delivery=WebhookDelivery.of(done.value), is_replay=done.is_replay)

    @strawberry.mutation(description="Sends again what an endpoint has missed since a moment.")
    async def redeliver_webhooks(
        self,
        info: Info,
        input: Annotated[RedeliverWebhooksInput, strawberry.argument(description="Which deliveries.")],
    ) -> RedeliverWebhooksResult:
        context = info.context
        try:
            done = await redelivery.redeliver_since(
                context.principal,
                endpoint_id(input.endpoint_id),
                since=input.since,
                includes_succeeded=input.includes_succeeded,
                after=PageRequest.parse(None, input.after).after,
                idempotency_key=input.idempotency_key,
                now=context.now,
            )
        except LaunchKitError as error:
            return problem(error)
        found = done.value
        return QueuedWebhookDeliveries(
            count=found.count,
            has_more=found.has_more,
            end_cursor=None if found.last is None else encode_cursor(found.last),
            is_replay=done.is_replay,
        )


def _update(input: UpdateWebhookEndpointInput) -> domain.UpdateEndpoint:
    """Null is as good as left out, but for the rate, where it says any."""
    return domain.UpdateEndpoint(
        url=input.url if isinstance(input.url, str) else UNCHANGED,
        description=input.description if isinstance(input.description, str) else UNCHANGED,
        event_types=input.event_types if isinstance(input.event_types, list) else UNCHANGED,
        max_concurrency=input.max_concurrency if isinstance(input.max_concurrency, int) else UNCHANGED,
        rate_per_second=UNCHANGED if input.rate_per_second is strawberry.UNSET else input.rate_per_second,
        is_enabled=input.is_enabled if isinstance(input.is_enabled, bool) else UNCHANGED,
        idempotency_key=input.idempotency_key,
    )
