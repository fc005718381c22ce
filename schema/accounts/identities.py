"""Signing in elsewhere: providers, and the identities that are linked to an account."""

from datetime import datetime
from typing import Annotated

import strawberry
from aiohttp import web

from app.accounts import proving
from app.accounts.external import destinations, queries, service
from app.accounts.external import types as domain
from app.core import ids
from app.core.errors import FieldError, LaunchKitError
from app.core.errors import InvalidInput as InvalidInputError
from app.core.ids import IdentityId
from app.web.external import keep_attempt
from schema.core.context import Info
from schema.core.errors import Conflict, InvalidInput, LimitReached, Missing, problem
from schema.core.node import Id


@strawberry.type(description="Where people may sign in with an account that they have elsewhere.")
class IdentityProvider:
    name: str = strawberry.field(description="As `linkIdentity` takes it.")
    label: str = strawberry.field(description="For a button.")
    start_url: str = strawberry.field(
        description="Send the browser there to sign in; `?return_to=/path` says where on this site it ends up."
    )


@strawberry.type(description="An account elsewhere that signs you in here.")
class ExternalIdentity:
    id: Id = strawberry.field(description="Stable.")
    issuer: str = strawberry.field(description="Who vouches for it.")
    provider: str | None = strawberry.field(
        description="Name of the provider, as long as this installation has it."
    )
    email: str | None = strawberry.field(description="As the issuer told it when it was linked.")
    created_at: datetime = strawberry.field(description="When it was linked.")


@strawberry.type(description="Send the browser to `url`: it comes back with the identity linked.")
class IdentityLinking:
    url: str = strawberry.field(
        description="An address of the provider, good for ten minutes in this browser."
    )


@strawberry.type(description="The identity no longer signs you in.")
class IdentityUnlinked:
    id: Id = strawberry.field(description="Of the identity that was.")


@strawberry.input(description="Which account elsewhere is to be linked.")
class LinkIdentityInput:
    provider: str = strawberry.field(description="A name of `identityProviders`.")
    return_to: str | None = strawberry.field(
        description="Path on this site where the browser ends up; `auth_error` in its query tells a failure.",
        default=None,
    )
    password: str | None = strawberry.field(
        description="Yours, again. An account without one needs a session of the last 5 minutes instead.",
        default=None,
    )


@strawberry.input(description="Which identity goes.")
class UnlinkIdentityInput:
    id: Id = strawberry.field(description="Of the identity.")


LinkIdentityResult = Annotated[
    IdentityLinking | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("LinkIdentityResult", description="Where to go next, or why nowhere."),
]
UnlinkIdentityResult = Annotated[
    IdentityUnlinked | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("UnlinkIdentityResult", description="What went, or why it stayed."),
]


@strawberry.type
class IdentityQueries:
    @strawberry.field(description="Where people may sign in, for a sign-in page. Needs no credential.")
    def identity_providers(self, info: Info) -> list[IdentityProvider]:
        services = info.context.services
        return [
            IdentityProvider(
                name=provider.name,
                label=provider.label,
                start_url=f"{services.settings.public_url}/auth/{provider.name}/start",
            )
            for provider in services.external.providers.values()
        ]

    @strawberry.field(description="Your accounts elsewhere that sign you in here, oldest first.")
    async def identities(self, info: Info) -> list[ExternalIdentity]:
        names = {each.issuer: each.name for each in info.context.services.external.providers.values()}
        return [_identity(each, names) for each in await queries.identities(info.context.principal)]


def _identity(identity: domain.Identity, names: dict[str, str]) -> ExternalIdentity:
    return ExternalIdentity(
        id=strawberry.ID(ids.encode("idn", identity.id)),
        issuer=identity.issuer,
        provider=names.get(identity.issuer),
        email=identity.email,
        created_at=identity.created_at,
    )


@strawberry.type
class IdentityMutations:
    @strawberry.mutation(
        description="Starts linking an account elsewhere to yours. Needs a session of this site, and your password."
    )
    async def link_identity(
        self,
        info: Info,
        input: Annotated[LinkIdentityInput, strawberry.argument(description="Which one.")],
    ) -> LinkIdentityResult:
        context = info.context
        try:
            if not isinstance(context.response, web.Response):
                mend = "A cookie is set over HTTP: send this as a POST, not over the WebSocket."
                raise InvalidInputError([FieldError("provider", "not_over_websocket", mend)])
            return_to = destinations.check(input.return_to, field="returnTo")
            proved = await proving.prove(
                context.principal, input.password, limiter=context.services.limiter, now=context.now
            )
            started = await context.services.external.start(
                input.provider, return_to=return_to, linking=proved, now=context.now
            )
        except LaunchKitError as error:
            return problem(error)
        keep_attempt(context.response, started.sealed, context.services.settings)
        return IdentityLinking(url=started.url)

    @strawberry.mutation(
        description="Ends that an account elsewhere signs you in, and the sessions it began."
    )
    async def unlink_identity(
        self,
        info: Info,
        input: Annotated[UnlinkIdentityInput, strawberry.argument(description="Which one.")],
    ) -> UnlinkIdentityResult:
        context = info.context
        try:
            identity_id = IdentityId(ids.decode("idn", input.id))
            await service.unlink(
                context.principal,
                identity_id,
                usable_issuers=context.services.external.usable_issuers,
                now=context.now,
            )
        except LaunchKitError as error:
            return problem(error)
        return IdentityUnlinked(id=input.id)
