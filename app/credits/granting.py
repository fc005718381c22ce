"""Giving credit and taking it back: by those who may manage credit, each with its entry in the audit log."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.audit import service as audit
from app.audit.types import Action, Entry
from app.core import ids
from app.core.errors import InvalidInput
from app.core.events import org_topic
from app.core.ids import GrantId, OrgId, WalletId
from app.core.money import to_text
from app.core.principal import SYSTEM, Access, Environment, Permission, Principal
from app.credits import service
from app.credits.confinement import environment_of, side
from app.credits.errors import GrantNotFound, TransactionNotFound
from app.credits.top_ups.records import AVAILABLE
from app.credits.types import (
    Category,
    CustomerRef,
    GrantSource,
    NewGrant,
    NewPurchase,
    Owner,
    OwnerKind,
    Purchase,
    Settlement,
    check_amount,
    check_key,
    check_note,
    check_owner,
    check_ref,
)
from app.customers import naming
from app.customers import service as customers
from app.customers.errors import CustomerNotFound
from app.infra import db
from app.infra.db import UnitOfWork
from app.outbox import service as outbox

_ADD_GRANT = """
SELECT * FROM credit_add_grant($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::smallint, $11, $12, $13, $14, $15, $16)
"""
_REFUND = "SELECT * FROM credit_refund($1, $2, $3, $4, $5, $6, $7)"
_CLAW_BACK = "SELECT * FROM credit_claw_back($1, $2, $3, $4, $5, $6, $7)"
# Neither moves to another wallet, nor a wallet to the other side.
_SIDE_OF_TRANSACTION = """
SELECT w.environment FROM ledger_transaction l JOIN wallet w ON w.id = l.wallet_id WHERE l.org_id = $1 AND l.id = $2
"""
_SIDE_OF_GRANT = """
SELECT w.environment FROM credit_grant g JOIN wallet w ON w.id = g.wallet_id WHERE g.org_id = $1 AND g.id = $2
"""
# Now, and not at the next sweep: what is given may be used up before that.
_REARM = f"""
UPDATE auto_top_up a SET is_armed = true FROM wallet w CROSS JOIN LATERAL {AVAILABLE} AS available
WHERE a.wallet_id = $2::uuid AND w.id = a.wallet_id AND NOT a.is_armed AND available.amount > a.threshold
"""
_DRAWS = "SELECT customer, team FROM credit_wallet_for($1, $2, $3, $4)"


async def grant(principal: Principal, org_id: OrgId, *, grant: NewGrant, now: datetime) -> Settlement:
    """Adds credit; debt is repaid of it first. The settlement's transaction id is also the grant's."""
    access = principal.authorise(org_id, Permission.CREDITS_MANAGE)
    grant.validate()
    async with db.unit_of_work() as uow:
        return await _add(uow, access, grant, Action.CREDITS_GRANTED, now)


async def grant_to(
    principal: Principal,
    org_id: OrgId,
    *,
    owner: Owner,
    grant: NewGrant,
    now: datetime,
    environment: Environment | None = None,
) -> Settlement:
    """As `grant`, to the owner's wallet, which is made where there is none: `grant.wallet_id` is not looked at.

    Raises `CustomerNotFound` for an id of ours that is none.
    """
    access = principal.authorise(org_id, Permission.CREDITS_MANAGE)
    grant.validate()
    if errors := check_owner(owner):
        raise InvalidInput(errors)
    if owner.kind is OwnerKind.CUSTOMER:
        owner = replace(owner, ref=await naming.own_name(access.org_id, owner.ref))
    async with db.unit_of_work() as uow:
        await uow.begin()
        if owner.kind is OwnerKind.CUSTOMER:
            await customers.ensure(access.org_id, [owner.ref], now=now)
        wallet_id = await service.ensure_wallet(
            access.org_id, owner, environment=side(principal, environment), now=now
        )
        return await _add(uow, access, replace(grant, wallet_id=wallet_id), Action.CREDITS_GRANTED, now)


async def purchase(principal: Principal, org_id: OrgId, *, purchase: NewPurchase, now: datetime) -> Purchase:
    """Records credit that was paid for outside LaunchKit, where the customer draws from: its team's wallet, or its own.

    The customer is made when it is first named, and the wallet where there is none; without a customer, the org's.
    Raises `CustomerNotFound` for an id of ours that is none.
    """
    access = principal.authorise(org_id, Permission.CREDITS_MANAGE)
    customer = purchase.customer or CustomerRef(None)
    # The wallet is the only field that is not known yet.
    wanted = NewGrant(
        WalletId(UUID(int=0)),
        purchase.key,
        purchase.amount,
        GrantSource.PURCHASE,
        Category.PAID,
        now,
        expires_at=purchase.expires_at,
        cost_basis=purchase.cost_basis,
        currency=purchase.currency,
        note=purchase.note,
        fingerprint=purchase.fingerprint,
    )
    wanted.validate()
    if errors := check_ref(customer.external_id, name="customer_id"):
        raise InvalidInput(errors)
    async with db.unit_of_work() as uow:
        await uow.begin()
        if customer.external_id is not None:
            await customers.ensure(access.org_id, [customer.external_id], now=now)
        owner, customer_id = await _owner(uow, access, customer, principal.environment)
        wallet_id = await service.ensure_wallet(
            access.org_id, owner, environment=principal.environment, now=now
        )
        bought = replace(wanted, wallet_id=wallet_id)
        done = await _add(uow, access, bought, Action.CREDITS_PURCHASED, now)
    assert done.transaction_id is not None
    return Purchase(
        GrantId(done.transaction_id),
        wallet_id,
        customer_id,
        done.amount,
        done.balance,
        done.debt,
        is_replay=done.is_replay,
    )


async def give_bought(uow: UnitOfWork, org_id: OrgId, *, grant: NewGrant, now: datetime) -> Settlement:
    """As `grant`, of credit whose payment LaunchKit saw itself: in the unit of work that writes that down."""
    itself = Principal("system", SYSTEM.id, {org_id: frozenset({Permission.CREDITS_MANAGE})})
    access = itself.authorise(org_id, Permission.CREDITS_MANAGE)
    return await _add(uow, access, grant, Action.CREDITS_TOPPED_UP, now)


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
    """Gives back what a consumption took, to the grants that it came from.

    Raises `RefundTooLarge`, and `TransactionNotFound` also for one of the other environment, where a key asks.
    """
    access = principal.authorise(org_id, Permission.CREDITS_MANAGE)
    if errors := [*check_amount(amount), *check_key(key), *check_note(note)]:
        raise InvalidInput(errors)
    if not await _is_within(access, _SIDE_OF_TRANSACTION, transaction_id):
        raise TransactionNotFound
    async with db.unit_of_work() as uow:
        [row] = await uow.fetch(_REFUND, access.org_id, transaction_id, ids.uuid7(), key, amount, note, now)
        done = service.settlement(row)
        if not done.is_replay:
            changes = {"amount": to_text(amount), "note": note}
            _record(uow, access, Action.CREDITS_REFUNDED, "ledger_transaction", transaction_id, now, changes)
    return done


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
    """Takes a grant back whose payment was: what was spent of it becomes debt.

    Raises `RefundTooLarge`, and `GrantNotFound` also for one of the other environment, where a key asks.
    """
    access = principal.authorise(org_id, Permission.CREDITS_MANAGE)
    if errors := [*check_amount(amount), *check_key(key), *check_note(note)]:
        raise InvalidInput(errors)
    if not await _is_within(access, _SIDE_OF_GRANT, grant_id):
        raise GrantNotFound
    async with db.unit_of_work() as uow:
        [row] = await uow.fetch(_CLAW_BACK, access.org_id, grant_id, ids.uuid7(), key, amount, note, now)
        done = service.settlement(row)
        if not done.is_replay:
            changes = {"amount": to_text(amount), "note": note}
            _record(uow, access, Action.CREDITS_CLAWED_BACK, "grant", grant_id, now, changes)
    return done


async def _is_within(access: Access, side_of: str, target_id: UUID) -> bool:
    """Whether the caller's environment has it: a key sees that of its own workspace."""
    own = environment_of(access.principal)
    return own is None or await db.fetchval(side_of, access.org_id, target_id) == own


async def _owner(
    uow: UnitOfWork, access: Access, customer: CustomerRef, environment: Environment
) -> tuple[Owner, str | None]:
    """Whose wallet the customer's credit goes to, and the customer's external id."""
    [row] = await uow.fetch(_DRAWS, access.org_id, environment, customer.external_id, customer.id)
    if row["team"] is not None:
        return Owner(OwnerKind.TEAM, row["team"]), row["customer"]
    if row["customer"] is not None:
        return Owner(OwnerKind.CUSTOMER, row["customer"]), row["customer"]
    if customer.id is not None:
        raise CustomerNotFound
    return Owner(OwnerKind.ORG), None


async def _add(uow: UnitOfWork, access: Access, grant: NewGrant, action: Action, now: datetime) -> Settlement:
    [row] = await uow.fetch(
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
        grant.fingerprint,
    )
    done = service.settlement(row)
    if not done.is_replay:
        uow.add(_REARM, now, grant.wallet_id)
        changes = {
            "wallet_id": ids.encode("wal", grant.wallet_id),
            "amount": to_text(grant.amount),
            "source": grant.source.value,
            "category": grant.category.value,
            "expires_at": grant.expires_at,
            "feature_id": grant.feature_id,
            "note": grant.note,
        }
        _record(uow, access, action, "grant", row["id"], now, changes)
    return done


def _record(
    uow: UnitOfWork,
    access: Access,
    action: Action,
    target_type: str,
    target_id: UUID,
    now: datetime,
    changes: Mapping[str, Any],
) -> None:
    told = {name: value for name, value in changes.items() if value is not None}
    outbox.wake(uow, org_topic("wallet", access.org_id))
    audit.record(uow, Entry(access.org_id, action, access.principal, target_type, target_id, now, told))
