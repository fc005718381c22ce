"""Reading jobs."""

from operator import attrgetter

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
from schema.jobs.types import Job


@strawberry.type
class JobQueries:
    @strawberry.field(description="One job.")
    async def job(self, info: Info, id: strawberry.ID) -> Job:
        return Job.of(await queries.get(info.context.principal, job_id(id)))

    @strawberry.field(description="The org's jobs, newest first.")
    async def jobs(
        self,
        info: Info,
        org_id: strawberry.ID,
        first: First = DEFAULT_FIRST,
        after: After = None,
        status: State | None = None,
    ) -> Connection[Job]:
        page = await queries.page(
            info.context.principal,
            node.org_id(org_id),
            request=PageRequest.parse(first, after),
            state=status,
            is_whole=selects(info, "input", "result"),
        )
        return connection(page, key=attrgetter("id"), node=Job.of, after=after)


def job_id(value: strawberry.ID) -> JobId:
    """A malformed id is one that does not exist. Raises `JobNotFound`."""
    found = ids.find("job", value)
    if found is None:
        raise JobNotFound
    return JobId(found)
