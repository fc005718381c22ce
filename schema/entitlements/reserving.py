"""Checking and setting credit aside in one step."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Annotated

import strawberry

from app.core import ids
from app.core.errors import LaunchKitError
from app.core.money import ZERO
from app.credits.types import DEFAULT_LEASE
from app.entitlements import errors, reservation
from app.entitlements import types as domain
from app.entitlements.reservation import Reserve
from schema.core import node
from schema.core.context import Info
from schema.core.errors import AnyProblem, Conflict, InvalidInput, LimitReached, Missing, Problem, problem
from schema.entitlements.types import IntendedAction


@strawberry.input(description="What a customer is about to use.")
class ReserveEntitlementInput:
    org_id: strawberry.ID = strawberry.field(description="The org that sells it.")
    customer_id: str | None = strawberry.field(
        default=None, description="Your own id for the customer, or ours."
    )
    feature: str | None = strawberry.field(default=None, description="The key of a feature.")
    user_id: str | None = strawberry.field(default=None, description="Your own user, whose budget counts.")
    action: IntendedAction = strawberry.field(description="What is about to be done.")
    lease_seconds: int | None = strawberry.field(
        default=None, description="After how long it is ended if nobody settles or releases it: 1 to 86400."
    )
    idempotency_key: str | None = strawberry.field(
        default=None, description="Makes repeating safe: the same key reserves once."
    )


@strawberry.type(description="Credit is set aside: settle, start or release the hold.")
class ReservedEntitlement:
    hold_id: strawberry.ID = strawberry.field(description="The hold's id.")
    amount: Decimal = strawberry.field(description="How much.")
    expires_at: datetime = strawberry.field(description="When it is ended if nobody settles or releases it.")
    estimated_credits: Decimal = strawberry.field(description="What it would take.")
    estimated_cost_usd: Decimal | None = strawberry.field(
        description="What the provider would charge; null where no price is known."
    )
    is_replay: bool = strawberry.field(description="Whether the idempotency key had set it aside before.")

    @classmethod
    def of(cls, made: domain.Reservation) -> "ReservedEntitlement":
        return cls(
            hold_id=strawberry.ID(ids.encode("hold", made.id)),
            amount=made.amount,
            expires_at=made.expires_at,
            estimated_credits=made.estimate.credits or ZERO,
            estimated_cost_usd=made.estimate.cost_usd,
            is_replay=made.is_replay,
        )


@strawberry.type(description="The customer may not use the feature.")
class NotEntitled(Problem):
    pass


ReserveEntitlementResult = Annotated[
    ReservedEntitlement | NotEntitled | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("ReserveEntitlementResult", description="The hold, or why there is none."),
]


@strawberry.type
class ReservingMutations:
    @strawberry.mutation(
        description="Checks and sets credit aside in one step: what is given here, nobody else is given."
    )
    async def reserve_entitlement(
        self,
        info: Info,
        input: Annotated[ReserveEntitlementInput, strawberry.argument(description="Who, and what for.")],
    ) -> ReserveEntitlementResult:
        context, seconds = info.context, input.lease_seconds
        question = domain.Question(input.customer_id, input.feature, input.action.intent(), input.user_id)
        lease = DEFAULT_LEASE if seconds is None else timedelta(seconds=seconds)
        try:
            made = await reservation.reserve(
                context.principal,
                node.org_id(input.org_id),
                desk=context.services.entitlements,
                command=Reserve(question, lease, input.idempotency_key),
                now=context.now,
            )
        except LaunchKitError as error:
            return _problem(error)
        return ReservedEntitlement.of(made)


def _problem(error: LaunchKitError) -> AnyProblem | NotEntitled:
    """As `problem`; what the org does not sell the customer is no fault of who asks."""
    if isinstance(error, errors.NotEntitled | errors.FeatureDisabled):
        return NotEntitled(code=error.code, message=error.detail)
    return problem(error)
