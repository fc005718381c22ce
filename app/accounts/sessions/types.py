"""Sessions as values, and how long they last."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.ids import SessionId

# Without a refresh; each one grants as much again, up to `MAX_AGE` after sign-in.
LIFETIME = timedelta(days=30)
MAX_AGE = timedelta(days=90)
# What its owner is shown: more can only be ended together.
MAX_LISTED = 100


@dataclass(frozen=True, slots=True)
class Session:
    """`ip` and `user_agent` are those of its beginning; `last_seen_at` is its beginning or last refresh."""

    id: SessionId
    method: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    ip: str | None
    user_agent: str | None
