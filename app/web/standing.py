"""Whether those who were let in may still be there: one query for any number of them."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from app.apikeys.types import known_scopes
from app.core.ids import IdentityId, OrgId, SessionId
from app.core.principal import Permission, Principal, PrincipalKind, Role, granted
from app.infra import db

Grants = Mapping[OrgId, frozenset[Permission]]

# Keys and people in one statement: who asks does so every few seconds, in every process. OFFSET 0 keeps the planner
# to look-ups by index for each of them: a prepared statement's plan is made before it knows how many there are, and
# joins the wrong way round took 1 s for 10,000.
_STANDING = """
SELECT 'api_key' AS kind, held.id, NULL::uuid AS session_id, NULL::uuid AS identity_id, k.org_id, k.scopes,
    NULL AS role, false AS is_closing
FROM unnest($1::uuid[]) AS held(id)
CROSS JOIN LATERAL (
    SELECT org_id, scopes FROM api_key
    WHERE api_key.id = held.id AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $4) OFFSET 0
) k
CROSS JOIN LATERAL (SELECT FROM org WHERE org.id = k.org_id AND deletion_due_at IS NULL OFFSET 0) o
UNION ALL
SELECT 'user', held.user_id, held.session_id, held.identity_id, m.org_id, NULL, m.role, m.is_closing
FROM unnest($2::uuid[], $3::uuid[], $5::uuid[]) AS held(user_id, session_id, identity_id)
CROSS JOIN LATERAL (SELECT FROM user_account WHERE user_account.id = held.user_id OFFSET 0) u
LEFT JOIN LATERAL (
    SELECT revoked_at, expires_at FROM user_session
    WHERE user_session.id = held.session_id AND user_session.user_id = held.user_id OFFSET 0
) s ON true
LEFT JOIN LATERAL (
    SELECT true AS is_linked FROM external_identity
    WHERE external_identity.id = held.identity_id AND external_identity.user_id = held.user_id
        AND unlinked_at IS NULL OFFSET 0
) i ON true
LEFT JOIN LATERAL (
    SELECT org_id, role, (SELECT deletion_due_at IS NOT NULL FROM org WHERE org.id = membership.org_id) AS is_closing
    FROM membership WHERE membership.user_id = held.user_id OFFSET 0
) m ON true
WHERE (held.session_id IS NULL OR (s.revoked_at IS NULL AND s.expires_at > $4))
    AND (held.identity_id IS NULL OR i.is_linked)
"""


class Holder(NamedTuple):
    """What of a principal decides whether its credential is still good: the same for all that it opens."""

    kind: PrincipalKind
    id: UUID
    session_id: SessionId | None
    identity_id: IdentityId | None = None

    @classmethod
    def of(cls, principal: Principal) -> "Holder":
        return cls(principal.kind, principal.id, principal.session_id, principal.identity_id)


async def grants(holders: Collection[Holder], *, now: datetime) -> dict[Holder, Grants]:
    """What each may do where, as it is now. Whose key or session is no longer good is left out."""
    keys = [holder.id for holder in holders if holder.kind == "api_key"]
    people = [holder for holder in holders if holder.kind == "user"]
    rows = await db.fetch(
        _STANDING,
        keys,
        [each.id for each in people],
        [each.session_id for each in people],
        now,
        [each.identity_id for each in people],
    )
    found: dict[Holder, dict[OrgId, frozenset[Permission]]] = {}
    for row in rows:
        orgs = found.setdefault(Holder(row["kind"], row["id"], row["session_id"], row["identity_id"]), {})
        if row["org_id"] is not None:
            orgs[OrgId(row["org_id"])] = (
                known_scopes(row["scopes"])
                if row["kind"] == "api_key"
                else granted(Role(row["role"]), is_closing=row["is_closing"])
            )
    return dict(found)
