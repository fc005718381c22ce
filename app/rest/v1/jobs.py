"""`/v1/jobs`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from aiohttp import web
from pydantic import Field

from app.core import ids
from app.core.clock import utcnow
from app.core.errors import FieldError, InvalidInput
from app.core.ids import JobId
from app.core.money import to_text
from app.core.pagination import encode_cursor
from app.core.principal import Permission, Principal
from app.jobs import kinds, queries, service
from app.jobs.errors import JobNotFound
from app.jobs.state import State
from app.jobs.types import CreateJob, Job
from app.rest import idempotent, paging
from app.rest.operation import CUSTOMER, IDEMPOTENCY_KEY, REPLAY, Header, Operation, Parameter
from app.web.body import json_response, read_object
from app.web.organisation import sole_org
from app.web.rate_limit import admit
from app.web.services import SERVICES


@dataclass(frozen=True, slots=True)
class JobErrorView:
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class JobView:
    """A job. `input` and `result` are in the answer for one job only."""

    id: str
    kind: str
    status: State
    seq: Annotated[int, Field(description="Grows with every change of the job")]
    attempt: int
    progress: Annotated[int, Field(ge=0, le=100, description="Percent")]
    estimated_tokens: int
    input_tokens: int
    output_tokens: int
    credits: Annotated[str, Field(description="Decimal as text")]
    cost_usd: Annotated[str | None, Field(description="Decimal as text; null while a price is not known")]
    provider: str | None
    model: str | None
    customer_id: str | None
    created_at: datetime
    queued_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    error: JobErrorView | None
    input: Any | None = None
    result: Any | None = None


@dataclass(frozen=True, slots=True)
class JobList:
    data: list[JobView]
    next_cursor: Annotated[
        str | None, Field(description="Pass as `cursor` for the next page; null at the end")
    ]


def view(job: Job, *, is_new: bool = False) -> JobView:
    """A new job is shown without the input that the client has just sent."""
    return JobView(
        id=ids.encode("job", job.id),
        kind=job.kind,
        status=job.state,
        seq=job.seq,
        attempt=job.attempt,
        progress=job.progress,
        estimated_tokens=job.estimated_tokens,
        input_tokens=job.input_tokens,
        output_tokens=job.output_tokens,
        credits=to_text(job.credits),
        cost_usd=None if job.cost_usd is None else to_text(job.cost_usd),
        provider=job.provider,
        model=job.model,
        customer_id=job.customer_id,
        created_at=job.created_at,
        queued_at=job.queued_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        error=JobErrorView(job.error.code, job.error.message) if job.error else None,
        input=None if is_new else job.input or None,
        result=job.result,
    )


async def create(request: web.Request, principal: Principal) -> web.Response:
    command = CreateJob(
        kind=request.path.rsplit("/", 1)[-1],
        input=await read_object(request),
        customer_id=request.headers.get("X-LK-Customer-Id"),
        idempotency_key=idempotent.key_of(request),
    )
    desk = request.app[SERVICES].entitlements
    created = await service.create(principal, sole_org(principal), command=command, now=utcnow(), desk=desk)
    headers = {"Location": f"/v1/jobs/{ids.encode('job', created.job.id)}"}
    return json_response(
        view(created.job, is_new=True), status=202, headers=headers | idempotent.headers(created.is_replay)
    )


async def get(request: web.Request, principal: Principal) -> web.Response:
    job_id = ids.find("job", request.match_info["id"])
    if job_id is None:
        raise JobNotFound
    return json_response(view(await queries.get(principal, JobId(job_id))))


async def page(request: web.Request, principal: Principal) -> web.Response:
    found = await queries.page(
        principal,
        sole_org(principal),
        request=paging.read(request),
        state=_state(request.query.get("status")),
    )
    cursor = encode_cursor(found.items[-1].id) if found.has_next else None
    return json_response(JobList([view(job) for job in found.items], cursor))


async def unknown_kind(request: web.Request) -> web.Response:
    """Where no kind of that name is registered: the answer names those that are."""
    await admit(request)
    kinds.get(request.match_info["kind"])
    raise web.HTTPNotFound


def _state(text: str | None) -> State | None:
    if text is None:
        return None
    try:
        return State(text)
    except ValueError:
        mend = f"Use one of {', '.join(State)}."
        raise InvalidInput([FieldError("status", "unknown_status", mend)]) from None


def operations() -> Sequence[Operation]:
    """One `POST` per registered kind, so that the document shows each kind's own input."""
    creates = [
        Operation(
            "POST",
            f"/v1/jobs/{kind.name}",
            f"create_{kind.name}_job",
            f"{kind.description} Runs as a job.",
            Permission.JOBS_WRITE,
            create,
            {202: ("The job is queued", JobView)},
            body=kind.input,
            parameters=[IDEMPOTENCY_KEY, CUSTOMER],
            headers={202: (Header("Location", "Where the job is."), REPLAY)},
            tag="Jobs",
        )
        for kind in kinds.registered()
    ]
    return [
        *creates,
        Operation(
            "GET",
            "/v1/jobs/{id}",
            "get_job",
            "One job.",
            Permission.JOBS_READ,
            get,
            {200: ("The job", JobView)},
            parameters=[Parameter("id", "path", str, "job_…", required=True)],
            tag="Jobs",
        ),
        Operation(
            "GET",
            "/v1/jobs",
            "list_jobs",
            "Jobs, newest first.",
            Permission.JOBS_READ,
            page,
            {200: ("A page of jobs", JobList)},
            parameters=[
                Parameter("status", "query", State, "Only jobs in this state"),
                *paging.PARAMETERS,
            ],
            tag="Jobs",
        ),
    ]
