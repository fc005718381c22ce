"""Usage events, one by one."""

from datetime import datetime
from decimal import Decimal
from typing import cast

import strawberry
from strawberry.scalars import JSON

from app.analytics import cursors
from app.analytics import types as domain
from app.analytics.cursors import Position
from app.core import ids
from app.core.pagination import Page
from schema.core.node import Node
from schema.core.pagination import Connection, Edge, PageInfo
from schema.core.scalars import BigInt


@strawberry.input(description="Only events that match all that is given.")
class UsageEventFilter:
    from_: datetime | None = strawberry.field(name="from", default=None, description="First moment inside.")
    to: datetime | None = strawberry.field(default=None, description="First moment after.")
    customer_ids: list[str] | None = strawberry.field(default=None, description="Any of these customers.")
    models: list[str] | None = strawberry.field(default=None, description="Any of these models.")
    feature_ids: list[str] | None = strawberry.field(default=None, description="Any of these features.")
    event_ids: list[str] | None = strawberry.field(
        default=None, description="Any of these, by your own ids, while those are kept."
    )
    is_unrated: bool = strawberry.field(default=False, description="Those whose price is not known yet.")

    def to_domain(self) -> domain.EventFilter:
        return domain.EventFilter(
            self.from_,
            self.to,
            customers=self.customer_ids,
            models=self.models,
            features=self.feature_ids,
            event_ids=self.event_ids,
            is_unrated=self.is_unrated,
        )


@strawberry.type(description="A metered call as its corrections left it: a voided one counts for nothing.")
class UsageEvent(Node):
    event_id: str = strawberry.field(description="Your own id of it.")
    event_type: str = strawberry.field(description="`TOKEN_USAGE`, `IMAGE_GENERATION` or `CUSTOM`.")
    occurred_at: datetime = strawberry.field(description="When it happened.")
    received_at: datetime = strawberry.field(description="When it was recorded.")
    workspace_id: strawberry.ID = strawberry.field(description="The workspace of the key.")
    customer_id: str | None = strawberry.field(description="Your own customer.")
    user_id: str | None = strawberry.field(description="Your customer's user.")
    feature_id: str | None = strawberry.field(description="Your own feature.")
    api_key_id: strawberry.ID | None = strawberry.field(description="The key that reported or used it.")
    job_id: strawberry.ID | None = strawberry.field(description="The job that used it.")
    provider: str = strawberry.field(description="Provider name.")
    model: str = strawberry.field(description="Model name.")
    input_tokens: BigInt = strawberry.field(description="Tokens read.")
    output_tokens: BigInt = strawberry.field(description="Tokens written.")
    cached_input_tokens: BigInt = strawberry.field(description="Of the tokens read, those from a cache.")
    cache_write_tokens: BigInt = strawberry.field(description="Tokens written to a cache.")
    reasoning_tokens: BigInt = strawberry.field(description="Of the tokens written, those of reasoning.")
    unit_type: str | None = strawberry.field(description="What `quantity` counts.")
    quantity: Decimal | None = strawberry.field(description="Images, or the units of a custom event.")
    image_size: str | None = strawberry.field(description="For example `1024x1024`.")
    image_quality: str | None = strawberry.field(description="For example `hd`.")
    latency_ms: int | None = strawberry.field(description="How long the call took.")
    usage_source: str = strawberry.field(
        description="Who counted: `provider`, `partial`, `estimated`; or `cached`."
    )
    is_voided: bool = strawberry.field(description="Whether it was taken back.")
    is_unrated: bool = strawberry.field(description="Whether its price is not known yet.")
    cost_usd: Decimal | None = strawberry.field(description="What the provider charges; null while unrated.")
    credits: Decimal = strawberry.field(description="Credits burned.")
    revenue_usd: Decimal | None = strawberry.field(
        description="The credits at what they sell for; null without a credit price."
    )
    cost_ref: str | None = strawberry.field(description="The provider price that was used.")
    burn_ref: str = strawberry.field(description="The burn rule that was used.")
    superseded_by: str | None = strawberry.field(description="The event id of the one that replaces it.")
    properties: JSON = strawberry.field(description="What was sent along.")

    @classmethod
    def of(cls, record: domain.UsageEventRecord) -> "UsageEvent":
        key, job = record.api_key_id, record.job_id
        return cls(
            id=strawberry.ID(ids.encode("evt", record.id)),
            event_id=record.event_id,
            event_type=record.event_type,
            occurred_at=record.occurred_at,
            received_at=record.received_at,
            workspace_id=strawberry.ID(ids.encode("ws", record.workspace_id)),
            customer_id=record.customer_id,
            user_id=record.user_id,
            feature_id=record.feature_id,
            api_key_id=None if key is None else strawberry.ID(ids.encode("key", key)),
            job_id=None if job is None else strawberry.ID(ids.encode("job", job)),
            provider=record.provider,
            model=record.model,
            input_tokens=BigInt(record.input_tokens),
            output_tokens=BigInt(record.output_tokens),
            cached_input_tokens=BigInt(record.cached_input_tokens),
            cache_write_tokens=BigInt(record.cache_write_tokens),
            reasoning_tokens=BigInt(record.reasoning_tokens),
            unit_type=record.unit_type,
            quantity=record.quantity,
            image_size=record.image_size,
            image_quality=record.image_quality,
            latency_ms=record.latency_ms,
            usage_source=record.usage_source,
            is_voided=record.is_voided,
            is_unrated=record.is_unrated,
            cost_usd=record.cost_usd,
            credits=record.credits,
            revenue_usd=record.revenue_usd,
            cost_ref=record.cost_ref,
            burn_ref=record.burn_ref,
            superseded_by=record.superseded_by,
            properties=cast("JSON", record.properties),
        )


def connection(page: Page[domain.UsageEventRecord], *, after: str | None) -> Connection[UsageEvent]:
    edges = [
        Edge(cursor=cursors.encode(Position(record.occurred_at, record.id)), node=UsageEvent.of(record))
        for record in page.items
    ]
    info = PageInfo(
        has_next_page=page.has_next,
        has_previous_page=after is not None,
        start_cursor=edges[0].cursor if edges else None,
        end_cursor=edges[-1].cursor if edges else None,
    )
    return Connection(edges=edges, page_info=info)
