"""Reading endpoints, deliveries and attempts; secrets are not among what is read."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from uuid import UUID

from app.core import moments
from app.core.ids import OrgId, UserId, WebhookDeliveryId, WebhookEndpointId
from app.core.pagination import Page, PageRequest
from app.core.principal import Access, Permission, Principal
from app.infra import db
from app.webhooks import records
from app.webhooks.errors import DeliveryNotFound, EndpointNotFound
from app.webhooks.types import (
    Attempt,
    Delivery,
    DeliveryFilter,
    Detail,
    DisabledReason,
    Endpoint,
    Letter,
    refuse,
)

_GET = f"SELECT {records.ENDPOINT} FROM webhook_endpoint e WHERE e.id = $1 AND e.deleted_at IS NULL"
_PAGE = f"""
SELECT {records.ENDPOINT} FROM webhook_endpoint e
WHERE e.org_id = $1 AND e.id < $2 AND e.deleted_at IS NULL ORDER BY e.id DESC LIMIT $3
"""
_DELIVERY = f"SELECT {records.DELIVERY} FROM webhook_delivery d WHERE d.id = $1"
_DETAIL = f"""
SELECT {records.DELIVERY}, m.body FROM webhook_delivery d JOIN webhook_message m ON m.id = d.message_id
WHERE d.id = $1
"""
_BODIES = """
SELECT d.id, m.body FROM webhook_delivery d JOIN webhook_message m ON m.id = d.message_id WHERE d.id = ANY($1::uuid[])
"""
_MOST_ATTEMPTS = 100
_ATTEMPTS = f"""
SELECT a.* FROM unnest($1::uuid[]) AS wanted (id) CROSS JOIN LATERAL (
    SELECT {records.ATTEMPT} FROM webhook_attempt WHERE delivery_id = wanted.id ORDER BY number DESC LIMIT $2
) AS a
"""
_NEWEST = f"""
SELECT {records.DELIVERY} FROM webhook_delivery d WHERE d.endpoint_id = $1 ORDER BY d.id DESC LIMIT $2
"""
_CHANGED = f"""
SELECT {records.DELIVERY} FROM webhook_delivery d
WHERE d.endpoint_id = $1 AND (d.updated_at, d.id) > ($2, $3) ORDER BY d.updated_at, d.id LIMIT $4
"""
_LAST_ID = UUID(int=2**128 - 1)
_WAITING = "SELECT count(*) FROM webhook_delivery WHERE state IN ('PENDING', 'SENDING')"
_LETTERS = """
SELECT e.url, e.disabled_reason, e.disabled_at, e.failing_since, o.name AS org_name, u.id AS user_id, u.email
FROM webhook_endpoint e JOIN org o ON o.id = e.org_id
JOIN membership m ON m.org_id = e.org_id AND m.role = 'OWNER' JOIN user_account u ON u.id = m.user_id
WHERE e.id = $1 AND NOT e.is_enabled AND e.deleted_at IS NULL
"""


async def get(principal: Principal, endpoint_id: WebhookEndpointId) -> Endpoint:
    """Raises `EndpointNotFound` also for one of another org, `Forbidden` without the permission."""
    _, endpoint = await authorised(principal, endpoint_id, Permission.WEBHOOKS_READ)
    return endpoint


async def authorised(
    principal: Principal, endpoint_id: WebhookEndpointId, permission: Permission
) -> tuple[Access, Endpoint]:
    """The endpoint, with the proof that `principal` holds `permission` over it. Raises as `get`."""
    row = await db.fetchrow(_GET, endpoint_id)
    if row is None or OrgId(row["org_id"]) not in principal.orgs:
        raise EndpointNotFound
    return principal.authorise(OrgId(row["org_id"]), permission), records.endpoint(row)


async def page(principal: Principal, org_id: OrgId, *, request: PageRequest) -> Page[Endpoint]:
    """The org's endpoints, newest first."""
    access = principal.authorise(org_id, Permission.WEBHOOKS_READ)
    rows = await db.fetch(_PAGE, access.org_id, request.position, request.first + 1)
    return Page.of([records.endpoint(row) for row in rows], request)


async def delivery(principal: Principal, delivery_id: WebhookDeliveryId) -> Delivery:
    """Raises `DeliveryNotFound` also for one of another org, `Forbidden` without the permission."""
    _, found = await authorised_delivery(principal, delivery_id, Permission.WEBHOOKS_READ)
    return found


async def detail(principal: Principal, delivery_id: WebhookDeliveryId) -> Detail:
    """The delivery with what belongs to it. Raises as `delivery`."""
    row = await db.fetchrow(_DETAIL, delivery_id)
    _authorise(principal, row, Permission.WEBHOOKS_READ)
    assert row is not None
    [tried] = await attempts([delivery_id])
    return Detail(records.delivery(row), row["body"], tried or ())


async def authorised_delivery(
    principal: Principal, delivery_id: WebhookDeliveryId, permission: Permission
) -> tuple[Access, Delivery]:
    """As `authorised`, of a delivery."""
    row = await db.fetchrow(_DELIVERY, delivery_id)
    access = _authorise(principal, row, permission)
    assert row is not None
    return access, records.delivery(row)


async def deliveries(
    principal: Principal, org_id: OrgId, *, request: PageRequest, wanted: DeliveryFilter
) -> Page[Delivery]:
    """The org's deliveries, newest first. An endpoint that is not the org's has none."""
    access = principal.authorise(org_id, Permission.WEBHOOKS_READ)
    refuse(moments.faults("from", wanted.since) + moments.faults("to", wanted.until))
    # Only the conditions that apply: an `OR … IS NULL` would keep a cached plan from using the index.
    conditions: list[tuple[str, object]] = [
        ("d.org_id = ${}", access.org_id),
        ("d.endpoint_id = ${}", wanted.endpoint_id),
        ("d.message_id = ${}", wanted.message_id),
        ("d.id < ${}", request.after),
        ("d.state = ${}", wanted.state and wanted.state.value),
        ("d.event_type = ${}", wanted.event_type),
        ("d.created_at >= ${}", wanted.since),
        ("d.created_at < ${}", wanted.until),
    ]
    used = [(text, value) for text, value in conditions if value is not None]
    where = " AND ".join(text.format(number) for number, (text, _) in enumerate(used, start=2))
    sql = f"SELECT {records.DELIVERY} FROM webhook_delivery d WHERE {where} ORDER BY d.id DESC LIMIT $1"
    rows = await db.fetch(sql, request.first + 1, *(value for _, value in used))
    return Page.of([records.delivery(row) for row in rows], request)


async def attempts(delivery_ids: Sequence[WebhookDeliveryId]) -> list[Sequence[Attempt] | None]:
    """Of deliveries already authorised, in their order: each one's newest hundred, the newest first."""
    found: dict[UUID, list[Attempt]] = {delivery_id: [] for delivery_id in delivery_ids}
    for row in await db.fetch(_ATTEMPTS, list(delivery_ids), _MOST_ATTEMPTS):
        found[row["delivery_id"]].append(records.attempt(row))
    return [found[delivery_id] for delivery_id in delivery_ids]


async def bodies(delivery_ids: Sequence[WebhookDeliveryId]) -> list[str | None]:
    """What was sent with deliveries already authorised, in their order."""
    found = {row["id"]: row["body"] for row in await db.fetch(_BODIES, list(delivery_ids))}
    return [found.get(delivery_id) for delivery_id in delivery_ids]


async def newest(endpoint_id: WebhookEndpointId, *, limit: int) -> list[Delivery]:
    """For callers that have authorised the endpoint before (live updates); the oldest of them first."""
    return [records.delivery(row) for row in reversed(await db.fetch(_NEWEST, endpoint_id, limit))]


async def changed(
    endpoint_id: WebhookEndpointId, *, since: datetime, size: int
) -> AsyncIterator[Sequence[Delivery]]:
    """For callers that have authorised the endpoint before (live updates), page by page in the order of their last
    change. Many change in the same moment: a page may end among them.
    """
    after = _LAST_ID
    while rows := await db.fetch(_CHANGED, endpoint_id, since, after, size):
        yield [records.delivery(row) for row in rows]
        if len(rows) < size:
            return
        since, after = rows[-1]["updated_at"], rows[-1]["id"]


async def waiting() -> int:
    """How many deliveries have not ended, of all orgs."""
    count: int = await db.fetchval(_WAITING)
    return count


async def letters(endpoint_id: WebhookEndpointId) -> list[Letter]:
    """For each owner of the org what the mail about a disabled endpoint tells; none where it is enabled again."""
    return [
        Letter(
            user_id=UserId(row["user_id"]),
            email=row["email"],
            org_name=row["org_name"],
            url=row["url"],
            is_gone=DisabledReason(row["disabled_reason"]) is DisabledReason.GONE,
            disabled_at=row["disabled_at"],
            failing_since=row["failing_since"],
        )
        for row in await db.fetch(_LETTERS, endpoint_id)
    ]


def _authorise(principal: Principal, row: db.Row | None, permission: Permission) -> Access:
    if row is None or OrgId(row["org_id"]) not in principal.orgs:
        raise DeliveryNotFound
    return principal.authorise(OrgId(row["org_id"]), permission)
