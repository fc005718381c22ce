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
from schema.core import node
from schema.core.context import Info
from schema.core.pagination import DEFAULT_FIRST, After, Connection, First, connection
from schema.core.selection import selects
from schema.jobs.types import Job, relations_of


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
    ) -> Connection[Job]:
        page = await queries.page(
            info.context.principal,
            node.org_id(org_id),
            request=PageRequest.parse(first, after),
            state=status,
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
