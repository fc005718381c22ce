"""Writing what an org sells: features, and who is entitled to them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from app.audit import service as audit
from app.audit.types import Action, Entry
from app.core import ids
from app.core.errors import InvalidInput
from app.core.ids import OrgId
from app.core.money import to_text
from app.core.principal import Access, Permission, Principal
from app.customers import naming
from app.entitlements import events, records
from app.entitlements.errors import (
    EntitlementNotFound,
    FeatureExists,
    FeatureNotFound,
)
from app.entitlements.types import (
    AudienceKind,
    CreateFeature,
    Entitlement,
    Feature,
    SetEntitlement,
)
from app.idempotency import service as idempotency
from app.idempotency.service import Claim
from app.idempotency.types import Done
from app.infra.db import UnitOfWork
from app.outbox import service as outbox

_INSERT_FEATURE = """
INSERT INTO feature (id, org_id, key, name, created_at) VALUES ($1::uuid, $2::uuid, $3::text, $4::text, $5::timestamptz)
"""
_HAS_FEATURE = "SELECT FROM feature WHERE org_id = $1 AND key = $2 FOR KEY SHARE"
_SET = f"""
INSERT INTO entitlement AS e (
    id, org_id, audience_kind, audience_ref, feature_key, is_enabled, unit, amount, period, is_hard, updated_at
) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (org_id, audience_kind, audience_ref, feature_key) DO UPDATE SET is_enabled = excluded.is_enabled,
    unit = excluded.unit, amount = excluded.amount, period = excluded.period, is_hard = excluded.is_hard,
    updated_at = excluded.updated_at
RETURNING {records.ENTITLEMENT_COLUMNS}
"""
_REMOVE = f"DELETE FROM entitlement WHERE org_id = $1 AND id = $2 RETURNING {records.ENTITLEMENT_COLUMNS}"


async def create_feature(
    principal: Principal, org_id: OrgId, *, command: CreateFeature, now: datetime
) -> Done[Feature]:
    """From now on nobody has the feature but those whom an entitlement gives it.

    Raises `InvalidInput`, `FeatureExists`, `KeyReused`, `RequestInProgress`.
    """
    access = principal.authorise(org_id, Permission.PRICES_MANAGE)
    command.validate()

    async def act(uow: UnitOfWork) -> Feature:
        feature = Feature(ids.uuid7(), command.key, command.name, now)
        uow.add(_INSERT_FEATURE, feature.id, access.org_id, feature.key, feature.name, now)
        uow.on_violation("feature_key", FeatureExists)
        changes = {"key": feature.key, "name": feature.name}
        _record(uow, access, Action.FEATURE_CREATED, "feature", feature.id, changes, now)
        return feature

    body = {"key": command.key, "name": command.name}
    claim = _claim(access, "features.create", command.idempotency_key, body)
    return await idempotency.perform(claim, act, answer=Feature, now=now)


async def set_entitlement(
    principal: Principal, org_id: OrgId, *, command: SetEntitlement, now: datetime
) -> Done[Entitlement]:
    """Raises `InvalidInput`, `FeatureNotFound`, `KeyReused`, `RequestInProgress`; `CustomerNotFound` for an id of ours
    that is none.
    """
    access = principal.authorise(org_id, Permission.PRICES_MANAGE)
    command.validate()
    limit, audience = command.limit, command.audience
    if audience.kind is AudienceKind.CUSTOMER:
        audience = replace(audience, ref=await naming.own_name(access.org_id, audience.ref))
    parts = (
        (None, None, None, True)
        if limit is None
        else (limit.unit.value, limit.amount, limit.period.value, limit.is_hard)
    )

    async def act(uow: UnitOfWork) -> Entitlement:
        if not await uow.fetch(_HAS_FEATURE, access.org_id, command.feature_key):
            raise FeatureNotFound
        [row] = await uow.fetch(
            _SET,
            ids.uuid7(),
            access.org_id,
            audience.kind.value,
            audience.ref,
            command.feature_key,
            command.is_enabled,
            *parts,
            now,
        )
        found = records.entitlement(row)
        _record(uow, access, Action.ENTITLEMENT_SET, "entitlement", found.id, _said(found), now)
        return found

    body = {
        "feature": command.feature_key,
        "audience": repr(audience),
        "enabled": command.is_enabled,
        "limit": parts,
    }
    claim = _claim(access, "entitlements.set", command.idempotency_key, body)
    return await idempotency.perform(claim, act, answer=Entitlement, now=now)


async def remove_entitlement(
    principal: Principal,
    org_id: OrgId,
    *,
    entitlement_id: UUID,
    idempotency_key: str | None = None,
    now: datetime,
) -> Done[Entitlement]:
    """Raises `EntitlementNotFound`, `KeyReused`, `RequestInProgress`."""
    access = principal.authorise(org_id, Permission.PRICES_MANAGE)
    _require_key(idempotency_key)

    async def act(uow: UnitOfWork) -> Entitlement:
        rows = await uow.fetch(_REMOVE, access.org_id, entitlement_id)
        if not rows:
            raise EntitlementNotFound
        found = records.entitlement(rows[0])
        _record(uow, access, Action.ENTITLEMENT_REMOVED, "entitlement", found.id, _said(found), now)
        return found

    claim = _claim(access, "entitlements.remove", idempotency_key, {"id": entitlement_id})
    return await idempotency.perform(claim, act, answer=Entitlement, now=now)


def _record(
    uow: UnitOfWork,
    access: Access,
    action: Action,
    kind: str,
    target: UUID | None,
    changes: Mapping[str, Any],
    now: datetime,
) -> None:
    """The trace, and the word to every process that the org's terms are others now."""
    audit.record(uow, Entry(access.org_id, action, access.principal, kind, target, now, changes))
    outbox.publish(uow, events.changed(access.org_id), now=now)


def _said(found: Entitlement) -> dict[str, Any]:
    limit = found.limit
    return {
        "feature": found.feature_key,
        "audience": {"kind": found.audience.kind.value, "ref": found.audience.ref},
        "is_enabled": found.is_enabled,
        "limit": limit
        and {
            "unit": limit.unit.value,
            "amount": to_text(limit.amount),
            "period": limit.period.value,
            "is_hard": limit.is_hard,
        },
    }


def _claim(access: Access, operation: str, key: str | None, body: Mapping[str, Any]) -> Claim | None:
    return None if key is None else Claim(access, operation, key, body)


def _require_key(key: str | None) -> None:
    if errors := idempotency.validate_key(key):
        raise InvalidInput(errors)
