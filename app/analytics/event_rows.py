"""Events as SQL finds them: a page of the partitions that hold it, then its corrections."""

from collections.abc import Sequence
from dataclasses import fields

import orjson

from app.analytics.cursors import Position
from app.analytics.types import EventFilter, UsageEventRecord
from app.core.ids import OrgId
from app.core.principal import Access
from app.infra.db import Row

# The bounds on `occurred_at` are what partitions are left out by; the pair alone would not do that.
_PAGE = """
WITH page AS MATERIALIZED (
    SELECT * FROM usage_event AS event WHERE {where}
    ORDER BY occurred_at DESC, id DESC LIMIT $2
)
SELECT page.*, corrections.*
FROM page CROSS JOIN LATERAL (
    SELECT coalesce(sum(requests), 0) AS requests_by, coalesce(sum(unrated), 0) AS unrated_by,
        coalesce(sum(input_tokens), 0)::bigint AS input_by, coalesce(sum(output_tokens), 0)::bigint AS output_by,
        coalesce(sum(cost_usd), 0) AS cost_by, coalesce(sum(credits), 0) AS credits_by,
        coalesce(sum(revenue_usd), 0) AS revenue_by, max(superseded_by) AS superseded,
        (array_agg(cost_ref ORDER BY at DESC, id DESC) FILTER (WHERE cost_ref IS NOT NULL))[1] AS newest_cost_ref,
        (array_agg(burn_ref ORDER BY at DESC, id DESC) FILTER (WHERE burn_ref IS NOT NULL))[1] AS newest_burn_ref
    FROM usage_adjustment WHERE org_id = $1 AND usage_event_id = page.id
) AS corrections
ORDER BY page.occurred_at DESC, page.id DESC
"""
# Keys are found at once, whichever month their event is of.
_BY_EVENT_ID = """(occurred_at, id) IN (
        SELECT occurred_at, usage_event_id FROM usage_event_key WHERE org_id = $1 AND event_id = ANY ({})
    )"""
_UNRATED = """cost_usd IS NULL AND 1 + coalesce((
        SELECT sum(unrated) FROM usage_adjustment WHERE org_id = $1 AND usage_event_id = event.id
    ), 0) > 0"""


def statement(
    access: Access, where: EventFilter, after: Position | None, limit: int
) -> tuple[str, Sequence[object]]:
    args: list[object] = [access.org_id, limit]
    conditions = ["org_id = $1"]

    def add(condition: str, value: object) -> None:
        if value is not None:
            args.append(value)
            conditions.append(condition.format(f"${len(args)}"))

    add("workspace_id = {}", access.principal.workspace_id)
    add("occurred_at >= {}", where.start)
    add("occurred_at < {}", where.end)
    add("customer_id = ANY ({})", where.customers)
    add("model = ANY ({})", where.models)
    add("feature_id = ANY ({})", where.features)
    add(_BY_EVENT_ID, where.event_ids)
    if where.is_unrated:
        conditions.append(_UNRATED)
    if after is not None:
        add("occurred_at <= {}", after.occurred_at)
        conditions.append(f"(occurred_at, id) < (${len(args)}, ${len(args) + 1})")
        args.append(after.id)
    return _PAGE.format(where=" AND ".join(conditions)), args


_AS_STORED = [
    each.name
    for each in fields(UsageEventRecord)
    if each.name not in {"org_id", "properties", "is_voided", "is_unrated", "superseded_by"}
]


def record(row: Row) -> UsageEventRecord:
    """Each figure is the event's and the differences of its corrections."""
    is_unrated = (row["cost_usd"] is None) + row["unrated_by"] > 0
    has_revenue = row["revenue_usd"] is not None or row["revenue_by"]
    values = {name: row[name] for name in _AS_STORED}
    values |= {
        "org_id": OrgId(row["org_id"]),
        "is_voided": 1 + row["requests_by"] <= 0,
        "is_unrated": is_unrated,
        "input_tokens": row["input_tokens"] + row["input_by"],
        "output_tokens": row["output_tokens"] + row["output_by"],
        "cost_usd": None if is_unrated else (row["cost_usd"] or 0) + row["cost_by"],
        "credits": row["credits"] + row["credits_by"],
        "revenue_usd": (row["revenue_usd"] or 0) + row["revenue_by"] if has_revenue else None,
        "cost_ref": row["newest_cost_ref"] or row["cost_ref"],
        "burn_ref": row["newest_burn_ref"] or row["burn_ref"],
        "superseded_by": row["superseded"],
        "properties": orjson.loads(row["properties"]),
    }
    return UsageEventRecord(**values)
