"""Who is behind an access token."""

from datetime import datetime

from app.accounts import memberships
from app.accounts.errors import SessionEnded
from app.accounts.tokens import TokenSigner
from app.core.principal import Principal
from app.infra import db

_SESSION = f"""
SELECT s.revoked_at, s.expires_at, {memberships.COLUMNS} FROM user_session s {memberships.join("s.user_id")}
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
    return memberships.principal(
        claims.user_id, rows, session_id=claims.session_id, expires_at=claims.expires_at
    )
