"""Identities elsewhere, and who is behind a token of an issuer."""

from collections.abc import Sequence

from app.accounts import memberships, person
from app.accounts.external.types import Bearer, Identity
from app.core.ids import IdentityId
from app.core.principal import Principal
from app.infra import db

_PRINCIPAL = f"""
SELECT i.id AS identity_id, i.user_id, {memberships.COLUMNS} FROM external_identity i {memberships.join("i.user_id")}
WHERE i.issuer = $1 AND i.subject = $2 AND i.unlinked_at IS NULL
"""
_IDENTITIES = """
SELECT id, issuer, email, created_at FROM external_identity
WHERE user_id = $1 AND unlinked_at IS NULL ORDER BY id LIMIT $2
"""
_MAX_IDENTITIES = 100


async def find_principal(bearer: Bearer) -> Principal | None:
    """The person behind the token, with what their roles grant right now; None where it is linked to nobody."""
    rows = await db.fetch(_PRINCIPAL, bearer.profile.issuer, bearer.profile.subject)
    if not rows:
        return None
    identity_id = IdentityId(rows[0]["identity_id"])
    return memberships.principal(
        rows[0]["user_id"], rows, identity_id=identity_id, expires_at=bearer.expires_at
    )


async def identities(principal: Principal) -> Sequence[Identity]:
    """Those that let the person in, oldest first; raises `Forbidden` for a key."""
    rows = await db.fetch(_IDENTITIES, person.user_of(principal), _MAX_IDENTITIES)
    return [Identity(IdentityId(row["id"]), row["issuer"], row["email"], row["created_at"]) for row in rows]
