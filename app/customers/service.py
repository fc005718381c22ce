"""Making an org's own customers, which come into being when they are first named, and saying what they are."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from app.audit import service as audit
from app.audit.types import Action, Entry
from app.core import ids
from app.core.errors import InvalidInput
from app.core.ids import CustomerId, OrgId
from app.core.principal import Access, Permission, Principal
from app.customers import records
from app.customers.errors import CustomerExists, CustomerNotFound
from app.customers.types import CreateCustomer, Customer, UpdateCustomer
from app.idempotency import service as idempotency
from app.idempotency.service import Claim
from app.idempotency.types import Done
from app.infra import db
from app.infra.db import UnitOfWork

# In order, so that two who name the same customers wait for each other in the same order.
_ENSURE = """
INSERT INTO customer (id, org_id, external_id, created_at)
SELECT c.id, $1::uuid, c.external_id, $4::timestamptz FROM unnest($2::uuid[], $3::text[]) AS c (id, external_id)
WHERE NOT EXISTS (SELECT FROM customer k WHERE k.org_id = $1::uuid AND k.external_id = c.external_id)
ORDER BY c.external_id
ON CONFLICT (org_id, external_id) DO NOTHING
"""
_INSERT = """
INSERT INTO customer (id, org_id, external_id, name, tier, team, created_at)
VALUES ($1::uuid, $2::uuid, $3::text, $4::text, $5::text, $6::text, $7::timestamptz)
"""
_LOCK = f"""
SELECT {records.COLUMNS} FROM customer
WHERE org_id = $1 AND (external_id = $2 OR id = $3) ORDER BY external_id = $2 DESC LIMIT 1 FOR NO KEY UPDATE
"""
_UPDATE = "UPDATE customer SET name = $2::text, tier = $3::text, team = $4::text WHERE id = $1::uuid"


async def ensure(org_id: OrgId, external_ids: Collection[str], *, now: datetime) -> None:
    """Customers of these external ids exist afterwards. Joins the caller's unit of work; safe to repeat and to race.

    Usage that clients send, and that of the gateway, makes its own in the statement that writes it (`usage_ingest`,
    `gateway_close`).
    """
    wanted = sorted(set(external_ids))
    if wanted:
        await db.fetch(_ENSURE, org_id, [ids.uuid7() for _ in wanted], wanted, now)


def note(uow: UnitOfWork, org_id: OrgId, external_id: str, *, now: datetime) -> None:
    """The customer exists when `uow` has committed. Before anything that locks wallets, as everywhere."""
    uow.add(_ENSURE, org_id, [ids.uuid7()], [external_id], now)


async def create(
    principal: Principal, org_id: OrgId, *, command: CreateCustomer, now: datetime
) -> Done[Customer]:
    """Raises `InvalidInput`, `CustomerExists` (also where usage named it first), `KeyReused`, `RequestInProgress`."""
    access = principal.authorise(org_id, Permission.CREDITS_MANAGE)
    command.validate()
    customer = Customer(
        CustomerId(ids.uuid7()),
        access.org_id,
        command.external_id,
        command.name,
        command.tier,
        command.team,
        now,
    )

    async def act(uow: UnitOfWork) -> Customer:
        uow.add(
            _INSERT,
            customer.id,
            customer.org_id,
            customer.external_id,
            customer.name,
            customer.tier,
            customer.team,
            now,
        )
        uow.on_violation("customer_external_id", CustomerExists)
        changes = {"external_id": command.external_id, **_told(command.details())}
        _record(uow, access, Action.CUSTOMER_CREATED, customer, changes, now)
        return customer

    body = {"external_id": command.external_id, **command.details()}
    claim = _claim(access, "create", command.idempotency_key, body)
    return await idempotency.perform(claim, act, answer=Customer, now=now)


async def update(
    principal: Principal, org_id: OrgId, reference: str, *, command: UpdateCustomer, now: datetime
) -> Done[Customer]:
    """Another name, tier or team; `reference` as in `queries.find`.

    Usage from the next moment on is priced by the new tier and paid by the new team's wallet; open holds stay where
    they are. Raises `CustomerNotFound`, `InvalidInput`, `KeyReused`, `RequestInProgress`.
    """
    access = principal.authorise(org_id, Permission.CREDITS_MANAGE)
    command.validate()

    async def act(uow: UnitOfWork) -> Customer:
        customer = await _lock(uow, access, reference)
        changes = command.changes(customer)
        if not changes:
            return customer
        after = replace(customer, **changes)
        uow.add(_UPDATE, after.id, after.name, after.tier, after.team)
        shown = {
            field: {"before": getattr(customer, field), "after": value} for field, value in changes.items()
        }
        _record(uow, access, Action.CUSTOMER_UPDATED, customer, shown, now)
        return after

    claim = _claim(access, "update", command.idempotency_key, {"id": reference, **command.wishes()})
    return await idempotency.perform(claim, act, answer=Customer, now=now)


async def _lock(uow: UnitOfWork, access: Access, reference: str) -> Customer:
    ours = ids.find("cus", reference) or UUID(int=0)
    rows = await uow.fetch(_LOCK, access.org_id, reference, ours)
    if not rows:
        raise CustomerNotFound
    return records.customer(rows[0])


def _told(details: Mapping[str, str | None]) -> Mapping[str, str]:
    return {field: value for field, value in details.items() if value is not None}


def _record(
    uow: UnitOfWork,
    access: Access,
    action: Action,
    customer: Customer,
    changes: Mapping[str, Any],
    now: datetime,
) -> None:
    audit.record(uow, Entry(access.org_id, action, access.principal, "customer", customer.id, now, changes))


def _claim(access: Access, operation: str, key: str | None, body: Mapping[str, Any]) -> Claim | None:
    if errors := idempotency.validate_key(key):
        raise InvalidInput(errors)
    return None if key is None else Claim(access, f"customers.{operation}", key, body)
