"""Who is behind an access token, and how their account is protected."""

from collections.abc import Sequence
from datetime import datetime

from app.accounts import memberships
from app.accounts.errors import SessionEnded
from app.accounts.tokens import TokenSigner
from app.accounts.types import Protection
from app.core.ids import UserId
from app.core.principal import Principal
from app.infra import db

_SESSION = f"""
SELECT s.revoked_at, s.expires_at, {memberships.COLUMNS} FROM user_session s {memberships.join("s.user_id")}
WHERE s.id = $1 AND s.user_id = $2
"""
_PROTECTION = """
SELECT u.id, u.email_verified_at IS NOT NULL AS is_email_verified, t.user_id IS NOT NULL AS is_totp_enabled,
       (SELECT count(*) FROM recovery_code c WHERE c.user_id = u.id AND c.used_at IS NULL) AS recovery_codes_left
FROM user_account u LEFT JOIN totp t ON t.user_id = u.id AND t.confirmed_at IS NOT NULL
WHERE u.id = ANY($1::uuid[])
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


async def protection_of(user_ids: Sequence[UserId]) -> list[Protection | None]:
    """For batched loading, of people who may see it: each of themselves. In the order of `user_ids`."""
    found = {
        row["id"]: Protection(row["is_email_verified"], row["is_totp_enabled"], row["recovery_codes_left"])
        for row in await db.fetch(_PROTECTION, list(user_ids))
    }
    return [found.get(user_id) for user_id in user_ids]
