"""Following jobs."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Annotated

import strawberry

from app.infra import telemetry
from schema.core import node
from schema.core.context import Info
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
        with telemetry.SUBSCRIPTIONS_ACTIVE.track_inprogress():
            follow = context.services.job_feeds.follow(context.principal, job_id(id), after=after)
            # Closed with the subscription, not when the collector comes by.
            async with aclosing(follow) as updates:
                async for update in updates:
                    yield JobUpdate.of(update)
