"""Identities elsewhere, and who is behind a token of an issuer."""

from collections.abc import Sequence

from app.accounts import person
from app.accounts.external.types import Bearer, Identity
from app.core.ids import IdentityId, OrgId
from app.core.principal import ROLE_PERMISSIONS, Principal, Role
from app.infra import db

_PRINCIPAL = """
SELECT i.user_id, m.org_id, m.role, o.plan, o.requests_per_minute
FROM external_identity i
LEFT JOIN membership m ON m.user_id = i.user_id LEFT JOIN org o ON o.id = m.org_id
WHERE i.issuer = $1 AND i.subject = $2
"""
_IDENTITIES = """
SELECT id, issuer, email, created_at FROM external_identity WHERE user_id = $1 ORDER BY id LIMIT $2
"""
_MAX_IDENTITIES = 100


async def find_principal(bearer: Bearer) -> Principal | None:
    """The person behind the token, with what their roles grant right now; None where it was never seen before."""
    rows = await db.fetch(_PRINCIPAL, bearer.profile.issuer, bearer.profile.subject)
    if not rows:
        return None
    memberships = [(OrgId(row["org_id"]), row) for row in rows if row["org_id"] is not None]
    return Principal(
        "user",
        rows[0]["user_id"],
        orgs={org_id: ROLE_PERMISSIONS[Role(row["role"])] for org_id, row in memberships},
        plans={org_id: row["plan"] for org_id, row in memberships},
        quotas={
            org_id: row["requests_per_minute"] for org_id, row in memberships if row["requests_per_minute"]
        },
        expires_at=bearer.expires_at,
    )


async def identities(principal: Principal) -> Sequence[Identity]:
    """Those that let the person in, oldest first; raises `Forbidden` for a key."""
    rows = await db.fetch(_IDENTITIES, person.user_of(principal), _MAX_IDENTITIES)
    return [Identity(IdentityId(row["id"]), row["issuer"], row["email"], row["created_at"]) for row in rows]
