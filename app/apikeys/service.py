"""Making, rotating, changing and revoking API keys."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from app.apikeys import changes as key_changes
from app.apikeys import events, queries, reach, records, rotation, traces
from app.apikeys import format as key_format
from app.apikeys.errors import KeyLimitReached, KeyRevoked
from app.apikeys.types import (
    UNCHANGED,
    ApiKey,
    CreateApiKey,
    NewApiKey,
    RotateApiKey,
    UpdateApiKey,
    known_scopes,
)
from app.apikeys.verification import KeyVerifier
from app.audit import service as audit
from app.audit.types import Action
from app.core import ids
from app.core.errors import FieldError, InvalidInput
from app.core.ids import ApiKeyId, OrgId
from app.core.principal import Access, Permission, Principal
from app.idempotency import service as idempotency
from app.idempotency.service import Claim
from app.idempotency.types import Done
from app.identity import locking
from app.identity import queries as identity
from app.identity.errors import WorkspaceNotFound
from app.identity.types import Workspace, WorkspaceKind
from app.infra.db import UnitOfWork
from app.outbox import service as outbox
from app.plans import current as plans

_COUNT = f"SELECT count(*) FROM api_key WHERE org_id = $1 AND {records.TAKES_A_PLACE.format(now='$2')}"
_INSERT = """
INSERT INTO api_key (
    id, org_id, workspace_id, name, public_id, secret_digest, scopes, created_at, expires_at, allowed_models,
    created_by_kind, created_by_id, tokens_per_minute
) VALUES (
    $1::uuid, $2::uuid, $3::uuid, $4::text, $5::text, $6::bytea, $7::text[], $8::timestamptz, $9::timestamptz,
    $10::text[], $11::text, $12::uuid, $13::bigint
)
"""
_LOCK = f"SELECT {records.COLUMNS} FROM api_key WHERE id = $1 FOR NO KEY UPDATE"
# What may be too long to be kept with a claim, or too large.
_NOT_TO_BE_CLAIMED = frozenset({"idempotency_key", "tokens_per_minute"})
_REPLACE = "UPDATE api_key SET replaced_by_id = $2::uuid, expires_at = $3::timestamptz WHERE id = $1::uuid"
_REVOKE = "UPDATE api_key SET revoked_at = $2::timestamptz WHERE id = $1::uuid"
_UPDATE = """
UPDATE api_key SET name = $2::text, scopes = $3::text[], allowed_models = $4::text[], tokens_per_minute = $5::bigint
WHERE id = $1::uuid
"""


async def create(
    principal: Principal, org_id: OrgId, *, command: CreateApiKey, verifier: KeyVerifier, now: datetime
) -> NewApiKey:
    """A key that is no more than its maker. Its text is shown here and never again, not even in a replay.

    Raises `InvalidInput`, `WorkspaceNotFound`, `OrgClosing`, `KeyLimitReached`, `KeyReused`, `RequestInProgress`.
    """
    access = principal.authorise(org_id, Permission.KEYS_MANAGE)
    _validate(access, command, now)
    workspace = await _workspace(principal, org_id, command)
    token, parsed = key_format.generate(workspace.kind)
    key = _new_key(access, command, workspace, parsed.public_id, now)

    async def act(uow: UnitOfWork) -> ApiKey:
        await _require_place(uow, org_id, now)
        _insert(uow, key, verifier.digest(parsed))
        audit.record(uow, traces.made(access, key))
        key_changes.tell(uow, key.id, now=now)
        return key

    claim = _claim_creation(access, command)
    return NewApiKey.of(await idempotency.perform(claim, act, answer=ApiKey, now=now), token)


async def rotate(
    principal: Principal,
    key_id: ApiKeyId,
    *,
    command: RotateApiKey,
    verifier: KeyVerifier,
    default_overlap: timedelta,
    now: datetime,
) -> NewApiKey:
    """A successor that takes the key's place; the key itself ends after the overlap, if it does not end before.

    Raises `KeyNotFound`, `InvalidInput`, `BeyondOwn`, `KeyRevoked`, `KeyExpired`, `KeyReplaced`, `KeyReused`,
    `RequestInProgress`.
    """
    command.validate()
    access, seen = await queries.authorised(principal, key_id, Permission.KEYS_MANAGE)
    token, parsed = key_format.generate(await _environment(seen))

    async def act(uow: UnitOfWork) -> ApiKey:
        old, scopes = await _lock(uow, key_id)
        rotation.require_rotatable(old, now=now)
        reach.require_within(principal, access.org_id, scopes, old.allowed_models, old.tokens_per_minute)
        new = rotation.successor(old, public_id=parsed.public_id, maker=principal, now=now)
        _insert(uow, new, verifier.digest(parsed))
        _replace(uow, access, old, new, until=now + command.overlap(default_overlap))
        key_changes.tell(uow, new.id, key_id, now=now)
        return new

    claim = _claim(access, "rotate", command.idempotency_key, id=key_id, overlap_hours=command.overlap_hours)
    return NewApiKey.of(await idempotency.perform(claim, act, answer=ApiKey, now=now), token)


async def revoke(
    principal: Principal, key_id: ApiKeyId, *, idempotency_key: str | None = None, now: datetime
) -> Done[ApiKey]:
    """Ends the key for good, everywhere within a second. A key that was revoked before stays as it is.

    Raises `KeyNotFound`, `InvalidInput`, `KeyReused`, `RequestInProgress`.
    """
    _refuse(idempotency.validate_key(idempotency_key))
    access, _ = await queries.authorised(principal, key_id, Permission.KEYS_MANAGE)

    async def act(uow: UnitOfWork) -> ApiKey:
        key, _ = await _lock(uow, key_id)
        if key.revoked_at is not None:
            return key
        uow.add(_REVOKE, key_id, now)
        changes = {"revoked_at": now}
        audit.record(uow, traces.changed(access, Action.API_KEY_REVOKED, key, changes, now=now))
        outbox.publish(uow, events.revoked(key), now=now)
        key_changes.tell(uow, key_id, now=now)
        return replace(key, revoked_at=now)

    claim = _claim(access, "revoke", idempotency_key, id=key_id)
    return await idempotency.perform(claim, act, answer=ApiKey, now=now)


async def update(
    principal: Principal, key_id: ApiKeyId, *, command: UpdateApiKey, now: datetime
) -> Done[ApiKey]:
    """Another name, fewer scopes, other models, another limit of tokens; in force everywhere within a second.

    Raises `KeyNotFound`, `KeyRevoked`, `InvalidInput`, `KeyReused`, `RequestInProgress`.
    """
    access, _ = await queries.authorised(principal, key_id, Permission.KEYS_MANAGE)
    faults = command.faults()
    if command.allowed_models is not UNCHANGED:
        faults += reach.models_beyond(principal, command.allowed_models)
    if command.tokens_per_minute is not UNCHANGED:
        faults += reach.tokens_beyond(principal, command.tokens_per_minute)
    if any(fault.field in _NOT_TO_BE_CLAIMED for fault in faults):
        raise InvalidInput(faults)

    async def act(uow: UnitOfWork) -> ApiKey:
        key, scopes = await _lock(uow, key_id)
        _refuse([*faults, *command.faults_against(scopes)])
        if key.revoked_at is not None:
            raise KeyRevoked
        changes = command.changes(key)
        if not changes:
            return key
        after = replace(key, **changes)
        stored_scopes = command.stored_scopes(scopes)
        uow.add(_UPDATE, key_id, after.name, stored_scopes, after.allowed_models, after.tokens_per_minute)
        audit.record(uow, traces.changed(access, Action.API_KEY_UPDATED, key, changes, now=now))
        key_changes.tell(uow, key_id, now=now)
        return after

    claim = _claim(access, "update", command.idempotency_key, id=key_id, **command.wishes())
    return await idempotency.perform(claim, act, answer=ApiKey, now=now)


def _refuse(faults: Sequence[FieldError]) -> None:
    if faults:
        raise InvalidInput(faults)


def _validate(access: Access, command: CreateApiKey, now: datetime) -> None:
    maker = access.principal
    faults = [
        *command.faults(now=now),
        *reach.scopes_beyond(maker, access.org_id, command.scopes),
        *reach.expiry_beyond(maker, command.expires_at),
        *reach.models_beyond(maker, command.allowed_models),
        *reach.tokens_beyond(maker, command.tokens_per_minute),
    ]
    _refuse(faults)


async def _workspace(principal: Principal, org_id: OrgId, command: CreateApiKey) -> Workspace:
    """Raises `WorkspaceNotFound` also for one of another org, and for one that the maker, a key, is not of."""
    wanted = command.workspace_id or principal.workspace_id
    if wanted is None:
        return await identity.default_workspace(principal, org_id)
    [found] = await identity.workspaces_by_id([wanted])
    if found is None or found.org_id != org_id or principal.workspace_id not in (None, found.id):
        raise WorkspaceNotFound
    return found


async def _environment(key: ApiKey) -> WorkspaceKind:
    [workspace] = await identity.workspaces_by_id([key.workspace_id])
    assert workspace is not None, "a key refers to its workspace"
    return workspace.kind


def _new_key(
    access: Access, command: CreateApiKey, workspace: Workspace, public_id: str, now: datetime
) -> ApiKey:
    return ApiKey(
        id=ApiKeyId(ids.uuid7()),
        org_id=access.org_id,
        workspace_id=workspace.id,
        name=command.name,
        public_id=public_id,
        scopes=known_scopes(command.scopes),
        created_at=now,
        expires_at=command.expires_at,
        allowed_models=None if command.allowed_models is None else tuple(command.allowed_models),
        tokens_per_minute=command.tokens_per_minute,
        created_by_kind=access.principal.kind,
        created_by_id=access.principal.id,
    )


def _claim_creation(access: Access, command: CreateApiKey) -> Claim | None:
    return _claim(
        access,
        "create",
        command.idempotency_key,
        name=command.name,
        scopes=sorted(set(command.scopes)),
        workspace_id=command.workspace_id,
        expires_at=command.expires_at,
        allowed_models=command.allowed_models,
        tokens_per_minute=command.tokens_per_minute,
    )


def _claim(access: Access, operation: str, key: str | None, **body: object) -> Claim | None:
    return None if key is None else Claim(access, f"api_keys.{operation}", key, body)


async def _require_place(uow: UnitOfWork, org_id: OrgId, now: datetime) -> None:
    """Holds the org until the commit, so that of two who count at once the second counts the first's key."""
    org = await locking.lock(uow, org_id)
    limit = (await plans.known(org.plan_ref)).api_keys
    if limit is None:
        return
    [row] = await uow.fetch(_COUNT, org_id, now)
    if row["count"] >= limit:
        raise KeyLimitReached(org.plan, limit)


def _insert(uow: UnitOfWork, key: ApiKey, digest: bytes) -> None:
    uow.add(
        _INSERT,
        key.id,
        key.org_id,
        key.workspace_id,
        key.name,
        key.public_id,
        digest,
        sorted(key.scopes),
        key.created_at,
        key.expires_at,
        key.allowed_models,
        key.created_by_kind,
        key.created_by_id,
        key.tokens_per_minute,
    )


async def _lock(uow: UnitOfWork, key_id: ApiKeyId) -> tuple[ApiKey, Sequence[str]]:
    """The key, and its scopes as they are stored: those of another version are not in it."""
    [row] = await uow.fetch(_LOCK, key_id)
    return records.key(row), row["scopes"]


def _replace(uow: UnitOfWork, access: Access, old: ApiKey, new: ApiKey, *, until: datetime) -> None:
    ends = until if old.expires_at is None else min(until, old.expires_at)
    changes = {"replaced_by_id": new.id, "expires_at": ends}
    uow.add(_REPLACE, old.id, new.id, ends)
    rotated = traces.changed(access, Action.API_KEY_ROTATED, old, changes, now=new.created_at)
    audit.record(uow, traces.made(access, new, replaces=old.id), rotated)
