"""Lines that charge for units: which one applies, and what it comes to."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.core.inference import Usage
from app.metering.types import EventType, Metered
from app.pricing import sheet
from app.pricing.sheet import CHARGED_BY, Charge, Line, Sheet, Tier

QUANTITIES = st.integers(0, 10**9)
AMOUNTS = st.decimals(0, 10_000, places=12)
PERS = st.decimals("0.000000000001", 1_000_000, places=12)


def line(
    unit: str = "tokens",
    amount: str | Decimal | int = 1,
    *,
    position: int = 0,
    provider: str = "*",
    model: str = "*",
    per: str | Decimal | int = 1,
    tiers: tuple[Tier, ...] = (),
    size: str | None = None,
    quality: str | None = None,
) -> Line:
    return Line(position, provider, model, unit, Decimal(amount), Decimal(per), tiers, size, quality)


def tokens(usage: Usage, *, provider: str = "openai", model: str = "gpt-4o") -> Metered:
    return Metered(EventType.TOKEN_USAGE, provider, model, usage)


def images(count: int, size: str | None = None, quality: str | None = None) -> Metered:
    return Metered(
        EventType.IMAGE_GENERATION,
        "openai",
        "dall-e-3",
        quantity=Decimal(count),
        image_size=size,
        image_quality=quality,
    )


def amount(lines: list[Line], metered: Metered) -> Decimal | None:
    charge = Sheet(lines).charge(metered)
    return None if charge is None else charge.amount


@st.composite
def tiered(draw: st.DrawFn) -> Line:
    bounds = sorted(draw(st.sets(st.decimals(1, 10**9, places=3), max_size=4)))
    return line(
        amount=draw(AMOUNTS), per=draw(PERS), tiers=tuple(Tier(up_to, draw(AMOUNTS)) for up_to in bounds)
    )


@st.composite
def usages(draw: st.DrawFn) -> Usage:
    plain, cached, written, spoken, reasoning = (draw(QUANTITIES) for _ in range(5))
    return Usage(plain + cached + written, spoken + reasoning, cached, written, reasoning)


class TestLine:
    @given(tiered(), QUANTITIES, QUANTITIES)
    def test_never_charges_less_for_more(self, priced: Line, quantity: int, more: int) -> None:
        assert priced.charge(Decimal(quantity + more)) >= priced.charge(Decimal(quantity))

    @given(AMOUNTS, st.sampled_from([1, 10, 1_000, 1_000_000, Decimal("0.5")]), QUANTITIES, QUANTITIES)
    def test_adds_up_where_it_has_no_tiers(
        self, price: Decimal, per: int | Decimal, one: int, other: int
    ) -> None:
        priced = line(amount=price, per=per)
        parts = sheet.EXACT.add(priced.charge(Decimal(one)), priced.charge(Decimal(other)))

        assert priced.charge(Decimal(one + other)) == parts

    @given(AMOUNTS, PERS, QUANTITIES)
    def test_is_exact_to_the_digits_that_are_kept(self, price: Decimal, per: Decimal, quantity: int) -> None:
        exact = Fraction(price) * quantity / Fraction(per)
        assume(exact < 10**12)
        stored = sheet.as_stored(line(amount=price, per=per).charge(Decimal(quantity)))

        assert stored is not None
        assert abs(Fraction(stored) - exact) <= Fraction(1, 2 * 10**12)

    @given(tiered(), QUANTITIES)
    def test_charges_each_part_by_its_tier(self, priced: Line, quantity: int) -> None:
        """A sum over the parts, written the other way round: from above."""
        left, expected = Fraction(quantity), Fraction(0)
        for tier, below in reversed(
            list(zip((*priced.tiers, None), (Decimal(0), *(t.up_to for t in priced.tiers)), strict=True))
        ):
            part = max(Fraction(0), left - Fraction(below))
            expected += part * Fraction(tier.amount if tier else priced.amount)
            left -= part
        found = Fraction(priced.charge(Decimal(quantity)))

        assert abs(found - expected / Fraction(priced.per)) <= Fraction(1, 10**20)

    def test_changes_price_where_a_tier_ends(self) -> None:
        priced = line(
            amount=1, per=10, tiers=(Tier(Decimal(100), Decimal(5)), Tier(Decimal(200), Decimal(2)))
        )

        assert [priced.charge(Decimal(n)) for n in (0, 100, 101, 200, 300)] == [
            0,
            50,
            Decimal("50.2"),
            70,
            80,
        ]


class TestAsStored:
    def test_rounds_half_up_at_the_twelfth_digit(self) -> None:
        assert sheet.as_stored(Decimal("0.0000000000005")) == Decimal("0.000000000001")
        assert sheet.as_stored(Decimal("0.00000000000049")) == 0

    def test_refuses_what_no_column_keeps(self) -> None:
        assert sheet.as_stored(Decimal(10**12)) is None
        assert sheet.as_stored(Decimal(10**12 - 1)) == 10**12 - 1


class TestTokens:
    @pytest.mark.parametrize(
        ("rules", "expected"),
        [
            # 100 plain, 20 cached and 3 written of 123 in; 40 spoken and 5 reasoning of 45 out
            ({"tokens": 1}, 168),
            ({"input_tokens": 1, "output_tokens": 1_000}, 123 + 45_000),
            ({"input_tokens": 1, "tokens": 1_000}, 123 + 45_000),
            ({"output_tokens": 1, "tokens": 1_000}, 123_000 + 45),
            ({"input_tokens": 1, "cached_input_tokens": 0, "output_tokens": 0}, 103),
            ({"input_tokens": 0, "cached_input_tokens": 1, "output_tokens": 0}, 20),
            ({"cached_input_tokens": 1_000, "tokens": 1}, 20_000 + 148),
            ({"cache_write_tokens": 1_000, "tokens": 1}, 3_000 + 165),
            (
                {"cache_write_tokens": 10, "cached_input_tokens": 0, "input_tokens": 1, "output_tokens": 0},
                130,
            ),
            ({"reasoning_tokens": 1_000, "output_tokens": 1, "input_tokens": 0}, 5_040),
            ({"reasoning_tokens": 1_000, "tokens": 1}, 5_000 + 163),
            ({"input_tokens": 1}, None),
            ({"output_tokens": 1}, None),
            ({"cached_input_tokens": 1, "output_tokens": 1}, None),
            ({"images": 1}, None),
        ],
    )
    def test_are_charged_by_their_own_line_or_by_that_of_what_they_are_part_of(
        self, rules: dict[str, int], expected: int | None
    ) -> None:
        lines = [line(unit, price, position=n) for n, (unit, price) in enumerate(rules.items())]

        assert amount(lines, tokens(Usage(123, 45, 20, 3, 5))) == expected

    @given(usages(), st.dictionaries(st.sampled_from(sorted(sheet.TOKEN_UNITS)), st.integers(0, 99)))
    def test_are_each_charged_once(self, usage: Usage, rules: dict[str, int]) -> None:
        parts = {
            "input_tokens": usage.input_tokens - usage.cached_input_tokens - usage.cache_write_tokens,
            "cached_input_tokens": usage.cached_input_tokens,
            "cache_write_tokens": usage.cache_write_tokens,
            "output_tokens": usage.output_tokens - usage.reasoning_tokens,
            "reasoning_tokens": usage.reasoning_tokens,
        }
        used = {
            kind: next((u for u in CHARGED_BY[kind] if u in rules), None) for kind, n in parts.items() if n
        }
        lines = [line(unit, price, position=n) for n, (unit, price) in enumerate(rules.items())]
        expected = (
            None
            if None in used.values()
            else sum(parts[kind] * rules[unit or ""] for kind, unit in used.items())
        )

        assert amount(lines, tokens(usage)) == expected

    def test_that_one_line_charges_for_are_added_up_before_its_tiers(self) -> None:
        """Ten in and ten out are twenty of `tokens`: the tier ends at fifteen of them."""
        lines = [line("tokens", 0, tiers=(Tier(Decimal(15), Decimal(1)),))]

        assert amount(lines, tokens(Usage(10, 10, cached_input_tokens=4))) == 15

    @pytest.mark.parametrize("usage", [Usage(1, 0, 2), Usage(3, 0, 2, 2), Usage(0, 1, reasoning_tokens=2)])
    def test_that_contradict_themselves_have_no_price(self, usage: Usage) -> None:
        assert amount([line()], tokens(usage)) is None

    def test_of_which_there_are_none_cost_nothing(self) -> None:
        assert amount([], tokens(Usage())) == 0


class TestPrecedence:
    def test_is_exact_model_then_longest_prefix_then_any(self) -> None:
        lines = [
            line(amount=1, model="*"),
            line(amount=2, model="gpt-4*"),
            line(amount=3, model="gpt-4o*"),
            line(amount=4, model="gpt-4o"),
        ]
        found = [
            amount(lines, tokens(Usage(1), model=model)) for model in ("o3", "gpt-4", "gpt-4o-mini", "GPT-4o")
        ]

        assert found == [1, 2, 3, 4]

    def test_prefers_a_named_provider_of_equal_models(self) -> None:
        lines = [line(amount=1, model="gpt-4*"), line(amount=2, model="gpt-4*", provider="azure")]

        assert amount(lines, tokens(Usage(1))) == 1
        assert amount(lines, tokens(Usage(1), provider="AZURE")) == 2

    def test_prefers_a_model_of_its_own_to_a_kind_of_its_own(self) -> None:
        lines = [line("input_tokens", 1, model="gpt-4o"), line("cached_input_tokens", 2)]

        assert amount(lines, tokens(Usage(10, 0, 10))) == 10
        assert amount(lines, tokens(Usage(10, 0, 10), model="o3")) == 20

    def test_of_images_is_size_and_quality_then_either_then_neither(self) -> None:
        lines = [
            line("images", 1),
            line("images", 2, size="1024x1024"),
            line("images", 3, size="1024x1024", quality="hd"),
        ]
        asked = [(None, None), ("512x512", "hd"), ("1024x1024", None), ("1024X1024", "HD")]

        assert [amount(lines, images(10, *attributes)) for attributes in asked] == [10, 10, 20, 30]

    def test_of_what_is_asked_again_is_the_same(self) -> None:
        priced = Sheet([line(amount=1, model="gpt-4*"), line(amount=2)])

        found = [priced.charge(tokens(Usage(1))) for _ in range(3)]

        assert found == [Charge(Decimal(1), [0])] * 3


class TestUnits:
    def test_are_charged_by_name(self) -> None:
        pages = Metered(EventType.CUSTOM, "", "", unit_type="pages", quantity=Decimal("2.5"))

        assert amount([line("pages", "0.4"), line("tokens", 9)], pages) == 1
        assert amount([line("images"), line("tokens")], pages) is None

    def test_come_on_top_of_tokens(self) -> None:
        both = Metered(EventType.IMAGE_GENERATION, "openai", "m", Usage(10), quantity=Decimal(2))

        assert amount([line("images", 5), line("tokens")], both) == 20
        assert amount([line("images", 5)], both) is None
        assert amount([line("tokens")], both) is None
