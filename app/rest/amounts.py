"""Credits in JSON bodies: exact as text; a JSON number is a float to most who write or read it."""

import re
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from app.credits.types import MAX_AMOUNT

_TEXT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,12})?")
_SMALLEST = Decimal("1E-12")
_MOST = int(MAX_AMOUNT)


def _read(value: object) -> object:
    """Text as it stands, a number as the nearest with twelve digits after the point."""
    if isinstance(value, str):
        if _TEXT.fullmatch(value) is None:
            raise ValueError('Use a decimal number as text, for example "0.25".')
        return Decimal(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, float) and abs(value) <= _MOST:
        return Decimal(repr(value)).quantize(_SMALLEST, ROUND_HALF_EVEN)
    return value


def _schema(pattern: str, least: float, description: str) -> dict[str, Any]:
    return {
        "anyOf": [
            {"type": "string", "pattern": pattern},
            {"type": "number", "minimum": least, "maximum": _MOST},
        ],
        "description": description,
    }


Amount = Annotated[
    Decimal,
    BeforeValidator(_read),
    WithJsonSchema(
        _schema(
            r"^(?=.*[1-9])[0-9]{1,11}(\.[0-9]{1,12})?$",
            1e-12,
            "Credits, more than none: exact where it is text",
        )
    ),
]
AmountOrNone = Annotated[
    Decimal,
    BeforeValidator(_read),
    WithJsonSchema(_schema(r"^[0-9]{1,11}(\.[0-9]{1,12})?$", 0, "Credits, or 0: exact where it is text")),
]
