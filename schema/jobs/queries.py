"""Reading jobs."""

from operator import attrgetter
from typing import Annotated

import strawberry

from app.core import ids
from app.core.ids import JobId
from app.core.pagination import PageRequest
from app.jobs import queries
from app.jobs.errors import JobNotFound
from app.jobs.state import State
from app.jobs.types import JobFilter
from schema.core import node
from schema.core.context import Info
from schema.core.pagination import DEFAULT_FIRST, After, Connection, First, connection
from schema.core.selection import selects
from schema.jobs.types import Job, JobItem, relations_of


@strawberry.type
class JobQueries:
    @strawberry.field(description="One job.")
    async def job(self, info: Info, id: node.Id) -> Job:
        return Job.of(await queries.get(info.context.principal, job_id(id)))

    @strawberry.field(description="The org's jobs, newest first.")
    async def jobs(
        self,
        info: Info,
        org_id: node.OrgIdArgument,
        first: First = DEFAULT_FIRST,
        after: After = None,
        status: Annotated[State | None, strawberry.argument(description="Only jobs in this state.")] = None,
        kind: Annotated[str | None, strawberry.argument(description="Only jobs of this kind.")] = None,
        customer_id: Annotated[
            str | None, strawberry.argument(description="Only those of this customer of yours.")
        ] = None,
    ) -> Connection[Job]:
        return await _jobs(info, org_id, first, after, JobFilter(status, kind, customer_id))

    @strawberry.field(
        description="Jobs that failed for good and were not tried again, newest first: `retryJob` does."
    )
    async def dead_letters(
        self,
        info: Info,
        org_id: node.OrgIdArgument,
        first: First = DEFAULT_FIRST,
        after: After = None,
        kind: Annotated[str | None, strawberry.argument(description="Only jobs of this kind.")] = None,
    ) -> Connection[Job]:
        return await _jobs(info, org_id, first, after, JobFilter(kind=kind, is_dead=True))

    @strawberry.field(
        description="What the inputs of a batch have come to, in their order, as far as they are done."
    )
    async def job_items(
        self, info: Info, id: node.Id, first: First = DEFAULT_FIRST, after: After = None
    ) -> Connection[JobItem]:
        page = await queries.items(
            info.context.principal, job_id(id), request=PageRequest.parse(first, after)
        )
        return connection(page, key=queries.item_cursor, node=JobItem.of, after=after)


async def _jobs(
    info: Info, org_id: strawberry.ID, first: int, after: str | None, wanted: JobFilter
) -> Connection[Job]:
    page = await queries.page(
        info.context.principal,
        node.org_id(org_id),
        request=PageRequest.parse(first, after),
        wanted=wanted,
        is_whole=selects(info, "input", "result"),
    )
    relations = await relations_of(info, page.items)
    return connection(page, key=attrgetter("id"), node=lambda job: Job.of(job, relations), after=after)


def job_id(value: strawberry.ID) -> JobId:
    """A malformed id is one that does not exist. Raises `JobNotFound`."""
    found = ids.find("job", value)
    if found is None:
        raise JobNotFound
    return JobId(found)
