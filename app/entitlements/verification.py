"""Proving what limits of features have counted: it is the sum of the holds that were reserved under them.

Set-based, and at one moment of the database: a hold and what it counts towards change in one transaction.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

from app.infra import db

_MOST_FINDINGS = 1_000
_DIFFERENT = f"""
SELECT u.org_id, u.id, u.held, u.settled, coalesce(h.held, 0) AS own_held, coalesce(h.settled, 0) AS own_settled
FROM entitlement_usage u LEFT JOIN (
    SELECT c.usage_id, sum(c.usage_amount) FILTER (WHERE c.state = 'open') AS held,
        sum(CASE x.unit WHEN 'credits' THEN c.settled ELSE c.usage_amount END)
            FILTER (WHERE c.state = 'settled') AS settled
    FROM credit_hold c JOIN entitlement_usage x ON x.id = c.usage_id
    WHERE $1::uuid IS NULL OR c.org_id = $1 GROUP BY c.usage_id
) AS h ON h.usage_id = u.id
WHERE ($1::uuid IS NULL OR u.org_id = $1)
    AND (u.held <> coalesce(h.held, 0) OR u.settled <> coalesce(h.settled, 0))
LIMIT {_MOST_FINDINGS}
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not add up: what, and where."""

    code: str
    org_id: UUID
    where: str
    text: str


async def findings(org_id: UUID | None = None) -> AsyncIterator[Finding]:
    """Of one org, or of all; at most a thousand."""
    for row in await db.fetch(_DIFFERENT, org_id):
        text = (
            f"held {row['held']} instead of {row['own_held']}, "
            f"settled {row['settled']} instead of {row['own_settled']}"
        )
        yield Finding("entitlement_usage_differs", row["org_id"], f"entitlement usage {row['id']}", text)
