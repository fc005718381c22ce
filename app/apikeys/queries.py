"""Reading API keys; secrets are not among what is read. A key sees those of its own workspace."""

from collections.abc import Sequence
from datetime import datetime

from app.apikeys import records
from app.apikeys.errors import KeyNotFound
from app.apikeys.types import ApiKey
from app.core.ids import ApiKeyId, OrgId, WorkspaceId
from app.core.pagination import Page, PageRequest
from app.core.principal import Access, Permission, Principal
from app.infra import db

_GET = f"SELECT {records.COLUMNS} FROM api_key WHERE id = $1"
_BY_ID = f"SELECT {records.COLUMNS} FROM api_key WHERE id = ANY($1::uuid[])"
_EXISTS = "SELECT EXISTS (SELECT FROM api_key WHERE org_id = $1 AND id = $2)"
_GOOD = "revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ${})"


async def get(principal: Principal, key_id: ApiKeyId) -> ApiKey:
    """Raises `KeyNotFound` also for a key of another org or workspace, `Forbidden` without the permission."""
    _, key = await authorised(principal, key_id, Permission.KEYS_READ)
    return key


async def authorised(principal: Principal, key_id: ApiKeyId, permission: Permission) -> tuple[Access, ApiKey]:
    """The key, with the proof that `principal` holds `permission` over it. Raises as `get`."""
    row = await db.fetchrow(_GET, key_id)
    if row is None or OrgId(row["org_id"]) not in principal.orgs:
        raise KeyNotFound
    access = principal.authorise(OrgId(row["org_id"]), permission)
    if principal.workspace_id not in (None, row["workspace_id"]):
        raise KeyNotFound
    return access, records.key(row)


async def page(
    principal: Principal,
    org_id: OrgId,
    *,
    request: PageRequest,
    workspace_id: WorkspaceId | None = None,
    includes_ended: bool = False,
    now: datetime,
) -> Page[ApiKey]:
    """The org's keys, newest first; those that were revoked or have expired only if `includes_ended`.

    A workspace that is not there has no keys.
    """
    access = principal.authorise(org_id, Permission.KEYS_READ)
    conditions: list[tuple[str, object]] = [
        ("org_id = ${}", access.org_id),
        ("workspace_id = ${}", access.principal.workspace_id),
        ("workspace_id = ${}", workspace_id),
        ("id < ${}", request.after),
        (_GOOD, None if includes_ended else now),
    ]
    wanted = [(text, value) for text, value in conditions if value is not None]
    where = " AND ".join(text.format(number) for number, (text, _) in enumerate(wanted, start=2))
    sql = f"SELECT {records.COLUMNS} FROM api_key WHERE {where} ORDER BY id DESC LIMIT $1"
    rows = await db.fetch(sql, request.first + 1, *(value for _, value in wanted))
    return Page.of([records.key(row) for row in rows], request)


async def keys_by_id(ids: Sequence[ApiKeyId]) -> list[ApiKey | None]:
    """For batched loading of rows already authorised; in the order of `ids`."""
    found = {row["id"]: records.key(row) for row in await db.fetch(_BY_ID, list(ids))}
    return [found.get(id_) for id_ in ids]


async def require(org_id: OrgId, key_id: ApiKeyId) -> None:
    """For callers inside LaunchKit that have authorised the org: raises `KeyNotFound` for a key that it never had."""
    if not await db.fetchval(_EXISTS, org_id, key_id):
        raise KeyNotFound
