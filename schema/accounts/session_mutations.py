"""Going on with sessions, and ending them."""

from typing import Annotated

import strawberry

from app.accounts.sessions import service as sessions
from app.accounts.sessions.errors import RefreshRefused as RefreshRefusedError
from app.accounts.types import SignedIn as DomainSignedIn
from app.core.errors import FieldError, LaunchKitError, NotFound
from app.core.errors import InvalidInput as InvalidInputError
from app.core.ids import SessionId
from app.web import cookies, csrf
from schema.accounts import delivery
from schema.accounts.types import RefreshRefused, SessionTransport, SignedIn, find_session_id, session_id
from schema.core.context import Context, Info
from schema.core.errors import Conflict, InvalidInput, LimitReached, Missing, problem


@strawberry.input(description="The session that goes on.")
class RefreshSessionInput:
    refresh_token: str | None = strawberry.field(
        default=None, description="As it was answered; left out where it is in a cookie."
    )


@strawberry.input(description="What is left.")
class SignOutInput:
    everywhere: bool = strawberry.field(
        default=False, description="Ends all your sessions, not only the one that asks."
    )


@strawberry.input(description="The session that has to end.")
class RevokeSessionInput:
    id: strawberry.ID = strawberry.field(description="One of yours.")


@strawberry.input(description="The sessions that have to end.")
class RevokeOtherSessionsInput:
    keep: strawberry.ID | None = strawberry.field(
        default=None, description="The one that stays; without it, the one that asks."
    )


@strawberry.type(description="Sessions have ended: their tokens are refused from now on.")
class SessionsEnded:
    ids: list[strawberry.ID] = strawberry.field(description="Which.")

    @classmethod
    def of(cls, ended: list[SessionId]) -> "SessionsEnded":
        return cls(ids=[session_id(each) for each in ended])


RefreshSessionResult = Annotated[
    SignedIn | RefreshRefused | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("RefreshSessionResult", description="The next pair of tokens, or why there is none."),
]
EndSessionsResult = Annotated[
    SessionsEnded | InvalidInput | Conflict | LimitReached | Missing,
    strawberry.union("EndSessionsResult", description="What has ended, or why nothing has."),
]


@strawberry.type
class SessionMutations:
    @strawberry.mutation(
        description="Exchanges a refresh token for the next pair of tokens. A token that comes a second time ends its "
        "session: refresh from one place at a time."
    )
    async def refresh_session(
        self,
        info: Info,
        input: Annotated[RefreshSessionInput, strawberry.argument(description="What is refreshed.")],
    ) -> RefreshSessionResult:
        context = info.context
        try:
            if input.refresh_token is None:
                return await _refresh_cookies(context)
            signed_in = await sessions.refresh(
                context.services.accounts, input.refresh_token, now=context.now
            )
        except RefreshRefusedError as error:
            return RefreshRefused(code=error.code, message=error.detail)
        except LaunchKitError as error:
            return problem(error)
        return delivery.hand_over(context, signed_in, SessionTransport.TOKEN)

    @strawberry.mutation(description="Ends the session that asks, and takes its cookies away.")
    async def sign_out(
        self, info: Info, input: Annotated[SignOutInput, strawberry.argument(description="How far it goes.")]
    ) -> EndSessionsResult:
        principal, now = info.context.principal, info.context.now
        try:
            if input.everywhere:
                ended = await sessions.revoke_all(principal, but=None, now=now)
            else:
                ended = [await sessions.sign_out(principal, now=now)]
        except LaunchKitError as error:
            return problem(error)
        delivery.withdraw(info.context)
        return SessionsEnded.of(ended)

    @strawberry.mutation(description="Ends one session of yours.")
    async def revoke_session(
        self,
        info: Info,
        input: Annotated[RevokeSessionInput, strawberry.argument(description="Which one ends.")],
    ) -> EndSessionsResult:
        principal = info.context.principal
        try:
            found = _session_id(input.id)
            await sessions.revoke(principal, found, now=info.context.now)
        except LaunchKitError as error:
            return problem(error)
        if found == principal.session_id:
            delivery.withdraw(info.context)
        return SessionsEnded.of([found])

    @strawberry.mutation(description="Ends all sessions of yours but one.")
    async def revoke_other_sessions(
        self,
        info: Info,
        input: Annotated[RevokeOtherSessionsInput, strawberry.argument(description="Which one stays.")],
    ) -> EndSessionsResult:
        principal = info.context.principal
        try:
            keep = principal.session_id if input.keep is None else _session_id(input.keep)
            ended = await sessions.revoke_all(principal, but=keep, now=info.context.now)
        except LaunchKitError as error:
            return problem(error)
        if principal.session_id in ended:
            delivery.withdraw(info.context)
        return SessionsEnded.of(ended)


def _session_id(text: str) -> SessionId:
    """A malformed id is one that does not exist. Raises `NotFound`."""
    found = find_session_id(text)
    if found is None:
        raise NotFound
    return found


async def _refresh_cookies(context: Context) -> SignedIn:
    """Of the session that the access token's cookie names, which may have expired but is signed."""
    delivery.check(context, SessionTransport.COOKIE, field="refreshToken")
    session, token = context.credential.cookie_session, cookies.of_refresh(context.request)
    if session is None or token is None:
        mend = "Pass the refresh token, or send the cookies of a session without an Authorization header."
        raise InvalidInputError([FieldError("refreshToken", "missing", mend)])
    csrf.check(context.request, session)
    try:
        signed_in: DomainSignedIn = await sessions.refresh(
            context.services.accounts, token, session_id=session, now=context.now
        )
    except RefreshRefusedError:
        delivery.withdraw(context)
        raise
    return delivery.hand_over(context, signed_in, SessionTransport.COOKIE)
