"""Reading upstreams."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.core.ids import OrgId, UpstreamId
from app.core.pagination import Page, PageRequest
from app.core.principal import Permission, Principal
from app.gateway.errors import SecretUnreadable, UpstreamNotFound
from app.gateway.types import Dialect, Upstream
from app.gateway.upstreams import sealing
from app.infra import db, telemetry
from app.infra.db import Row

log = telemetry.logger(__name__)

COLUMNS = "id, org_id, name, protocol, base_url, secret, provider, created_at, updated_at"
_OF_ORGS = f"SELECT {COLUMNS} FROM gateway_upstream WHERE org_id = ANY($1::uuid[])"
_OF_ORG = f"SELECT {COLUMNS} FROM gateway_upstream WHERE org_id = $1 ORDER BY name"
_PAGE = f"""
SELECT {COLUMNS} FROM gateway_upstream WHERE org_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3
"""
_ONE = f"SELECT {COLUMNS} FROM gateway_upstream WHERE org_id = $1 AND id = $2"


@dataclass(frozen=True, slots=True)
class Registered:
    """An org's upstream as it is shown: its key is not."""

    id: UpstreamId
    org_id: OrgId
    name: str
    dialect: Dialect
    base_url: str
    provider: str
    has_secret: bool
    created_at: datetime
    updated_at: datetime


async def of_org(principal: Principal, org_id: OrgId) -> Sequence[Registered]:
    access = principal.authorise(org_id, Permission.GATEWAY_MANAGE)
    return [registered(row) for row in await db.fetch(_OF_ORG, access.org_id)]


async def page(principal: Principal, org_id: OrgId, *, request: PageRequest) -> Page[Registered]:
    """Newest first."""
    access = principal.authorise(org_id, Permission.GATEWAY_MANAGE)
    rows = await db.fetch(_PAGE, access.org_id, request.position, request.first + 1)
    return Page.of([registered(row) for row in rows], request)


async def get(principal: Principal, org_id: OrgId, upstream_id: UpstreamId) -> Registered:
    access = principal.authorise(org_id, Permission.GATEWAY_MANAGE)
    row = await db.fetchrow(_ONE, access.org_id, upstream_id)
    if row is None:
        raise UpstreamNotFound
    return registered(row)


async def of_orgs(orgs: Sequence[OrgId], *, key: bytes) -> Mapping[OrgId, Mapping[str, Upstream]]:
    """With their keys, for sending calls. One whose key cannot be read is asked without, and refuses: another must not
    take its place.
    """
    found: dict[OrgId, dict[str, Upstream]] = {org_id: {} for org_id in orgs}
    for row in await db.fetch(_OF_ORGS, list(orgs)):
        try:
            secret = None if row["secret"] is None else sealing.open_(key, row["id"], row["secret"])
        except SecretUnreadable:
            log.error("gateway.upstream_secret_unreadable", upstream_id=str(row["id"]))
            secret = None
        found[OrgId(row["org_id"])][row["name"]] = Upstream(
            row["name"], Dialect(row["protocol"]), row["base_url"], row["provider"], secret, is_own=True
        )
    return found


def registered(row: Row) -> Registered:
    return Registered(
        UpstreamId(row["id"]),
        OrgId(row["org_id"]),
        row["name"],
        Dialect(row["protocol"]),
        row["base_url"],
        row["provider"],
        row["secret"] is not None,
        row["created_at"],
        row["updated_at"],
    )
