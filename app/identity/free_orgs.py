"""How many FREE orgs one person may own, however they come by them, and that they have shown to read their address."""

from app.core.ids import UserId
from app.identity.errors import EmailUnverified, TooManyOrgs
from app.infra.db import UnitOfWork

# The FREE plan's limits are an org's: without a bound here, one person would have them any number of times.
MAX_FREE_ORGS = 10

_IS_VERIFIED = "SELECT email_verified_at IS NOT NULL AS is_verified FROM user_account WHERE id = $1"
_LOCK_PERSON = "SELECT id FROM user_account WHERE id = $1 FOR NO KEY UPDATE"
_COUNT = """
SELECT count(*) FROM membership m JOIN org o ON o.id = m.org_id
WHERE m.user_id = $1 AND m.role = 'OWNER' AND o.plan = 'FREE'
"""


async def require_place(uow: UnitOfWork, user_id: UserId) -> None:
    """For one FREE org more; the person is held until the end of `uow`, so that two at once are counted. Raises
    `TooManyOrgs`.
    """
    await uow.fetch(_LOCK_PERSON, user_id)
    [row] = await uow.fetch(_COUNT, user_id)
    if row["count"] >= MAX_FREE_ORGS:
        raise TooManyOrgs


async def require_verified(uow: UnitOfWork, user_id: UserId) -> None:
    """Raises `EmailUnverified`."""
    rows = await uow.fetch(_IS_VERIFIED, user_id)
    if not rows or not rows[0]["is_verified"]:
        raise EmailUnverified
