"""Rating usage again: what had no price when one is published, and a range of time when prices changed afterwards.

Both go through events in batches, each in one transaction; whoever is killed in between, the next goes on.
"""

from datetime import datetime
from uuid import UUID

from app.audit import service as audit
from app.audit.types import Action, Entry
from app.core import ids
from app.core.ids import OrgId
from app.core.principal import Permission, Principal
from app.idempotency import service as idempotency
from app.idempotency.service import Claim
from app.idempotency.types import Done
from app.infra import db
from app.infra.db import Row, UnitOfWork
from app.outbox import service as outbox
from app.pricing import tasks as pricing_tasks
from app.pricing.book import PriceBook
from app.rerating import changing, posting, records, tasks
from app.rerating.types import Change, Kind, NewRerating, Rerating, State

BATCH = 500
_NO_ID = UUID(int=0)

_UNRATED = """
SELECT e.id, e.occurred_at FROM usage_event e
WHERE e.org_id = $1 AND e.cost_usd IS NULL AND (e.occurred_at, e.id) > ($2, $3) AND 1 + coalesce((
    SELECT sum(a.unrated) FROM usage_adjustment a WHERE a.org_id = e.org_id AND a.usage_event_id = e.id
), 0) > 0
ORDER BY e.occurred_at, e.id LIMIT $4
"""
_FIRST_UNRATED = """
WITH RECURSIVE org AS (
    (SELECT org_id FROM usage_event WHERE cost_usd IS NULL ORDER BY org_id LIMIT 1)
    UNION ALL
    SELECT (SELECT e.org_id FROM usage_event e WHERE e.cost_usd IS NULL AND e.org_id > org.org_id ORDER BY 1 LIMIT 1)
    FROM org WHERE org.org_id IS NOT NULL
)
SELECT org_id FROM org WHERE org_id IS NOT NULL
"""
_NEW = """
INSERT INTO rerating
    (id, org_id, is_dry_run, from_at, to_at, state, cursor_at, cursor_id, created_by_kind, created_by_id, created_at)
VALUES ($1, $2, $3, $4, $5, 'running', $4, $6, $7, $8, $9)
"""
_TAKE = "SELECT * FROM rerating WHERE id = $1 AND state = 'running' FOR UPDATE"
_RANGE = """
SELECT id, occurred_at FROM usage_event
WHERE org_id = $1 AND occurred_at >= $2 AND occurred_at < $3 AND (occurred_at, id) > ($2, $4)
ORDER BY occurred_at, id LIMIT $5
"""
_ADVANCE = "UPDATE rerating SET cursor_at = $2, cursor_id = $3, seen = seen + $4 WHERE id = $1"
_FINISH = "UPDATE rerating SET state = 'done', finished_at = $2 WHERE id = $1"
_SUM_UP = """
INSERT INTO rerating_customer AS total
SELECT $1::uuid, * FROM unnest($2::text[], $3::bigint[], $4::numeric[], $5::numeric[], $6::numeric[], $7::numeric[],
    $8::numeric[], $9::numeric[])
ON CONFLICT (rerating_id, customer_id) DO UPDATE SET
    events = total.events + excluded.events,
    credits_before = total.credits_before + excluded.credits_before,
    credits_after = total.credits_after + excluded.credits_after,
    cost_before = total.cost_before + excluded.cost_before,
    cost_after = total.cost_after + excluded.cost_after,
    revenue_before = total.revenue_before + excluded.revenue_before,
    revenue_after = total.revenue_after + excluded.revenue_after
"""


async def rate_unrated(org_id: OrgId, *, book: PriceBook, now: datetime, batch: int = BATCH) -> int:
    """Rates what has a price by now; how many events. Any number of callers may race, and repeat."""
    cursor: posting.Key = (_NO_ID, datetime.fromisoformat("0001-01-01T00:00:00Z"))
    rated = 0
    # Its message may be faster than a snapshot grows old.
    await book.fresh(org_id)
    while True:
        prices = await book.of(org_id)
        async with db.unit_of_work() as uow:
            keys = _keys(await uow.fetch(_UNRATED, org_id, cursor[1], cursor[0], batch))
            if not keys:
                return rated
            await posting.lock(uow, org_id, keys)
            # Read only now that nobody else can rate them: what the look for them saw may be past.
            events = await posting.read(org_id, keys)
            changes = [made for event in events if (made := changing.change(event, prices, Kind.RATED))]
            await posting.post(uow, org_id, changes, kind=Kind.RATED, batch_id=ids.uuid7(), now=now)
        rated += len(changes)
        cursor = keys[-1]


async def queue_unrated(*, now: datetime) -> int:
    """Asks the workers to look at what is unrated, for a newer price list may know it; in how many orgs."""
    rows = await db.fetch(_FIRST_UNRATED)
    if rows:
        async with db.unit_of_work() as uow:
            outbox.enqueue(uow, *(pricing_tasks.rate_unrated(row["org_id"]) for row in rows), now=now)
    return len(rows)


async def start(
    principal: Principal, org_id: OrgId, *, command: NewRerating, now: datetime
) -> Done[Rerating]:
    """Asks the workers for a dry run, which only tells what would change, or for the real one."""
    access = principal.authorise(org_id, Permission.PRICES_MANAGE)
    command.validate()
    rerating_id = ids.uuid7()
    body = {"from": command.start, "to": command.end, "dry_run": command.is_dry_run}
    key = command.idempotency_key
    claim = None if key is None else Claim(access, "reratings.start", key, body)

    async def act(uow: UnitOfWork) -> Rerating:
        await uow.fetch(
            _NEW,
            rerating_id,
            access.org_id,
            command.is_dry_run,
            command.start,
            command.end,
            _NO_ID,
            principal.kind,
            principal.id,
            now,
        )
        changes = {
            "from": command.start.isoformat(),
            "to": command.end.isoformat(),
            "is_dry_run": command.is_dry_run,
        }
        audit.record(
            uow,
            Entry(access.org_id, Action.USAGE_RERATED, principal, "rerating", rerating_id, now, changes),
        )
        outbox.enqueue(uow, tasks.rerate(rerating_id), now=now)
        return Rerating(
            rerating_id,
            access.org_id,
            command.is_dry_run,
            command.start,
            command.end,
            State.RUNNING,
            0,
            now,
            None,
        )

    return await idempotency.perform(claim, act, answer=Rerating, now=now)


async def carry_out(rerating_id: UUID, *, book: PriceBook, now: datetime, batch: int = BATCH) -> None:
    """Does what is left of a re-rating; nothing where it is done. Any number of callers may race, and repeat."""
    org_id = await db.fetchval("SELECT org_id FROM rerating WHERE id = $1", rerating_id)
    if org_id is not None:
        await book.fresh(OrgId(org_id))
        while await _step(OrgId(org_id), rerating_id, book=book, now=now, batch=batch):
            pass


async def _step(org_id: OrgId, rerating_id: UUID, *, book: PriceBook, now: datetime, batch: int) -> bool:
    """One batch: its adjustments, its sums and how far it is commit together. Whether more may follow."""
    prices = await book.of(org_id)
    async with db.unit_of_work() as uow:
        taken = await uow.fetch(_TAKE, rerating_id)
        if not taken:
            return False
        row = taken[0]
        keys = _keys(await uow.fetch(_RANGE, org_id, row["cursor_at"], row["to_at"], row["cursor_id"], batch))
        if not keys:
            await uow.fetch(_FINISH, rerating_id, now)
            return False
        if not row["is_dry_run"]:
            await posting.lock(uow, org_id, keys)
        events = await posting.read(org_id, keys)
        changes = [made for event in events if (made := changing.change(event, prices, Kind.RERATED))]
        if not row["is_dry_run"]:
            await posting.post(uow, org_id, changes, kind=Kind.RERATED, batch_id=rerating_id, now=now)
        await _sum_up(uow, rerating_id, changes)
        await uow.fetch(_ADVANCE, rerating_id, keys[-1][1], keys[-1][0], len(keys))
    return True


async def _sum_up(uow: UnitOfWork, rerating_id: UUID, changes: list[Change]) -> None:
    rows = [records.customer_row(total) for total in changing.by_customer(changes)]
    if rows:
        await uow.fetch(_SUM_UP, rerating_id, *db.columns(rows))


def _keys(rows: list[Row]) -> list[posting.Key]:
    return [(row["id"], row["occurred_at"]) for row in rows]
