"""Proving what limits of features have counted: it is the sum of the holds that were reserved under them, and of
the calls under way for which no credit is held.

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
    SELECT s.usage_id, sum(s.held) AS held, sum(s.settled) AS settled FROM (
        SELECT c.usage_id, CASE c.state WHEN 'open' THEN c.usage_amount END AS held,
            CASE WHEN c.state <> 'settled' THEN NULL WHEN x.unit = 'credits' THEN c.settled
                ELSE c.usage_amount END AS settled
        FROM credit_hold c JOIN entitlement_usage x ON x.id = c.usage_id
        WHERE $1::uuid IS NULL OR c.org_id = $1
        UNION ALL
        SELECT g.usage_id, g.usage_amount, NULL FROM gateway_call g
        WHERE g.usage_id IS NOT NULL AND g.ended_at IS NULL AND ($1::uuid IS NULL OR g.org_id = $1)
    ) AS s GROUP BY s.usage_id
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
