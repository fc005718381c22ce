"""Auto top-up as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from app.core import money
from app.core.errors import FieldError, InvalidInput
from app.core.ids import OrgId, TopUpId, WalletId
from app.core.payments import Charge
from app.credits.types import Period, check_amount, check_price, check_ref
from app.idempotency import types as idempotency

MAX_COUNT = 1_000
# Stripe's, of any currency.
_MAX_MINOR = 99_999_999


class TopUpState(StrEnum):
    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class TopUp:
    """One attempt: credit of `amount` for money of `amount_minor`. `failure` is the provider's code for why not."""

    id: TopUpId
    org_id: OrgId
    wallet_id: WalletId
    amount: Decimal
    cost_basis: Decimal
    currency: str
    amount_minor: int
    payment_customer: str
    payment_method: str
    payment_id: str | None
    state: TopUpState
    failure: str | None
    attempts: int
    created_at: datetime
    finished_at: datetime | None

    @property
    def reference(self) -> str:
        """The charge's at the provider, and the grant's in the ledger."""
        return f"top_up:{self.id}"

    def charge(self) -> Charge:
        return Charge(
            self.reference,
            self.payment_customer,
            self.payment_method,
            self.amount_minor,
            self.currency,
            f"{money.to_text(self.amount)} credits",
        )


@dataclass(frozen=True, slots=True)
class AutoTopUp:
    """Once what any use could take is no more than `threshold`, `amount` is bought at `cost_basis` a credit.

    In each `period` at most `max_count` times and `max_amount` credits. `is_armed` is false from an attempt on until
    there is more than the threshold again.
    """

    wallet_id: WalletId
    threshold: Decimal
    amount: Decimal
    cost_basis: Decimal
    currency: str
    amount_minor: int
    period: Period
    max_amount: Decimal
    max_count: int
    payment_method: str
    is_armed: bool
    updated_at: datetime
    last: TopUp | None = None


@dataclass(frozen=True, slots=True)
class SetAutoTopUp:
    """Takes the place of what was set for the wallet before, and arms it."""

    wallet_id: WalletId
    threshold: Decimal
    amount: Decimal
    cost_basis: Decimal
    currency: str
    period: Period
    max_amount: Decimal
    max_count: int
    payment_method: str
    idempotency_key: str | None = None

    def validate(self) -> None:
        """Raises `InvalidInput` with every fault."""
        errors = [
            *check_amount(self.threshold, name="threshold", allows_zero=True),
            *check_amount(self.amount),
            *check_amount(self.max_amount, name="max_amount"),
            *check_amount(self.cost_basis, name="cost_basis"),
            *check_ref(self.payment_method, name="payment_method"),
            *idempotency.validate_key(self.idempotency_key),
        ]
        if not errors:
            errors += [*check_price(self.cost_basis, self.currency), *self._faults()]
        if errors:
            raise InvalidInput(errors)

    def body(self) -> Mapping[str, Any]:
        """What the same idempotency key must say again."""
        return {"auto_top_up": repr(self)}

    @property
    def amount_minor(self) -> int:
        """What each top-up costs."""
        return money.round_to_minor(self.amount * self.cost_basis, self.currency)

    def _faults(self) -> list[FieldError]:
        errors = []
        if not 1 <= self.max_count <= MAX_COUNT:
            errors.append(FieldError("max_count", "out_of_range", f"Use 1 to {MAX_COUNT}."))
        if self.max_amount < self.amount:
            errors.append(FieldError("max_amount", "too_small", "Allow at least one `amount` in a period."))
        if not 1 <= self.amount_minor <= _MAX_MINOR:
            mend = f"Buy for 1 to {_MAX_MINOR:,} of the smallest unit of the currency at once."
            errors.append(FieldError("amount", "price_out_of_range", mend))
        return errors
