"""Reading re-ratings."""

from uuid import UUID

from app.core.ids import OrgId
from app.core.principal import Permission, Principal
from app.infra import db
from app.rerating import records
from app.rerating.errors import ReratingNotFound
from app.rerating.types import CustomerChange, Rerating

MAX_CUSTOMERS = 1_000

_FIND = "SELECT * FROM rerating WHERE org_id = $1 AND id = $2"
# Those whom it concerns most come first.
_CUSTOMERS = """
SELECT * FROM rerating_customer WHERE rerating_id = $1
ORDER BY abs(credits_after - credits_before) DESC, customer_id LIMIT $2
"""


async def rerating(principal: Principal, org_id: OrgId, rerating_id: UUID) -> Rerating:
    access = principal.authorise(org_id, Permission.PRICES_READ)
    row = await db.fetchrow(_FIND, access.org_id, rerating_id)
    if row is None:
        raise ReratingNotFound
    return records.rerating(row)


async def customers(principal: Principal, found: Rerating) -> list[CustomerChange]:
    """What it changes, by customer: at most a thousand, who is concerned most first."""
    principal.authorise(found.org_id, Permission.PRICES_READ)
    rows = await db.fetch(_CUSTOMERS, found.id, MAX_CUSTOMERS)
    return [records.customer_change(row) for row in rows]
