"""From an event to the row that is written: normalised, rated, with the digest that tells a repeat. Pure."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import blake2b
from typing import NamedTuple
from uuid import UUID

import msgspec

from app.core import ids
from app.core.inference import Usage
from app.ingestion.types import Event, Source
from app.metering.types import EventType, Metered, Rating
from app.pricing.rating import OrgPrices

# Sorted keys: the order of the fields is no part of what was said.
_payload = msgspec.json.Encoder(order="sorted", decimal_format="string")
_json = msgspec.json.Encoder()
_DIGEST_BYTES = 16
_KEPT = Decimal("1E-12")
_KINDS = {kind.value: kind for kind in EventType}
# A bucket is 2^(1/8) times as wide as the one before.
_BUCKETS_PER_DOUBLING = 8


class Group(NamedTuple):
    """A row of the rollup, in the order of its key, and the environment whose wallets pay."""

    org_id: UUID
    hour: datetime
    workspace_id: UUID
    key_id: UUID
    customer: str
    user: str
    feature: str
    provider: str
    model: str
    environment: str


class Row(NamedTuple):
    """An event as `usage_ingest` takes it; numbers that must stay exact as text."""

    group: Group
    id: UUID
    event_id: str
    digest: bytes
    event_type: str
    at: datetime
    input_tokens: int
    output_tokens: int
    cached_input_tokens: int
    cache_write_tokens: int
    reasoning_tokens: int
    cost: str | None
    credits: str
    revenue: str | None
    cost_ref: str | None
    burn_ref: str
    unit_type: str | None
    quantity: str | None
    image_size: str | None
    image_quality: str | None
    latency_ms: int | None
    latency_bucket: int | None
    properties: str | None


class Preparation:
    """Of one request's events, most of which belong to few rows of the rollup: each group is made once."""

    def __init__(self, source: Source, prices: OrgPrices, tiers: Mapping[str, str | None]) -> None:
        self._source = source
        self._prices = prices
        self._tiers = tiers
        # By what makes it out; hashing a time takes longer than hashing its parts.
        self._groups: dict[tuple[object, ...], Group] = {}

    def row(self, event: Event) -> Row:
        """`event` must have passed the checks. It is normalised in place."""
        kind = _normalise(event)
        digest = digest_of(event)
        at = event.timestamp or self._source.received_at
        metered = _metered(event, kind)
        customer = event.customer_id
        tier = self._tiers.get(customer) if customer else None
        rating = self._prices.rate(metered, at=at, customer=customer, tier=tier)
        return _row(event, self._group(event, metered, at), metered, rating, at, digest)

    def _group(self, event: Event, metered: Metered, at: datetime) -> Group:
        key = (
            at.hour,  # of UTC, in which all of them are
            at.day,
            at.month,
            at.year,
            event.customer_id,
            event.user_id,
            event.feature_id,
            metered.provider,
            metered.model,
        )
        group = self._groups.get(key)
        if group is None:
            group = self._groups[key] = self._new_group(event, metered, at)
        return group

    def _new_group(self, event: Event, metered: Metered, at: datetime) -> Group:
        source = self._source
        return Group(
            source.org_id,
            at.replace(minute=0, second=0, microsecond=0),
            source.workspace_id,
            source.key_id,
            event.customer_id or "",
            event.user_id or "",
            event.feature_id or "",
            metered.provider,
            metered.model,
            source.environment,
        )


def digest_of(event: Event) -> bytes:
    """Of what was said: equal where the same was said in other words (`OPENAI`, another order of fields)."""
    return blake2b(_payload.encode(event), digest_size=_DIGEST_BYTES).digest()


def _normalise(event: Event) -> EventType:
    if event.provider is not None:
        event.provider = event.provider.lower()
    if event.timestamp is not None:
        event.timestamp = event.timestamp.astimezone(UTC)
    if event.quantity is not None:
        event.quantity = event.quantity.quantize(_KEPT)
    name = event.event_type or ""
    kind = _KINDS.get(name)
    if kind is not None:
        return kind
    kind = _KINDS.get(name.upper())
    if kind is None:
        # A type of the client's own is a custom event of one such thing, and its name is kept.
        event.unit_type = event.unit_type or name
        event.properties = {"event_type": name, **(event.properties or {})}
        kind = EventType.CUSTOM
        if event.quantity is None:
            event.quantity = Decimal(1)
    event.event_type = kind.value
    return kind


def _metered(event: Event, kind: EventType) -> Metered:
    quantity, unit = event.quantity, event.unit_type
    if kind is EventType.IMAGE_GENERATION and event.image_count is not None:
        quantity, unit = Decimal(event.image_count), "images"
    usage = Usage(
        event.input_tokens,
        event.output_tokens,
        event.cached_input_tokens,
        event.cache_write_tokens,
        event.reasoning_tokens,
    )
    return Metered(
        kind,
        event.provider or "",
        event.model or "",
        usage,
        unit,
        quantity,
        event.image_size,
        event.quality,
    )


def _row(event: Event, group: Group, metered: Metered, rating: Rating, at: datetime, digest: bytes) -> Row:
    latency = event.latency_ms
    cost, revenue, quantity = rating.cost_usd, rating.revenue_usd, metered.quantity
    # Not by keyword, and from one tuple: it is made for every event.
    return Row._make(
        (
            group,
            ids.uuid7(),
            event.event_id,
            digest,
            event.event_type or "",
            at,
            event.input_tokens,
            event.output_tokens,
            event.cached_input_tokens,
            event.cache_write_tokens,
            event.reasoning_tokens,
            None if cost is None else str(cost),
            str(rating.credits),
            None if revenue is None else str(revenue),
            rating.cost_ref,
            rating.burn_ref,
            metered.unit_type,
            None if quantity is None else str(quantity),
            metered.image_size,
            metered.image_quality,
            latency,
            None if latency is None else latency_bucket(latency),
            None if event.properties is None else _json.encode(event.properties).decode(),
        )
    )


def latency_bucket(milliseconds: int) -> int:
    """floor(8·log2(ms)): bucket b holds from 2^(b/8) ms; what took less than a millisecond is in the first."""
    return math.floor(_BUCKETS_PER_DOUBLING * math.log2(milliseconds)) if milliseconds > 1 else 0
