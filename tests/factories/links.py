"""Links as their readers have them."""

from datetime import datetime, timedelta

from app.accounts.keys import AccountKeys
from app.accounts.links import signing
from app.accounts.links.purposes import Purpose
from app.accounts.models import OneTimeToken
from app.core import ids
from app.core.ids import LinkId, UserId
from app.core.principal import Principal
from app.infra import db
from tests.factories.orgs import NOW, Tenant

KEYS = AccountKeys.derive("k" * 32)


async def made(
    tenant: Tenant,
    purpose: Purpose = Purpose.RESET_PASSWORD,
    *,
    of: Principal | None = None,
    email: str | None = None,
    created_at: datetime = NOW,
    lifetime: timedelta = timedelta(hours=1),
    keys: AccountKeys = KEYS,
) -> str:
    """The token of a link to the owner, or to `of`."""
    link_id = LinkId(ids.uuid7())
    await OneTimeToken.create(
        id=link_id,
        user_id=UserId((of or tenant.owner).id),
        purpose=purpose.value,
        email=email or tenant.email,
        created_at=created_at,
        expires_at=created_at + lifetime,
    )
    return signing.token(keys.links, purpose, link_id)


async def mailed(keys: AccountKeys = KEYS) -> list[str]:
    """The tokens of all links, oldest first: as the worker makes them of the rows."""
    rows = await db.fetch("SELECT id, purpose FROM one_time_token ORDER BY id")
    return [signing.token(keys.links, Purpose(row["purpose"]), LinkId(row["id"])) for row in rows]
