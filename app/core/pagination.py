"""Keyset pagination. A cursor is opaque to clients; inside it is the id of the last row seen.

Ids are UUIDv7, so `ORDER BY id DESC` is newest first and a cursor stays valid while rows come and go.
"""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from app.core.errors import FieldError, InvalidInput

T = TypeVar("T")
U = TypeVar("U")

_AFTER_ALL = UUID(int=(1 << 128) - 1)

MAX_PAGE = 100
DEFAULT_PAGE = 20


@dataclass(frozen=True, slots=True)
class PageRequest:
    first: int = DEFAULT_PAGE
    after: UUID | None = None

    @classmethod
    def parse(cls, first: int | None, after: str | None, *, field: str = "first") -> "PageRequest":
        """Raises `InvalidInput`: `first` is 1 to 100, `after` a cursor of ours."""
        errors = []
        count = DEFAULT_PAGE if first is None else first
        if not 1 <= count <= MAX_PAGE:
            errors.append(FieldError(field, "out_of_range", f"Ask for 1 to {MAX_PAGE}."))
        position = None if after is None else _decode(after)
        if after is not None and position is None:
            errors.append(
                FieldError("cursor", "invalid_cursor", "Pass a cursor from a previous page unchanged.")
            )
        if errors:
            raise InvalidInput(errors)
        return cls(count, position)

    @property
    def position(self) -> UUID:
        """For `id < …`: without a cursor, beyond every id, so that one plan fits the first page and the others."""
        return self.after or _AFTER_ALL


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    items: Sequence[T]
    has_next: bool

    @classmethod
    def of(cls, rows: Sequence[T], request: PageRequest) -> "Page[T]":
        """`rows` were read with a limit of `request.first + 1`: the extra one tells that more follow."""
        return cls(rows[: request.first], len(rows) > request.first)

    def map(self, convert: Callable[[T], U]) -> "Page[U]":
        return Page([convert(item) for item in self.items], self.has_next)


def encode_cursor(position: UUID) -> str:
    return base64.urlsafe_b64encode(position.bytes).rstrip(b"=").decode()


def _decode(cursor: str) -> UUID | None:
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except (binascii.Error, ValueError):
        return None
    position = UUID(bytes=raw) if len(raw) == 16 else None
    # The decoder passes over what is not in its alphabet: only the text that we would write ourselves is ours.
    return position if position is not None and encode_cursor(position) == cursor else None
