"""Making jobs."""

from collections.abc import Mapping
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
from schema.jobs.types import Job


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


@strawberry.type(description="The job is queued.")
class CreatedJob:
    job: Job = strawberry.field(description="The job as it was made.")
    is_replay: bool = strawberry.field(description="Whether the idempotency key had made it before.")


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
                input.kind, _object(input.input), input.customer_id, input.idempotency_key
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


def _object(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise InvalidInputError([FieldError("input", "object", "Give an object.")])
    return cast("Mapping[str, Any]", value)
