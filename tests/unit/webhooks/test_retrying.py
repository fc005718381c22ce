"""What an attempt comes to. Pure."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.webhooks import retrying
from app.webhooks.retrying import WINDOW, Outcome, State

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def following(outcome: Outcome, tries: int = 1, until: timedelta = WINDOW) -> retrying.Next:
    return retrying.after(outcome, tries=tries, retry_until=NOW + until, now=NOW, rng=random.Random(1))


class TestAfter:
    @pytest.mark.parametrize("status", [200, 201, 204, 299])
    def test_is_success_where_the_answer_says_so(self, status: int) -> None:
        assert following(Outcome(status)) == retrying.Next(State.SUCCEEDED, NOW)

    @pytest.mark.parametrize("status", [None, 199, 300, 301, 400, 404, 429, 500])
    def test_is_another_attempt_otherwise(self, status: int | None) -> None:
        found = following(Outcome(status))
        assert found.state is State.PENDING
        assert found.due_at > NOW

    def test_is_the_end_where_the_endpoint_is_gone(self) -> None:
        assert following(Outcome(410)).state is State.DEAD

    def test_is_the_end_where_no_attempt_fits_before_it(self) -> None:
        assert following(Outcome(500), until=timedelta(milliseconds=500)).state is State.DEAD

    def test_waits_as_long_as_it_is_asked_to(self) -> None:
        assert following(Outcome(503, retry_after=timedelta(hours=5))).due_at == NOW + timedelta(hours=5)

    def test_makes_some_dozen_attempts_in_a_day(self) -> None:
        counts = []
        for seed in range(200):
            rng, now, tries = random.Random(seed), NOW, 1
            while True:
                found = retrying.after(Outcome(500), tries=tries, retry_until=NOW + WINDOW, now=now, rng=rng)
                if found.state is State.DEAD:
                    break
                now, tries = found.due_at, tries + 1
            counts.append(tries)

        assert min(counts) >= 8
        assert max(counts) <= 40


class TestPause:
    @given(st.integers(1, 10_000), st.integers())
    def test_is_never_shorter_than_a_second_nor_longer_than_four_hours(self, tries: int, seed: int) -> None:
        assert timedelta(seconds=1) <= retrying.pause(tries, random.Random(seed)) <= timedelta(hours=4)


class TestWaitAskedFor:
    @pytest.mark.parametrize(
        ("status", "header", "wait"),
        [
            (429, "120", timedelta(minutes=2)),
            (503, " 7 ", timedelta(seconds=7)),
            (429, "Fri, 20 Nov 2026 10:05:00 GMT", timedelta(minutes=5)),
            (429, "Fri, 20 Nov 2026 09:00:00 GMT", timedelta(0)),
            (429, "999999999", timedelta(hours=12)),
            (503, "Fri, 20 Nov 2099 10:00:00 GMT", timedelta(hours=12)),
            (429, "9" * 5_000, None),
            (429, "-5", None),
            (429, "soon", None),
            (429, "Fri, 99999999999999999999 Nov 2026 10:05:00 GMT", None),
            (429, "\u0663", None),
            (429, None, None),
            (500, "120", None),
        ],
    )
    def test_reads_seconds_and_dates(self, status: int, header: str | None, wait: timedelta | None) -> None:
        assert retrying.wait_asked_for(status, header, now=NOW) == wait
