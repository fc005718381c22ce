"""Signing in."""

from datetime import datetime
from typing import Annotated

import strawberry

from app.accounts import service as accounts
from app.accounts import types as domain
from app.accounts.errors import WrongCredentials as WrongCredentialsError
from app.core.errors import LaunchKitError
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
    refresh_token: str = strawberry.field(description="Good once, for the next pair of tokens.")
    refresh_expires_at: datetime = strawberry.field(description="From when on one has to sign in again.")

    @classmethod
    def of(cls, signed_in: domain.SignedIn) -> "SignedIn":
        return cls(
            user=User.of(signed_in.user),
            access_token=signed_in.access.token,
            expires_at=signed_in.access.expires_at,
            refresh_token=signed_in.refresh.token,
            refresh_expires_at=signed_in.refresh.expires_at,
        )


SignInResult = Annotated[
    SignedIn | WrongCredentials | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("SignInResult", description="A session, or why there is none."),
]


@strawberry.type
class AccountMutations:
    @strawberry.mutation(description="Begins a session with e-mail and password.")
    async def sign_in(
        self,
        info: Info,
        input: Annotated[SignInInput, strawberry.argument(description="Who signs in.")],
    ) -> SignInResult:
        command = domain.SignIn(input.email, input.password)
        try:
            signed_in = await accounts.sign_in(
                info.context.services.accounts, command, client=info.context.client, now=info.context.now
            )
        except WrongCredentialsError as error:
            return WrongCredentials(code=error.code, message=error.detail)
        except LaunchKitError as error:
            return problem(error)
        return SignedIn.of(signed_in)
