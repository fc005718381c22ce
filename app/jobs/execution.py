"""What workers do to jobs: each step a compare-and-set on the state and the lease token.

A worker that lost its lease matches no row: `LeaseLost`, and nothing of what it did is written.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

import orjson

from app.core.ids import JobId, OrgId
from app.infra import db
from app.infra.db import StaleWrite
from app.jobs import billing, events, records, slots, transitions
from app.jobs.billing import Bill
from app.jobs.errors import LeaseLost
from app.jobs.history import add_state_event
from app.jobs.state import DEFAULT_BACKOFF, LEASE, Backoff, State
from app.jobs.sweeping import (
    dispatch_parked,
    expire,
    force_cancelled,
    give_back,
    purge,
    queue_due,
    recover_lost,
)
from app.jobs.types import ItemOutcome, Job, JobError, ModelCall, Outcome
from app.metering.types import UsageEvent
from app.outbox import service as outbox
from app.pricing.book import PriceBook
from app.pricing.rating import DEFAULT_PRICES, OrgPrices

__all__ = [
    "Lease",
    "Renewed",
    "cancelled",
    "dispatch_parked",
    "expire",
    "fail",
    "force_cancelled",
    "give_back",
    "note_calls",
    "progress",
    "purge",
    "queue_due",
    "recover_lost",
    "renew",
    "save_items",
    "saved_items",
    "start",
    "succeed",
]

_rng = Random()
# A provider may ask for a pause; it is believed up to an hour.
_LONGEST_PAUSE_SECONDS = 3600.0

# Of a job that changes: what its history and its slot need.
_CHANGED = "id, org_id, slot, seq, state, attempt, progress"

_START = f"""
UPDATE job SET state = 'RUNNING', seq = seq + 1, attempt = attempt + 1, progress = 0, lease_token = $2::uuid,
    lease_expires_at = $3::timestamptz, started_at = $4::timestamptz
WHERE id = $1::uuid AND state = 'QUEUED' AND slot IS NOT NULL
    AND (expires_at IS NULL OR expires_at > $4::timestamptz)
RETURNING {records.COLUMNS}, losses
"""
_PROGRESS = """
WITH changed AS (
    UPDATE job SET seq = seq + 1, progress = greatest(progress, $3::smallint)
    WHERE id = $1::uuid AND lease_token = $2::uuid AND state IN ('RUNNING', 'CANCELLING')
    RETURNING id, seq, state, attempt, progress
)
INSERT INTO job_event (job_id, seq, kind, state, attempt, progress, output_offset, output_delta, at)
SELECT id, seq, 'progress', state, attempt, progress, $4::int, $5::text, $6::timestamptz FROM changed
RETURNING state
"""
_SUCCEED = f"""
UPDATE job SET state = 'SUCCEEDED', seq = seq + 1, progress = 100, finished_at = $3::timestamptz,
    lease_token = NULL, lease_expires_at = NULL, input_tokens = $4::bigint, output_tokens = $5::bigint,
    credits = $6::numeric, cost_usd = $7::numeric, result = $8::json, provider = $9::text, model = $10::text,
    error_code = NULL, error_message = NULL
WHERE id = $1::uuid AND lease_token = $2::uuid AND state = 'RUNNING'
RETURNING {_CHANGED}
"""
_FAIL = f"""
UPDATE job SET state = 'FAILED', seq = seq + 1, finished_at = $3::timestamptz, lease_token = NULL,
    lease_expires_at = NULL, input_tokens = $4::bigint, output_tokens = $5::bigint, credits = $6::numeric,
    cost_usd = $7::numeric, error_code = $8::text, error_message = $9::text
WHERE id = $1::uuid AND lease_token = $2::uuid AND state = 'RUNNING'
RETURNING {_CHANGED}
"""
_CANCELLED = f"""
UPDATE job SET state = 'CANCELLED', seq = seq + 1, finished_at = $3::timestamptz, lease_token = NULL,
    lease_expires_at = NULL, input_tokens = $4::bigint, output_tokens = $5::bigint, credits = $6::numeric,
    cost_usd = $7::numeric, error_code = NULL, error_message = NULL
WHERE id = $1::uuid AND lease_token = $2::uuid AND state = 'CANCELLING'
RETURNING {_CHANGED}
"""
_RETRY = f"""
UPDATE job SET state = 'SCHEDULED', seq = seq + 1, run_at = $3::timestamptz, lease_token = NULL,
    lease_expires_at = NULL, error_code = $4::text, error_message = $5::text, noted = NULL
WHERE id = $1::uuid AND lease_token = $2::uuid AND state = 'RUNNING' AND attempt < max_attempts
RETURNING {_CHANGED}
"""
_RENEW = """
UPDATE job SET lease_expires_at = $2::timestamptz
WHERE lease_token = ANY($1::uuid[]) AND state IN ('RUNNING', 'CANCELLING')
RETURNING lease_token, state
"""
_NOTE_CALLS = """
UPDATE job SET noted = $3::json WHERE id = $1 AND lease_token = $2 AND state IN ('RUNNING', 'CANCELLING')
RETURNING state
"""
# The job's row is held against whoever would take it away meanwhile.
_SAVE_ITEMS = """
WITH held AS (
    SELECT id, org_id, state FROM job
    WHERE id = $1 AND lease_token = $2 AND state IN ('RUNNING', 'CANCELLING') FOR SHARE
), saved AS (
    INSERT INTO job_item (job_id, index, org_id, state, result, error_code, error_message, calls, input_tokens,
        output_tokens, at)
    SELECT held.id, i.index, held.org_id, CASE WHEN i.code IS NULL THEN 'SUCCEEDED' ELSE 'FAILED' END, i.result::json,
        i.code, i.message, i.calls::json, i.input, i.output, $10
    FROM held CROSS JOIN unnest($3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::bigint[])
        AS i (index, result, code, message, calls, input, output)
    ON CONFLICT DO NOTHING
)
SELECT state FROM held
"""
_SAVED_ITEMS = """
SELECT index, result, error_code, error_message, calls FROM job_item WHERE job_id = $1 ORDER BY index
"""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to write a job, until someone else is given it. `losses`: workers that were lost while they ran it."""

    job: Job
    token: UUID
    losses: int = 0


async def start(
    org_id: OrgId, job_id: JobId, *, token: UUID, now: datetime, lease: timedelta = LEASE
) -> Lease | None:
    """Takes a queued job that has a slot; None when there is nothing to do (it runs, has ended, or never was)."""
    begun = events.started(org_id, job_id)
    try:
        async with db.unit_of_work(shares_commit=True) as uow:
            started = uow.add(
                _START, job_id, token, now + lease, now, name="changed", expect=1, returning=True
            )
            add_state_event(uow, now=now)
            outbox.publish(uow, begun, now=now)
    except StaleWrite:
        return None
    return Lease(records.job(started.row), token, started.row["losses"])


async def progress(lease: Lease, *, percent: int, offset: int, delta: str, now: datetime) -> State:
    """Notes how far the job is and the text that came; RUNNING, or CANCELLING where it is to stop. Raises `LeaseLost`.

    Subscribers are woken by the caller, not through the outbox: the next step makes up for a lost wake-up.
    """
    state = await db.fetchval(_PROGRESS, lease.job.id, lease.token, percent, offset, delta, now)
    if state is None:
        raise LeaseLost
    return State(state)


async def succeed(
    lease: Lease,
    outcome: Outcome,
    *,
    now: datetime,
    prices: OrgPrices = DEFAULT_PRICES,
    tier: str | None = None,
) -> State:
    """Ends the job: state, credit, usage, rollup, audit and the event in one transaction. Raises `LeaseLost` and
    `ResultTooLarge`.

    One that was to stop meanwhile ends CANCELLED, and what it used is billed; the answer is the state it ended in.
    """
    owed = billing.bill(lease.job, outcome.calls, prices, tier, now=now)
    last = outcome.calls[-1] if outcome.calls else None
    result = records.result_text(outcome.result)
    model = (last and last.provider, last and records.kept_model(last.model))
    try:
        await _end(lease, State.SUCCEEDED, owed, _SUCCEED, (result, *model), now=now)
    except StaleWrite:
        return await cancelled(lease, calls=outcome.calls, now=now, prices=prices, tier=tier)
    return State.SUCCEEDED


async def fail(
    lease: Lease,
    error: JobError,
    *,
    is_retryable: bool,
    now: datetime,
    retry_after: float | None = None,
    backoff: Backoff = DEFAULT_BACKOFF,
    calls: Sequence[ModelCall] = (),
    prices: OrgPrices | None = None,
    tier: str | None = None,
) -> State:
    """Ends the job, or schedules its next attempt where one is left; not before `retry_after` seconds.

    `calls` are those that this attempt made, but for those of saved items: our cost in any case, and where the job has
    ended its bill, together with the saved ones. One that was to stop meanwhile ends CANCELLED. Without
    `prices` those of the org are read. Raises `LeaseLost`.
    """
    if prices is None:
        prices, tier = await billing.prices_for(lease.job, PriceBook())
    if is_retryable:
        run_at = now + _pause(lease.job.attempt, retry_after, backoff)
        try:
            alike = _alike(lease.job, calls)
            async with db.unit_of_work(shares_commit=True, commits_with=alike) as uow:
                _add_retry(uow, lease, error, run_at, now)
                billing.book_attempt(uow, lease.job, calls, prices, tier, now=now)
        except StaleWrite:
            pass  # no attempt is left, it is to stop, or the lease is lost: the next statements tell which
        else:
            return State.SCHEDULED
    calls = [*(call for item in await saved_items(lease) for call in item.calls), *calls]
    owed = billing.bill(lease.job, calls, prices, tier, now=now)
    try:
        await _end(lease, State.FAILED, owed, _FAIL, (error.code, error.message), now=now, error=error)
    except StaleWrite:
        return await cancelled(lease, calls=calls, now=now, prices=prices, tier=tier)
    return State.FAILED


async def cancelled(
    lease: Lease,
    *,
    now: datetime,
    calls: Sequence[ModelCall] = (),
    prices: OrgPrices = DEFAULT_PRICES,
    tier: str | None = None,
) -> State:
    """Ends a CANCELLING job whose handler has stopped; what it used is billed. Raises `LeaseLost`.

    `calls` are all that it is to pay for, those of saved items among them.
    """
    owed = billing.bill(lease.job, calls, prices, tier, now=now)
    try:
        await _end(lease, State.CANCELLED, owed, _CANCELLED, (), now=now)
    except StaleWrite:
        raise LeaseLost from None
    return State.CANCELLED


@dataclass(frozen=True, slots=True)
class Renewed:
    """Of the leases that were to be renewed those still held, and of these the ones whose job is to stop."""

    held: frozenset[UUID]
    cancelling: frozenset[UUID]


async def renew(
    connection: "db.Connection", tokens: Sequence[UUID], *, now: datetime, lease: timedelta = LEASE
) -> Renewed:
    """Prolongs the leases. Those that are not in the answer belong to nobody or to another worker.

    On a connection of the caller's: renewal must not wait for the pool that busy handlers use.
    """
    rows = await connection.fetch(_RENEW, list(tokens), now + lease)
    return Renewed(
        frozenset(row["lease_token"] for row in rows),
        frozenset(row["lease_token"] for row in rows if row["state"] == State.CANCELLING),
    )


async def note_calls(lease: Lease, calls: Sequence[ModelCall]) -> State:
    """Keeps the calls that the attempt has made so far, for a bill that no worker writes. As `progress` otherwise."""
    state = await db.fetchval(_NOTE_CALLS, lease.job.id, lease.token, records.calls_text(calls))
    if state is None:
        raise LeaseLost
    return State(state)


async def save_items(lease: Lease, items: Sequence[ItemOutcome], *, now: datetime) -> State:
    """Keeps what inputs of a batch came to; one that was saved before stays as it was. As `progress` otherwise."""
    rows = [_item_row(item) for item in items]
    columns = db.columns(rows) if rows else [[] for _ in range(7)]
    state = await db.fetchval(_SAVE_ITEMS, lease.job.id, lease.token, *columns, now)
    if state is None:
        raise LeaseLost
    return State(state)


async def saved_items(lease: Lease) -> Sequence[ItemOutcome]:
    """What this and earlier attempts have saved, with the calls that the bill has to count."""
    return [_saved(row) for row in await db.fetch(_SAVED_ITEMS, lease.job.id)]


async def _end(
    lease: Lease,
    state: State,
    owed: Bill,
    sql: str,
    more: Sequence[object],
    *,
    now: datetime,
    error: JobError | None = None,
) -> None:
    """Raises `StaleWrite` where the job is not as `sql` wants it."""
    job = lease.job
    ended = replace(
        job,
        state=state,
        finished_at=now,
        error=error,
        input_tokens=owed.input_tokens,
        output_tokens=owed.output_tokens,
        credits=owed.credits,
        cost_usd=owed.cost_usd,
    )
    figures = (owed.input_tokens, owed.output_tokens, owed.credits, owed.cost_usd)
    async with db.unit_of_work(shares_commit=True, commits_with=_alike(job, owed.usage)) as uow:
        uow.add(sql, job.id, lease.token, now, *figures, *more, name="changed", expect=1)
        add_state_event(uow, now=now)
        billing.settle(uow, job, owed, now=now)
        slots.hand_on(uow, now=now)
        transitions.add_end(uow, ended, now=now)


def _alike(job: Job, calls: "Sequence[ModelCall | UsageEvent]") -> Hashable:
    """What shares a commit locks the same rows of wallets, budgets and rollups: none can lock another out."""
    models = tuple(sorted({(call.provider, records.kept_model(call.model)) for call in calls}))
    return (job.org_id, job.workspace_id, job.customer_id, job.kind, job.created_by_id, models)


def _pause(attempt: int, retry_after: float | None, backoff: Backoff) -> timedelta:
    asked = timedelta(seconds=min(retry_after or 0, _LONGEST_PAUSE_SECONDS))
    return max(backoff.pause(attempt, _rng), asked)


def _add_retry(uow: db.UnitOfWork, lease: Lease, error: JobError, run_at: datetime, now: datetime) -> None:
    job = lease.job
    uow.add(_RETRY, job.id, lease.token, run_at, error.code, error.message, name="changed", expect=1)
    add_state_event(uow, now=now)
    slots.hand_on(uow, now=now)
    outbox.publish(uow, events.transitioned(replace(job, state=State.SCHEDULED)), now=now)


def _item_row(item: ItemOutcome) -> tuple[object, ...]:
    result = None if item.result is None else records.result_text(item.result)
    return (
        item.index,
        result,
        item.error and item.error.code,
        item.error and item.error.message,
        records.calls_text(item.calls),
        sum(call.usage.input_tokens for call in item.calls),
        sum(call.usage.output_tokens for call in item.calls),
    )


def _saved(row: db.Row) -> ItemOutcome:
    error = None
    if row["error_code"] is not None:
        error = JobError(row["error_code"], row["error_message"] or "")
    result = None if row["result"] is None else orjson.loads(row["result"])
    return ItemOutcome(row["index"], result, error, records.calls(row["calls"]))
