"""Webhook endpoints, deliveries and attempts."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

import orjson
import strawberry
from strawberry.scalars import JSON

from app.core import ids
from app.webhooks import catalogue
from app.webhooks import types as domain
from app.webhooks.retrying import State
from app.webhooks.types import DisabledReason
from schema.core import enums
from schema.core.context import Info
from schema.core.node import Node
from schema.core.scalars import BigInt

enums.describe(
    State,
    name="WebhookDeliveryState",
    description="Where a delivery is in its life.",
    values={
        State.PENDING: "Waits for its next attempt.",
        State.SENDING: "An attempt is under way.",
        State.SUCCEEDED: "It arrived: the endpoint answered 2xx in time.",
        State.DEAD: "Given up; it can be redelivered.",
    },
)
enums.describe(
    DisabledReason,
    name="WebhookDisabledReason",
    description="Why an endpoint is sent nothing.",
    values={
        DisabledReason.MANUAL: "Somebody switched it off.",
        DisabledReason.GONE: "It answered 410 Gone.",
        DisabledReason.FAILING: "For five days everything failed.",
    },
)


@strawberry.type(description="A type of event that endpoints may ask for.")
class WebhookEventType:
    name: str = strawberry.field(
        description="What endpoints ask for; `area.*` is all of an area, `*` everything."
    )
    description: str = strawberry.field(description="When it is sent.")
    version: int = strawberry.field(description="Of the payload: within one, fields are only added.")
    example: JSON = strawberry.field(description="What `data` of the payload holds.")

    @classmethod
    def of(cls, one: catalogue.EventType) -> "WebhookEventType":
        return cls(
            name=one.name,
            description=one.description,
            version=one.version,
            example=cast("JSON", dict(one.example)),
        )


@strawberry.type(description="An address that is told what happens in the org.")
class WebhookEndpoint(Node):
    url: str = strawberry.field(description="Where deliveries are sent.")
    description: str = strawberry.field(description="What it is for.")
    event_types: list[str] = strawberry.field(description="What it is told: names, `area.*`, or `*`.")
    max_concurrency: int = strawberry.field(description="So many deliveries are under way at once, at most.")
    rate_per_second: int | None = strawberry.field(
        description="So many begin in a second at most; null: any."
    )
    is_enabled: bool = strawberry.field(description="Whether anything is sent to it.")
    disabled_reason: DisabledReason | None = strawberry.field(description="Why not.")
    disabled_at: datetime | None = strawberry.field(description="Since when not.")
    secret_rotated_until: datetime | None = strawberry.field(
        description="Until then deliveries carry the signatures of the secret before, too."
    )
    consecutive_failures: int = strawberry.field(description="Attempts that failed since the last success.")
    failing_since: datetime | None = strawberry.field(description="The first of them.")
    paused_until: datetime | None = strawberry.field(
        description="Nothing is sent before: it fails, or asked to be left alone."
    )
    created_at: datetime = strawberry.field(description="When it was made.")

    @classmethod
    def of(cls, one: domain.Endpoint) -> "WebhookEndpoint":
        return cls(
            id=strawberry.ID(ids.encode("whe", one.id)),
            url=one.url,
            description=one.description,
            event_types=list(one.event_types),
            max_concurrency=one.max_concurrency,
            rate_per_second=one.rate_per_second,
            is_enabled=one.is_enabled,
            disabled_reason=one.disabled_reason,
            disabled_at=one.disabled_at,
            secret_rotated_until=one.rotated_until,
            consecutive_failures=one.consecutive_failures,
            failing_since=one.failing_since,
            paused_until=one.paused_until,
            created_at=one.created_at,
        )


@strawberry.type(description="One try at a delivery.")
class WebhookAttempt:
    number: int = strawberry.field(description="Counted from 1.")
    at: datetime = strawberry.field(description="When it began.")
    latency_ms: int = strawberry.field(description="How long it took, in milliseconds.")
    response_status: int | None = strawberry.field(description="Of HTTP; null without an answer.")
    error_code: str | None = strawberry.field(description="Why there is no good answer, for programs.")
    error_message: str | None = strawberry.field(description="The same for people.")
    body: str = strawberry.field(description="The first 2 KB of the answer.")

    @classmethod
    def of(cls, one: domain.Attempt) -> "WebhookAttempt":
        return cls(
            number=one.number,
            at=one.at,
            latency_ms=one.latency_ms,
            response_status=one.status,
            error_code=one.error_code,
            error_message=one.error_message,
            body=one.body,
        )


@strawberry.type(description="One message to one endpoint.")
class WebhookDelivery(Node):
    endpoint_id: strawberry.ID = strawberry.field(description="Where it goes.")
    message_id: strawberry.ID = strawberry.field(
        description="`webhook-id` and the payload's `id`: the same at every attempt and endpoint."
    )
    event_type: str = strawberry.field(description="What happened.")
    status: State = strawberry.field(description="Where it is in its life.")
    seq: BigInt = strawberry.field(description="Grows with every change.")
    attempt_count: int = strawberry.field(description="How many attempts were begun.")
    last_response_status: int | None = strawberry.field(description="The HTTP status of the last answer.")
    last_error: str | None = strawberry.field(description="Why the last attempt had no good answer.")
    next_attempt_at: datetime | None = strawberry.field(
        description="When it is due; null where none will be."
    )
    created_at: datetime = strawberry.field(description="When it happened.")
    updated_at: datetime = strawberry.field(description="When it last changed.")
    finished_at: datetime | None = strawberry.field(description="When it arrived or was given up.")
    source: strawberry.Private[domain.Delivery]

    @classmethod
    def of(cls, one: domain.Delivery) -> "WebhookDelivery":
        return cls(
            id=strawberry.ID(ids.encode("del", one.id)),
            endpoint_id=strawberry.ID(ids.encode("whe", one.endpoint_id)),
            message_id=strawberry.ID(ids.encode("msg", one.message_id)),
            event_type=one.event_type,
            status=one.state,
            seq=BigInt(one.seq),
            attempt_count=one.attempts,
            last_response_status=one.last_status,
            last_error=one.last_error,
            next_attempt_at=one.due_at if one.state is State.PENDING else None,
            created_at=one.created_at,
            updated_at=one.updated_at,
            finished_at=one.finished_at,
            source=one,
        )

    @strawberry.field(description="The attempts, the newest first; a hundred at most.")
    async def attempts(self, info: Info) -> list[WebhookAttempt]:
        found: Sequence[domain.Attempt] | None = await info.context.loaders.webhook_attempts.load(
            self.source.id
        )
        return [WebhookAttempt.of(one) for one in found or ()]

    @strawberry.field(description="What is sent.")
    async def payload(self, info: Info) -> JSON:
        text = await info.context.loaders.webhook_body.load(self.source.id)
        return cast("JSON", orjson.loads(text or "null"))
