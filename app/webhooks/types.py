"""Endpoints, deliveries and attempts as values, and what may be wished of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, StrEnum
from typing import Final
from uuid import UUID

from app.core.errors import FieldError, InvalidInput
from app.core.ids import OrgId, UserId, WebhookDeliveryId, WebhookEndpointId, WebhookMessageId
from app.core.principal import PrincipalKind
from app.idempotency.types import Done, validate_key
from app.webhooks import catalogue
from app.webhooks.retrying import State

MAX_ENDPOINTS = 50
MAX_DESCRIPTION_LENGTH = 200
MAX_EVENT_TYPES = 50
MAX_CONCURRENCY = 100
MAX_RATE = 1_000
DEFAULT_CONCURRENCY = 10
ROTATION_OVERLAP = timedelta(hours=24)


class DisabledReason(StrEnum):
    """Why nothing is sent: by somebody's wish, by its answer 410, or after days of nothing but failure."""

    MANUAL = "manual"
    GONE = "gone"
    FAILING = "failing"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Without its secrets. Nothing is sent before `paused_until`: the breaker is open, or it asked for a pause.

    `failing_since` is its first failure after the last success. `rotated_until`: so long both secrets sign.
    """

    id: WebhookEndpointId
    org_id: OrgId
    url: str
    description: str
    event_types: tuple[str, ...]
    max_concurrency: int
    rate_per_second: int | None
    is_enabled: bool
    disabled_reason: DisabledReason | None
    disabled_at: datetime | None
    rotated_until: datetime | None
    consecutive_failures: int
    failing_since: datetime | None
    paused_until: datetime | None
    created_at: datetime
    created_by_kind: PrincipalKind
    created_by_id: UUID


@dataclass(frozen=True, slots=True)
class NewSecret:
    """The only place where a secret exists outside the vault. None in a replay: it was shown once."""

    endpoint: Endpoint
    secret: str | None = field(repr=False)
    is_replay: bool = False

    @classmethod
    def of(cls, done: Done[Endpoint], secret: str) -> "NewSecret":
        return cls(done.value, None if done.is_replay else secret, done.is_replay)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one endpoint. `seq` grows with every change; `due_at` is of the next attempt, if one will be."""

    id: WebhookDeliveryId
    org_id: OrgId
    endpoint_id: WebhookEndpointId
    message_id: WebhookMessageId
    event_type: str
    state: State
    seq: int
    attempts: int
    due_at: datetime
    last_status: int | None
    last_error: str | None
    created_at: datetime
    updated_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Attempt:
    """`body` is the first 2 KB of the answer. Without one, the error says why."""

    delivery_id: WebhookDeliveryId
    number: int
    at: datetime
    latency_ms: int
    status: int | None
    error_code: str | None
    error_message: str | None
    body: str


@dataclass(frozen=True, slots=True)
class Detail:
    """A delivery with the body that was sent and its attempts, the newest first."""

    delivery: Delivery
    body: str
    attempts: Sequence[Attempt]


@dataclass(frozen=True, slots=True)
class Letter:
    """What one owner is mailed about an endpoint that was switched off."""

    user_id: UserId
    email: str
    org_name: str
    url: str
    is_gone: bool
    disabled_at: datetime
    failing_since: datetime | None


@dataclass(frozen=True, slots=True)
class Redelivered:
    """`has_more`: so many at once are enough; ask again for the rest, after `last`."""

    count: int
    has_more: bool
    last: WebhookDeliveryId | None = None


@dataclass(frozen=True, slots=True)
class DeliveryFilter:
    """None is any; `since` inclusive, `until` exclusive, of when the message was made."""

    endpoint_id: WebhookEndpointId | None = None
    message_id: WebhookMessageId | None = None
    state: State | None = None
    event_type: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class CreateEndpoint:
    url: str
    description: str = ""
    event_types: Sequence[str] = ("*",)
    max_concurrency: int = DEFAULT_CONCURRENCY
    rate_per_second: int | None = None
    idempotency_key: str | None = None

    def faults(self) -> list[FieldError]:
        return [
            *validate_key(self.idempotency_key),
            *_of_description(self.description),
            *_of_event_types(self.event_types),
            *_of_concurrency(self.max_concurrency),
            *_of_rate(self.rate_per_second),
        ]


class Unchanged(Enum):
    """Says of a field that it stays as it is, where None says something else."""

    UNCHANGED = "unchanged"


UNCHANGED: Final = Unchanged.UNCHANGED


@dataclass(frozen=True, slots=True)
class UpdateEndpoint:
    """What is to be different. Enabling an endpoint forgets its failures."""

    url: str | Unchanged = UNCHANGED
    description: str | Unchanged = UNCHANGED
    event_types: Sequence[str] | Unchanged = UNCHANGED
    max_concurrency: int | Unchanged = UNCHANGED
    rate_per_second: int | Unchanged | None = UNCHANGED
    is_enabled: bool | Unchanged = UNCHANGED
    idempotency_key: str | None = None

    def faults(self) -> list[FieldError]:
        faults = validate_key(self.idempotency_key)
        if self.description is not UNCHANGED:
            faults += _of_description(self.description)
        if self.event_types is not UNCHANGED:
            faults += _of_event_types(self.event_types)
        if self.max_concurrency is not UNCHANGED:
            faults += _of_concurrency(self.max_concurrency)
        if self.rate_per_second is not UNCHANGED:
            faults += _of_rate(self.rate_per_second)
        return faults

    def wishes(self) -> dict[str, object]:
        """The fields that are to change, as they were given."""
        names = ("url", "description", "event_types", "max_concurrency", "rate_per_second", "is_enabled")
        found = {name: getattr(self, name) for name in names}
        return {
            name: tuple(value) if name == "event_types" else value
            for name, value in found.items()
            if value is not UNCHANGED
        }


def refuse(faults: Sequence[FieldError]) -> None:
    """Raises `InvalidInput` where there are any."""
    if faults:
        raise InvalidInput(faults)


def _of_description(text: str) -> list[FieldError]:
    if len(text) <= MAX_DESCRIPTION_LENGTH and "\0" not in text:
        return []
    return [
        FieldError(
            "description", "length", f"Use at most {MAX_DESCRIPTION_LENGTH} characters, none of them NUL."
        )
    ]


def _of_event_types(types: Sequence[str]) -> list[FieldError]:
    if not 1 <= len(types) <= MAX_EVENT_TYPES:
        return [FieldError("event_types", "length", f"Name 1 to {MAX_EVENT_TYPES}; * is every one.")]
    return [
        FieldError(
            f"event_types.{position}",
            "unknown_event_type",
            "Use a type of the catalogue such as job.failed, all of an area (job.*), or * for everything.",
        )
        for position, text in enumerate(types)
        if not catalogue.is_pattern(text)
    ]


def _of_concurrency(number: int) -> list[FieldError]:
    if 1 <= number <= MAX_CONCURRENCY:
        return []
    return [FieldError("max_concurrency", "out_of_range", f"Use 1 to {MAX_CONCURRENCY} deliveries at once.")]


def _of_rate(number: int | None) -> list[FieldError]:
    if number is None or 1 <= number <= MAX_RATE:
        return []
    return [
        FieldError("rate_per_second", "out_of_range", f"Use 1 to {MAX_RATE} a second, or null for no bound.")
    ]
