"""Reading JSON that others wrote: absent, null and wrongly typed all read as empty.

Providers add fields and leave others out; only what is not JSON at all is an error. What matters for money (that a
stream ended, that usage came) is checked where it is needed.
"""

from collections.abc import Sequence
from typing import Any

import orjson

Json = dict[str, Any]


class Malformed(ValueError):
    """The upstream sent something that is not the JSON object which its format promises."""


class ErrorEvent(Exception):
    """The upstream reported a failure inside a stream that had begun well."""

    def __init__(self, status: int, payload: Json) -> None:
        super().__init__(f"error event, as HTTP {status}")
        self.status = status
        self.payload = payload


def parse(data: str | bytes) -> Json:
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise Malformed(f"what was sent is not JSON ({error.msg} at byte {error.pos})") from error
    if not isinstance(value, dict):
        raise Malformed(f"a JSON object was expected, not {type(value).__name__}")
    return value


def as_object(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def as_objects(value: object) -> list[Json]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def as_text(value: object) -> str:
    return value if isinstance(value, str) else ""


def as_count(value: object) -> int:
    """A number of tokens; bool is an int in Python and never a count."""
    return max(value, 0) if isinstance(value, int) and not isinstance(value, bool) else 0


def as_status(value: object, default: int) -> int:
    """An HTTP status if that is what `value` is: `code` may also be a word."""
    number = as_count(value)
    return number if 400 <= number <= 599 else default


def as_vectors(values: Sequence[object], expected: int) -> list[list[float]]:
    """One vector for every input, or `Malformed`: a vector that went missing would shift all others."""
    vectors = [value for value in values if isinstance(value, list) and value]
    if len(vectors) != expected:
        raise Malformed(f"{len(vectors)} vectors came for {expected} inputs")
    return vectors
