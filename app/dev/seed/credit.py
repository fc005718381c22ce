"""Customers and credit of the demo orgs: what was bought, what was given, and some of it used."""

from contextlib import suppress
from datetime import datetime, timedelta
from decimal import Decimal

from app.core.ids import OrgId, WalletId
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
from app.customers import service as customers
from app.customers.errors import CustomerExists
from app.customers.types import CreateCustomer
from app.dev.seed.facts import DemoCustomer
from app.infra import db

# What is written last.
_IS_DONE = (
    "SELECT EXISTS (SELECT FROM budget WHERE org_id = $1 AND scope_kind = 'customer' AND scope_id = $2)"
)
_IS_GIVEN = "SELECT EXISTS (SELECT FROM ledger_transaction WHERE org_id = $1 AND operation_key = $2)"
_ORG_KEY = "seed:org:purchase"
_PROMOTION_LASTS = timedelta(days=90)


async def ensure_own(owner: Principal, org_id: OrgId, *, bought: Decimal, now: datetime) -> int:
    """Gives the org itself a wallet with what was `bought`; how many wallets."""
    if await db.fetchval(_IS_GIVEN, org_id, _ORG_KEY):
        return 0
    wallet_id = await service.ensure_wallet(org_id, Owner(OwnerKind.ORG), environment="live", now=now)
    await granting.grant(owner, org_id, grant=_purchase(wallet_id, _ORG_KEY, bought, now), now=now)
    return 1


async def ensure(owner: Principal, org_id: OrgId, of: DemoCustomer, *, now: datetime) -> int:
    """Makes a customer, with a wallet of what was bought and a tenth as a gift, a fifth of it used; how many wallets.

    Every step has its own key: one that was interrupted is completed, and nothing happens twice.
    """
    customer, bought = of.external_id, of.bought
    if await db.fetchval(_IS_DONE, org_id, customer):
        return 0
    with suppress(CustomerExists):
        await customers.create(owner, org_id, command=CreateCustomer(customer, of.name), now=now)
    wallet_id = await service.ensure_wallet(
        org_id, Owner(OwnerKind.CUSTOMER, customer), environment="live", now=now
    )
    paid = _purchase(wallet_id, f"seed:{customer}:purchase", bought, now)
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


def _purchase(wallet_id: WalletId, key: str, bought: Decimal, now: datetime) -> NewGrant:
    return NewGrant(
        wallet_id,
        key,
        bought,
        GrantSource.PURCHASE,
        Category.PAID,
        now,
        cost_basis=Decimal("0.01"),
        currency="USD",
    )
