"""Jobs."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

import strawberry
from strawberry.scalars import JSON
from strawberry.utils.await_maybe import AwaitableOrValue

from app.core import ids
from app.core.ids import JobId
from app.entitlements.errors import StreamingNotInPlan
from app.jobs import types as domain
from app.jobs.state import State
from schema.core import enums
from schema.core.context import Info
from schema.core.node import Node
from schema.core.reading import LongWay, at_once
from schema.core.scalars import BigInt
from schema.core.selection import selects
from schema.orgs.types import ApiKey, Creator, User, Workspace, load_creator, load_workspace

enums.describe(
    State,
    name="JobState",
    description="Where a job is in its life.",
    values={
        State.SCHEDULED: "Waits for a moment to come: its start, or another attempt.",
        State.QUEUED: "Waits for a worker.",
        State.RUNNING: "A worker is at it.",
        State.CANCELLING: "Told to stop, and still at it.",
        State.SUCCEEDED: "Done: the result is there.",
        State.FAILED: "Given up: `error` says why.",
        State.CANCELLED: "Stopped by somebody's wish.",
        State.EXPIRED: "Its time was over before it was done.",
    },
)


enums.describe(
    domain.Priority,
    name="JobPriority",
    description="Which of an org's own waiting jobs goes first.",
    values={
        domain.Priority.LOW: "After all others.",
        domain.Priority.NORMAL: "In between, the oldest first.",
        domain.Priority.HIGH: "Before all others.",
    },
)


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
    progress: int = strawberry.field(description="Percent of this attempt; it never goes back within one.")
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
    priority: domain.Priority = strawberry.field(
        description="Which of the org's own waiting jobs goes first."
    )
    run_at: datetime = strawberry.field(description="When it was, or is, to begin at the earliest.")
    expires_at: datetime | None = strawberry.field(description="From when on it is not begun any more.")
    cancel_deadline: datetime | None = strawberry.field(
        description="Until when it may stop by itself, once cancelled; then it is stopped by force."
    )
    estimated_credits: Decimal | None = strawberry.field(
        description="Credits it was expected to burn, held until it ends; null where no price said it."
    )
    retry_of: strawberry.ID | None = strawberry.field(description="The job that it tries again.")
    retried_by: strawberry.ID | None = strawberry.field(description="The job that was made of it by a retry.")
    purged_at: datetime | None = strawberry.field(
        description="When its input, result and history were deleted, their time being over; null while kept."
    )
    source: strawberry.Private[domain.Job]
    relations: strawberry.Private["Relations | None"] = None

    @classmethod
    def of(cls, job: domain.Job, relations: "Relations | None" = None) -> "Job":
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
            priority=job.priority,
            run_at=job.run_at,
            expires_at=job.expires_at,
            cancel_deadline=job.cancel_deadline,
            estimated_credits=job.estimated_credits,
            retry_of=_id(job.retry_of),
            retried_by=_id(job.retried_by),
            purged_at=job.purged_at,
            source=job,
            relations=relations,
        )

    # In lists the relations were read for the whole page. A resolver that has its value must not be a coroutine:
    # a hundred of them take longer than all the rest of the answer.

    def known_workspace(self) -> Workspace | None:
        """Raises `LongWay` where it has to be read."""
        if self.relations is None:
            raise LongWay
        return self.relations.workspaces.get(self.source.workspace_id)

    @strawberry.field(description="The environment it runs in.", graphql_type=Workspace | None)
    @at_once(known_workspace)
    def workspace(self, info: Info) -> AwaitableOrValue[Workspace | None]:
        if self.relations is not None:
            return self.known_workspace()
        return load_workspace(info, self.source.workspace_id)

    def known_creator(self) -> User | ApiKey | None:
        """Raises `LongWay` where they have to be read."""
        if self.relations is None:
            raise LongWay
        return self.relations.creators.get(self.source.created_by_id)

    @strawberry.field(
        description="Who made it; null when they are gone, or are people whom you may not read.",
        graphql_type=Creator | None,
    )
    @at_once(known_creator)
    def created_by(self, info: Info) -> AwaitableOrValue[Creator | None]:
        if self.relations is not None:
            return self.known_creator()
        return load_creator(info, self.source.org_id, self.source.created_by_kind, self.source.created_by_id)


def _id(job_id: JobId | None) -> strawberry.ID | None:
    return None if job_id is None else strawberry.ID(ids.encode("job", job_id))


@strawberry.type(description="What one input of a batch came to.")
class JobItem:
    index: int = strawberry.field(description="Its place among the inputs, from 0.")
    status: State = strawberry.field(description="`SUCCEEDED` or `FAILED`.")
    result: JSON | None = strawberry.field(description="What came of it.")
    error: JobError | None = strawberry.field(description="Why nothing came of it.")
    input_tokens: BigInt = strawberry.field(description="Tokens read for it.")
    output_tokens: BigInt = strawberry.field(description="Tokens written for it.")
    at: datetime = strawberry.field(description="When it was done.")

    @classmethod
    def of(cls, item: domain.JobItem) -> "JobItem":
        return cls(
            index=item.index,
            status=item.state,
            result=cast("JSON | None", item.result),
            error=JobError(code=item.error.code, message=item.error.message) if item.error else None,
            input_tokens=BigInt(item.input_tokens),
            output_tokens=BigInt(item.output_tokens),
            at=item.at,
        )


@dataclass(frozen=True, slots=True)
class Relations:
    """What the jobs of one page refer to, by id."""

    workspaces: Mapping[UUID, Workspace]
    creators: Mapping[UUID, User | ApiKey]


async def relations_of(info: Info, jobs: Sequence[domain.Job]) -> Relations:
    """Reads what is asked for, one query per kind of thing."""
    workspaces: dict[UUID, Workspace] = {}
    creators: dict[UUID, User | ApiKey] = {}
    if selects(info, "workspace"):
        ids_ = list({job.workspace_id for job in jobs})
        found = await info.context.loaders.workspace.load_many(ids_)
        workspaces = {workspace.id: Workspace.of(workspace) for workspace in found if workspace}
    if selects(info, "createdBy"):
        makers = list({(job.org_id, job.created_by_kind, job.created_by_id) for job in jobs})
        made_by = await asyncio.gather(*(load_creator(info, *maker) for maker in makers))
        creators = {maker[2]: found for maker, found in zip(makers, made_by, strict=True) if found}
    return Relations(workspaces, creators)


@strawberry.type(description="Why a job's text is not sent while it is written.")
class OutputWithheld:
    code: str = strawberry.field(description="Stable: what programs should look at.")
    message: str = strawberry.field(description="For people, with the mend.")


_STREAMING_NOT_IN_PLAN = OutputWithheld(code=StreamingNotInPlan.code, message=StreamingNotInPlan.title)


@strawberry.type(description="A step of a job, or a snapshot of it.")
class JobUpdate:
    seq: BigInt = strawberry.field(description="Pass the last one seen as `after` to resume.")
    job: Job = strawberry.field(description="The job as of this step.")
    output: str = strawberry.field(description="Text that is new with this step.")
    output_offset: int = strawberry.field(
        description="Where `output` belongs in the text of this attempt, in characters; 0 where there is none."
    )
    resynced: bool = strawberry.field(
        description="Steps before this were skipped; `output` is the whole text so far, from offset 0."
    )
    output_withheld: OutputWithheld | None = strawberry.field(
        description="Why `output` stays empty; null where it is sent. The result comes all the same, at the end."
    )

    @classmethod
    def of(cls, update: domain.JobUpdate, *, input: Mapping[str, Any]) -> "JobUpdate":
        return cls(
            seq=BigInt(update.job.seq),
            job=Job.of(replace(update.job, input=input)),
            output=update.output,
            output_offset=update.output_offset,
            resynced=update.resynced,
            output_withheld=_STREAMING_NOT_IN_PLAN if update.is_withheld else None,
        )


@strawberry.type(description="What jobs of the org came to, or a snapshot of the newest.")
class JobsUpdate:
    seq: BigInt = strawberry.field(description="Pass the last one seen as `after` to resume.")
    jobs: list[Job] = strawberry.field(
        description="In a snapshot the newest, newest first; else a job for each state that one came to, in order, "
        "as it was then. Some may come twice around a resume, which their `seq` tells. Without `input` and `result`: "
        "read those by the job's id."
    )
    snapshot: bool = strawberry.field(description="Whether these are the newest jobs as they are.")
    resynced: bool = strawberry.field(
        description="What happened before this was skipped: read again whatever you list."
    )

    @classmethod
    def of(cls, update: domain.JobsUpdate) -> "JobsUpdate":
        return cls(
            seq=BigInt(update.seq),
            jobs=[Job.of(job) for job in update.jobs],
            snapshot=update.is_snapshot,
            resynced=update.resynced,
        )
