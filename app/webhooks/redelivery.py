"""Deliveries that somebody wants sent: again, or as a test."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from app.audit.types import Action
from app.core import ids, moments
from app.core.events import Event
from app.core.ids import OrgId, WebhookDeliveryId, WebhookEndpointId, WebhookMessageId
from app.core.principal import Access, Permission, Principal
from app.idempotency import service as idempotency
from app.idempotency.types import Done, validate_key
from app.infra import db
from app.infra.db import UnitOfWork
from app.outbox import service as outbox
from app.webhooks import catalogue, events, queries, recording, records, steps
from app.webhooks.errors import DeliveryUnderWay, EndpointDisabled
from app.webhooks.retrying import WINDOW, State
from app.webhooks.types import Delivery, Endpoint, Redelivered, refuse

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
WITH again AS (
    UPDATE webhook_delivery d SET {_REQUEUE.format(now="$4::timestamptz", until="$5::timestamptz")}
    WHERE d.id = ANY (ARRAY(
        SELECT id FROM webhook_delivery
        WHERE endpoint_id = $1 AND state = ANY($2::text[]) AND created_at >= $3 AND id > $7
        ORDER BY id LIMIT $6
    )) RETURNING d.id
) SELECT count(*) AS count, (array_agg(id ORDER BY id DESC))[1] AS last FROM again
"""
_FIRST = UUID(int=0)
# It may try at once, as one who knows better asks for it; how it went so far is not forgotten.
_UNPAUSE = "UPDATE webhook_endpoint SET paused_until = NULL WHERE id = $1::uuid AND consecutive_failures > 0"


async def send_test(
    principal: Principal, endpoint_id: WebhookEndpointId, *, idempotency_key: str | None = None, now: datetime
) -> Done[Delivery]:
    """Sends the endpoint a `webhook.test`, whatever it asked for.

    Raises `EndpointNotFound`, `EndpointDisabled`, `InvalidInput`, `KeyReused`, `RequestInProgress`.
    """
    refuse(validate_key(idempotency_key))
    access, _ = await queries.authorised(principal, endpoint_id, Permission.WEBHOOKS_WRITE)

    async def act(uow: UnitOfWork) -> Delivery:
        endpoint = await steps.lock(uow, endpoint_id)
        if not endpoint.is_enabled:
            raise EndpointDisabled
        test = Event(catalogue.TEST.name, endpoint.org_id, (), catalogue.TEST.example)
        message_id = recording.record_for(uow, test, endpoint_id, now=now)
        _wake(uow, endpoint.org_id, endpoint_id, now)
        return await _fresh(message_id, endpoint, now)

    claim = steps.claim(access, "test", idempotency_key, id=endpoint_id)
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
        endpoint = await steps.lock_enabled(uow, seen.endpoint_id)
        rows = await uow.fetch(_REDELIVER, delivery_id, now, now + WINDOW)
        if not rows:
            raise DeliveryUnderWay
        _redelivered(
            uow, access, endpoint, {"deliveries": 1, "delivery_id": ids.encode("del", delivery_id)}, now
        )
        return records.delivery(rows[0])

    claim = steps.claim(access, "redeliver", idempotency_key, id=delivery_id)
    return await idempotency.perform(claim, act, answer=Delivery, now=now)


async def redeliver_since(
    principal: Principal,
    endpoint_id: WebhookEndpointId,
    *,
    since: datetime,
    includes_succeeded: bool = False,
    after: UUID | None = None,
    idempotency_key: str | None = None,
    now: datetime,
) -> Done[Redelivered]:
    """Sends again what was made since then and is dead, or also what had arrived; 10,000 of them at once.

    `after` goes on behind the last of those before: what was sent again may have arrived again by then.
    Raises `EndpointNotFound`, `EndpointDisabled`, `InvalidInput`, `KeyReused`, `RequestInProgress`.
    """
    refuse([*validate_key(idempotency_key), *moments.faults("since", since)])
    access, _ = await queries.authorised(principal, endpoint_id, Permission.WEBHOOKS_WRITE)
    states = [State.DEAD.value, *([State.SUCCEEDED.value] if includes_succeeded else [])]

    async def act(uow: UnitOfWork) -> Redelivered:
        endpoint = await steps.lock_enabled(uow, endpoint_id)
        await uow.begin()
        row = await db.fetchrow(
            _REDELIVER_SINCE,
            endpoint_id,
            states,
            since,
            now,
            now + WINDOW,
            _MOST_AT_ONCE,
            after or _FIRST,
        )
        assert row is not None
        count, has_more = row["count"], row["count"] == _MOST_AT_ONCE
        _redelivered(uow, access, endpoint, {"deliveries": count, "since": since}, now)
        return Redelivered(count, has_more, WebhookDeliveryId(row["last"]) if has_more else None)

    # Left out where it says nothing: a key of before there was one stands for the same request.
    place = {} if after is None else {"after": after}
    claim = steps.claim(
        access,
        "redeliver_since",
        idempotency_key,
        id=endpoint_id,
        since=since,
        succeeded=includes_succeeded,
        **place,
    )
    return await idempotency.perform(claim, act, answer=Redelivered, now=now)


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
    steps.trace(uow, access.principal, Action.WEBHOOKS_REDELIVERED, endpoint, changes, now)
    _wake(uow, endpoint.org_id, endpoint.id, now)


def _wake(uow: UnitOfWork, org_id: OrgId, endpoint_id: WebhookEndpointId, now: datetime) -> None:
    """Whoever sends and whoever watches."""
    outbox.publish(uow, events.deliveries_due(org_id, endpoint_id), now=now)
