"""Taking an org for oneself: whoever changes its members, invitations or end does so one after the other.

The rules about them (an owner is left, a seat is free) look at several rows. With the org's row locked, what was
read after it stays true until the commit.
"""

from app.core.errors import NotFound
from app.core.ids import OrgId
from app.identity import records
from app.identity.errors import OrgClosing
from app.identity.types import Org
from app.infra.db import UnitOfWork

# NO KEY: foreign keys that point at the org are still checked meanwhile.
_LOCK = f"SELECT {records.ORG_COLUMNS}, deleted_at FROM org WHERE id = $1 FOR NO KEY UPDATE"


async def lock(uow: UnitOfWork, org_id: OrgId, *, may_be_closing: bool = False) -> Org:
    """The org, held until the end of `uow`. Raises `NotFound` for one that is gone, `OrgClosing`."""
    rows = await uow.fetch(_LOCK, org_id)
    if not rows or rows[0]["deleted_at"] is not None:
        raise NotFound
    org = records.org(rows[0])
    if org.deletion_due_at is not None and not may_be_closing:
        raise OrgClosing
    return org
