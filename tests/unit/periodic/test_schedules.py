"""When periodic work is due."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.periodic.schedules import Cron, Every

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
MOMENTS = st.timedeltas(timedelta(days=-400), timedelta(days=36_000)).map(lambda since: EPOCH + since)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class TestEvery:
    @pytest.mark.parametrize(
        ("interval", "now", "due"),
        [
            (timedelta(hours=1), "2026-11-20T10:20:00", "2026-11-20T11:00:00"),
            (timedelta(hours=1), "2026-11-20T11:00:00", "2026-11-20T12:00:00"),
            (timedelta(days=1), "2026-11-20T00:00:01", "2026-11-21T00:00:00"),
            (timedelta(weeks=1), "2026-11-20T00:00:00", "2026-11-23T00:00:00"),
        ],
    )
    def test_is_due_when_the_clock_is_round(self, interval: timedelta, now: str, due: str) -> None:
        assert Every(interval).following(at(now)) == at(due)

    @given(MOMENTS, st.integers(1, 10_000_000))
    def test_is_due_after_now_and_within_an_interval(self, now: datetime, seconds: int) -> None:
        interval = timedelta(seconds=seconds)
        due = Every(interval).following(now)
        assert now < due <= now + interval
        assert Every(interval).following(due) == due + interval

    def test_refuses_less_than_a_second(self) -> None:
        with pytest.raises(ValueError, match="use a second or more"):
            Every(timedelta(milliseconds=999))


class TestCron:
    @pytest.mark.parametrize(
        ("expression", "now", "due"),
        [
            ("0 3 * * *", "2026-11-20T02:59:59", "2026-11-20T03:00:00"),
            ("0 3 * * *", "2026-11-20T03:00:00", "2026-11-21T03:00:00"),
            ("*/15 * * * *", "2026-11-20T03:01:00", "2026-11-20T03:15:00"),
            ("0 0 L * *", "2026-02-01T00:00:00", "2026-02-28T00:00:00"),
            ("* * * * * *", "2026-11-20T03:00:00", "2026-11-20T03:00:01"),
        ],
    )
    def test_is_due_as_cron_says_in_utc(self, expression: str, now: str, due: str) -> None:
        assert Cron(expression).following(at(now)) == at(due)

    def test_counts_in_utc_whatever_zone_now_is_in(self) -> None:
        now = datetime.fromisoformat("2026-11-20T04:30:00+02:00")
        assert Cron("0 3 * * *").following(now) == at("2026-11-20T03:00:00")

    @pytest.mark.parametrize("expression", ["", "never", "* * *", "61 * * * *", "0 0 31 2 *", "* " * 60])
    def test_refuses_what_is_no_schedule(self, expression: str) -> None:
        with pytest.raises(ValueError, match="cron expression"):
            Cron(expression)
