"""Following jobs."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Annotated

import strawberry

from app.core.principal import Permission
from app.infra import telemetry
from app.jobs import queries
from schema.core import node
from schema.core.context import Info
from schema.core.selection import selects
from schema.jobs.queries import job_id
from schema.jobs.types import JobUpdate


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
    ) -> AsyncIterator[JobUpdate]:
        context = info.context
        # It never changes, and may be megabytes: read once, and only if asked for.
        job = await queries.get(context.principal, job_id(id)) if selects(info, "input") else None
        with telemetry.SUBSCRIPTIONS_ACTIVE.track_inprogress():
            follow = context.services.job_feeds.follow(context.principal, job_id(id), after=after)
            # Closed with the subscription, not when the collector comes by.
            async with aclosing(follow) as updates:
                async for update in updates:
                    await context.renew()
                    context.principal.authorise(update.job.org_id, Permission.JOBS_READ)
                    yield JobUpdate.of(update, input=job.input if job else {})
