"""Using credit. Each operation is one round trip to a function of the database (`credit_…` in the migration), which
locks the wallet, decides and writes; here the command is checked and the outcome told.

None of these may be called inside a unit of work: several may share one commit (`operations.py`). Giving credit and
taking it back, which is rarer and leaves a trace in the audit log, is in `granting.py`.
"""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from app.core import ids
from app.core.errors import FieldError, InvalidInput, LaunchKitError
from app.core.ids import HoldId, OrgId, WalletId
from app.core.principal import Environment, Permission, Principal
from app.credits.confinement import environment_of
from app.credits.errors import (
    BudgetExceeded,
    GrantNotFound,
    HoldAlreadySettled,
    HoldEnded,
    HoldNotFound,
    InsufficientCredits,
    RefundTooLarge,
    TransactionNotFound,
    WalletNotFound,
)
from app.credits.operations import Operations
from app.credits.types import (
    DEFAULT_LEASE,
    MAX_LEASE,
    MIN_LEASE,
    CustomerRef,
    Held,
    Owner,
    Refusal,
    Released,
    Scope,
    ScopeKind,
    Settlement,
    Spend,
    Started,
    check_amount,
)
from app.customers.errors import CustomerNotFound
from app.idempotency.errors import KeyReused
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
UPDATE credit_hold h SET started_at = coalesce(started_at, $3), lease_expires_at = greatest(lease_expires_at, $4)
FROM wallet w WHERE h.id = $1 AND h.org_id = $2 AND h.state = 'open' AND w.id = h.wallet_id
    AND w.environment = coalesce($5, w.environment)
RETURNING h.started_at, h.lease_expires_at
"""
_HAS_HOLD = """
SELECT EXISTS (
    SELECT FROM credit_hold h JOIN wallet w ON w.id = h.wallet_id
    WHERE h.id = $1 AND h.org_id = $2 AND w.environment = coalesce($3, w.environment)
)
"""
_END_LEASES = "SELECT credit_end_leases($1, $2)"
_EXPIRE = "SELECT credit_expire_due($1, $2)"

_MISSING: dict[str, type[LaunchKitError]] = {
    "wallet_missing": WalletNotFound,
    "customer_missing": CustomerNotFound,
    "hold_missing": HoldNotFound,
    "grant_missing": GrantNotFound,
    "transaction_missing": TransactionNotFound,
    "key_reused": KeyReused,
    "already_settled": HoldAlreadySettled,
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

    Raises `InsufficientCredits` (also where nobody ever gave the customer credit) or `BudgetExceeded`, and
    `WalletNotFound`, `CustomerNotFound`.
    """
    access = principal.authorise(org_id, Permission.CREDITS_USE)
    spend.validate()
    _check_lease(lease)
    operation = _spend(access.org_id, principal.environment, spend, now)
    operation |= {"op": "hold", "id": ids.uuid7(), "lease": now + lease}
    row = await operations.apply(operation)
    raise_refusal(row)
    return Held(HoldId(row["id"]), row["amount"], row["resets_at"], is_replay=row["outcome"] == "replayed")


async def start(
    principal: Principal, org_id: OrgId, *, hold_id: HoldId, now: datetime, lease: timedelta = DEFAULT_LEASE
) -> Started:
    """Says that the work has begun, and so may cost something; said again, it keeps the hold for another lease.

    From now on an abandoned hold is settled at its amount instead of being released. Raises `HoldNotFound` or
    `HoldEnded`.
    """
    access = principal.authorise(org_id, Permission.CREDITS_USE)
    _check_lease(lease)
    side = environment_of(principal)
    row = await db.fetchrow(_START, hold_id, access.org_id, now, now + lease, side)
    if row is None:
        raise HoldEnded if await db.fetchval(_HAS_HOLD, hold_id, access.org_id, side) else HoldNotFound
    return Started(hold_id, row["started_at"], row["lease_expires_at"])


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
        "environment": environment_of(principal),
        "hold": hold_id,
        "id": ids.uuid7(),
        "amount": actual,
        "at": now,
    }
    return settlement(await operations.apply(operation))


async def release(
    principal: Principal, org_id: OrgId, *, operations: Operations, hold_id: HoldId, now: datetime
) -> Released:
    """Gives back what was held, to the grants that it came from. Raises `HoldNotFound` or `HoldAlreadySettled`."""
    access = principal.authorise(org_id, Permission.CREDITS_USE)
    operation = {
        "op": "release",
        "org": access.org_id,
        "environment": environment_of(principal),
        "hold": hold_id,
        "at": now,
    }
    row = await operations.apply(operation)
    raise_refusal(row)
    return Released(HoldId(row["id"]), row["amount"], is_replay=row["outcome"] == "replayed")


async def consume(
    principal: Principal, org_id: OrgId, *, operations: Operations, spend: Spend, now: datetime
) -> Settlement:
    """Takes credit at once, without a hold before. Raises as `hold`."""
    access = principal.authorise(org_id, Permission.CREDITS_USE)
    spend.validate()
    operation = _spend(access.org_id, principal.environment, spend, now)
    operation |= {"op": "consume", "id": ids.uuid7(), "allows_debt": False}
    return settlement(await operations.apply(operation))


async def charge(
    org_id: OrgId,
    *,
    operations: Operations,
    spend: Spend,
    now: datetime,
    environment: Environment = "live",
) -> Settlement:
    """Takes credit for work that is done already: what credit lacks becomes debt, and budgets count it without a say.

    For callers inside LaunchKit that have authorised the usage. Raises `WalletNotFound`, and where nobody ever gave the
    customer credit `InsufficientCredits`: there is no wallet that could owe it.
    """
    spend.validate()
    operation = _spend(org_id, environment, spend, now)
    operation |= {"op": "consume", "id": ids.uuid7(), "allows_debt": True}
    return settlement(await operations.apply(operation))


async def end_leases(*, now: datetime, limit: int = 200) -> int:
    """Ends holds whose lease is over, the oldest first; how many.

    Of callers that race one does it, and the others nothing.
    """
    count: int = await db.fetchval(_END_LEASES, now, limit)
    return count


async def expire(*, now: datetime, limit: int = 200) -> int:
    """Journals grants that have expired, of at most `limit` wallets; how many. As `end_leases` where callers race."""
    count: int = await db.fetchval(_EXPIRE, now, limit)
    return count


def settlement(row: Row) -> Settlement:
    """What a row of `credit_result` says, or the refusal that it is."""
    raise_refusal(row)
    return Settlement(
        row["transaction_id"],
        row["amount"],
        row["balance"],
        row["debt"],
        is_replay=row["outcome"] == "replayed",
    )


def _check_lease(lease: timedelta) -> None:
    if not MIN_LEASE <= lease <= MAX_LEASE:
        most = int(MAX_LEASE.total_seconds())
        raise InvalidInput([FieldError("lease_seconds", "out_of_range", f"Use 1 to {most} seconds.")])


def _spend(org_id: OrgId, environment: Environment, spend: Spend, now: datetime) -> dict[str, Any]:
    customer = spend.customer or CustomerRef(None)
    return {
        "org": org_id,
        "wallet": spend.wallet_id,
        "environment": environment,
        "customer": customer.external_id,
        "customer_id": customer.id,
        "fingerprint": spend.fingerprint and spend.fingerprint.hex(),
        "key": spend.key,
        "amount": spend.amount,
        "feature": spend.feature_id,
        "kinds": [scope.kind.value for scope in spend.scopes],
        "refs": [scope.id for scope in spend.scopes],
        "at": now,
    }


def raise_refusal(row: Row) -> None:
    outcome = row["outcome"]
    if outcome == "insufficient":
        raise InsufficientCredits(
            Refusal(row["amount"], available=row["available"], wallet_id=row["id"] and WalletId(row["id"]))
        )
    if outcome == "budget_exceeded":
        raise BudgetExceeded(
            Refusal(
                row["amount"],
                available=row["available"],
                scope=Scope(ScopeKind(row["scope_kind"]), row["scope_id"]),
                limit=row["budget_amount"],
                resets_at=row["resets_at"],
            )
        )
    if outcome == "too_much":
        raise RefundTooLarge(row["available"])
    if outcome in _MISSING:
        raise _MISSING[outcome]
