"""Making an org's own customers: they come into being when they are first named."""

from collections.abc import Collection
from datetime import datetime

from app.core import ids
from app.core.ids import OrgId
from app.infra import db

# In order, so that two who name the same customers wait for each other in the same order.
_ENSURE = """
INSERT INTO customer (id, org_id, external_id, created_at)
SELECT c.id, $1, c.external_id, $4 FROM unnest($2::uuid[], $3::text[]) AS c (id, external_id)
WHERE NOT EXISTS (SELECT FROM customer k WHERE k.org_id = $1 AND k.external_id = c.external_id)
ORDER BY c.external_id
ON CONFLICT (org_id, external_id) DO NOTHING
"""


async def ensure(org_id: OrgId, external_ids: Collection[str], *, now: datetime) -> None:
    """Customers of these external ids exist afterwards. Joins the caller's unit of work; safe to repeat and to race.

    Usage events make theirs by themselves, in the statement that writes them (`usage_ingest`).
    """
    wanted = sorted(set(external_ids))
    if wanted:
        await db.fetch(_ENSURE, org_id, [ids.uuid7() for _ in wanted], wanted, now)
