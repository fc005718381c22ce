"""Reads of prices."""

from app.core.ids import OrgId
from app.infra import db
from app.pricing import records
from app.pricing.rating import OrgPrices

# Published tables and prices are immutable but for their end, so their ids and ends are the version of all.
_PRICES = """
WITH version AS (
    SELECT md5(coalesce(string_agg(id::text || coalesce(effective_to::text, ''), ' ' ORDER BY id), '')) AS version
    FROM (
        SELECT id, effective_to FROM burn_table WHERE org_id = $1 AND status = 'published'
        UNION ALL SELECT id, effective_to FROM provider_price WHERE org_id = $1
    ) AS priced
)
SELECT version,
    CASE WHEN version IS DISTINCT FROM $2 THEN (
        SELECT coalesce(jsonb_agg(to_jsonb(burn_table) || jsonb_build_object('rules', (
            SELECT coalesce(jsonb_agg(to_jsonb(burn_rule)), '[]') FROM burn_rule WHERE burn_table_id = burn_table.id
        ))), '[]') FROM burn_table WHERE org_id = $1 AND status = 'published'
    )::text END AS tables,
    CASE WHEN version IS DISTINCT FROM $2 THEN (
        SELECT coalesce(jsonb_agg(to_jsonb(provider_price)), '[]') FROM provider_price WHERE org_id = $1
    )::text END AS own
FROM version
"""


async def prices(org_id: OrgId, *, known: OrgPrices | None) -> OrgPrices:
    """Everything that rates usage of the org; `known` itself where nothing has changed since."""
    row = await db.fetchrow(_PRICES, org_id, known.version if known else None)
    assert row is not None
    if known is not None and row["version"] == known.version:
        return known
    return records.org_prices(row["version"], row["tables"], row["own"])
