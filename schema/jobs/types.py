"""Jobs."""

from datetime import datetime
from decimal import Decimal
from typing import cast

import strawberry
from strawberry.scalars import JSON

from app.core import ids
from app.core.ids import ApiKeyId, UserId
from app.jobs import types as domain
from app.jobs.state import State
from schema.core.context import Info
from schema.core.node import Node
from schema.core.scalars import BigInt
from schema.orgs.types import ApiKey, Creator, User, Workspace

strawberry.enum(State, name="JobState", description="Where a job is in its life.")


@strawberry.type(description="Why a job failed.")
class JobError:
    code: str = strawberry.field(description="Stable: what programs should look at.")
    message: str = strawberry.field(description="For people.")


@strawberry.type(description="Work that runs apart from the request that asked for it.")
class Job(Node):
    kind: str = strawberry.field(description="What it does.")
    status: State = strawberry.field(description="Where it is in its life.")
    seq: BigInt = strawberry.field(description="Grows with every change.")
    attempt: int = strawberry.field(description="How often it was started.")
    progress: int = strawberry.field(description="Percent.")
    estimated_tokens: BigInt = strawberry.field(description="Tokens it was expected to use when it was made.")
    input_tokens: BigInt = strawberry.field(description="Tokens read, once it has succeeded.")
    output_tokens: BigInt = strawberry.field(description="Tokens written, once it has succeeded.")
    credits: Decimal = strawberry.field(description="Credits burned.")
    cost_usd: Decimal | None = strawberry.field(
        description="What it cost us; null while a price is not known."
    )
    provider: str | None = strawberry.field(description="The model's provider.")
    model: str | None = strawberry.field(description="The model that answered.")
    customer_id: str | None = strawberry.field(description="Your own customer, to whom it is attributed.")
    created_at: datetime = strawberry.field(description="When it was made.")
    queued_at: datetime | None = strawberry.field(description="When it was last queued.")
    started_at: datetime | None = strawberry.field(description="When it was last started.")
    finished_at: datetime | None = strawberry.field(description="When it ended.")
    input: JSON = strawberry.field(description="What it was given.")
    result: JSON | None = strawberry.field(description="What came of it, once it has succeeded.")
    error: JobError | None = strawberry.field(description="Why it failed, or why its last attempt did.")
    source: strawberry.Private[domain.Job]

    @classmethod
    def of(cls, job: domain.Job) -> "Job":
        return cls(
            id=strawberry.ID(ids.encode("job", job.id)),
            kind=job.kind,
            status=job.state,
            seq=BigInt(job.seq),
            attempt=job.attempt,
            progress=job.progress,
            estimated_tokens=BigInt(job.estimated_tokens),
            input_tokens=BigInt(job.input_tokens),
            output_tokens=BigInt(job.output_tokens),
            credits=job.credits,
            cost_usd=job.cost_usd,
            provider=job.provider,
            model=job.model,
            customer_id=job.customer_id,
            created_at=job.created_at,
            queued_at=job.queued_at,
            started_at=job.started_at,
            finished_at=job.finished_at,
            input=cast("JSON", job.input),
            result=cast("JSON | None", job.result),
            error=JobError(code=job.error.code, message=job.error.message) if job.error else None,
            source=job,
        )

    @strawberry.field(description="The environment it runs in.")
    async def workspace(self, info: Info) -> Workspace | None:
        found = await info.context.loaders.workspace.load(self.source.workspace_id)
        return None if found is None else Workspace.of(found)

    @strawberry.field(description="Who made it; null when they are gone.")
    async def created_by(self, info: Info) -> Creator | None:
        if self.source.created_by_kind == "user":
            user = await info.context.loaders.user.load(UserId(self.source.created_by_id))
            return None if user is None else User.of(user)
        key = await info.context.loaders.api_key.load(ApiKeyId(self.source.created_by_id))
        return None if key is None else ApiKey.of(key)


@strawberry.type(description="A step of a job, or a snapshot of it.")
class JobUpdate:
    seq: BigInt = strawberry.field(description="Pass the last one seen as `after` to resume.")
    job: Job = strawberry.field(description="The job as of this step.")
    output: str = strawberry.field(description="Text that is new with this step.")
    output_offset: int = strawberry.field(
        description="Where `output` belongs in the text of this attempt, in characters."
    )
    resynced: bool = strawberry.field(
        description="Steps before this were skipped; `output` is the whole text so far, from offset 0."
    )

    @classmethod
    def of(cls, update: domain.JobUpdate) -> "JobUpdate":
        return cls(
            seq=BigInt(update.job.seq),
            job=Job.of(update.job),
            output=update.output,
            output_offset=update.output_offset,
            resynced=update.resynced,
        )
