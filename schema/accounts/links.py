"""Links sent by mail, and the passwords that they reset."""

from datetime import datetime
from typing import Annotated

import strawberry

from app.accounts.errors import WrongCredentials as WrongCredentialsError
from app.accounts.links import service as links
from app.accounts.links import types as domain
from app.core.errors import LaunchKitError
from schema.core.context import Info
from schema.core.errors import Conflict, InvalidInput, LimitReached, Missing, WrongCredentials, problem


@strawberry.input(description="A link that was mailed.")
class VerifyEmailInput:
    token: str = strawberry.field(description="What stands behind the # of the link.")


@strawberry.input(description="Who forgot their password.")
class RequestPasswordResetInput:
    email: str = strawberry.field(description="The address of the account, in any case.")


@strawberry.input(description="A link that was mailed, and what it is for.")
class ResetPasswordInput:
    token: str = strawberry.field(description="What stands behind the # of the link.")
    password: str = strawberry.field(description="The new one.")


@strawberry.input(description="The old password and the new.")
class ChangePasswordInput:
    current: str = strawberry.field(description="As it was set.")
    new: str = strawberry.field(description="As it is to be.")


@strawberry.type(description="A link is on its way to your address.")
class EmailVerificationRequested:
    at: datetime = strawberry.field(description="When it was asked for.")


@strawberry.type(description="The address is confirmed.")
class EmailVerified:
    at: datetime = strawberry.field(description="When.")


@strawberry.type(
    description="If the address has an account, a link is on its way to it. Whether it has one is not told."
)
class PasswordResetRequested:
    at: datetime = strawberry.field(description="When it was asked for.")


@strawberry.type(description="The password is set, and every session of the account has ended: sign in.")
class PasswordReset:
    at: datetime = strawberry.field(description="When.")


@strawberry.type(description="The password is changed, and every other session of yours has ended.")
class PasswordChanged:
    at: datetime = strawberry.field(description="When.")


RequestEmailVerificationResult = Annotated[
    EmailVerificationRequested | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("RequestEmailVerificationResult", description="A mail, or why there is none."),
]
VerifyEmailResult = Annotated[
    EmailVerified | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("VerifyEmailResult", description="A confirmed address, or why it is not."),
]
RequestPasswordResetResult = Annotated[
    PasswordResetRequested | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("RequestPasswordResetResult", description="The same for every well-formed address."),
]
ResetPasswordResult = Annotated[
    PasswordReset | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("ResetPasswordResult", description="A new password, or why there is none."),
]
ChangePasswordResult = Annotated[
    PasswordChanged | WrongCredentials | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("ChangePasswordResult", description="A new password, or why there is none."),
]


@strawberry.type
class LinkMutations:
    @strawberry.mutation(description="Mails you the link that confirms your e-mail address.")
    async def request_email_verification(self, info: Info) -> RequestEmailVerificationResult:
        context, now = info.context, info.context.now
        try:
            await links.request_verification(
                context.principal, limiter=context.services.limiter, address=context.address, now=now
            )
        except LaunchKitError as error:
            return problem(error)
        return EmailVerificationRequested(at=now)

    @strawberry.mutation(description="Confirms an e-mail address. Needs no session.")
    async def verify_email(
        self,
        info: Info,
        input: Annotated[VerifyEmailInput, strawberry.argument(description="The link.")],
    ) -> VerifyEmailResult:
        context, now = info.context, info.context.now
        bearer = context.services.external.bearer
        try:
            await links.verify_email(
                context.services.accounts,
                input.token,
                by=context.credential.found,
                bearer_issuer=bearer.issuer if bearer else None,
                now=now,
            )
        except LaunchKitError as error:
            return problem(error)
        return EmailVerified(at=now)

    @strawberry.mutation(description="Mails a link with which a new password can be set. Needs no session.")
    async def request_password_reset(
        self,
        info: Info,
        input: Annotated[RequestPasswordResetInput, strawberry.argument(description="Whose.")],
    ) -> RequestPasswordResetResult:
        context, now = info.context, info.context.now
        try:
            await links.request_reset(
                domain.RequestReset(input.email),
                limiter=context.services.limiter,
                address=context.address,
                now=now,
            )
        except LaunchKitError as error:
            return problem(error)
        return PasswordResetRequested(at=now)

    @strawberry.mutation(description="Sets a new password with a mailed link. Needs no session.")
    async def reset_password(
        self,
        info: Info,
        input: Annotated[ResetPasswordInput, strawberry.argument(description="The link and the password.")],
    ) -> ResetPasswordResult:
        now = info.context.now
        command = domain.ResetPassword(input.token, input.password)
        try:
            await links.reset_password(info.context.services.accounts, command, now=now)
        except LaunchKitError as error:
            return problem(error)
        return PasswordReset(at=now)

    @strawberry.mutation(description="Changes your password.")
    async def change_password(
        self,
        info: Info,
        input: Annotated[ChangePasswordInput, strawberry.argument(description="Both passwords.")],
    ) -> ChangePasswordResult:
        context, now = info.context, info.context.now
        command = domain.ChangePassword(input.current, input.new)
        try:
            await links.change_password(context.principal, command, limiter=context.services.limiter, now=now)
        except WrongCredentialsError as error:
            return WrongCredentials(code=error.code, message=error.detail)
        except LaunchKitError as error:
            return problem(error)
        return PasswordChanged(at=now)
