"""Rating: usage in, cost and credits out. Pure, and the one function that ingestion, jobs, quotes and re-rating use."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from app.metering.types import UNRATED, Metered, Rating
from app.pricing import costs, sheet
from app.pricing.sheet import ANY, EXACT, TOKENS, ZERO, Line, Sheet
from app.pricing.tariff import RateBand, Rates, Tariff
from app.pricing.types import Rule


@dataclass(frozen=True, slots=True)
class Schedule:
    """A published burn table: what usage in [effective_from, effective_to) burns. `ref` names it on rated events."""

    ref: str
    sheet: Sheet
    effective_from: datetime | None = None
    effective_to: datetime | None = None
    credit_price_usd: Decimal | None = None

    def is_effective(self, at: datetime) -> bool:
        return (self.effective_from is None or self.effective_from <= at) and (
            self.effective_to is None or at < self.effective_to
        )


@dataclass(frozen=True, slots=True)
class OwnPrice:
    """An org's own price of a model, instead of the list's."""

    ref: str
    sheet: Sheet
    effective_from: datetime
    effective_to: datetime | None

    def is_effective(self, at: datetime) -> bool:
        return self.effective_from <= at and (self.effective_to is None or at < self.effective_to)


class Quote(NamedTuple):
    """Each half as far as it is known; amounts as they would be stored."""

    credits: Decimal | None
    burn_ref: str | None
    revenue_usd: Decimal | None
    cost_usd: Decimal | None
    cost_ref: str | None


# What applies where an org has published no burn table of its own: one credit a thousand tokens.
DEFAULT_REF = "default@1"
DEFAULT_RULE = Rule(TOKENS, Decimal(1), Decimal(1_000))
_DEFAULT = Schedule(DEFAULT_REF, Sheet([Line(0, ANY, ANY, TOKENS, Decimal(1), Decimal(1_000))]))
_ALL = ("all", "")
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class OrgPrices:
    """An org's prices at one version, compiled. `tables` by audience, (kind, ref); `own`, most specific first."""

    version: str = ""
    tables: Mapping[tuple[str, str], Sequence[Schedule]] = field(default_factory=dict)
    own: Sequence[OwnPrice] = ()
    _own_of: dict[tuple[str, str], Sequence[OwnPrice]] = field(
        default_factory=dict, compare=False, repr=False
    )

    _tariffs: dict[tuple[object, ...], Tariff | None] = field(default_factory=dict, compare=False, repr=False)

    @property
    def has_tiers(self) -> bool:
        """Whether it matters what tier a customer is of."""
        return any(kind == "tier" for kind, _ in self.tables)

    def rate(self, metered: Metered, *, at: datetime, customer: str | None, tier: str | None) -> Rating:
        """What `metered` cost and burned at `at`, for a `customer` (its external id) of a `tier`."""
        quote = self.quote(metered, at=at, customer=customer, tier=tier)
        if quote.credits is None or quote.burn_ref is None:
            return Rating(None, ZERO, None, UNRATED)
        return Rating(quote.cost_usd, quote.credits, quote.cost_ref, quote.burn_ref, quote.revenue_usd)

    def quote(self, metered: Metered, *, at: datetime, customer: str | None, tier: str | None) -> Quote:
        """As `rate`, but the half that is known is told even where the other is not."""
        table = self.table_for(at=at, customer=customer, tier=tier)
        burned, burn_ref = _burn(table, metered)
        revenue = None
        if burned is not None and table.credit_price_usd is not None:
            revenue = sheet.as_stored(EXACT.multiply(burned, table.credit_price_usd))
        cost_usd, cost_ref = self._cost(metered, at)
        return Quote(burned, burn_ref, revenue, cost_usd, cost_ref)

    def tariff(
        self, provider: str, model: str, *, hour: datetime, customer: str | None, tier: str | None
    ) -> Tariff | None:
        """What `rate` says of any of a model's tokens in that hour; None where it has to be asked about each call."""
        # Of customers without a table of their own one is as good as another.
        audience = customer if ("customer", customer) in self.tables else None
        key = (provider, model, hour, audience, tier)
        if key not in self._tariffs:
            if len(self._tariffs) >= sheet.MOST_REMEMBERED:
                self._tariffs.clear()
            self._tariffs[key] = self._new_tariff(provider, model, hour, audience, tier)
        return self._tariffs[key]

    def _new_tariff(
        self, provider: str, model: str, hour: datetime, customer: str | None, tier: str | None
    ) -> Tariff | None:
        if provider == costs.LOCAL or self._changes_within(hour, customer, tier, provider, model):
            return None
        table = self.table_for(at=hour, customer=customer, tier=tier)
        burns, usd = _each(table.sheet, provider, model), self._usd(provider, model, hour)
        if burns is None or usd is None:
            return None
        rules = None
        if table.effective_from is not None:
            lines = table.sheet.token_lines(provider, model)
            rules = [None if line is None else line.position for line in lines]
        return Tariff(burns, table.ref, rules, table.credit_price_usd, *usd)

    def _changes_within(
        self, hour: datetime, customer: str | None, tier: str | None, provider: str, model: str
    ) -> bool:
        """Whether a table or an own price that may apply begins or ends after the hour began, and before it ends."""
        audiences = (("customer", customer), ("tier", tier), _ALL)
        dated: Iterable[Schedule | OwnPrice] = itertools.chain(
            *(self.tables.get(audience, ()) for audience in audiences),  # type: ignore[arg-type]  # as in table_for
            (price for price in self.own if price.sheet.matches(provider, model)),
        )
        ends_at = hour + _HOUR
        return any(
            at is not None and hour < at < ends_at
            for one in dated
            for at in (one.effective_from, one.effective_to)
        )

    def _usd(
        self, provider: str, model: str, hour: datetime
    ) -> tuple[Sequence[RateBand], Decimal, str] | None:
        """For a token of each kind, and for a request."""
        for price in self.own:
            if price.is_effective(hour) and price.sheet.matches(provider, model):
                each = _each(price.sheet, provider, model)
                return None if each is None else ([(-1, each)], ZERO, price.ref)
        return costs.rates_of(provider, model, hour=hour)

    def table_for(self, *, at: datetime, customer: str | None, tier: str | None) -> Schedule:
        """The customer's own table at that time, else its tier's, else that for all, else the default."""
        if self.tables:
            for audience in (("customer", customer), ("tier", tier), _ALL):
                for table in self.tables.get(audience, ()):  # type: ignore[arg-type]  # a None is in no key
                    if table.is_effective(at):
                        return table
        return _DEFAULT

    def _cost(self, metered: Metered, at: datetime) -> tuple[Decimal | None, str | None]:
        for price in self._own_prices(metered) if self.own else ():
            if price.is_effective(at):
                charge = price.sheet.charge(metered)
                usd = None if charge is None else sheet.as_stored(charge.amount)
                return (None, None) if usd is None else (usd, price.ref)
        listed = costs.of(metered, at=at)
        usd = None if listed is None else sheet.as_stored(listed.usd)
        return (None, None) if listed is None or usd is None else (usd, listed.ref)

    def _own_prices(self, metered: Metered) -> Sequence[OwnPrice]:
        key = (metered.provider, metered.model)
        found = self._own_of.get(key)
        if found is None:
            if len(self._own_of) >= sheet.MOST_REMEMBERED:
                self._own_of.clear()
            found = self._own_of[key] = [price for price in self.own if price.sheet.matches(*key)]
        return found


def _each(priced: Sheet, provider: str, model: str) -> Rates | None:
    """The amounts for a token of each kind; None where one depends on how many there are."""
    lines = priced.token_lines(provider, model)
    if any(line is not None and line.each is None for line in lines):
        return None
    return [None if line is None else line.each for line in lines]


def _burn(table: Schedule, metered: Metered) -> tuple[Decimal | None, str | None]:
    charge = table.sheet.charge(metered)
    burned = None if charge is None else sheet.as_stored(charge.amount)
    if charge is None or burned is None:
        return None, None
    if table.effective_from is None:
        return burned, table.ref
    return burned, f"{table.ref}#{','.join(map(str, charge.positions))}"


# Of an org without prices of its own.
DEFAULT_PRICES = OrgPrices()
