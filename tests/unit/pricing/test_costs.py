"""What a call costs, against a calculation of our own from the price list's data."""

from datetime import UTC, datetime
from decimal import Decimal

import genai_prices
import pytest
from genai_prices import data_snapshot
from genai_prices.types import ModelInfo, Provider, TieredPrices
from hypothesis import given
from hypothesis import strategies as st

from app.core.inference import Usage
from app.pricing import costs

AT = datetime(2026, 11, 20, 10, tzinfo=UTC)
PROVIDERS = {provider.id: provider for provider in data_snapshot.get_snapshot().providers}

# The tokens we report, and what the list calls their price.
PRICED = {"input_mtok", "output_mtok", "cache_read_mtok", "cache_write_mtok"}


def prices_of(model: ModelInfo) -> dict[str, Decimal | TieredPrices]:
    return {unit: price for unit, price in vars(model.get_prices(AT)).items() if price is not None}


def by_tokens() -> list[tuple[str, str]]:
    """Every model of every provider that is priced by tokens (and perhaps by what we do not report)."""
    found = []
    for provider in PROVIDERS.values():
        for model in provider.models:
            units = prices_of(model)
            if (
                provider.find_model(model.id) is model
                and "input_mtok" in units
                and "requests_kcount" not in units
            ):
                found.append((provider.id, model.id))
    return found


MODELS = by_tokens()
USAGES = [
    Usage(1_000, 500),
    Usage(1_000, 0, cached_input_tokens=1_000),
    Usage(123_457, 8_191, cached_input_tokens=100_003, cache_write_tokens=17),
    Usage(1_000_000, 64_000, cached_input_tokens=1, cache_write_tokens=300_000),
    Usage(0, 1),
]


def step(price: Decimal | TieredPrices, input_tokens: int) -> Decimal:
    """The price per million at this size of the whole input."""
    if not isinstance(price, TieredPrices):
        return price
    applicable = [tier for tier in price.tiers if input_tokens > tier.start]
    return max(applicable, key=lambda tier: tier.start).price if applicable else price.base


def expected_cost(model: ModelInfo, usage: Usage) -> Decimal:
    """Cached and written input are parts of the input: each token is paid once, at its own price if it has one."""
    units = prices_of(model)
    plain, total = usage.input_tokens, Decimal(0)
    for unit, tokens in (
        ("cache_read_mtok", usage.cached_input_tokens),
        ("cache_write_mtok", usage.cache_write_tokens),
    ):
        if unit in units:
            plain -= tokens
            total += tokens * step(units[unit], usage.input_tokens)
    total += plain * step(units["input_mtok"], usage.input_tokens)
    if "output_mtok" in units:
        total += usage.output_tokens * step(units["output_mtok"], usage.input_tokens)
    return total / 1_000_000


def model_of(provider: Provider, name: str) -> ModelInfo:
    model = provider.find_model(name)
    assert model is not None
    return model


class TestOf:
    def test_is_sampled_broadly(self) -> None:
        assert len(MODELS) > 1_000
        assert {"openai", "anthropic", "google", "mistral", "cohere"} <= {provider for provider, _ in MODELS}

    @pytest.mark.parametrize("usage", USAGES)
    def test_equals_an_independent_calculation_for_every_model(self, usage: Usage) -> None:
        wrong = {}
        for provider, name in MODELS:
            cost = costs.of(provider, name, usage, at=AT)
            expected = expected_cost(model_of(PROVIDERS[provider], name), usage)
            # Decimal keeps 28 digits; sums in another order may differ in the last.
            if cost is None or abs(cost.usd - expected) > Decimal("1E-20"):
                wrong[provider, name] = (cost, expected)

        assert wrong == {}

    @given(st.sampled_from(MODELS), st.integers(0, 300_000), st.integers(0, 100_000), st.data())
    def test_never_charges_cached_input_twice(
        self, model: tuple[str, str], plain: int, output: int, data: st.DataObject
    ) -> None:
        total = plain + (cached := data.draw(st.integers(0, 100_000)))
        with_cache = costs.of(*model, Usage(total, output, cached_input_tokens=cached), at=AT)
        without = costs.of(*model, Usage(total, output), at=AT)

        assert with_cache is not None
        assert without is not None
        units = prices_of(model_of(PROVIDERS[model[0]], model[1]))
        difference = cached * (
            step(units.get("cache_read_mtok", units["input_mtok"]), total) - step(units["input_mtok"], total)
        )
        assert abs(with_cache.usd - without.usd - difference / 1_000_000) < Decimal("1E-20")

    def test_says_which_price_it_used(self) -> None:
        cost = costs.of("openai", "gpt-4o-2024-08-06", Usage(1, 1), at=AT)

        assert cost is not None
        assert cost.ref == f"genai-prices@{genai_prices.__version__}:openai/gpt-4o"

    def test_takes_the_price_of_that_time(self) -> None:
        """DeepSeek and OpenAI's o3 changed theirs."""
        before = costs.of("openai", "o3", Usage(1_000_000), at=datetime(2025, 6, 1, tzinfo=UTC))
        after = costs.of("openai", "o3", Usage(1_000_000), at=AT)

        assert before is not None
        assert after is not None
        assert (before.usd, after.usd) == (Decimal(10), Decimal(2))

    @pytest.mark.parametrize(
        ("provider", "model"),
        [
            ("openai", "a-model-of-tomorrow"),
            ("openai", ""),
            ("openai", "claude-sonnet-4-5"),
            ("nobody", "gpt-4o"),
            ("", "gpt-4o"),
        ],
    )
    def test_does_not_know_what_the_list_does_not(self, provider: str, model: str) -> None:
        assert costs.of(provider, model, Usage(1_000, 1_000), at=AT) is None

    @pytest.mark.parametrize("model", ["whisper-1", "tts-1"])
    def test_does_not_take_a_price_by_the_hour_for_free_tokens(self, model: str) -> None:
        assert costs.of("openai", model, Usage(1_000, 1_000), at=AT) is None

    def test_gives_no_price_to_a_report_that_contradicts_itself(self) -> None:
        assert costs.of("openai", "gpt-4o", Usage(10, 1, cached_input_tokens=20), at=AT) is None

    def test_knows_that_local_models_cost_nothing(self) -> None:
        assert costs.of("local", "extractive-1", Usage(10**9, 10**9), at=AT) == costs.Cost(
            Decimal(0), "launchkit:extractive-1"
        )
