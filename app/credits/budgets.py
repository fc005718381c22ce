"""Setting and removing budgets. What counts towards one is decided where credit is held (`credit_budgets`)."""

import contextlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.apikeys import changes as key_changes
from app.apikeys import queries as apikeys
from app.audit import service as audit
from app.audit.types import Action, Entry
from app.core import ids
from app.core.errors import InvalidInput
from app.core.ids import ApiKeyId, BudgetId, OrgId
from app.core.money import to_text
from app.core.principal import Access, Permission, Principal
from app.credits import records
from app.credits.confinement import environment_of, side
from app.credits.errors import BudgetNotFound
from app.credits.types import Budget, ScopeKind, SetBudget
from app.customers import naming
from app.idempotency import service as idempotency
from app.idempotency.service import Claim
from app.idempotency.types import Done
from app.infra.db import UnitOfWork

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
# Of one that was raised: shares that it had reached, and has not any more, are told when it reaches them again.
_RETELL = """
DELETE FROM threshold_crossing t USING budget_usage u
WHERE t.org_id = $1::uuid AND t.scope = 'budget:' || $2::uuid AND u.budget_id = $2 AND u.starts_at = t.starts_at
    AND u.spent * 100 < $3::numeric * t.percent
"""
_REMOVE = """
DELETE FROM budget WHERE org_id = $1 AND id = $2 AND environment = coalesce($3, environment)
RETURNING scope_kind, scope_id, environment, period, amount, is_hard
"""


async def set_budget(
    principal: Principal, org_id: OrgId, *, command: SetBudget, now: datetime
) -> Done[Budget]:
    """The budget as it is from now on. Of one that was there, what it counted stays.

    Raises `KeyNotFound` for an API key that the org does not have, and `CustomerNotFound` for an id of ours that is no
    customer's: nothing would ever count towards their budgets.
    """
    access = principal.authorise(org_id, Permission.CREDITS_MANAGE)
    command.validate()
    side(principal, command.environment)
    scope = command.scope
    if scope.kind is ScopeKind.CUSTOMER:
        scope = replace(scope, id=await naming.own_name(access.org_id, scope.id))

    async def act(uow: UnitOfWork) -> Budget:
        if scope.kind is ScopeKind.API_KEY:
            await apikeys.require(access.org_id, ApiKeyId(UUID(scope.id)))
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
        if row["amount_before"] is not None and row["amount_before"] < command.amount:
            uow.add(_RETELL, access.org_id, row["id"], command.amount)
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
        _tell(uow, scope.kind.value, scope.id, now)
        return records.budget(row)

    claim = _claim(access, "set", command.idempotency_key, {"budget": repr(command)})
    return await idempotency.perform(claim, act, answer=Budget, now=now)


async def remove_budget(
    principal: Principal,
    org_id: OrgId,
    *,
    budget_id: BudgetId,
    now: datetime,
    idempotency_key: str | None = None,
) -> Done[UUID]:
    """Its id. Raises `BudgetNotFound`. What open holds have booked on it is forgotten with it."""
    access = principal.authorise(org_id, Permission.CREDITS_MANAGE)
    if errors := idempotency.validate_key(idempotency_key):
        raise InvalidInput(errors)

    async def act(uow: UnitOfWork) -> UUID:
        rows = await uow.fetch(_REMOVE, access.org_id, budget_id, environment_of(principal))
        if not rows:
            raise BudgetNotFound
        changes = {**dict(rows[0]), "amount": to_text(rows[0]["amount"])}
        audit.record(
            uow, Entry(access.org_id, Action.BUDGET_REMOVED, principal, "budget", budget_id, now, changes)
        )
        _tell(uow, rows[0]["scope_kind"], rows[0]["scope_id"], now)
        return budget_id

    claim = _claim(access, "remove", idempotency_key, {"id": budget_id})
    return await idempotency.perform(claim, act, answer=UUID, now=now)


def _tell(uow: UnitOfWork, kind: str, ref: str, now: datetime) -> None:
    """Who has a copy of the key has one of its budgets."""
    if kind == ScopeKind.API_KEY:
        with contextlib.suppress(ValueError):
            key_changes.tell(uow, ApiKeyId(UUID(ref)), now=now)


def _claim(access: Access, operation: str, key: str | None, body: Mapping[str, Any]) -> Claim | None:
    return None if key is None else Claim(access, f"budgets.{operation}", key, body)


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else to_text(amount)
