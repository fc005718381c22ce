"""Signing up, and signing in."""

from typing import Annotated

import strawberry

from app.accounts import service as accounts
from app.accounts import types as domain
from app.accounts.errors import WrongCredentials as WrongCredentialsError
from app.accounts.registration import service as registration
from app.accounts.registration.types import SignUp
from app.accounts.totp.errors import SecondFactorRequired as SecondFactorRequiredError
from app.core.errors import LaunchKitError
from schema.accounts import delivery
from schema.accounts.types import SessionTransport, SignedIn
from schema.core.context import Info
from schema.core.errors import (
    Conflict,
    InvalidInput,
    LimitReached,
    Missing,
    SecondFactorRequired,
    WrongCredentials,
    problem,
)


@strawberry.input(description="Credentials of an account.")
class SignInInput:
    email: str = strawberry.field(description="In any case.")
    password: str = strawberry.field(description="As it was set.")
    code: str | None = strawberry.field(
        default=None, description="Where a second factor is set up: what the app shows, or a recovery code."
    )
    session: SessionTransport = strawberry.field(
        default=SessionTransport.TOKEN, description="How the tokens are wanted."
    )


@strawberry.input(description="The account that is wanted.")
class SignUpInput:
    email: str = strawberry.field(
        description="An address that you read: what is sent there has to be confirmed."
    )
    name: str = strawberry.field(description="What others will see.")
    password: str = strawberry.field(description="Long rather than complicated.")


@strawberry.type(
    description="A mail was sent to the address. Sign in once its link was opened. The answer is the same where the "
    "address has an account already; its owner is told so."
)
class SignUpAccepted:
    email: str = strawberry.field(description="The address.")


SignInResult = Annotated[
    SignedIn | WrongCredentials | SecondFactorRequired | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("SignInResult", description="A session, or why there is none."),
]
SignUpResult = Annotated[
    SignUpAccepted | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("SignUpResult", description="That it was taken in, or why not."),
]


@strawberry.type
class AccountMutations:
    @strawberry.mutation(
        description="Makes an account and mails a link that confirms its address. Repeating it is safe: an address "
        "has one account."
    )
    async def sign_up(
        self,
        info: Info,
        input: Annotated[SignUpInput, strawberry.argument(description="Who signs up.")],
    ) -> SignUpResult:
        context = info.context
        command = SignUp(input.email, input.name, input.password)
        try:
            await registration.sign_up(
                command, limiter=context.services.limiter, address=context.address, now=context.now
            )
        except LaunchKitError as error:
            return problem(error)
        return SignUpAccepted(email=input.email)

    @strawberry.mutation(description="Begins a session with e-mail and password.")
    async def sign_in(
        self,
        info: Info,
        input: Annotated[SignInInput, strawberry.argument(description="Who signs in.")],
    ) -> SignInResult:
        context = info.context
        command = domain.SignIn(input.email, input.password, input.code)
        try:
            delivery.check(context, input.session, field="session")
            signed_in = await accounts.sign_in(
                context.services.accounts,
                command,
                client=context.client,
                limiter=context.services.limiter,
                now=context.now,
            )
        except WrongCredentialsError as error:
            return WrongCredentials(code=error.code, message=error.detail)
        except SecondFactorRequiredError as error:
            return SecondFactorRequired(code=error.code, message=error.detail)
        except LaunchKitError as error:
            return problem(error)
        return delivery.hand_over(context, signed_in, input.session)
