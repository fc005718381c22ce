"""What a write comes to when it may be repeated."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Done(Generic[T_co]):
    """`is_replay` where an earlier request with the same key had the effect, and `value` is its answer."""

    value: T_co
    is_replay: bool = False
