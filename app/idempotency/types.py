"""Keys as clients write them, and what a write comes to when it may be repeated."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from app.core.errors import FieldError

MAX_LENGTH = 255

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Done(Generic[T_co]):
    """`is_replay` where an earlier request with the same key had the effect, and `value` is its answer."""

    value: T_co
    is_replay: bool = False


def validate_key(key: str | None) -> list[FieldError]:
    errors = []
    if key is not None and not 1 <= len(key) <= MAX_LENGTH:
        errors.append(FieldError("idempotency_key", "length", f"Use 1 to {MAX_LENGTH} characters."))
    if key is not None and not key.isprintable():
        errors.append(FieldError("idempotency_key", "characters", "Use printable characters, in UTF-8."))
    return errors
