"""Saying where calls of models go."""

from typing import Annotated

import strawberry

from app.core.errors import LaunchKitError
from app.gateway.errors import PolicyNotFound
from app.gateway.routing import service
from app.gateway.routing.policy import Capability, Choice, SetPolicy, Strategy, WhenClientLeaves
from schema.core import node
from schema.core.context import Info
from schema.core.errors import Conflict, InvalidInput, LimitReached, Missing, problem
from schema.gateway.types import RoutingPolicy

_SAFE = "Makes repeating safe: 24 hours long the same key has one effect."


@strawberry.input(description="One model that calls may go to.")
class RoutingTargetInput:
    model: str = strawberry.field(description="As in a request: `gpt-4o-mini`, `mistral/mistral-small`.")
    weight: int = strawberry.field(default=1, description="How often it is chosen, where that is by weight.")
    capabilities: list[Capability] | None = strawberry.field(
        default=None, description="All that it can do; null: it is asked whatever a request needs."
    )
    context: int | None = strawberry.field(
        default=None, description="Tokens that fit into a call; null: what the price list says."
    )
    max_output: int | None = strawberry.field(
        default=None,
        description="Tokens that are held for an answer without `max_tokens`; null: what is known.",
    )


@strawberry.input(description="A policy; it takes the place of the one for this model.")
class SetRoutingPolicyInput:
    org_id: strawberry.ID = strawberry.field(description="The org whose calls it is about.")
    model: str = strawberry.field(
        description="What clients ask for: a model, an alias such as `auto`, or `*`."
    )
    strategy: Strategy = strawberry.field(default=Strategy.FIXED, description="Which target is the first.")
    targets: list[RoutingTargetInput] = strawberry.field(
        default_factory=list, description="At most 16, each of the route's own format."
    )
    baseline: str | None = strawberry.field(
        default=None, description="What savings are told against; null: the model asked for."
    )
    cache_seconds: int | None = strawberry.field(
        default=None, description="How long answers are kept for equal requests; null: not at all."
    )
    cached_percent: int = strawberry.field(
        default=0, description="What of its price a cached answer burns, in percent."
    )
    when_client_leaves: WhenClientLeaves | None = strawberry.field(
        default=None, description="What becomes of streams; null: what the installation says."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=_SAFE)


@strawberry.input(description="Which policy is to go.")
class RemoveRoutingPolicyInput:
    org_id: strawberry.ID = strawberry.field(description="The org whose it is.")
    id: strawberry.ID = strawberry.field(description="The policy.")
    idempotency_key: str | None = strawberry.field(default=None, description=_SAFE)


@strawberry.type(description="The policy as it is now, or as it was before it was removed.")
class ChangedRoutingPolicy:
    policy: RoutingPolicy = strawberry.field(description="The policy.")
    is_replay: bool = strawberry.field(description="Whether the idempotency key had this done before.")


SetRoutingPolicyResult = Annotated[
    ChangedRoutingPolicy | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("SetRoutingPolicyResult", description="The policy, or why it is as it was."),
]
RemoveRoutingPolicyResult = Annotated[
    ChangedRoutingPolicy | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("RemoveRoutingPolicyResult", description="The policy, or why it was not removed."),
]


@strawberry.type
class GatewayMutations:
    @strawberry.mutation(
        description="Says where calls that ask for a model go, what they fall back to, and whether answers are kept."
    )
    async def set_routing_policy(
        self,
        info: Info,
        input: Annotated[
            SetRoutingPolicyInput, strawberry.argument(description="The policy that is wanted.")
        ],
    ) -> SetRoutingPolicyResult:
        context = info.context
        org_id = node.org_id(input.org_id)
        command = SetPolicy(
            input.model,
            input.strategy,
            [_choice(one) for one in input.targets],
            input.baseline,
            input.cache_seconds,
            input.cached_percent,
            input.when_client_leaves,
            input.idempotency_key,
        )
        try:
            done = await service.set_policy(context.principal, org_id, command=command, now=context.now)
        except LaunchKitError as error:
            return problem(error)
        context.services.gateway.router.forget(org_id)
        return ChangedRoutingPolicy(policy=RoutingPolicy.of(done.value), is_replay=done.is_replay)

    @strawberry.mutation(description="Takes a policy away: calls go where their model's name says.")
    async def remove_routing_policy(
        self,
        info: Info,
        input: Annotated[RemoveRoutingPolicyInput, strawberry.argument(description="Which policy.")],
    ) -> RemoveRoutingPolicyResult:
        context = info.context
        org_id = node.org_id(input.org_id)
        try:
            done = await service.remove_policy(
                context.principal,
                org_id,
                policy_id=node.find("pol", input.id, PolicyNotFound),
                idempotency_key=input.idempotency_key,
                now=context.now,
            )
        except LaunchKitError as error:
            return problem(error)
        context.services.gateway.router.forget(org_id)
        return ChangedRoutingPolicy(policy=RoutingPolicy.of(done.value), is_replay=done.is_replay)


def _choice(one: RoutingTargetInput) -> Choice:
    declared = None if one.capabilities is None else frozenset(one.capabilities)
    return Choice(one.model, one.weight, declared, one.context, one.max_output)
