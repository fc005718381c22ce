"""`/v1/gateway/policies`: where calls that ask for one name go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from app.core import ids
from app.core.clock import utcnow
from app.core.principal import Permission, Principal
from app.gateway.errors import PolicyNotFound
from app.gateway.routing import queries, service
from app.gateway.routing.policy import Capability, Choice, Policy, SetPolicy, Strategy, WhenClientLeaves
from app.rest import bodies, idempotent
from app.rest.operation import IDEMPOTENCY_KEY, REPLAY, Operation, Parameter
from app.web.body import json_response
from app.web.organisation import sole_org
from app.web.services import SERVICES


class TargetBody(BaseModel):
    """One model that calls may go to."""

    model_config = ConfigDict(extra="forbid")

    model: Annotated[str, Field(description="As in a request: `gpt-4o-mini`, `mistral/mistral-small-latest`")]
    weight: Annotated[int, Field(description="How often it is chosen, where that is by weight")] = 1
    capabilities: Annotated[
        list[Capability] | None,
        Field(description="All that it can do; left out: it is asked whatever a request needs"),
    ] = None
    context: Annotated[
        int | None, Field(description="Tokens that fit into a call; default: what the price list says")
    ] = None
    max_output: Annotated[
        int | None,
        Field(description="Tokens that are held for an answer without `max_tokens`; default: what is known"),
    ] = None


class SetPolicyBody(BaseModel):
    """Takes the place of the policy for this model."""

    model_config = ConfigDict(extra="forbid")

    model: Annotated[
        str, Field(description="What clients ask for: a model's name, an alias such as `auto`, or `*`")
    ]
    strategy: Annotated[
        Strategy, Field(description="Which target is the first; the others are what it falls back to")
    ] = Strategy.FIXED
    targets: Annotated[list[TargetBody], Field(description="At most 16, each of the route's own format")] = []
    baseline: Annotated[
        str | None, Field(description="What savings are told against; default: the model asked for")
    ] = None
    cache_seconds: Annotated[
        int | None, Field(description="How long answers are kept for equal requests; left out: not at all")
    ] = None
    cached_percent: Annotated[
        int, Field(description="What of its price a cached answer burns, in percent")
    ] = 0
    when_client_leaves: Annotated[
        WhenClientLeaves | None,
        Field(
            description="`drain` reads a stream to its end and meters exactly; `cancel` ends it, and meters the words "
            "that passed; default: the installation's"
        ),
    ] = None


@dataclass(frozen=True, slots=True)
class TargetView:
    model: str
    weight: int
    capabilities: list[Capability] | None
    context: int | None
    max_output: int | None


@dataclass(frozen=True, slots=True)
class PolicyView:
    id: str
    model: str
    strategy: Strategy
    targets: list[TargetView]
    baseline: str | None
    cache_seconds: int | None
    cached_percent: int
    when_client_leaves: WhenClientLeaves | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class PolicyList:
    data: list[PolicyView]


def view(found: Policy) -> PolicyView:
    return PolicyView(
        ids.encode("pol", found.id),
        found.model,
        found.strategy,
        [_target(target) for target in found.targets],
        found.baseline,
        found.cache_seconds,
        found.cached_percent,
        found.when_client_leaves,
        found.created_at,
        found.updated_at,
    )


def _target(found: Choice) -> TargetView:
    declared = None if found.capabilities is None else sorted(found.capabilities)
    return TargetView(found.model, found.weight, declared, found.context, found.max_output)


async def put(request: web.Request, principal: Principal) -> web.Response:
    body = await bodies.read(request, SetPolicyBody)
    command = SetPolicy(
        body.model,
        body.strategy,
        [
            Choice(
                one.model,
                one.weight,
                None if one.capabilities is None else frozenset(one.capabilities),
                one.context,
                one.max_output,
            )
            for one in body.targets
        ],
        body.baseline,
        body.cache_seconds,
        body.cached_percent,
        body.when_client_leaves,
        idempotent.key_of(request),
    )
    org_id = sole_org(principal)
    done = await service.set_policy(principal, org_id, command=command, now=utcnow())
    request.app[SERVICES].gateway.router.forget(org_id)
    return idempotent.respond(done, view(done.value))


async def page(_request: web.Request, principal: Principal) -> web.Response:
    found = await queries.of_org(principal, sole_org(principal))
    return json_response(PolicyList([view(one) for one in found]))


async def remove(request: web.Request, principal: Principal) -> web.Response:
    """Whatever body there is says nothing."""
    policy_id = ids.find("pol", request.match_info["id"])
    if policy_id is None:
        raise PolicyNotFound
    org_id = sole_org(principal)
    done = await service.remove_policy(
        principal, org_id, policy_id=policy_id, idempotency_key=idempotent.key_of(request), now=utcnow()
    )
    request.app[SERVICES].gateway.router.forget(org_id)
    return idempotent.empty(done)


def operations() -> Sequence[Operation]:
    return [
        Operation(
            "POST",
            "/v1/gateway/policies",
            "set_routing_policy",
            "Says where calls that ask for a model go, what they fall back to, and whether answers are kept.",
            Permission.GATEWAY_MANAGE,
            put,
            {200: ("The policy as it is now", PolicyView)},
            body=SetPolicyBody,
            parameters=[IDEMPOTENCY_KEY],
            headers={200: (REPLAY,)},
            tag="Gateway",
        ),
        Operation(
            "GET",
            "/v1/gateway/policies",
            "list_routing_policies",
            "The org's routing policies, by the model that they are for.",
            Permission.GATEWAY_MANAGE,
            page,
            {200: ("All of them", PolicyList)},
            tag="Gateway",
        ),
        Operation(
            "DELETE",
            "/v1/gateway/policies/{id}",
            "remove_routing_policy",
            "Takes a routing policy away: calls go where their model's name says.",
            Permission.GATEWAY_MANAGE,
            remove,
            {204: ("It is gone", None)},
            parameters=[Parameter("id", "path", str, "pol_…", required=True), IDEMPOTENCY_KEY],
            headers={204: (REPLAY,)},
            tag="Gateway",
        ),
    ]
