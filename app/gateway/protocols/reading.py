"""What requests of all formats have in common."""

from collections.abc import Mapping
from typing import Any

import orjson

from app.core.errors import FieldError
from app.core.inference import Usage
from app.gateway.errors import MalformedRequest
from app.gateway.types import MAX_MODEL_LENGTH, MAX_TOKENS

_MAX_COUNT = 10**10


def document(body: bytes) -> dict[str, Any]:
    """The JSON object that the body is; raises `MalformedRequest`."""
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise MalformedRequest([FieldError("body", "json", f"Not valid JSON: {error}")]) from None
    if not isinstance(found, dict):
        raise MalformedRequest([FieldError("body", "object", "Send a JSON object.")])
    return found


def model(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise MalformedRequest([FieldError("model", "required", "Say which model is meant.")])
    if len(value) > MAX_MODEL_LENGTH or not value.isprintable():
        mend = f"Use at most {MAX_MODEL_LENGTH} printable characters."
        raise MalformedRequest([FieldError("model", "length", mend)])
    return value


def count(value: object, default: int) -> int:
    """A number of tokens or of answers, as far as it is one; what else it is the upstream will refuse."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        return default
    return min(value, MAX_TOKENS)


def member(holder: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = holder.get(name)
    return found if isinstance(found, dict) else {}


def bounded(usage: Usage) -> Usage:
    """An upstream may say any number; what is kept must fit."""
    if max(usage.input_tokens, usage.output_tokens) <= _MAX_COUNT:
        return usage
    return Usage(
        min(usage.input_tokens, _MAX_COUNT),
        min(usage.output_tokens, _MAX_COUNT),
        min(usage.cached_input_tokens, _MAX_COUNT),
        min(usage.cache_write_tokens, _MAX_COUNT),
        min(usage.reasoning_tokens, _MAX_COUNT),
        usage.source,
    )
