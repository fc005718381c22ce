"""What scalars take."""

from typing import Any

import pytest

from schema.core.scalars import SCALARS, BigInt


class TestBigInt:
    @pytest.mark.parametrize("given", [0, -1, 2**63 - 1, -(2**63), "5", str(-(2**63))])
    def test_is_a_whole_number_or_its_text(self, given: Any) -> None:
        assert SCALARS[BigInt].parse_value(given) == int(given)

    @pytest.mark.parametrize("given", [True, None, 1.5, "x", "", "1.5", 2**63, str(2**63), "9" * 5_000, [1]])
    def test_refuses_all_else_in_words(self, given: Any) -> None:
        with pytest.raises(ValueError, match=r"^BigInt is a whole number of 64 bits"):
            SCALARS[BigInt].parse_value(given)
