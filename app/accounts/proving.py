"""Proving again who one is, before another way in is set up: a stolen session must not become a stolen account."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.accounts import guessing, person
from app.accounts.errors import RecentSignInRequired, WrongPassword
from app.core.ids import SessionId, UserId
from app.core.principal import Principal
from app.infra import db, hashing
from app.limits.service import Limiter

# For who has no password to type: they have just signed in elsewhere.
RECENT = timedelta(minutes=5)

_FIND = """
SELECT u.password_hash, s.created_at AS begun_at FROM user_account u
LEFT JOIN user_session s ON s.id = $2 AND s.user_id = u.id AND s.revoked_at IS NULL
WHERE u.id = $1
"""


@dataclass(frozen=True, slots=True)
class Proved:
    """Somebody who has just shown that the account is theirs; `session_id` is None for a token of another issuer."""

    user_id: UserId
    session_id: SessionId | None


async def prove(
    principal: Principal, password: str | None, *, limiter: Limiter | None, now: datetime
) -> Proved:
    """By the password, or where the account has none by a session not older than `RECENT`.

    Raises `WrongPassword`, `RecentSignInRequired`, `RateLimited`, or `Forbidden` for a key.
    """
    user_id = person.user_of(principal)
    await guessing.allow(limiter, user_id)
    row = await db.fetchrow(_FIND, user_id, principal.session_id)
    if row is not None and row["password_hash"] is not None:
        if not password or not await hashing.verify_password(row["password_hash"], password):
            raise WrongPassword
    elif row is None or row["begun_at"] is None or now - row["begun_at"] > RECENT:
        raise RecentSignInRequired
    return Proved(user_id, principal.session_id)
