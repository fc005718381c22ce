"""Writes jobs of the past, through the same steps that real ones take."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from uuid import uuid4

from app.core.ids import OrgId
from app.core.messages import Message
from app.core.principal import Principal
from app.dev.seed.past import PastJob
from app.infra import db
from app.jobs import execution, service
from app.jobs.errors import LeaseLost
from app.jobs.types import CreateJob, JobError
from app.outbox import courier
from app.outbox.courier import Courier

_COUNT = "SELECT count(*) FROM (SELECT 1 FROM job WHERE org_id = $1 LIMIT $2) AS past"
_AT_ONCE = 8


async def missing(org_id: OrgId, wanted: int) -> int:
    """How many of `wanted` jobs the org does not have yet."""
    found: int = await db.fetchval(_COUNT, org_id, wanted)
    return wanted - found


async def write(key: Principal, org_id: OrgId, jobs: Sequence[PastJob]) -> None:
    """Oldest first, as lists are ordered by when an id was made; several at once, as commits wait for the disk."""
    slots = asyncio.Semaphore(_AT_ONCE)

    async def write_one(job: PastJob) -> None:
        async with slots:
            await _relive(key, org_id, job)

    await asyncio.gather(*(write_one(job) for job in jobs))


async def _relive(key: Principal, org_id: OrgId, job: PastJob) -> None:
    command = CreateJob(job.kind, job.input, job.customer_id)
    created = await service.create(key, org_id, command=command, now=job.created_at)
    lease = await execution.start(org_id, created.job.id, token=uuid4(), now=job.started_at)
    if lease is None:
        return  # a worker that runs already was faster, and does it for real
    with suppress(LeaseLost):  # to a scheduler that runs already and sees a lease of last week
        if isinstance(job.end, JobError):
            await execution.fail(lease, job.end, is_retryable=False, now=job.finished_at)
        else:
            await execution.succeed(lease, job.end, now=job.finished_at)


class _Nowhere:
    """Takes what the outbox has to send and calls it done: of the past there is nothing left to do."""

    def __init__(self, now: datetime) -> None:
        self.courier = Courier(self, self, clock=lambda: now)

    async def send(self, messages: Sequence[Message]) -> None:
        for message in messages:
            self.courier.acknowledge(message.id)

    async def wake(self, *topics: str) -> None:
        return

    async def publish(self, messages: Sequence[Message]) -> None:
        return


@asynccontextmanager
async def without_consequences(*, now: datetime) -> AsyncIterator[None]:
    """What is committed inside the block leaves no message behind: none to a worker, none to a listener."""
    async with courier.running(_Nowhere(now).courier):
        yield
