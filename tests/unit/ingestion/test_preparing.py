"""Events as the rows that are written."""

import pytest

from app.ingestion import preparing


class TestLatencyBucket:
    @pytest.mark.parametrize(
        ("milliseconds", "bucket"),
        [(0, 0), (1, 0), (2, 8), (3, 12), (1_000, 79), (1_024, 80), (2**31 - 1, 247)],
    )
    def test_is_eight_to_each_doubling(self, milliseconds: int, bucket: int) -> None:
        assert preparing.latency_bucket(milliseconds) == bucket

    def test_holds_what_is_no_shorter_than_its_start(self) -> None:
        for milliseconds in range(1, 5_000):
            bucket = preparing.latency_bucket(milliseconds)
            assert 2 ** (bucket / 8) <= milliseconds + 1e-9
            assert milliseconds < 2 ** ((bucket + 1) / 8)
