"""Endpoints: made, changed, rotated, deleted, switched off."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from app.audit.types import Action
from app.core import ids
from app.core.ids import OrgId, WebhookEndpointId
from app.core.principal import SYSTEM, Access, Permission, Principal
from app.idempotency import service as idempotency
from app.idempotency.types import Done, validate_key
from app.identity import locking
from app.infra import db
from app.infra.db import UnitOfWork
from app.infra.outbound import Outbound
from app.outbox import service as outbox
from app.webhooks import events, queries, records, secrets, steps, tasks
from app.webhooks.errors import EndpointLimitReached
from app.webhooks.secrets import Vault
from app.webhooks.types import (
    MAX_ENDPOINTS,
    ROTATION_OVERLAP,
    UNCHANGED,
    CreateEndpoint,
    DisabledReason,
    Endpoint,
    NewSecret,
    UpdateEndpoint,
    refuse,
)

_COUNT = "SELECT count(*) FROM webhook_endpoint WHERE org_id = $1 AND deleted_at IS NULL"
_INSERT = """
INSERT INTO webhook_endpoint (
    id, org_id, url, description, event_types, max_concurrency, rate_per_second, is_enabled, secret, created_at,
    created_by_kind, created_by_id
) VALUES (
    $1::uuid, $2::uuid, $3::text, $4::text, $5::text[], $6::smallint, $7::smallint, true, $8::bytea, $9::timestamptz,
    $10::text, $11::uuid
)
"""
_UPDATE = """
UPDATE webhook_endpoint SET url = $2::text, description = $3::text, event_types = $4::text[],
    max_concurrency = $5::smallint, rate_per_second = $6::smallint, is_enabled = $7::bool,
    disabled_reason = $8::text, disabled_at = $9::timestamptz, consecutive_failures = $10::int,
    failing_since = $11::timestamptz, paused_until = $12::timestamptz
WHERE id = $1::uuid
"""
_ROTATE = """
UPDATE webhook_endpoint
SET previous_secret = secret, previous_secret_until = $3::timestamptz, secret = $2::bytea WHERE id = $1::uuid
"""
# Its deliveries are kept as long as others; what it was signed with is not.
_DELETE = """
UPDATE webhook_endpoint SET deleted_at = $2::timestamptz, is_enabled = false,
    disabled_reason = coalesce(disabled_reason, 'manual'), secret = '', previous_secret = NULL,
    previous_secret_until = NULL
WHERE id = $1::uuid
"""
_DELETE_ALL = f"""
UPDATE webhook_endpoint e SET deleted_at = $2, is_enabled = false,
    disabled_reason = coalesce(disabled_reason, 'manual'), secret = '', previous_secret = NULL,
    previous_secret_until = NULL
WHERE e.org_id = $1 AND e.deleted_at IS NULL RETURNING {records.ENDPOINT}
"""
_DISABLE = """
UPDATE webhook_endpoint
SET is_enabled = false, disabled_reason = $2::text, disabled_at = $3::timestamptz
WHERE id = $1::uuid
"""


async def create(
    principal: Principal,
    org_id: OrgId,
    *,
    command: CreateEndpoint,
    vault: Vault,
    outbound: Outbound,
    now: datetime,
) -> NewSecret:
    """An endpoint, and its secret, which is shown here and never again, not even in a replay.

    Raises `InvalidInput`, `EndpointLimitReached`, `OrgClosing`, `KeyReused`, `RequestInProgress`.
    """
    access = principal.authorise(org_id, Permission.WEBHOOKS_WRITE)
    refuse([*command.faults(), *await outbound.faults(command.url)])
    secret = secrets.generate()
    endpoint = _new(access, command, now)

    async def act(uow: UnitOfWork) -> Endpoint:
        await locking.lock(uow, org_id)
        [row] = await uow.fetch(_COUNT, org_id)
        if row["count"] >= MAX_ENDPOINTS:
            raise EndpointLimitReached(f"An org may have {MAX_ENDPOINTS} webhook endpoints; delete one.")
        _insert(uow, endpoint, vault.seal(endpoint.id, secret))
        steps.trace(uow, access.principal, Action.WEBHOOK_ENDPOINT_CREATED, endpoint, _shown(endpoint), now)
        return endpoint

    claim = steps.claim(access, "create", command.idempotency_key, command=_fingerprint(command))
    return NewSecret.of(await idempotency.perform(claim, act, answer=Endpoint, now=now), secret)


async def update(
    principal: Principal,
    endpoint_id: WebhookEndpointId,
    *,
    command: UpdateEndpoint,
    outbound: Outbound,
    now: datetime,
) -> Done[Endpoint]:
    """What is to be different. Enabling it forgets its failures and its pause.

    Raises `EndpointNotFound`, `InvalidInput`, `KeyReused`, `RequestInProgress`.
    """
    access, _ = await queries.authorised(principal, endpoint_id, Permission.WEBHOOKS_WRITE)
    faults = command.faults()
    if command.url is not UNCHANGED:
        faults += await outbound.faults(command.url)
    refuse(faults)

    async def act(uow: UnitOfWork) -> Endpoint:
        before = await steps.lock(uow, endpoint_id)
        after = _changed(before, command, now)
        if after == before:
            return before
        _update(uow, after)
        old, new = _shown(before), _shown(after)
        shown = {name: {"before": old[name], "after": new[name]} for name in old if old[name] != new[name]}
        steps.trace(uow, access.principal, Action.WEBHOOK_ENDPOINT_UPDATED, after, shown, now)
        return after

    claim = steps.claim(access, "update", command.idempotency_key, id=endpoint_id, wishes=command.wishes())
    return await idempotency.perform(claim, act, answer=Endpoint, now=now)


async def rotate(
    principal: Principal,
    endpoint_id: WebhookEndpointId,
    *,
    vault: Vault,
    idempotency_key: str | None = None,
    now: datetime,
) -> NewSecret:
    """Another secret; for `ROTATION_OVERLAP` deliveries carry the signatures of both. The one before that ends now.

    Raises `EndpointNotFound`, `InvalidInput`, `KeyReused`, `RequestInProgress`.
    """
    refuse(validate_key(idempotency_key))
    access, _ = await queries.authorised(principal, endpoint_id, Permission.WEBHOOKS_WRITE)
    secret = secrets.generate()

    async def act(uow: UnitOfWork) -> Endpoint:
        endpoint = replace(await steps.lock(uow, endpoint_id), rotated_until=now + ROTATION_OVERLAP)
        uow.add(_ROTATE, endpoint_id, vault.seal(endpoint_id, secret), endpoint.rotated_until)
        changes = {"previous_until": endpoint.rotated_until}
        steps.trace(uow, access.principal, Action.WEBHOOK_SECRET_ROTATED, endpoint, changes, now)
        return endpoint

    claim = steps.claim(access, "rotate", idempotency_key, id=endpoint_id)
    return NewSecret.of(await idempotency.perform(claim, act, answer=Endpoint, now=now), secret)


async def delete(
    principal: Principal, endpoint_id: WebhookEndpointId, *, idempotency_key: str | None = None, now: datetime
) -> Done[Endpoint]:
    """Nothing more is sent to it; its deliveries can be read as long as they are kept.

    Raises `EndpointNotFound`, `InvalidInput`, `KeyReused`, `RequestInProgress`.
    """
    refuse(validate_key(idempotency_key))
    access, _ = await queries.authorised(principal, endpoint_id, Permission.WEBHOOKS_WRITE)

    async def act(uow: UnitOfWork) -> Endpoint:
        endpoint = await steps.lock(uow, endpoint_id)
        uow.add(_DELETE, endpoint_id, now)
        steps.trace(uow, access.principal, Action.WEBHOOK_ENDPOINT_DELETED, endpoint, _shown(endpoint), now)
        return endpoint

    claim = steps.claim(access, "delete", idempotency_key, id=endpoint_id)
    return await idempotency.perform(claim, act, answer=Endpoint, now=now)


async def delete_all(org_id: OrgId, *, now: datetime) -> None:
    """Ends all endpoints of an org that is deleted."""
    async with db.unit_of_work() as uow:
        for row in await uow.fetch(_DELETE_ALL, org_id, now):
            endpoint = records.endpoint(row)
            steps.trace(uow, SYSTEM, Action.WEBHOOK_ENDPOINT_DELETED, endpoint, _shown(endpoint), now)


async def disable(
    uow: UnitOfWork, endpoint_id: WebhookEndpointId, *, reason: DisabledReason, now: datetime
) -> None:
    """Switches it off by what it answered, and tells the org and its owners. One that is off already stays as it is."""
    rows = await steps.locked(uow, endpoint_id)
    if not rows or not rows[0]["is_enabled"]:
        return
    endpoint = records.endpoint(rows[0])
    # At once: it must not be told itself, and all that is added to a unit of work sees what was before it.
    await uow.fetch(_DISABLE, endpoint_id, reason.value, now)
    changes = {"reason": reason.value, "failing_since": endpoint.failing_since}
    steps.trace(uow, SYSTEM, Action.WEBHOOK_ENDPOINT_DISABLED, endpoint, changes, now)
    outbox.publish(uow, events.endpoint_disabled(endpoint.org_id, endpoint_id, reason), now=now)
    outbox.enqueue(uow, tasks.mail_disabled(endpoint_id), now=now)


def _new(access: Access, command: CreateEndpoint, now: datetime) -> Endpoint:
    return Endpoint(
        id=WebhookEndpointId(ids.uuid7()),
        org_id=access.org_id,
        url=command.url,
        description=command.description,
        event_types=tuple(dict.fromkeys(command.event_types)),
        max_concurrency=command.max_concurrency,
        rate_per_second=command.rate_per_second,
        is_enabled=True,
        disabled_reason=None,
        disabled_at=None,
        rotated_until=None,
        consecutive_failures=0,
        failing_since=None,
        paused_until=None,
        created_at=now,
        created_by_kind=access.principal.kind,
        created_by_id=access.principal.id,
    )


def _changed(before: Endpoint, command: UpdateEndpoint, now: datetime) -> Endpoint:
    wishes: dict[str, Any] = command.wishes()
    after = replace(before, **wishes)
    if after.is_enabled == before.is_enabled:
        return after
    if after.is_enabled:
        return replace(
            after,
            disabled_reason=None,
            disabled_at=None,
            consecutive_failures=0,
            failing_since=None,
            paused_until=None,
        )
    return replace(after, disabled_reason=DisabledReason.MANUAL, disabled_at=now)


def _insert(uow: UnitOfWork, endpoint: Endpoint, sealed: bytes) -> None:
    uow.add(
        _INSERT,
        endpoint.id,
        endpoint.org_id,
        endpoint.url,
        endpoint.description,
        list(endpoint.event_types),
        endpoint.max_concurrency,
        endpoint.rate_per_second,
        sealed,
        endpoint.created_at,
        endpoint.created_by_kind,
        endpoint.created_by_id,
    )


def _update(uow: UnitOfWork, endpoint: Endpoint) -> None:
    reason = endpoint.disabled_reason
    uow.add(
        _UPDATE,
        endpoint.id,
        endpoint.url,
        endpoint.description,
        list(endpoint.event_types),
        endpoint.max_concurrency,
        endpoint.rate_per_second,
        endpoint.is_enabled,
        None if reason is None else reason.value,
        endpoint.disabled_at,
        endpoint.consecutive_failures,
        endpoint.failing_since,
        endpoint.paused_until,
    )


def _fingerprint(command: CreateEndpoint) -> dict[str, object]:
    return {
        "url": command.url,
        "description": command.description,
        "event_types": list(command.event_types),
        "max_concurrency": command.max_concurrency,
        "rate_per_second": command.rate_per_second,
    }


def _shown(endpoint: Endpoint) -> dict[str, Any]:
    """For the audit log. A query may hold a token of the receiver's: it is left out."""
    return {
        "url": urlsplit(endpoint.url)._replace(query="").geturl(),
        "has_query": bool(urlsplit(endpoint.url).query),
        "description": endpoint.description,
        "event_types": list(endpoint.event_types),
        "max_concurrency": endpoint.max_concurrency,
        "rate_per_second": endpoint.rate_per_second,
        "is_enabled": endpoint.is_enabled,
    }
