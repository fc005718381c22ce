"""Making jobs, stopping them, and trying again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, cast

import strawberry
from strawberry.scalars import JSON

from app.core.errors import FieldError, LaunchKitError
from app.core.errors import InvalidInput as InvalidInputError
from app.jobs import service
from app.jobs import types as domain
from schema.core import node
from schema.core.context import Info
from schema.core.errors import Conflict, InvalidInput, LimitReached, Missing, problem
from schema.jobs.queries import job_id
from schema.jobs.types import Job

_SAFE = "For 24 hours a replay is answered as the first one; of another job it is refused."


@strawberry.input(description="A wish for a job.")
class CreateJobInput:
    org_id: strawberry.ID = strawberry.field(description="The org it belongs to.")
    kind: str = strawberry.field(description="What it does, for example `summarize`.")
    input: JSON = strawberry.field(description="What it is given: an object, as its kind describes it.")
    customer_id: str | None = strawberry.field(
        default=None, description="Your own customer, to whom it is attributed."
    )
    idempotency_key: str | None = strawberry.field(
        default=None, description="Makes repeating safe: 24 hours long the same key means the same job."
    )
    run_at: datetime | None = strawberry.field(
        default=None, description="When it is to begin at the earliest; at once where it is left out."
    )
    expires_at: datetime | None = strawberry.field(
        default=None, description="From when on it is not begun any more: it expires."
    )
    priority: domain.Priority = strawberry.field(
        default=domain.Priority.NORMAL, description="Which of the org's own waiting jobs goes first."
    )


@strawberry.input(description="A job to be stopped.")
class CancelJobInput:
    id: strawberry.ID = strawberry.field(description="The job.")
    idempotency_key: str | None = strawberry.field(default=None, description=_SAFE)


@strawberry.input(description="A job to be run again.")
class RetryJobInput:
    id: strawberry.ID = strawberry.field(description="The job, which has failed or expired.")
    idempotency_key: str | None = strawberry.field(default=None, description=_SAFE)


@strawberry.type(description="The job is queued.")
class CreatedJob:
    job: Job = strawberry.field(description="The job as it was made.")
    is_replay: bool = strawberry.field(description="Whether the idempotency key had made it before.")


@strawberry.type(description="The job is cancelled, or told to stop.")
class CancelledJob:
    job: Job = strawberry.field(
        description="As it is now: `CANCELLED`, or `CANCELLING` while its worker is given time to stop."
    )
    is_replay: bool = strawberry.field(
        description="Whether the idempotency key had this done before: then as it was, without its result."
    )


@strawberry.type(description="The job runs again, as a new one.")
class RetriedJob:
    job: Job = strawberry.field(description="The new job; `retryOf` names the first.")
    is_replay: bool = strawberry.field(
        description="Whether it had been retried before, or the idempotency key had this done."
    )


CancelJobResult = Annotated[
    CancelledJob | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("CancelJobResult", description="The job, or why it is not cancelled."),
]
RetryJobResult = Annotated[
    RetriedJob | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("RetryJobResult", description="The new job, or why there is none."),
]
CreateJobResult = Annotated[
    CreatedJob | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("CreateJobResult", description="The job, or why there is none."),
]


@strawberry.type
class JobMutations:
    @strawberry.mutation(description="Queues a job.")
    async def create_job(
        self,
        info: Info,
        input: Annotated[CreateJobInput, strawberry.argument(description="The job that is wanted.")],
    ) -> CreateJobResult:
        principal = info.context.principal
        try:
            command = domain.CreateJob(
                input.kind,
                _object(input.input),
                input.customer_id,
                input.idempotency_key,
                input.run_at,
                input.expires_at,
                input.priority,
            )
            created = await service.create(
                principal,
                node.org_id(input.org_id),
                command=command,
                now=info.context.now,
                desk=info.context.services.entitlements,
            )
        except LaunchKitError as error:
            return problem(error)
        return CreatedJob(job=Job.of(created.job), is_replay=created.is_replay)

    @strawberry.mutation(
        description="Ends a job that waits, and tells one that runs to stop. Repeating it is safe."
    )
    async def cancel_job(
        self,
        info: Info,
        input: Annotated[CancelJobInput, strawberry.argument(description="The job to be stopped.")],
    ) -> CancelJobResult:
        try:
            done = await service.cancel(
                info.context.principal,
                job_id(input.id),
                idempotency_key=input.idempotency_key,
                now=info.context.now,
            )
        except LaunchKitError as error:
            return problem(error)
        return CancelledJob(job=Job.of(done.value), is_replay=done.is_replay)

    @strawberry.mutation(
        description="Runs a job that failed or expired once more, as a new job. Repeating it is safe."
    )
    async def retry_job(
        self,
        info: Info,
        input: Annotated[RetryJobInput, strawberry.argument(description="The job to be run again.")],
    ) -> RetryJobResult:
        context = info.context
        try:
            retried = await service.retry(
                context.principal,
                job_id(input.id),
                idempotency_key=input.idempotency_key,
                now=context.now,
                desk=context.services.entitlements,
            )
        except LaunchKitError as error:
            return problem(error)
        return RetriedJob(job=Job.of(retried.job), is_replay=retried.is_replay)


def _object(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise InvalidInputError([FieldError("input", "object", "Give an object.")])
    return cast("Mapping[str, Any]", value)
