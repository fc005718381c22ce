"""Reading an org's own customers."""

from collections.abc import Collection, Mapping
from uuid import UUID

from app.core import ids
from app.core.ids import CustomerId, OrgId
from app.core.principal import Access
from app.customers.types import Customer
from app.infra import db

_FIND = """
SELECT id, org_id, external_id, name, tier, team, created_at FROM customer
WHERE org_id = $1 AND (external_id = $2 OR id = $3) ORDER BY external_id = $2 DESC LIMIT 1
"""
_TIERS = "SELECT external_id, tier FROM customer WHERE org_id = $1 AND external_id = ANY ($2)"


async def find(access: Access, reference: str) -> Customer | None:
    """By the org's own id, or by ours (`cus_…`) where none of its own reads so."""
    row = await db.fetchrow(_FIND, access.org_id, reference, ids.find("cus", reference) or UUID(int=0))
    if row is None:
        return None
    return Customer(
        CustomerId(row["id"]),
        OrgId(row["org_id"]),
        row["external_id"],
        row["name"],
        row["tier"],
        row["team"],
        row["created_at"],
    )


async def tiers(org_id: OrgId, external_ids: Collection[str]) -> Mapping[str, str | None]:
    """Of those that are known; for parts of LaunchKit that have authorised the caller."""
    rows = await db.fetch(_TIERS, org_id, list(external_ids))
    return {row["external_id"]: row["tier"] for row in rows}
