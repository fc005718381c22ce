"""Following jobs."""

from collections.abc import AsyncIterable
from typing import Annotated

import strawberry

from app.jobs import queries
from app.jobs import types as domain
from schema.core import node
from schema.core.context import Info
from schema.core.live import Live
from schema.core.scalars import BigInt
from schema.core.selection import selects
from schema.jobs.queries import job_id
from schema.jobs.types import JobsUpdate, JobUpdate


@strawberry.type
class JobSubscriptions:
    @strawberry.subscription(
        description="A snapshot of the job, then every newer step; completes when the job ends."
    )
    async def job_updated(
        self,
        info: Info,
        id: node.Id,
        after: Annotated[
            int | None,
            strawberry.argument(
                description="The last `seq` seen: only what came since is sent, if still kept."
            ),
        ] = None,
    ) -> AsyncIterable[JobUpdate]:
        principal = info.context.principal
        stream = await info.context.services.job_feeds.open(principal, job_id(id))
        # It never changes, and may be megabytes: read once, and only if asked for.
        input_ = (await queries.get(principal, job_id(id))).input if selects(info, "input") else {}

        def show(update: domain.JobUpdate) -> JobUpdate:
            return JobUpdate.of(update, input=input_)

        return Live(stream, principal, stream.org_id, show=show, after=after)

    @strawberry.subscription(
        description="The newest jobs of the org, then every state that any of its jobs comes to, in one order for all. "
        "An API key sees those of its workspace."
    )
    async def jobs_updated(
        self,
        info: Info,
        org_id: node.OrgIdArgument,
        after: Annotated[
            BigInt | None,
            strawberry.argument(description="The last `seq` seen: only what came since is sent, if kept."),
        ] = None,
    ) -> AsyncIterable[JobsUpdate]:
        principal, org = info.context.principal, node.org_id(org_id)
        stream = info.context.services.jobs_feeds.open(principal, org)
        return Live(stream, principal, org, show=JobsUpdate.of, after=after)
