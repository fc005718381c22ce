"""Making, rotating, changing and revoking API keys."""

from datetime import datetime, timedelta
from typing import Annotated

import strawberry

from app.apikeys import service
from app.apikeys import types as domain
from app.core.errors import LaunchKitError
from schema.apikeys.queries import key_id, parse_workspace_id
from schema.core import node
from schema.core.context import Info
from schema.core.errors import Conflict, InvalidInput, LimitReached, Missing, problem
from schema.orgs.types import ApiKey

_SAFE = "Makes repeating safe: 24 hours long the same key has one effect."
_TOKENS = "Tokens of models that it may take in a minute through the gateway, input and output together; null is any"
_MODELS = "By name, or by a prefix and `*`, as requests write them"


@strawberry.input(description="A wish for an API key, which can be no more than you are.")
class CreateApiKeyInput:
    org_id: strawberry.ID = strawberry.field(description="The org it belongs to.")
    workspace_id: strawberry.ID | None = strawberry.field(
        default=None, description="The environment that it sees; the live one where none is named."
    )
    name: str = strawberry.field(description="What it is for, in 1 to 100 characters.")
    scopes: list[str] = strawberry.field(description="What it may do: permissions that you hold yourself.")
    expires_at: datetime | None = strawberry.field(
        default=None, description="From when on it is refused, within ten years; null is never."
    )
    allowed_models: list[str] | None = strawberry.field(
        default=None, description=f"The models it may use, at most 50; null is any. {_MODELS}."
    )
    tokens_per_minute: int | None = strawberry.field(default=None, description=f"{_TOKENS} number.")
    idempotency_key: str | None = strawberry.field(
        default=None,
        description=f"{_SAFE} A replay shows the key without its token: if that was lost, rotate the key.",
    )


@strawberry.input(description="Which key is to be rotated, and how long both are good.")
class RotateApiKeyInput:
    id: strawberry.ID = strawberry.field(description="The key.")
    overlap_hours: int | None = strawberry.field(
        default=None,
        description="How long the old key stays good, 0 to 168; 24 unless the installation differs.",
    )
    idempotency_key: str | None = strawberry.field(
        default=None,
        description=f"{_SAFE} A replay shows the successor without its token: if that was lost, rotate it.",
    )


@strawberry.input(description="What of a key is to be different; what is left out stays.")
class UpdateApiKeyInput:
    id: strawberry.ID = strawberry.field(description="The key.")
    name: str | None = strawberry.field(default=strawberry.UNSET, description="What it is for.")
    scopes: list[str] | None = strawberry.field(
        default=strawberry.UNSET, description="Fewer than now: for more, create another key."
    )
    allowed_models: list[str] | None = strawberry.field(
        default=strawberry.UNSET, description=f"The models it may use; null is any. {_MODELS}."
    )
    tokens_per_minute: int | None = strawberry.field(
        default=strawberry.UNSET, description=f"{_TOKENS} number."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=_SAFE)


@strawberry.input(description="Which key is to end.")
class RevokeApiKeyInput:
    id: strawberry.ID = strawberry.field(description="The key.")
    idempotency_key: str | None = strawberry.field(
        default=None, description=f"{_SAFE} Revoking twice is safe without it, too."
    )


@strawberry.type(description="A key was made. This is the only time that its token is shown.")
class CreatedApiKey:
    api_key: ApiKey = strawberry.field(description="The key.")
    token: str | None = strawberry.field(
        description="The key in full: send it as `Authorization: Bearer …`. Null in a replay, as it is kept nowhere."
    )
    is_replay: bool = strawberry.field(description="Whether the idempotency key had made it before.")

    @classmethod
    def of(cls, new: domain.NewApiKey) -> "CreatedApiKey":
        return cls(api_key=ApiKey.of(new.key), token=new.token, is_replay=new.is_replay)


@strawberry.type(description="The key as it is now.")
class ChangedApiKey:
    api_key: ApiKey = strawberry.field(description="The key.")
    is_replay: bool = strawberry.field(description="Whether the idempotency key had this done before.")


CreateApiKeyResult = Annotated[
    CreatedApiKey | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("CreateApiKeyResult", description="The key, or why there is none."),
]
RotateApiKeyResult = Annotated[
    CreatedApiKey | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("RotateApiKeyResult", description="The key's successor, or why there is none."),
]
UpdateApiKeyResult = Annotated[
    ChangedApiKey | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("UpdateApiKeyResult", description="The key, or why it is as it was."),
]
RevokeApiKeyResult = Annotated[
    ChangedApiKey | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("RevokeApiKeyResult", description="The key, or why it was not revoked."),
]


@strawberry.type
class ApiKeyMutations:
    @strawberry.mutation(description="Makes an API key.")
    async def create_api_key(
        self,
        info: Info,
        input: Annotated[CreateApiKeyInput, strawberry.argument(description="The key that is wanted.")],
    ) -> CreateApiKeyResult:
        context = info.context
        try:
            command = domain.CreateApiKey(
                name=input.name,
                scopes=input.scopes,
                workspace_id=parse_workspace_id(input.workspace_id),
                expires_at=input.expires_at,
                allowed_models=input.allowed_models,
                tokens_per_minute=input.tokens_per_minute,
                idempotency_key=input.idempotency_key,
            )
            new = await service.create(
                context.principal,
                node.org_id(input.org_id),
                command=command,
                verifier=context.services.keys,
                now=context.now,
            )
        except LaunchKitError as error:
            return problem(error)
        return CreatedApiKey.of(new)

    @strawberry.mutation(
        description="Makes a key that takes another's place; the old one stays good for the overlap."
    )
    async def rotate_api_key(
        self,
        info: Info,
        input: Annotated[
            RotateApiKeyInput, strawberry.argument(description="The key that is to be rotated.")
        ],
    ) -> RotateApiKeyResult:
        context = info.context
        try:
            new = await service.rotate(
                context.principal,
                key_id(input.id),
                command=domain.RotateApiKey(input.overlap_hours, input.idempotency_key),
                verifier=context.services.keys,
                default_overlap=timedelta(hours=context.services.settings.key_rotation_overlap_hours),
                now=context.now,
            )
        except LaunchKitError as error:
            return problem(error)
        return CreatedApiKey.of(new)

    @strawberry.mutation(
        description="Changes an API key's name, models or limit of tokens, or takes scopes away."
    )
    async def update_api_key(
        self,
        info: Info,
        input: Annotated[UpdateApiKeyInput, strawberry.argument(description="What is to be different.")],
    ) -> UpdateApiKeyResult:
        context = info.context
        try:
            done = await service.update(
                context.principal, key_id(input.id), command=_update(input), now=context.now
            )
        except LaunchKitError as error:
            return problem(error)
        return ChangedApiKey(api_key=ApiKey.of(done.value), is_replay=done.is_replay)

    @strawberry.mutation(description="Ends an API key for good, everywhere within a second.")
    async def revoke_api_key(
        self,
        info: Info,
        input: Annotated[RevokeApiKeyInput, strawberry.argument(description="The key that is to end.")],
    ) -> RevokeApiKeyResult:
        context = info.context
        try:
            done = await service.revoke(
                context.principal, key_id(input.id), idempotency_key=input.idempotency_key, now=context.now
            )
        except LaunchKitError as error:
            return problem(error)
        return ChangedApiKey(api_key=ApiKey.of(done.value), is_replay=done.is_replay)


def _update(input: UpdateApiKeyInput) -> domain.UpdateApiKey:
    """Null is as good as left out, but for models and tokens, where it says any: a key always has a name and scopes."""
    models, tokens = input.allowed_models, input.tokens_per_minute
    return domain.UpdateApiKey(
        name=input.name if isinstance(input.name, str) else domain.UNCHANGED,
        scopes=input.scopes if isinstance(input.scopes, list) else domain.UNCHANGED,
        allowed_models=domain.UNCHANGED if models is strawberry.UNSET else models,
        tokens_per_minute=domain.UNCHANGED if tokens is strawberry.UNSET else tokens,
        idempotency_key=input.idempotency_key,
    )
