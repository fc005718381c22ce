"""What a month comes to."""

import pytest

from app.plans.bills import bill
from tests.factories.plans import ENTERPRISE, FREE, PRO


class TestBill:
    @pytest.mark.parametrize(
        ("tokens", "overage_tokens", "overage_minor"),
        [
            (0, 0, 0),
            (5_000_000, 0, 0),
            (5_000_001, 1, 0),
            (5_001_000, 1_000, 2),
            # Half a cent goes to the even one, whichever side that is on.
            (5_000_250, 250, 0),
            (5_000_750, 750, 2),
            (7_500_000, 2_500_000, 5_000),
        ],
    )
    def test_adds_what_was_used_beyond_the_plan_rounded_once(
        self, tokens: int, overage_tokens: int, overage_minor: int
    ) -> None:
        made = bill(PRO, tokens)
        assert (made.overage_tokens, made.overage_minor) == (overage_tokens, overage_minor)
        assert (made.base_minor, made.total_minor) == (4_900, 4_900 + overage_minor)

    def test_of_a_plan_that_sells_no_more_tokens_is_its_price(self) -> None:
        made = bill(FREE, 60_000)
        assert (made.base_minor, made.overage_tokens, made.total_minor) == (0, 0, 0)

    def test_of_a_contract_is_not_known(self) -> None:
        made = bill(ENTERPRISE, 10**12)
        assert (made.base_minor, made.overage_minor, made.total_minor) == (None, 0, None)
