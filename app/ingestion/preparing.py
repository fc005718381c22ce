"""From an event to the row that is written: normalised, rated, with the digest that tells a repeat. Pure."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import blake2b
from typing import NamedTuple
from uuid import UUID

import msgspec

from app.core.inference import Usage
from app.ingestion.types import Event, Source
from app.metering.types import EventType, Metered, Rating
from app.pricing.rating import OrgPrices
from app.pricing.tariff import Parts, Tariff

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


class Kind(NamedTuple):
    """What else many events have in common."""

    event_type: str
    cost_ref: str | None
    burn_ref: str
    unit_type: str | None
    image_size: str | None
    image_quality: str | None


class Row(NamedTuple):
    """An event as `usage_ingest` takes it; numbers that must stay exact as text."""

    group: Group
    kind: Kind
    event_id: str
    digest: bytes
    at: datetime
    input_tokens: int
    output_tokens: int
    cached_input_tokens: int
    cache_write_tokens: int
    reasoning_tokens: int
    cost: str | None
    credits: str
    revenue: str | None
    quantity: str | None
    latency_ms: int | None
    latency_bucket: int | None
    properties: str | None


@dataclass(slots=True)
class _Alike:
    """What events of one group have in common. Without a tariff each of them is rated by itself."""

    group: Group
    tariff: Tariff | None
    kinds: dict[str, Kind] = field(default_factory=dict)


class Preparation:
    """Of one request's events, most of which are like many others: what they have in common is made once."""

    def __init__(self, source: Source, prices: OrgPrices, tiers: Mapping[str, str | None]) -> None:
        self._source = source
        self._prices = prices
        self._tiers = tiers
        # By what makes it out; hashing a time takes longer than hashing its parts.
        self._alike: dict[tuple[object, ...], _Alike] = {}
        # Each once: what is asked by it again and again hashes it once.
        self._hours: dict[tuple[int, int, int, int], datetime] = {}

    def row(self, event: Event) -> Row:
        """`event` must have passed the checks. It is normalised in place."""
        kind = _normalise(event)
        digest = digest_of(event)
        at = event.timestamp or self._source.received_at
        alike = self._of(event, at)
        if kind is EventType.TOKEN_USAGE and event.quantity is None and alike.tariff is not None:
            rating = alike.tariff.rate(_parts(event))
            if rating is not None:
                return _row(event, alike.group, _token_kind(alike, rating, event), None, rating, at, digest)
        return self._rated_by_itself(event, kind, alike.group, at, digest)

    def _rated_by_itself(
        self, event: Event, event_type: EventType, group: Group, at: datetime, digest: bytes
    ) -> Row:
        metered = _metered(event, event_type)
        customer = event.customer_id
        rating = self._prices.rate(metered, at=at, customer=customer, tier=self._tier(customer))
        kind = Kind(
            event.event_type or "",
            rating.cost_ref,
            rating.burn_ref,
            metered.unit_type,
            metered.image_size,
            metered.image_quality,
        )
        return _row(event, group, kind, metered.quantity, rating, at, digest)

    def _of(self, event: Event, at: datetime) -> _Alike:
        key = (
            at.hour,  # of UTC, in which all of them are
            at.day,
            at.month,
            at.year,
            event.customer_id,
            event.user_id,
            event.feature_id,
            event.provider,
            event.model,
        )
        alike = self._alike.get(key)
        if alike is None:
            alike = self._alike[key] = self._new(event, at)
        return alike

    def _new(self, event: Event, at: datetime) -> _Alike:
        source = self._source
        provider, model, customer = event.provider or "", event.model or "", event.customer_id
        hour = self._hour(at)
        group = Group(
            source.org_id,
            hour,
            source.workspace_id,
            source.key_id,
            customer or "",
            event.user_id or "",
            event.feature_id or "",
            provider,
            model,
            source.environment,
        )
        tariff = self._prices.tariff(provider, model, hour=hour, customer=customer, tier=self._tier(customer))
        return _Alike(group, tariff)

    def _hour(self, at: datetime) -> datetime:
        key = (at.hour, at.day, at.month, at.year)
        hour = self._hours.get(key)
        if hour is None:
            hour = self._hours[key] = at.replace(minute=0, second=0, microsecond=0)
        return hour

    def _tier(self, customer: str | None) -> str | None:
        return self._tiers.get(customer) if customer else None


def digest_of(event: Event) -> bytes:
    """Of what was said: equal where the same was said in other words (`OPENAI`, another order of fields)."""
    return blake2b(_payload.encode(event), digest_size=_DIGEST_BYTES).digest()


def _normalise(event: Event) -> EventType:
    if event.provider is not None and not event.provider.islower():
        event.provider = event.provider.lower()
    if event.timestamp is not None and event.timestamp.tzinfo is not UTC:
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


def _parts(event: Event) -> Parts:
    cached, written, reasoning = event.cached_input_tokens, event.cache_write_tokens, event.reasoning_tokens
    return event.input_tokens - cached - written, cached, written, event.output_tokens - reasoning, reasoning


def _token_kind(alike: _Alike, rating: Rating, event: Event) -> Kind:
    if event.unit_type is not None or event.image_size is not None or event.quality is not None:
        return Kind(
            event.event_type or "",
            rating.cost_ref,
            rating.burn_ref,
            event.unit_type,
            event.image_size,
            event.quality,
        )
    kind = alike.kinds.get(rating.burn_ref)
    if kind is None:
        kind = alike.kinds[rating.burn_ref] = Kind(
            event.event_type or "", rating.cost_ref, rating.burn_ref, None, None, None
        )
    return kind


def _row(
    event: Event,
    group: Group,
    kind: Kind,
    quantity: Decimal | None,
    rating: Rating,
    at: datetime,
    digest: bytes,
) -> Row:
    latency = event.latency_ms
    cost, revenue = rating.cost_usd, rating.revenue_usd
    # Not by keyword, and from one tuple: it is made for every event.
    return Row._make(
        (
            group,
            kind,
            event.event_id,
            digest,
            at,
            event.input_tokens,
            event.output_tokens,
            event.cached_input_tokens,
            event.cache_write_tokens,
            event.reasoning_tokens,
            None if cost is None else str(cost),
            str(rating.credits),
            None if revenue is None else str(revenue),
            None if quantity is None else str(quantity),
            latency,
            None if latency is None else latency_bucket(latency),
            None if event.properties is None else _json.encode(event.properties).decode(),
        )
    )


def latency_bucket(milliseconds: int) -> int:
    """floor(8·log2(ms)): bucket b holds from 2^(b/8) ms; what took less than a millisecond is in the first."""
    return math.floor(_BUCKETS_PER_DOUBLING * math.log2(milliseconds)) if milliseconds > 1 else 0
