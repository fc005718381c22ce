"""Prices as values: what a client writes, and what is kept of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from app.core import ids, moments, money
from app.core.errors import FieldError, InvalidInput
from app.core.ids import BurnTableId
from app.idempotency.types import validate_key
from app.pricing import sheet

TABLE_PREFIX = "burn"
PRICE_PREFIX = "price"

MAX_RULES = 500
MAX_TIERS = 20
_MAX_AMOUNT = Decimal(10) ** 9
_MAX_NAME = 200
_MAX_PROVIDER, _MAX_MODEL, _MAX_UNIT, _MAX_ATTRIBUTE, _MAX_AUDIENCE = 64, 128, 64, 32, 255


class AudienceKind(StrEnum):
    """Whose usage a burn table is for. The narrowest one that has a table in force decides alone."""

    ALL = "all"
    TIER = "tier"
    CUSTOMER = "customer"


class TableStatus(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Audience:
    """`ref` is a tier, or a customer's external id; empty for all."""

    kind: AudienceKind = AudienceKind.ALL
    ref: str = ""


@dataclass(frozen=True, slots=True)
class RuleTier:
    """`credits` for `per` of what lies below `up_to` and above the tier before, counted in one event."""

    up_to: Decimal
    credits: Decimal


@dataclass(frozen=True, slots=True)
class Rule:
    """`credits` for `per` of a unit: a kind of token, `tokens`, `images`, or a unit of the org's own.

    `provider` is a name or `*`; `model` a name, a prefix with a final `*`, or `*`. What lies within `tiers` burns
    theirs instead.
    """

    unit: str
    credits: Decimal
    per: Decimal = Decimal(1)
    provider: str = sheet.ANY
    model: str = sheet.ANY
    tiers: tuple[RuleTier, ...] = ()
    image_size: str | None = None
    image_quality: str | None = None


@dataclass(frozen=True, slots=True)
class BurnTableDraft:
    """What a draft says; `credit_price_usd` is what one credit sells for, without which there is no margin."""

    name: str
    rules: Sequence[Rule]
    credit_price_usd: Decimal | None = None

    def validate(self) -> None:
        """Raises `InvalidInput` with every fault of every rule."""
        errors = _text("name", self.name, _MAX_NAME)
        if len(self.rules) > MAX_RULES:
            errors.append(FieldError("rules", "too_many", f"Use at most {MAX_RULES} rules."))
        if self.credit_price_usd is not None:
            errors += _amount("credit_price_usd", self.credit_price_usd)
        seen: dict[object, int] = {}
        for number, rule in enumerate(self.rules[:MAX_RULES]):
            path = f"rules.{number}"
            errors += _rule_errors(path, rule)
            key = (
                *_key(rule.provider, rule.model),
                *_line_key(rule.unit, rule.image_size, rule.image_quality),
            )
            if key in seen:
                mend = f"Rule {seen[key]} is for the same; leave one of them out."
                errors.append(FieldError(path, "duplicate", mend))
            seen.setdefault(key, number)
        if errors:
            raise InvalidInput(errors)


@dataclass(frozen=True, slots=True)
class NewBurnTable:
    draft: BurnTableDraft
    audience: Audience = Audience()
    idempotency_key: str | None = None

    def validate(self) -> None:
        errors = validate_key(self.idempotency_key)
        kind, ref = self.audience.kind, self.audience.ref
        if kind is AudienceKind.ALL and ref:
            errors.append(FieldError("audience.ref", "unexpected", "Leave it out: this table is for all."))
        if kind is not AudienceKind.ALL:
            errors += _text("audience.ref", ref, _MAX_AUDIENCE)
        if errors:
            raise InvalidInput(errors)
        self.draft.validate()


@dataclass(frozen=True, slots=True)
class BurnTable:
    """A draft, or a version that is in force in [effective_from, effective_to)."""

    id: BurnTableId
    name: str
    audience: Audience
    version: int
    status: TableStatus
    rules: tuple[Rule, ...]
    credit_price_usd: Decimal | None
    effective_from: datetime | None
    effective_to: datetime | None
    created_at: datetime
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class PriceLine:
    """`usd` for `per` of a unit."""

    unit: str
    usd: Decimal
    per: Decimal = Decimal(1_000_000)
    image_size: str | None = None
    image_quality: str | None = None


@dataclass(frozen=True, slots=True)
class NewProviderPrice:
    """An org's own price of a model, instead of the list's, from `effective_from` on (None: from now on)."""

    provider: str
    model: str
    lines: Sequence[PriceLine]
    effective_from: datetime | None = None
    effective_to: datetime | None = None
    idempotency_key: str | None = None

    def validate(self) -> None:
        errors = [*validate_key(self.idempotency_key), *_name_errors("", self.provider, self.model)]
        if not 1 <= len(self.lines) <= MAX_RULES:
            errors.append(FieldError("lines", "length", f"Give 1 to {MAX_RULES} lines."))
        seen = set()
        for number, line in enumerate(self.lines[:MAX_RULES]):
            path = f"lines.{number}"
            errors += _unit_errors(path, line.unit, line.image_size, line.image_quality)
            errors += _amount(f"{path}.usd", line.usd)
            errors += _amount(f"{path}.per", line.per, allows_zero=False)
            key = _line_key(line.unit, line.image_size, line.image_quality)
            if key in seen:
                errors.append(FieldError(path, "duplicate", "Another line is for the same; leave one out."))
            seen.add(key)
        errors += period_errors(self.effective_from, self.effective_to)
        if errors:
            raise InvalidInput(errors)


@dataclass(frozen=True, slots=True)
class ProviderPrice:
    id: UUID
    provider: str
    model: str
    lines: tuple[PriceLine, ...]
    effective_from: datetime
    effective_to: datetime | None
    created_at: datetime


class PriceSource(StrEnum):
    OWN = "own"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Band:
    """The price of every token of a unit where the whole input is longer than `above`."""

    unit: str
    above: int
    usd: Decimal


@dataclass(frozen=True, slots=True)
class PricedModel:
    """What a model costs: by the org's own price, or by the list's of one moment. `ref` is what rated events keep."""

    provider: str
    model: str
    source: PriceSource
    ref: str
    lines: Sequence[PriceLine]
    bands: Sequence[Band] = ()
    effective_from: datetime | None = None
    effective_to: datetime | None = None


@dataclass(frozen=True, slots=True)
class PriceFilter:
    """Of one provider; whose model's name holds the text. Case does not matter."""

    provider: str | None = None
    model: str | None = None

    def matches(self, provider: str, model: str) -> bool:
        return (self.provider is None or self.provider.lower() == provider.lower()) and (
            self.model is None or self.model.lower() in model.lower()
        )


def period_errors(start: datetime | None, end: datetime | None) -> list[FieldError]:
    errors = moments.faults("effective_from", start) + moments.faults("effective_to", end)
    if not errors and start is not None and end is not None and end <= start:
        errors.append(FieldError("effective_to", "empty_range", "It must be later than `effective_from`."))
    return errors


def table_ref(table_id: UUID, version: int) -> str:
    """How rated events and errors name a table."""
    return f"{ids.encode(TABLE_PREFIX, table_id)}@{version}"


def _rule_errors(path: str, rule: Rule) -> Iterator[FieldError]:
    yield from _name_errors(f"{path}.", rule.provider, rule.model)
    yield from _unit_errors(path, rule.unit, rule.image_size, rule.image_quality)
    yield from _amount(f"{path}.credits", rule.credits)
    yield from _amount(f"{path}.per", rule.per, allows_zero=False)
    if len(rule.tiers) > MAX_TIERS:
        yield FieldError(f"{path}.tiers", "too_many", f"Use at most {MAX_TIERS} tiers.")
    before = Decimal(0)
    for number, tier in enumerate(rule.tiers[:MAX_TIERS]):
        faults = _amount(f"{path}.tiers.{number}.up_to", tier.up_to, allows_zero=False)
        yield from faults
        yield from _amount(f"{path}.tiers.{number}.credits", tier.credits)
        if not faults and tier.up_to <= before:
            yield FieldError(f"{path}.tiers.{number}.up_to", "not_ascending", f"It must be above {before:f}.")
        before = before if faults else tier.up_to


def _name_errors(path: str, provider: str, model: str) -> Iterator[FieldError]:
    yield from _text(f"{path}provider", provider, _MAX_PROVIDER)
    yield from _text(f"{path}model", model, _MAX_MODEL)
    if sheet.ANY in provider and provider != sheet.ANY:
        yield FieldError(f"{path}provider", "pattern", "Name a provider, or * for any.")
    if sheet.ANY in model[:-1]:
        yield FieldError(f"{path}model", "pattern", "A * stands at the end only: gpt-4*.")


def _unit_errors(path: str, unit: str, size: str | None, quality: str | None) -> Iterator[FieldError]:
    yield from _text(f"{path}.unit", unit, _MAX_UNIT)
    for name, value in (("image_size", size), ("image_quality", quality)):
        if value is None:
            continue
        yield from _text(f"{path}.{name}", value, _MAX_ATTRIBUTE)
        if unit != sheet.IMAGES:
            yield FieldError(f"{path}.{name}", "unexpected", "Only `images` have a size and a quality.")


def _text(name: str, value: str, longest: int) -> list[FieldError]:
    if 1 <= len(value) <= longest and value.isprintable() and value.strip():
        return []
    return [FieldError(name, "length", f"Use 1 to {longest} printable characters.")]


def _amount(name: str, amount: Decimal, *, allows_zero: bool = True) -> list[FieldError]:
    if not amount.is_finite() or amount < 0 or (amount == 0 and not allows_zero) or amount > _MAX_AMOUNT:
        least = "from 0" if allows_zero else "above 0"
        return [FieldError(name, "out_of_range", f"Use a number {least} up to {_MAX_AMOUNT:,}.")]
    if amount != money.as_stored(amount):
        return [FieldError(name, "too_precise", "Use at most 12 digits after the point.")]
    return []


def _key(provider: str, model: str) -> tuple[str, str]:
    return provider.lower(), model.lower()


def _line_key(unit: str, size: str | None, quality: str | None) -> tuple[str, str | None, str | None]:
    return unit, size and size.lower(), quality and quality.lower()
