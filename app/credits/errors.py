"""What can go wrong with credit."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from app.core import ids
from app.core.errors import Kind, LaunchKitError, NotFound
from app.core.money import ZERO, to_text
from app.credits.types import Refusal
from app.limits.errors import Exhausted


class WalletNotFound(NotFound):
    code = "wallet_not_found"
    title = "There is no such wallet."


class HoldNotFound(NotFound):
    code = "hold_not_found"
    title = "There is no such hold."


class GrantNotFound(NotFound):
    code = "grant_not_found"
    title = "There is no such grant."


class BudgetNotFound(NotFound):
    code = "budget_not_found"
    title = "There is no such budget."


class TransactionNotFound(NotFound):
    code = "transaction_not_found"
    title = "There is no such transaction that could be refunded."


class InsufficientCredits(Exhausted):
    """`refusal.available` is what there is."""

    code = "insufficient_credits"
    title = "There is not enough credit."

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        available = to_text(refusal.available or ZERO)
        super().__init__(f"{to_text(refusal.needed)} credits are needed, {available} are available: top up.")

    @property
    def members(self) -> Mapping[str, Any]:
        return _members(self.refusal)


class BudgetExceeded(Exhausted):
    """`refusal.scope` is whose budget; it resets at `refusal.resets_at`, if ever."""

    code = "budget_exceeded"
    title = "A budget does not allow this."

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        scope = f"the {refusal.scope.kind.value} {refusal.scope.shown_id}" if refusal.scope else "this scope"
        limit = "" if refusal.limit is None else f" of {to_text(refusal.limit)} credits"
        resets = "" if refusal.resets_at is None else f"; it resets at {refusal.resets_at:%Y-%m-%dT%H:%M:%SZ}"
        super().__init__(
            f"{to_text(refusal.needed)} credits would exceed the budget{limit} of {scope}{resets}."
        )

    @property
    def members(self) -> Mapping[str, Any]:
        return _members(self.refusal)


class HoldAlreadySettled(LaunchKitError):
    kind = Kind.CONFLICT
    code = "hold_already_settled"
    title = "The hold was settled: there is nothing left to release."


class HoldEnded(LaunchKitError):
    kind = Kind.CONFLICT
    code = "hold_ended"
    title = "The hold has ended: set credit aside anew, or settle it if the work was done."


class RefundTooLarge(LaunchKitError):
    """Of a refund, or of a grant that is taken back; `available` is what is left of it."""

    kind = Kind.CONFLICT
    code = "refund_too_large"
    title = "That is more than is left of it."

    def __init__(self, available: Decimal) -> None:
        self.available = available
        some = f"Name at most {to_text(available)}: no more is left of it."
        super().__init__(some if available else "Nothing is left of it: all was given or taken back before.")


def _members(refusal: Refusal) -> Mapping[str, Any]:
    scope = None
    if refusal.scope is not None:
        scope = {"kind": refusal.scope.kind.value, "id": refusal.scope.shown_id}
    elif refusal.wallet_id is not None:
        scope = {"kind": "wallet", "id": ids.encode("wal", refusal.wallet_id)}
    return {
        "scope": scope,
        "resets_at": refusal.resets_at,
        "available": to_text(refusal.available or ZERO),
        "needed": to_text(refusal.needed),
    }
