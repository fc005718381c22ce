"""Scalars that GraphQL does not bring."""

import decimal
from typing import Any, NewType

import strawberry

from app.core.money import to_text

BigInt = NewType("BigInt", int)


_BIG_INT = "BigInt is a whole number of 64 bits, as a number or as text."
# As the database's own: beyond it nothing is counted, and nothing can be asked.
_BIG_INTS = range(-(2**63), 2**63)
_MOST_CHARACTERS = len(str(_BIG_INTS.start))


def _parse_big_int(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise ValueError(_BIG_INT)
    # The length first: reading a number takes time that grows with its square.
    if isinstance(value, str) and len(value) > _MOST_CHARACTERS:
        raise ValueError(_BIG_INT)
    try:
        number = int(value)
    except ValueError:
        raise ValueError(_BIG_INT) from None
    if number not in _BIG_INTS:
        raise ValueError(_BIG_INT)
    return number


# More than any amount has: written out, 1e99999999 would take a hundred megabytes.
_MOST_DIGITS = 100


def _parse_decimal(value: Any) -> decimal.Decimal:
    """Text or a whole number: a JSON number with a point has been a float already."""
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise ValueError('Decimal is text, for example "0.25".')
    try:
        number = decimal.Decimal(value)
    except decimal.InvalidOperation:
        raise ValueError('Decimal is text, for example "0.25".') from None
    if not number.is_finite():
        raise ValueError("Decimal must be finite.")
    if abs(number.adjusted()) > _MOST_DIGITS:
        raise ValueError(f"Decimal has at most {_MOST_DIGITS} digits before or after the point.")
    return number


SCALARS: dict[object, Any] = {
    BigInt: strawberry.scalar(
        name="BigInt",
        description="A whole number beyond 32 bits, as a JSON number.",
        serialize=int,
        parse_value=_parse_big_int,
    ),
    decimal.Decimal: strawberry.scalar(
        name="Decimal",
        description="An exact decimal number, as text.",
        serialize=to_text,
        parse_value=_parse_decimal,
    ),
}
