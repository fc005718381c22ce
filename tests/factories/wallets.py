"""Wallets with credit in them."""

from datetime import datetime
from decimal import Decimal

from app.core import ids
from app.core.ids import GrantId, HoldId, WalletId
from app.core.principal import Environment
from app.credits import granting, service
from app.credits.operations import Operations
from app.credits.types import Category, GrantSource, NewGrant, Owner, OwnerKind, Scope, ScopeKind, Spend
from app.infra import db
from tests.factories.orgs import NOW, Tenant


async def wallet(
    tenant: Tenant,
    *amounts: int | str,
    owner: Owner | None = None,
    environment: Environment = "live",
    now: datetime = NOW,
) -> WalletId:
    """A wallet with a grant of each of the amounts; the org's own unless `owner` is named."""
    wallet_id = await service.ensure_wallet(
        tenant.org_id, owner or Owner(OwnerKind.ORG), environment=environment, now=now
    )
    for amount in amounts:
        await grant(tenant, wallet_id, amount, now=now)
    return wallet_id


async def grant(
    tenant: Tenant,
    wallet_id: WalletId,
    amount: int | str | Decimal,
    *,
    key: str | None = None,
    category: Category = Category.PAID,
    priority: int = 50,
    effective_at: datetime | None = None,
    expires_at: datetime | None = None,
    feature_id: str | None = None,
    now: datetime = NOW,
) -> GrantId:
    made = await granting.grant(
        tenant.owner,
        tenant.org_id,
        grant=NewGrant(
            wallet_id,
            key or f"grant:{ids.uuid7()}",
            Decimal(amount),
            GrantSource.PURCHASE,
            category,
            effective_at or now,
            expires_at=expires_at,
            feature_id=feature_id,
            priority=priority,
        ),
        now=now,
    )
    assert made.transaction_id is not None
    return GrantId(made.transaction_id)


async def budget(
    tenant: Tenant,
    kind: ScopeKind,
    ref: str,
    amount: int | str,
    *,
    period: str = "month",
    is_hard: bool = True,
    now: datetime = NOW,
) -> Scope:
    await db.execute(
        "INSERT INTO budget (id, org_id, scope_kind, scope_id, environment, period, amount, is_hard, created_at) "
        "VALUES ($1, $2, $3, $4, 'live', $5, $6, $7, $8)",
        ids.uuid7(),
        tenant.org_id,
        kind.value,
        ref,
        period,
        Decimal(amount),
        is_hard,
        now,
    )
    return Scope(kind, ref)


async def hold(tenant: Tenant, wallet_id: WalletId, amount: int | str, *, now: datetime = NOW) -> HoldId:
    spend = Spend(wallet_id, f"hold:{ids.uuid7()}", Decimal(amount))
    held = await service.hold(tenant.key, tenant.org_id, operations=Operations(), spend=spend, now=now)
    return held.id
