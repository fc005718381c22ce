"""Routing policies."""

from datetime import datetime

import strawberry

from app.core import ids
from app.gateway.routing import policy as domain
from app.gateway.routing.policy import Capability, Strategy, WhenClientLeaves
from schema.core import enums

enums.describe(
    Strategy,
    name="RoutingStrategy",
    description="Which target is the first; the others are what a call falls back to.",
    values={
        Strategy.FIXED: "In the order in which they are named.",
        Strategy.CHEAPEST: "What costs least for the tokens of the request.",
        Strategy.WEIGHTED: "By chance, as often as the weights say.",
        Strategy.FASTEST: "What began to answer soonest in the last calls.",
    },
)
enums.describe(
    Capability,
    name="ModelCapability",
    description="What a request may need of a model.",
    values={
        Capability.TOOLS: "Calling tools.",
        Capability.VISION: "Reading pictures.",
        Capability.JSON: "Answering in JSON.",
    },
)


enums.describe(
    WhenClientLeaves,
    name="WhenClientLeaves",
    description="What becomes of a stream upstream whose client leaves.",
    values={
        WhenClientLeaves.DRAIN: "It is read to its end, within bounds, and metered exactly.",
        WhenClientLeaves.CANCEL: "It is ended, and metered by the words that passed.",
    },
)


@strawberry.type(description="One model that calls may go to.")
class RoutingTarget:
    model: str = strawberry.field(description="As in a request.")
    weight: int = strawberry.field(description="How often it is chosen, where that is by weight.")
    capabilities: list[Capability] | None = strawberry.field(
        description="All that it can do; null: it is asked whatever a request needs."
    )
    context: int | None = strawberry.field(
        description="Tokens that fit into a call; null: what the price list says."
    )
    max_output: int | None = strawberry.field(
        description="Tokens that are held for an answer without `max_tokens`; null: what is known."
    )


@strawberry.type(description="Where calls that ask for one name go.")
class RoutingPolicy:
    id: strawberry.ID = strawberry.field(description="Its id.")
    model: str = strawberry.field(description="What clients ask for; `*`: whatever has no policy of its own.")
    strategy: Strategy = strawberry.field(description="Which target is the first.")
    targets: list[RoutingTarget] = strawberry.field(description="Where calls may go.")
    baseline: str | None = strawberry.field(
        description="What savings are told against, unless the model asked for."
    )
    cache_seconds: int | None = strawberry.field(description="How long answers are kept; null: not at all.")
    cached_percent: int = strawberry.field(description="What of its price a cached answer burns.")
    when_client_leaves: WhenClientLeaves | None = strawberry.field(
        description="What becomes of streams; null: what the installation says."
    )
    created_at: datetime = strawberry.field(description="When it was made.")
    updated_at: datetime = strawberry.field(description="When it was last set.")

    @classmethod
    def of(cls, found: domain.Policy) -> "RoutingPolicy":
        return cls(
            id=strawberry.ID(ids.encode("pol", found.id)),
            model=found.model,
            strategy=found.strategy,
            targets=[_target(one) for one in found.targets],
            baseline=found.baseline,
            cache_seconds=found.cache_seconds,
            cached_percent=found.cached_percent,
            when_client_leaves=found.when_client_leaves,
            created_at=found.created_at,
            updated_at=found.updated_at,
        )


def _target(one: domain.Choice) -> RoutingTarget:
    declared = None if one.capabilities is None else sorted(one.capabilities)
    return RoutingTarget(
        model=one.model,
        weight=one.weight,
        capabilities=declared,
        context=one.context,
        max_output=one.max_output,
    )
