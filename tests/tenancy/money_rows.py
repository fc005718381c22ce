"""A row in every table of money, for one tenant."""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from app.core import ids
from app.credits import service
from app.credits.operations import Operations
from app.credits.types import MAX_LEASE, Owner, OwnerKind, ScopeKind, Spend
from app.infra import db
from tests.factories import rated, wallets
from tests.factories.orgs import NOW, Tenant

CUSTOMER = "law-firm-a"
# A job may have named it before.
_CUSTOMER = """
INSERT INTO customer (id, org_id, external_id, name, created_at) VALUES ($1, $2, $3, 'A', $4)
ON CONFLICT (org_id, external_id) DO UPDATE SET name = excluded.name RETURNING id
"""
_AUTO_TOP_UP = """
INSERT INTO auto_top_up (wallet_id, org_id, threshold, amount, cost_basis, currency, amount_minor, period, max_amount,
    max_count, payment_customer, payment_method, is_armed, updated_at)
VALUES ($1, $2, 1, 10, 0.01, 'USD', 10, 'month', 100, 3, 'cus_stripe', 'pm_card', true, $3)
"""
_TOP_UP = """
INSERT INTO top_up (id, org_id, wallet_id, amount, cost_basis, currency, amount_minor, payment_customer, payment_method,
    payment_id, state, failure, attempts, created_at, next_attempt_at, finished_at)
VALUES ($1, $2, $3, 10, 0.01, 'USD', 10, 'cus_stripe', 'pm_card', 'pi_1', 'failed', 'card_declined', 1, $4, $4, $4)
"""
_BURN_TABLE = """
INSERT INTO burn_table (id, org_id, name, audience_kind, audience_ref, version, status, created_at)
VALUES ($1, $2, 'Standard', 'all', '', 1, 'draft', $3)
"""
_BURN_RULE = """
INSERT INTO burn_rule (id, burn_table_id, position, provider, model, unit, credits, per)
VALUES ($1, $2, 1, '*', '*', 'tokens', 1, 1000)
"""
_PRICE = """
INSERT INTO provider_price (id, org_id, provider, model, prices, effective_from, created_at)
VALUES ($1, $2, 'openai', 'own', '{"lines": []}', $3, $3)
"""
_FEATURE = "INSERT INTO feature (id, org_id, key, name, created_at) VALUES ($1, $2, 'chat', 'Chat', $3)"
_ENTITLEMENT = """
INSERT INTO entitlement (id, org_id, audience_kind, audience_ref, feature_key, is_enabled, updated_at)
VALUES ($1, $2, 'all', '', 'chat', true, $3)
"""
_FLAG = """
INSERT INTO feature_flag (key, description, percentage, updated_at) VALUES ('beta', 'Beta', 0, $1)
ON CONFLICT DO NOTHING
"""
_OVERRIDE = "INSERT INTO feature_flag_override (flag_key, org_id, is_enabled, updated_at) VALUES ('beta', $1, true, $2)"
_CROSSING = (
    "INSERT INTO threshold_crossing (org_id, scope, starts_at, percent, at) VALUES ($1, 'plan', $2, 50, $2)"
)
_ADJUSTMENT = """
INSERT INTO usage_adjustment (id, org_id, usage_event_id, occurred_at, kind, batch_id, at, requests, unrated,
    input_tokens, output_tokens, cost_usd, credits, revenue_usd)
SELECT $1, org_id, id, occurred_at, 'rerated', $1, $3, 0, 0, 0, 0, 0, 0, 0 FROM usage_event WHERE org_id = $2 LIMIT 1
"""
_RERATING = """
INSERT INTO rerating (id, org_id, is_dry_run, from_at, to_at, state, cursor_at, cursor_id, created_by_kind,
    created_by_id, created_at, finished_at)
VALUES ($1, $2, true, $4, $4::timestamptz + interval '1 day', 'done', $4, $1, 'user', $3, $4, $4)
"""
_RERATED = "INSERT INTO rerating_customer VALUES ($1, $2, 1, 1, 2, 1, 1, 1, 2)"
_ENTITLEMENT_USAGE = """
INSERT INTO entitlement_usage (id, org_id, environment, customer_id, feature_key, unit, starts_at)
VALUES ($1, $2, 'live', 'law-firm-a', 'chat', 'tokens', $3)
"""
_LATENCY = """
INSERT INTO usage_latency_hour (org_id, hour, workspace_id, provider, model, bucket, requests)
VALUES ($1, date_trunc('hour', $3::timestamptz), $2, 'openai', 'gpt-5', 40, 1)
"""


async def make(tenant: Tenant) -> Mapping[str, UUID]:
    """Says which are to be asked for."""
    org_id = tenant.org_id
    table, price, rerating, feature, entitlement = (ids.uuid7() for _ in range(5))
    customer = await db.fetchval(_CUSTOMER, ids.uuid7(), org_id, CUSTOMER, NOW)
    wallet_id = await wallets.wallet(tenant, 100, owner=Owner(OwnerKind.CUSTOMER, CUSTOMER))
    scope = await wallets.budget(tenant, ScopeKind.CUSTOMER, CUSTOMER, 50)
    operations = Operations()
    spend = Spend(wallet_id, "tenancy", Decimal(5), scopes=(scope,))
    held = await service.hold(
        tenant.key, org_id, operations=operations, spend=spend, now=NOW, lease=MAX_LEASE
    )
    used = await service.charge(
        org_id, operations=operations, spend=Spend(wallet_id, "used", Decimal(5)), now=NOW
    )
    assert used.transaction_id is not None
    await db.execute(_AUTO_TOP_UP, wallet_id, org_id, NOW)
    top_up = ids.uuid7()
    await db.execute(_TOP_UP, top_up, org_id, wallet_id, NOW)
    await db.execute(_BURN_TABLE, table, org_id, NOW)
    await db.execute(_BURN_RULE, ids.uuid7(), table)
    await db.execute(_PRICE, price, org_id, NOW)
    await db.execute(_FEATURE, feature, org_id, NOW)
    await db.execute(_ENTITLEMENT, entitlement, org_id, NOW)
    await db.execute(_FLAG, NOW)
    await db.execute(_OVERRIDE, org_id, NOW)
    await db.execute(_CROSSING, org_id, NOW)
    await db.execute(_ADJUSTMENT, ids.uuid7(), org_id, NOW)
    await db.execute(_LATENCY, org_id, tenant.live.id, NOW)
    await db.execute(_ENTITLEMENT_USAGE, ids.uuid7(), org_id, NOW)
    await db.execute(_RERATING, rerating, org_id, tenant.owner.id, NOW)
    await db.execute(_RERATED, rerating, CUSTOMER)
    await rated.ingested(tenant, {"event_id": "evt-1", "input_tokens": 100, "customer_id": CUSTOMER})
    return {
        "customer": customer,
        "wallet": wallet_id,
        "grant": await db.fetchval("SELECT id FROM credit_grant WHERE org_id = $1", org_id),
        "hold": held.id,
        "transaction": used.transaction_id,
        "top": top_up,
        "budget": await db.fetchval("SELECT id FROM budget WHERE org_id = $1", org_id),
        "burn": table,
        "price": price,
        "rerate": rerating,
        "feature": feature,
        "entitlement": entitlement,
    }
