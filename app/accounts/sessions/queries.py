"""A person's own sessions."""

from datetime import datetime

from app.accounts import person
from app.accounts.sessions.types import MAX_LISTED, Session
from app.core.ids import SessionId
from app.core.principal import Principal
from app.infra import db
from app.infra.db import Row

_LIVE = """
SELECT id, method, created_at, last_seen_at, expires_at, ip, user_agent FROM user_session
WHERE user_id = $1 AND revoked_at IS NULL AND expires_at > $2 ORDER BY id DESC LIMIT $3
"""


async def live(principal: Principal, *, now: datetime) -> list[Session]:
    """Those that have not ended, newest first, `MAX_LISTED` at most. Raises `Forbidden` for a key."""
    return [_session(row) for row in await db.fetch(_LIVE, person.user_of(principal), now, MAX_LISTED)]


def _session(row: Row) -> Session:
    return Session(
        SessionId(row["id"]),
        row["method"],
        row["created_at"],
        row["last_seen_at"],
        row["expires_at"],
        row["ip"],
        row["user_agent"],
    )
