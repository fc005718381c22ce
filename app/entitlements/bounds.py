"""What stands between an intended action and being done, as bounds. Pure."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from app.core.money import ZERO
from app.credits.standing import BudgetStanding, ScopeKey, Standing
from app.credits.types import Period
from app.entitlements import periods
from app.entitlements.types import Bound, Entitlement, Estimate, LimitUnit, Mend, Reason
from app.plans.types import Plan


def of_entitlement(
    entitlement: Entitlement, *, used: Decimal, estimate: Estimate, now: datetime
) -> Bound | None:
    limit = entitlement.limit
    if limit is None:
        return None
    resets_at = periods.end_of(limit.period, periods.start_of(limit.period, now))
    return Bound(
        "entitlement",
        entitlement.feature_key,
        limit.unit,
        limit.amount,
        limit.amount - used,
        needed(limit.unit, estimate),
        Reason.QUOTA_EXCEEDED,
        _mends(Mend.UPGRADE, resets_at),
        limit.is_hard,
        resets_at,
    )


def of_plan(plan: Plan, *, used: Decimal | None, estimate: Estimate, now: datetime) -> Bound | None:
    """None where more than what is included can be bought."""
    if plan.token_limit is None or used is None:
        return None
    included = Decimal(plan.token_limit)
    return Bound(
        "plan",
        plan.code,
        LimitUnit.TOKENS,
        included,
        included - used,
        Decimal(estimate.tokens),
        Reason.QUOTA_EXCEEDED,
        (Mend.UPGRADE, Mend.WAIT),
        resets_at=periods.end_of(Period.MONTH, periods.start_of(Period.MONTH, now)),
    )


def of_budgets(
    key: ScopeKey, budgets: Sequence[BudgetStanding], *, estimate: Estimate, now: datetime
) -> list[Bound]:
    return [_of_budget(key, budget, estimate, now) for budget in budgets]


def of_wallet(standing: Standing, *, feature: str | None, estimate: Estimate) -> Bound:
    """Of who was never given credit, too: what they have is nothing."""
    return Bound(
        "wallet",
        "" if standing.wallet_id is None else str(standing.wallet_id),
        LimitUnit.CREDITS,
        None,
        standing.available(feature),
        estimate.credits or ZERO,
        Reason.INSUFFICIENT_CREDITS,
        (Mend.TOP_UP,),
    )


def needed(unit: LimitUnit, estimate: Estimate) -> Decimal:
    match unit:
        case LimitUnit.CREDITS:
            return estimate.credits or ZERO
        case LimitUnit.TOKENS:
            return Decimal(estimate.tokens)
        case LimitUnit.REQUESTS:
            return Decimal(1)


def _of_budget(key: ScopeKey, budget: BudgetStanding, estimate: Estimate, now: datetime) -> Bound:
    resets_at = periods.end_of(budget.period, periods.start_of(budget.period, now))
    return Bound(
        key.kind,
        key.id,
        LimitUnit.CREDITS,
        budget.amount,
        budget.amount - budget.used,
        estimate.credits or ZERO,
        Reason.BUDGET_EXCEEDED,
        () if resets_at is None else (Mend.WAIT,),
        budget.is_hard,
        resets_at,
    )


def _mends(first: Mend, resets_at: datetime | None) -> Sequence[Mend]:
    return (first,) if resets_at is None else (first, Mend.WAIT)
