"""Where an org's calls of models may go beside the installation's own providers."""

from datetime import datetime
from typing import Annotated

import strawberry

from app.core import ids
from app.core.errors import LaunchKitError
from app.core.ids import UpstreamId
from app.gateway.errors import UpstreamNotFound
from app.gateway.types import Dialect
from app.gateway.upstreams import sealing, service
from app.gateway.upstreams.queries import Registered
from app.gateway.upstreams.service import SetUpstream
from app.infra import hashing
from schema.core import enums, node
from schema.core.context import Info
from schema.core.errors import Conflict, InvalidInput, LimitReached, Missing, problem

_SAFE = "Makes repeating safe: 24 hours long the same key has one effect."

enums.describe(
    Dialect,
    name="UpstreamProtocol",
    description="Whose format an upstream speaks.",
    values={
        Dialect.OPENAI: "OpenAI's, and of the many servers that speak the same.",
        Dialect.ANTHROPIC: "Anthropic's.",
        Dialect.GOOGLE: "Google's.",
    },
)


@strawberry.type(description="An upstream of the org's own. Its key is sealed, and shown to nobody.")
class Upstream:
    id: strawberry.ID = strawberry.field(description="Its id.")
    name: str = strawberry.field(description="What comes before the slash in a model's name.")
    protocol: Dialect = strawberry.field(description="Whose format it speaks.")
    base_url: str = strawberry.field(description="Where it is.")
    provider: str = strawberry.field(description="Whose prices count, as in the price list.")
    has_api_key: bool = strawberry.field(description="Whether it has a key.")
    created_at: datetime = strawberry.field(description="When it was made.")
    updated_at: datetime = strawberry.field(description="When it was last set.")

    @classmethod
    def of(cls, found: Registered) -> "Upstream":
        return cls(
            id=strawberry.ID(ids.encode("ups", found.id)),
            name=found.name,
            protocol=found.dialect,
            base_url=found.base_url,
            provider=found.provider,
            has_api_key=found.has_secret,
            created_at=found.created_at,
            updated_at=found.updated_at,
        )


def upstream_id(value: strawberry.ID) -> UpstreamId:
    """A malformed id is one that does not exist. Raises `UpstreamNotFound`."""
    return UpstreamId(node.find("ups", value, UpstreamNotFound))


@strawberry.input(description="An upstream; it takes the place of the org's of this name, its key included.")
class SetUpstreamInput:
    org_id: strawberry.ID = strawberry.field(description="The org whose calls may go there.")
    name: str = strawberry.field(
        description="What comes before the slash in a model's name. Named `openai`, `anthropic` or `google`, it takes "
        "that provider's place."
    )
    protocol: Dialect = strawberry.field(description="Whose format it speaks.")
    base_url: str = strawberry.field(
        description="As its SDK takes it: with /v1 of an OpenAI-compatible server."
    )
    api_key: str | None = strawberry.field(default=None, description="Its key; never shown again.")
    provider: str | None = strawberry.field(
        default=None, description="Whose prices count, as in the price list; null: the name."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=_SAFE)


@strawberry.input(description="Which upstream is to go.")
class RemoveUpstreamInput:
    org_id: strawberry.ID = strawberry.field(description="The org whose it is.")
    id: strawberry.ID = strawberry.field(description="The upstream.")
    idempotency_key: str | None = strawberry.field(default=None, description=_SAFE)


@strawberry.type(description="The upstream as it is now, or as it was before it was removed.")
class ChangedUpstream:
    upstream: Upstream = strawberry.field(description="The upstream.")
    is_replay: bool = strawberry.field(description="Whether the idempotency key had this done before.")


SetUpstreamResult = Annotated[
    ChangedUpstream | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("SetUpstreamResult", description="The upstream, or why it is as it was."),
]
RemoveUpstreamResult = Annotated[
    ChangedUpstream | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("RemoveUpstreamResult", description="The upstream, or why it was not removed."),
]


@strawberry.type
class UpstreamMutations:
    @strawberry.mutation(description="Says where calls of `name/model` go.")
    async def set_upstream(
        self,
        info: Info,
        input: Annotated[SetUpstreamInput, strawberry.argument(description="The upstream that is wanted.")],
    ) -> SetUpstreamResult:
        context, org_id = info.context, node.org_id(input.org_id)
        services = context.services
        command = SetUpstream(
            input.name,
            input.protocol,
            input.base_url,
            input.api_key,
            input.provider,
            input.idempotency_key,
        )
        try:
            done = await service.set_upstream(
                context.principal,
                org_id,
                command=command,
                key=hashing.derive_key(services.settings.secret_key, sealing.PURPOSE),
                outbound=services.outbound,
                now=context.now,
            )
        except LaunchKitError as error:
            return problem(error)
        services.gateway.directory.forget(org_id)
        return ChangedUpstream(upstream=Upstream.of(done.value), is_replay=done.is_replay)

    @strawberry.mutation(description="Takes an upstream away, and its key with it.")
    async def remove_upstream(
        self,
        info: Info,
        input: Annotated[RemoveUpstreamInput, strawberry.argument(description="Which upstream.")],
    ) -> RemoveUpstreamResult:
        context, org_id = info.context, node.org_id(input.org_id)
        try:
            done = await service.remove_upstream(
                context.principal,
                org_id,
                upstream_id=upstream_id(input.id),
                idempotency_key=input.idempotency_key,
                now=context.now,
            )
        except LaunchKitError as error:
            return problem(error)
        context.services.gateway.directory.forget(org_id)
        return ChangedUpstream(upstream=Upstream.of(done.value), is_replay=done.is_replay)
