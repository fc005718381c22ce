"""Proving that jobs, slots and holds belong together: set-based, one statement per invariant."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

from app.infra import db

_MOST_FINDINGS = 1_000

_CHECKS = {
    "job_ended_with_a_hold": """
SELECT j.org_id, 'job ' || j.id AS place, 'it is ' || j.state || ', and hold ' || j.hold_id || ' is open' AS text
FROM job j JOIN credit_hold h ON h.id = j.hold_id
WHERE ($1::uuid IS NULL OR j.org_id = $1) AND h.state = 'open' AND j.finished_at IS NOT NULL
""",
    "job_runs_without_a_slot": """
SELECT j.org_id, 'job ' || j.id AS place, 'it is ' || j.state || ', and no slot is its own' AS text
FROM job j WHERE ($1::uuid IS NULL OR j.org_id = $1) AND j.lease_expires_at IS NOT NULL
    AND NOT EXISTS (SELECT FROM job_slot s WHERE s.org_id = j.org_id AND s.n = j.slot AND s.job_id = j.id)
""",
    "slot_without_a_job": """
SELECT s.org_id, 'slot ' || s.n AS place, 'job ' || s.job_id || ' has it and is ' || coalesce(j.state, 'gone') AS text
FROM job_slot s LEFT JOIN job j ON j.id = s.job_id
WHERE ($1::uuid IS NULL OR s.org_id = $1) AND s.job_id IS NOT NULL
    AND coalesce(j.state, '') NOT IN ('QUEUED', 'RUNNING', 'CANCELLING')
""",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not belong together: what, and where."""

    code: str
    org_id: UUID
    where: str
    text: str


async def findings(org_id: UUID | None = None) -> AsyncIterator[Finding]:
    """Of one org, or of all; at most a thousand of each kind."""
    for code, sql in _CHECKS.items():
        for row in await db.fetch(f"{sql} LIMIT {_MOST_FINDINGS}", org_id):
            yield Finding(code, row["org_id"], row["place"], row["text"])
