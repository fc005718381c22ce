"""What clients do to jobs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from app.audit import service as audit
from app.audit.types import Action, Entry
from app.core import ids
from app.core.events import org_topic
from app.core.ids import JobId, OrgId, WorkspaceId
from app.core.principal import Access, Permission, Principal
from app.entitlements.desk import Desk
from app.entitlements.errors import QuotaExceeded
from app.idempotency import service as idempotency
from app.idempotency.service import Claim
from app.identity import queries as identity
from app.infra import db
from app.jobs import kinds, tasks
from app.jobs.history import add_state_event
from app.jobs.state import State
from app.jobs.types import CreatedJob, CreateJob, Job
from app.outbox import service as outbox

_INSERT = """
INSERT INTO job (
    id, org_id, workspace_id, kind, state, seq, max_attempts, input, estimated_tokens, customer_id,
    created_by_kind, created_by_id, created_at, run_at, queued_at
) VALUES (
    $1::uuid, $2::uuid, $3::uuid, $4::text, $5::text, 1, $6::smallint, $7::json, $8::bigint, $9::text,
    $10::text, $11::uuid, $12::timestamptz, $12::timestamptz, $12::timestamptz
)
RETURNING id, org_id, seq, state, attempt, progress
"""


async def create(
    principal: Principal, org_id: OrgId, *, command: CreateJob, now: datetime, desk: Desk | None = None
) -> CreatedJob:
    """Queues a job. With an idempotency key, one job per key: a replay is answered with the first one.

    `desk` knows what the org's plan leaves; None is for those who set up an installation, whom no plan limits.
    Raises `UnknownKind`, `InvalidInput`, `ModelNotAllowed`, `QuotaExceeded`, `KeyReused`, `RequestInProgress`.
    """
    command.validate()
    access = principal.authorise(org_id, Permission.JOBS_WRITE)
    kind = kinds.get(command.kind)
    data = kind.parse(command.input)
    # A kind whose input names no model chooses one itself: nothing that a key limited to models could allow.
    principal.require_model(getattr(data, "model", None))
    claim = _claim(access, command)
    estimated_tokens = kind.estimate(data)
    if desk is not None and (first := await _require_tokens(access, desk, claim, estimated_tokens, now)):
        return CreatedJob(_first_job(access, command, first), is_replay=True)
    workspace_id = principal.workspace_id or (await identity.default_workspace(principal, org_id)).id
    job = _new_job(access, command, JobId(ids.uuid7()), workspace_id, estimated_tokens, now)

    async def effect() -> None:
        async with db.unit_of_work(shares_commit=True) as uow:
            if claim is not None:
                claim.take(uow, _answer(job), now=now)
            _insert(uow, job, kind.max_attempts)
            add_state_event(uow, now=now)
            outbox.enqueue(uow, tasks.run_job(job.org_id, job.id), now=now)
            outbox.wake(uow, org_topic("job", job.org_id))
            audit.record(
                uow, Entry(job.org_id, Action.JOB_CREATED, principal, "job", job.id, now, {"kind": job.kind})
            )

    first = await idempotency.once(claim, effect, now=now)
    if first is None:
        return CreatedJob(job, is_replay=False)
    return CreatedJob(_first_job(access, command, first), is_replay=True)


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
    body = {"kind": command.kind, "input": command.input, "customer_id": command.customer_id}
    return Claim(access, "jobs.create", command.idempotency_key, body)


def _answer(job: Job) -> Mapping[str, Any]:
    """What the request does not say itself: with it, a replay shows the job as it was made."""
    return {
        "id": str(job.id),
        "workspace_id": str(job.workspace_id),
        "estimated_tokens": job.estimated_tokens,
        "created_at": job.created_at.isoformat(),
    }


def _first_job(access: Access, command: CreateJob, answer: Mapping[str, Any]) -> Job:
    return _new_job(
        access,
        command,
        JobId(UUID(answer["id"])),
        WorkspaceId(UUID(answer["workspace_id"])),
        answer["estimated_tokens"],
        datetime.fromisoformat(answer["created_at"]),
    )


def _new_job(
    access: Access,
    command: CreateJob,
    job_id: JobId,
    workspace_id: WorkspaceId,
    estimated_tokens: int,
    now: datetime,
) -> Job:
    return Job(
        id=job_id,
        org_id=access.org_id,
        workspace_id=workspace_id,
        kind=command.kind,
        state=State.QUEUED,
        seq=1,
        attempt=0,
        progress=0,
        input=command.input,
        estimated_tokens=estimated_tokens,
        created_by_kind=access.principal.kind,
        created_by_id=access.principal.id,
        created_at=now,
        run_at=now,
        queued_at=now,
        customer_id=command.customer_id,
    )


def _insert(uow: db.UnitOfWork, job: Job, max_attempts: int) -> None:
    uow.add(
        _INSERT,
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
        name="changed",
    )
