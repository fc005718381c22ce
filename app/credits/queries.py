"""Reading credit. What has expired is left out by a predicate: no answer waits for the sweep that journals it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from app.core.ids import ApiKeyId, GrantId, HoldId, OrgId, WalletId
from app.core.money import ZERO
from app.core.pagination import Page, PageRequest
from app.core.principal import Environment, Permission, Principal
from app.credits import records
from app.credits.confinement import environment_of, side
from app.credits.errors import HoldNotFound, WalletNotFound
from app.credits.types import (
    Budget,
    Credits,
    CustomerRef,
    Drawing,
    Entry,
    Grant,
    Hold,
    HoldState,
    KeyBudget,
    Owner,
    OwnerKind,
    Period,
    Transaction,
    Wallet,
    check_ref,
)
from app.customers.errors import CustomerNotFound
from app.infra import db
from app.infra.db import Row


def _of(table: str, columns: str) -> str:
    return ", ".join(f"{table}.{column}" for column in columns.split(", "))


_WALLET = f"SELECT {records.WALLET_COLUMNS} FROM wallet WHERE org_id = $1 AND id = $2"
_WALLET_BY_ID = f"SELECT {records.WALLET_COLUMNS} FROM wallet WHERE id = $1 AND org_id = ANY($2::uuid[])"
_READ_WALLET = f"SELECT {records.WALLET_COLUMNS} FROM wallet WHERE id = $1"
_ORG_OF_HOLD = "SELECT org_id FROM credit_hold WHERE id = $1 AND org_id = ANY($2::uuid[])"
_UNSPENT_GRANTS = f"""
SELECT {records.GRANT_COLUMNS} FROM credit_grant WHERE wallet_id = ANY($1::uuid[]) AND NOT is_spent
ORDER BY priority, expires_at NULLS LAST, category = 'paid', effective_at, created_at, id
"""
_WALLET_OF = f"""
SELECT {records.WALLET_COLUMNS} FROM wallet
WHERE org_id = $1 AND environment = $2 AND owner_kind = $3 AND owner_ref = $4
"""
_WALLETS = f"""
SELECT {records.WALLET_COLUMNS} FROM wallet
WHERE org_id = $1 AND environment = $2 AND ($3::text IS NULL OR owner_kind = $3) AND ($4::uuid IS NULL OR id < $4)
ORDER BY id DESC LIMIT $5
"""
_DRAWN_BY = """
SELECT c.ref, f.wallet, f.team FROM unnest($3::text[]) AS c (ref)
CROSS JOIN LATERAL credit_wallet_for($1, $2, c.ref, NULL) AS f
"""
# Somebody else's wallet is no proof that there is such a customer.
_WALLET_OF_CUSTOMER = f"""
SELECT f.customer, c.id IS NOT NULL OR w.owner_kind = 'customer' AS is_known, {_of("w", records.WALLET_COLUMNS)}
FROM credit_wallet_for($1, $2, $3, $4) AS f
LEFT JOIN customer c ON c.org_id = $1 AND c.external_id = f.customer
LEFT JOIN wallet w ON w.id = f.wallet
"""
_GRANTS = f"""
SELECT {records.GRANT_COLUMNS} FROM credit_grant
WHERE wallet_id = $1 AND NOT is_spent AND (expires_at IS NULL OR expires_at > $2)
ORDER BY priority, expires_at NULLS LAST, category = 'paid', effective_at, created_at, id
"""
_ALL_GRANTS = f"""
SELECT {records.GRANT_COLUMNS} FROM credit_grant WHERE wallet_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3
"""
_HOLD = f"""
SELECT {_of("h", records.HOLD_COLUMNS)} FROM credit_hold h JOIN wallet w ON w.id = h.wallet_id
WHERE h.org_id = $1 AND h.id = $2 AND w.environment = coalesce($3, w.environment)
"""
_HOLDS = f"""
SELECT {_of("h", records.HOLD_COLUMNS)} FROM credit_hold h JOIN wallet w ON w.id = h.wallet_id
WHERE h.org_id = $1 AND ($2::uuid IS NULL OR h.wallet_id = $2) AND ($3::text IS NULL OR h.state = $3)
    AND ($4::uuid IS NULL OR h.id < $4) AND w.environment = coalesce($6, w.environment)
ORDER BY h.id DESC LIMIT $5
"""
_TRANSACTIONS = """
SELECT t.*, e.lines FROM (
    SELECT id, wallet_id, seq, kind, at, amount, balance_after, hold_id, reverses_id, note FROM ledger_transaction
    WHERE org_id = $1 AND wallet_id = $2
        AND ($3::uuid IS NULL OR seq < (SELECT seq FROM ledger_transaction WHERE id = $3 AND wallet_id = $2))
    ORDER BY seq DESC LIMIT $4
) AS t
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(ROW (account, grant_id, amount) ORDER BY line), '{}') AS lines
    FROM ledger_entry WHERE transaction_id = t.id
) AS e ORDER BY t.seq DESC
"""
_OUTSTANDING = """
SELECT (SELECT count(*) FROM credit_hold WHERE state = 'open') AS holds,
    (SELECT coalesce(sum(debt), 0) FROM wallet WHERE environment = 'live' AND debt > 0) AS debt
"""
_OF_KEYS = """
SELECT scope_id, environment, period, amount FROM budget
WHERE org_id = ANY($1::uuid[]) AND scope_kind = 'api_key' AND scope_id = ANY($2::text[]) AND is_hard
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
    if row is None or row["environment"] != (environment_of(principal) or row["environment"]):
        raise WalletNotFound
    return records.wallet(row)


async def drawn_by(
    org_id: OrgId, customers: Sequence[str], *, environment: Environment
) -> Mapping[str, Drawing]:
    """Where each customer's usage is paid from, by external id; one query. For callers inside LaunchKit.

    From its team's wallet where it is in one, else its own if there is one, else the org's if there is one.
    """
    rows = await db.fetch(_DRAWN_BY, org_id, environment, list(customers))
    return {row["ref"]: Drawing(row["wallet"] and WalletId(row["wallet"]), row["team"]) for row in rows}


async def wallet_for(org_id: OrgId, customer: str | None, *, environment: Environment) -> Drawing:
    """As `drawn_by`, of one customer; without a customer the org's."""
    [row] = await db.fetch(_DRAWN_BY, org_id, environment, [customer])
    return Drawing(row["wallet"] and WalletId(row["wallet"]), row["team"])


async def credits_of_customer(
    principal: Principal,
    org_id: OrgId,
    customer: CustomerRef,
    *,
    now: datetime,
    environment: Environment | None = None,
) -> tuple[str, Credits]:
    """The customer's external id, and the credit that it draws from. Raises `CustomerNotFound`."""
    access = principal.authorise(org_id, Permission.CREDITS_READ)
    ref = customer.external_id
    if customer.id is None and check_ref(ref, name="id"):
        raise CustomerNotFound
    where = side(principal, environment)
    row = await db.fetchrow(_WALLET_OF_CUSTOMER, access.org_id, where, ref, customer.id)
    if row is None or row["customer"] is None or not row["is_known"]:
        raise CustomerNotFound
    if row["id"] is None:
        return row["customer"], Credits(None, ZERO, ())
    return row["customer"], await credits_of(principal, records.wallet(row), now=now)


async def wallet_of(
    principal: Principal, org_id: OrgId, owner: Owner, *, environment: Environment | None = None
) -> Wallet | None:
    access = principal.authorise(org_id, Permission.CREDITS_READ)
    row = await db.fetchrow(
        _WALLET_OF, access.org_id, side(principal, environment), owner.kind.value, owner.ref
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
        side(principal, environment),
        kind and kind.value,
        request.after,
        request.first + 1,
    )
    return Page.of([records.wallet(row) for row in rows], request)


async def credits_of(principal: Principal, wallet: Wallet, *, now: datetime) -> Credits:
    """Its grants in burn order, and what any use could take. Grants of one feature are not counted as available."""
    principal.authorise(wallet.org_id, Permission.CREDITS_READ)
    grants = [records.grant(row) for row in await db.fetch(_GRANTS, wallet.id, now)]
    return Credits(wallet, wallet.available(grants, now=now), grants)


async def wallet_by_id(principal: Principal, wallet_id: WalletId) -> Wallet:
    """As `wallet`, of whichever org of the principal's."""
    row = await db.fetchrow(_WALLET_BY_ID, wallet_id, list(principal.orgs))
    if row is None or row["environment"] != (environment_of(principal) or row["environment"]):
        raise WalletNotFound
    found = records.wallet(row)
    principal.authorise(found.org_id, Permission.CREDITS_READ)
    return found


async def read_wallet(wallet_id: WalletId) -> Wallet | None:
    """For callers that have authorised the wallet before (live updates)."""
    row = await db.fetchrow(_READ_WALLET, wallet_id)
    return records.wallet(row) if row else None


async def hold_by_id(principal: Principal, hold_id: HoldId) -> Hold:
    """As `hold`, of whichever org of the principal's."""
    org_id = await db.fetchval(_ORG_OF_HOLD, hold_id, list(principal.orgs))
    if org_id is None:
        raise HoldNotFound
    return await hold(principal, OrgId(org_id), hold_id)


async def unspent_grants(wallet_ids: Sequence[WalletId]) -> list[Sequence[Grant] | None]:
    """Of each wallet those with something left, in burn order, expired ones among them. One query."""
    by_wallet: dict[WalletId, list[Grant]] = {wallet_id: [] for wallet_id in wallet_ids}
    for row in await db.fetch(_UNSPENT_GRANTS, list(wallet_ids)):
        by_wallet[row["wallet_id"]].append(records.grant(row))
    return [by_wallet[wallet_id] for wallet_id in wallet_ids]


async def grants(
    principal: Principal, org_id: OrgId, wallet_id: WalletId, *, request: PageRequest
) -> Page[Grant]:
    """All that a wallet was ever given, newest first."""
    await wallet(principal, org_id, wallet_id)
    rows = await db.fetch(_ALL_GRANTS, wallet_id, request.position, request.first + 1)
    return Page.of([records.grant(row) for row in rows], request)


async def hold(principal: Principal, org_id: OrgId, hold_id: HoldId) -> Hold:
    access = principal.authorise(org_id, Permission.CREDITS_READ)
    row = await db.fetchrow(_HOLD, access.org_id, hold_id, environment_of(principal))
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
        _HOLDS,
        access.org_id,
        wallet_id,
        state and state.value,
        request.after,
        request.first + 1,
        environment_of(principal),
    )
    return Page.of([records.hold(row) for row in rows], request)


async def ledger(
    principal: Principal, org_id: OrgId, wallet_id: WalletId, *, request: PageRequest
) -> Page[Transaction]:
    """The wallet's transactions with their entries, newest first: in the order in which they changed it."""
    await wallet(principal, org_id, wallet_id)
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
        side(principal, environment),
        now,
        request.after,
        request.first + 1,
    )
    return Page.of([records.budget(row) for row in rows], request)


async def hard_budgets_of_keys(
    org_ids: Collection[OrgId], key_ids: Collection[ApiKeyId]
) -> Mapping[ApiKeyId, Sequence[KeyBudget]]:
    """One query. For callers inside LaunchKit."""
    rows = await db.fetch(_OF_KEYS, list(org_ids), [str(key_id) for key_id in key_ids])
    found: dict[ApiKeyId, list[KeyBudget]] = {}
    for row in rows:
        budget = KeyBudget(row["environment"], Period(row["period"]), row["amount"])
        found.setdefault(ApiKeyId(UUID(row["scope_id"])), []).append(budget)
    return found


async def outstanding() -> tuple[int, Decimal]:
    """Open holds, and what wallets that are for real owe: of the whole installation, for its operator."""
    row = await db.fetchrow(_OUTSTANDING)
    assert row is not None
    return row["holds"], row["debt"]


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
