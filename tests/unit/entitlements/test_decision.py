"""Properties of the decision: whatever is known, it is refused for a reason that is there, and never otherwise."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.entitlements.decision import decide, tightest
from app.entitlements.types import (
    EVERYBODY,
    Bound,
    Decision,
    Entitlement,
    Estimate,
    LimitUnit,
    Mend,
    Reason,
)

NOW = datetime(2026, 11, 20, tzinfo=UTC)
REASONS = (Reason.QUOTA_EXCEEDED, Reason.BUDGET_EXCEEDED, Reason.INSUFFICIENT_CREDITS)
amounts = st.integers(-5, 20).map(Decimal)
bounds = st.builds(
    Bound,
    st.sampled_from(["plan", "entitlement", "customer", "wallet"]),
    st.just("x"),
    st.sampled_from(LimitUnit),
    st.none(),
    amounts,
    st.integers(0, 20).map(Decimal),
    st.sampled_from(REASONS),
    st.just((Mend.WAIT,)),
    st.booleans(),
)
entitlements = st.none() | st.builds(
    Entitlement,
    st.just(UUID(int=1)),
    st.just(EVERYBODY),
    st.just("search"),
    st.booleans(),
    st.none(),
    st.just(NOW),
)


@st.composite
def cases(draw: st.DrawFn) -> tuple[bool, Entitlement | None, list[Bound]]:
    return draw(st.booleans()), draw(entitlements), draw(st.lists(bounds, max_size=5))


Case = tuple[bool, Entitlement | None, list[Bound]]


def decided(case: Case) -> Decision:
    is_sold, entitlement, found = case
    return decide(
        feature="search", entitlement=entitlement, is_sold=is_sold, bounds=found, estimate=Estimate()
    )


class TestDecide:
    @given(cases())
    def test_allows_exactly_what_is_given_and_nothing_stands_against(self, case: Case) -> None:
        is_sold, entitlement, found = case
        is_given = entitlement.is_enabled if entitlement else not is_sold
        is_free = all(not b.is_hard or b.needed <= max(b.remaining, Decimal(0)) for b in found)
        assert decided(case).is_allowed == (is_given and is_free)

    @given(cases())
    def test_gives_a_reason_that_is_there_and_what_helps(self, case: Case) -> None:
        found = decided(case)
        assert found.is_allowed == (found.reason is Reason.ALLOWED) == (not found.mends)
        if found.reason in REASONS:
            assert found.tightest in case[2]
            assert found.tightest is not None
            assert (found.tightest.holds, found.tightest.reason) == (True, found.reason)

    @given(cases(), st.integers(1, 20))
    def test_never_refuses_less_of_what_it_allows(self, case: Case, divisor: int) -> None:
        smaller = [replace(bound, needed=bound.needed / divisor) for bound in case[2]]
        if decided(case).is_allowed:
            assert decided((case[0], case[1], smaller)).is_allowed

    @given(cases(), bounds)
    def test_never_allows_for_one_bound_more(self, case: Case, another: Bound) -> None:
        if not decided(case).is_allowed:
            assert not decided((case[0], case[1], [*case[2], another])).is_allowed

    def test_lets_a_question_without_a_feature_be_decided_by_the_bounds(self) -> None:
        found = decide(feature=None, entitlement=None, is_sold=False, bounds=[], estimate=Estimate())
        assert (found.is_allowed, found.tightest) == (True, None)


class TestTightest:
    @given(st.lists(bounds, min_size=1, max_size=5))
    def test_is_what_allows_the_fewest_repetitions(self, found: list[Bound]) -> None:
        least = tightest(found)
        assert least is not None
        assert least in found
        rivals = [bound for bound in found if bound.is_hard == least.is_hard and bound.needed > 0]
        if least.needed > 0:
            here = max(least.remaining, Decimal(0)) / least.needed
            assert all(here <= max(bound.remaining, Decimal(0)) / bound.needed for bound in rivals)

    def test_is_hard_wherever_one_is(self) -> None:
        soft = Bound(
            "plan", "x", LimitUnit.TOKENS, None, Decimal(0), Decimal(1), REASONS[0], (), is_hard=False
        )
        hard = replace(soft, remaining=Decimal(9), is_hard=True)
        assert (tightest([soft, hard]), tightest([soft]), tightest([])) == (hard, soft, None)
