"""What a call costs, against a calculation of our own from the price list's data, for every model in it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import genai_prices
import pytest
from genai_prices.data import providers
from genai_prices.types import (
    ConditionalPrice,
    ModelInfo,
    ModelPrice,
    Provider,
    StartDateConstraint,
    TieredPrices,
    TimeOfDateConstraint,
)
from hypothesis import given
from hypothesis import strategies as st

from app.core.inference import Usage
from app.metering.types import EventType, Metered
from app.pricing import costs

AT = datetime(2026, 11, 20, 10, tzinfo=UTC)
INDIA = timezone(timedelta(hours=5, minutes=30))
SECOND = timedelta(seconds=1)


def reachable() -> list[tuple[Provider, ModelInfo, str]]:
    """Every model that a call can name, with a name for it: some stand behind others that answer to the same."""
    found = []
    for provider in providers:
        for model in provider.models:
            for name in (model.id.lower(), *literals(model.match)):
                if next((one for one in provider.models if one.is_match(name)), None) is model:
                    found.append((provider, model, name))
                    break
    return found


def literals(clause: object) -> Iterator[str]:
    """The texts that a clause looks for."""
    for value in vars(clause).values():
        if isinstance(value, str):
            yield value.lower()
        else:
            for part in value:
                yield from literals(part)


MODELS = reachable()


def conditional(model: ModelInfo) -> list[ConditionalPrice]:
    return [ConditionalPrice(prices=model.prices)] if isinstance(model.prices, ModelPrice) else model.prices


def applies(price: ConditionalPrice, at: datetime) -> bool:
    moment = at.astimezone(UTC)
    match price.constraint:
        case None:
            return True
        case StartDateConstraint(start_date=start):
            return moment >= datetime.combine(start, time(), UTC)
        case TimeOfDateConstraint(start_time=start_time, end_time=end_time):
            opens, closes = seconds_of(start_time), seconds_of(end_time)
            return (seconds_of(moment.timetz()) - opens) % 86_400 < (closes - opens) % 86_400


def seconds_of(moment: time) -> int:
    offset = moment.utcoffset() or timedelta()
    return (moment.hour * 3_600 + moment.minute * 60 + moment.second - int(offset.total_seconds())) % 86_400


def price_at(model: ModelInfo, at: datetime) -> dict[str, Decimal | TieredPrices]:
    """The last of the list that applies, or its first."""
    active = [price for price in conditional(model) if applies(price, at)]
    chosen = active[-1] if active else conditional(model)[0]
    return {key: value for key, value in vars(chosen.prices).items() if value is not None}


def band(price: Decimal | TieredPrices, input_tokens: int) -> Fraction:
    """The price per million where the whole input is that long: one band for every token."""
    if not isinstance(price, TieredPrices):
        return Fraction(price)
    reached = [tier for tier in price.tiers if tier.start < input_tokens]
    return Fraction(max(reached, key=lambda tier: tier.start).price if reached else price.base)


def expected_cost(model: ModelInfo, usage: Usage, at: datetime) -> Fraction | None:
    """Each token once, at its own price where it has one; None where what was used has no price."""
    prices = price_at(model, at)
    if not prices:
        return Fraction(0) if model.id.endswith(":free") else None
    if not {"input_mtok", "output_mtok"} & prices.keys():
        return None
    total = Fraction(prices.get("requests_kcount", 0)) / 1_000  # type: ignore[arg-type]  # it has no bands
    plain, spoken = usage.input_tokens, usage.output_tokens
    for key, tokens in (
        ("cache_read_mtok", usage.cached_input_tokens),
        ("cache_write_mtok", usage.cache_write_tokens),
    ):
        if key in prices:
            plain -= tokens
            total += tokens * band(prices[key], usage.input_tokens) / 1_000_000
    if "output_reasoning_mtok" in prices:
        spoken -= usage.reasoning_tokens
        total += (
            usage.reasoning_tokens * band(prices["output_reasoning_mtok"], usage.input_tokens) / 1_000_000
        )
    for key, tokens in (("input_mtok", plain), ("output_mtok", spoken)):
        if tokens and key not in prices:
            return None
        if tokens:
            total += tokens * band(prices[key], usage.input_tokens) / 1_000_000
    return total


def moments(model: ModelInfo) -> Iterator[datetime]:
    """Now, and both sides of every moment at which a price changes."""
    yield AT
    for price in conditional(model):
        match price.constraint:
            case StartDateConstraint(start_date=start):
                change = datetime.combine(start, time(), UTC)
                yield from (change - SECOND, change, change.astimezone(INDIA))
            case TimeOfDateConstraint(start_time=start_time, end_time=end_time):
                for edge in (start_time, end_time):
                    change = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(seconds=seconds_of(edge))
                    yield from (change - SECOND, change, change.astimezone(INDIA))


def lengths(model: ModelInfo) -> set[int]:
    """Inputs short, long, and on both sides of every threshold."""
    found = {0, 1, 123_457, 1_000_000}
    for price in conditional(model):
        for value in vars(price.prices).values():
            if isinstance(value, TieredPrices):
                found |= {tier.start + step for tier in value.tiers for step in (0, 1)}
    return found


def usages(model: ModelInfo) -> Iterator[Usage]:
    for length in lengths(model):
        third = length // 3
        yield Usage(length, 0)
        yield Usage(length, 8_191, reasoning_tokens=191)
        yield Usage(length, 1, cached_input_tokens=length, reasoning_tokens=1)
        yield Usage(length, 500, cached_input_tokens=third, cache_write_tokens=length - third)
        yield Usage(length, 17, cached_input_tokens=third, cache_write_tokens=third)


def cost(provider: str, model: str, usage: Usage, *, at: datetime = AT) -> costs.Cost | None:
    return costs.of(Metered(EventType.TOKEN_USAGE, provider, model, usage), at=at)


class TestOf:
    def test_is_asked_about_the_whole_list(self) -> None:
        everything = [model for provider in providers for model in provider.models]
        kinds = {type(price.constraint) for _, model, _ in MODELS for price in conditional(model)}

        assert len(MODELS) == len(everything) > 2_000
        assert kinds == {type(None), StartDateConstraint, TimeOfDateConstraint}
        assert sum(len(lengths(model)) > 4 for _, model, _ in MODELS) > 50

    def test_equals_an_independent_calculation_for_every_model(self) -> None:
        wrong = {}
        for provider, model, name in MODELS:
            for at in moments(model):
                for usage in usages(model):
                    found = cost(provider.id, name, usage, at=at)
                    if (None if found is None else Fraction(found.usd)) != expected_cost(model, usage, at):
                        wrong[provider.id, model.id, at] = (usage, found, expected_cost(model, usage, at))

        assert wrong == {}

    def test_is_what_the_package_itself_says_of_whatever_it_prices(self) -> None:
        """A third opinion, of one shape: the package takes long."""
        usage = Usage(300_000, 100, cached_input_tokens=200_000)
        reported = genai_prices.Usage(input_tokens=300_000, output_tokens=100, cache_read_tokens=200_000)
        for provider, model, name in MODELS:
            found = cost(provider.id, name, usage)
            if found is not None:
                package = model.calc_price(reported, provider, genai_request_timestamp=AT).total_price
                assert abs(found.usd - package) < Decimal("1E-20"), (provider.id, model.id)

    @given(st.sampled_from(MODELS), st.integers(0, 300_000), st.integers(0, 100_000), st.integers(0, 100_000))
    def test_never_charges_cached_input_twice(
        self, entry: tuple[Provider, ModelInfo, str], plain: int, cached: int, output: int
    ) -> None:
        """Only the price of what was cached differs, whatever else there is."""
        provider, model, name = entry
        total = plain + cached
        with_cache = cost(provider.id, name, Usage(total, output, cached_input_tokens=cached))
        without = cost(provider.id, name, Usage(total, output))
        if with_cache is None or without is None:
            assert with_cache is without
            return
        prices = price_at(model, AT)
        normal = band(prices.get("input_mtok", Decimal(0)), total)
        reduced = band(prices["cache_read_mtok"], total) if "cache_read_mtok" in prices else normal

        assert Fraction(with_cache.usd) - Fraction(without.usd) == cached * (reduced - normal) / 1_000_000

    @given(st.sampled_from(MODELS), st.integers(0, 10**6), st.integers(0, 10**6))
    def test_never_touches_a_float(
        self, entry: tuple[Provider, ModelInfo, str], input_tokens: int, output_tokens: int
    ) -> None:
        found = cost(entry[0].id, entry[2], Usage(input_tokens, output_tokens))

        assert found is None or type(found.usd) is Decimal

    def test_says_which_price_it_used(self) -> None:
        found = cost("openai", "gpt-4o-2024-08-06", Usage(1, 1))

        assert found is not None
        assert found.ref == f"genai-prices@{genai_prices.__version__}:openai/gpt-4o"

    def test_does_not_care_about_case(self) -> None:
        assert cost("OPENAI", "GPT-4o", Usage(1, 1)) == cost("openai", "gpt-4o", Usage(1, 1)) is not None

    def test_takes_the_price_of_that_time(self) -> None:
        found = [
            cost("openai", "o3", Usage(1_000_000), at=at) for at in (datetime(2025, 6, 1, tzinfo=UTC), AT)
        ]

        assert [price and price.usd for price in found] == [Decimal(10), Decimal(2)]

    def test_charges_reasoning_at_its_own_price(self) -> None:
        """Perplexity's: $2 in, $8 out, $3 reasoning."""
        found = cost("perplexity", "sonar-deep-research", Usage(0, 1_000_000, reasoning_tokens=1_000_000))

        assert found is not None
        assert found.usd == Decimal(3)

    @pytest.mark.parametrize(
        ("provider", "model"),
        [
            ("openai", "a-model-of-tomorrow"),
            ("openai", ""),
            ("openai", "claude-sonnet-4-5"),
            ("nobody", "gpt-4o"),
            ("", "gpt-4o"),
            ("cerebras", "qwen-3-coder-480b"),
        ],
    )
    def test_does_not_know_what_the_list_does_not(self, provider: str, model: str) -> None:
        assert cost(provider, model, Usage(1_000, 1_000)) is None

    @pytest.mark.parametrize("model", ["whisper-1", "tts-1"])
    def test_does_not_take_a_price_by_the_hour_for_free_tokens(self, model: str) -> None:
        assert cost("openai", model, Usage(1_000, 1_000)) is None

    def test_does_not_give_away_output_that_has_no_price(self) -> None:
        assert cost("openai", "text-embedding-3-small", Usage(1_000)) is not None
        assert cost("openai", "text-embedding-3-small", Usage(1_000, 1)) is None

    @pytest.mark.parametrize(
        "usage",
        [Usage(10, 1, cached_input_tokens=20), Usage(10, 1, 6, 6), Usage(10, 1, reasoning_tokens=2)],
    )
    def test_gives_no_price_to_a_report_that_contradicts_itself(self, usage: Usage) -> None:
        assert cost("openai", "gpt-4o", usage) is None

    def test_does_not_guess_what_an_image_costs(self) -> None:
        image = Metered(EventType.IMAGE_GENERATION, "openai", "dall-e-3", quantity=Decimal(1))

        assert costs.of(image, at=AT) is None

    def test_knows_that_what_names_no_provider_costs_nothing_there(self) -> None:
        pages = Metered(EventType.CUSTOM, "", "", unit_type="pages", quantity=Decimal(5))

        assert costs.of(pages, at=AT) == costs.Cost(Decimal(0), "no-provider")

    def test_knows_that_local_models_cost_nothing(self) -> None:
        assert cost("local", "extractive-1", Usage(10**9, 10**9)) == costs.Cost(
            Decimal(0), "launchkit:extractive-1"
        )

    def test_agrees_with_itself_about_time_zones(self) -> None:
        """The oracle above is only as good as its reading of dates."""
        dates = sorted({date(2025, 6, 10), date(2026, 1, 1)})
        assert all(earlier < later for earlier, later in pairwise(dates))
        constraint = StartDateConstraint(start_date=dates[0])
        price = ConditionalPrice(constraint, prices=ModelPrice())
        assert not applies(price, datetime(2025, 6, 10, 5, 29, 59, tzinfo=INDIA))
        assert applies(price, datetime(2025, 6, 10, 5, 30, tzinfo=INDIA))
