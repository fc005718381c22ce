"""Making an org's own customers, and saying what they are."""

from typing import Annotated

import strawberry

from app.core.errors import LaunchKitError
from app.customers import service
from app.customers import types as domain
from schema.core import node
from schema.core.context import Info
from schema.core.errors import Conflict, InvalidInput, LimitReached, Missing, problem
from schema.customers.types import Customer

_SAFE = "Makes repeating safe: 24 hours long the same key has one effect."
_TIER = "Chooses burn tables and entitlements."
_TEAM = "Whose wallet it draws from, instead of its own."


@strawberry.input(description="A customer that usage has not named yet.")
class CreateCustomerInput:
    org_id: strawberry.ID = strawberry.field(description="The org whose customer it is.")
    external_id: str = strawberry.field(description="Your own id for it, for good, in 1 to 255 characters.")
    name: str | None = strawberry.field(default=None, description="For people.")
    tier: str | None = strawberry.field(default=None, description=_TIER)
    team: str | None = strawberry.field(default=None, description=_TEAM)
    idempotency_key: str | None = strawberry.field(default=None, description=_SAFE)


@strawberry.input(
    description="What of a customer is to be different; what is left out stays, null takes away."
)
class UpdateCustomerInput:
    org_id: strawberry.ID = strawberry.field(description="The org whose customer it is.")
    id: strawberry.ID = strawberry.field(description="Your own id for it, or ours.")
    name: str | None = strawberry.field(default=strawberry.UNSET, description="For people.")
    tier: str | None = strawberry.field(default=strawberry.UNSET, description=_TIER)
    team: str | None = strawberry.field(default=strawberry.UNSET, description=_TEAM)
    idempotency_key: str | None = strawberry.field(default=None, description=_SAFE)


@strawberry.type(description="The customer as it is now.")
class ChangedCustomer:
    customer: Customer = strawberry.field(description="The customer.")
    is_replay: bool = strawberry.field(description="Whether the idempotency key had this done before.")


CreateCustomerResult = Annotated[
    ChangedCustomer | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("CreateCustomerResult", description="The customer, or why there is none."),
]
UpdateCustomerResult = Annotated[
    ChangedCustomer | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("UpdateCustomerResult", description="The customer, or why it is as it was."),
]


@strawberry.type
class CustomerMutations:
    @strawberry.mutation(description="Makes a customer before usage names it.")
    async def create_customer(
        self,
        info: Info,
        input: Annotated[CreateCustomerInput, strawberry.argument(description="The customer.")],
    ) -> CreateCustomerResult:
        try:
            done = await service.create(
                info.context.principal,
                node.org_id(input.org_id),
                command=domain.CreateCustomer(
                    input.external_id, input.name, input.tier, input.team, input.idempotency_key
                ),
                now=info.context.now,
            )
        except LaunchKitError as error:
            return problem(error)
        return ChangedCustomer(customer=Customer.of(done.value), is_replay=done.is_replay)

    @strawberry.mutation(description="Changes a customer's name, tier or team.")
    async def update_customer(
        self,
        info: Info,
        input: Annotated[UpdateCustomerInput, strawberry.argument(description="What is to be different.")],
    ) -> UpdateCustomerResult:
        try:
            done = await service.update(
                info.context.principal,
                node.org_id(input.org_id),
                input.id,
                command=domain.UpdateCustomer(
                    _wish(input.name), _wish(input.tier), _wish(input.team), input.idempotency_key
                ),
                now=info.context.now,
            )
        except LaunchKitError as error:
            return problem(error)
        return ChangedCustomer(customer=Customer.of(done.value), is_replay=done.is_replay)


def _wish(value: str | None) -> str | None:
    return domain.UNCHANGED if value is strawberry.UNSET else value
