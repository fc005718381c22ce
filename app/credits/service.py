"""Operations on credit. Each is one round trip to a function of the database (`credit_…` in the migration), which
locks the wallet, decides and writes; here the command is checked and the outcome told.

None of these may be called inside a unit of work: several may share one commit (`operations.py`).
"""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.core import ids
from app.core.errors import InvalidInput, LaunchKitError
from app.core.ids import GrantId, HoldId, OrgId, WalletId
from app.core.principal import Environment, Permission, Principal
from app.credits.errors import (
    BudgetExceeded,
    GrantNotFound,
    HoldAlreadySettled,
    HoldNotFound,
    InsufficientCredits,
    OperationKeyReused,
    RefundTooLarge,
    TransactionNotFound,
    WalletNotFound,
)
from app.credits.operations import Operations
from app.credits.types import (
    DEFAULT_LEASE,
    Held,
    NewGrant,
    Owner,
    Refusal,
    Scope,
    ScopeKind,
    Settlement,
    Spend,
    check_amount,
    check_key,
)
from app.infra import db
from app.infra.db import Row

_FIND_WALLET = """
SELECT id FROM wallet WHERE org_id = $1 AND environment = $2 AND owner_kind = $3 AND owner_ref = $4
"""
_MAKE_WALLET = """
INSERT INTO wallet (id, org_id, environment, owner_kind, owner_ref, created_at) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (org_id, environment, owner_kind, owner_ref) DO NOTHING RETURNING id
"""
_START = """
UPDATE credit_hold SET started_at = coalesce(started_at, $3), lease_expires_at = greatest(lease_expires_at, $4)
WHERE id = $1 AND org_id = $2 AND state = 'open' RETURNING lease_expires_at
"""
_ADD_GRANT = """
SELECT * FROM credit_add_grant($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::smallint, $11, $12, $13, $14, $15)
"""
_REFUND = "SELECT * FROM credit_refund($1, $2, $3, $4, $5, $6, $7)"
_CLAW_BACK = "SELECT * FROM credit_claw_back($1, $2, $3, $4, $5, $6, $7)"
_END_LEASES = """
SELECT count((credit_end_lease(id, $1)).outcome) FROM (
    SELECT id FROM credit_hold WHERE state = 'open' AND lease_expires_at <= $1 ORDER BY wallet_id LIMIT $2
) AS ended
"""
_EXPIRE = """
SELECT sum(credit_expire(wallet_id, $1)) FROM (
    SELECT DISTINCT wallet_id FROM credit_grant
    WHERE expires_at <= $1 AND NOT is_spent AND remaining > held ORDER BY wallet_id LIMIT $2
) AS expired
"""

_MISSING: dict[str, type[LaunchKitError]] = {
    "wallet_missing": WalletNotFound,
    "hold_missing": HoldNotFound,
    "grant_missing": GrantNotFound,
    "transaction_missing": TransactionNotFound,
    "key_reused": OperationKeyReused,
    "already_settled": HoldAlreadySettled,
    "too_much": RefundTooLarge,
}


async def ensure_wallet(org_id: OrgId, owner: Owner, *, environment: Environment, now: datetime) -> WalletId:
    """The owner's wallet, made when it is first asked for."""
    row = await db.fetchrow(_FIND_WALLET, org_id, environment, owner.kind.value, owner.ref)
    if row is None:
        made = (ids.uuid7(), org_id, environment, owner.kind.value, owner.ref, now)
        row = await db.fetchrow(_MAKE_WALLET, *made)
    if row is None:  # somebody else made it in between
        row = await db.fetchrow(_FIND_WALLET, org_id, environment, owner.kind.value, owner.ref)
    assert row is not None
    return WalletId(row["id"])


async def hold(
    principal: Principal,
    org_id: OrgId,
    *,
    operations: Operations,
    spend: Spend,
    now: datetime,
    lease: timedelta = DEFAULT_LEASE,
) -> Held:
    """Sets credit aside: from the wallet and from every budget, or not at all.

    Raises `InsufficientCredits` or `BudgetExceeded`, and `WalletNotFound`.
    """
    access = principal.authorise(org_id, Permission.CREDITS_USE)
    spend.validate()
    operation = _spend(access.org_id, spend, now)
    operation |= {"op": "hold", "id": ids.uuid7(), "lease": now + lease}
    row = await operations.apply(operation)
    _raise_refusal(row)
    return Held(HoldId(row["id"]), row["amount"], row["resets_at"], is_replay=row["outcome"] == "replayed")


async def start(
    principal: Principal, org_id: OrgId, *, hold_id: HoldId, now: datetime, lease: timedelta = DEFAULT_LEASE
) -> datetime:
    """Says that the work has begun, and so may cost something; the new end of the lease.

    From now on an abandoned hold is settled at its amount instead of being released. Raises `HoldNotFound` also
    where it has ended.
    """
    access = principal.authorise(org_id, Permission.CREDITS_USE)
    until: datetime | None = await db.fetchval(_START, hold_id, access.org_id, now, now + lease)
    if until is None:
        raise HoldNotFound
    return until


async def settle(
    principal: Principal,
    org_id: OrgId,
    *,
    operations: Operations,
    hold_id: HoldId,
    actual: Decimal,
    now: datetime,
) -> Settlement:
    """Ends a hold with what was really used; of a settled one, its first settlement. Raises `HoldNotFound`."""
    access = principal.authorise(org_id, Permission.CREDITS_USE)
    if errors := check_amount(actual, allows_zero=True):
        raise InvalidInput(errors)
    operation = {
        "op": "settle",
        "org": access.org_id,
        "hold": hold_id,
        "id": ids.uuid7(),
        "amount": actual,
        "at": now,
    }
    return _settlement(await operations.apply(operation))


async def release(
    principal: Principal, org_id: OrgId, *, operations: Operations, hold_id: HoldId, now: datetime
) -> None:
    """Gives back what was held, to the grants that it came from. Raises `HoldNotFound` or `HoldAlreadySettled`."""
    access = principal.authorise(org_id, Permission.CREDITS_USE)
    operation = {"op": "release", "org": access.org_id, "hold": hold_id, "at": now}
    _raise_refusal(await operations.apply(operation))


async def consume(
    principal: Principal, org_id: OrgId, *, operations: Operations, spend: Spend, now: datetime
) -> Settlement:
    """Takes credit at once, without a hold before. Raises as `hold`."""
    access = principal.authorise(org_id, Permission.CREDITS_USE)
    spend.validate()
    operation = _spend(access.org_id, spend, now) | {"op": "consume", "id": ids.uuid7(), "allows_debt": False}
    return _settlement(await operations.apply(operation))


async def charge(org_id: OrgId, *, operations: Operations, spend: Spend, now: datetime) -> Settlement:
    """Takes credit for work that is done already: what credit lacks becomes debt, and budgets count it without a say.

    For callers inside LaunchKit that have authorised the usage. Raises `WalletNotFound`.
    """
    spend.validate()
    operation = _spend(org_id, spend, now) | {"op": "consume", "id": ids.uuid7(), "allows_debt": True}
    return _settlement(await operations.apply(operation))


async def grant(principal: Principal, org_id: OrgId, *, grant: NewGrant, now: datetime) -> Settlement:
    """Adds credit; debt is repaid of it first. The settlement's transaction id is also the grant's."""
    access = principal.authorise(org_id, Permission.CREDITS_MANAGE)
    grant.validate()
    row = await db.fetchrow(
        _ADD_GRANT,
        ids.uuid7(),
        access.org_id,
        grant.wallet_id,
        grant.key,
        grant.source.value,
        grant.category.value,
        grant.amount,
        grant.cost_basis,
        grant.currency,
        grant.priority,
        grant.feature_id,
        grant.effective_at,
        grant.expires_at,
        grant.note,
        now,
    )
    return _settlement(row)


async def refund(
    principal: Principal,
    org_id: OrgId,
    *,
    transaction_id: UUID,
    amount: Decimal,
    key: str,
    now: datetime,
    note: str | None = None,
) -> Settlement:
    """Gives back what a consumption took, to the grants that it came from. Raises `RefundTooLarge`."""
    access = principal.authorise(org_id, Permission.CREDITS_MANAGE)
    if errors := [*check_amount(amount), *check_key(key)]:
        raise InvalidInput(errors)
    row = await db.fetchrow(_REFUND, access.org_id, transaction_id, ids.uuid7(), key, amount, note, now)
    return _settlement(row)


async def claw_back(
    principal: Principal,
    org_id: OrgId,
    *,
    grant_id: GrantId,
    amount: Decimal,
    key: str,
    now: datetime,
    note: str | None = None,
) -> Settlement:
    """Takes a grant back whose payment was: what was spent of it becomes debt. Raises `RefundTooLarge`."""
    access = principal.authorise(org_id, Permission.CREDITS_MANAGE)
    if errors := [*check_amount(amount), *check_key(key)]:
        raise InvalidInput(errors)
    row = await db.fetchrow(_CLAW_BACK, access.org_id, grant_id, ids.uuid7(), key, amount, note, now)
    return _settlement(row)


async def end_leases(*, now: datetime, limit: int = 200) -> int:
    """Ends holds whose lease is over; how many. Any number of callers may race."""
    count: int = await db.fetchval(_END_LEASES, now, limit)
    return count


async def expire(*, now: datetime, limit: int = 200) -> int:
    """Journals grants that have expired, of at most `limit` wallets; how many. Any number of callers may race."""
    return await db.fetchval(_EXPIRE, now, limit) or 0


def _spend(org_id: OrgId, spend: Spend, now: datetime) -> dict[str, Any]:
    return {
        "org": org_id,
        "wallet": spend.wallet_id,
        "key": spend.key,
        "amount": spend.amount,
        "feature": spend.feature_id,
        "kinds": [scope.kind.value for scope in spend.scopes],
        "refs": [scope.id for scope in spend.scopes],
        "at": now,
    }


def _settlement(row: Row | None) -> Settlement:
    assert row is not None
    _raise_refusal(row)
    return Settlement(
        row["transaction_id"],
        row["amount"],
        row["balance"],
        row["debt"],
        is_replay=row["outcome"] == "replayed",
    )


def _raise_refusal(row: Row) -> None:
    outcome = row["outcome"]
    if outcome == "insufficient":
        raise InsufficientCredits(Refusal(row["amount"], available=row["available"]))
    if outcome == "budget_exceeded":
        scope = Scope(ScopeKind(row["scope_kind"]), row["scope_id"])
        raise BudgetExceeded(
            Refusal(row["amount"], scope=scope, limit=row["budget_amount"], resets_at=row["resets_at"])
        )
    if outcome in _MISSING:
        raise _MISSING[outcome]
