"""Whether webhooks arrive."""

from collections.abc import Sequence

import asyncpg

from app.cli.diagnosis.finding import Finding, warn

# Deliveries that are due are taken within a second; endpoints that are slow or failing have pauses of their own.
_WAITED_SECONDS = 60
_STANDING = """
SELECT
    (SELECT extract(epoch FROM now() - min(d.due_at))::int
        FROM webhook_endpoint e CROSS JOIN LATERAL (
            SELECT due_at FROM webhook_delivery
            WHERE endpoint_id = e.id AND state IN ('PENDING', 'SENDING') ORDER BY due_at LIMIT 1
        ) AS d
        WHERE e.is_enabled AND (e.paused_until IS NULL OR e.paused_until <= now())) AS waited,
    EXISTS (SELECT FROM webhook_delivery WHERE state = 'SENDING' AND due_at > now()) AS is_any_sent,
    (SELECT count(*) FROM webhook_endpoint
        WHERE deleted_at IS NULL AND disabled_reason IN ('failing', 'gone')) AS switched_off,
    (SELECT count(*) FROM webhook_endpoint WHERE is_enabled AND paused_until > now() AND consecutive_failures > 0)
        AS failing
"""


async def findings(connection: "asyncpg.Connection[asyncpg.Record]") -> Sequence[Finding]:
    """Nothing where nothing is wrong."""
    row = await connection.fetchrow(_STANDING)
    assert row is not None
    found = []
    if (row["waited"] or 0) > _WAITED_SECONDS and not row["is_any_sent"]:
        waited = f"a delivery has waited for {row['waited']} seconds, and none is being sent"
        found.append(warn("webhooks", waited, "Start `launchkit worker`, which sends them."))
    if row["switched_off"]:
        text = f"{row['switched_off']} endpoints were switched off, because they only failed or said that they are gone"
        mend = "Have their orgs mend and enable them, and redeliver what they missed (docs/webhooks.md)."
        found.append(warn("webhooks", text, mend))
    if row["failing"]:
        text = f"{row['failing']} endpoints are failing, and are tried again after a pause"
        mend = "Look at `lastError` of their deliveries; `outbound` says where webhooks may lead."
        found.append(warn("webhooks", text, mend))
    return found
