"""Proving the ledger: set-based, one statement per invariant, each seeing one moment of the database.

The functions that write credit commit their parts together, so at any moment all of these hold.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

from app.infra import db

_MOST_FINDINGS = 1_000
_ORG = "($1::uuid IS NULL OR org_id = $1)"

_CHECKS = {
    "ledger_transaction_unbalanced": f"""
SELECT org_id, 'ledger transaction ' || transaction_id AS place, 'its entries sum to ' || sum(amount) AS text
FROM ledger_entry WHERE {_ORG} GROUP BY org_id, transaction_id HAVING sum(amount) <> 0
""",
    "ledger_transaction_empty": f"""
SELECT org_id, 'ledger transaction ' || id AS place, 'it moves ' || amount || ' but has no entries' AS text
FROM ledger_transaction l WHERE {_ORG} AND amount <> 0
    AND NOT EXISTS (SELECT FROM ledger_entry e WHERE e.transaction_id = l.id)
""",
    "wallet_balance_differs": f"""
SELECT org_id, 'wallet ' || id AS place, 'balance ' || balance || ' instead of ' || coalesce(own, 0)
    || ', debt ' || debt || ' instead of ' || coalesce(owed, 0) AS text
FROM wallet LEFT JOIN (
    SELECT wallet_id, sum(amount) FILTER (WHERE account IN ('credit', 'debt')) AS own,
        -sum(amount) FILTER (WHERE account = 'debt') AS owed
    FROM ledger_entry WHERE {_ORG} GROUP BY wallet_id
) AS summed ON wallet_id = id
WHERE {_ORG} AND (balance <> coalesce(own, 0) OR debt <> coalesce(owed, 0))
""",
    "wallet_held_differs": f"""
SELECT org_id, 'wallet ' || id AS place, 'held ' || held || ' instead of ' || coalesce(open, 0) AS text
FROM wallet LEFT JOIN (
    SELECT wallet_id, sum(amount) AS open FROM credit_hold WHERE {_ORG} AND state = 'open' GROUP BY wallet_id
) AS summed ON wallet_id = id
WHERE {_ORG} AND held <> coalesce(open, 0)
""",
    "grant_remaining_differs": f"""
SELECT org_id, 'grant ' || id AS place, 'remaining ' || remaining || ' instead of ' || coalesce(own, 0) AS text
FROM credit_grant LEFT JOIN (
    SELECT grant_id, sum(amount) AS own FROM ledger_entry WHERE {_ORG} AND account = 'credit' GROUP BY grant_id
) AS summed ON grant_id = id
WHERE {_ORG} AND remaining <> coalesce(own, 0)
""",
    "grant_held_differs": f"""
SELECT org_id, 'grant ' || id AS place, 'held ' || held || ' instead of ' || coalesce(open, 0) AS text
FROM credit_grant LEFT JOIN (
    SELECT part.grant_id, sum(part.amount) AS open
    FROM credit_hold CROSS JOIN unnest(grant_ids, grant_amounts) AS part (grant_id, amount)
    WHERE {_ORG} AND state = 'open' GROUP BY part.grant_id
) AS summed ON grant_id = id
WHERE {_ORG} AND held <> coalesce(open, 0)
""",
    "ledger_balance_after_differs": f"""
SELECT org_id, 'ledger transaction ' || id AS place,
    'balance ' || balance_after || ' after it instead of ' || own AS text
FROM (
    SELECT l.org_id, l.id, l.balance_after,
        sum(coalesce(e.own, 0)) OVER (PARTITION BY l.wallet_id ORDER BY l.seq) AS own
    FROM ledger_transaction l LEFT JOIN (
        SELECT transaction_id, sum(amount) AS own FROM ledger_entry
        WHERE {_ORG} AND account IN ('credit', 'debt') GROUP BY transaction_id
    ) AS e ON e.transaction_id = l.id
    WHERE {_ORG}
) AS running WHERE balance_after <> own
""",
    # A budget that was removed is forgotten with what holds had booked on it.
    "budget_held_differs": f"""
SELECT org_id, 'budget ' || id AS place, 'held ' || held || ' of ' || starts_at || ' instead of ' || coalesce(open, 0)
    AS text
FROM budget JOIN budget_usage ON budget_id = id LEFT JOIN (
    SELECT part.budget_id, part.starts_at, sum(amount) AS open
    FROM credit_hold CROSS JOIN unnest(budget_ids, budget_starts) AS part (budget_id, starts_at)
    WHERE {_ORG} AND state = 'open' GROUP BY 1, 2
) AS summed USING (budget_id, starts_at)
WHERE {_ORG} AND held <> coalesce(open, 0)
""",
    "hold_not_booked": f"""
SELECT org_id, 'hold ' || id AS place, 'settled at ' || settled || ', which the ledger does not say' AS text
FROM credit_hold h WHERE {_ORG} AND state = 'settled' AND NOT EXISTS (
    SELECT FROM ledger_transaction l WHERE l.id = h.transaction_id AND l.hold_id = h.id AND l.amount = h.settled
)
""",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not add up: what, and where."""

    code: str
    org_id: UUID
    where: str
    text: str


async def count_entries(org_id: UUID | None = None) -> int:
    count: int = await db.fetchval(f"SELECT count(*) FROM ledger_entry WHERE {_ORG}", org_id)
    return count


async def findings(org_id: UUID | None = None) -> AsyncIterator[Finding]:
    """Of one org, or of all; at most a thousand of each kind."""
    for code, sql in _CHECKS.items():
        for row in await db.fetch(f"{sql} LIMIT {_MOST_FINDINGS}", org_id):
            yield Finding(code, row["org_id"], row["place"], row["text"])
