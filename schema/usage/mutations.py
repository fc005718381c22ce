"""Taking in usage."""

from dataclasses import fields
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

import strawberry
from strawberry.scalars import JSON

from app.core.errors import LaunchKitError
from app.ingestion import decoding, service
from app.ingestion.types import Batch, Result, Status
from schema.core import enums, naming, node
from schema.core.context import Info
from schema.core.errors import Conflict, FieldProblem, InvalidInput, LimitReached, Missing, problem
from schema.core.scalars import BigInt

enums.describe(
    Status,
    name="IngestStatus",
    description="What became of an event.",
    values={
        Status.ACCEPTED: "It is written, and counted.",
        Status.DUPLICATE: "The same was sent before, and counted then.",
        Status.CONFLICT: "Another event was sent with this id.",
        Status.INVALID: "It is no event that can be counted; `errors` says why.",
    },
)


@strawberry.input(
    description="Something that was used. The id is yours: however often it is sent, it counts once."
)
class UsageEventInput:
    event_id: str = strawberry.field(description="Yours, unique in the org.")
    event_type: str | None = strawberry.field(
        default=None, description="TOKEN_USAGE, IMAGE_GENERATION, CUSTOM, or a name of yours."
    )
    customer_id: str | None = strawberry.field(default=None, description="Your own customer.")
    user_id: str | None = strawberry.field(default=None, description="Your customer's user.")
    feature_id: str | None = strawberry.field(default=None, description="Your own feature.")
    provider: str | None = strawberry.field(default=None, description="For example openai.")
    model: str | None = strawberry.field(default=None, description="Model name.")
    input_tokens: BigInt | None = strawberry.field(default=None, description="Tokens read.")
    output_tokens: BigInt | None = strawberry.field(default=None, description="Tokens written.")
    cached_input_tokens: BigInt | None = strawberry.field(default=None, description="Part of the input.")
    cache_write_tokens: BigInt | None = strawberry.field(default=None, description="Part of the input.")
    reasoning_tokens: BigInt | None = strawberry.field(default=None, description="Part of the output.")
    image_count: int | None = strawberry.field(default=None, description="Images made.")
    image_size: str | None = strawberry.field(default=None, description="For example 1024x1024.")
    quality: str | None = strawberry.field(default=None, description="For example hd.")
    unit_type: str | None = strawberry.field(default=None, description="What was used, for example pages.")
    quantity: Decimal | None = strawberry.field(default=None, description="How much of it.")
    latency_ms: int | None = strawberry.field(default=None, description="How long the call took.")
    timestamp: datetime | None = strawberry.field(default=None, description="Default: its receipt.")
    properties: JSON | None = strawberry.field(default=None, description="Your own: an object.")
    voids: str | None = strawberry.field(default=None, description="The event that this one takes back.")
    supersedes: str | None = strawberry.field(
        default=None, description="The event whose place this one takes."
    )


@strawberry.input(description="Usage to take in.")
class IngestUsageInput:
    org_id: strawberry.ID = strawberry.field(description="The org it belongs to.")
    events: list[UsageEventInput] = strawberry.field(description="What was used.")
    backfill: bool = strawberry.field(
        default=False, description="History: may be older than other events, and draws no credit."
    )


@strawberry.type(description="What became of one event.")
class IngestedEvent:
    event_id: str | None = strawberry.field(description="Its id as you gave it.")
    status: Status = strawberry.field(description="What became of it.")
    errors: list[FieldProblem] = strawberry.field(description="What is wrong with an invalid one.")

    @classmethod
    def of(cls, result: Result) -> "IngestedEvent":
        problems = [
            FieldProblem(field=naming.of_field(e.field), code=e.code, message=e.message)
            for e in result.errors
        ]
        return cls(event_id=result.event_id, status=result.status, errors=problems)


@strawberry.type(description="What was accepted has been written.")
class IngestedUsage:
    results: list[IngestedEvent] = strawberry.field(description="One per event, in their order.")
    accepted: int = strawberry.field(description="How many were new.")
    duplicate: int = strawberry.field(description="How many had been sent before, and were the same.")
    conflict: int = strawberry.field(description="For how many another event was sent with their id.")
    invalid: int = strawberry.field(description="How many were no events.")


IngestUsageResult = Annotated[
    IngestedUsage | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union(
        "IngestUsageResult", description="What became of each event, or why none was looked at."
    ),
]


@strawberry.type
class UsageMutations:
    @strawberry.mutation(description="Takes in usage. Sending the same again is always safe.")
    async def ingest_usage(
        self,
        info: Info,
        input: Annotated[IngestUsageInput, strawberry.argument(description="What was used.")],
    ) -> IngestUsageResult:
        services = info.context.services
        items = decoding.items([_document(event) for event in input.events])
        try:
            results = await service.ingest(
                info.context.principal,
                node.org_id(input.org_id),
                intake=services.intake,
                prices=services.prices,
                batch=Batch(items, input.backfill),
                rules=services.ingestion_rules,
                now=info.context.now,
            )
        except LaunchKitError as error:
            return problem(error)
        statuses = [result.status for result in results]
        return IngestedUsage(
            results=[IngestedEvent.of(result) for result in results],
            **{status.value: statuses.count(status) for status in Status},
        )


def _document(event: UsageEventInput) -> dict[str, Any]:
    # Not `asdict`, which goes down into `properties`: how deep they are is still to be judged.
    given = {each.name: getattr(event, each.name) for each in fields(event)}
    return {name: value for name, value in given.items() if value is not None}
