"""The end of an org: asked for, revocable for a time, then carried out by the scheduler.

While it is on its way its members may read and nothing else (`core.principal.granted`), and its keys are refused.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from app.audit import service as audit
from app.audit.types import Action, Entry
from app.core import ids
from app.core.errors import NotFound
from app.core.ids import OrgId
from app.core.principal import SYSTEM, Permission, Principal
from app.identity.locking import lock
from app.identity.types import Org
from app.infra import db

GRACE = timedelta(days=30)

_SET_DUE = "UPDATE org SET deletion_due_at = $2::timestamptz WHERE id = $1::uuid"
_DUE = """
SELECT id FROM org WHERE deletion_due_at <= $1 AND deleted_at IS NULL ORDER BY deletion_due_at LIMIT $2
"""
_CLOSE = "UPDATE org SET deleted_at = $2::timestamptz, slug = $3::text WHERE id = $1::uuid"
_END_MEMBERSHIPS = "DELETE FROM membership WHERE org_id = $1 RETURNING user_id, role"


async def request(principal: Principal, org_id: OrgId, *, now: datetime) -> Org:
    """Sets the end of the org, `GRACE` from now; the first request's, where it was asked for before."""
    access = principal.authorise(org_id, Permission.ORG_DELETE)
    async with db.unit_of_work() as uow:
        org = await lock(uow, access.org_id, may_be_closing=True)
        if org.deletion_due_at is not None:
            return org
        due_at = now + GRACE
        uow.add(_SET_DUE, org.id, due_at)
        changes = {"due_at": due_at.isoformat()}
        audit.record(
            uow, Entry(org.id, Action.ORG_DELETION_REQUESTED, principal, "org", org.id, now, changes)
        )
    return replace(org, deletion_due_at=due_at)


async def cancel(principal: Principal, org_id: OrgId, *, now: datetime) -> Org:
    """Keys work again. Raises `NotFound` once the grace is over."""
    access = principal.authorise(org_id, Permission.ORG_DELETE)
    async with db.unit_of_work() as uow:
        org = await lock(uow, access.org_id, may_be_closing=True)
        if org.deletion_due_at is None:
            return org
        if org.deletion_due_at <= now:
            # The scheduler may have ended its keys already.
            raise NotFound
        uow.add(_SET_DUE, org.id, None)
        changes = {"due_at": org.deletion_due_at.isoformat()}
        audit.record(
            uow, Entry(org.id, Action.ORG_DELETION_CANCELLED, principal, "org", org.id, now, changes)
        )
    return replace(org, deletion_due_at=None)


async def due(*, now: datetime, limit: int = 20) -> Sequence[OrgId]:
    """Orgs whose grace is over, and which nobody can save any more."""
    return [OrgId(row["id"]) for row in await db.fetch(_DUE, now, limit)]


async def close(org_id: OrgId, *, now: datetime) -> None:
    """Ends the memberships and frees the slug; what was booked stays. Does nothing for an org that is not due."""
    async with db.unit_of_work() as uow:
        try:
            org = await lock(uow, org_id, may_be_closing=True)
        except NotFound:
            return
        if org.deletion_due_at is None or org.deletion_due_at > now:
            return
        members = await uow.fetch(_END_MEMBERSHIPS, org.id)
        # An underscore is in no slug that can be chosen.
        uow.add(_CLOSE, org.id, now, ids.encode("org", org.id))
        changes = {
            "slug": org.slug,
            "members": {ids.encode("user", row["user_id"]): row["role"] for row in members},
        }
        audit.record(uow, Entry(org.id, Action.ORG_DELETED, SYSTEM, "org", org.id, now, changes))
