"""What requests of all formats have in common."""

import math
from collections.abc import Mapping
from typing import Any

import orjson

from app.core.errors import FieldError
from app.core.inference import Usage
from app.gateway.errors import MalformedRequest
from app.gateway.types import MAX_COUNT, MAX_MODEL_LENGTH, MAX_TOKENS


def document(body: bytes) -> dict[str, Any]:
    """The JSON object that the body is; raises `MalformedRequest`."""
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise MalformedRequest([FieldError("body", "json", f"Not valid JSON: {error}")]) from None
    if not isinstance(found, dict):
        raise MalformedRequest([FieldError("body", "object", "Send a JSON object.")])
    for name in found:
        # Servers in Go take it for `model`, too: the model that was allowed would not be the one that answers.
        if name != "model" and name.casefold() == "model":
            raise MalformedRequest([FieldError(name, "another_model", "Write `model` in small letters.")])
    return found


def model(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise MalformedRequest([FieldError("model", "required", "Say which model is meant.")])
    if len(value) > MAX_MODEL_LENGTH or not value.isprintable():
        mend = f"Use at most {MAX_MODEL_LENGTH} printable characters."
        raise MalformedRequest([FieldError("model", "length", mend)])
    # Some routes have it in their path, and proxies before an upstream may undo its encoding.
    if any(part in (".", "..") for part in value.replace("\\", "/").split("/")):
        raise MalformedRequest([FieldError("model", "path", "Name a model, not a path.")])
    return value


def count(value: object, default: int) -> int:
    """A number of tokens or of answers, as far as it is one; what else it is the upstream will refuse.

    Many servers take 100.0 and "100" for 100.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return default
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return default
    return math.ceil(min(number, MAX_TOKENS)) if number >= 1 else default


def product(tokens: int, answers: int) -> int:
    """Of several answers to one request."""
    return min(tokens * answers, MAX_COUNT)


def member(holder: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = holder.get(name)
    return found if isinstance(found, dict) else {}


def bounded(usage: Usage) -> Usage:
    """An upstream may say any number; what is kept must fit, and no part may be larger than its whole."""
    if max(usage.input_tokens, usage.output_tokens) <= MAX_COUNT:
        return usage
    cached = min(usage.cached_input_tokens, MAX_COUNT)
    return Usage(
        min(usage.input_tokens, MAX_COUNT),
        min(usage.output_tokens, MAX_COUNT),
        cached,
        min(usage.cache_write_tokens, MAX_COUNT - cached),
        min(usage.reasoning_tokens, MAX_COUNT),
        usage.source,
    )
