"""Calendar periods in UTC."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.credits.types import Period
from app.entitlements.periods import end_of, start_of

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
moments = st.integers(10**5, 10**10).map(lambda seconds: EPOCH + timedelta(seconds=seconds))


class TestStartOf:
    @given(moments, st.sampled_from(Period))
    def test_begins_the_one_period_that_the_moment_is_in(self, at: datetime, period: Period) -> None:
        start = start_of(period, at)
        end = end_of(period, start)
        assert start <= at
        assert start_of(period, start) == start
        if end is not None:
            assert at < end
            assert start_of(period, end) == end
            assert start_of(period, end - timedelta(microseconds=1)) == start

    def test_begins_a_week_on_monday(self) -> None:
        assert start_of(Period.WEEK, datetime(2026, 11, 22, 23, tzinfo=UTC)) == datetime(
            2026, 11, 16, tzinfo=UTC
        )
