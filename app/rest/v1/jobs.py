"""`/v1/jobs`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal, cast

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
from app.jobs.types import CreateJob, Job, JobError, JobFilter, Priority
from app.rest import idempotent, paging, times
from app.rest.operation import CUSTOMER, IDEMPOTENCY_KEY, REPLAY, Header, Operation, Parameter
from app.web.body import json_response, read_object
from app.web.organisation import sole_org
from app.web.rate_limit import admit
from app.web.services import SERVICES

PriorityName = Literal["LOW", "NORMAL", "HIGH"]


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
    progress: Annotated[
        int, Field(ge=0, le=100, description="Percent of this attempt; it never goes back within one")
    ]
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
    priority: Annotated[PriorityName, Field(description="Which of the org's own waiting jobs goes first")]
    run_at: Annotated[datetime, Field(description="When it begins at the earliest")]
    expires_at: Annotated[datetime | None, Field(description="From when on it is not begun any more")]
    cancel_deadline: Annotated[
        datetime | None, Field(description="Until when it may stop by itself, once cancelled")
    ]
    estimated_credits: Annotated[
        str | None, Field(description="Decimal as text: held until it ends; null where no price says it")
    ]
    retry_of: Annotated[str | None, Field(description="The job that it tries again")]
    retried_by: Annotated[str | None, Field(description="The job that was made of it by a retry")]
    purged_at: Annotated[
        datetime | None, Field(description="When input, result and history were deleted; null while kept")
    ]
    input: Any | None = None
    result: Any | None = None


@dataclass(frozen=True, slots=True)
class JobItemView:
    """What one input of a batch came to."""

    index: int
    status: State
    result: Any | None
    error: JobErrorView | None
    input_tokens: int
    output_tokens: int
    at: datetime


@dataclass(frozen=True, slots=True)
class JobItemList:
    data: list[JobItemView]
    next_cursor: Annotated[
        str | None, Field(description="Pass as `cursor` for the next page; null at the end")
    ]


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
        error=_error(job.error),
        priority=cast("PriorityName", job.priority.name),
        run_at=job.run_at,
        expires_at=job.expires_at,
        cancel_deadline=job.cancel_deadline,
        estimated_credits=None if job.estimated_credits is None else to_text(job.estimated_credits),
        retry_of=_id(job.retry_of),
        retried_by=_id(job.retried_by),
        purged_at=job.purged_at,
        input=None if is_new else job.input or None,
        result=job.result,
    )


def _error(error: JobError | None) -> JobErrorView | None:
    return JobErrorView(error.code, error.message) if error else None


def _id(job_id: JobId | None) -> str | None:
    return None if job_id is None else ids.encode("job", job_id)


async def create(request: web.Request, principal: Principal) -> web.Response:
    run_at, expires_at, priority = _schedule(request)
    command = CreateJob(
        kind=request.path.rsplit("/", 1)[-1],
        input=await read_object(request),
        customer_id=request.headers.get("X-LK-Customer-Id"),
        idempotency_key=idempotent.key_of(request),
        run_at=run_at,
        expires_at=expires_at,
        priority=priority,
    )
    desk = request.app[SERVICES].entitlements
    created = await service.create(principal, sole_org(principal), command=command, now=utcnow(), desk=desk)
    headers = {"Location": f"/v1/jobs/{ids.encode('job', created.job.id)}"}
    return json_response(
        view(created.job, is_new=True), status=202, headers=headers | idempotent.headers(created.is_replay)
    )


async def get(request: web.Request, principal: Principal) -> web.Response:
    return json_response(view(await queries.get(principal, _job_id(request))))


async def cancel(request: web.Request, principal: Principal) -> web.Response:
    key = idempotent.key_of(request)
    done = await service.cancel(principal, _job_id(request), idempotency_key=key, now=utcnow())
    return idempotent.respond(done, view(done.value, is_new=True))


async def retry(request: web.Request, principal: Principal) -> web.Response:
    retried = await service.retry(
        principal,
        _job_id(request),
        idempotency_key=idempotent.key_of(request),
        now=utcnow(),
        desk=request.app[SERVICES].entitlements,
    )
    headers = {"Location": f"/v1/jobs/{ids.encode('job', retried.job.id)}"}
    return json_response(
        view(retried.job, is_new=True), status=202, headers=headers | idempotent.headers(retried.is_replay)
    )


async def items(request: web.Request, principal: Principal) -> web.Response:
    found = await queries.items(principal, _job_id(request), request=paging.read(request))
    cursor = encode_cursor(queries.item_cursor(found.items[-1])) if found.has_next else None
    shown = [
        JobItemView(
            item.index,
            item.state,
            item.result,
            _error(item.error),
            item.input_tokens,
            item.output_tokens,
            item.at,
        )
        for item in found.items
    ]
    return json_response(JobItemList(shown, cursor))


async def page(request: web.Request, principal: Principal) -> web.Response:
    query = request.query
    wanted = JobFilter(_state(query.get("status")), query.get("kind"), query.get("customer_id"))
    return await _page(request, principal, wanted)


async def dead_letters(request: web.Request, principal: Principal) -> web.Response:
    return await _page(request, principal, JobFilter(kind=request.query.get("kind"), is_dead=True))


async def _page(request: web.Request, principal: Principal, wanted: JobFilter) -> web.Response:
    found = await queries.page(principal, sole_org(principal), request=paging.read(request), wanted=wanted)
    cursor = encode_cursor(found.items[-1].id) if found.has_next else None
    return json_response(JobList([view(job) for job in found.items], cursor))


async def unknown_kind(request: web.Request) -> web.Response:
    """Where no kind of that name is registered: the answer names those that are."""
    await admit(request)
    kinds.get(request.match_info["kind"])
    raise web.HTTPNotFound


def _job_id(request: web.Request) -> JobId:
    job_id = ids.find("job", request.match_info["id"])
    if job_id is None:
        raise JobNotFound
    return JobId(job_id)


def _schedule(request: web.Request) -> tuple[datetime | None, datetime | None, Priority]:
    errors: list[FieldError] = []
    run_at = times.read(request, "run_at", None, errors, needs_zone=True)
    expires_at = times.read(request, "expires_at", None, errors, needs_zone=True)
    priority = Priority.__members__.get(request.query.get("priority", "NORMAL"))
    if priority is None:
        mend = f"Use one of {', '.join(Priority.__members__)}."
        errors.append(FieldError("priority", "unknown_priority", mend))
    if errors or priority is None:
        raise InvalidInput(errors)
    return run_at, expires_at, priority


def _state(text: str | None) -> State | None:
    if text is None:
        return None
    try:
        return State(text)
    except ValueError:
        mend = f"Use one of {', '.join(State)}."
        raise InvalidInput([FieldError("status", "unknown_status", mend)]) from None


_ID = Parameter("id", "path", str, "job_…", required=True)
_KIND = Parameter("kind", "query", str, "Only jobs of this kind")
_SCHEDULE = (
    Parameter(
        "run_at", "query", datetime, "When it is to begin at the earliest, within a year; with a time zone"
    ),
    Parameter(
        "expires_at", "query", datetime, "From when on it is not begun any more: it expires; with a time zone"
    ),
    Parameter("priority", "query", PriorityName, "Which of the org's own waiting jobs goes first"),
)


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
            parameters=[IDEMPOTENCY_KEY, CUSTOMER, *_SCHEDULE],
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
            parameters=[_ID],
            tag="Jobs",
        ),
        Operation(
            "POST",
            "/v1/jobs/{id}/cancel",
            "cancel_job",
            "Ends a job that waits, and tells one that runs to stop. Repeating it is safe.",
            Permission.JOBS_WRITE,
            cancel,
            {200: ("The job: CANCELLED, or CANCELLING while it is given time to stop", JobView)},
            parameters=[_ID, IDEMPOTENCY_KEY],
            headers={200: (REPLAY,)},
            tag="Jobs",
        ),
        Operation(
            "POST",
            "/v1/jobs/{id}/retry",
            "retry_job",
            "Runs a job that failed or expired once more, as a new job. Repeating it is safe.",
            Permission.JOBS_WRITE,
            retry,
            {202: ("The new job", JobView)},
            parameters=[_ID, IDEMPOTENCY_KEY],
            headers={202: (Header("Location", "Where the new job is."), REPLAY)},
            tag="Jobs",
        ),
        Operation(
            "GET",
            "/v1/jobs/{id}/items",
            "list_job_items",
            "What the inputs of a batch have come to, in their order, as far as they are done.",
            Permission.JOBS_READ,
            items,
            {200: ("A page of items", JobItemList)},
            parameters=[_ID, *paging.PARAMETERS],
            tag="Jobs",
        ),
        Operation(
            "GET",
            "/v1/dead-letters",
            "list_dead_letters",
            "Jobs that failed for good and were not tried again, newest first.",
            Permission.JOBS_READ,
            dead_letters,
            {200: ("A page of jobs", JobList)},
            parameters=[_KIND, *paging.PARAMETERS],
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
                _KIND,
                Parameter("customer_id", "query", str, "Only those of this customer of yours"),
                *paging.PARAMETERS,
            ],
            tag="Jobs",
        ),
    ]
