"""Price sheets: lines that charge for units, and which line applies to what. Pure, exact, made for the hot path.

A burn table and an org's own provider price are sheets alike: one charges credits, the other USD.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

from app.metering.types import EventType, Metered

# Products of what the database keeps have at most 48 digits: nothing is rounded on the way.
EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
ZERO = Decimal(0)
Quantity = Decimal | int
# Of NUMERIC(24,12).
_STORED = Decimal("1E-12")
_TOO_MUCH = Decimal("1E12")

ANY = "*"
IMAGES = "images"
TOKENS = "tokens"
INPUT = "input_tokens"
CACHED = "cached_input_tokens"
WRITTEN = "cache_write_tokens"
OUTPUT = "output_tokens"
REASONING = "reasoning_tokens"

# Which units' lines charge for a kind of token: its own, or else what it is a part of.
CHARGED_BY = {
    INPUT: (INPUT, TOKENS),
    CACHED: (CACHED, INPUT, TOKENS),
    WRITTEN: (WRITTEN, INPUT, TOKENS),
    OUTPUT: (OUTPUT, TOKENS),
    REASONING: (REASONING, OUTPUT, TOKENS),
}
TOKEN_UNITS = frozenset((*CHARGED_BY, TOKENS))

# Names come from clients: what is remembered of them is bounded.
MOST_REMEMBERED = 4_096


@dataclass(frozen=True, slots=True)
class Tier:
    """Up to which quantity of an event a price for `per` applies; the tier before it ends where this one begins."""

    up_to: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """`amount` for `per` of a unit. What lies within `tiers` costs theirs instead, part by part (graduated).

    `provider` and `model` are names, `*`, or (`model`) a prefix with a final `*`; case does not matter.
    """

    position: int
    provider: str
    model: str
    unit: str
    amount: Decimal
    per: Decimal
    tiers: Sequence[Tier] = ()
    image_size: str | None = None
    image_quality: str | None = None
    # The amount for one, where that is a finite decimal.
    _each: Decimal | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        each = EXACT.divide(self.amount, self.per)
        if not self.tiers and EXACT.multiply(each, self.per) == self.amount:
            object.__setattr__(self, "_each", each)

    @property
    def each(self) -> Decimal | None:
        """The amount for one, whatever their number; None where it depends on that, or is no finite decimal."""
        return self._each

    def charge(self, quantity: Quantity) -> Decimal:
        """Exact but for sixty digits where `per` divides without end."""
        if self._each is not None:
            return EXACT.multiply(self._each, quantity)
        if not self.tiers:
            return EXACT.divide(EXACT.multiply(self.amount, quantity), self.per)
        total: Decimal = ZERO
        start: Quantity = 0
        for tier in self.tiers:
            if quantity <= start:
                break
            part = EXACT.subtract(min(quantity, tier.up_to), start)
            total = EXACT.add(total, EXACT.multiply(tier.amount, part))
            start = tier.up_to
        if quantity > start:
            total = EXACT.add(total, EXACT.multiply(self.amount, EXACT.subtract(quantity, start)))
        return EXACT.divide(total, self.per)


class Charge(NamedTuple):
    amount: Decimal
    positions: Sequence[int]


def parts_of(metered: Metered) -> Sequence[tuple[str, int]] | None:
    """What there is to pay for, each token once, without what there is none of; None where it contradicts itself.

    Cached input and cache writes are parts of input, reasoning is a part of output: they are taken off.
    """
    usage = metered.usage
    plain = usage.input_tokens - usage.cached_input_tokens - usage.cache_write_tokens
    spoken = usage.output_tokens - usage.reasoning_tokens
    if plain < 0 or spoken < 0 or (metered.quantity is not None and metered.quantity < 0):
        return None
    parts: list[tuple[str, int]] = []
    if plain:
        parts.append((INPUT, plain))
    if usage.cached_input_tokens:
        parts.append((CACHED, usage.cached_input_tokens))
    if usage.cache_write_tokens:
        parts.append((WRITTEN, usage.cache_write_tokens))
    if spoken:
        parts.append((OUTPUT, spoken))
    if usage.reasoning_tokens:
        parts.append((REASONING, usage.reasoning_tokens))
    return parts


def unit_of(metered: Metered) -> str | None:
    """The unit that `quantity` counts, None where there is no quantity to pay for."""
    if not metered.quantity:
        return None
    return IMAGES if metered.event_type is EventType.IMAGE_GENERATION else metered.unit_type or ""


def as_stored(amount: Decimal) -> Decimal | None:
    """Rounded to the twelve digits that are kept; None for an amount that no column could keep."""
    if amount >= _TOO_MUCH:
        return None
    return EXACT.quantize(amount, _STORED)


class Sheet:
    """Finds the line for each unit: the most specific model first, then provider, then unit, then image attributes."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = sorted(lines, key=_rank)
        self._of_tokens: dict[tuple[str, str], dict[str, Line | None]] = {}
        self._of_units: dict[tuple[str, str, str, str | None, str | None], Line | None] = {}

    def matches(self, provider: str, model: str) -> bool:
        return any(self._matching(provider, model))

    def token_lines(self, provider: str, model: str) -> Sequence[Line | None]:
        """Which charges for each of `CHARGED_BY`, in that order."""
        return list(self._token_lines(provider, model).values())

    def charge(self, metered: Metered) -> Charge | None:
        """For everything in it; None where a part has no line, since a part left out would be free.

        Parts that one line charges for are added up before its tiers are applied.
        """
        parts = parts_of(metered)
        if parts is None:
            return None
        quantities: dict[Line, Quantity] = {}
        if parts:
            lines = self._token_lines(metered.provider, metered.model)
            for kind, part in parts:
                line = lines[kind]
                if line is None:
                    return None
                # Whole tokens: adding them needs no context.
                quantities[line] = quantities.get(line, 0) + part
        unit = unit_of(metered)
        if unit is not None and metered.quantity is not None:
            line = self._unit_line(metered, unit)
            if line is None:
                return None
            quantities[line] = EXACT.add(Decimal(quantities.get(line, 0)), metered.quantity)
        total = ZERO
        for line, quantity in quantities.items():
            total = EXACT.add(total, line.charge(quantity))
        return Charge(total, [line.position for line in quantities])

    def _token_lines(self, provider: str, model: str) -> dict[str, Line | None]:
        known = self._of_tokens.get((provider, model))
        if known is None:
            if len(self._of_tokens) >= MOST_REMEMBERED:
                self._of_tokens.clear()
            matching = self._matching(provider, model)
            known = {kind: _first(matching, units) for kind, units in CHARGED_BY.items()}
            self._of_tokens[provider, model] = known
        return known

    def _unit_line(self, metered: Metered, unit: str) -> Line | None:
        key = (metered.provider, metered.model, unit, metered.image_size, metered.image_quality)
        if key not in self._of_units:
            if len(self._of_units) >= MOST_REMEMBERED:
                self._of_units.clear()
            candidates = (
                line
                for line in self._matching(metered.provider, metered.model)
                if line.unit == unit
                and _accepts(line.image_size, metered.image_size)
                and _accepts(line.image_quality, metered.image_quality)
            )
            self._of_units[key] = next(candidates, None)
        return self._of_units[key]

    def _matching(self, provider: str, model: str) -> list[Line]:
        provider, model = provider.lower(), model.lower()
        return [
            line
            for line in self._lines
            if line.provider.lower() in (ANY, provider) and _is_model(line.model.lower(), model)
        ]


def specificity(provider: str, model: str) -> tuple[bool, int, bool]:
    """Sorts names of models: the exact one, then the longest prefix, then any; of equal ones, the named provider."""
    return model.endswith(ANY), -len(model), provider == ANY


def _rank(line: Line) -> tuple[object, ...]:
    attributes = (line.image_size is not None) + (line.image_quality is not None)
    return *specificity(line.provider, line.model), -attributes, line.position


def _first(matching: Sequence[Line], units: Sequence[str]) -> Line | None:
    """Of the most specific model and provider that price any of `units`, the first unit of them."""
    candidates = [line for line in matching if line.unit in units]
    if not candidates:
        return None
    best = candidates[0].model.lower(), candidates[0].provider.lower()
    level = [line for line in candidates if (line.model.lower(), line.provider.lower()) == best]
    return min(level, key=lambda line: units.index(line.unit))


def _is_model(pattern: str, model: str) -> bool:
    return model.startswith(pattern[:-1]) if pattern.endswith(ANY) else pattern == model


def _accepts(asked: str | None, given: str | None) -> bool:
    return asked is None or (given is not None and asked.lower() == given.lower())
