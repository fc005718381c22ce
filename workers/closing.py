"""Carrying out the deletion of orgs whose grace is over."""

from datetime import datetime

from app.apikeys import closing as apikeys
from app.identity import closing as identity
from app.infra import telemetry
from app.invitations import service as invitations
from app.jobs import sweeping as jobs
from app.webhooks import service as webhooks

log = telemetry.logger(__name__)


async def close_due(*, now: datetime) -> int:
    """What belongs to the org ends first, the org itself last: a crash in between leaves it due, to be done again."""
    org_ids = await identity.due(now=now)
    for org_id in org_ids:
        await apikeys.revoke_all(org_id, now=now)
        await invitations.revoke_all(org_id, now=now)
        while await jobs.cancel_all(org_id, now=now):
            pass
        await webhooks.delete_all(org_id, now=now)
        await identity.close(org_id, now=now)
        log.info("org.deleted", org_id=str(org_id))
    return len(org_ids)
