"""What can go wrong with credit."""

from app.core.errors import Kind, LaunchKitError, NotFound
from app.core.money import to_text
from app.credits.types import Refusal


class WalletNotFound(NotFound):
    code = "wallet_not_found"
    title = "There is no such wallet."


class HoldNotFound(NotFound):
    code = "hold_not_found"
    title = "There is no such hold."


class GrantNotFound(NotFound):
    code = "grant_not_found"
    title = "There is no such grant."


class TransactionNotFound(NotFound):
    code = "transaction_not_found"
    title = "There is no such transaction that could be refunded."


class InsufficientCredits(LaunchKitError):
    """`refusal.available` is what there is."""

    kind = Kind.LIMIT
    code = "insufficient_credits"
    title = "There is not enough credit."

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        available = to_text(refusal.available or refusal.needed * 0)
        super().__init__(f"{to_text(refusal.needed)} credits are needed, {available} are available: top up.")


class BudgetExceeded(LaunchKitError):
    """`refusal.scope` is whose budget; it resets at `refusal.resets_at`, if ever."""

    kind = Kind.LIMIT
    code = "budget_exceeded"
    title = "A budget does not allow this."

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        scope = f"the {refusal.scope.kind.value} {refusal.scope.id}" if refusal.scope else "this scope"
        limit = "" if refusal.limit is None else f" of {to_text(refusal.limit)} credits"
        resets = "" if refusal.resets_at is None else f"; it resets at {refusal.resets_at:%Y-%m-%dT%H:%M:%SZ}"
        super().__init__(
            f"{to_text(refusal.needed)} credits would exceed the budget{limit} of {scope}{resets}."
        )


class OperationKeyReused(LaunchKitError):
    kind = Kind.INVALID
    code = "operation_key_reused"
    title = "This key was used for another operation; use a new key for a new operation."


class HoldAlreadySettled(LaunchKitError):
    kind = Kind.CONFLICT
    code = "hold_already_settled"
    title = "The hold was settled: there is nothing left to release."


class RefundTooLarge(LaunchKitError):
    kind = Kind.CONFLICT
    code = "refund_too_large"
    title = "That is more than is left to give back."
