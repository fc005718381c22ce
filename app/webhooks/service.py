"""Endpoints: made, changed, rotated, deleted, tried; and deliveries that somebody wants sent again."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from app.audit import service as audit
from app.audit.types import Action, Entry
from app.core import ids
from app.core.events import Event
from app.core.ids import OrgId, WebhookDeliveryId, WebhookEndpointId, WebhookMessageId
from app.core.principal import SYSTEM, Access, Permission, Principal
from app.idempotency import service as idempotency
from app.idempotency.service import Claim
from app.idempotency.types import Done, validate_key
from app.identity import locking
from app.infra import db
from app.infra.db import UnitOfWork
from app.infra.outbound import Outbound
from app.outbox import service as outbox
from app.webhooks import catalogue, events, queries, recording, records, secrets, tasks
from app.webhooks.errors import DeliveryUnderWay, EndpointDisabled, EndpointLimitReached, EndpointNotFound
from app.webhooks.retrying import WINDOW, State
from app.webhooks.secrets import Vault
from app.webhooks.types import (
    MAX_ENDPOINTS,
    ROTATION_OVERLAP,
    UNCHANGED,
    CreateEndpoint,
    Delivery,
    DisabledReason,
    Endpoint,
    NewSecret,
    Redelivered,
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
_LOCK = f"""
SELECT {records.ENDPOINT}, e.secret FROM webhook_endpoint e WHERE e.id = $1 AND e.deleted_at IS NULL
FOR NO KEY UPDATE
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
_REQUEUE = """
state = 'PENDING', tries = 0, due_at = {now}, retry_until = {until}, finished_at = NULL, seq = seq + 1,
    updated_at = {now}
"""
_REDELIVER = f"""
UPDATE webhook_delivery d SET {_REQUEUE.format(now="$2::timestamptz", until="$3::timestamptz")}
WHERE id = $1 AND state <> 'SENDING' RETURNING {records.DELIVERY}
"""
_MOST_AT_ONCE = 10_000
_REDELIVER_SINCE = f"""
UPDATE webhook_delivery d SET {_REQUEUE.format(now="$4::timestamptz", until="$5::timestamptz")}
WHERE d.id = ANY (ARRAY(
    SELECT id FROM webhook_delivery WHERE endpoint_id = $1 AND state = ANY($2::text[]) AND created_at >= $3
    ORDER BY id LIMIT $6
))
"""
# It may try at once, as one who knows better asks for it; how it went so far is not forgotten.
_UNPAUSE = "UPDATE webhook_endpoint SET paused_until = NULL WHERE id = $1::uuid AND consecutive_failures > 0"
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
        _trace(uow, access.principal, Action.WEBHOOK_ENDPOINT_CREATED, endpoint, _shown(endpoint), now)
        return endpoint

    claim = _claim(access, "create", command.idempotency_key, command=_fingerprint(command))
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
        before = await _lock(uow, endpoint_id)
        after = _changed(before, command, now)
        if after == before:
            return before
        _update(uow, after)
        old, new = _shown(before), _shown(after)
        shown = {name: {"before": old[name], "after": new[name]} for name in old if old[name] != new[name]}
        _trace(uow, access.principal, Action.WEBHOOK_ENDPOINT_UPDATED, after, shown, now)
        return after

    claim = _claim(access, "update", command.idempotency_key, id=endpoint_id, wishes=command.wishes())
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
        endpoint = replace(await _lock(uow, endpoint_id), rotated_until=now + ROTATION_OVERLAP)
        uow.add(_ROTATE, endpoint_id, vault.seal(endpoint_id, secret), endpoint.rotated_until)
        changes = {"previous_until": endpoint.rotated_until}
        _trace(uow, access.principal, Action.WEBHOOK_SECRET_ROTATED, endpoint, changes, now)
        return endpoint

    claim = _claim(access, "rotate", idempotency_key, id=endpoint_id)
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
        endpoint = await _lock(uow, endpoint_id)
        uow.add(_DELETE, endpoint_id, now)
        _trace(uow, access.principal, Action.WEBHOOK_ENDPOINT_DELETED, endpoint, _shown(endpoint), now)
        return endpoint

    claim = _claim(access, "delete", idempotency_key, id=endpoint_id)
    return await idempotency.perform(claim, act, answer=Endpoint, now=now)


async def send_test(
    principal: Principal, endpoint_id: WebhookEndpointId, *, idempotency_key: str | None = None, now: datetime
) -> Done[Delivery]:
    """Sends the endpoint a `webhook.test`, whatever it asked for.

    Raises `EndpointNotFound`, `EndpointDisabled`, `InvalidInput`, `KeyReused`, `RequestInProgress`.
    """
    refuse(validate_key(idempotency_key))
    access, _ = await queries.authorised(principal, endpoint_id, Permission.WEBHOOKS_WRITE)

    async def act(uow: UnitOfWork) -> Delivery:
        endpoint = await _lock(uow, endpoint_id)
        if not endpoint.is_enabled:
            raise EndpointDisabled
        test = Event(catalogue.TEST.name, endpoint.org_id, (), catalogue.TEST.example)
        message_id = recording.record_for(uow, test, endpoint_id, now=now)
        _wake(uow, endpoint.org_id, endpoint_id, now)
        return await _fresh(message_id, endpoint, now)

    claim = _claim(access, "test", idempotency_key, id=endpoint_id)
    return await idempotency.perform(claim, act, answer=Delivery, now=now)


async def redeliver(
    principal: Principal, delivery_id: WebhookDeliveryId, *, idempotency_key: str | None = None, now: datetime
) -> Done[Delivery]:
    """Sends it again at once, with the same id and body, and with a day of retries before it.

    Raises `DeliveryNotFound`, `EndpointDisabled`, `DeliveryUnderWay`, `InvalidInput`, `KeyReused`,
    `RequestInProgress`.
    """
    refuse(validate_key(idempotency_key))
    access, seen = await queries.authorised_delivery(principal, delivery_id, Permission.WEBHOOKS_WRITE)

    async def act(uow: UnitOfWork) -> Delivery:
        endpoint = await _lock_enabled(uow, seen.endpoint_id)
        rows = await uow.fetch(_REDELIVER, delivery_id, now, now + WINDOW)
        if not rows:
            raise DeliveryUnderWay
        _redelivered(
            uow, access, endpoint, {"deliveries": 1, "delivery_id": ids.encode("del", delivery_id)}, now
        )
        return records.delivery(rows[0])

    claim = _claim(access, "redeliver", idempotency_key, id=delivery_id)
    return await idempotency.perform(claim, act, answer=Delivery, now=now)


async def redeliver_since(
    principal: Principal,
    endpoint_id: WebhookEndpointId,
    *,
    since: datetime,
    includes_succeeded: bool = False,
    idempotency_key: str | None = None,
    now: datetime,
) -> Done[Redelivered]:
    """Sends again what was made since then and is dead, or also what had arrived; 10,000 of them at once.

    Raises `EndpointNotFound`, `EndpointDisabled`, `InvalidInput`, `KeyReused`, `RequestInProgress`.
    """
    refuse(validate_key(idempotency_key))
    access, _ = await queries.authorised(principal, endpoint_id, Permission.WEBHOOKS_WRITE)
    states = [State.DEAD.value, *([State.SUCCEEDED.value] if includes_succeeded else [])]

    async def act(uow: UnitOfWork) -> Redelivered:
        endpoint = await _lock_enabled(uow, endpoint_id)
        await uow.begin()
        count = await db.execute(
            _REDELIVER_SINCE, endpoint_id, states, since, now, now + WINDOW, _MOST_AT_ONCE
        )
        _redelivered(uow, access, endpoint, {"deliveries": count, "since": since}, now)
        return Redelivered(count, has_more=count == _MOST_AT_ONCE)

    claim = _claim(
        access, "redeliver_since", idempotency_key, id=endpoint_id, since=since, succeeded=includes_succeeded
    )
    return await idempotency.perform(claim, act, answer=Redelivered, now=now)


async def delete_all(org_id: OrgId, *, now: datetime) -> None:
    """Ends all endpoints of an org that is deleted."""
    async with db.unit_of_work() as uow:
        for row in await uow.fetch(_DELETE_ALL, org_id, now):
            endpoint = records.endpoint(row)
            _trace(uow, SYSTEM, Action.WEBHOOK_ENDPOINT_DELETED, endpoint, _shown(endpoint), now)


async def disable(
    uow: UnitOfWork, endpoint_id: WebhookEndpointId, *, reason: DisabledReason, now: datetime
) -> None:
    """Switches it off by what it answered, and tells the org and its owners. One that is off already stays as it is."""
    rows = await uow.fetch(_LOCK, endpoint_id)
    if not rows or not rows[0]["is_enabled"]:
        return
    endpoint = records.endpoint(rows[0])
    # At once: it must not be told itself, and all that is added to a unit of work sees what was before it.
    await uow.fetch(_DISABLE, endpoint_id, reason.value, now)
    changes = {"reason": reason.value, "failing_since": endpoint.failing_since}
    _trace(uow, SYSTEM, Action.WEBHOOK_ENDPOINT_DISABLED, endpoint, changes, now)
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


async def _lock(uow: UnitOfWork, endpoint_id: WebhookEndpointId) -> Endpoint:
    rows = await uow.fetch(_LOCK, endpoint_id)
    if not rows:
        raise EndpointNotFound
    return records.endpoint(rows[0])


async def _lock_enabled(uow: UnitOfWork, endpoint_id: WebhookEndpointId) -> Endpoint:
    rows = await uow.fetch(_LOCK, endpoint_id)
    if not rows or not rows[0]["is_enabled"]:
        raise EndpointDisabled
    return records.endpoint(rows[0])


async def _fresh(message_id: WebhookMessageId, endpoint: Endpoint, now: datetime) -> Delivery:
    delivery_id = await db.fetchval("SELECT webhook_delivery_id($1, $2)", message_id, endpoint.id)
    return Delivery(
        id=WebhookDeliveryId(delivery_id),
        org_id=endpoint.org_id,
        endpoint_id=endpoint.id,
        message_id=message_id,
        event_type=catalogue.TEST.name,
        state=State.PENDING,
        seq=1,
        attempts=0,
        due_at=now,
        last_status=None,
        last_error=None,
        created_at=now,
        updated_at=now,
        finished_at=None,
    )


def _redelivered(
    uow: UnitOfWork, access: Access, endpoint: Endpoint, changes: Mapping[str, Any], now: datetime
) -> None:
    uow.add(_UNPAUSE, endpoint.id)
    _trace(uow, access.principal, Action.WEBHOOKS_REDELIVERED, endpoint, changes, now)
    _wake(uow, endpoint.org_id, endpoint.id, now)


def _wake(uow: UnitOfWork, org_id: OrgId, endpoint_id: WebhookEndpointId, now: datetime) -> None:
    """Whoever sends and whoever watches."""
    outbox.publish(uow, events.deliveries_due(org_id, endpoint_id), now=now)


def _claim(access: Access, operation: str, key: str | None, **body: object) -> Claim | None:
    return None if key is None else Claim(access, f"webhooks.{operation}", key, body)


def _fingerprint(command: CreateEndpoint) -> dict[str, object]:
    return {
        "url": command.url,
        "description": command.description,
        "event_types": list(command.event_types),
        "max_concurrency": command.max_concurrency,
        "rate_per_second": command.rate_per_second,
    }


def _trace(
    uow: UnitOfWork,
    principal: Principal,
    action: Action,
    endpoint: Endpoint,
    changes: Mapping[str, Any],
    now: datetime,
) -> None:
    entry = Entry(endpoint.org_id, action, principal, "webhook_endpoint", endpoint.id, now, changes)
    audit.record(uow, entry)


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
