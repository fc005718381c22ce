"""Enough of JSON Schema (2020-12) to hold answers against what a document says about them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}
_UNDERSTOOD = {
    *("type", "properties", "required", "additionalProperties", "items", "anyOf", "enum", "const", "$ref"),
    *("format", "minimum", "maximum", "title", "description", "default", "minLength", "maxLength"),
    *("minItems", "maxItems"),
}


def resolve(document: Mapping[str, Any], ref: str) -> Any:
    """What `ref` points at; fails when that is nothing."""
    assert ref.startswith("#/"), ref
    found: Any = document
    for part in ref.removeprefix("#/").split("/"):
        found = found[part.replace("~1", "/").replace("~0", "~")]
    return found


def faults(document: Mapping[str, Any], schema: Mapping[str, Any], value: Any, path: str = "$") -> list[str]:
    """What is wrong with `value`; a keyword that is not understood is a fault too."""
    if "$ref" in schema:
        return faults(document, resolve(document, schema["$ref"]), value, path)
    found = [f"{path}: unknown keyword {name}" for name in schema.keys() - _UNDERSTOOD]
    if "anyOf" in schema:
        if not any(faults(document, option, value, path) == [] for option in schema["anyOf"]):
            found.append(f"{path}: {value!r} fits none of the options")
        return found
    found += _scalar_faults(schema, value, path)
    if isinstance(value, dict):
        found += _object_faults(document, schema, value, path)
    if isinstance(value, list) and "items" in schema:
        for position, item in enumerate(value):
            found += faults(document, schema["items"], item, f"{path}[{position}]")
    return found


def _scalar_faults(schema: Mapping[str, Any], value: Any, path: str) -> list[str]:
    found = []
    names = schema.get("type", list(_TYPES))
    allowed = tuple(kind for name in ([names] if isinstance(names, str) else names) for kind in _TYPES[name])
    if not isinstance(value, allowed) or (isinstance(value, bool) and bool not in allowed):
        found.append(f"{path}: {value!r} is not {names}")
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{path}: {value!r} is none of {schema['enum']}")
    is_time = schema.get("format") == "date-time" and isinstance(value, str)
    if is_time and datetime.fromisoformat(value).tzinfo is None:
        found.append(f"{path}: {value!r} has no time zone")
    if isinstance(value, int | float) and not schema.get("minimum", value) <= value <= schema.get(
        "maximum", value
    ):
        found.append(f"{path}: {value!r} is out of range")
    return found


def _object_faults(
    document: Mapping[str, Any], schema: Mapping[str, Any], value: dict[str, Any], path: str
) -> list[str]:
    known = schema.get("properties", {})
    found = [f"{path}: {name} is missing" for name in schema.get("required", ()) if name not in value]
    extra = schema.get("additionalProperties", True)
    for name, item in value.items():
        if name in known:
            found += faults(document, known[name], item, f"{path}.{name}")
        elif isinstance(extra, dict):
            found += faults(document, extra, item, f"{path}.{name}")
        elif known:
            found.append(f"{path}: {name} is not documented")
    return found
