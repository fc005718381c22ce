"""Credit of the demo orgs: what was bought, what was given, and some of it used."""

from datetime import datetime, timedelta
from decimal import Decimal

from app.core.ids import OrgId
from app.core.principal import Principal
from app.credits import budgets, granting, service
from app.credits.operations import Operations
from app.credits.types import (
    Category,
    GrantSource,
    NewGrant,
    Owner,
    OwnerKind,
    Period,
    Scope,
    ScopeKind,
    SetBudget,
    Spend,
)
from app.infra import db

# What is written last.
_IS_DONE = (
    "SELECT EXISTS (SELECT FROM budget WHERE org_id = $1 AND scope_kind = 'customer' AND scope_id = $2)"
)
_PROMOTION_LASTS = timedelta(days=90)


async def ensure(owner: Principal, org_id: OrgId, customer: str, *, bought: Decimal, now: datetime) -> int:
    """Gives a customer a wallet with what was `bought` and a tenth as a gift, a fifth of it used; how many wallets.

    Every step has its own key: one that was interrupted is completed, and nothing happens twice.
    """
    if await db.fetchval(_IS_DONE, org_id, customer):
        return 0
    wallet_id = await service.ensure_wallet(
        org_id, Owner(OwnerKind.CUSTOMER, customer), environment="live", now=now
    )
    paid = NewGrant(
        wallet_id,
        f"seed:{customer}:purchase",
        bought,
        GrantSource.PURCHASE,
        Category.PAID,
        now,
        cost_basis=Decimal("0.01"),
        currency="USD",
    )
    gift = NewGrant(
        wallet_id,
        f"seed:{customer}:gift",
        bought / 10,
        GrantSource.PROMOTION,
        Category.PROMOTIONAL,
        now,
        expires_at=now + _PROMOTION_LASTS,
        note="Welcome",
    )
    for grant in (paid, gift):
        await granting.grant(owner, org_id, grant=grant, now=now)
    used = Spend(wallet_id, f"seed:{customer}:use", bought / 5)
    await service.charge(org_id, operations=Operations(), spend=used, now=now)
    scope = Scope(ScopeKind.CUSTOMER, customer)
    monthly = SetBudget(scope, "live", Period.MONTH, bought / 2, is_hard=False)
    await budgets.set_budget(owner, org_id, command=monthly, now=now)
    return 1
