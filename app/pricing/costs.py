"""What a model call costs us: the price list of the `genai-prices` package, by provider, model and time.

The list is data inside the package: no network, and a given version always gives the same answer, so the
version is part of the reference that a rated event keeps.

The package's own calculation takes ten times as long; this reads its prices once and multiplies.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

import genai_prices
from genai_prices import data_snapshot
from genai_prices.types import ModelInfo, ModelPrice, StartDateConstraint, TieredPrices

from app.metering.types import EventType, Metered
from app.pricing import sheet
from app.pricing.sheet import EXACT, MOST_REMEMBERED, ZERO
from app.pricing.tariff import RateBand
from app.pricing.types import Band, PricedModel, PriceFilter, PriceLine, PriceSource

# Our own models run in our own process: their price is known, and it is nothing.
LOCAL = "local"
# What names no provider bought nothing from one.
_OWN_REF = "no-provider"
_FREE_SUFFIX = ":free"
_PER_MILLION = -6
_REQUESTS_PER_PRICE = Decimal(1_000)

_Price = Decimal | TieredPrices | None


class Cost(NamedTuple):
    usd: Decimal
    ref: str


class ListedRates(NamedTuple):
    """USD for one token, by how much input there was, and for a request."""

    bands: Sequence[RateBand]
    request: Decimal
    ref: str


@dataclass(frozen=True, slots=True)
class _Listed:
    """USD for a million of each kind of token, as the list has it, and for a request."""

    by_kind: dict[str, _Price]
    request: Decimal

    def charge(self, parts: Sequence[tuple[str, int]], input_tokens: int) -> Decimal | None:
        total = ZERO
        for kind, quantity in parts:
            price = self.by_kind[kind]
            if price is None:
                return None
            if not isinstance(price, Decimal):
                price = _in_band(price, input_tokens)
            total = EXACT.add(total, EXACT.multiply(price, quantity))
        return EXACT.add(EXACT.scaleb(total, _PER_MILLION), self.request)


_models: dict[tuple[str, str], tuple[str, ModelInfo] | None] = {}
# By identity: the list's objects live as long as the process.
_listed: dict[int, _Listed | None] = {}


def of(metered: Metered, *, at: datetime) -> Cost | None:
    """USD, exact and unrounded; None when the list cannot price it, which is not the same as free.

    That is an unknown model; images and other units; a kind of token that the list has no price for; an entry
    without any price, unless its name says that it is free; and a report that contradicts itself.
    """
    if metered.provider == LOCAL:
        return Cost(ZERO, f"launchkit:{metered.model}")
    parts = sheet.parts_of(metered)
    if parts is None:
        return None
    if sheet.unit_of(metered) is not None:
        is_own = metered.event_type is EventType.CUSTOM and not (metered.provider or metered.model or parts)
        return Cost(ZERO, _OWN_REF) if is_own else None
    found = _find(metered.provider, metered.model)
    if found is None:
        return None
    ref, model = found
    price = _prices(model, at)
    if price is None:
        return None
    usd = price.charge(parts, metered.usage.input_tokens)
    return None if usd is None else Cost(usd, ref)


def rates_of(provider: str, model: str, *, hour: datetime) -> ListedRates | None:
    """What the list says of a model throughout an hour of UTC; None where it says nothing, or not one thing."""
    found = _find(provider, model)
    if found is None or _is_by_the_clock(found[1]):
        return None
    price = _prices(found[1], hour)
    if price is None:
        return None
    rates = price.by_kind.values()
    starts = {tier.start for rate in rates if isinstance(rate, TieredPrices) for tier in rate.tiers}
    bands = [(start, [_each(rate, start + 1) for rate in rates]) for start in (-1, *sorted(starts))]
    return ListedRates(bands, price.request, found[0])


def price_list(wanted: PriceFilter, *, at: datetime) -> Iterator[PricedModel]:
    """What the list says at that time of every model that matches and has a price by the token."""
    for provider in data_snapshot.get_snapshot().providers:
        for model in provider.models:
            if not wanted.matches(provider.id, model.id):
                continue
            price = _prices(model, at)
            if price is not None:
                yield _priced(provider.id, model.id, price, _ref(provider.id, model.id))


def listed(provider: str, model: str, ref: str, *, at: datetime) -> PricedModel | None:
    """The list's price of a model at that time, if it is the one that `ref` names."""
    found = _find(provider, model)
    if found is None or found[0] != ref:
        return None
    price = _prices(found[1], at)
    return None if price is None else _priced(provider, found[1].id, price, ref)


def is_listed(provider: str, model: str) -> bool:
    return _find(provider, model) is not None


def context_window(provider: str, model: str) -> int | None:
    """Tokens that a model takes and makes in one call, as far as the list says."""
    found = _find(provider, model)
    return None if found is None else found[1].context_window


def _priced(provider: str, model: str, listed: _Listed, ref: str) -> PricedModel:
    lines, bands = [], []
    for unit, price in listed.by_kind.items():
        if price is None:
            continue
        if isinstance(price, TieredPrices):
            bands += [Band(unit, tier.start, tier.price) for tier in price.tiers]
        lines.append(PriceLine(unit, price if isinstance(price, Decimal) else price.base))
    if listed.request:
        lines.append(PriceLine("requests", listed.request, Decimal(1)))
    return PricedModel(provider, model, PriceSource.LIST, ref, lines, bands)


def _ref(provider: str, model: str) -> str:
    return f"genai-prices@{genai_prices.__version__}:{provider}/{model}"


def _find(provider: str, model: str) -> tuple[str, ModelInfo] | None:
    key = (provider, model)
    if key not in _models:
        if len(_models) >= MOST_REMEMBERED:
            _models.clear()
        _models[key] = _look_up(provider, model)
    return _models[key]


def _look_up(provider: str, model: str) -> tuple[str, ModelInfo] | None:
    if not provider or not model:
        return None
    try:
        owner, info = data_snapshot.get_snapshot().find_provider_model(model, None, provider, None)
    except LookupError:
        return None
    return _ref(owner.id, info.id), info


def _prices(model: ModelInfo, at: datetime) -> _Listed | None:
    price = model.get_prices(at)
    if id(price) not in _listed:
        _listed[id(price)] = _read(model, price)
    return _listed[id(price)]


def _each(price: _Price, input_tokens: int) -> Decimal | None:
    if price is None:
        return None
    return EXACT.scaleb(price if isinstance(price, Decimal) else _in_band(price, input_tokens), _PER_MILLION)


def _is_by_the_clock(model: ModelInfo) -> bool:
    """Whether a price may begin in the middle of an hour; those that begin with a day of UTC do not."""
    return not isinstance(model.prices, ModelPrice) and any(
        not isinstance(price.constraint, StartDateConstraint | None) for price in model.prices
    )


def _read(model: ModelInfo, price: ModelPrice) -> _Listed | None:
    given = {key: value for key, value in vars(price).items() if value is not None}
    if not given and model.id.endswith(_FREE_SUFFIX):
        return _Listed(dict.fromkeys(sheet.CHARGED_BY, ZERO), ZERO)
    if "input_mtok" not in given and "output_mtok" not in given:
        return None
    plain, spoken = given.get("input_mtok"), given.get("output_mtok")
    request = given.get("requests_kcount", ZERO)
    return _Listed(
        {
            sheet.INPUT: plain,
            sheet.CACHED: given.get("cache_read_mtok", plain),
            sheet.WRITTEN: given.get("cache_write_mtok", plain),
            sheet.OUTPUT: spoken,
            sheet.REASONING: given.get("output_reasoning_mtok", spoken),
        },
        EXACT.divide(request, _REQUESTS_PER_PRICE),
    )


def _in_band(price: TieredPrices, input_tokens: int) -> Decimal:
    """The price of the band in which the whole input lies: crossing a threshold changes the price of every token."""
    for tier in reversed(price.tiers):
        if input_tokens > tier.start:
            return tier.price
    return price.base
