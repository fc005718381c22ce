"""Usage in, cost and credits out."""

from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.core.inference import Usage
from app.pricing import costs, rating
from app.pricing.rating import BurnRule

AT = datetime(2026, 11, 20, 10, tzinfo=UTC)
TOKENS = st.integers(min_value=0, max_value=10**9)


class TestRate:
    @given(TOKENS, TOKENS)
    def test_burns_exactly_a_credit_per_thousand_tokens(self, input_tokens: int, output_tokens: int) -> None:
        rated = rating.rate("local", "extractive-1", Usage(input_tokens, output_tokens), at=AT)

        assert rated.credits * 1_000 == input_tokens + output_tokens
        assert rated.burn_ref == "default@1"

    @given(TOKENS, TOKENS)
    def test_counts_parts_of_a_whole_once(self, cached: int, reasoning: int) -> None:
        usage = Usage(cached, reasoning, cached_input_tokens=cached, reasoning_tokens=reasoning)

        assert rating.rate("local", "m", usage, at=AT).credits * 1_000 == cached + reasoning

    @given(
        TOKENS,
        TOKENS,
        st.sampled_from([("openai", "gpt-4o"), ("anthropic", "claude-sonnet-4-5"), ("local", "m")]),
    )
    def test_never_touches_a_float(
        self, input_tokens: int, output_tokens: int, model: tuple[str, str]
    ) -> None:
        rated = rating.rate(*model, Usage(input_tokens, output_tokens), at=AT)

        assert type(rated.credits) is Decimal
        assert type(rated.cost_usd) is Decimal

    def test_takes_cost_and_its_source_from_the_list(self) -> None:
        usage = Usage(1_234, 567, cached_input_tokens=1_000)
        rated = rating.rate("openai", "gpt-4o", usage, at=AT)
        cost = costs.of("openai", "gpt-4o", usage, at=AT)

        assert cost is not None
        assert (rated.cost_usd, rated.cost_ref) == (cost.usd, cost.ref)
        # 234 at $2.50, 1,000 cached at $1.25, 567 at $10, each a million
        assert rated.cost_usd == Decimal("0.007505")

    def test_leaves_an_unknown_model_unrated_but_burns_its_credits(self) -> None:
        rated = rating.rate("openai", "a-model-of-tomorrow", Usage(1_500, 500), at=AT)

        assert rated.cost_usd is None
        assert rated.cost_ref is None
        assert rated.credits == 2

    def test_costs_nothing_locally(self) -> None:
        rated = rating.rate("local", "extractive-1", Usage(10, 10), at=AT)

        assert rated.cost_usd == 0
        assert rated.cost_ref == "launchkit:extractive-1"

    def test_burns_by_the_rule_that_it_is_given(self) -> None:
        rule = BurnRule("mine@3", Decimal("0.7"), 500)
        rated = rating.rate("local", "m", Usage(1_000, 250), at=AT, burn=rule)

        assert rated.credits == Decimal("1.75")
        assert rated.burn_ref == "mine@3"
