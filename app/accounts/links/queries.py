"""Reading links."""

from datetime import datetime

from app.accounts.links.purposes import Purpose
from app.accounts.links.types import Link
from app.core.ids import LinkId, UserId
from app.infra import db

# Of the address that the account has now: a link to an earlier one is void.
_OPEN = """
SELECT l.id, l.user_id, l.purpose, l.email, l.expires_at, u.name
FROM one_time_token l JOIN user_account u ON u.id = l.user_id AND lower(u.email) = lower(l.email)
WHERE l.id = $1 AND l.used_at IS NULL AND l.expires_at > $2
"""


async def find_open(link_id: LinkId, *, now: datetime) -> Link | None:
    """The link, while it may still be used."""
    row = await db.fetchrow(_OPEN, link_id, now)
    if row is None:
        return None
    return Link(
        id=LinkId(row["id"]),
        user_id=UserId(row["user_id"]),
        purpose=Purpose(row["purpose"]),
        email=row["email"],
        name=row["name"],
        expires_at=row["expires_at"],
    )
