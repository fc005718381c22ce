"""Saying where calls that ask for one name go."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from app.audit import service as audit
from app.audit.types import Action, Entry
from app.core import ids
from app.core.errors import InvalidInput
from app.core.ids import OrgId
from app.core.principal import Access, Permission, Principal
from app.gateway.errors import PolicyNotFound, TooManyPolicies
from app.gateway.routing import queries
from app.gateway.routing.policy import Choice, Policy, SetPolicy
from app.idempotency import service as idempotency
from app.idempotency.service import Claim
from app.idempotency.types import Done
from app.infra.db import UnitOfWork

MOST_POLICIES = 500
_COUNT = "SELECT count(*) AS n FROM gateway_policy WHERE org_id = $1 AND model <> $2"
_SET = f"""
INSERT INTO gateway_policy AS p (id, org_id, model, strategy, targets, baseline, cache_seconds, cached_percent,
    when_client_leaves, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9, $10, $10)
ON CONFLICT (org_id, model) DO UPDATE SET strategy = excluded.strategy, targets = excluded.targets,
    baseline = excluded.baseline, cache_seconds = excluded.cache_seconds, cached_percent = excluded.cached_percent,
    when_client_leaves = excluded.when_client_leaves, updated_at = excluded.updated_at
RETURNING {queries.COLUMNS}
"""
_REMOVE = f"DELETE FROM gateway_policy WHERE org_id = $1 AND id = $2 RETURNING {queries.COLUMNS}"


async def set_policy(
    principal: Principal, org_id: OrgId, *, command: SetPolicy, now: datetime
) -> Done[Policy]:
    """Raises `InvalidInput`, `TooManyPolicies`, `KeyReused`, `RequestInProgress`."""
    access = principal.authorise(org_id, Permission.GATEWAY_MANAGE)
    command.validate()
    targets = [_document(target) for target in command.targets]

    async def act(uow: UnitOfWork) -> Policy:
        [others] = await uow.fetch(_COUNT, access.org_id, command.model)
        if others["n"] >= MOST_POLICIES:
            raise TooManyPolicies(f"An org has at most {MOST_POLICIES} routing policies.")
        [row] = await uow.fetch(
            _SET,
            ids.uuid7(),
            access.org_id,
            command.model,
            command.strategy.value,
            orjson.dumps(targets).decode(),
            command.baseline,
            command.cache_seconds,
            command.cached_percent,
            command.when_client_leaves,
            now,
        )
        found = queries.policy(row)
        _record(uow, access, Action.ROUTING_POLICY_SET, found, now)
        return found

    body = {
        "model": command.model,
        "strategy": command.strategy.value,
        "targets": targets,
        "baseline": command.baseline,
        "cache_seconds": command.cache_seconds,
        "cached_percent": command.cached_percent,
        "when_client_leaves": command.when_client_leaves,
    }
    claim = _claim(access, "routing_policies.set", command.idempotency_key, body)
    return await idempotency.perform(claim, act, answer=Policy, now=now)


async def remove_policy(
    principal: Principal, org_id: OrgId, *, policy_id: UUID, idempotency_key: str | None, now: datetime
) -> Done[Policy]:
    """Raises `PolicyNotFound`, `InvalidInput`, `KeyReused`, `RequestInProgress`."""
    access = principal.authorise(org_id, Permission.GATEWAY_MANAGE)
    if errors := idempotency.validate_key(idempotency_key):
        raise InvalidInput(errors)

    async def act(uow: UnitOfWork) -> Policy:
        rows = await uow.fetch(_REMOVE, access.org_id, policy_id)
        if not rows:
            raise PolicyNotFound
        found = queries.policy(rows[0])
        _record(uow, access, Action.ROUTING_POLICY_REMOVED, found, now)
        return found

    claim = _claim(access, "routing_policies.remove", idempotency_key, {"id": str(policy_id)})
    return await idempotency.perform(claim, act, answer=Policy, now=now)


def _document(target: Choice) -> dict[str, Any]:
    declared = None if target.capabilities is None else sorted(target.capabilities)
    return {
        "model": target.model,
        "weight": target.weight,
        "capabilities": declared,
        "context": target.context,
        "max_output": target.max_output,
    }


def _record(uow: UnitOfWork, access: Access, action: Action, found: Policy, now: datetime) -> None:
    changes = {
        "model": found.model,
        "strategy": found.strategy.value,
        "targets": [target.model for target in found.targets],
        "cache_seconds": found.cache_seconds,
        "cached_percent": found.cached_percent,
        "when_client_leaves": found.when_client_leaves,
    }
    audit.record(
        uow, Entry(access.org_id, action, access.principal, "routing_policy", found.id, now, changes)
    )


def _claim(access: Access, operation: str, key: str | None, body: Mapping[str, Any]) -> Claim | None:
    return None if key is None else Claim(access, operation, key, body)
