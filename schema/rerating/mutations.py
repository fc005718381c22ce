"""Starting re-ratings."""

from datetime import datetime
from typing import Annotated

import strawberry

from app.core.errors import LaunchKitError
from app.rerating import service
from app.rerating.types import NewRerating
from schema.core import node
from schema.core.context import Info
from schema.core.errors import Conflict, InvalidInput, LimitReached, Missing, problem
from schema.rerating.types import Rerating


@strawberry.input(description="A range of usage to rate by the prices of now.")
class RerateInput:
    org_id: strawberry.ID = strawberry.field(description="The org.")
    from_: datetime = strawberry.field(name="from", description="First moment inside.")
    to: datetime = strawberry.field(description="First moment after.")
    dry_run: bool = strawberry.field(default=True, description="Only tell what would change.")
    idempotency_key: str | None = strawberry.field(
        default=None, description="Makes repeating safe: 24 hours long the same key means the same effect."
    )


@strawberry.type(description="The re-rating has begun.")
class StartedRerating:
    rerating: Rerating = strawberry.field(description="As it began; `rerating` tells how far it is.")
    is_replay: bool = strawberry.field(description="Whether the idempotency key had begun it before.")


RerateResult = Annotated[
    StartedRerating | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("RerateResult", description="The re-rating, or why there is none."),
]


@strawberry.type
class ReratingMutations:
    @strawberry.mutation(
        description="Rates a range of usage by the prices of now: a dry run, or with the differences posted."
    )
    async def rerate(
        self,
        info: Info,
        input: Annotated[RerateInput, strawberry.argument(description="Which, and whether in earnest.")],
    ) -> RerateResult:
        command = NewRerating(input.from_, input.to, input.dry_run, input.idempotency_key)
        try:
            done = await service.start(
                info.context.principal, node.org_id(input.org_id), command=command, now=info.context.now
            )
        except LaunchKitError as error:
            return problem(error)
        return StartedRerating(rerating=Rerating.of(done.value, []), is_replay=done.is_replay)
