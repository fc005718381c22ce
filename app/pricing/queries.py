"""Reading prices."""

from datetime import datetime
from itertools import islice
from uuid import UUID

from app.core import moments
from app.core.errors import InvalidInput
from app.core.ids import BurnTableId, OrgId
from app.core.pagination import Page, PageRequest
from app.core.principal import Permission, Principal
from app.customers import naming
from app.infra import db
from app.pricing import costs, records
from app.pricing.errors import BurnTableNotFound
from app.pricing.rating import OrgPrices
from app.pricing.types import (
    AudienceKind,
    BurnTable,
    PricedModel,
    PriceFilter,
    TableStatus,
)

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
_OWN = """
SELECT * FROM provider_price
WHERE org_id = $1 AND ($2::text IS NULL OR lower(provider) = lower($2))
    AND ($3::text IS NULL OR strpos(lower(model), lower($3)) > 0) AND ($4::uuid IS NULL OR id < $4)
ORDER BY id DESC LIMIT $5
"""
# Of entries of the list, which have no ids: their place in it.
_LAST_PLACE = 1 << 32


async def prices(org_id: OrgId, *, known: OrgPrices | None) -> OrgPrices:
    """Everything that rates usage of the org; `known` itself where nothing has changed since."""
    row = await db.fetchrow(_PRICES, org_id, known.version if known else None)
    assert row is not None
    if known is not None and row["version"] == known.version:
        return known
    return records.org_prices(row["version"], row["tables"], row["own"])


async def burn_table(principal: Principal, org_id: OrgId, table_id: BurnTableId) -> BurnTable:
    access = principal.authorise(org_id, Permission.PRICES_READ)
    row = await db.fetchrow(records.TABLE, access.org_id, table_id)
    if row is None:
        raise BurnTableNotFound
    return records.burn_table(row)


async def burn_tables(
    principal: Principal,
    org_id: OrgId,
    *,
    request: PageRequest,
    audience_kind: AudienceKind | None = None,
    audience_ref: str | None = None,
    status: TableStatus | None = None,
) -> Page[BurnTable]:
    """With their rules, newest first."""
    access = principal.authorise(org_id, Permission.PRICES_READ)
    if audience_ref is not None and audience_kind is not AudienceKind.TIER:
        audience_ref = (await naming.own_names(access.org_id, [audience_ref])).get(
            audience_ref
        ) or audience_ref
    rows = await db.fetch(
        records.TABLES,
        access.org_id,
        audience_kind and audience_kind.value,
        audience_ref,
        status and status.value,
        request.after,
        request.first + 1,
    )
    return Page.of([records.burn_table(row) for row in rows], request)


async def priced_models(
    principal: Principal, org_id: OrgId, *, wanted: PriceFilter, request: PageRequest, at: datetime
) -> Page[tuple[UUID, PricedModel]]:
    """The org's own prices, newest first, with those that have ended; then the list's of the time `at`.

    Each with its cursor. Raises `InvalidInput`.
    """
    access = principal.authorise(org_id, Permission.PRICES_READ)
    if errors := moments.faults("at", at):
        raise InvalidInput(errors)
    found: list[tuple[UUID, PricedModel]] = []
    after = request.after
    if after is None or after.int > _LAST_PLACE:
        rows = await db.fetch(_OWN, access.org_id, wanted.provider, wanted.model, after, request.first + 1)
        found = [(row["id"], records.priced(records.provider_price(row))) for row in rows]
        after = None
    start = 0 if after is None else after.int
    listed = islice(costs.price_list(wanted, at=at), start, start + request.first + 1 - len(found))
    found += [(UUID(int=start + place), model) for place, model in enumerate(listed, start=1)]
    return Page.of(found, request)
