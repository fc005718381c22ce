"""Setting and removing budgets. What counts towards one is decided where credit is held (`credit_budgets`)."""

from datetime import datetime
from decimal import Decimal

from app.audit import service as audit
from app.audit.types import Action, Entry
from app.core import ids
from app.core.ids import BudgetId, OrgId
from app.core.money import to_text
from app.core.principal import Permission, Principal
from app.credits import records
from app.credits.confinement import side
from app.credits.errors import BudgetNotFound
from app.credits.types import Budget, SetBudget
from app.infra import db

_SET = """
WITH before AS (
    SELECT amount, is_hard FROM budget
    WHERE org_id = $2 AND scope_kind = $3 AND scope_id = $4 AND environment = $5 AND period = $6
), kept AS (
    INSERT INTO budget (id, org_id, scope_kind, scope_id, environment, period, amount, is_hard, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (org_id, scope_kind, scope_id, environment, period)
    DO UPDATE SET amount = excluded.amount, is_hard = excluded.is_hard
    RETURNING *
)
SELECT b.id, b.scope_kind, b.scope_id, b.environment, b.period, b.amount, b.is_hard, coalesce(u.spent, 0) AS spent,
    coalesce(u.held, 0) AS held, credit_period_end(b.period, credit_period_start(b.period, $9)) AS resets_at,
    before.amount AS amount_before, before.is_hard AS was_hard
FROM kept b LEFT JOIN before ON true
LEFT JOIN budget_usage u ON u.budget_id = b.id AND u.starts_at = credit_period_start(b.period, $9)
"""
_REMOVE = """
DELETE FROM budget WHERE org_id = $1 AND id = $2 RETURNING scope_kind, scope_id, environment, period, amount, is_hard
"""


async def set_budget(principal: Principal, org_id: OrgId, *, command: SetBudget, now: datetime) -> Budget:
    """The budget as it is from now on. Of one that was there, what it counted stays."""
    access = principal.authorise(org_id, Permission.CREDITS_MANAGE)
    command.validate()
    scope = command.scope
    side(principal, command.environment)
    async with db.unit_of_work() as uow:
        [row] = await uow.fetch(
            _SET,
            ids.uuid7(),
            access.org_id,
            scope.kind.value,
            scope.id,
            command.environment,
            command.period.value,
            command.amount,
            command.is_hard,
            now,
        )
        changes = {
            "scope": {"kind": scope.kind.value, "id": scope.shown_id},
            "period": command.period.value,
            "environment": command.environment,
            "amount": {"before": _text(row["amount_before"]), "after": to_text(command.amount)},
            "is_hard": {"before": row["was_hard"], "after": command.is_hard},
        }
        audit.record(
            uow, Entry(access.org_id, Action.BUDGET_SET, principal, "budget", row["id"], now, changes)
        )
    return records.budget(row)


async def remove_budget(principal: Principal, org_id: OrgId, *, budget_id: BudgetId, now: datetime) -> None:
    """Raises `BudgetNotFound`. What open holds have booked on it is forgotten with it."""
    access = principal.authorise(org_id, Permission.CREDITS_MANAGE)
    async with db.unit_of_work() as uow:
        rows = await uow.fetch(_REMOVE, access.org_id, budget_id)
        if not rows:
            raise BudgetNotFound
        changes = {**dict(rows[0]), "amount": to_text(rows[0]["amount"])}
        audit.record(
            uow, Entry(access.org_id, Action.BUDGET_REMOVED, principal, "budget", budget_id, now, changes)
        )


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else to_text(amount)
