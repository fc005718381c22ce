"""What workers do to jobs: each step a compare-and-set on the state and the lease token.

A worker that lost its lease matches no row: `LeaseLost`, and nothing of what it did is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

import orjson

from app.audit import service as audit
from app.audit.types import Action, Entry
from app.core.ids import ApiKeyId, JobId, OrgId
from app.core.principal import Principal
from app.core.text import without_nul
from app.infra import db
from app.infra.db import StaleWrite
from app.jobs import events, records, tasks
from app.jobs.errors import LeaseLost
from app.jobs.history import add_state_event
from app.jobs.state import DEFAULT_BACKOFF, LEASE, TERMINAL, Backoff, State, after_loss
from app.jobs.types import Job, JobError, ModelCall, Outcome
from app.metering import service as metering
from app.metering.types import EventType, Metered, UsageEvent
from app.outbox import service as outbox
from app.pricing.rating import DEFAULT_PRICES, OrgPrices

_rng = Random()
# What a provider calls its model is its own affair, but must not keep a paid call from being booked.
_MODEL_LENGTH = 128
# A provider may ask for a pause; it is believed up to an hour.
_LONGEST_PAUSE_SECONDS = 3600.0

_START = f"""
UPDATE job SET state = 'RUNNING', seq = seq + 1, attempt = attempt + 1, progress = 0, lease_token = $2::uuid,
    lease_expires_at = $3::timestamptz, started_at = $4::timestamptz
WHERE id = $1::uuid AND state = 'QUEUED'
RETURNING {records.COLUMNS}
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
_SUCCEED = """
UPDATE job SET state = 'SUCCEEDED', seq = seq + 1, progress = 100, finished_at = $3::timestamptz,
    lease_token = NULL, lease_expires_at = NULL, result = $4::json, provider = $5::text, model = $6::text,
    input_tokens = $7::bigint, output_tokens = $8::bigint, credits = $9::numeric, cost_usd = $10::numeric,
    error_code = NULL, error_message = NULL
WHERE id = $1::uuid AND lease_token = $2::uuid AND state = 'RUNNING'
RETURNING id, seq, state, attempt, progress
"""
_FAIL = """
UPDATE job SET state = 'FAILED', seq = seq + 1, finished_at = $3::timestamptz, lease_token = NULL,
    lease_expires_at = NULL, error_code = $4::text, error_message = $5::text,
    input_tokens = $6::bigint, output_tokens = $7::bigint, credits = $8::numeric, cost_usd = $9::numeric
WHERE id = $1::uuid AND lease_token = $2::uuid AND state = 'RUNNING'
RETURNING id, seq, state, attempt, progress
"""
_CANCELLED = """
UPDATE job SET state = 'CANCELLED', seq = seq + 1, finished_at = $3::timestamptz, lease_token = NULL,
    lease_expires_at = NULL,
    input_tokens = $4::bigint, output_tokens = $5::bigint, credits = $6::numeric, cost_usd = $7::numeric
WHERE id = $1::uuid AND lease_token = $2::uuid AND state = 'CANCELLING'
RETURNING id, seq, state, attempt, progress
"""
_RETRY = """
UPDATE job SET state = 'SCHEDULED', seq = seq + 1, run_at = $3::timestamptz, lease_token = NULL,
    lease_expires_at = NULL, error_code = $4::text, error_message = $5::text
WHERE id = $1::uuid AND lease_token = $2::uuid AND state = 'RUNNING' AND attempt < max_attempts
RETURNING id, seq, state, attempt, progress
"""
_RENEW = """
UPDATE job SET lease_expires_at = $2::timestamptz
WHERE lease_token = ANY($1::uuid[]) AND state IN ('RUNNING', 'CANCELLING')
RETURNING lease_token, state
"""
_FIND_LOST = """
SELECT id, org_id, workspace_id, kind, state, losses, created_by_kind, created_by_id FROM job
WHERE lease_expires_at < $1::timestamptz ORDER BY lease_expires_at LIMIT $2
FOR UPDATE SKIP LOCKED
"""
_TAKE_BACK = """
UPDATE job SET
    seq = seq + 1, losses = losses + 1, lease_token = NULL, lease_expires_at = NULL, state = lost.state,
    run_at = $1::timestamptz,
    finished_at = CASE WHEN lost.state <> 'SCHEDULED' THEN $1::timestamptz END,
    error_code = CASE WHEN lost.state <> 'CANCELLED' THEN 'worker_lost' END,
    error_message = CASE WHEN lost.state <> 'CANCELLED' THEN 'The worker that ran the job was lost.' END
FROM unnest($2::uuid[], $3::text[]) AS lost (id, state) WHERE job.id = lost.id
RETURNING job.id, seq, job.state, attempt, progress
"""
_FIND_HELD = """
SELECT id, org_id FROM job WHERE lease_token = ANY ($1::uuid[]) AND state = 'RUNNING' FOR UPDATE SKIP LOCKED
"""
_GIVE_BACK = """
UPDATE job SET state = 'SCHEDULED', seq = seq + 1, run_at = $1::timestamptz, lease_token = NULL,
    lease_expires_at = NULL
WHERE id = ANY ($2::uuid[])
RETURNING id, seq, state, attempt, progress
"""
_FIND_DUE = """
SELECT id, org_id FROM job WHERE state = 'SCHEDULED' AND run_at <= $1::timestamptz ORDER BY run_at LIMIT $2
FOR UPDATE SKIP LOCKED
"""
_QUEUE = """
UPDATE job SET state = 'QUEUED', seq = seq + 1, queued_at = $1::timestamptz
WHERE id = ANY ($2::uuid[])
RETURNING id, seq, state, attempt, progress
"""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to write a job, until someone else is given it."""

    job: Job
    token: UUID


async def start(org_id: OrgId, job_id: JobId, *, token: UUID, now: datetime) -> Lease | None:
    """Takes a queued job; None when there is nothing to do (it runs, is done, or never was)."""
    try:
        async with db.unit_of_work() as uow:
            started = uow.add(
                _START, job_id, token, now + LEASE, now, name="changed", expect=1, returning=True
            )
            add_state_event(uow, now=now)
            outbox.publish(uow, events.transitioned(org_id, job_id, State.RUNNING), now=now)
    except StaleWrite:
        return None
    return Lease(records.job(started.row), token)


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
    """Ends the job: state, usage, rollup, audit and the event in one transaction. Raises `LeaseLost`.

    One that was to stop meanwhile ends CANCELLED, and what it used is billed; the answer is the state it ended in.
    """
    job = lease.job
    usage = _usage_events(job, outcome.calls, prices, tier, now)
    last = outcome.calls[-1] if outcome.calls else None
    try:
        async with db.unit_of_work() as uow:
            uow.add(
                _SUCCEED,
                job.id,
                lease.token,
                now,
                without_nul(orjson.dumps(dict(outcome.result)).decode()),
                last and last.provider,
                last and _kept(last.model),
                *_figures(outcome.calls, usage),
                name="changed",
                expect=1,
            )
            add_state_event(uow, now=now)
            metering.record(uow, usage, now=now)
            _record_end(uow, job, State.SUCCEEDED, now)
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
    prices: OrgPrices = DEFAULT_PRICES,
    tier: str | None = None,
) -> State:
    """Ends the job, or schedules its next attempt where one is left; not before `retry_after` seconds.

    `calls` are those that this attempt made: our cost in any case, and the job's bill if it has ended. One that was to
    stop meanwhile ends CANCELLED. Raises `LeaseLost`.
    """
    job = lease.job
    if is_retryable:
        try:
            await _schedule_retry(lease, error, retry_after, backoff, now)
        except StaleWrite:
            pass  # no attempt is left, it is to stop, or the lease is lost: the next statements tell which
        else:
            return State.SCHEDULED
    usage = _usage_events(job, calls, prices, tier, now)
    figures = _figures(calls, usage)
    try:
        async with db.unit_of_work() as uow:
            uow.add(
                _FAIL,
                job.id,
                lease.token,
                now,
                error.code,
                error.message,
                *figures,
                name="changed",
                expect=1,
            )
            add_state_event(uow, now=now)
            metering.record(uow, usage, now=now)
            _record_end(uow, job, State.FAILED, now)
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
    """Ends a CANCELLING job whose handler has stopped; what it used is billed. Raises `LeaseLost`."""
    job = lease.job
    usage = _usage_events(job, calls, prices, tier, now)
    try:
        async with db.unit_of_work() as uow:
            uow.add(_CANCELLED, job.id, lease.token, now, *_figures(calls, usage), name="changed", expect=1)
            add_state_event(uow, now=now)
            metering.record(uow, usage, now=now)
            _record_end(uow, job, State.CANCELLED, now)
    except StaleWrite:
        raise LeaseLost from None
    return State.CANCELLED


@dataclass(frozen=True, slots=True)
class Renewed:
    """Of the leases that were to be renewed those still held, and of these the ones whose job is to stop."""

    held: frozenset[UUID]
    cancelling: frozenset[UUID]


async def renew(connection: "db.Connection", tokens: Sequence[UUID], *, now: datetime) -> Renewed:
    """Prolongs the leases. Those that are not in the answer belong to nobody or to another worker.

    On a connection of the caller's: renewal must not wait for the pool that busy handlers use.
    """
    rows = await connection.fetch(_RENEW, list(tokens), now + LEASE)
    return Renewed(
        frozenset(row["lease_token"] for row in rows),
        frozenset(row["lease_token"] for row in rows if row["state"] == State.CANCELLING),
    )


async def give_back(tokens: Sequence[UUID], *, now: datetime) -> int:
    """Returns unfinished jobs when a worker stops, to be run again at once; this counts as no loss.

    Returns how many. What their handlers still write is refused (`LeaseLost`).
    """
    async with db.unit_of_work() as uow:
        held = await uow.fetch(_FIND_HELD, list(tokens))
        if not held:
            return 0
        uow.add(_GIVE_BACK, now, [row["id"] for row in held], name="changed")
        add_state_event(uow, now=now)
        outbox.publish(
            uow, *(events.transitioned(row["org_id"], row["id"], State.SCHEDULED) for row in held), now=now
        )
        return len(held)


async def recover_lost(*, now: datetime, limit: int = 100) -> int:
    """Takes jobs from workers whose lease ran out; returns how many. Any number of callers may race."""
    async with db.unit_of_work() as uow:
        lost = await uow.fetch(_FIND_LOST, now, limit)
        if not lost:
            return 0
        following = [after_loss(State(row["state"]), row["losses"] + 1) for row in lost]
        uow.add(_TAKE_BACK, now, [row["id"] for row in lost], [s.value for s in following], name="changed")
        add_state_event(uow, now=now)
        steps = list(zip(lost, following, strict=True))
        outbox.publish(
            uow, *(events.transitioned(row["org_id"], row["id"], state) for row, state in steps), now=now
        )
        audit.record(uow, *(_end_of(row, state, now) for row, state in steps if state in TERMINAL))
        return len(lost)


async def queue_due(*, now: datetime, limit: int = 500) -> int:
    """Queues scheduled jobs whose time has come; returns how many. Any number of callers may race."""
    async with db.unit_of_work() as uow:
        due = await uow.fetch(_FIND_DUE, now, limit)
        if not due:
            return 0
        uow.add(_QUEUE, now, [row["id"] for row in due], name="changed")
        add_state_event(uow, now=now)
        outbox.enqueue(uow, *(tasks.run_job(row["org_id"], row["id"]) for row in due), now=now)
        outbox.publish(
            uow, *(events.transitioned(row["org_id"], row["id"], State.QUEUED) for row in due), now=now
        )
        return len(due)


async def _schedule_retry(
    lease: Lease, error: JobError, retry_after: float | None, backoff: Backoff, now: datetime
) -> None:
    job = lease.job
    asked = timedelta(seconds=min(retry_after or 0, _LONGEST_PAUSE_SECONDS))
    run_at = now + max(backoff.pause(job.attempt, _rng), asked)
    async with db.unit_of_work() as uow:
        uow.add(_RETRY, job.id, lease.token, run_at, error.code, error.message, name="changed", expect=1)
        add_state_event(uow, now=now)
        outbox.publish(uow, events.transitioned(job.org_id, job.id, State.SCHEDULED), now=now)


def _kept(model: str) -> str:
    return model.replace("\0", "")[:_MODEL_LENGTH]


def _usage_events(
    job: Job, calls: Sequence[ModelCall], prices: OrgPrices, tier: str | None, now: datetime
) -> list[UsageEvent]:
    return [
        UsageEvent(
            event_id=f"job:{job.id}:{number}",
            org_id=job.org_id,
            workspace_id=job.workspace_id,
            occurred_at=now,
            event_type=EventType.TOKEN_USAGE,
            provider=call.provider,
            model=_kept(call.model),
            usage=call.usage,
            rating=prices.rate(_metered(call), at=now, customer=job.customer_id, tier=tier),
            customer_id=job.customer_id,
            feature_id=job.kind,
            api_key_id=ApiKeyId(job.created_by_id) if job.created_by_kind == "api_key" else None,
            job_id=job.id,
        )
        for number, call in enumerate(calls)
    ]


def _figures(
    calls: Sequence[ModelCall], usage: Sequence[UsageEvent]
) -> tuple[int, int, Decimal, Decimal | None]:
    """Tokens in and out, credits, and the cost: None where a price is not known."""
    costs = [event.rating.cost_usd for event in usage]
    known = [cost for cost in costs if cost is not None]
    return (
        sum(call.usage.input_tokens for call in calls),
        sum(call.usage.output_tokens for call in calls),
        sum((event.rating.credits for event in usage), Decimal(0)),
        sum(known, Decimal(0)) if len(known) == len(costs) else None,
    )


def _metered(call: ModelCall) -> Metered:
    return Metered(EventType.TOKEN_USAGE, call.provider, _kept(call.model), call.usage)


def _record_end(uow: db.UnitOfWork, job: Job, state: State, now: datetime) -> None:
    creator = Principal(job.created_by_kind, job.created_by_id)
    changes = {"kind": job.kind, "state": state.value}
    audit.record(uow, Entry(job.org_id, Action.JOB_COMPLETED, creator, "job", job.id, now, changes))
    outbox.publish(uow, events.transitioned(job.org_id, job.id, state), now=now)


def _end_of(row: db.Row, state: State, now: datetime) -> Entry:
    creator = Principal(row["created_by_kind"], row["created_by_id"])
    changes = {"kind": row["kind"], "state": state.value}
    return Entry(OrgId(row["org_id"]), Action.JOB_COMPLETED, creator, "job", row["id"], now, changes)
