"""Moments that clients name."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.core import moments

EAST, WEST = timezone(timedelta(hours=14)), timezone(-timedelta(hours=12))


class TestFaults:
    @pytest.mark.parametrize(
        "at",
        [
            None,
            datetime(2026, 11, 20, 10, tzinfo=UTC),
            datetime(2026, 11, 20, 10, tzinfo=EAST),
            datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC),
        ],
    )
    def test_are_none_of_a_moment_that_can_be_kept(self, at: datetime | None) -> None:
        assert moments.faults("at", at) == []

    @pytest.mark.parametrize(
        ("at", "code"),
        [
            (datetime(2026, 11, 20, 10), "naive_time"),  # noqa: DTZ001 - what a careless client sends
            (datetime.min.replace(tzinfo=UTC), "out_of_range"),
            (datetime.min.replace(tzinfo=EAST), "out_of_range"),
            (datetime.max.replace(tzinfo=UTC), "out_of_range"),
            (datetime.max.replace(tzinfo=WEST), "out_of_range"),
        ],
    )
    def test_name_the_field_and_the_mend(self, at: datetime, code: str) -> None:
        [fault] = moments.faults("effective_to", at)
        assert (fault.field, fault.code) == ("effective_to", code)
        assert fault.message
