"""The second factor."""

from datetime import datetime
from typing import Annotated

import strawberry

from app.accounts import proving
from app.accounts.totp import service as totp
from app.core.errors import LaunchKitError
from schema.core.context import Info
from schema.core.errors import Conflict, InvalidInput, LimitReached, Missing, problem


@strawberry.input(description="A proof that the account is yours.")
class EnableTotpInput:
    password: str | None = strawberry.field(
        description="Yours, again. An account without one needs a session of the last 5 minutes instead.",
        default=None,
    )


@strawberry.input(description="What an authenticator app shows.")
class ConfirmTotpInput:
    code: str = strawberry.field(description="The 6 digits of the secret that `enableTotp` answered.")
    password: str | None = strawberry.field(
        description="Yours, again. An account without one needs a session of the last 5 minutes instead.",
        default=None,
    )


@strawberry.input(description="A proof that the second factor is yours.")
class DisableTotpInput:
    code: str = strawberry.field(description="The 6 digits that the app shows, or a recovery code.")


@strawberry.input(description="A proof that the second factor is yours.")
class ReplaceRecoveryCodesInput:
    code: str = strawberry.field(description="The 6 digits that the app shows, or a recovery code.")


@strawberry.type(description="A secret that counts for nothing until `confirmTotp` has seen a code of it.")
class TotpEnrolment:
    secret: str = strawberry.field(description="In base 32, to be typed into an authenticator app.")
    uri: str = strawberry.field(description="The same as `otpauth://` URI, to be shown as QR code.")


@strawberry.type(description="From now on signing in needs a code.")
class TotpEnabled:
    recovery_codes: list[str] = strawberry.field(
        description="Each stands in for the app once. They are shown here and never again."
    )


@strawberry.type(description="From now on the password is enough.")
class TotpDisabled:
    at: datetime = strawberry.field(description="When.")


@strawberry.type(description="The earlier codes are void.")
class RecoveryCodesReplaced:
    recovery_codes: list[str] = strawberry.field(
        description="Each stands in for the app once. They are shown here and never again."
    )


EnableTotpResult = Annotated[
    TotpEnrolment | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("EnableTotpResult", description="A secret to confirm, or why there is none."),
]
ConfirmTotpResult = Annotated[
    TotpEnabled | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("ConfirmTotpResult", description="Recovery codes, or why there are none."),
]
DisableTotpResult = Annotated[
    TotpDisabled | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union(
        "DisableTotpResult", description="No second factor any more, or why there still is one."
    ),
]
ReplaceRecoveryCodesResult = Annotated[
    RecoveryCodesReplaced | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("ReplaceRecoveryCodesResult", description="New codes, or why there are none."),
]


@strawberry.type
class TotpMutations:
    @strawberry.mutation(description="Begins to set up a second factor: an authenticator app.")
    async def enable_totp(
        self,
        info: Info,
        input: Annotated[EnableTotpInput, strawberry.argument(description="Your password.")],
    ) -> EnableTotpResult:
        context = info.context
        try:
            proved = await proving.prove(
                context.principal, input.password, limiter=context.services.limiter, now=context.now
            )
            enrolment = await totp.enable(proved, keys=context.services.accounts, now=context.now)
        except LaunchKitError as error:
            return problem(error)
        return TotpEnrolment(secret=enrolment.secret, uri=enrolment.uri)

    @strawberry.mutation(description="Sets the second factor up, once the app shows the right codes.")
    async def confirm_totp(
        self,
        info: Info,
        input: Annotated[ConfirmTotpInput, strawberry.argument(description="A code, and your password.")],
    ) -> ConfirmTotpResult:
        context = info.context
        try:
            proved = await proving.prove(
                context.principal, input.password, limiter=context.services.limiter, now=context.now
            )
            recovery = await totp.confirm(proved, input.code, keys=context.services.accounts, now=context.now)
        except LaunchKitError as error:
            return problem(error)
        return TotpEnabled(recovery_codes=list(recovery.codes))

    @strawberry.mutation(description="Takes the second factor away.")
    async def disable_totp(
        self,
        info: Info,
        input: Annotated[DisableTotpInput, strawberry.argument(description="A code.")],
    ) -> DisableTotpResult:
        context, now = info.context, info.context.now
        try:
            await totp.disable(
                context.principal,
                input.code,
                keys=context.services.accounts,
                limiter=context.services.limiter,
                now=now,
            )
        except LaunchKitError as error:
            return problem(error)
        return TotpDisabled(at=now)

    @strawberry.mutation(description="Makes new recovery codes; the earlier ones are void.")
    async def replace_recovery_codes(
        self,
        info: Info,
        input: Annotated[ReplaceRecoveryCodesInput, strawberry.argument(description="A code.")],
    ) -> ReplaceRecoveryCodesResult:
        context = info.context
        try:
            recovery = await totp.replace_recovery_codes(
                context.principal,
                input.code,
                keys=context.services.accounts,
                limiter=context.services.limiter,
                now=context.now,
            )
        except LaunchKitError as error:
            return problem(error)
        return RecoveryCodesReplaced(recovery_codes=list(recovery.codes))
