"""Why credit was refused, as data."""

from datetime import datetime
from decimal import Decimal

import strawberry

from app.core import ids
from app.core.errors import LaunchKitError
from app.core.money import ZERO
from app.credits import errors
from app.credits.types import Refusal
from schema.core.errors import AnyProblem, LimitScope, Problem, problem


@strawberry.type(description="There is not enough credit.")
class InsufficientCredits(Problem):
    scope: LimitScope | None = strawberry.field(description="The wallet; null where there is none.")
    resets_at: datetime | None = strawberry.field(description="Null: a wallet does not begin anew.")
    available: Decimal = strawberry.field(description="What there is.")
    needed: Decimal = strawberry.field(description="What it takes.")


@strawberry.type(description="A budget has no room.")
class BudgetExceeded(Problem):
    scope: LimitScope | None = strawberry.field(description="Whose budget.")
    resets_at: datetime | None = strawberry.field(
        description="When it begins anew; null where it never does."
    )
    available: Decimal = strawberry.field(description="What is left of it.")
    needed: Decimal = strawberry.field(description="What it takes.")


def spending_problem(error: LaunchKitError) -> AnyProblem | InsufficientCredits | BudgetExceeded:
    """As `problem`, where credit is used."""
    if isinstance(error, errors.InsufficientCredits):
        kind: type[InsufficientCredits] | type[BudgetExceeded] = InsufficientCredits
    elif isinstance(error, errors.BudgetExceeded):
        kind = BudgetExceeded
    else:
        return problem(error)
    return kind(
        code=error.code,
        message=error.detail,
        scope=_scope(error.refusal),
        resets_at=error.refusal.resets_at,
        available=error.refusal.available or ZERO,
        needed=error.refusal.needed,
    )


def _scope(refusal: Refusal) -> LimitScope | None:
    if refusal.scope is not None:
        return LimitScope(kind=refusal.scope.kind.value, id=strawberry.ID(refusal.scope.shown_id))
    if refusal.wallet_id is not None:
        return LimitScope(kind="wallet", id=strawberry.ID(ids.encode("wal", refusal.wallet_id)))
    return None
