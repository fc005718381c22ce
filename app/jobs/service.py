"""What clients do to jobs."""

import contextlib
from collections.abc import Hashable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson

from app.audit import service as audit
from app.audit.types import Action, Entry
from app.core import ids
from app.core.errors import InvalidInput
from app.core.events import org_topic
from app.core.ids import JobId, OrgId, WorkspaceId
from app.core.principal import Access, Permission, Principal
from app.entitlements.desk import Desk
from app.entitlements.errors import QuotaExceeded
from app.idempotency import service as idempotency
from app.idempotency.service import Claim
from app.idempotency.types import Done, validate_key
from app.identity import queries as identity
from app.infra import db
from app.infra.db import Refused, StaleWrite, UnitOfWork
from app.jobs import billing, kinds, queries, records, slots, transitions
from app.jobs.errors import JobEnded, JobNotRetriable, JobPurged
from app.jobs.history import add_state_event
from app.jobs.state import CANCEL_GRACE, TERMINAL, State
from app.jobs.types import CreatedJob, CreateJob, Job, Priority
from app.outbox import service as outbox

_INSERT = """
INSERT INTO job (
    id, org_id, workspace_id, kind, state, seq, max_attempts, input, estimated_tokens, customer_id,
    created_by_kind, created_by_id, created_at, run_at, queued_at, priority, expires_at, estimated_credits, retry_of,
    slot, hold_id, keep_days
) SELECT
    $1::uuid, $2::uuid, $3::uuid, $4::text, $5::text, 1, $6::smallint, $7::json, $8::bigint, $9::text,
    $10::text, $11::uuid, $12::timestamptz, $13::timestamptz, $14::timestamptz, $15::smallint, $16::timestamptz,
    $17::numeric, $18::uuid, {slot}, (SELECT hold_id FROM held), coalesce(plan.job_retention_days, 7)
FROM org LEFT JOIN plan ON plan.code = org.plan AND plan.version = org.plan_version WHERE org.id = $2::uuid
RETURNING id, org_id, seq, state, attempt, progress
"""
_INSERT_QUEUED = _INSERT.format(slot="(SELECT n FROM slot)")
_INSERT_SCHEDULED = _INSERT.format(slot="NULL")
_RETRIED = """
UPDATE job SET retried_by = $2::uuid
WHERE id = $1::uuid AND retried_by IS NULL AND purged_at IS NULL AND state IN ('FAILED', 'EXPIRED') RETURNING id
"""
_CANCEL = f"""
UPDATE job SET seq = seq + 1,
    state = CASE state WHEN 'RUNNING' THEN 'CANCELLING' ELSE 'CANCELLED' END,
    cancel_deadline = CASE state WHEN 'RUNNING' THEN $3::timestamptz END,
    finished_at = CASE WHEN state <> 'RUNNING' THEN $2::timestamptz END
WHERE id = $1 AND state IN ('SCHEDULED', 'QUEUED', 'RUNNING')
RETURNING {records.COLUMNS}
"""
# Of a job that no worker has had: nothing is to be paid.
_CANCEL_UNTOUCHED = """
UPDATE job SET state = 'CANCELLED', seq = seq + 1, finished_at = $3::timestamptz
WHERE id = $1::uuid AND seq = $2::bigint AND state IN ('SCHEDULED', 'QUEUED') AND attempt = 0
RETURNING id, org_id, slot, seq, state, attempt, progress
"""
_RELEASE = "SELECT job_release(ARRAY[$1::uuid], $2::timestamptz)"
_WAITING = frozenset({State.SCHEDULED, State.QUEUED})
_RETRIABLE = frozenset({State.FAILED, State.EXPIRED})


async def create(
    principal: Principal, org_id: OrgId, *, command: CreateJob, now: datetime, desk: Desk | None = None
) -> CreatedJob:
    """Queues or schedules a job; of one idempotency key one job, and a replay is answered with the first.

    `desk` knows what the org's plan leaves and what the job will burn, which is held until it ends; None is for those
    who set up an installation, whom no plan limits.
    Raises `UnknownKind`, `InvalidInput`, `CustomerNotFound` for an id of ours that is none, `ModelNotAllowed`,
    `QuotaExceeded`, `InsufficientCredits`, `BudgetExceeded`, `KeyReused`, `RequestInProgress`.
    """
    command.validate(now=now)
    access = principal.authorise(org_id, Permission.JOBS_WRITE)
    if desk is not None:
        command = replace(command, customer_id=await desk.customer(org_id, command.customer_id))
    kind = kinds.get(command.kind)
    data = kind.parse(command.input)
    model = getattr(data, "model", None)
    # A kind whose input names no model chooses one itself: nothing that a key limited to models could allow.
    principal.require_model(model)
    claim = _claim(access, command)
    tokens = kind.tokens(data)
    if desk is not None and (first := await _require_tokens(access, desk, claim, tokens.total, now)):
        return CreatedJob(_first_job(access, command, first), is_replay=True)
    workspace_id = principal.workspace_id or (await identity.default_workspace(principal, org_id)).id
    job = _new_job(access, command, JobId(ids.uuid7()), workspace_id, tokens.total, now)
    if desk is not None:
        credits_ = await billing.estimate(desk, access, command=command, model=model, tokens=tokens, now=now)
        job = replace(job, estimated_credits=credits_)
    try:
        first = await idempotency.once(
            claim,
            lambda: _submit(
                principal, job, kind.max_attempts, claim=claim, is_limited=_is_limited(desk, access), now=now
            ),
            now=now,
        )
    except Refused as refused:
        first = None if claim is None else await idempotency.find(claim, now=now)
        if first is None:
            raise billing.refusal(refused) from None
    if first is None:
        return CreatedJob(job, is_replay=False)
    return CreatedJob(_first_job(access, command, first), is_replay=True)


async def cancel(
    principal: Principal, job_id: JobId, *, idempotency_key: str | None = None, now: datetime
) -> Done[Job]:
    """Ends a job that waits, and tells one that runs to stop: until `cancel_deadline` by itself, then by force.

    One that was cancelled before is answered as it is; a replay as it was then, but without its result. Raises
    `JobNotFound`, `JobEnded` for one that ended otherwise, `InvalidInput`, `KeyReused`, `RequestInProgress`.
    """
    _refuse(idempotency_key)
    before = await queries.to_write(principal, job_id)
    if idempotency_key is None and before.state in _WAITING and before.attempt == 0:
        with contextlib.suppress(StaleWrite):
            return Done(await _cancel_untouched(principal, before, now=now), is_replay=False)

    async def act(uow: UnitOfWork) -> Job:
        rows = await uow.fetch(_CANCEL, job_id, now, now + CANCEL_GRACE)
        cancelled = await transitions.follow(uow, [records.job(row) for row in rows], now=now)
        for job in cancelled:
            changes = {"kind": job.kind}
            audit.record(uow, Entry(job.org_id, Action.JOB_CANCELLED, principal, "job", job.id, now, changes))
        job = cancelled[0] if cancelled else await queries.to_write(principal, job_id)
        if job.state in TERMINAL and job.state is not State.CANCELLED:
            raise JobEnded(f"The job has ended already: it is {job.state}.")
        # What went in and came out may be megabytes, which no claim has to keep.
        return job if idempotency_key is None else replace(job, input={}, result=None)

    access = principal.authorise(before.org_id, Permission.JOBS_WRITE)
    claim = None if idempotency_key is None else Claim(access, "jobs.cancel", idempotency_key, {"id": job_id})
    done = await idempotency.perform(claim, act, answer=Job, now=now)
    return Done(_shown(principal, replace(done.value, input=before.input)), done.is_replay)


async def _cancel_untouched(principal: Principal, job: Job, *, now: datetime) -> Job:
    """Raises `StaleWrite` where it is not any more as it was read."""
    cancelled = replace(job, state=State.CANCELLED, seq=job.seq + 1, finished_at=now)
    async with db.unit_of_work(shares_commit=True, commits_with=_alike(job)) as uow:
        uow.add(_CANCEL_UNTOUCHED, job.id, job.seq, now, name="changed", expect=1)
        add_state_event(uow, now=now)
        if job.hold_id is not None:
            uow.add(_RELEASE, job.id, now, name="released", expect=1)
            outbox.wake(uow, org_topic("wallet", job.org_id))
        slots.hand_on(uow, now=now)
        transitions.add_end(uow, cancelled, now=now)
        changes = {"kind": job.kind}
        audit.record(uow, Entry(job.org_id, Action.JOB_CANCELLED, principal, "job", job.id, now, changes))
    return _shown(principal, cancelled)


async def retry(
    principal: Principal,
    job_id: JobId,
    *,
    idempotency_key: str | None = None,
    now: datetime,
    desk: Desk | None = None,
) -> CreatedJob:
    """Runs a job that failed or expired once more: a new job with all its attempts, linked to the first by `retry_of`.

    One that has been retried is answered with the job that was made then. Raises what `create` raises, `JobNotFound`,
    `JobNotRetriable`, and `JobPurged` where its input is not kept any more.
    """
    _refuse(idempotency_key)
    job = await queries.to_write(principal, job_id)
    access = principal.authorise(job.org_id, Permission.JOBS_WRITE)
    claim = None if idempotency_key is None else Claim(access, "jobs.retry", idempotency_key, {"id": job_id})
    if claim is not None and (first := await idempotency.find(claim, now=now)) is not None:
        return await _retried(principal, JobId(UUID(first["id"])))
    if job.retried_by is not None:
        return await _retried(principal, job.retried_by)
    if job.state not in _RETRIABLE:
        raise JobNotRetriable(f"The job is {job.state}: only jobs that failed or expired are retried.")
    if job.purged_at is not None:
        raise JobPurged
    kind = kinds.get(job.kind)
    command = CreateJob(job.kind, job.input, job.customer_id, priority=job.priority)
    data = kind.parse(job.input)
    model = getattr(data, "model", None)
    principal.require_model(model)
    tokens = kind.tokens(data)
    again = _new_job(access, command, JobId(ids.uuid7()), job.workspace_id, tokens.total, now)
    again = replace(again, retry_of=job.id)
    if desk is not None:
        await desk.require_tokens(access, tokens=tokens.total, now=now)
        credits_ = await billing.estimate(desk, access, command=command, model=model, tokens=tokens, now=now)
        again = replace(again, estimated_credits=credits_)
    try:
        limited = _is_limited(desk, access)
        first = await idempotency.once(
            claim,
            lambda: _submit(principal, again, kind.max_attempts, claim=claim, is_limited=limited, now=now),
            now=now,
        )
    except Refused as refused:
        raise billing.refusal(refused) from None
    except StaleWrite:
        # Somebody was faster, or it was purged in this moment.
        if (faster := (await queries.to_write(principal, job_id)).retried_by) is None:
            raise JobPurged from None
        return await _retried(principal, faster)
    if first is not None:
        return await _retried(principal, JobId(UUID(first["id"])))
    return CreatedJob(_shown(principal, again), is_replay=False)


async def _submit(
    principal: Principal,
    job: Job,
    max_attempts: int,
    *,
    is_limited: bool,
    now: datetime,
    claim: Claim | None = None,
) -> None:
    """Raises `Refused` where credit lacks, or, where it `is_limited`, tokens of the plan.

    And `StaleWrite` where the job that it retries was retried already.
    """
    is_queued = job.state is State.QUEUED
    # Slots are passed over where they are taken; what else is locked is the same for all that are alike.
    async with db.unit_of_work(shares_commit=True, commits_with=_alike(job)) as uow:
        if claim is not None:
            claim.take(uow, _answer(job), now=now)
        if job.retry_of is not None:
            uow.add(_RETRIED, job.retry_of, job.id, name="retried", expect=1)
        if is_limited:
            billing.require_tokens(uow, job, now=now)
        billing.hold(uow, job, now=now)
        if is_queued:
            slots.take(uow, job, now=now)
        _insert(uow, _INSERT_QUEUED if is_queued else _INSERT_SCHEDULED, job, max_attempts)
        add_state_event(uow, now=now)
        outbox.wake(uow, org_topic("job", job.org_id))
        action = Action.JOB_CREATED if job.retry_of is None else Action.JOB_RETRIED
        audit.record(uow, Entry(job.org_id, action, principal, "job", job.id, now, {"kind": job.kind}))


def _refuse(idempotency_key: str | None) -> None:
    if faults := validate_key(idempotency_key):
        raise InvalidInput(faults)


def _is_limited(desk: Desk | None, access: Access) -> bool:
    return desk is not None and desk.limits_tokens(access)


async def _retried(principal: Principal, job_id: JobId) -> CreatedJob:
    return CreatedJob(_shown(principal, await queries.to_write(principal, job_id)), is_replay=True)


def _shown(principal: Principal, job: Job) -> Job:
    """What went in and came out is for those who may read jobs."""
    if principal.may(job.org_id, Permission.JOBS_READ):
        return job
    return replace(job, input={}, result=None)


async def _require_tokens(
    access: Access, desk: Desk, claim: Claim | None, tokens: int, now: datetime
) -> Mapping[str, Any] | None:
    """Raises `QuotaExceeded`, unless the job was created before: then its stored answer."""
    try:
        await desk.require_tokens(access, tokens=tokens, now=now)
    except QuotaExceeded:
        first = None if claim is None else await idempotency.find(claim, now=now)
        if first is None:
            raise
        return first
    return None


def _claim(access: Access, command: CreateJob) -> Claim | None:
    if command.idempotency_key is None:
        return None
    body: dict[str, Any] = {"kind": command.kind, "input": command.input, "customer_id": command.customer_id}
    # Left out where they say nothing: a key of before there were any of them stands for the same request.
    if command.run_at is not None:
        body["run_at"] = command.run_at.isoformat()
    if command.expires_at is not None:
        body["expires_at"] = command.expires_at.isoformat()
    if command.priority is not Priority.NORMAL:
        body["priority"] = command.priority.name
    return Claim(access, "jobs.create", command.idempotency_key, body)


def _answer(job: Job) -> Mapping[str, Any]:
    """What the request does not say itself: with it, a replay shows the job as it was made."""
    return {
        "id": str(job.id),
        "workspace_id": str(job.workspace_id),
        "estimated_tokens": job.estimated_tokens,
        "estimated_credits": None if job.estimated_credits is None else str(job.estimated_credits),
        "created_at": job.created_at.isoformat(),
    }


def _first_job(access: Access, command: CreateJob, answer: Mapping[str, Any]) -> Job:
    job = _new_job(
        access,
        command,
        JobId(UUID(answer["id"])),
        WorkspaceId(UUID(answer["workspace_id"])),
        answer["estimated_tokens"],
        datetime.fromisoformat(answer["created_at"]),
    )
    burned = answer.get("estimated_credits")
    return replace(job, estimated_credits=burned and Decimal(burned))


def _new_job(
    access: Access,
    command: CreateJob,
    job_id: JobId,
    workspace_id: WorkspaceId,
    estimated_tokens: int,
    now: datetime,
) -> Job:
    is_later = command.run_at is not None and command.run_at > now
    return Job(
        id=job_id,
        org_id=access.org_id,
        workspace_id=workspace_id,
        kind=command.kind,
        state=State.SCHEDULED if is_later else State.QUEUED,
        seq=1,
        attempt=0,
        progress=0,
        input=command.input,
        estimated_tokens=estimated_tokens,
        created_by_kind=access.principal.kind,
        created_by_id=access.principal.id,
        created_at=now,
        run_at=command.run_at if is_later and command.run_at else now,
        queued_at=None if is_later else now,
        customer_id=command.customer_id,
        priority=command.priority,
        expires_at=command.expires_at,
    )


def _insert(uow: UnitOfWork, sql: str, job: Job, max_attempts: int) -> None:
    uow.add(
        sql,
        job.id,
        job.org_id,
        job.workspace_id,
        job.kind,
        job.state.value,
        max_attempts,
        orjson.dumps(dict(job.input)).decode(),
        job.estimated_tokens,
        job.customer_id,
        job.created_by_kind,
        job.created_by_id,
        job.created_at,
        job.run_at,
        job.queued_at,
        job.priority.value,
        job.expires_at,
        job.estimated_credits,
        job.retry_of,
        name="changed",
        expect=1,
    )


def _alike(job: Job) -> Hashable:
    """Jobs that share a commit draw from one wallet and count towards the same budgets: none locks another out."""
    return (job.org_id, job.customer_id, job.created_by_id)
