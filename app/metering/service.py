"""Recording usage: events, their deduplication keys and the hourly rollup in the caller's unit of work."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

import orjson

from app.core import ids, money
from app.core.money import ZERO
from app.infra import db
from app.infra.db import UnitOfWork
from app.metering.errors import UsageAlreadyRecorded
from app.metering.types import Figures, UsageEvent, hour_of

_NIL = UUID(int=0)
# PostgreSQL names the partition's own: one for each of the sixteen that the migration makes.
_KEY_CONSTRAINTS = tuple(f"usage_event_key_{partition:02}_pkey" for partition in range(16))

_KEYS = """
INSERT INTO usage_event_key (org_id, event_id, usage_event_id, occurred_at)
SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::timestamptz[])
"""
_EVENT_COLUMNS = """
    id, org_id, workspace_id, event_id, event_type, occurred_at, received_at, customer_id, user_id, feature_id,
    api_key_id, job_id, provider, model, input_tokens, output_tokens, cached_input_tokens, cache_write_tokens,
    reasoning_tokens, usage_source, cost_usd, credits, cost_ref, burn_ref, properties, revenue_usd, unit_type, quantity,
    image_size, image_quality, latency_ms
"""
_EVENT_ROWS = """
unnest(
    $1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[], $8::text[],
    $9::text[], $10::text[], $11::uuid[], $12::uuid[], $13::text[], $14::text[], $15::bigint[], $16::bigint[],
    $17::bigint[], $18::bigint[], $19::bigint[], $20::text[], $21::numeric[], $22::numeric[], $23::text[],
    $24::text[], $25::jsonb[], $26::numeric[], $27::text[], $28::numeric[], $29::text[], $30::text[], $31::int[]
)
"""
_EVENTS = f"INSERT INTO usage_event ({_EVENT_COLUMNS}) SELECT * FROM {_EVENT_ROWS}"
_ROLLUP = """
INSERT INTO usage_rollup_hour AS rollup (
    org_id, hour, workspace_id, api_key_id, customer_id, user_id, feature_id, provider, model,
    requests, unrated, input_tokens, output_tokens, cost_usd, credits, revenue_usd
)
SELECT * FROM unnest(
    $1::uuid[], $2::timestamptz[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[],
    $9::text[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::numeric[], $15::numeric[],
    $16::numeric[]
)
ON CONFLICT (org_id, hour, workspace_id, api_key_id, customer_id, user_id, feature_id, provider, model)
DO UPDATE SET
    requests = rollup.requests + excluded.requests,
    unrated = rollup.unrated + excluded.unrated,
    input_tokens = rollup.input_tokens + excluded.input_tokens,
    output_tokens = rollup.output_tokens + excluded.output_tokens,
    cost_usd = rollup.cost_usd + excluded.cost_usd,
    credits = rollup.credits + excluded.credits,
    revenue_usd = rollup.revenue_usd + excluded.revenue_usd
"""
_ENSURE_PARTITIONS_OF = "SELECT ensure_usage_partitions(month) FROM unnest($1::timestamptz[]) AS month"
_DROP_PARTITIONS = "SELECT drop_usage_partitions($1, $2)"
# By the time of its event and by that of its receipt (which its event's id begins with): what is sent again is refused
# as too late after the one, and a backfill after the other.
_PURGE_KEYS = """
WITH purged AS (
    DELETE FROM usage_event_key WHERE (org_id, event_id) IN (
        SELECT org_id, event_id FROM usage_event_key
        WHERE occurred_at < $1 AND usage_event_id < $2 LIMIT $3 FOR UPDATE SKIP LOCKED
    ) RETURNING 1
), horizon AS (
    INSERT INTO usage_horizon AS h (kept, since) SELECT 'keys', $1 WHERE EXISTS (SELECT FROM purged)
    ON CONFLICT (kept) DO UPDATE SET since = greatest(h.since, excluded.since)
)
SELECT count(*) FROM purged
"""


# (org, hour, workspace, key, customer, user, feature, provider, model)
_RollupKey = tuple[UUID, datetime, UUID, UUID, str, str, str, str, str]


def record(
    uow: UnitOfWork, events: Sequence[UsageEvent], *, now: datetime, paid_by: str | None = None
) -> None:
    """Counts `events` if and only if `uow` commits; a known event id rolls it back (`UsageAlreadyRecorded`).

    `paid_by` names the statement of `uow` that tells for each `job_id` which `transaction_id` drew its credits.

    Once per unit of work: two statements on the same rollup row would not see each other.
    """
    if not events:
        return
    row_ids = [ids.uuid7() for _ in events]
    keys = [(e.org_id, e.event_id, row_id, e.occurred_at) for row_id, e in zip(row_ids, events, strict=True)]
    rows = [_row(row_id, event, now) for row_id, event in zip(row_ids, events, strict=True)]
    for constraint in _KEY_CONSTRAINTS:
        uow.on_violation(constraint, UsageAlreadyRecorded)
    uow.add(_KEYS, *db.columns(keys))
    uow.add(_EVENTS if paid_by is None else _paid_events(paid_by), *db.columns(rows))
    uow.add(_ROLLUP, *db.columns(_rollup_rows(events)))


async def ensure_partitions_of(times: Iterable[datetime]) -> None:
    """As `ensure_partitions`, for the months of a backfill."""
    months = {
        time.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0) for time in times
    }
    if months:
        await db.fetch(_ENSURE_PARTITIONS_OF, sorted(months))


async def drop_partitions(*, months: int, now: datetime, limit: int = 3) -> int:
    """Drops whole months of events older than `months`, at most `limit` of them; how many. Rollups stay.

    Any number of callers may race. Raises `LockTimeout` where the events are being read; nothing is lost then.
    """
    count: int = await db.fetchval(_DROP_PARTITIONS, months_before(now, months), limit)
    return count


async def purge_keys(*, days: int, now: datetime, limit: int = 5_000) -> int:
    """Deletes deduplication keys older than `days`, at most `limit`; how many. Any number of callers may race."""
    before = now - timedelta(days=days)
    count: int = await db.fetchval(_PURGE_KEYS, before, ids.first_of(before), limit)
    return count


def months_before(at: datetime, months: int) -> datetime:
    """The beginning of the month so many months before that of `at`."""
    year, month = divmod(at.astimezone(UTC).year * 12 + at.astimezone(UTC).month - 1 - months, 12)
    return datetime(year, month + 1, 1, tzinfo=UTC)


async def ensure_partitions(*, now: datetime) -> None:
    """Creates the months around `now` in `usage_event` that are missing. Safe to repeat and to race."""
    await db.fetch("SELECT ensure_usage_partitions($1)", now)


@lru_cache
def _paid_events(paid_by: str) -> str:
    return f"""
INSERT INTO usage_event ({_EVENT_COLUMNS}, ledger_transaction_id)
SELECT e.*, CASE WHEN e.credits > 0 THEN (
    SELECT b.transaction_id FROM {paid_by} AS b WHERE b.job_id = e.job_id
) END
FROM {_EVENT_ROWS} AS e ({_EVENT_COLUMNS})
"""


def _row(row_id: UUID, event: UsageEvent, now: datetime) -> tuple[object, ...]:
    return (
        row_id,
        event.org_id,
        event.workspace_id,
        event.event_id,
        event.event_type.value,
        event.occurred_at,
        now,
        event.customer_id,
        event.user_id,
        event.feature_id,
        event.api_key_id,
        event.job_id,
        event.provider,
        event.model,
        event.usage.input_tokens,
        event.usage.output_tokens,
        event.usage.cached_input_tokens,
        event.usage.cache_write_tokens,
        event.usage.reasoning_tokens,
        event.usage.source.value,
        event.rating.cost_usd,
        event.rating.credits,
        event.rating.cost_ref,
        event.rating.burn_ref,
        orjson.dumps(dict(event.properties)).decode(),
        event.rating.revenue_usd,
        event.unit_type,
        event.quantity,
        event.image_size,
        event.image_quality,
        event.latency_ms,
    )


def _rollup_rows(events: Sequence[UsageEvent]) -> list[tuple[object, ...]]:
    """One row per rollup key, in key order so that concurrent writers lock rows in the same order."""
    sums: dict[_RollupKey, Figures] = {}
    revenue: defaultdict[_RollupKey, Decimal] = defaultdict(Decimal)
    for event in events:
        key = _rollup_key(event)
        sums[key] = sums.get(key, Figures()).plus(_figures(event))
        revenue[key] += money.as_stored(event.rating.revenue_usd or ZERO)
    return [
        (*key, f.requests, f.unrated, f.input_tokens, f.output_tokens, f.cost_usd, f.credits, revenue[key])
        for key, f in sorted(sums.items())
    ]


def _rollup_key(event: UsageEvent) -> _RollupKey:
    return (
        event.org_id,
        hour_of(event.occurred_at),
        event.workspace_id,
        event.api_key_id or _NIL,
        event.customer_id or "",
        event.user_id or "",
        event.feature_id or "",
        event.provider,
        event.model,
    )


def _figures(event: UsageEvent) -> Figures:
    """Amounts as the event's row keeps them: the rollup is the sum of what is stored."""
    cost: Decimal | None = event.rating.cost_usd
    return Figures(
        requests=1,
        input_tokens=event.usage.input_tokens,
        output_tokens=event.usage.output_tokens,
        cost_usd=ZERO if cost is None else money.as_stored(cost),
        credits=money.as_stored(event.rating.credits),
        unrated=int(cost is None),
    )
