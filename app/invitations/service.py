"""Inviting people, and their coming in. Every write holds the org's row: no two of them take the last seat."""

from dataclasses import replace
from datetime import datetime, timedelta

from app.audit import service as audit
from app.audit.types import Action, Entry
from app.core import ids
from app.core.errors import InvalidInput, NotFound
from app.core.ids import InvitationId, OrgId, UserId
from app.core.principal import SYSTEM, Access, Permission, Principal, Role
from app.idempotency import service as idempotency
from app.idempotency.service import Claim
from app.idempotency.types import Done, validate_key
from app.identity import free_orgs, membership
from app.identity.errors import EmailUnverified, PersonNeeded
from app.identity.locking import lock
from app.identity.roles import require_within
from app.identity.types import Member, Org, User
from app.infra import db
from app.infra.db import Row, UnitOfWork
from app.invitations import events, records, tasks
from app.invitations.errors import (
    AlreadyInvited,
    AlreadyMember,
    InvitationEnded,
    InvitationExpired,
    InvitationInvalid,
    InvitationNotFound,
    InvitedAsSomebodyElse,
    JustSent,
    SeatsTaken,
    TooManyInvitations,
)
from app.invitations.tokens import TokenSigner
from app.invitations.types import Invitation, InviteMember, Status
from app.outbox import service as outbox
from app.plans import current as plans

LIFETIME = timedelta(days=7)
RESEND_AFTER = timedelta(hours=1)
# Mail to strangers, with a name of the sender's choosing in it: enough to correct mistakes, too little for spam.
_PERIOD = timedelta(days=1)
_TO_ONE_ADDRESS = 3
_PER_SEAT = 10

_IS_OPEN = "accepted_at IS NULL AND revoked_at IS NULL"
_OWN_ORG = "SELECT org_id FROM invitation WHERE id = $1"
_GET = f"SELECT {records.COLUMNS} FROM invitation i WHERE i.id = $1"
# What has expired makes room for a new one with the same address.
_END_EXPIRED = f"""
UPDATE invitation SET revoked_at = $3
WHERE org_id = $1 AND lower(email) = lower($2) AND {_IS_OPEN} AND expires_at <= $3
"""
_PLACES = f"""
SELECT
    (SELECT count(*) FROM membership WHERE org_id = $1) AS members,
    (SELECT count(*) FROM invitation WHERE org_id = $1 AND {_IS_OPEN} AND expires_at > $3) AS invited,
    EXISTS (
        SELECT FROM membership m JOIN user_account u ON u.id = m.user_id
        WHERE m.org_id = $1 AND lower(u.email) = lower($2)
    ) AS is_member,
    EXISTS (
        SELECT FROM invitation WHERE org_id = $1 AND lower(email) = lower($2) AND {_IS_OPEN} AND expires_at > $3
    ) AS is_invited,
    (SELECT count(*) FROM invitation WHERE org_id = $1 AND created_at > $4) AS of_late,
    (
        SELECT count(*) FROM invitation WHERE org_id = $1 AND lower(email) = lower($2) AND created_at > $4
    ) AS to_them_of_late
"""
_INSERT = """
INSERT INTO invitation (id, org_id, email, role, invited_by_kind, invited_by_id, created_at, expires_at)
VALUES ($1::uuid, $2::uuid, $3::text, $4::text, $5::text, $6::uuid, $7::timestamptz, $8::timestamptz)
"""
_PROLONG = (
    f"UPDATE invitation SET expires_at = $2::timestamptz WHERE id = $1::uuid AND {_IS_OPEN} RETURNING id"
)
_REVOKE = (
    f"UPDATE invitation SET revoked_at = $2::timestamptz WHERE id = $1::uuid AND {_IS_OPEN} RETURNING id"
)
_REVOKE_ALL = f"UPDATE invitation SET revoked_at = $2 WHERE org_id = $1 AND {_IS_OPEN} RETURNING id, email"
_ACCEPT = f"""
UPDATE invitation SET accepted_at = $2::timestamptz, accepted_by = $3::uuid
WHERE id = $1::uuid AND {_IS_OPEN} RETURNING id
"""
_GUEST = f"""
SELECT {records.COLUMNS}, u.name AS user_name, u.email AS user_email, u.created_at AS user_created_at,
    lower(u.email) = lower(i.email) AS is_theirs, u.email_verified_at IS NOT NULL AS is_verified,
    EXISTS (SELECT FROM membership WHERE org_id = i.org_id AND user_id = u.id) AS is_member,
    (SELECT count(*) FROM membership WHERE org_id = i.org_id) AS members
FROM invitation i JOIN user_account u ON u.id = $2
WHERE i.id = $1
"""


async def invite(
    principal: Principal, org_id: OrgId, *, command: InviteMember, now: datetime
) -> Done[Invitation]:
    """Mails an invitation and takes a seat for it.

    Raises `InvalidInput`, `RoleBeyondYours`, `AlreadyMember`, `AlreadyInvited`, `TooManyInvitations`, `SeatsTaken`,
    `OrgClosing`.
    """
    command.validate()
    access = principal.authorise(org_id, Permission.MEMBERS_MANAGE)
    require_within(access, command.role)

    async def act(uow: UnitOfWork) -> Invitation:
        org = await lock(uow, access.org_id)
        await uow.fetch(_END_EXPIRED, org.id, command.email, now)
        places = await _places(uow, org, command.email, now)
        _require_stranger(places)
        await _require_restraint(org, places)
        await _require_seat(org, places["members"] + places["invited"])
        invitation = _new(access, command, now)
        _insert(uow, invitation)
        outbox.publish(uow, events.invited(invitation), now=now)
        outbox.enqueue(uow, tasks.mail_invitation(invitation.id), now=now)
        _trace(uow, Action.INVITATION_CREATED, principal, invitation, now)
        return invitation

    claim = None
    if command.idempotency_key is not None:
        body = {"email": command.email, "role": command.role.value}
        claim = Claim(access, "invitations.create", command.idempotency_key, body)
    return await idempotency.perform(claim, act, answer=Invitation, now=now)


async def resend(principal: Principal, invitation_id: InvitationId, *, now: datetime) -> Invitation:
    """Mails it once more and begins its time anew; one that expired takes a seat again.

    Raises `InvitationNotFound`, `RoleBeyondYours`, `InvitationEnded`, `JustSent`, `SeatsTaken`, `OrgClosing`.
    """
    access = await _access(principal, invitation_id)
    async with db.unit_of_work() as uow:
        org = await lock(uow, access.org_id)
        invitation = await _get(uow, invitation_id)
        require_within(access, invitation.role)
        status = invitation.status(now=now)
        if status in (Status.ACCEPTED, Status.REVOKED):
            raise InvitationEnded
        sent_at = invitation.expires_at - LIFETIME
        if now < sent_at + RESEND_AFTER:
            raise JustSent(retry_after=(sent_at + RESEND_AFTER - now).total_seconds())
        if status is Status.EXPIRED:
            places = await _places(uow, org, invitation.email, now)
            _require_stranger(places)
            await _require_seat(org, places["members"] + places["invited"])
        renewed = replace(invitation, expires_at=now + LIFETIME)
        uow.add(_PROLONG, renewed.id, renewed.expires_at, expect=1)
        outbox.enqueue(uow, tasks.mail_invitation(renewed.id), now=now)
        _trace(uow, Action.INVITATION_RESENT, principal, renewed, now)
    return renewed


async def revoke(
    principal: Principal, invitation_id: InvitationId, *, idempotency_key: str | None = None, now: datetime
) -> Done[Invitation]:
    """Ends it and frees its seat; one that is revoked stays as it is.

    Raises `InvitationNotFound`, `RoleBeyondYours`, `InvitationEnded` for one that was accepted, `OrgClosing`.
    """
    if errors := validate_key(idempotency_key):
        raise InvalidInput(errors)
    access = await _access(principal, invitation_id)

    async def act(uow: UnitOfWork) -> Invitation:
        await lock(uow, access.org_id)
        invitation = await _get(uow, invitation_id)
        require_within(access, invitation.role)
        if invitation.accepted_at is not None:
            raise InvitationEnded
        if invitation.revoked_at is not None:
            return invitation
        uow.add(_REVOKE, invitation.id, now, expect=1)
        _trace(uow, Action.INVITATION_REVOKED, principal, invitation, now)
        return replace(invitation, revoked_at=now)

    claim = None
    if idempotency_key is not None:
        claim = Claim(access, "invitations.revoke", idempotency_key, {"id": str(invitation_id)})
    return await idempotency.perform(claim, act, answer=Invitation, now=now)


async def accept(principal: Principal, signer: TokenSigner, *, token: str, now: datetime) -> Member:
    """Makes a member of the person to whose address the token was mailed: that they have it proves the address.

    Raises `InvitationInvalid`, `InvitedAsSomebodyElse`, `InvitationEnded`, `InvitationExpired`, `AlreadyMember`,
    `SeatsTaken`, `PersonNeeded`, `EmailUnverified`, `TooManyOrgs`, `OrgClosing`.
    """
    if principal.kind != "user":
        raise PersonNeeded
    invitation_id = signer.find(token)
    org_id = None if invitation_id is None else await db.fetchval(_OWN_ORG, invitation_id)
    if org_id is None:
        raise InvitationInvalid
    async with db.unit_of_work() as uow:
        try:
            org = await lock(uow, OrgId(org_id))
        except NotFound:
            raise InvitationInvalid from None
        [row] = await uow.fetch(_GUEST, invitation_id, principal.id)
        invitation = records.invitation(row)
        await _require_welcome(org, invitation, row, now)
        if org.plan == "FREE" and invitation.role is Role.OWNER:
            await free_orgs.require_place(uow, UserId(principal.id))
        user = User(UserId(principal.id), row["user_email"], row["user_name"], row["user_created_at"])
        uow.add(_ACCEPT, invitation.id, now, user.id, expect=1)
        membership_id = membership.add(uow, org.id, user.id, invitation.role, now=now)
        _trace(uow, Action.INVITATION_ACCEPTED, principal, invitation, now)
    return Member(membership_id, org.id, user, invitation.role, now)


async def revoke_all(org_id: OrgId, *, now: datetime) -> int:
    """Of an org that ends: how many were open. For the scheduler; safe to repeat."""
    async with db.unit_of_work() as uow:
        rows = await uow.fetch(_REVOKE_ALL, org_id, now)
        entries = [
            Entry(
                org_id,
                Action.INVITATION_REVOKED,
                SYSTEM,
                "invitation",
                row["id"],
                now,
                {"email": row["email"]},
            )
            for row in rows
        ]
        audit.record(uow, *entries)
    return len(rows)


async def _access(principal: Principal, invitation_id: InvitationId) -> Access:
    """To the invitation's org; raises `InvitationNotFound` also where it is of another."""
    org_id = await db.fetchval(_OWN_ORG, invitation_id)
    if org_id is None or OrgId(org_id) not in principal.orgs:
        raise InvitationNotFound
    return principal.authorise(OrgId(org_id), Permission.MEMBERS_MANAGE)


async def _get(uow: UnitOfWork, invitation_id: InvitationId) -> Invitation:
    [row] = await uow.fetch(_GET, invitation_id)
    return records.invitation(row)


async def _places(uow: UnitOfWork, org: Org, email: str, now: datetime) -> Row:
    [row] = await uow.fetch(_PLACES, org.id, email, now, now - _PERIOD)
    return row


def _require_stranger(places: Row) -> None:
    if places["is_member"]:
        raise AlreadyMember
    if places["is_invited"]:
        raise AlreadyInvited


async def _require_restraint(org: Org, places: Row) -> None:
    seats = (await plans.known(org.plan_ref)).seats
    is_flood = seats is not None and places["of_late"] >= _PER_SEAT * seats
    if is_flood or places["to_them_of_late"] >= _TO_ONE_ADDRESS:
        raise TooManyInvitations(retry_after=3600)


async def _require_seat(org: Org, taken: int) -> None:
    seats = (await plans.known(org.plan_ref)).seats
    if seats is not None and taken >= seats:
        raise SeatsTaken


async def _require_welcome(org: Org, invitation: Invitation, guest: Row, now: datetime) -> None:
    if not guest["is_theirs"]:
        raise InvitedAsSomebodyElse
    if not guest["is_verified"]:
        raise EmailUnverified
    match invitation.status(now=now):
        case Status.ACCEPTED | Status.REVOKED:
            raise InvitationEnded
        case Status.EXPIRED:
            raise InvitationExpired
        case Status.OPEN:
            pass
    if guest["is_member"]:
        raise AlreadyMember
    # The plan may have become smaller since; the invitation itself is no member yet.
    await _require_seat(org, guest["members"])


def _new(access: Access, command: InviteMember, now: datetime) -> Invitation:
    return Invitation(
        id=InvitationId(ids.uuid7()),
        org_id=access.org_id,
        email=command.email,
        role=command.role,
        invited_by_kind=access.principal.kind,
        invited_by_id=access.principal.id,
        created_at=now,
        expires_at=now + LIFETIME,
    )


def _insert(uow: UnitOfWork, invitation: Invitation) -> None:
    uow.add(
        _INSERT,
        invitation.id,
        invitation.org_id,
        invitation.email,
        invitation.role.value,
        invitation.invited_by_kind,
        invitation.invited_by_id,
        invitation.created_at,
        invitation.expires_at,
    )


def _trace(
    uow: UnitOfWork, action: Action, principal: Principal, invitation: Invitation, now: datetime
) -> None:
    changes = {"email": invitation.email, "role": invitation.role.value}
    audit.record(uow, Entry(invitation.org_id, action, principal, "invitation", invitation.id, now, changes))
