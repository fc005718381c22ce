"""Signing in."""

from datetime import datetime
from typing import Annotated

import strawberry

from app.core.errors import LaunchKitError
from app.identity import service as identity
from app.identity import types as domain
from app.identity.errors import WrongCredentials as WrongCredentialsError
from schema.core.context import Info
from schema.core.errors import Conflict, InvalidInput, LimitReached, Missing, WrongCredentials, problem
from schema.orgs.types import User


@strawberry.input(description="Credentials of an account.")
class SignInInput:
    email: str = strawberry.field(description="In any case.")
    password: str = strawberry.field(description="As it was set.")


@strawberry.type(description="A session has begun.")
class SignedIn:
    user: User = strawberry.field(description="Who signed in.")
    access_token: str = strawberry.field(description="Send as `Authorization: Bearer …`.")
    expires_at: datetime = strawberry.field(description="From when on the token is refused.")


SignInResult = Annotated[
    SignedIn | WrongCredentials | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("SignInResult", description="A session, or why there is none."),
]


@strawberry.type
class OrgMutations:
    @strawberry.mutation(description="Begins a session with e-mail and password.")
    async def sign_in(
        self,
        info: Info,
        input: Annotated[SignInInput, strawberry.argument(description="Who signs in.")],
    ) -> SignInResult:
        command = domain.SignIn(input.email, input.password)
        try:
            signed_in = await identity.sign_in(info.context.services.tokens, command, now=info.context.now)
        except WrongCredentialsError as error:
            return WrongCredentials(code=error.code, message=error.detail)
        except LaunchKitError as error:
            return problem(error)
        return SignedIn(
            user=User.of(signed_in.user),
            access_token=signed_in.access.token,
            expires_at=signed_in.access.expires_at,
        )
