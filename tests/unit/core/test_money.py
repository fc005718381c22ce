"""Money: exact, and rounded in one place."""

import json
from decimal import ROUND_HALF_EVEN, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import money

AMOUNTS = st.decimals(
    min_value=Decimal("-1e12"), max_value=Decimal("1e12"), allow_nan=False, allow_infinity=False, places=12
)


class TestToText:
    @pytest.mark.parametrize(
        ("amount", "text"),
        [
            ("0", "0"),
            ("0.000000000000", "0"),
            ("-0.00", "0"),
            ("0E-12", "0"),
            ("1.500", "1.5"),
            ("100", "100"),
            ("1E+3", "1000"),
            ("1E-12", "0.000000000001"),
            ("-2.50", "-2.5"),
            ("10.0", "10"),
        ],
    )
    def test_is_plain_and_short(self, amount: str, text: str) -> None:
        assert money.to_text(Decimal(amount)) == text

    @given(AMOUNTS)
    def test_loses_nothing(self, amount: Decimal) -> None:
        text = money.to_text(amount)

        assert Decimal(text) == amount
        assert "E" not in text.upper()
        assert json.loads(text) == pytest.approx(float(amount))

    @given(AMOUNTS, st.integers(min_value=0, max_value=6))
    def test_is_the_same_however_the_number_was_written(self, amount: Decimal, zeros: int) -> None:
        padded = Decimal(f"{amount:.12f}{'0' * zeros}")

        assert money.to_text(padded) == money.to_text(amount)


class TestRoundToMinor:
    @pytest.mark.parametrize(
        ("amount", "currency", "minor"),
        [
            ("1.005", "USD", 100),
            ("1.015", "USD", 102),
            ("1.0051", "USD", 101),
            ("-1.005", "USD", -100),
            ("0.5", "JPY", 0),
            ("1.5", "JPY", 2),
            ("1.2345", "KWD", 1234),
            ("1.2355", "KWD", 1236),
            ("1", "XOF", 1),
            ("1", "PYG", 1),
            ("1", "JOD", 1000),
            ("12.34", "EUR", 1234),
        ],
    )
    def test_rounds_half_to_even_in_the_currency_s_own_unit(
        self, amount: str, currency: str, minor: int
    ) -> None:
        assert money.round_to_minor(Decimal(amount), currency) == minor

    @given(AMOUNTS)
    def test_is_within_half_a_cent_and_even_where_it_is_half(self, amount: Decimal) -> None:
        minor = money.round_to_minor(amount, "EUR")

        assert abs(Decimal(minor) - amount * 100) <= Decimal("0.5")
        assert minor == int((amount * 100).quantize(Decimal(1), ROUND_HALF_EVEN))
