"""From bytes to events. Pure; typed by msgspec, all of a batch at once where all of it is right.

Where something is not, the items are looked at one by one, so that one bad item harms no other.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec import UNSET, DecodeError, Struct, UnsetType, ValidationError

from app.core.errors import FieldError, InvalidInput
from app.core.text import holds_nul
from app.ingestion.errors import MalformedEvents
from app.ingestion.types import Batch, Envelope, Event, Invalid, Item

_MEND_BODY = 'Send {"events": […]} or one event as a JSON object.'
_NUL = FieldError("event", "nul_character", "Leave NUL characters (\\u0000) out.")
_PATH = re.compile(r" - at `\$\.?([^`]*)`$")
_LONGEST_MESSAGE = 300


class _LooseEnvelope(Struct, gc=False):
    events: list[msgspec.Raw] | UnsetType = UNSET
    backfill: bool = False


_batch = msgspec.json.Decoder(Envelope)
_loose_batch = msgspec.json.Decoder(_LooseEnvelope)
_event = msgspec.json.Decoder(Event)
_anything = msgspec.json.Decoder()
_TYPES: Mapping[str, Any] = {field.name: field.type for field in msgspec.structs.fields(Event)}


def batch(body: bytes) -> Batch:
    """Raises `MalformedEvents` where it is not JSON, `InvalidInput` where it is neither a batch nor an event."""
    if not holds_nul(body):
        try:
            found = _batch.decode(body)
            if not isinstance(found.events, UnsetType):
                return Batch(found.events, found.backfill)
            return Batch([_event.decode(body)])
        except (ValidationError, DecodeError, UnicodeDecodeError, RecursionError):
            pass
    return _one_by_one(body)


def items(documents: Sequence[Mapping[str, Any]]) -> Sequence[Item]:
    """Of events that have been decoded already, as GraphQL does."""
    return [_without_nul(document) for document in documents]


def _without_nul(document: Mapping[str, Any]) -> Item:
    try:
        has_nul = holds_nul(msgspec.json.encode(document))
    except RecursionError:
        return Invalid(None, [FieldError("event", "depth", "It is nested too deeply.")])
    return Invalid(None, [_NUL]) if has_nul else _converted(document)


def _one_by_one(body: bytes) -> Batch:
    try:
        found = _loose_batch.decode(body)
    except ValidationError as error:
        said = f"{_message(error)}. {_MEND_BODY}"
        raise InvalidInput([FieldError(_path(error) or "body", "invalid", said)]) from None
    except (DecodeError, UnicodeDecodeError) as error:
        raise MalformedEvents([FieldError("body", "json", f"Not valid JSON: {error}")]) from None
    except RecursionError:
        raise MalformedEvents([FieldError("body", "depth", "It is nested too deeply.")]) from None
    if isinstance(found.events, UnsetType):
        return Batch([_item(body)])
    return Batch([_item(bytes(raw)) for raw in found.events], found.backfill)


def _item(raw: bytes) -> Item:
    has_nul = holds_nul(raw)
    if not has_nul:
        try:
            return _event.decode(raw)
        except (ValidationError, DecodeError, UnicodeDecodeError, RecursionError):
            pass
    try:
        document = _anything.decode(raw)
    except (DecodeError, UnicodeDecodeError, RecursionError) as error:
        return Invalid(None, [FieldError("event", "json", f"It cannot be read: {error}")])
    if not isinstance(document, dict):
        return Invalid(None, [FieldError("event", "object", "An event is a JSON object.")])
    if has_nul:
        return Invalid(None, [_NUL])
    return _converted(document)


def _converted(document: Mapping[str, Any]) -> Item:
    try:
        return msgspec.convert(document, Event)
    except (ValidationError, RecursionError):
        event_id = document.get("event_id")
        known = event_id if isinstance(event_id, str) and len(event_id) <= 255 else None
        return Invalid(known, _errors(document))


def _errors(document: Mapping[str, Any]) -> list[FieldError]:
    """Everything that is wrong with the fields of an event, each by itself."""
    errors = []
    if "event_id" not in document:
        errors.append(FieldError("event_id", "required", "Every event needs an id of its own."))
    for name, value in document.items():
        kind = _TYPES.get(name)
        if kind is None:
            mend = "There is no such field; what is your own belongs in `properties`."
            errors.append(FieldError(name[:100], "unknown_field", mend))
            continue
        try:
            msgspec.convert(value, kind)
        except ValidationError as error:
            inner = _path(error)
            errors.append(FieldError(f"{name}.{inner}" if inner else name, "invalid", _message(error)))
        except RecursionError:
            errors.append(FieldError(name, "depth", "It is nested too deeply."))
    return errors or [FieldError("event", "invalid", "It is not an event.")]


def _path(error: ValidationError) -> str:
    found = _PATH.search(str(error))
    return found.group(1)[:100] if found else ""


def _message(error: ValidationError) -> str:
    return _PATH.sub("", str(error))[:_LONGEST_MESSAGE]
