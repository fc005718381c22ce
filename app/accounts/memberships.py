"""What a person's memberships grant right now: read by each request, with whatever the credential is looked up in."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from app.core.ids import IdentityId, OrgId, SessionId
from app.core.principal import Principal, Profile, Role, granted
from app.infra.db import Row

COLUMNS = (
    "m.org_id, m.role, o.plan || '@' || o.plan_version AS plan, o.requests_per_minute, o.deletion_due_at, "
    "u.email, u.name, u.created_at AS user_since"
)


def join(user_id: str) -> str:
    """SQL that joins the person in the column `user_id` with their memberships, or one row without any."""
    return (
        f"JOIN user_account u ON u.id = {user_id} LEFT JOIN membership m ON m.user_id = u.id "
        "LEFT JOIN org o ON o.id = m.org_id"
    )


def principal(
    user_id: UUID,
    rows: Sequence[Row],
    *,
    session_id: SessionId | None = None,
    identity_id: IdentityId | None = None,
    expires_at: datetime,
) -> Principal:
    """The person, of rows that have the `COLUMNS`."""
    memberships = [(OrgId(row["org_id"]), row) for row in rows if row["org_id"] is not None]
    return Principal(
        "user",
        user_id,
        orgs={
            org_id: granted(Role(row["role"]), is_closing=row["deletion_due_at"] is not None)
            for org_id, row in memberships
        },
        plans={org_id: row["plan"] for org_id, row in memberships},
        quotas={
            org_id: row["requests_per_minute"] for org_id, row in memberships if row["requests_per_minute"]
        },
        session_id=session_id,
        identity_id=identity_id,
        expires_at=expires_at,
        closing=frozenset(org_id for org_id, row in memberships if row["deletion_due_at"] is not None),
        profile=Profile(rows[0]["email"], rows[0]["name"], rows[0]["user_since"]),
    )
