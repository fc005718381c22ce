"""Reading credit. What has expired is left out by a predicate: no answer waits for the sweep that journals it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from app.core.ids import GrantId, HoldId, OrgId, WalletId
from app.core.money import ZERO
from app.core.pagination import Page, PageRequest
from app.core.principal import Environment, Permission, Principal
from app.credits import records
from app.credits.errors import HoldNotFound, WalletNotFound
from app.credits.types import (
    Budget,
    Credits,
    Entry,
    Hold,
    HoldState,
    Owner,
    OwnerKind,
    Transaction,
    Wallet,
)
from app.infra import db
from app.infra.db import Row

_WALLET = f"SELECT {records.WALLET_COLUMNS} FROM wallet WHERE org_id = $1 AND id = $2"
_WALLET_OF = f"""
SELECT {records.WALLET_COLUMNS} FROM wallet
WHERE org_id = $1 AND environment = $2 AND owner_kind = $3 AND owner_ref = $4
"""
_WALLETS = f"""
SELECT {records.WALLET_COLUMNS} FROM wallet
WHERE org_id = $1 AND environment = $2 AND ($3::text IS NULL OR owner_kind = $3) AND ($4::uuid IS NULL OR id < $4)
ORDER BY id DESC LIMIT $5
"""
_GRANTS = f"""
SELECT {records.GRANT_COLUMNS} FROM credit_grant
WHERE wallet_id = $1 AND NOT is_spent AND (expires_at IS NULL OR expires_at > $2)
ORDER BY priority, expires_at NULLS LAST, category = 'paid', effective_at, created_at, id
"""
_HOLD = f"SELECT {records.HOLD_COLUMNS} FROM credit_hold WHERE org_id = $1 AND id = $2"
_HOLDS = f"""
SELECT {records.HOLD_COLUMNS} FROM credit_hold
WHERE org_id = $1 AND ($2::uuid IS NULL OR wallet_id = $2) AND ($3::text IS NULL OR state = $3)
    AND ($4::uuid IS NULL OR id < $4)
ORDER BY id DESC LIMIT $5
"""
_TRANSACTIONS = """
SELECT t.*, e.lines FROM (
    SELECT id, wallet_id, kind, at, amount, balance_after, hold_id, reverses_id, note FROM ledger_transaction
    WHERE org_id = $1 AND wallet_id = $2 AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $4
) AS t
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(ROW (account, grant_id, amount) ORDER BY line), '{}') AS lines
    FROM ledger_entry WHERE transaction_id = t.id
) AS e ORDER BY t.id DESC
"""
_BUDGETS = """
SELECT b.id, b.scope_kind, b.scope_id, b.environment, b.period, b.amount, b.is_hard, coalesce(u.spent, 0) AS spent,
    coalesce(u.held, 0) AS held, credit_period_end(b.period, credit_period_start(b.period, $3)) AS resets_at
FROM budget b
LEFT JOIN budget_usage u ON u.budget_id = b.id AND u.starts_at = credit_period_start(b.period, $3)
WHERE b.org_id = $1 AND b.environment = $2 AND ($4::uuid IS NULL OR b.id < $4) ORDER BY b.id DESC LIMIT $5
"""


async def wallet(principal: Principal, org_id: OrgId, wallet_id: WalletId) -> Wallet:
    """Raises `WalletNotFound` also for one of the other environment, where a key asks."""
    access = principal.authorise(org_id, Permission.CREDITS_READ)
    row = await db.fetchrow(_WALLET, access.org_id, wallet_id)
    if row is None or (principal.kind == "api_key" and row["environment"] != principal.environment):
        raise WalletNotFound
    return records.wallet(row)


async def wallet_of(
    principal: Principal, org_id: OrgId, owner: Owner, *, environment: Environment | None = None
) -> Wallet | None:
    access = principal.authorise(org_id, Permission.CREDITS_READ)
    row = await db.fetchrow(
        _WALLET_OF, access.org_id, environment or principal.environment, owner.kind.value, owner.ref
    )
    return records.wallet(row) if row else None


async def wallets(
    principal: Principal,
    org_id: OrgId,
    *,
    request: PageRequest,
    kind: OwnerKind | None = None,
    environment: Environment | None = None,
) -> Page[Wallet]:
    """Newest first."""
    access = principal.authorise(org_id, Permission.CREDITS_READ)
    rows = await db.fetch(
        _WALLETS,
        access.org_id,
        environment or principal.environment,
        kind and kind.value,
        request.after,
        request.first + 1,
    )
    return Page.of([records.wallet(row) for row in rows], request)


async def credits_of(principal: Principal, wallet: Wallet, *, now: datetime) -> Credits:
    """Its grants in burn order, and what any use could take. Grants of one feature are not counted as available."""
    principal.authorise(wallet.org_id, Permission.CREDITS_READ)
    grants = [records.grant(row) for row in await db.fetch(_GRANTS, wallet.id, now)]
    free = sum((grant.free(now=now) for grant in grants if grant.feature_id is None), ZERO)
    return Credits(wallet, max(ZERO, free - wallet.debt), grants)


async def hold(principal: Principal, org_id: OrgId, hold_id: HoldId) -> Hold:
    access = principal.authorise(org_id, Permission.CREDITS_READ)
    row = await db.fetchrow(_HOLD, access.org_id, hold_id)
    if row is None:
        raise HoldNotFound
    return records.hold(row)


async def holds(
    principal: Principal,
    org_id: OrgId,
    *,
    request: PageRequest,
    wallet_id: WalletId | None = None,
    state: HoldState | None = None,
) -> Page[Hold]:
    """Newest first."""
    access = principal.authorise(org_id, Permission.CREDITS_READ)
    rows = await db.fetch(
        _HOLDS, access.org_id, wallet_id, state and state.value, request.after, request.first + 1
    )
    return Page.of([records.hold(row) for row in rows], request)


async def ledger(
    principal: Principal, org_id: OrgId, wallet_id: WalletId, *, request: PageRequest
) -> Page[Transaction]:
    """The wallet's transactions with their entries, newest first; one query."""
    access = principal.authorise(org_id, Permission.CREDITS_READ)
    rows = await db.fetch(_TRANSACTIONS, access.org_id, wallet_id, request.after, request.first + 1)
    return Page.of([_transaction(row) for row in rows], request)


async def budgets(
    principal: Principal,
    org_id: OrgId,
    *,
    request: PageRequest,
    now: datetime,
    environment: Environment | None = None,
) -> Page[Budget]:
    """With what was spent and is held in the present period; newest first."""
    access = principal.authorise(org_id, Permission.CREDITS_READ)
    rows = await db.fetch(
        _BUDGETS,
        access.org_id,
        environment or principal.environment,
        now,
        request.after,
        request.first + 1,
    )
    return Page.of([records.budget(row) for row in rows], request)


def _transaction(row: Row) -> Transaction:
    return Transaction(
        id=row["id"],
        wallet_id=WalletId(row["wallet_id"]),
        kind=row["kind"],
        at=row["at"],
        amount=row["amount"],
        balance_after=row["balance_after"],
        hold_id=_optional_hold(row["hold_id"]),
        reverses_id=row["reverses_id"],
        note=row["note"],
        entries=_entries(row["lines"]),
    )


def _optional_hold(hold_id: UUID | None) -> HoldId | None:
    return None if hold_id is None else HoldId(hold_id)


def _entries(lines: Sequence[tuple[str, UUID | None, object]]) -> list[Entry]:
    return [
        Entry(account, None if grant_id is None else GrantId(grant_id), amount)  # type: ignore[arg-type]
        for account, grant_id, amount in lines
    ]
