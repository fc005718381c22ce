"""Rows as values."""

from app.core.ids import BudgetId, GrantId, HoldId, OrgId, WalletId
from app.credits.types import (
    Budget,
    Category,
    Grant,
    GrantSource,
    Hold,
    HoldState,
    Owner,
    OwnerKind,
    Period,
    Scope,
    ScopeKind,
    Wallet,
)
from app.infra.db import Row

WALLET_COLUMNS = "id, org_id, owner_kind, owner_ref, environment, balance, held, debt, seq, created_at"
GRANT_COLUMNS = (
    "id, wallet_id, source, category, amount, remaining, held, cost_basis, currency, priority, feature_id, "
    "effective_at, expires_at, created_at"
)
HOLD_COLUMNS = (
    "id, wallet_id, amount, state, feature_id, created_at, lease_expires_at, started_at, ended_at, settled, "
    "transaction_id"
)


def wallet(row: Row) -> Wallet:
    return Wallet(
        id=WalletId(row["id"]),
        org_id=OrgId(row["org_id"]),
        owner=Owner(OwnerKind(row["owner_kind"]), row["owner_ref"]),
        environment=row["environment"],
        balance=row["balance"],
        held=row["held"],
        debt=row["debt"],
        seq=row["seq"],
        created_at=row["created_at"],
    )


def grant(row: Row) -> Grant:
    return Grant(
        id=GrantId(row["id"]),
        wallet_id=WalletId(row["wallet_id"]),
        source=GrantSource(row["source"]),
        category=Category(row["category"]),
        amount=row["amount"],
        remaining=row["remaining"],
        held=row["held"],
        cost_basis=row["cost_basis"],
        currency=row["currency"],
        priority=row["priority"],
        feature_id=row["feature_id"],
        effective_at=row["effective_at"],
        expires_at=row["expires_at"],
        created_at=row["created_at"],
    )


def hold(row: Row) -> Hold:
    return Hold(
        id=HoldId(row["id"]),
        wallet_id=WalletId(row["wallet_id"]),
        amount=row["amount"],
        state=HoldState(row["state"]),
        feature_id=row["feature_id"],
        created_at=row["created_at"],
        lease_expires_at=row["lease_expires_at"],
        started_at=row["started_at"],
        ended_at=row["ended_at"],
        settled=row["settled"],
        transaction_id=row["transaction_id"],
    )


def budget(row: Row) -> Budget:
    return Budget(
        id=BudgetId(row["id"]),
        scope=Scope(ScopeKind(row["scope_kind"]), row["scope_id"]),
        environment=row["environment"],
        period=Period(row["period"]),
        amount=row["amount"],
        is_hard=row["is_hard"],
        spent=row["spent"],
        held=row["held"],
        resets_at=row["resets_at"],
    )
