"""Milliseconds of a bucket."""

from math import floor, log2

import pytest

from app.analytics import latency


class TestMilliseconds:
    @pytest.mark.parametrize("exact", [20, 57, 100, 999, 1_000, 30_000, 123_456])
    def test_are_at_most_four_and_a_half_per_cent_off(self, exact: int) -> None:
        found = latency.milliseconds(floor(8 * log2(exact)))
        assert found == pytest.approx(exact, rel=0.045, abs=0.5 * (exact < 50))
