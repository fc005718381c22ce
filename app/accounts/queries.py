"""Who is behind an access token."""

from datetime import datetime

from app.accounts.errors import SessionEnded
from app.accounts.tokens import TokenSigner
from app.core.ids import OrgId
from app.core.principal import Principal, Role, granted
from app.infra import db

_SESSION = """
SELECT s.revoked_at, s.expires_at, m.org_id, m.role, o.plan || '@' || o.plan_version AS plan,
    o.requests_per_minute, o.deletion_due_at
FROM user_session s
LEFT JOIN membership m ON m.user_id = s.user_id LEFT JOIN org o ON o.id = m.org_id
WHERE s.id = $1 AND s.user_id = $2
"""


async def principal_of_token(signer: TokenSigner, token: str, *, now: datetime) -> Principal:
    """The user behind an access token, with the permissions that their roles grant right now.

    Raises `TokenInvalid`, `TokenExpired` or `SessionEnded`.
    """
    claims = signer.verify(token, now=now)
    rows = await db.fetch(_SESSION, claims.session_id, claims.user_id)
    if not rows or rows[0]["revoked_at"] is not None or rows[0]["expires_at"] <= now:
        raise SessionEnded
    memberships = [(OrgId(row["org_id"]), row) for row in rows if row["org_id"] is not None]
    return Principal(
        "user",
        claims.user_id,
        orgs={
            org_id: granted(Role(row["role"]), is_closing=row["deletion_due_at"] is not None)
            for org_id, row in memberships
        },
        plans={org_id: row["plan"] for org_id, row in memberships},
        quotas={
            org_id: row["requests_per_minute"] for org_id, row in memberships if row["requests_per_minute"]
        },
        session_id=claims.session_id,
        expires_at=claims.expires_at,
    )
