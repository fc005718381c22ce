"""What time does to jobs, and what a worker that stops gives back.

Any number of callers may race: rows that one has, the others pass over.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from app.core import ids
from app.core.errors import LaunchKitError
from app.core.ids import OrgId
from app.infra import db, telemetry
from app.infra.db import Row, UnitOfWork
from app.jobs import records, slots, transitions
from app.jobs.state import CANCEL_GRACE, State, after_loss

log = telemetry.logger(__name__)

# Changes at most so many jobs; the rows as they are then.
_Change = Callable[[UnitOfWork, int], Awaitable[Sequence[Row]]]

_FIND_LOST = """
SELECT id, state, losses FROM job
WHERE lease_expires_at < $1 ORDER BY lease_expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
"""
_TAKE_BACK = f"""
UPDATE job SET
    seq = seq + 1, losses = losses + 1, lease_token = NULL, lease_expires_at = NULL, state = lost.state,
    run_at = $1::timestamptz,
    finished_at = CASE WHEN lost.state <> 'SCHEDULED' THEN $1::timestamptz END,
    error_code = CASE WHEN lost.state <> 'CANCELLED' THEN 'worker_lost' END,
    error_message = CASE WHEN lost.state <> 'CANCELLED' THEN 'The worker that ran the job was lost.' END
FROM unnest($2::uuid[], $3::text[]) AS lost (job_id, state) WHERE job.id = lost.job_id
RETURNING {records.LIST_COLUMNS.replace(" state,", " job.state,")}
"""
# An attempt that was cut short by us leaves as many as before.
_GIVE_BACK = f"""
UPDATE job SET state = 'SCHEDULED', seq = seq + 1, run_at = $1, lease_token = NULL, lease_expires_at = NULL,
    max_attempts = max_attempts + 1
WHERE id = ANY (ARRAY(
    SELECT id FROM job WHERE lease_token = ANY ($2::uuid[]) AND state = 'RUNNING' FOR UPDATE SKIP LOCKED
))
RETURNING {records.LIST_COLUMNS}
"""
_QUEUE_DUE = f"""
UPDATE job SET state = 'QUEUED', seq = seq + 1, queued_at = $1, slot = NULL
WHERE id = ANY (ARRAY(
    SELECT id FROM job WHERE state = 'SCHEDULED' AND run_at <= $1 AND (expires_at IS NULL OR expires_at > $1)
    ORDER BY run_at LIMIT $2 FOR UPDATE SKIP LOCKED
))
RETURNING {records.LIST_COLUMNS}
"""
_EXPIRE = f"""
UPDATE job SET state = 'EXPIRED', seq = seq + 1, finished_at = $1
WHERE id = ANY (ARRAY(
    SELECT id FROM job WHERE state IN ('SCHEDULED', 'QUEUED') AND expires_at <= $1
    ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
))
RETURNING {records.LIST_COLUMNS}
"""
_FORCE_CANCELLED = f"""
UPDATE job SET state = 'CANCELLED', seq = seq + 1, finished_at = $1, lease_token = NULL, lease_expires_at = NULL,
    error_code = NULL, error_message = NULL
WHERE id = ANY (ARRAY(
    SELECT id FROM job WHERE state = 'CANCELLING' AND cancel_deadline <= $1
    ORDER BY cancel_deadline LIMIT $2 FOR UPDATE SKIP LOCKED
))
RETURNING {records.LIST_COLUMNS}
"""
_CANCEL_ALL = f"""
UPDATE job SET seq = seq + 1,
    state = CASE state WHEN 'RUNNING' THEN 'CANCELLING' ELSE 'CANCELLED' END,
    cancel_deadline = CASE state WHEN 'RUNNING' THEN $2::timestamptz END,
    finished_at = CASE WHEN state <> 'RUNNING' THEN $1::timestamptz END
WHERE id = ANY (ARRAY(
    SELECT id FROM job WHERE org_id = $3 AND state IN ('SCHEDULED', 'QUEUED', 'RUNNING')
    ORDER BY id LIMIT $4 FOR UPDATE
))
RETURNING {records.LIST_COLUMNS}
"""
# As agreed when the job was made, or as the installation allows at most, whichever is sooner.
_PURGE = """
WITH old AS (
    SELECT id FROM job WHERE id = ANY (ARRAY(
        SELECT id FROM job WHERE finished_at IS NOT NULL AND purged_at IS NULL
            AND (finished_at AT TIME ZONE 'UTC') + make_interval(days => keep_days) <= $1 AT TIME ZONE 'UTC'
        LIMIT $3
    ) || ARRAY(
        SELECT id FROM job WHERE finished_at IS NOT NULL AND purged_at IS NULL AND finished_at <= $2 LIMIT $3
    )) FOR UPDATE SKIP LOCKED
), without_events AS (
    DELETE FROM job_event WHERE job_id IN (SELECT id FROM old)
), without_items AS (
    DELETE FROM job_item WHERE job_id IN (SELECT id FROM old)
), purged AS (
    UPDATE job SET purged_at = $1, input = '{}', result = NULL WHERE id IN (SELECT id FROM old) RETURNING 1
)
SELECT count(*) FROM purged
"""


async def give_back(tokens: Sequence[UUID], *, now: datetime) -> int:
    """Returns unfinished jobs when a worker stops, to be run again at once; this counts as no loss and no attempt.

    Returns how many. What their handlers still write is refused (`LeaseLost`).
    """
    async with db.unit_of_work() as uow:
        return await _follow(uow, await uow.fetch(_GIVE_BACK, now, list(tokens)), now)


async def recover_lost(*, now: datetime, limit: int = 100) -> int:
    """Takes jobs from workers whose lease ran out; returns how many."""

    async def take_back(uow: UnitOfWork, most: int) -> Sequence[Row]:
        lost = await uow.fetch(_FIND_LOST, now, most)
        following = [after_loss(State(row["state"]), row["losses"] + 1).value for row in lost]
        return await uow.fetch(_TAKE_BACK, now, [row["id"] for row in lost], following) if lost else []

    return await _sweep(take_back, now=now, limit=limit)


async def queue_due(*, now: datetime, limit: int = 500) -> int:
    """Queues scheduled jobs whose time has come; returns how many."""
    async with db.unit_of_work() as uow:
        queued = await _follow(uow, await uow.fetch(_QUEUE_DUE, now, limit), now)
        if queued:
            await slots.dispatch_parked(uow, now=now, limit=limit)
        return queued


async def dispatch_parked(*, now: datetime, limit: int = 500) -> int:
    """Sends jobs to the workers that wait although their org has a free slot; returns how many."""
    async with db.unit_of_work() as uow:
        return await slots.dispatch_parked(uow, now=now, limit=limit)


async def expire(*, now: datetime, limit: int = 500) -> int:
    """Ends jobs that were not begun in their time; returns how many."""
    return await _sweep(lambda uow, most: uow.fetch(_EXPIRE, now, most), now=now, limit=limit)


async def force_cancelled(*, now: datetime, limit: int = 100) -> int:
    """Ends jobs that were cancelled and did not stop in time; returns how many. Their workers' leases are lost.

    Their saved items and the calls that they noted are billed; of all else nothing is known.
    """
    return await _sweep(lambda uow, most: uow.fetch(_FORCE_CANCELLED, now, most), now=now, limit=limit)


async def cancel_all(org_id: OrgId, *, now: datetime, limit: int = 500) -> int:
    """Cancels whatever of an org waits or runs, as its members could have; how many, at most `limit`."""
    async with db.unit_of_work() as uow:
        rows = await uow.fetch(_CANCEL_ALL, now, now + CANCEL_GRACE, org_id, limit)
        return await _follow(uow, rows, now)


async def purge(*, now: datetime, most_days: int | None = None, limit: int = 200) -> int:
    """Deletes input, result, items and history of jobs that ended long enough ago; returns how many.

    How long is said by the plan when the job is made, and by `most_days` for all. The job itself stays.
    """
    oldest = None if most_days is None else now - timedelta(days=most_days)
    count: int = await db.fetchval(_PURGE, now, oldest, limit)
    return count


async def _sweep(change: _Change, *, now: datetime, limit: int) -> int:
    """Changes jobs of many orgs at once; one by one where that cannot be written, as one among them keeps it from.

    What keeps even itself from it is its bill: it goes without, and whoever reads the log sees to it.
    """
    try:
        return await _change(change, limit, now)
    except LaunchKitError:
        raise
    except Exception:
        log.error("jobs.batch_not_written", exc_info=True)
    count = 0
    for _ in range(limit):
        try:
            changed = await _change(change, 1, now)
        except LaunchKitError:
            raise
        except Exception:
            log.error("jobs.bill_not_written", exc_info=True)
            changed = await _change(change, 1, now, is_billed=False)
        if not changed:
            break
        count += changed
    return count


async def _change(change: _Change, limit: int, now: datetime, *, is_billed: bool = True) -> int:
    async with db.unit_of_work() as uow:
        return await _follow(uow, await change(uow, limit), now, is_billed=is_billed)


async def _follow(uow: UnitOfWork, rows: Sequence[Row], now: datetime, *, is_billed: bool = True) -> int:
    found = [records.job(row) for row in rows]
    if not is_billed:
        log.error("jobs.unbilled", jobs=[ids.encode("job", job.id) for job in found])
    await transitions.follow(uow, found, now=now, is_billed=is_billed)
    return len(rows)
