"""Reading features, entitlements and flags; and, for snapshots, what many orgs and customers stand at."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from app.core.ids import OrgId
from app.core.pagination import Page, PageRequest
from app.core.principal import Environment, Permission, Principal
from app.credits import standing
from app.credits.standing import CustomerKey, Standing
from app.customers import naming
from app.entitlements import flags, records
from app.entitlements.types import Audience, Entitlement, Feature, Flag, FlagState, Terms
from app.infra import db
from app.plans import types as plans

_FEATURES = (
    f"SELECT {records.FEATURE_COLUMNS} FROM feature WHERE org_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3"
)
_ENTITLEMENTS = f"""
SELECT {records.ENTITLEMENT_COLUMNS} FROM entitlement
WHERE org_id = $1 AND id < $2 AND ($4::text IS NULL OR feature_key = $4)
    AND ($5::text IS NULL OR audience_kind = 'customer' AND audience_ref = $5)
ORDER BY id DESC LIMIT $3
"""
_ORGS = """
SELECT o.id, o.plan, o.plan_version, array(SELECT f.key FROM feature f WHERE f.org_id = o.id) AS features,
    CASE WHEN p.overage_per_1k IS NULL AND p.included_tokens IS NOT NULL THEN plan_tokens_used(o.id, $2) END
        AS used_tokens
FROM org o LEFT JOIN plan p ON p.code = o.plan AND p.version = o.plan_version WHERE o.id = ANY ($1::uuid[])
"""
# Not those of single customers, of which there may be any number.
_SHARED = f"""
SELECT org_id, {records.ENTITLEMENT_COLUMNS} FROM entitlement
WHERE org_id = ANY ($1::uuid[]) AND audience_kind <> 'customer'
"""
_CUSTOMERS = """
SELECT k.n, s.*, own.entitlements
FROM unnest($1::uuid[], $2::text[], $3::text[]) WITH ORDINALITY AS k (org_id, environment, customer, n)
CROSS JOIN LATERAL credit_standing(k.org_id, k.environment, k.customer, $4) AS s
LEFT JOIN LATERAL (
    SELECT jsonb_agg(e)::text AS entitlements FROM entitlement e
    WHERE e.org_id = k.org_id AND e.audience_kind = 'customer' AND e.audience_ref = k.customer
) AS own ON true
"""
_FLAGS = f"SELECT {records.FLAG_COLUMNS} FROM feature_flag ORDER BY key"
_OVERRIDES = "SELECT org_id, flag_key, is_enabled FROM feature_flag_override WHERE org_id = ANY ($1::uuid[])"
_PLANS = "SELECT id, plan FROM org WHERE id = ANY ($1::uuid[])"
_USED = """
SELECT k.n, entitlement_used(k.org_id, k.environment, k.customer, k.feature, k.unit, k.starts_at)
    + coalesce(u.held + u.settled, 0) AS used
FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])
    WITH ORDINALITY AS k (org_id, environment, customer, feature, unit, starts_at, n)
LEFT JOIN entitlement_usage u ON u.org_id = k.org_id AND u.environment = k.environment
    AND u.customer_id = k.customer AND u.feature_key = k.feature AND u.unit = k.unit AND u.starts_at = k.starts_at
"""


@dataclass(frozen=True, slots=True)
class Customer:
    """`own` by feature."""

    standing: Standing
    own: Mapping[str, Entitlement]


class UsageKey(NamedTuple):
    """What a limit counts: of a customer ('' of none) and a feature, in one unit, since the period began."""

    org_id: OrgId
    environment: Environment
    customer: str
    feature: str
    unit: str
    starts_at: datetime


async def features(principal: Principal, org_id: OrgId, *, request: PageRequest) -> Page[Feature]:
    """Newest first."""
    access = principal.authorise(org_id, Permission.PRICES_READ)
    rows = await db.fetch(_FEATURES, access.org_id, request.position, request.first + 1)
    return Page.of([records.feature(row) for row in rows], request)


async def entitlements(
    principal: Principal,
    org_id: OrgId,
    *,
    request: PageRequest,
    feature: str | None = None,
    customer: str | None = None,
) -> Page[Entitlement]:
    """Newest first; those of one feature, or set for one customer itself."""
    access = principal.authorise(org_id, Permission.PRICES_READ)
    if customer is not None:
        customer = (await naming.own_names(access.org_id, [customer])).get(customer) or customer
    rows = await db.fetch(
        _ENTITLEMENTS, access.org_id, request.position, request.first + 1, feature, customer
    )
    return Page.of([records.entitlement(row) for row in rows], request)


async def all_flags() -> list[Flag]:
    return [records.flag(row) for row in await db.fetch(_FLAGS)]


async def flag_states(org_ids: Sequence[OrgId]) -> dict[OrgId, Sequence[FlagState]]:
    """Every flag as it is for each org. For callers that have authorised before."""
    on_plan = {OrgId(row["id"]): row["plan"] for row in await db.fetch(_PLANS, org_ids)}
    known = await all_flags()
    overrides: dict[UUID, dict[str, bool]] = defaultdict(dict)
    for row in await db.fetch(_OVERRIDES, org_ids):
        overrides[row["org_id"]][row["flag_key"]] = row["is_enabled"]
    return {
        org_id: tuple(
            flags.state(
                flag, org_id=org_id, plan=on_plan.get(org_id, ""), override=overrides[org_id].get(flag.key)
            )
            for flag in known
        )
        for org_id in org_ids
    }


async def terms(org_ids: Sequence[OrgId], *, now: datetime) -> dict[OrgId, Terms]:
    """What each org sells, but for what it agreed with single customers. For callers that have authorised before."""
    shared: dict[UUID, dict[tuple[str, Audience], Entitlement]] = defaultdict(dict)
    for row in await db.fetch(_SHARED, org_ids):
        found = records.entitlement(row)
        shared[row["org_id"]][found.feature_key, found.audience] = found
    return dict.fromkeys(org_ids, _NO_TERMS) | {
        OrgId(row["id"]): Terms(
            plans.ref_of(row["plan"], row["plan_version"]),
            frozenset(row["features"]),
            shared[row["id"]],
            row["used_tokens"],
        )
        for row in await db.fetch(_ORGS, org_ids, now)
    }


async def customers(keys: Sequence[CustomerKey], *, now: datetime) -> dict[CustomerKey, Customer]:
    """What each stands at, with what was agreed with it itself. For callers that have authorised before."""
    return {
        keys[row["n"] - 1]: Customer(standing.of(row), records.own_entitlements(row["entitlements"]))
        for row in await db.fetch(_CUSTOMERS, *db.columns(keys), now)
    }


async def used(keys: Sequence[UsageKey]) -> dict[UsageKey, Decimal]:
    """What was used and is reserved."""
    return {keys[row["n"] - 1]: row["used"] for row in await db.fetch(_USED, *db.columns(keys))}


_NO_TERMS = Terms("")
