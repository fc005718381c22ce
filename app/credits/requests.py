"""What clients ask of credit, as commands: both surfaces mean the same by it, and by an idempotency key."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID, uuid4

from app.core import ids
from app.core.errors import InvalidInput
from app.core.ids import CustomerId, WalletId
from app.core.money import to_text
from app.core.principal import Environment, Principal
from app.credits.types import (
    Category,
    CustomerRef,
    GrantSource,
    NewGrant,
    NewPurchase,
    Owner,
    Scope,
    ScopeKind,
    Spend,
    check_amount,
)
from app.idempotency import types as idempotency

# Until it is known whose wallet is meant.
NO_WALLET = WalletId(UUID(int=0))


def customer(text: str) -> CustomerRef:
    """Ours (`cus_…`) or the org's own."""
    found = ids.find("cus", text)
    return CustomerRef(text) if found is None else CustomerRef(None, CustomerId(found))


def spend(
    principal: Principal,
    operation: Literal["hold", "consume"],
    *,
    amount: Decimal,
    customer_id: str | None,
    user_id: str | None,
    feature_id: str | None,
    idempotency_key: str | None,
    lease_seconds: int | None = None,
) -> Spend:
    """Counts towards the budgets of the key that asks, of `user_id`, of the customer and of its team."""
    body = {
        "amount": _said(amount),
        "customer_id": customer_id,
        "user_id": user_id,
        "feature_id": feature_id,
        "lease_seconds": lease_seconds,
    }
    key, fingerprint = operation_key(principal, operation, idempotency_key, body)
    scopes = []
    if principal.kind == "api_key":
        scopes.append(Scope(ScopeKind.API_KEY, str(principal.id)))
    if user_id is not None:
        scopes.append(Scope(ScopeKind.USER, user_id))
    return Spend(
        None,
        key,
        amount,
        feature_id=feature_id,
        scopes=scopes,
        customer=None if customer_id is None else customer(customer_id),
        fingerprint=fingerprint,
    )


def purchase(
    principal: Principal,
    *,
    amount: Decimal,
    customer_id: str | None,
    cost_basis: Decimal | None,
    currency: str | None,
    expires_at: datetime | None,
    note: str | None,
    idempotency_key: str | None,
) -> NewPurchase:
    body = {
        "amount": _said(amount),
        "customer_id": customer_id,
        "cost_basis": _said(cost_basis),
        "currency": currency,
        "expires_at": expires_at,
        "note": note,
    }
    key, fingerprint = operation_key(principal, "purchase", idempotency_key, body)
    return NewPurchase(
        None if customer_id is None else customer(customer_id),
        key,
        amount,
        cost_basis=cost_basis,
        currency=currency,
        expires_at=expires_at,
        note=note,
        fingerprint=fingerprint,
    )


def grant(
    principal: Principal,
    *,
    owner: Owner,
    amount: Decimal,
    source: GrantSource,
    category: Category,
    environment: Environment | None,
    effective_at: datetime | None,
    expires_at: datetime | None,
    priority: int,
    feature_id: str | None,
    cost_basis: Decimal | None,
    currency: str | None,
    note: str | None,
    idempotency_key: str | None,
    now: datetime,
) -> NewGrant:
    """For `granting.grant_to`, which finds the wallet."""
    body = {
        "owner": [owner.kind, owner.ref],
        "amount": _said(amount),
        "source": source,
        "category": category,
        "environment": environment,
        "effective_at": effective_at,
        "expires_at": expires_at,
        "priority": priority,
        "feature_id": feature_id,
        "cost_basis": _said(cost_basis),
        "currency": currency,
        "note": note,
    }
    key, fingerprint = operation_key(principal, "grant", idempotency_key, body)
    return NewGrant(
        NO_WALLET,
        key,
        amount,
        source,
        category,
        effective_at or now,
        expires_at=expires_at,
        feature_id=feature_id,
        priority=priority,
        cost_basis=cost_basis,
        currency=currency,
        note=note,
        fingerprint=fingerprint,
    )


def _said(amount: Decimal | None) -> str:
    """The same of equal amounts. What will be refused is not written out: 1E+99999999 has a hundred million digits."""
    if amount is None or check_amount(amount, allows_zero=True):
        return str(amount)
    return to_text(amount)


def operation_key(
    principal: Principal, operation: str, key: str | None, body: Mapping[str, Any]
) -> tuple[str, bytes | None]:
    """The key that the ledger keeps for ever, and the fingerprint by which the same key for another body is told.

    Scope: principal and operation; the ledger adds the org. Without a key every request is an operation of its own.
    Raises `InvalidInput`.
    """
    if errors := idempotency.validate_key(key):
        raise InvalidInput(errors)
    if key is None:
        return f"{operation}:{uuid4().hex}", None
    return f"{operation}:{_digest([principal.id, operation, key]).hex()}", _digest(body)


def _digest(content: object) -> bytes:
    # In ASCII: what a header said may be no text at all, which is told later.
    text = json.dumps(content, sort_keys=True, default=str, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=16).digest()
