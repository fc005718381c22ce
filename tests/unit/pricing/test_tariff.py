"""Amounts so much a token, against the rating of single events."""

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from genai_prices.data import providers
from hypothesis import given
from hypothesis import strategies as st

from app.core.inference import Usage
from app.metering.types import EventType, Metered, Rating
from app.pricing.rating import DEFAULT_PRICES, OrgPrices, OwnPrice, Schedule
from app.pricing.sheet import Line, Sheet, Tier
from app.pricing.tariff import Parts

HOUR = datetime(2026, 11, 20, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LAST = HOUR + timedelta(hours=1) - timedelta(microseconds=1)
COUNTS = st.integers(min_value=0, max_value=2_000_000)
PARTS = st.tuples(COUNTS, COUNTS, COUNTS, COUNTS, COUNTS)
PRICE = st.decimals(min_value=0, max_value=10, places=9)
UNITS = st.sampled_from(
    [
        "tokens",
        "input_tokens",
        "output_tokens",
        "cached_input_tokens",
        "cache_write_tokens",
        "reasoning_tokens",
    ]
)
LINES = st.lists(st.tuples(UNITS, PRICE), min_size=1, max_size=4, unique_by=lambda line: line[0]).map(
    lambda found: [
        Line(position, "*", "*", unit, amount, Decimal(1_000))
        for position, (unit, amount) in enumerate(found)
    ]
)


def metered(provider: str, model: str, parts: Parts) -> Metered:
    plain, cached, written, spoken, reasoning = parts
    usage = Usage(plain + cached + written, spoken + reasoning, cached, written, reasoning)
    return Metered(EventType.TOKEN_USAGE, provider, model, usage)


def by_tariff(prices: OrgPrices, provider: str, model: str, parts: Parts) -> Rating | None:
    tariff = prices.tariff(provider, model, hour=HOUR, customer="c", tier=None)
    return None if tariff is None else tariff.rate(parts)


def by_itself(prices: OrgPrices, provider: str, model: str, parts: Parts, at: datetime = HOUR) -> Rating:
    return prices.rate(metered(provider, model, parts), at=at, customer="c", tier=None)


def table(lines: list[Line], start: datetime | None = HOUR, end: datetime | None = None) -> OrgPrices:
    return OrgPrices("1", {("all", ""): [Schedule("t@1", Sheet(lines), start, end, Decimal("0.25"))]})


def calls() -> Iterator[Parts]:
    """Short and long, on both sides of the thresholds that there are, with and without parts."""
    for length in (1, 128_001, 200_000, 200_001, 1_000_000):
        yield length, 0, 0, 17, 0
    yield 0, 200_001, 0, 1, 1
    yield 70_000, 70_000, 70_000, 500, 191


class TestRate:
    def test_says_what_is_said_of_each_event_for_every_model_of_the_list(self) -> None:
        names = [(provider.id, model.id) for provider in providers for model in provider.models]
        compared = [
            (found, by_itself(DEFAULT_PRICES, *name, parts, at))
            for name in names
            for parts, at in zip(calls(), itertools.cycle([HOUR, LAST]))
            if (found := by_tariff(DEFAULT_PRICES, *name, parts)) is not None
        ]

        assert [pair for pair in compared if pair[0] != pair[1]] == []
        assert len(compared) > 9_000

    @given(LINES, PARTS)
    def test_names_the_rules_of_the_orgs_table_and_what_it_earns(
        self, lines: list[Line], parts: Parts
    ) -> None:
        prices = table(lines)
        found = by_tariff(prices, "openai", "gpt-4o", parts)

        assert found is None or found == by_itself(prices, "openai", "gpt-4o", parts)

    @given(LINES, PARTS)
    def test_costs_what_the_org_pays(self, lines: list[Line], parts: Parts) -> None:
        prices = OrgPrices(own=[OwnPrice("own", Sheet(lines), HOUR, None)])
        found = by_tariff(prices, "openai", "gpt-4o", parts)

        assert found is None or found == by_itself(prices, "openai", "gpt-4o", parts)

    def test_leaves_a_kind_without_a_price_to_the_rating_of_the_event(self) -> None:
        prices = table([Line(0, "*", "*", "input_tokens", Decimal(1), Decimal(1))])

        assert by_tariff(prices, "openai", "gpt-4o", (5, 0, 0, 5, 0)) is None


class TestTariff:
    def test_of_common_prices_exists(self) -> None:
        assert by_tariff(
            table([Line(3, "*", "*", "tokens", Decimal(1), Decimal(1))]), "openai", "gpt-4o", (1, 0, 0, 1, 0)
        )

    @pytest.mark.parametrize(
        ("start", "end"), [(HOUR + MINUTE, None), (HOUR - MINUTE, HOUR + MINUTE), (LAST, None)]
    )
    def test_is_none_where_a_table_begins_or_ends_within_the_hour(
        self, start: datetime, end: datetime | None
    ) -> None:
        prices = table([Line(0, "*", "*", "tokens", Decimal(1), Decimal(1))], start, end)

        assert prices.tariff("openai", "gpt-4o", hour=HOUR, customer=None, tier=None) is None

    def test_is_none_where_an_own_price_begins_within_the_hour(self) -> None:
        sheet = Sheet([Line(0, "*", "*", "tokens", Decimal(1), Decimal(1))])
        prices = OrgPrices(own=[OwnPrice("own", sheet, HOUR + MINUTE, None)])

        assert prices.tariff("openai", "gpt-4o", hour=HOUR, customer=None, tier=None) is None

    def test_is_none_where_more_costs_another_price(self) -> None:
        tiered = Line(0, "*", "*", "tokens", Decimal(1), Decimal(1), [Tier(Decimal(10), Decimal(2))])

        assert table([tiered]).tariff("openai", "gpt-4o", hour=HOUR, customer=None, tier=None) is None

    @pytest.mark.parametrize(("provider", "model"), [("local", "m"), ("openai", "no-such-model")])
    def test_is_none_of_what_the_list_does_not_know(self, provider: str, model: str) -> None:
        assert DEFAULT_PRICES.tariff(provider, model, hour=HOUR, customer=None, tier=None) is None
