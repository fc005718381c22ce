"""Exact money. Unit prices, provider costs and credits are `Decimal`; invoice amounts are minor units.

Nothing is rounded on the way, but for the twelve digits after the point that are kept: `round_to_minor` is for
the one place where an invoice line is made.
"""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

ZERO = Decimal(0)
_STORED = Decimal("1E-12")

# Digits after the point of ISO 4217 currencies that do not have two.
_EXPONENTS = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI"), 0),
    **dict.fromkeys(("VND", "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}


def to_text(amount: Decimal) -> str:
    """Plain notation without an exponent and without trailing zeros: what JSON carries."""
    text = format(amount or ZERO, "f")
    return text.rstrip("0").rstrip(".") or "0" if "." in text else text


def as_stored(amount: Decimal) -> Decimal:
    """What PostgreSQL makes of it in a NUMERIC(24,12) column: prices may have more digits than are kept."""
    return amount.quantize(_STORED, ROUND_HALF_UP)


def round_to_minor(amount: Decimal, currency: str) -> int:
    """Major units to the currency's minor units (cents), half-even."""
    exponent = _EXPONENTS.get(currency, 2)
    return int((amount * 10**exponent).to_integral_value(ROUND_HALF_EVEN))
