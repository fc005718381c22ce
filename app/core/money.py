"""Exact money. Unit prices, provider costs and credits are `Decimal`; invoice amounts are minor units.

Nothing is rounded on the way: `round_to_minor` is for the one place where an invoice line is made.
"""

from decimal import ROUND_HALF_EVEN, Decimal

ZERO = Decimal(0)

# Digits after the point of ISO 4217 currencies that do not have two.
_EXPONENTS = {"BHD": 3, "CLP": 0, "ISK": 0, "JPY": 0, "KRW": 0, "KWD": 3, "OMR": 3, "TND": 3, "VND": 0}


def to_text(amount: Decimal) -> str:
    """Plain notation without an exponent and without trailing zeros: what JSON carries."""
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") or "0" if "." in text else text


def round_to_minor(amount: Decimal, currency: str) -> int:
    """Major units to the currency's minor units (cents), half-even."""
    exponent = _EXPONENTS.get(currency, 2)
    return int((amount * 10**exponent).to_integral_value(ROUND_HALF_EVEN))
