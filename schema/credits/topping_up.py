"""Having a wallet topped up by itself."""

from decimal import Decimal
from typing import Annotated

import strawberry

from app.core.errors import LaunchKitError
from app.credits.top_ups import service
from app.credits.top_ups import types as domain
from app.credits.types import Period
from schema.core import node
from schema.core.context import Info
from schema.core.errors import Conflict, InvalidInput, LimitReached, Missing, problem
from schema.credits.queries import wallet_id
from schema.credits.top_ups import AutoTopUp

_SAFE = "Makes repeating safe: 24 hours long the same key has one effect."


@strawberry.input(
    description="When and with what a wallet is to be topped up; takes the place of what was set."
)
class SetAutoTopUpInput:
    org_id: strawberry.ID = strawberry.field(description="The org.")
    wallet_id: strawberry.ID = strawberry.field(description="The wallet, a live one.")
    threshold: Decimal = strawberry.field(
        description="Once no more than this can be used, credit is bought: once, until there is more again."
    )
    amount: Decimal = strawberry.field(description="How many credits at once.")
    cost_basis: Decimal = strawberry.field(description="What one credit costs, in `currency`.")
    currency: str = strawberry.field(description="ISO 4217.")
    period: Period = strawberry.field(description="What the caps are for.")
    max_amount: Decimal = strawberry.field(description="How many credits in a period, at most.")
    max_count: int = strawberry.field(description="How many top-ups in a period, at most: 1 to 1000.")
    payment_method: str = strawberry.field(
        description="Stripe's `pm_…`, of a customer there whose metadata says `launchkit_org=org_…`."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=_SAFE)


@strawberry.input(description="A wallet that is not to be topped up any more.")
class RemoveAutoTopUpInput:
    org_id: strawberry.ID = strawberry.field(description="The org.")
    wallet_id: strawberry.ID = strawberry.field(description="The wallet.")
    idempotency_key: str | None = strawberry.field(default=None, description=_SAFE)


@strawberry.type(description="What tops the wallet up, as it is now or, where it was removed, as it was.")
class ChangedAutoTopUp:
    auto_top_up: AutoTopUp = strawberry.field(description="What was set.")
    is_replay: bool = strawberry.field(description="Whether the idempotency key had this done before.")


SetAutoTopUpResult = Annotated[
    ChangedAutoTopUp | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("SetAutoTopUpResult", description="What was set, or why nothing was."),
]
RemoveAutoTopUpResult = Annotated[
    ChangedAutoTopUp | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("RemoveAutoTopUpResult", description="What was removed, or why nothing was."),
]


@strawberry.type
class TopUpMutations:
    @strawberry.mutation(description="Has a wallet topped up whenever its credit falls to a threshold.")
    async def set_auto_top_up(
        self,
        info: Info,
        input: Annotated[SetAutoTopUpInput, strawberry.argument(description="When, and with what.")],
    ) -> SetAutoTopUpResult:
        try:
            command = domain.SetAutoTopUp(
                wallet_id(input.wallet_id),
                input.threshold,
                input.amount,
                input.cost_basis,
                input.currency,
                input.period,
                input.max_amount,
                input.max_count,
                input.payment_method,
                input.idempotency_key,
            )
            done = await service.set_auto_top_up(
                info.context.principal,
                node.org_id(input.org_id),
                command=command,
                payments=info.context.services.payments,
                now=info.context.now,
            )
        except LaunchKitError as error:
            return problem(error)
        return ChangedAutoTopUp(auto_top_up=AutoTopUp.of(done.value), is_replay=done.is_replay)

    @strawberry.mutation(description="Has a wallet topped up no more.")
    async def remove_auto_top_up(
        self,
        info: Info,
        input: Annotated[RemoveAutoTopUpInput, strawberry.argument(description="Which wallet.")],
    ) -> RemoveAutoTopUpResult:
        try:
            done = await service.remove_auto_top_up(
                info.context.principal,
                node.org_id(input.org_id),
                wallet_id=wallet_id(input.wallet_id),
                idempotency_key=input.idempotency_key,
                now=info.context.now,
            )
        except LaunchKitError as error:
            return problem(error)
        return ChangedAutoTopUp(auto_top_up=AutoTopUp.of(done.value), is_replay=done.is_replay)
