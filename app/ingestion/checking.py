"""What makes an event one that can be counted: rules beyond the types of its fields. Pure."""

import re
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec

from app.core.errors import FieldError
from app.ingestion.types import (
    MAX_PROPERTIES_BYTES,
    MAX_PROPERTIES_DEPTH,
    MAX_QUANTITY,
    Event,
    Rules,
)
from app.metering.types import EventType

_TOKEN_USAGE = EventType.TOKEN_USAGE.value
_IMAGES = EventType.IMAGE_GENERATION.value
_CUSTOM = EventType.CUSTOM.value
_encode = msgspec.json.encode
# What a job has used is counted under such ids, by itself. Were one taken before, the job could never be written.
_OWN = "job:"
_OF_JOBS = re.compile(r"job:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}:")


def errors_of(event: Event, *, now: datetime, rules: Rules, is_backfill: bool) -> list[FieldError]:
    """Nothing where it can be counted. `now` is its receipt."""
    errors: list[FieldError] = []
    if event.event_id.startswith(_OWN):
        _check_id(event.event_id, errors)
    if event.timestamp is not None:
        _check_time(event.timestamp, now, rules, errors, is_backfill=is_backfill)
    if event.properties is not None:
        _check_properties(event.properties, errors)
    if event.voids is not None:
        _check_voiding(event, errors)
        return errors
    if event.supersedes == event.event_id:
        errors.append(
            FieldError("supersedes", "invalid", "An event cannot supersede itself: give it a new id.")
        )
    _check_tokens(event, errors)
    if event.quantity is not None:
        _check_quantity(event.quantity, errors)
    _check_kind(event, errors)
    if event.image_count is not None and (event.event_type or "").upper() != _IMAGES:
        mend = "Images are counted in an event of the type IMAGE_GENERATION: here they would be free."
        errors.append(FieldError("image_count", "unexpected", mend))
    return errors


def _check_kind(event: Event, errors: list[FieldError]) -> None:
    kind = event.event_type
    if kind == _TOKEN_USAGE:
        _require_model(event, errors)
    elif kind is None:
        mend = "Use TOKEN_USAGE, IMAGE_GENERATION, CUSTOM or a name of your own."
        errors.append(FieldError("event_type", "required", mend))
    elif kind.upper() == _IMAGES:
        _require_model(event, errors)
        _check_images(event, errors)
    elif kind.upper() == _TOKEN_USAGE:
        _require_model(event, errors)
    else:
        _check_unit(event, errors)


def _check_images(event: Event, errors: list[FieldError]) -> None:
    if event.image_count is None:
        errors.append(FieldError("image_count", "required", "Say how many images were made."))
    elif event.quantity is not None and event.quantity != event.image_count:
        mend = "Images are counted by `image_count`: leave `quantity` out."
        errors.append(FieldError("quantity", "unexpected", mend))


def _check_id(event_id: str, errors: list[FieldError]) -> None:
    if _OF_JOBS.match(event_id):
        mend = "LaunchKit gives such ids to the usage of its own jobs: use another."
        errors.append(FieldError("event_id", "reserved", mend))


def _check_time(
    at: datetime, now: datetime, rules: Rules, errors: list[FieldError], *, is_backfill: bool
) -> None:
    oldest = rules.backfill if is_backfill else rules.late
    age = now - at
    if age > oldest:
        mend = f"It is more than {oldest.days} days ago" + (
            "." if is_backfill else "; what is older goes in a backfill (`backfill: true`)."
        )
        errors.append(FieldError("timestamp", "too_late", mend))
    elif -age > rules.early:
        minutes = int(rules.early.total_seconds() // 60)
        mend = f"It is more than {minutes} minutes ahead: set the clock that made it."
        errors.append(FieldError("timestamp", "too_early", mend))


def _check_properties(properties: dict[str, Any], errors: list[FieldError]) -> None:
    if _depth(properties) > MAX_PROPERTIES_DEPTH:
        mend = f"At most {MAX_PROPERTIES_DEPTH} levels."
        errors.append(FieldError("properties", "too_deep", mend))
    elif len(_encode(properties)) > MAX_PROPERTIES_BYTES:
        mend = f"At most {MAX_PROPERTIES_BYTES:,} bytes of JSON."
        errors.append(FieldError("properties", "too_large", mend))


def _depth(value: Any) -> int:
    """Levels of objects and lists; stops counting where there are too many."""
    depth, level = 0, [value]
    while level and depth <= MAX_PROPERTIES_DEPTH:
        inner: list[Any] = []
        for each in level:
            if isinstance(each, dict):
                inner.extend(each.values())
            elif isinstance(each, list):
                inner.extend(each)
        if not any(isinstance(each, dict | list) for each in level):
            break
        depth, level = depth + 1, inner
    return depth


def _check_voiding(event: Event, errors: list[FieldError]) -> None:
    if event.supersedes is not None:
        errors.append(FieldError("voids", "invalid", "`supersedes` voids already: give one of the two."))
    if event.voids == event.event_id:
        errors.append(FieldError("voids", "invalid", "A correction needs an id of its own."))


def _check_tokens(event: Event, errors: list[FieldError]) -> None:
    if event.cached_input_tokens + event.cache_write_tokens > event.input_tokens:
        mend = "Cached input and cache writes are parts of `input_tokens`."
        errors.append(FieldError("input_tokens", "less_than_parts", mend))
    if event.reasoning_tokens > event.output_tokens:
        mend = "Reasoning is a part of `output_tokens`."
        errors.append(FieldError("output_tokens", "less_than_parts", mend))


def _require_model(event: Event, errors: list[FieldError]) -> None:
    if event.provider is not None and event.model is not None:
        return
    errors.extend(
        FieldError(name, "required", f"Say which {name} was used: its price depends on it.")
        for name, value in (("provider", event.provider), ("model", event.model))
        if value is None
    )


def _check_quantity(quantity: Decimal, errors: list[FieldError]) -> None:
    if not (quantity.is_finite() and 0 <= quantity <= MAX_QUANTITY):
        errors.append(FieldError("quantity", "out_of_range", f"Use a number from 0 to {MAX_QUANTITY:,}."))


def _check_unit(event: Event, errors: list[FieldError]) -> None:
    if (event.event_type or "").upper() != _CUSTOM:
        return
    if event.unit_type is None:
        errors.append(FieldError("unit_type", "required", "Say what was used, for example pages."))
    if event.quantity is None:
        errors.append(FieldError("quantity", "required", "Say how much was used."))
