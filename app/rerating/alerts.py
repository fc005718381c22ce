"""Telling that usage has no price: once a day for each org and model, and as a figure for the monitoring."""

from datetime import datetime

from app.core.events import Event
from app.core.ids import OrgId
from app.infra import db
from app.outbox import service as outbox

# By what came today: what waits since yesterday was told yesterday. Late events may have occurred long before.
_UNRATED = """
SELECT org_id, provider, model, count(*) AS events FROM usage_event
WHERE cost_usd IS NULL AND occurred_at >= $1::timestamptz - interval '35 days' AND received_at >= $1
GROUP BY org_id, provider, model
"""
_CLAIM = """
INSERT INTO threshold_crossing (org_id, scope, starts_at, percent, at)
SELECT o, s, $3, 0, $4 FROM unnest($1::uuid[], $2::text[]) AS u (o, s)
ON CONFLICT DO NOTHING RETURNING org_id, scope
"""


def topic(org_id: OrgId) -> str:
    return f"usage:{org_id}"


async def tell_unrated(*, now: datetime) -> int:
    """Publishes `usage.unrated` for what was not told today; how many events of today came without a price."""
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    rows = {
        (row["org_id"], f"unrated:{row['provider']}/{row['model']}"): row
        for row in await db.fetch(_UNRATED, day)
    }
    if not rows:
        return 0
    async with db.unit_of_work() as uow:
        fresh = await uow.fetch(_CLAIM, *db.columns(sorted(rows)), day, now)
        found = [rows[row["org_id"], row["scope"]] for row in fresh]
        outbox.publish(uow, *(_event(OrgId(row["org_id"]), row) for row in found), now=now)
    return sum(row["events"] for row in rows.values())


def _event(org_id: OrgId, row: db.Row) -> Event:
    payload = {"provider": row["provider"], "model": row["model"], "events": row["events"]}
    return Event("usage.unrated", org_id, (topic(org_id),), payload)
