"""Reading an org's own customers."""

from collections.abc import Collection, Mapping
from uuid import UUID

from app.core import ids
from app.core.ids import CustomerId, OrgId
from app.core.pagination import Page, PageRequest
from app.core.principal import Access, Permission, Principal
from app.customers import records
from app.customers.errors import CustomerNotFound
from app.customers.types import Customer, CustomerFilter
from app.infra import db

_FIND = f"""
SELECT {records.COLUMNS} FROM customer
WHERE org_id = $1 AND (external_id = $2 OR id = $3) ORDER BY external_id = $2 DESC LIMIT 1
"""
_BY_ID = f"SELECT {records.COLUMNS} FROM customer WHERE id = $1 AND org_id = ANY ($2::uuid[])"
# Walks the org's customers from the newest on: a search that finds little reads all of them, of this org alone.
_PAGE = f"""
SELECT {records.COLUMNS} FROM customer
WHERE org_id = $1 AND id < $2 AND ($3::text IS NULL OR external_id ILIKE $3 OR name ILIKE $3)
    AND ($4::text IS NULL OR tier = $4) AND ($5::text IS NULL OR team = $5)
ORDER BY id DESC LIMIT $6
"""
_TIERS = "SELECT external_id, tier FROM customer WHERE org_id = $1 AND external_id = ANY ($2)"


async def page(
    principal: Principal, org_id: OrgId, *, request: PageRequest, where: CustomerFilter
) -> Page[Customer]:
    """Newest first. Raises `InvalidInput`."""
    access = principal.authorise(org_id, Permission.USAGE_READ)
    where.validate()
    rows = await db.fetch(
        _PAGE, access.org_id, request.position, where.pattern, where.tier, where.team, request.first + 1
    )
    return Page.of([records.customer(row) for row in rows], request)


async def get(principal: Principal, org_id: OrgId, reference: str) -> Customer:
    """By the org's own id or ours. Raises `CustomerNotFound`."""
    found = await find(principal.authorise(org_id, Permission.USAGE_READ), reference)
    if found is None:
        raise CustomerNotFound
    return found


async def get_by_id(principal: Principal, customer_id: CustomerId) -> Customer:
    """Of whichever org of the principal's. Raises `CustomerNotFound`."""
    row = await db.fetchrow(_BY_ID, customer_id, list(principal.orgs))
    if row is None:
        raise CustomerNotFound
    found = records.customer(row)
    principal.authorise(found.org_id, Permission.USAGE_READ)
    return found


async def find(access: Access, reference: str) -> Customer | None:
    """By the org's own id, or by ours (`cus_…`) where none of its own reads so."""
    row = await db.fetchrow(_FIND, access.org_id, reference, ids.find("cus", reference) or UUID(int=0))
    return None if row is None else records.customer(row)


async def tiers(org_id: OrgId, external_ids: Collection[str]) -> Mapping[str, str | None]:
    """Of those that are known; for parts of LaunchKit that have authorised the caller."""
    rows = await db.fetch(_TIERS, org_id, list(external_ids))
    return {row["external_id"]: row["tier"] for row in rows}
