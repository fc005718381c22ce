"""Reading jobs. An API key sees those of its own workspace."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar
from uuid import UUID

from app.core.ids import JobId, OrgId
from app.core.pagination import Page, PageRequest
from app.core.principal import Access, Permission, Principal
from app.infra import db
from app.jobs import records
from app.jobs.errors import JobNotFound
from app.jobs.types import Job, JobEvent, JobFilter, JobItem

T = TypeVar("T")

_GET = f"SELECT {records.COLUMNS} FROM job WHERE id = $1"
_OWNER = """
SELECT job.org_id, job.workspace_id, org.plan || '@' || org.plan_version AS plan
FROM job JOIN org ON org.id = job.org_id WHERE job.id = $1
"""
_READ = f"SELECT {records.LIVE_COLUMNS} FROM job WHERE id = $1"
_EVENTS = """
SELECT seq, kind, state, attempt, progress, output_offset, output_delta, at FROM job_event
WHERE job_id = $1 AND seq > $2 ORDER BY seq LIMIT $3
"""
_ITEMS = """
SELECT index, state, result, error_code, error_message, input_tokens, output_tokens, at FROM job_item
WHERE job_id = $1 AND index > $2 ORDER BY index LIMIT $3
"""
# Inputs and results may be megabytes each: a page ends before the first that would come after so many bytes.
MOST_BYTES = 16 * 1024 * 1024
_BOUNDED = """
SELECT * FROM (
    SELECT page.*, count(*) OVER () AS found, sum({size}) OVER (ORDER BY {order} ROWS BETWEEN UNBOUNDED PRECEDING AND
        1 PRECEDING) AS before
    FROM ({sql}) AS page
) AS bounded WHERE coalesce(before, 0) < {most} ORDER BY {order}
"""
ANY = JobFilter()
_HIGHEST_INDEX = 2**31 - 1
_OUTPUT = """
SELECT coalesce(string_agg(output_delta, '' ORDER BY seq), '') FROM job_event
WHERE job_id = $1 AND attempt = $2 AND kind = 'progress' AND seq <= $3
"""


async def get(principal: Principal, job_id: JobId) -> Job:
    """Raises `JobNotFound` also for a job of another org or workspace, `Forbidden` without the permission."""
    return records.job(_authorised(principal, await db.fetchrow(_GET, job_id)))


async def to_write(principal: Principal, job_id: JobId) -> Job:
    """As `get`, for who may write jobs, whether or not they may read them."""
    return records.job(_authorised(principal, await db.fetchrow(_GET, job_id), Permission.JOBS_WRITE))


class Owner(NamedTuple):
    """Of a job: `plan` is the version of the plan of its org."""

    org_id: OrgId
    plan: str


async def authorise(principal: Principal, job_id: JobId) -> Owner:
    """Raises what `get` would, without reading a job that may be megabytes."""
    row = _authorised(principal, await db.fetchrow(_OWNER, job_id))
    return Owner(OrgId(row["org_id"]), row["plan"])


async def page(
    principal: Principal,
    org_id: OrgId,
    *,
    request: PageRequest,
    wanted: JobFilter = ANY,
    is_whole: bool = False,
) -> Page[Job]:
    """The org's jobs, newest first; inputs and results, which may be large, only if `is_whole`: then a page may have
    fewer than it was to have, though more follow.
    """
    access = principal.authorise(org_id, Permission.JOBS_READ)
    return await _page(access, request, wanted, is_whole=is_whole)


async def items(principal: Principal, job_id: JobId, *, request: PageRequest) -> Page[JobItem]:
    """What the inputs of a batch came to, in their order, as far as they are done; where results are large, fewer than
    were asked for. Raises as `get`.
    """
    await authorise(principal, job_id)
    after = -1 if request.after is None else min(request.after.int, _HIGHEST_INDEX)
    sql = _bounded(_ITEMS, "coalesce(octet_length(result::text), 0)", "index")
    rows = await db.fetch(sql, job_id, after, request.first + 1)
    return _page_of(rows, request, records.item)


def item_cursor(item: JobItem) -> UUID:
    """An item's place, as cursors hold it."""
    return UUID(int=item.index)


async def read(job_id: JobId) -> Job | None:
    """For callers that have authorised the job before (live updates); without its input."""
    row = await db.fetchrow(_READ, job_id)
    return records.job(row) if row else None


async def events_after(job_id: JobId, seq: int, *, limit: int) -> Sequence[JobEvent]:
    """For callers that have authorised the job before (live updates)."""
    return [records.event(row) for row in await db.fetch(_EVENTS, job_id, seq, limit)]


async def output_so_far(job: Job) -> str:
    """The text that the job's current attempt has given up to its `seq`."""
    text: str = await db.fetchval(_OUTPUT, job.id, job.attempt, job.seq)
    return text


async def _page(access: Access, request: PageRequest, wanted: JobFilter, *, is_whole: bool) -> Page[Job]:
    """Only the conditions that apply: an `OR … IS NULL` would keep a cached plan from using the index."""
    conditions = {
        "org_id = ${}": access.org_id,
        "workspace_id = ${}": access.principal.workspace_id,
        "id < ${}": request.after,
        "state = ${}": wanted.state and wanted.state.value,
        "kind = ${}": wanted.kind,
        "customer_id = ${}": wanted.customer_id,
    }
    given = {text: value for text, value in conditions.items() if value is not None}
    where = " AND ".join(text.format(number) for number, text in enumerate(given, start=2))
    if wanted.is_dead:
        where += " AND state = 'FAILED' AND retried_by IS NULL"
    columns = records.COLUMNS if is_whole else records.LIST_COLUMNS
    sql = f"SELECT {columns} FROM job WHERE {where} ORDER BY id DESC LIMIT $1"
    if not is_whole:
        rows = await db.fetch(sql, request.first + 1, *given.values())
        return Page.of([records.job(row) for row in rows], request)
    size = "octet_length(input::text) + coalesce(octet_length(result::text), 0)"
    rows = await db.fetch(_bounded(sql, size, "id DESC"), request.first + 1, *given.values())
    return _page_of(rows, request, records.job)


def _bounded(sql: str, size: str, order: str) -> str:
    return _BOUNDED.format(sql=sql, size=size, order=order, most=MOST_BYTES)


def _page_of(rows: Sequence[db.Row], request: PageRequest, read: Callable[[db.Row], T]) -> Page[T]:
    """Of a bounded statement: what it left out follows."""
    items = [read(row) for row in rows[: request.first]]
    return Page(items, bool(rows) and rows[0]["found"] > len(items))


def _authorised(
    principal: Principal, row: db.Row | None, permission: Permission = Permission.JOBS_READ
) -> db.Row:
    if row is None or OrgId(row["org_id"]) not in principal.orgs:
        raise JobNotFound
    access = principal.authorise(OrgId(row["org_id"]), permission)
    if access.principal.workspace_id not in (None, row["workspace_id"]):
        raise JobNotFound
    return row
