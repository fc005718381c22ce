"""Setting and removing what tops a wallet up."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.audit import service as audit
from app.audit.types import Action, Entry
from app.core import ids
from app.core.errors import FieldError, InvalidInput
from app.core.ids import OrgId, WalletId
from app.core.money import to_text
from app.core.payments import PaymentMethod, Payments
from app.core.principal import Access, Permission, Principal
from app.credits.confinement import environment_of
from app.credits.errors import WalletNotFound
from app.credits.top_ups import records
from app.credits.top_ups.errors import AutoTopUpNotFound, PaymentMethodNotFound, PaymentsNotConfigured
from app.credits.top_ups.types import AutoTopUp, SetAutoTopUp
from app.idempotency import service as idempotency
from app.idempotency.service import Claim
from app.idempotency.types import Done
from app.infra import db
from app.infra.db import UnitOfWork

_SIDE = "SELECT environment FROM wallet WHERE org_id = $1 AND id = $2"
_SET = f"""
INSERT INTO auto_top_up (wallet_id, org_id, threshold, amount, cost_basis, currency, amount_minor, period, max_amount,
    max_count, payment_customer, payment_method, is_armed, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, true, $13)
ON CONFLICT (wallet_id) DO UPDATE SET threshold = excluded.threshold, amount = excluded.amount,
    cost_basis = excluded.cost_basis, currency = excluded.currency, amount_minor = excluded.amount_minor,
    period = excluded.period, max_amount = excluded.max_amount, max_count = excluded.max_count,
    payment_customer = excluded.payment_customer, payment_method = excluded.payment_method, is_armed = true,
    updated_at = excluded.updated_at
RETURNING {records.AUTO_COLUMNS}
"""
_REMOVE = f"DELETE FROM auto_top_up WHERE org_id = $1 AND wallet_id = $2 RETURNING {records.AUTO_COLUMNS}"


async def set_auto_top_up(
    principal: Principal,
    org_id: OrgId,
    *,
    command: SetAutoTopUp,
    payments: Payments | None,
    now: datetime,
) -> Done[AutoTopUp]:
    """From now on the wallet is topped up whenever its credit falls to the threshold, at once if it has.

    `payments` is None where the installation takes none. Raises `InvalidInput`, `WalletNotFound`,
    `PaymentsNotConfigured`, `PaymentMethodNotFound`, `PaymentsUnavailable`, `KeyReused`, `RequestInProgress`.
    """
    access = principal.authorise(org_id, Permission.CREDITS_MANAGE)
    command.validate()
    if await _side(access, command.wallet_id) == "test":
        mend = "Name a live wallet: what happens in a test workspace is not paid for."
        raise InvalidInput([FieldError("wallet_id", "test_wallet", mend)])
    if payments is None:
        raise PaymentsNotConfigured
    method = await _method(access, payments, command.payment_method)

    async def act(uow: UnitOfWork) -> AutoTopUp:
        [row] = await uow.fetch(
            _SET,
            command.wallet_id,
            access.org_id,
            command.threshold,
            command.amount,
            command.cost_basis,
            command.currency,
            command.amount_minor,
            command.period.value,
            command.max_amount,
            command.max_count,
            method.customer,
            method.id,
            now,
        )
        found = records.auto_top_up(row)
        _record(uow, access, Action.AUTO_TOP_UP_SET, found, now)
        return found

    claim = _claim(access, "set", command.idempotency_key, command.body())
    return await idempotency.perform(claim, act, answer=AutoTopUp, now=now)


async def remove_auto_top_up(
    principal: Principal,
    org_id: OrgId,
    *,
    wallet_id: WalletId,
    now: datetime,
    idempotency_key: str | None = None,
) -> Done[AutoTopUp]:
    """As it was. A top-up that is under way goes on. Raises `WalletNotFound`, `AutoTopUpNotFound`."""
    access = principal.authorise(org_id, Permission.CREDITS_MANAGE)
    if errors := idempotency.validate_key(idempotency_key):
        raise InvalidInput(errors)
    await _side(access, wallet_id)

    async def act(uow: UnitOfWork) -> AutoTopUp:
        rows = await uow.fetch(_REMOVE, access.org_id, wallet_id)
        if not rows:
            raise AutoTopUpNotFound
        found = records.auto_top_up(rows[0])
        _record(uow, access, Action.AUTO_TOP_UP_REMOVED, found, now)
        return found

    claim = _claim(access, "remove", idempotency_key, {"wallet": wallet_id})
    return await idempotency.perform(claim, act, answer=AutoTopUp, now=now)


async def _side(access: Access, wallet_id: WalletId) -> str:
    """Raises `WalletNotFound` also for one of the other environment, where a key asks."""
    side: str | None = await db.fetchval(_SIDE, access.org_id, wallet_id)
    if side is None or side != (environment_of(access.principal) or side):
        raise WalletNotFound
    return side


async def _method(access: Access, payments: Payments, method_id: str) -> PaymentMethod:
    """One that was set up for this org: the account at the provider may be shared with others."""
    found = await payments.method(method_id)
    if found is None or found.org != ids.encode("org", access.org_id):
        raise PaymentMethodNotFound
    return found


def _record(uow: UnitOfWork, access: Access, action: Action, found: AutoTopUp, now: datetime) -> None:
    changes = {
        "threshold": to_text(found.threshold),
        "amount": to_text(found.amount),
        "cost_basis": to_text(found.cost_basis),
        "currency": found.currency,
        "period": found.period.value,
        "max_amount": to_text(found.max_amount),
        "max_count": found.max_count,
        "payment_method": found.payment_method,
    }
    audit.record(uow, Entry(access.org_id, action, access.principal, "wallet", found.wallet_id, now, changes))


def _claim(access: Access, operation: str, key: str | None, body: Mapping[str, Any]) -> Claim | None:
    return None if key is None else Claim(access, f"auto_top_ups.{operation}", key, body)
