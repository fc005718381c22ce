"""Taking credit: at once, or by a hold that is settled or released."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Annotated

import strawberry

from app.core import ids
from app.core.errors import LaunchKitError
from app.credits import requests, service
from app.credits.types import (
    DEFAULT_LEASE,
)
from schema.core import node
from schema.core.context import Info
from schema.core.errors import Conflict, InvalidInput, LimitReached, Missing, problem
from schema.credits.descriptions import AMOUNT, CUSTOMER, KEY
from schema.credits.postings import PostedTransaction, TransactionResult
from schema.credits.problems import BudgetExceeded, InsufficientCredits, spending_problem
from schema.credits.queries import hold_id


@strawberry.input(description="Credit to be used at once.")
class ConsumeCreditsInput:
    org_id: strawberry.ID = strawberry.field(description="The org.")
    customer_id: str | None = strawberry.field(default=None, description=CUSTOMER)
    amount: Decimal = strawberry.field(description=AMOUNT)
    user_id: str | None = strawberry.field(default=None, description="Your own user.")
    feature_id: str | None = strawberry.field(default=None, description="What it is used for.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="Credit to be set aside before work that costs some.")
class HoldCreditsInput:
    org_id: strawberry.ID = strawberry.field(description="The org.")
    customer_id: str | None = strawberry.field(default=None, description=CUSTOMER)
    amount: Decimal = strawberry.field(description=AMOUNT)
    lease_seconds: int | None = strawberry.field(
        default=None, description="After how long it is ended if nobody settles or releases it: 1 to 86400."
    )
    user_id: str | None = strawberry.field(default=None, description="Your own user.")
    feature_id: str | None = strawberry.field(default=None, description="What it is used for.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)


@strawberry.input(description="A hold whose work begins.")
class StartHoldInput:
    org_id: strawberry.ID = strawberry.field(description="The org.")
    hold_id: strawberry.ID = strawberry.field(description="What was set aside for it.")
    lease_seconds: int | None = strawberry.field(
        default=None,
        description="For how long it is kept from now on if nobody settles or releases it: 1 to 86400.",
    )


@strawberry.input(description="What work really took.")
class SettleHoldInput:
    org_id: strawberry.ID = strawberry.field(description="The org.")
    hold_id: strawberry.ID = strawberry.field(description="What was set aside for it.")
    amount: Decimal = strawberry.field(
        description="More than was held is drawn from further credit, then owed."
    )


@strawberry.input(description="A hold whose work is not going to be.")
class ReleaseHoldInput:
    org_id: strawberry.ID = strawberry.field(description="The org.")
    hold_id: strawberry.ID = strawberry.field(description="Which one.")


@strawberry.type(description="Credit is set aside.")
class HeldCredits:
    hold_id: strawberry.ID = strawberry.field(description="The hold's id.")
    amount: Decimal = strawberry.field(description="How much.")
    expires_at: datetime = strawberry.field(description="When it is ended if nobody settles or releases it.")
    is_replay: bool = strawberry.field(description="Whether the idempotency key had set it aside before.")


@strawberry.type(description="A hold whose work has begun: left alone, it is settled at its amount.")
class StartedHold:
    hold_id: strawberry.ID = strawberry.field(description="The hold's id.")
    started_at: datetime = strawberry.field(description="When its beginning was first told.")
    expires_at: datetime = strawberry.field(
        description="When it is settled at its amount if nobody settles or releases it."
    )


@strawberry.type(description="A hold was given back.")
class ReleasedHold:
    hold_id: strawberry.ID = strawberry.field(description="The hold's id.")
    amount: Decimal = strawberry.field(description="How much.")


SpendCreditsResult = Annotated[
    PostedTransaction
    | InsufficientCredits
    | BudgetExceeded
    | InvalidInput
    | Conflict
    | LimitReached
    | Missing,
    strawberry.union("SpendCreditsResult", description="The transaction, or why there is none."),
]
HoldCreditsResult = Annotated[
    HeldCredits | InsufficientCredits | BudgetExceeded | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("HoldCreditsResult", description="The hold, or why there is none."),
]
StartHoldResult = Annotated[
    StartedHold | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("StartHoldResult", description="The hold that is kept, or why it is not."),
]
ReleaseHoldResult = Annotated[
    ReleasedHold | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("ReleaseHoldResult", description="What was given back, or why nothing was."),
]


@strawberry.type
class SpendingMutations:
    @strawberry.mutation(description="Takes credit at once.")
    async def consume_credits(
        self,
        info: Info,
        input: Annotated[ConsumeCreditsInput, strawberry.argument(description="Whose, and how much.")],
    ) -> SpendCreditsResult:
        principal = info.context.principal
        try:
            spend = requests.spend(
                principal,
                "consume",
                amount=input.amount,
                customer_id=input.customer_id,
                user_id=input.user_id,
                feature_id=input.feature_id,
                idempotency_key=input.idempotency_key,
            )
            done = await service.consume(
                principal,
                node.org_id(input.org_id),
                operations=info.context.services.credits,
                spend=spend,
                now=info.context.now,
            )
        except LaunchKitError as error:
            return spending_problem(error)
        return PostedTransaction.of(done)

    @strawberry.mutation(
        description="Sets credit aside: from the wallet and from every budget, or not at all."
    )
    async def hold_credits(
        self,
        info: Info,
        input: Annotated[HoldCreditsInput, strawberry.argument(description="Whose, and how much.")],
    ) -> HoldCreditsResult:
        principal = info.context.principal
        try:
            spend = requests.spend(
                principal,
                "hold",
                amount=input.amount,
                customer_id=input.customer_id,
                user_id=input.user_id,
                feature_id=input.feature_id,
                idempotency_key=input.idempotency_key,
                lease_seconds=input.lease_seconds,
            )
            held = await service.hold(
                principal,
                node.org_id(input.org_id),
                operations=info.context.services.credits,
                spend=spend,
                now=info.context.now,
                lease=_lease(input.lease_seconds),
            )
        except LaunchKitError as error:
            return spending_problem(error)
        return HeldCredits(
            hold_id=strawberry.ID(ids.encode("hold", held.id)),
            amount=held.amount,
            expires_at=held.lease_expires_at,
            is_replay=held.is_replay,
        )

    @strawberry.mutation(description="Says that a hold's work has begun, which keeps it for another lease.")
    async def start_hold(
        self,
        info: Info,
        input: Annotated[StartHoldInput, strawberry.argument(description="Which, and for how long.")],
    ) -> StartHoldResult:
        try:
            done = await service.start(
                info.context.principal,
                node.org_id(input.org_id),
                hold_id=hold_id(input.hold_id),
                now=info.context.now,
                lease=_lease(input.lease_seconds),
            )
        except LaunchKitError as error:
            return problem(error)
        return StartedHold(
            hold_id=input.hold_id, started_at=done.started_at, expires_at=done.lease_expires_at
        )

    @strawberry.mutation(description="Ends a hold with what was really used, once.")
    async def settle_hold(
        self,
        info: Info,
        input: Annotated[SettleHoldInput, strawberry.argument(description="Which, and how much.")],
    ) -> TransactionResult:
        try:
            done = await service.settle(
                info.context.principal,
                node.org_id(input.org_id),
                operations=info.context.services.credits,
                hold_id=hold_id(input.hold_id),
                actual=input.amount,
                now=info.context.now,
            )
        except LaunchKitError as error:
            return problem(error)
        return PostedTransaction.of(done)

    @strawberry.mutation(description="Gives back what was held.")
    async def release_hold(
        self, info: Info, input: Annotated[ReleaseHoldInput, strawberry.argument(description="Which one.")]
    ) -> ReleaseHoldResult:
        try:
            done = await service.release(
                info.context.principal,
                node.org_id(input.org_id),
                operations=info.context.services.credits,
                hold_id=hold_id(input.hold_id),
                now=info.context.now,
            )
        except LaunchKitError as error:
            return problem(error)
        return ReleasedHold(hold_id=input.hold_id, amount=done.amount)


def _lease(seconds: int | None) -> timedelta:
    return DEFAULT_LEASE if seconds is None else timedelta(seconds=seconds)
