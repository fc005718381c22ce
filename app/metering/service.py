"""Recording usage: events, their deduplication keys and the hourly rollup in the caller's unit of work."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
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
_EVENTS = """
INSERT INTO usage_event (
    id, org_id, workspace_id, event_id, event_type, occurred_at, received_at, customer_id, user_id, feature_id,
    api_key_id, job_id, provider, model, input_tokens, output_tokens, cached_input_tokens, cache_write_tokens,
    reasoning_tokens, usage_source, cost_usd, credits, cost_ref, burn_ref, properties
)
SELECT * FROM unnest(
    $1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[], $8::text[],
    $9::text[], $10::text[], $11::uuid[], $12::uuid[], $13::text[], $14::text[], $15::bigint[], $16::bigint[],
    $17::bigint[], $18::bigint[], $19::bigint[], $20::text[], $21::numeric[], $22::numeric[], $23::text[],
    $24::text[], $25::jsonb[]
)
"""
_ROLLUP = """
INSERT INTO usage_rollup_hour AS rollup (
    org_id, hour, workspace_id, api_key_id, customer_id, user_id, feature_id, provider, model,
    requests, unrated, input_tokens, output_tokens, cost_usd, credits
)
SELECT * FROM unnest(
    $1::uuid[], $2::timestamptz[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[],
    $9::text[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::numeric[], $15::numeric[]
)
ON CONFLICT (org_id, hour, workspace_id, api_key_id, customer_id, user_id, feature_id, provider, model)
DO UPDATE SET
    requests = rollup.requests + excluded.requests,
    unrated = rollup.unrated + excluded.unrated,
    input_tokens = rollup.input_tokens + excluded.input_tokens,
    output_tokens = rollup.output_tokens + excluded.output_tokens,
    cost_usd = rollup.cost_usd + excluded.cost_usd,
    credits = rollup.credits + excluded.credits
"""

# (org, hour, workspace, key, customer, user, feature, provider, model)
_RollupKey = tuple[UUID, datetime, UUID, UUID, str, str, str, str, str]


def record(uow: UnitOfWork, events: Sequence[UsageEvent], *, now: datetime) -> None:
    """Counts `events` if and only if `uow` commits; a known event id rolls it back (`UsageAlreadyRecorded`).

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
    uow.add(_EVENTS, *db.columns(rows))
    uow.add(_ROLLUP, *db.columns(_rollup_rows(events)))


async def ensure_partitions(*, now: datetime) -> None:
    """Creates the months around `now` in `usage_event` that are missing. Safe to repeat and to race."""
    await db.fetch("SELECT ensure_usage_partitions($1)", now)


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
    )


def _rollup_rows(events: Sequence[UsageEvent]) -> list[tuple[object, ...]]:
    """One row per rollup key, in key order so that concurrent writers lock rows in the same order."""
    sums: dict[_RollupKey, Figures] = {}
    for event in events:
        key = _rollup_key(event)
        sums[key] = sums.get(key, Figures()).plus(_figures(event))
    return [
        (*key, f.requests, f.unrated, f.input_tokens, f.output_tokens, f.cost_usd, f.credits)
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
