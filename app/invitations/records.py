"""Rows of the invitation table turned into values."""

from app.core.ids import InvitationId, OrgId, UserId
from app.core.principal import Role
from app.infra.db import Row
from app.invitations.types import Invitation

# Of `invitation i`.
COLUMNS = (
    "i.id, i.org_id, i.email, i.role, i.invited_by_kind, i.invited_by_id, i.created_at, i.expires_at, "
    "i.accepted_at, i.accepted_by, i.revoked_at"
)


def invitation(row: Row) -> Invitation:
    accepted_by = row["accepted_by"]
    return Invitation(
        id=InvitationId(row["id"]),
        org_id=OrgId(row["org_id"]),
        email=row["email"],
        role=Role(row["role"]),
        invited_by_kind=row["invited_by_kind"],
        invited_by_id=row["invited_by_id"],
        created_at=row["created_at"],
        expires_at=row["expires_at"],
        accepted_at=row["accepted_at"],
        accepted_by=None if accepted_by is None else UserId(accepted_by),
        revoked_at=row["revoked_at"],
    )
