"""May a customer go on? Pure: what is known in, the decision out."""

from collections.abc import Sequence
from decimal import Decimal

from app.core.money import ZERO
from app.entitlements.types import Bound, Decision, Entitlement, Estimate, Mend, Reason

_UNBOUNDED = Decimal("Infinity")


def decide(
    *,
    feature: str | None,
    entitlement: Entitlement | None,
    is_sold: bool,
    bounds: Sequence[Bound],
    estimate: Estimate,
) -> Decision:
    """A feature that the org sells (`is_sold`) is nobody's without an entitlement; what it never named is free to use.

    The first of `bounds` that stands in the way is the reason; they come in the order in which they are told.
    """
    if feature is not None and entitlement is None and is_sold:
        return Decision(False, Reason.NOT_ENTITLED, estimate, mends=(Mend.UPGRADE,), bounds=bounds)
    if entitlement is not None and not entitlement.is_enabled:
        return Decision(False, Reason.FEATURE_DISABLED, estimate, mends=(Mend.UPGRADE,), bounds=bounds)
    for bound in bounds:
        if bound.holds:
            return Decision(False, bound.reason, estimate, bound, bound.mends, bounds)
    return Decision(True, Reason.ALLOWED, estimate, tightest(bounds), bounds=bounds)


def tightest(bounds: Sequence[Bound]) -> Bound | None:
    """The hard one that allows the fewest repetitions of what is intended; soft ones only where there is no other."""
    hard = [bound for bound in bounds if bound.is_hard]
    return min(hard or bounds, key=_repetitions, default=None)


def _repetitions(bound: Bound) -> Decimal:
    if bound.needed > 0:
        return max(bound.remaining, ZERO) / bound.needed
    return _UNBOUNDED if bound.remaining > 0 else ZERO
