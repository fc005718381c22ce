"""Token buckets as arithmetic."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from app.core import token_bucket
from app.core.token_bucket import Quota, Volume

SECOND = 1_000_000
NOW = 1_795_000_000 * SECOND

quotas = st.builds(Quota, st.integers(1, 10_000), st.integers(1, 120))
steps = st.lists(st.tuples(st.integers(0, 30 * SECOND), st.integers(0, 20)), max_size=60)


def granted(quota: Quota, sequence: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The (moment, cost) of what one bucket gave."""
    now, full_at = NOW, None
    given_out = []
    for waited, cost in sequence:
        now += waited
        taken = token_bucket.take([full_at], [quota], cost=cost, now=now)
        full_at = now + taken.missing[0]
        if taken.is_granted:
            given_out.append((now, cost))
    return given_out


class TestTake:
    @given(quotas, steps)
    def test_never_gives_more_than_the_amount_and_what_flowed_in_since(
        self, quota: Quota, sequence: list[tuple[int, int]]
    ) -> None:
        given_out = granted(quota, sequence)
        for first, (start, _) in enumerate(given_out):
            for last in range(first, len(given_out)):
                spent = sum(cost for _, cost in given_out[first : last + 1])
                flowed = (given_out[last][0] - start) * quota.amount / (quota.seconds * SECOND)
                assert spent <= quota.amount + flowed + 1e-6

    @given(quotas)
    def test_gives_the_whole_amount_at_once_and_then_nothing(self, quota: Quota) -> None:
        assert token_bucket.take([None], [quota], cost=quota.amount, now=NOW).is_granted
        assert not token_bucket.take([None], [quota], cost=quota.amount + 1, now=NOW).is_granted
        assert not token_bucket.take([NOW + quota.span], [quota], cost=1, now=NOW).is_granted

    @given(quotas, st.integers(1, 50))
    def test_gives_again_exactly_when_it_said(self, quota: Quota, cost: int) -> None:
        cost = min(cost, quota.amount)
        empty = NOW + quota.span
        wait = round(token_bucket.seconds_until(quota, quota.span, cost=cost) * SECOND)
        assert token_bucket.take([empty], [quota], cost=cost, now=NOW + wait).is_granted
        assert not token_bucket.take([empty], [quota], cost=cost, now=NOW + wait - 1).is_granted

    def test_of_several_buckets_is_all_or_nothing(self) -> None:
        wide, narrow = Quota(100), Quota(2)
        full = [NOW + SECOND, NOW + narrow.span]
        taken = token_bucket.take(full, [wide, narrow], cost=1, now=NOW)
        assert taken == (False, [SECOND, narrow.span]), "as before"

    def test_of_nothing_spends_nothing(self) -> None:
        assert token_bucket.take([NOW + 5], [Quota(60)], cost=0, now=NOW) == (True, [5])

    def test_forgets_what_a_clock_set_back_or_a_smaller_plan_would_owe(self) -> None:
        quota = Quota(60)
        taken = token_bucket.take([NOW + 3600 * SECOND], [quota], cost=0, now=NOW)
        assert taken.missing == [quota.span]


class TestVolume:
    @given(st.integers(1, 1_000_000_000), st.lists(st.integers(1, 100_000_000), max_size=20))
    def test_gives_no_more_than_its_amount_at_once(self, amount: int, costs: list[int]) -> None:
        volume, full_at, given_out = Volume(amount), None, 0
        for cost in costs:
            taken = token_bucket.take([full_at], [volume], cost=cost, now=NOW)
            full_at = NOW + taken.missing[0]
            given_out += cost * taken.is_granted
        assert given_out <= amount

    @given(st.integers(1, 1_000_000_000))
    def test_flows_in_within_its_seconds_whatever_the_amount(self, amount: int) -> None:
        volume = Volume(amount)
        assert token_bucket.take([None], [volume], cost=amount, now=NOW).is_granted
        assert token_bucket.take([NOW + volume.span], [volume], cost=amount, now=NOW + 60 * SECOND).is_granted
        assert token_bucket.remaining(volume, 0) == amount


class TestCorrect:
    def test_gives_back_and_takes_more(self) -> None:
        volume = Volume(600)
        empty = NOW + 60 * SECOND
        assert token_bucket.correct(empty, volume, tokens=-100, now=NOW) == 50 * SECOND
        assert token_bucket.correct(empty, volume, tokens=100, now=NOW) == 70 * SECOND

    def test_makes_no_bucket_more_than_full_nor_owe_more_than_another_minute(self) -> None:
        volume = Volume(600)
        assert token_bucket.correct(NOW + SECOND, volume, tokens=-600, now=NOW) == 0
        assert token_bucket.correct(None, volume, tokens=9_000, now=NOW) == 120 * SECOND


class TestRemaining:
    def test_counts_whole_tokens(self) -> None:
        quota = Quota(60)
        missing = {0: 60, 1: 59, SECOND: 59, SECOND + 1: 58, 60 * SECOND: 0, 61 * SECOND: 0}
        assert {one: token_bucket.remaining(quota, one) for one in missing} == missing


class TestSecondsUntilFull:
    def test_rounds_up(self) -> None:
        assert [token_bucket.seconds_until_full(one) for one in (0, 1, SECOND, SECOND + 1)] == [0, 1, 1, 2]
