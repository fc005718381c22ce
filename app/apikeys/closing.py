"""The end of an org's keys. They have been refused since its end was asked for; this makes it final."""

from datetime import datetime

from app.apikeys import changes
from app.audit import service as audit
from app.audit.types import Action, Entry
from app.core.ids import ApiKeyId, OrgId
from app.core.principal import SYSTEM
from app.infra import db

_REVOKE_ALL = """
UPDATE api_key SET revoked_at = $2 WHERE org_id = $1 AND revoked_at IS NULL RETURNING id, name
"""


async def revoke_all(org_id: OrgId, *, now: datetime) -> int:
    """Revokes what is left, and tells how many keys that were. For the scheduler; safe to repeat."""
    async with db.unit_of_work() as uow:
        rows = await uow.fetch(_REVOKE_ALL, org_id, now)
        entries = [
            Entry(org_id, Action.API_KEY_REVOKED, SYSTEM, "api_key", row["id"], now, {"name": row["name"]})
            for row in rows
        ]
        audit.record(uow, *entries)
        changes.tell(uow, *(ApiKeyId(row["id"]) for row in rows), now=now)
    return len(rows)
