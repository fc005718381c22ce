"""Where a page of events ends: when the last one happened, and its id. Opaque to clients."""

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from app.core.errors import FieldError, InvalidInput
from app.core.pagination import DEFAULT_PAGE, MAX_PAGE

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = datetime(9999, 12, 31, tzinfo=UTC)
_TIME_BYTES = 8


@dataclass(frozen=True, slots=True)
class Position:
    """Events come newest first; of one moment, the greater id first."""

    occurred_at: datetime
    id: UUID


@dataclass(frozen=True, slots=True)
class EventPageRequest:
    first: int = DEFAULT_PAGE
    after: Position | None = None

    @classmethod
    def parse(cls, first: int | None, after: str | None, *, field: str = "first") -> "EventPageRequest":
        """Raises `InvalidInput`: `first` is 1 to 100, `after` a cursor of ours."""
        count = DEFAULT_PAGE if first is None else first
        position = None if after is None else decode(after)
        errors = []
        if not 1 <= count <= MAX_PAGE:
            errors.append(FieldError(field, "out_of_range", f"Ask for 1 to {MAX_PAGE}."))
        if after is not None and position is None:
            mend = "Pass a cursor from a previous page unchanged."
            errors.append(FieldError("cursor", "invalid_cursor", mend))
        if errors:
            raise InvalidInput(errors)
        return cls(count, position)


def encode(position: Position) -> str:
    microseconds = (position.occurred_at - _EPOCH) // timedelta(microseconds=1)
    raw = microseconds.to_bytes(_TIME_BYTES, signed=True) + position.id.bytes
    return base64.urlsafe_b64encode(raw).decode()


def decode(cursor: str) -> Position | None:
    """None for what `encode` would not have written."""
    try:
        raw = base64.urlsafe_b64decode(cursor)
    except (binascii.Error, ValueError):
        return None
    if len(raw) != _TIME_BYTES + 16:
        return None
    microseconds = int.from_bytes(raw[:_TIME_BYTES], signed=True)
    if not 0 <= microseconds < (_LAST - _EPOCH) // timedelta(microseconds=1):
        return None
    position = Position(_EPOCH + timedelta(microseconds=microseconds), UUID(bytes=raw[_TIME_BYTES:]))
    return position if encode(position) == cursor else None
