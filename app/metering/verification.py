"""Proving usage: each rollup is the sum of its events and of what was adjusted, what was drawn for usage is what the
events burned, each event has its deduplication key and vice versa, as far back as they are kept.

Set-based: PostgreSQL compares, only what differs comes here. An event, its key and its rollup commit together,
so each single statement sees them agree, however much is written meanwhile.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

from app.core import ids
from app.infra import db
from app.infra.db import Row

_MOST_FINDINGS = 1_000
_NO_ID = UUID(int=0)
_FIGURES = ("requests", "unrated", "input_tokens", "output_tokens", "cost_usd", "credits", "revenue_usd")
_DIMENSIONS = "org_id, hour, workspace_id, api_key_id, customer_id, user_id, feature_id, provider, model"

_EVENTS_SINCE = "coalesce((SELECT since FROM usage_horizon WHERE usage_horizon.kept = 'events'), '-infinity')"
_KEYS_SINCE = "coalesce((SELECT since FROM usage_horizon WHERE usage_horizon.kept = 'keys'), '-infinity')"
_ROLLUPS = f"""
WITH summed AS (
    SELECT org_id, date_trunc('hour', occurred_at, 'UTC') AS hour, workspace_id,
        coalesce(api_key_id, '00000000-0000-0000-0000-000000000000') AS api_key_id,
        coalesce(customer_id, '') AS customer_id, coalesce(user_id, '') AS user_id,
        coalesce(feature_id, '') AS feature_id, provider, model,
        sum(requests)::bigint AS requests, sum(unrated)::bigint AS unrated,
        sum(input_tokens)::bigint AS input_tokens, sum(output_tokens)::bigint AS output_tokens,
        coalesce(sum(cost_usd), 0) AS cost_usd, sum(credits) AS credits, coalesce(sum(revenue_usd), 0) AS revenue_usd
    FROM (
        SELECT org_id, occurred_at, workspace_id, api_key_id, customer_id, user_id, feature_id, provider, model,
            1 AS requests, (cost_usd IS NULL)::int AS unrated, input_tokens, output_tokens, cost_usd, credits,
            revenue_usd
        FROM usage_event WHERE $1::uuid IS NULL OR org_id = $1
        UNION ALL
        SELECT e.org_id, e.occurred_at, e.workspace_id, e.api_key_id, e.customer_id, e.user_id, e.feature_id,
            e.provider, e.model, a.requests, a.unrated, a.input_tokens, a.output_tokens, a.cost_usd, a.credits,
            a.revenue_usd
        FROM usage_adjustment a
        JOIN usage_event e ON e.occurred_at = a.occurred_at AND e.id = a.usage_event_id AND e.org_id = a.org_id
        WHERE $1::uuid IS NULL OR a.org_id = $1
    ) AS counted
    WHERE occurred_at >= {_EVENTS_SINCE}
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
), kept AS (
    SELECT * FROM usage_rollup_hour WHERE ($1::uuid IS NULL OR org_id = $1) AND hour >= {_EVENTS_SINCE}
)
SELECT {_DIMENSIONS},
    {", ".join(f"kept.{name} AS kept_{name}, summed.{name} AS summed_{name}" for name in _FIGURES)}
FROM summed FULL JOIN kept USING ({_DIMENSIONS})
WHERE {" OR ".join(f"kept.{name} IS DISTINCT FROM summed.{name}" for name in _FIGURES)}
ORDER BY org_id, hour LIMIT $2
"""
# The key of an event that only voids another names what it wrote: an adjustment. Where events or keys may be gone, the
# one without the other is no difference.
_KEYS = f"""
SELECT org_id, event_id, event.id IS NULL AS has_no_event, key.usage_event_id IS NULL AS has_no_key
FROM (
    SELECT org_id, event_id, id, occurred_at FROM usage_event WHERE $1::uuid IS NULL OR org_id = $1
) AS event
FULL JOIN (
    SELECT * FROM usage_event_key k WHERE ($1::uuid IS NULL OR org_id = $1) AND NOT EXISTS (
        SELECT FROM usage_adjustment a WHERE a.id = k.usage_event_id AND a.org_id = k.org_id AND a.kind = 'voided'
    )
) AS key USING (org_id, event_id)
WHERE (event.id IS DISTINCT FROM key.usage_event_id OR event.occurred_at IS DISTINCT FROM key.occurred_at)
    AND NOT (event.id IS NULL AND key.occurred_at < {_EVENTS_SINCE})
    AND NOT (key.usage_event_id IS NULL AND event.occurred_at < {_KEYS_SINCE} AND event.id < $3)
ORDER BY org_id, event_id LIMIT $2
"""
# A transaction of a batch draws for all of its events. What jobs and calls through the gateway burned is settled with a
# hold, which somebody may have ended by hand at another amount: of these only that the transaction is there. A late
# event is at most 366 days old: where events were dropped, an older transaction may have drawn for some of them.
_DRAWN = f"""
WITH said AS (
    SELECT org_id, ledger_transaction_id AS id, sum(credits) AS credits FROM (
        SELECT org_id, ledger_transaction_id, credits FROM usage_event
        WHERE ledger_transaction_id IS NOT NULL AND ($1::uuid IS NULL OR org_id = $1)
        UNION ALL
        SELECT org_id, ledger_transaction_id, credits FROM usage_adjustment
        WHERE ledger_transaction_id IS NOT NULL AND credits > 0 AND ($1::uuid IS NULL OR org_id = $1)
    ) AS burned GROUP BY 1, 2
)
SELECT coalesce(l.org_id, said.org_id) AS org_id, coalesce(l.id, said.id) AS id, l.amount,
    coalesce(said.credits, 0) AS credits
FROM (SELECT * FROM ledger_transaction WHERE $1::uuid IS NULL OR org_id = $1) AS l
FULL JOIN said ON said.org_id = l.org_id AND said.id = l.id
WHERE l.id IS NULL OR (l.operation_key LIKE 'usage:%' AND l.amount <> coalesce(said.credits, 0)
    AND (l.at >= {_EVENTS_SINCE} + interval '367 days' OR said.credits > l.amount))
ORDER BY 1, 2 LIMIT $2
"""
_COUNT = "SELECT count(*) FROM usage_event WHERE $1::uuid IS NULL OR org_id = $1"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not add up: what, and where."""

    code: str
    org_id: UUID
    where: str
    text: str


async def count_events(org_id: UUID | None = None) -> int:
    count: int = await db.fetchval(_COUNT, org_id)
    return count


async def findings(org_id: UUID | None = None) -> AsyncIterator[Finding]:
    """Of one org, or of all; at most a thousand of each kind."""
    for row in await db.fetch(_ROLLUPS, org_id, _MOST_FINDINGS):
        yield _rollup_finding(row)
    for row in await db.fetch(_DRAWN, org_id, _MOST_FINDINGS):
        yield _drawn_finding(row)
    horizon = await db.fetchval("SELECT since FROM usage_horizon WHERE kept = 'keys'")
    for row in await db.fetch(_KEYS, org_id, _MOST_FINDINGS, ids.first_of(horizon) if horizon else _NO_ID):
        yield _key_finding(row)


def _rollup_finding(row: Row) -> Finding:
    parts = [f"{row['provider']}/{row['model']}"]
    parts += [f"{name} {row[name]}" for name in ("customer_id", "user_id", "feature_id") if row[name]]
    where = f"rollup {row['hour']:%Y-%m-%dT%H}h, {', '.join(parts)}"
    if row["kept_requests"] is None:
        return Finding("rollup_missing", row["org_id"], where, f"for {row['summed_requests']} events")
    if row["summed_requests"] is None:
        return Finding("rollup_without_events", row["org_id"], where, f"says {row['kept_requests']} requests")
    differences = [
        f"{name} {row[f'kept_{name}']} instead of {row[f'summed_{name}']}"
        for name in _FIGURES
        if row[f"kept_{name}"] != row[f"summed_{name}"]
    ]
    return Finding("rollup_differs", row["org_id"], where, ", ".join(differences))


def _drawn_finding(row: Row) -> Finding:
    where = f"ledger transaction {row['id']}"
    if row["amount"] is None:
        return Finding(
            "usage_draw_missing", row["org_id"], where, f"it is not there; usage burned {row['credits']}"
        )
    text = f"it draws {row['amount']} for usage that burned {row['credits']}"
    return Finding("usage_draw_differs", row["org_id"], where, text)


def _key_finding(row: Row) -> Finding:
    where = f"usage event {row['event_id']}"
    if row["has_no_key"]:
        return Finding("usage_key_missing", row["org_id"], where, "it could be counted twice")
    if row["has_no_event"]:
        return Finding("usage_event_missing", row["org_id"], where, "its deduplication key is left")
    return Finding("usage_key_differs", row["org_id"], where, "its deduplication key is of another event")
