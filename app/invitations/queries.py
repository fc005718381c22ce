"""Reading invitations."""

from datetime import datetime

from app.core.ids import InvitationId, OrgId
from app.core.pagination import Page, PageRequest
from app.core.principal import Permission, Principal
from app.infra import db
from app.invitations import records
from app.invitations.errors import InvitationNotFound
from app.invitations.types import Invitation, Letter, Status

_PAGE = f"""
SELECT {records.COLUMNS} FROM invitation i
WHERE i.org_id = $1 AND i.id < $2 AND {{status}} ORDER BY i.id DESC LIMIT $3
"""
_STATUS = {
    None: "$4::timestamptz IS NOT NULL",
    Status.OPEN: "i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > $4",
    Status.ACCEPTED: "i.accepted_at <= $4",
    Status.REVOKED: "i.revoked_at <= $4",
    Status.EXPIRED: "i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at <= $4",
}
_GET = f"SELECT {records.COLUMNS} FROM invitation i WHERE i.id = $1"
_LETTER = f"""
SELECT {records.COLUMNS}, o.name AS org_name, u.name AS inviter
FROM invitation i JOIN org o ON o.id = i.org_id
LEFT JOIN user_account u ON u.id = i.invited_by_id AND i.invited_by_kind = 'user'
WHERE i.id = $1 AND o.deletion_due_at IS NULL
"""


async def page(
    principal: Principal,
    org_id: OrgId,
    *,
    request: PageRequest,
    status: Status | None = None,
    now: datetime,
) -> Page[Invitation]:
    """The org's invitations, newest first."""
    access = principal.authorise(org_id, Permission.MEMBERS_READ)
    sql = _PAGE.format(status=_STATUS[status])
    rows = await db.fetch(sql, access.org_id, request.position, request.first + 1, now)
    return Page.of([records.invitation(row) for row in rows], request)


async def get(principal: Principal, invitation_id: InvitationId) -> Invitation:
    """Raises `InvitationNotFound` also for one of another org, `Forbidden` without the permission."""
    row = await db.fetchrow(_GET, invitation_id)
    if row is None or OrgId(row["org_id"]) not in principal.orgs:
        raise InvitationNotFound
    principal.authorise(OrgId(row["org_id"]), Permission.MEMBERS_READ)
    return records.invitation(row)


async def letter(invitation_id: InvitationId, *, now: datetime) -> Letter | None:
    """What is to be mailed; None where the invitation is no longer open."""
    row = await db.fetchrow(_LETTER, invitation_id)
    if row is None:
        return None
    found = records.invitation(row)
    if found.status(now=now) is not Status.OPEN:
        return None
    return Letter(found, row["org_name"], row["inviter"])
