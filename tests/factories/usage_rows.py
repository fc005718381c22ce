"""Usage as it lies in the tables, written by plain SQL: events, corrections, and the rollups that add them up."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from math import floor, log2
from uuid import UUID

from app.core import ids
from app.infra import db
from tests.factories.orgs import NOW

_NIL = "'00000000-0000-0000-0000-000000000000'"
_DIMENSIONS = f"""event.org_id, date_trunc('hour', event.occurred_at, 'UTC'), event.workspace_id,
    coalesce(event.api_key_id, {_NIL}), coalesce(event.customer_id, ''), coalesce(event.user_id, ''),
    coalesce(event.feature_id, ''), event.provider, event.model"""
_ADD_UP = """
INSERT INTO usage_rollup_hour AS kept (org_id, hour, workspace_id, api_key_id, customer_id, user_id, feature_id,
    provider, model, requests, unrated, input_tokens, output_tokens, cost_usd, credits, revenue_usd)
{}
ON CONFLICT (org_id, hour, workspace_id, api_key_id, customer_id, user_id, feature_id, provider, model) DO UPDATE SET
    requests = kept.requests + excluded.requests, unrated = kept.unrated + excluded.unrated,
    input_tokens = kept.input_tokens + excluded.input_tokens,
    output_tokens = kept.output_tokens + excluded.output_tokens, cost_usd = kept.cost_usd + excluded.cost_usd,
    credits = kept.credits + excluded.credits, revenue_usd = kept.revenue_usd + excluded.revenue_usd
"""
_EVENTS = """
INSERT INTO usage_event (id, org_id, workspace_id, event_id, event_type, occurred_at, received_at, customer_id,
    user_id, feature_id, api_key_id, provider, model, input_tokens, output_tokens, cached_input_tokens,
    cache_write_tokens, reasoning_tokens, usage_source, cost_usd, credits, revenue_usd, cost_ref, burn_ref, properties,
    latency_ms)
SELECT id, org, workspace, event, 'TOKEN_USAGE', at, at, customer, person, feature, key, provider, model, input,
    output, 0, 0, 0, 'provider', cost, credits, revenue, CASE WHEN cost IS NULL THEN NULL ELSE 'list' END,
    'default@1', '{"a": 1}', latency
FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::text[], $7::text[], $8::text[],
    $9::uuid[], $10::text[], $11::text[], $12::bigint[], $13::bigint[], $14::numeric[], $15::numeric[], $16::numeric[],
    $17::int[]) AS e (id, org, workspace, event, at, customer, person, feature, key, provider, model, input, output,
    cost, credits, revenue, latency)
"""
_KEYS = """
INSERT INTO usage_event_key (org_id, event_id, usage_event_id, occurred_at)
SELECT org_id, event_id, id, occurred_at FROM usage_event WHERE id = ANY ($1)
"""
_ROLLUP_OF_EVENTS = _ADD_UP.format(
    f"""SELECT {_DIMENSIONS}, count(*), count(*) FILTER (WHERE cost_usd IS NULL), sum(input_tokens),
    sum(output_tokens), coalesce(sum(cost_usd), 0), sum(credits), coalesce(sum(revenue_usd), 0)
FROM usage_event AS event WHERE id = ANY ($1) GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9"""
)
_LATENCIES = """
INSERT INTO usage_latency_hour AS kept
SELECT org, date_trunc('hour', at, 'UTC'), workspace, provider, model, bucket, count(*)
FROM unnest($1::uuid[], $2::timestamptz[], $3::uuid[], $4::text[], $5::text[], $6::smallint[])
    AS e (org, at, workspace, provider, model, bucket)
GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
ON CONFLICT (org_id, hour, workspace_id, provider, model, bucket)
DO UPDATE SET requests = kept.requests + excluded.requests
"""
_ADJUSTMENTS = """
INSERT INTO usage_adjustment (id, org_id, usage_event_id, occurred_at, kind, batch_id, at, requests, unrated,
    input_tokens, output_tokens, cost_usd, credits, revenue_usd, cost_ref)
SELECT adjustment, event.org_id, event.id, event.occurred_at, kind, batch, made, by_requests, by_unrated, by_input,
    by_output, by_cost, by_credits, by_revenue, ref
FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::timestamptz[], $6::bigint[], $7::bigint[],
    $8::bigint[], $9::bigint[], $10::numeric[], $11::numeric[], $12::numeric[], $13::text[])
    AS a (adjustment, usage_event, kind, batch, made, by_requests, by_unrated, by_input, by_output, by_cost,
    by_credits, by_revenue, ref)
JOIN usage_event AS event ON event.id = a.usage_event
"""
_ROLLUP_OF_ADJUSTMENTS = _ADD_UP.format(
    f"""SELECT {_DIMENSIONS}, sum(a.requests), sum(a.unrated), sum(a.input_tokens), sum(a.output_tokens),
    sum(a.cost_usd), sum(a.credits), sum(a.revenue_usd)
FROM usage_adjustment AS a JOIN usage_event AS event ON event.id = a.usage_event_id
WHERE a.id = ANY ($1) GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9"""
)


@dataclass(frozen=True)
class Used:
    """One event. Amounts have at most twelve digits after the point."""

    org_id: UUID
    workspace_id: UUID
    at: datetime = NOW
    model: str = "gpt-4o"
    provider: str = "openai"
    customer_id: str | None = None
    feature_id: str | None = None
    user_id: str | None = None
    api_key_id: UUID | None = None
    tokens: tuple[int, int] = (1_000, 200)
    cost: Decimal | None = Decimal("0.0125")
    credits: Decimal = Decimal("1.5")
    revenue: Decimal | None = None
    latency_ms: int | None = None
    event_id: str = ""
    id: UUID = field(default_factory=ids.uuid7)


@dataclass(frozen=True)
class Correction:
    """What changes an event's figures, as differences."""

    event: Used
    kind: str
    requests: int = 0
    unrated: int = 0
    tokens: tuple[int, int] = (0, 0)
    cost: Decimal = Decimal(0)
    credits: Decimal = Decimal(0)
    revenue: Decimal = Decimal(0)
    cost_ref: str | None = None
    id: UUID = field(default_factory=ids.uuid7)


def voided(event: Used) -> Correction:
    """Takes an event back that was not corrected before."""
    return Correction(
        event,
        "voided",
        -1,
        -int(event.cost is None),
        (-event.tokens[0], -event.tokens[1]),
        -(event.cost or Decimal(0)),
        -event.credits,
        -(event.revenue or Decimal(0)),
    )


def rated(event: Used, cost: Decimal, burned: Decimal = Decimal(0)) -> Correction:
    """Gives an unrated event its price."""
    return Correction(event, "rated", unrated=-1, cost=cost, credits=burned, cost_ref="later")


async def write(*events: Used) -> None:
    rows = [
        (
            e.id, e.org_id, e.workspace_id, e.event_id or str(e.id), e.at, e.customer_id, e.user_id, e.feature_id,
            e.api_key_id, e.provider, e.model, *e.tokens, e.cost, e.credits, e.revenue, e.latency_ms,
        )
        for e in events
    ]  # fmt: skip
    async with db.unit_of_work() as uow:
        await uow.fetch(_EVENTS, *db.columns(rows))
        await uow.fetch(_KEYS, [e.id for e in events])
        await uow.fetch(_ROLLUP_OF_EVENTS, [e.id for e in events])
        timed = [
            (e.org_id, e.at, e.workspace_id, e.provider, e.model, floor(8 * log2(max(1, e.latency_ms))))
            for e in events
            if e.latency_ms is not None
        ]
        if timed:
            await uow.fetch(_LATENCIES, *db.columns(timed))


async def correct(*corrections: Correction, at: datetime = NOW) -> None:
    batch = ids.uuid7()
    rows = [
        (
            c.id, c.event.id, c.kind, batch, at, c.requests, c.unrated, *c.tokens, c.cost, c.credits, c.revenue,
            c.cost_ref,
        )
        for c in corrections
    ]  # fmt: skip
    async with db.unit_of_work() as uow:
        await uow.fetch(_ADJUSTMENTS, *db.columns(rows))
        await uow.fetch(_ROLLUP_OF_ADJUSTMENTS, [c.id for c in corrections])
