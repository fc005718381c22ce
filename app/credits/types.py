"""Credit as values: wallets, grants, holds, budgets, and what one can ask of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from app.core import ids, moments, money
from app.core.errors import FieldError, InvalidInput
from app.core.ids import BudgetId, CustomerId, GrantId, HoldId, OrgId, WalletId
from app.core.principal import Environment
from app.idempotency import types as idempotency

MAX_AMOUNT = Decimal(10) ** 11
MAX_KEY_LENGTH = 200
MAX_REF_LENGTH = 255
# LaunchKit names its own transactions so; a settlement that found its name taken could never be booked.
_RESERVED = ("settle:", "repay:", "expire:", "top_up:")
MIN_LEASE = timedelta(seconds=1)
MAX_LEASE = timedelta(hours=24)
DEFAULT_LEASE = timedelta(minutes=10)
DEFAULT_PRIORITY = 50


class OwnerKind(StrEnum):
    ORG = "org"
    TEAM = "team"
    CUSTOMER = "customer"


class GrantSource(StrEnum):
    PURCHASE = "purchase"
    PLAN = "plan"
    PROMOTION = "promotion"
    ADJUSTMENT = "adjustment"


class Category(StrEnum):
    """Of a grant: money was paid for it, or not."""

    PAID = "paid"
    PROMOTIONAL = "promotional"


class Period(StrEnum):
    """Of a budget or a limit: calendar periods in UTC, a week begins on Monday; `total` never begins anew."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    TOTAL = "total"


class ScopeKind(StrEnum):
    """What a budget is set for."""

    API_KEY = "api_key"
    USER = "user"
    TEAM = "team"
    CUSTOMER = "customer"


class HoldState(StrEnum):
    OPEN = "open"
    SETTLED = "settled"
    RELEASED = "released"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a wallet is. `ref` is a customer's external id or a team's name; an org's own has none."""

    kind: OwnerKind
    ref: str = ""


@dataclass(frozen=True, slots=True)
class CustomerRef:
    """A customer as a client names it: by the org's own id for it or, where `id` is set, by ours."""

    external_id: str | None
    id: CustomerId | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """Where a customer's usage is paid from; `wallet_id` is None where nobody gave it credit."""

    wallet_id: WalletId | None
    team: str | None


@dataclass(frozen=True, slots=True)
class Scope:
    """What a spending counts towards beside its wallet."""

    kind: ScopeKind
    id: str

    @property
    def shown_id(self) -> str:
        """As clients write it: of an API key `key_…`."""
        return ids.encode("key", UUID(self.id)) if self.kind is ScopeKind.API_KEY else self.id


@dataclass(frozen=True, slots=True)
class Wallet:
    """`balance` is the sum of its ledger entries: what its grants have left, less `debt`. `held` is part of it."""

    id: WalletId
    org_id: OrgId
    owner: Owner
    environment: Environment
    balance: Decimal
    held: Decimal
    debt: Decimal
    seq: int
    created_at: datetime

    def available(self, grants: Sequence["Grant"], *, now: datetime) -> Decimal:
        """What any use could take of its grants: those of one feature are not counted, and debt comes first."""
        free = sum((grant.free(now=now) for grant in grants if grant.feature_id is None), money.ZERO)
        return max(money.ZERO, free - self.debt)


@dataclass(frozen=True, slots=True)
class Grant:
    id: GrantId
    wallet_id: WalletId
    source: GrantSource
    category: Category
    amount: Decimal
    remaining: Decimal
    held: Decimal
    cost_basis: Decimal | None
    currency: str | None
    priority: int
    feature_id: str | None
    effective_at: datetime
    expires_at: datetime | None
    created_at: datetime

    def free(self, *, now: datetime) -> Decimal:
        """What a new hold could take of it at `now`."""
        is_over = self.expires_at is not None and self.expires_at <= now
        return money.ZERO if is_over or self.effective_at > now else self.remaining - self.held


@dataclass(frozen=True, slots=True)
class Credits:
    """A wallet as its owner is shown it; `available` is what any use could take at that moment.

    `wallet` is None where there is none yet: then nothing is available.
    """

    wallet: Wallet | None
    available: Decimal
    grants: Sequence[Grant]


@dataclass(frozen=True, slots=True)
class Hold:
    id: HoldId
    wallet_id: WalletId
    amount: Decimal
    state: HoldState
    feature_id: str | None
    created_at: datetime
    lease_expires_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    settled: Decimal | None
    transaction_id: UUID | None


@dataclass(frozen=True, slots=True)
class Budget:
    """`spent` and `held` are of the present period."""

    id: BudgetId
    scope: Scope
    environment: Environment
    period: Period
    amount: Decimal
    is_hard: bool
    spent: Decimal
    held: Decimal
    resets_at: datetime | None


@dataclass(frozen=True, slots=True)
class KeyBudget:
    """What an API key may use in a period, and no more."""

    environment: Environment
    period: Period
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a ledger transaction; those of one transaction sum to zero."""

    account: str
    grant_id: GrantId | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Transaction:
    id: UUID
    wallet_id: WalletId
    kind: str
    at: datetime
    amount: Decimal
    balance_after: Decimal
    hold_id: HoldId | None
    reverses_id: UUID | None
    note: str | None
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Spend:
    """What a hold or a direct consumption names. `key` makes repeating it safe: once per org, for ever.

    Without a wallet, that of `customer`, whose budgets and whose team's then count beside `scopes`; without a customer
    the org's. `fingerprint` is of the whole request: with it, the same key for another one is refused.
    """

    wallet_id: WalletId | None
    key: str
    amount: Decimal
    feature_id: str | None = None
    scopes: Sequence[Scope] = ()
    customer: CustomerRef | None = None
    fingerprint: bytes | None = None

    def validate(self) -> None:
        errors = [
            *check_amount(self.amount),
            *check_key(self.key),
            *check_ref(self.feature_id, name="feature_id"),
            *check_ref(self.customer.external_id if self.customer else None, name="customer_id"),
            *(error for scope in self.scopes for error in check_ref(scope.id, name=f"{scope.kind.value}_id")),
        ]
        if errors:
            raise InvalidInput(errors)


@dataclass(frozen=True, slots=True)
class NewGrant:
    """`cost_basis` is what was paid for one credit, in `currency`."""

    wallet_id: WalletId
    key: str
    amount: Decimal
    source: GrantSource
    category: Category
    effective_at: datetime
    expires_at: datetime | None = None
    feature_id: str | None = None
    priority: int = DEFAULT_PRIORITY
    cost_basis: Decimal | None = None
    currency: str | None = None
    note: str | None = None
    fingerprint: bytes | None = None

    def validate(self) -> None:
        errors = [
            *check_amount(self.amount),
            *check_key(self.key),
            *check_ref(self.feature_id, name="feature_id"),
            *check_note(self.note),
            *check_price(self.cost_basis, self.currency),
        ]
        times = moments.faults("effective_at", self.effective_at) + moments.faults(
            "expires_at", self.expires_at
        )
        errors += times
        if not times and self.expires_at is not None and self.expires_at <= self.effective_at:
            errors.append(FieldError("expires_at", "too_early", "Name a time after the grant takes effect."))
        if not 0 <= self.priority <= 1_000:
            errors.append(FieldError("priority", "out_of_range", "Use 0 to 1000; the lowest burns first."))
        if errors:
            raise InvalidInput(errors)


@dataclass(frozen=True, slots=True)
class Settlement:
    """How an operation ended; of a repeated one, how it ended the first time."""

    transaction_id: UUID | None
    amount: Decimal
    balance: Decimal
    debt: Decimal
    is_replay: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    id: HoldId
    amount: Decimal
    lease_expires_at: datetime
    is_replay: bool = False


@dataclass(frozen=True, slots=True)
class Started:
    """A hold whose work has begun, at `started_at`, when that was first said."""

    id: HoldId
    started_at: datetime
    lease_expires_at: datetime


@dataclass(frozen=True, slots=True)
class Released:
    """What a hold gave back: `amount`."""

    id: HoldId
    amount: Decimal
    is_replay: bool = False


@dataclass(frozen=True, slots=True)
class NewPurchase:
    """Credit that was paid for outside LaunchKit. `owner` is whose it is to be; `cost_basis` as in `NewGrant`."""

    customer: CustomerRef | None
    key: str
    amount: Decimal
    cost_basis: Decimal | None = None
    currency: str | None = None
    expires_at: datetime | None = None
    note: str | None = None
    fingerprint: bytes | None = None


@dataclass(frozen=True, slots=True)
class Purchase:
    grant_id: GrantId
    wallet_id: WalletId
    customer_id: str | None
    amount: Decimal
    balance: Decimal
    debt: Decimal
    is_replay: bool = False


@dataclass(frozen=True, slots=True)
class SetBudget:
    """A budget that replaces the one of the same scope, environment and period, if any: what it counted stays."""

    scope: Scope
    environment: Environment
    period: Period
    amount: Decimal
    is_hard: bool = True
    idempotency_key: str | None = None

    def validate(self) -> None:
        errors = [
            *check_amount(self.amount, allows_zero=True),
            *check_ref(self.scope.id, name="scope_id"),
            *idempotency.validate_key(self.idempotency_key),
        ]
        if errors:
            raise InvalidInput(errors)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why credit was refused: what was wanted, and what stood against it."""

    needed: Decimal
    available: Decimal | None = None
    scope: Scope | None = None
    limit: Decimal | None = None
    resets_at: datetime | None = None
    wallet_id: WalletId | None = None


def check_amount(amount: Decimal, *, name: str = "amount", allows_zero: bool = False) -> list[FieldError]:
    if not amount.is_finite() or amount < 0 or (amount == 0 and not allows_zero) or amount > MAX_AMOUNT:
        least = "from 0" if allows_zero else "above 0"
        return [FieldError(name, "out_of_range", f"Use a number {least} up to {MAX_AMOUNT:,}.")]
    if amount != money.as_stored(amount):
        return [FieldError(name, "too_precise", "Use at most 12 digits after the point.")]
    return []


def check_key(key: str, *, name: str = "idempotency_key") -> list[FieldError]:
    if key.startswith(_RESERVED):
        return [FieldError(name, "reserved", f"Begin it with anything but {', '.join(_RESERVED)}.")]
    if 1 <= len(key) <= MAX_KEY_LENGTH and key.isprintable():
        return []
    return [FieldError(name, "length", f"Use 1 to {MAX_KEY_LENGTH} printable characters.")]


def check_ref(ref: str | None, *, name: str) -> list[FieldError]:
    """Of an id that the org made up."""
    if ref is None or (1 <= len(ref) <= MAX_REF_LENGTH and ref.isprintable()):
        return []
    return [FieldError(name, "length", f"Use 1 to {MAX_REF_LENGTH} printable characters.")]


def check_note(note: str | None) -> list[FieldError]:
    if note is None or (len(note) <= MAX_REF_LENGTH and "\0" not in note):
        return []
    return [FieldError("note", "length", f"Use at most {MAX_REF_LENGTH} characters, none of them NUL.")]


def check_price(cost_basis: Decimal | None, currency: str | None) -> list[FieldError]:
    """Of what was paid for one credit: a price and its currency, or neither."""
    if cost_basis is None and currency is None:
        return []
    if cost_basis is None or currency is None:
        return [
            FieldError("currency", "incomplete", "Name what one credit cost and its currency, or neither.")
        ]
    errors = check_amount(cost_basis, name="cost_basis", allows_zero=True)
    if not (len(currency) == 3 and currency.isascii() and currency.isalpha() and currency.isupper()):
        errors.append(FieldError("currency", "unknown_currency", "Use a code of ISO 4217, for example USD."))
    return errors


def check_owner(owner: Owner) -> list[FieldError]:
    """The org's own wallet has no name, everybody else's has one."""
    if owner.kind is OwnerKind.ORG:
        return [FieldError("owner.ref", "not_empty", "Leave it out: the org is meant.")] if owner.ref else []
    return check_ref(owner.ref, name="owner.ref")
