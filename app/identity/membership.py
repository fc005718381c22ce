"""Who belongs to an org, in which role. Every change holds the org's row: an owner is always left."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from app.audit import service as audit
from app.audit.types import Action, Entry
from app.core import ids
from app.core.errors import Forbidden, InvalidInput
from app.core.ids import OrgId, UserId
from app.core.principal import Permission, Principal, Role
from app.idempotency import service as idempotency
from app.idempotency.service import Claim
from app.idempotency.types import Done
from app.identity import free_orgs, records
from app.identity.errors import LastOwner, MemberNotFound, PersonNeeded
from app.identity.locking import lock
from app.identity.roles import require_within
from app.identity.types import Member, Org
from app.infra import db
from app.infra.db import UnitOfWork

_INSERT = """
INSERT INTO membership (id, org_id, user_id, role, created_at)
VALUES ($1::uuid, $2::uuid, $3::uuid, $4::text, $5::timestamptz)
"""
_FIND = f"""
SELECT {records.MEMBER_COLUMNS} FROM membership m JOIN user_account u ON u.id = m.user_id
WHERE m.org_id = $1 AND m.user_id = $2
"""
_OTHER_OWNERS = "SELECT count(*) FROM membership WHERE org_id = $1 AND role = 'OWNER' AND user_id <> $2"
_SET_ROLE = "UPDATE membership SET role = $2::text WHERE id = $1::uuid RETURNING id"
_DELETE = "DELETE FROM membership WHERE id = $1::uuid RETURNING id"


async def add_member(
    principal: Principal, org_id: OrgId, *, user_id: UserId, role: Role, now: datetime
) -> None:
    """Authorises nobody and counts no seats: for who sets up an installation, and below rules of one's own."""
    async with db.unit_of_work() as uow:
        await lock(uow, org_id)
        add(uow, org_id, user_id, role, now=now)
        changes = {"role": role.value}
        audit.record(uow, Entry(org_id, Action.MEMBER_ADDED, principal, "user", user_id, now, changes))


def add(uow: UnitOfWork, org_id: OrgId, user_id: UserId, role: Role, *, now: datetime) -> UUID:
    """The row alone; the act that brought it about leaves the trace."""
    membership_id = ids.uuid7()
    uow.add(_INSERT, membership_id, org_id, user_id, role.value, now)
    return membership_id


async def change_role(
    principal: Principal,
    org_id: OrgId,
    *,
    user_id: UserId,
    role: Role,
    idempotency_key: str | None = None,
    now: datetime,
) -> Done[Member]:
    """Raises `MemberNotFound`, `RoleBeyondYours` for the old role or the new one, `LastOwner`, `OrgClosing`, and
    `TooManyOrgs` where the new owner has as many FREE orgs as one may.
    """
    _require_key(idempotency_key)
    access = principal.authorise(org_id, Permission.MEMBERS_MANAGE)
    require_within(access, role)

    async def act(uow: UnitOfWork) -> Member:
        org = await lock(uow, access.org_id)
        member = await _find(uow, access.org_id, user_id)
        require_within(access, member.role)
        await _require_place(uow, org, member, role)
        await _set_role(uow, principal, member, role, now)
        return replace(member, role=role)

    claim = None
    if idempotency_key is not None:
        body = {"user_id": str(user_id), "role": role.value}
        claim = Claim(access, "members.change_role", idempotency_key, body)
    return await idempotency.perform(claim, act, answer=Member, now=now)


async def remove(
    principal: Principal,
    org_id: OrgId,
    *,
    user_id: UserId,
    idempotency_key: str | None = None,
    now: datetime,
) -> Done[None]:
    """Raises `MemberNotFound`, `RoleBeyondYours`, `LastOwner`, `OrgClosing`."""
    _require_key(idempotency_key)
    access = principal.authorise(org_id, Permission.MEMBERS_MANAGE)

    async def act(uow: UnitOfWork) -> None:
        await lock(uow, access.org_id)
        member = await _find(uow, access.org_id, user_id)
        require_within(access, member.role)
        await _remove(uow, principal, member, Action.MEMBER_REMOVED, now)

    claim = None
    if idempotency_key is not None:
        claim = Claim(access, "members.remove", idempotency_key, {"user_id": str(user_id)})
    return await idempotency.perform(claim, act, answer=type(None), now=now)


async def leave(principal: Principal, org_id: OrgId, *, now: datetime) -> None:
    """Every member may. Raises `PersonNeeded`, `LastOwner`, `OrgClosing`."""
    access = principal.authorise(org_id, Permission.ORG_READ)
    if principal.kind != "user":
        raise PersonNeeded
    async with db.unit_of_work() as uow:
        await lock(uow, access.org_id)
        member = await _find(uow, access.org_id, UserId(principal.id))
        await _remove(uow, principal, member, Action.MEMBER_LEFT, now)


async def transfer_ownership(
    principal: Principal, org_id: OrgId, *, user_id: UserId, now: datetime
) -> Member:
    """Makes another member an owner and the owner who asks an admin.

    Raises `PersonNeeded`, `MemberNotFound`, `OrgClosing`, `TooManyOrgs` where the other owns as many FREE orgs as one
    may, and `Forbidden` to who gave it away a moment ago.
    """
    access = principal.authorise(org_id, Permission.ORG_MANAGE)
    if principal.kind != "user":
        raise PersonNeeded
    async with db.unit_of_work() as uow:
        org = await lock(uow, access.org_id)
        giver = await _find(uow, access.org_id, UserId(principal.id))
        if giver.role is not Role.OWNER:
            # Given away by another request, since this one was let in.
            raise Forbidden(f"This needs the permission {Permission.ORG_MANAGE}.")
        taker = await _find(uow, access.org_id, user_id)
        if giver.id != taker.id:
            await _require_place(uow, org, taker, Role.OWNER)
            _write_role(uow, principal, taker, Role.OWNER, now)
            _write_role(uow, principal, giver, Role.ADMIN, now)
    return replace(taker, role=Role.OWNER)


def _require_key(key: str | None) -> None:
    if errors := idempotency.validate_key(key):
        raise InvalidInput(errors)


async def _find(uow: UnitOfWork, org_id: OrgId, user_id: UserId) -> Member:
    rows = await uow.fetch(_FIND, org_id, user_id)
    if not rows:
        raise MemberNotFound
    return records.member(rows[0])


async def _require_place(uow: UnitOfWork, org: Org, member: Member, role: Role) -> None:
    """Where `member` becomes an owner of a FREE org: given away one by one, they would have any number of them."""
    if org.plan == "FREE" and role is Role.OWNER and member.role is not Role.OWNER:
        await free_orgs.require_place(uow, member.user.id)


async def _set_role(uow: UnitOfWork, principal: Principal, member: Member, role: Role, now: datetime) -> None:
    if role is member.role:
        return
    await _require_other_owner(uow, member)
    _write_role(uow, principal, member, role, now)


def _write_role(uow: UnitOfWork, principal: Principal, member: Member, role: Role, now: datetime) -> None:
    if role is member.role:
        return
    uow.add(_SET_ROLE, member.id, role.value, expect=1)
    changes = {"role": {"before": member.role.value, "after": role.value}}
    entry = Entry(member.org_id, Action.MEMBER_ROLE_CHANGED, principal, "user", member.user.id, now, changes)
    audit.record(uow, entry)


async def _remove(
    uow: UnitOfWork, principal: Principal, member: Member, action: Action, now: datetime
) -> None:
    await _require_other_owner(uow, member)
    uow.add(_DELETE, member.id, expect=1)
    changes = {"role": member.role.value}
    audit.record(uow, Entry(member.org_id, action, principal, "user", member.user.id, now, changes))


async def _require_other_owner(uow: UnitOfWork, member: Member) -> None:
    """Where `member` is an owner who stops being one."""
    if member.role is not Role.OWNER:
        return
    [row] = await uow.fetch(_OTHER_OWNERS, member.org_id, member.user.id)
    if row["count"] == 0:
        raise LastOwner
