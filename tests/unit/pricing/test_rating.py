"""Usage in, cost and credits out."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.inference import Usage
from app.metering.types import UNRATED, EventType, Metered, Rating
from app.pricing import costs
from app.pricing.rating import DEFAULT_PRICES, OrgPrices, OwnPrice, Schedule
from app.pricing.sheet import Line, Sheet

AT = datetime(2026, 11, 20, 10, tzinfo=UTC)
DAY = timedelta(days=1)
TOKENS = st.integers(min_value=0, max_value=10**9)
MODELS = st.sampled_from([("openai", "gpt-4o"), ("anthropic", "claude-sonnet-4-5"), ("local", "m")])


def tokens(usage: Usage, provider: str = "local", model: str = "extractive-1") -> Metered:
    return Metered(EventType.TOKEN_USAGE, provider, model, usage)


def rate(
    metered: Metered,
    prices: OrgPrices = DEFAULT_PRICES,
    *,
    at: datetime = AT,
    customer: str | None = None,
    tier: str | None = None,
) -> Rating:
    return prices.rate(metered, at=at, customer=customer, tier=tier)


def table(
    amount: int | str,
    *,
    unit: str = "tokens",
    model: str = "*",
    start: datetime = AT,
    end: datetime | None = None,
    credit_price: str | None = None,
) -> Schedule:
    lines = [Line(0, "*", model, unit, Decimal(amount), Decimal(1))]
    return Schedule(
        f"t{amount}", Sheet(lines), start, end, None if credit_price is None else Decimal(credit_price)
    )


def own(usd: str, *, model: str = "*", unit: str = "tokens", start: datetime = AT) -> OwnPrice:
    return OwnPrice(f"own {usd}", Sheet([Line(0, "*", model, unit, Decimal(usd), Decimal(1))]), start, None)


class TestDefault:
    @given(TOKENS, TOKENS)
    def test_burns_exactly_a_credit_per_thousand_tokens(self, input_tokens: int, output_tokens: int) -> None:
        rated = rate(tokens(Usage(input_tokens, output_tokens)))

        assert rated.credits * 1_000 == input_tokens + output_tokens
        assert rated.burn_ref == "default@1"

    @given(TOKENS, TOKENS)
    def test_counts_parts_of_a_whole_once(self, cached: int, reasoning: int) -> None:
        usage = Usage(cached, reasoning, cached_input_tokens=cached, reasoning_tokens=reasoning)

        assert rate(tokens(usage)).credits * 1_000 == cached + reasoning

    @given(TOKENS, TOKENS, MODELS)
    def test_never_touches_a_float(
        self, input_tokens: int, output_tokens: int, model: tuple[str, str]
    ) -> None:
        rated = rate(tokens(Usage(input_tokens, output_tokens), *model))

        assert type(rated.credits) is Decimal
        assert type(rated.cost_usd) is Decimal

    def test_has_no_revenue(self) -> None:
        assert rate(tokens(Usage(1_000))).revenue_usd is None

    def test_does_not_know_what_an_image_or_a_page_burns(self) -> None:
        page = Metered(EventType.CUSTOM, "", "", unit_type="pages", quantity=Decimal(1))

        assert rate(page) == Rating(None, Decimal(0), None, UNRATED)


class TestBurn:
    def test_names_table_and_rules(self) -> None:
        lines = [
            Line(n, "*", "*", unit, Decimal(1), Decimal(1))
            for n, unit in enumerate(("output_tokens", "tokens"))
        ]
        prices = OrgPrices("1", {("all", ""): [Schedule("burn_x@2", Sheet(lines), AT)]})

        assert rate(tokens(Usage(1, 1)), prices).burn_ref == "burn_x@2#1,0"
        assert rate(tokens(Usage(0, 1)), prices).burn_ref == "burn_x@2#0"

    @pytest.mark.parametrize(
        ("customer", "tier", "expected"),
        [("a", "gold", 1), ("a", None, 1), ("b", "gold", 2), ("b", "none", 3), (None, None, 3)],
    )
    def test_is_by_the_customers_table_then_its_tiers_then_that_of_all(
        self, customer: str | None, tier: str | None, expected: int
    ) -> None:
        tables = {("customer", "a"): [table(1)], ("tier", "gold"): [table(2)], ("all", ""): [table(3)]}

        assert (
            rate(tokens(Usage(1)), OrgPrices("1", tables), customer=customer, tier=tier).credits == expected
        )

    def test_is_by_the_table_of_that_time(self) -> None:
        versions = [table(2, start=AT + DAY), table(1, start=AT, end=AT + DAY)]
        prices = OrgPrices("1", {("all", ""): versions})
        instant = timedelta(microseconds=1)
        found = [
            rate(tokens(Usage(1_000)), prices, at=at).credits
            for at in (AT - instant, AT, AT + DAY - instant, AT + DAY, AT + 9 * DAY)
        ]

        assert found == [1, 1_000, 1_000, 2_000, 2_000]

    def test_of_a_table_without_a_rule_for_it_is_unknown_whatever_other_tables_say(self) -> None:
        tables = {("customer", "a"): [table(1, model="gpt-4*")], ("all", ""): [table(3)]}
        rated = rate(tokens(Usage(1), "openai", "o3"), OrgPrices("1", tables), customer="a")

        assert rated == Rating(None, Decimal(0), None, UNRATED)

    def test_that_no_column_could_keep_is_unknown(self) -> None:
        prices = OrgPrices("1", {("all", ""): [table(10**11)]})

        assert rate(tokens(Usage(9)), prices).credits == 9 * 10**11
        assert rate(tokens(Usage(10)), prices).burn_ref == UNRATED

    def test_sells_at_the_tables_price(self) -> None:
        prices = OrgPrices("1", {("all", ""): [table(3, credit_price="0.01")]})

        assert rate(tokens(Usage(10)), prices).revenue_usd == Decimal("0.3")

    @given(TOKENS, TOKENS, st.decimals(0, 100, places=12), st.decimals(0, 1, places=12))
    def test_rounds_what_is_kept_at_the_twelfth_digit_and_nothing_before(
        self, input_tokens: int, output_tokens: int, price: Decimal, credit_price: Decimal
    ) -> None:
        lines = [Line(0, "*", "*", "tokens", price, Decimal(3))]
        prices = OrgPrices("1", {("all", ""): [Schedule("t", Sheet(lines), AT, None, credit_price)]})
        rated = rate(tokens(Usage(input_tokens, output_tokens)), prices)

        assert abs(rated.credits * 3 - price * (input_tokens + output_tokens)) <= Decimal("1.5E-12")
        assert rated.credits.as_tuple().exponent == -12
        assert rated.revenue_usd is not None
        assert rated.revenue_usd.as_tuple().exponent == -12


class TestCost:
    def test_is_the_lists(self) -> None:
        metered = tokens(Usage(1_234, 567, cached_input_tokens=1_000), "openai", "gpt-4o")
        rated = rate(metered)
        cost = costs.of(metered, at=AT)

        assert cost is not None
        assert (rated.cost_usd, rated.cost_ref) == (cost.usd, cost.ref)
        # 234 at $2.50, 1,000 cached at $1.25, 567 at $10, each a million
        assert rated.cost_usd == Decimal("0.007505")

    def test_of_an_unknown_model_is_unknown_but_its_credits_are_not(self) -> None:
        rated = rate(tokens(Usage(1_500, 500), "openai", "a-model-of-tomorrow"))

        assert (rated.cost_usd, rated.cost_ref) == (None, None)
        assert rated.credits == 2

    def test_of_a_local_model_is_nothing(self) -> None:
        rated = rate(tokens(Usage(10, 10)))

        assert (rated.cost_usd, rated.cost_ref) == (Decimal(0), "launchkit:extractive-1")

    def test_is_the_orgs_own_while_that_is_effective(self) -> None:
        prices = OrgPrices("1", own=[own("0.5", start=AT)])
        gpt = tokens(Usage(2), "openai", "gpt-4o")

        assert rate(gpt, prices).cost_usd == 1
        assert rate(gpt, prices).cost_ref == "own 0.5"
        assert rate(gpt, prices, at=AT - DAY) == rate(gpt, at=AT - DAY)

    def test_is_the_orgs_own_of_the_first_that_matches(self) -> None:
        prices = OrgPrices("1", own=[own("2", model="gpt-4o"), own("1")])

        assert rate(tokens(Usage(1), "openai", "gpt-4o"), prices).cost_usd == 2
        assert rate(tokens(Usage(1), "openai", "o3"), prices).cost_usd == 1

    def test_is_unknown_where_the_orgs_own_leaves_a_part_out(self) -> None:
        """Two sources of one price would be a guess."""
        prices = OrgPrices("1", own=[own("1", unit="input_tokens")])

        assert rate(tokens(Usage(1, 1), "openai", "gpt-4o"), prices).cost_usd is None

    def test_of_an_image_is_the_orgs_own(self) -> None:
        image = Metered(EventType.IMAGE_GENERATION, "openai", "dall-e-3", quantity=Decimal(3))
        tables = {("all", ""): [table(5, unit="images")]}

        assert rate(image, OrgPrices("1", tables, [own("0.04", unit="images")])).cost_usd == Decimal("0.12")
        assert rate(image, OrgPrices("1", tables)).cost_usd is None


class TestQuote:
    def test_tells_the_half_that_is_known(self) -> None:
        prices = OrgPrices("1", {("all", ""): [table(1, model="gpt-4*")]})
        quote = prices.quote(tokens(Usage(1_000_000), "openai", "o3"), at=AT, customer=None, tier=None)

        assert (quote.credits, quote.cost_usd) == (None, Decimal(2))

    @given(TOKENS, TOKENS, MODELS)
    def test_is_what_is_rated(self, input_tokens: int, output_tokens: int, model: tuple[str, str]) -> None:
        metered = tokens(Usage(input_tokens, output_tokens), *model)
        quote = DEFAULT_PRICES.quote(metered, at=AT, customer=None, tier=None)
        rated = rate(metered)

        assert (quote.credits, quote.cost_usd) == (rated.credits, rated.cost_usd)
