"""What a request needs of a model, as far as its format says. Pure."""

from collections.abc import Mapping
from typing import Any, Final

from app.gateway.protocols import reading
from app.gateway.routing.policy import Capability
from app.gateway.types import Ask

_PICTURES: Final = frozenset({"image", "image_url", "input_image"})
_ANSWERS_IN_JSON: Final = frozenset({"json_object", "json_schema"})
_DATA: Final = ("inlineData", "inline_data", "fileData", "file_data")
_SCHEMAS: Final = ("responseSchema", "response_schema", "responseJsonSchema", "response_json_schema")
_MESSAGES: Final = ("messages", "input", "contents")


def of(ask: Ask) -> frozenset[Capability]:
    document = ask.document
    found = set()
    if document.get("tools") or document.get("functions"):
        found.add(Capability.TOOLS)
    if _wants_json(ask):
        found.add(Capability.JSON)
    if any(_has_picture(document.get(name)) for name in _MESSAGES):
        found.add(Capability.VISION)
    return frozenset(found)


def _wants_json(ask: Ask) -> bool:
    document = ask.document
    formats = (
        reading.member(document, "response_format"),
        reading.member(reading.member(document, "text"), "format"),
        reading.member(document, "output_format"),
        reading.member(reading.member(document, "output_config"), "format"),
    )
    if any(one.get("type") in _ANSWERS_IN_JSON for one in formats):
        return True
    config = reading.member(document, "generationConfig") or reading.member(document, "generation_config")
    kind = config.get("responseMimeType") or config.get("response_mime_type")
    return kind == "application/json" or any(config.get(name) for name in _SCHEMAS)


def _has_picture(messages: Any) -> bool:
    left = [messages]
    while left:
        node = left.pop()
        if isinstance(node, list):
            left.extend(node)
        elif isinstance(node, dict):
            kind = node.get("type")
            if isinstance(kind, str) and kind in _PICTURES:
                return True
            if any(_is_picture(reading.member(node, name)) for name in _DATA):
                return True
            left.extend(node.get(name) for name in ("content", "parts"))
    return False


def _is_picture(data: Mapping[str, Any]) -> bool:
    return str(data.get("mimeType") or data.get("mime_type") or "").startswith("image/")
