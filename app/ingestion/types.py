"""What clients send as usage, and what they are told about it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, NamedTuple
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from app.core.errors import FieldError
from app.core.ids import OrgId, WorkspaceId
from app.core.principal import Environment

# More than any call has used, and little enough that the sums of any number of them can be kept.
MAX_TOKENS = 10**10
MAX_QUANTITY = Decimal(10) ** 9
MAX_PROPERTIES_BYTES = 8_192
MAX_PROPERTIES_DEPTH = 5

Name = Annotated[str, Meta(min_length=1, max_length=255)]
Short = Annotated[str, Meta(min_length=1, max_length=64)]
Attribute = Annotated[str, Meta(min_length=1, max_length=32)]
Tokens = Annotated[int, Meta(ge=0, le=MAX_TOKENS)]


class Event(Struct, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """One event as it is sent. A field nobody knows is refused: a misspelt count would be usage given away."""

    event_id: Name
    event_type: Short | None = None
    customer_id: Name | None = None
    user_id: Name | None = None
    feature_id: Name | None = None
    provider: Short | None = None
    model: Annotated[str, Meta(min_length=1, max_length=128)] | None = None
    input_tokens: Tokens = 0
    output_tokens: Tokens = 0
    cached_input_tokens: Tokens = 0
    cache_write_tokens: Tokens = 0
    reasoning_tokens: Tokens = 0
    image_count: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None
    image_size: Attribute | None = None
    quality: Attribute | None = None
    unit_type: Short | None = None
    quantity: Decimal | None = None
    latency_ms: Annotated[int, Meta(ge=0, le=2**31 - 1)] | None = None
    timestamp: Annotated[datetime, Meta(tz=True)] | None = None
    properties: dict[str, Any] | None = None
    voids: Name | None = None
    supersedes: Name | None = None


class Envelope(Struct, gc=False):
    """A batch; the body of a single event has no `events`."""

    events: list[Event] | UnsetType = UNSET
    backfill: bool = False


class Status(StrEnum):
    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Invalid:
    """An item that is no event; its id as far as there is one."""

    event_id: str | None
    errors: Sequence[FieldError]


Item = Event | Invalid


class Result(NamedTuple):
    """What became of an event. There may be a thousand."""

    event_id: str | None
    status: Status
    errors: Sequence[FieldError] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """What one request brought. A backfill may be as old as it likes, and draws no credit: it is history."""

    items: Sequence[Item]
    is_backfill: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """How many events a batch may have, and from when to when they may be, seen from their receipt."""

    max_events: int = 1_000
    late: timedelta = timedelta(days=34)
    early: timedelta = timedelta(minutes=10)
    backfill: timedelta = timedelta(days=3_653)


@dataclass(frozen=True, slots=True)
class Source:
    """Where events come from: the same for all of a request. `key_id` is nil where it was no API key."""

    org_id: OrgId
    workspace_id: WorkspaceId
    key_id: UUID
    environment: Environment
    received_at: datetime = field(compare=False)
