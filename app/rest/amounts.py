"""Credits in JSON bodies: exact as text; a JSON number is a float to most who write or read it."""

import re
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from app.credits.types import MAX_AMOUNT

# More than any amount has: what is too much, too precise or below nothing the domain refuses, on both surfaces alike.
_TEXT = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?")
_SMALLEST = Decimal("1E-12")
_MOST = int(MAX_AMOUNT)


def _read(value: object) -> Decimal:
    """Text as it stands, a number as the nearest with twelve digits after the point."""
    if isinstance(value, str) and _TEXT.fullmatch(value):
        return Decimal(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, float):
        number = Decimal(repr(value))
        return number.quantize(_SMALLEST, ROUND_HALF_EVEN) if abs(value) <= _MOST else number
    raise PydanticCustomError("invalid_decimal", 'Use a decimal number as text, for example "0.25".')


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
