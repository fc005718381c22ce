"""What happened to the jobs of an org, in the order in which it became visible.

A state is placed by the transaction that wrote it. Transactions commit in any order, so nobody is told of one while an
older one still runs anywhere in the database: below that horizon nothing can appear any more.
"""

from collections.abc import Sequence
from typing import NamedTuple

from app.core.ids import OrgId, WorkspaceId
from app.infra import db
from app.jobs import records
from app.jobs.history_view import as_of
from app.jobs.state import State
from app.jobs.types import Job

_HORIZON = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
_STEPS = f"""
SELECT step.*, {records.LIST_COLUMNS} FROM (
    SELECT transaction_id, job_id, seq AS step_seq, state AS step_state, attempt AS step_attempt,
        progress AS step_progress
    FROM job_event WHERE org_id = $1 AND kind = 'state' AND transaction_id > $2 AND transaction_id < ({_HORIZON})
    ORDER BY transaction_id, job_id, seq LIMIT $3
) AS step JOIN job ON job.id = step.job_id
ORDER BY transaction_id, job_id, step_seq
"""
_STANDING = f"""
SELECT ({_HORIZON}) AS horizon,
    (SELECT transaction_id FROM job_event WHERE org_id = $1 AND kind = 'state'
     ORDER BY transaction_id DESC LIMIT 1) AS newest
"""
# History goes job by job: what came after a step that is still kept may be gone. The clocks that date steps may differ.
_IS_KEPT = """
SELECT last.at IS NOT NULL AND NOT EXISTS (
    SELECT FROM job
    WHERE org_id = $1 AND purged_at IS NOT NULL AND finished_at >= last.at - interval '1 hour'
)
FROM (SELECT (
    SELECT at FROM job_event WHERE org_id = $1 AND kind = 'state' AND transaction_id <= $2
    ORDER BY transaction_id DESC LIMIT 1
) AS at) AS last
"""
_NEWEST = f"SELECT {records.LIST_COLUMNS} FROM job WHERE org_id = $1 ORDER BY id DESC LIMIT $2"
_NEWEST_OF_WORKSPACE = f"""
SELECT {records.LIST_COLUMNS} FROM job WHERE org_id = $1 AND workspace_id = $3 ORDER BY id DESC LIMIT $2
"""
_PAGE = 200


class Standing(NamedTuple):
    """`seq` is the last place that is settled; `is_pending`: something beyond it can be seen already."""

    seq: int
    is_pending: bool


class Changes(NamedTuple):
    """`jobs` as they were then, without input and result, in order; all of the places up to `seq`."""

    seq: int
    jobs: Sequence[Job]


async def standing(org_id: OrgId) -> Standing:
    """How far the org's changes are settled."""
    row = await db.fetchrow(_STANDING, org_id)
    assert row is not None
    newest = row["newest"]
    return Standing(row["horizon"] - 1, newest is not None and newest >= row["horizon"])


async def is_kept(org_id: OrgId, seq: int) -> bool:
    """Whether everything that came after a place can still be told."""
    found: bool = await db.fetchval(_IS_KEPT, org_id, seq)
    return found


async def after(org_id: OrgId, seq: int) -> Changes | None:
    """The next page of what came after a place; None where nothing did. A transaction is told whole."""
    limit = _PAGE
    while True:
        rows = await db.fetch(_STEPS, org_id, seq, limit + 1)
        if len(rows) <= limit:
            break
        last = rows[-1]["transaction_id"]
        rows = [row for row in rows if row["transaction_id"] != last]
        if rows:
            break
        limit *= 10
    if not rows:
        return None
    return Changes(rows[-1]["transaction_id"], [_as_of(row) for row in rows])


async def newest(org_id: OrgId, *, workspace_id: WorkspaceId | None, limit: int) -> Sequence[Job]:
    if workspace_id is None:
        rows = await db.fetch(_NEWEST, org_id, limit)
    else:
        rows = await db.fetch(_NEWEST_OF_WORKSPACE, org_id, limit, workspace_id)
    return [records.job(row) for row in rows]


def _as_of(row: db.Row) -> Job:
    job = records.job(row)
    if job.seq == row["step_seq"]:
        return job
    state, attempt, progress = State(row["step_state"]), row["step_attempt"], row["step_progress"]
    return as_of(job, seq=row["step_seq"], state=state, attempt=attempt, progress=progress)
