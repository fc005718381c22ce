"""What every change of an endpoint does: it holds the endpoint's row, is traced, and is done once of one key."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.audit import service as audit
from app.audit.types import Action, Entry
from app.core.ids import WebhookEndpointId
from app.core.principal import Access, Principal
from app.idempotency.service import Claim
from app.infra.db import Row, UnitOfWork
from app.webhooks import records
from app.webhooks.errors import EndpointDisabled, EndpointNotFound
from app.webhooks.types import Endpoint

_LOCK = f"""
SELECT {records.ENDPOINT}, e.secret FROM webhook_endpoint e WHERE e.id = $1 AND e.deleted_at IS NULL
FOR NO KEY UPDATE
"""


async def locked(uow: UnitOfWork, endpoint_id: WebhookEndpointId) -> Sequence[Row]:
    """The row, with its secret, until the unit of work ends; none where there is no such endpoint."""
    return await uow.fetch(_LOCK, endpoint_id)


async def lock(uow: UnitOfWork, endpoint_id: WebhookEndpointId) -> Endpoint:
    rows = await locked(uow, endpoint_id)
    if not rows:
        raise EndpointNotFound
    return records.endpoint(rows[0])


async def lock_enabled(uow: UnitOfWork, endpoint_id: WebhookEndpointId) -> Endpoint:
    rows = await locked(uow, endpoint_id)
    if not rows or not rows[0]["is_enabled"]:
        raise EndpointDisabled
    return records.endpoint(rows[0])


def claim(access: Access, operation: str, key: str | None, **body: object) -> Claim | None:
    return None if key is None else Claim(access, f"webhooks.{operation}", key, body)


def trace(
    uow: UnitOfWork,
    principal: Principal,
    action: Action,
    endpoint: Endpoint,
    changes: Mapping[str, Any],
    now: datetime,
) -> None:
    entry = Entry(endpoint.org_id, action, principal, "webhook_endpoint", endpoint.id, now, changes)
    audit.record(uow, entry)
