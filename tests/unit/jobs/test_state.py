"""The table of transitions, and the rules of time around it."""

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.jobs import state
from app.jobs.state import MAX_LOSSES, TERMINAL, TRANSITIONS, Backoff, State, after_loss, can_follow

LIVE = sorted(set(State) - TERMINAL)
SIX_HUNDRED_SECONDS = timedelta(minutes=10)


class TestTransitions:
    def test_name_every_state(self) -> None:
        assert set(TRANSITIONS) == set(State)

    def test_end_in_exactly_these_states(self) -> None:
        assert {State.SUCCEEDED, State.FAILED, State.CANCELLED, State.EXPIRED} == TERMINAL

    @given(st.data())
    def test_never_lead_out_of_the_table(self, data: st.DataObject) -> None:
        current = data.draw(st.sampled_from(State))
        for _ in range(data.draw(st.integers(0, 30))):
            following = sorted(TRANSITIONS[current])
            if not following:
                assert current in TERMINAL
                break
            chosen = data.draw(st.sampled_from(following))
            assert can_follow(current, chosen)
            current = chosen
        assert current in TRANSITIONS

    @given(st.sampled_from(sorted(TERMINAL)), st.sampled_from(State))
    def test_never_leave_a_terminal_state(self, last: State, other: State) -> None:
        assert not can_follow(last, other)

    @pytest.mark.parametrize("start", LIVE)
    def test_lead_from_every_live_state_to_an_end(self, start: State) -> None:
        reached = {start}
        while not reached & TERMINAL:
            further = reached.union(*(TRANSITIONS[one] for one in reached))
            assert further != reached, f"{start} is a trap"
            reached = further

    @pytest.mark.parametrize("current", State)
    def test_never_stand_still(self, current: State) -> None:
        assert not can_follow(current, current)

    def test_cancel_a_running_job_only_by_way_of_cancelling_or_at_once(self) -> None:
        assert TRANSITIONS[State.CANCELLING] == {State.CANCELLED}
        assert not can_follow(State.CANCELLING, State.SCHEDULED), "a cancelled job is never retried"


class TestBackoff:
    @given(st.integers(1, 10_000), st.integers())
    def test_stays_within_the_doubling_bound_and_the_cap(self, attempt: int, seed: int) -> None:
        pause = Backoff().pause(attempt, Random(seed))
        bound = min(SIX_HUNDRED_SECONDS, timedelta(seconds=2) * 2 ** min(attempt - 1, 20))
        assert timedelta(0) <= pause <= bound

    @given(st.integers(1, 12))
    def test_uses_the_whole_range_so_that_retries_spread(self, attempt: int) -> None:
        bound = min(SIX_HUNDRED_SECONDS, timedelta(seconds=2) * 2 ** (attempt - 1))
        pauses = [Backoff().pause(attempt, Random(seed)) for seed in range(200)]
        assert min(pauses) < bound * 0.1
        assert max(pauses) > bound * 0.9

    def test_doubles_until_the_cap(self) -> None:
        longest = [Backoff().pause(attempt, _Upper()) for attempt in range(1, 12)]
        assert longest[:4] == [timedelta(seconds=s) for s in (2, 4, 8, 16)]
        assert longest == sorted(longest)
        assert longest[-1] == SIX_HUNDRED_SECONDS


class _Upper(Random):
    def random(self) -> float:
        return 1.0


class TestAfterLoss:
    @given(st.integers(1, 20))
    def test_follows_the_table(self, losses: int) -> None:
        for current in (State.RUNNING, State.CANCELLING):
            assert can_follow(current, after_loss(current, losses))

    @pytest.mark.parametrize("losses", range(1, MAX_LOSSES))
    def test_gives_the_job_to_another_worker(self, losses: int) -> None:
        assert after_loss(State.RUNNING, losses) is State.SCHEDULED

    @pytest.mark.parametrize("losses", [MAX_LOSSES, MAX_LOSSES + 1])
    def test_fails_a_job_that_takes_every_worker_with_it(self, losses: int) -> None:
        assert MAX_LOSSES == 3
        assert after_loss(State.RUNNING, losses) is State.FAILED

    @pytest.mark.parametrize("losses", [1, MAX_LOSSES])
    def test_ends_a_job_that_was_being_cancelled(self, losses: int) -> None:
        assert after_loss(State.CANCELLING, losses) is State.CANCELLED


class TestLease:
    def test_outlives_two_missed_renewals(self) -> None:
        assert state.RENEWALS_IN_A_LEASE >= 3
        assert timedelta(seconds=30) == state.LEASE
