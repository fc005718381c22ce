"""What can go wrong with proving who one is."""

import math

from app.core.errors import FieldError, InvalidInput, Kind, LaunchKitError, Unauthenticated


class WrongCredentials(LaunchKitError):
    """The same for an unknown e-mail, for a wrong password and for an address that was never confirmed."""

    kind = Kind.UNAUTHENTICATED
    code = "wrong_credentials"
    title = "The e-mail address or the password is wrong, or the address is not confirmed yet."


class TooManyAttempts(LaunchKitError):
    """The same whether or not there is an account, and whatever came of the attempts."""

    kind = Kind.LIMIT
    code = "too_many_attempts"
    title = "Too many attempts with this e-mail address, or from your network."

    def __init__(self, wait: float) -> None:
        super().__init__(f"{self.title[:-1]}; try again in {math.ceil(wait)} s.", retry_after=wait)


class WrongPassword(InvalidInput):
    """Of who is signed in and has to show it again."""

    code = "wrong_password"
    title = "This needs your password again."

    def __init__(self) -> None:
        super().__init__(
            [FieldError("password", self.code, "Give the password of your account.")], self.title
        )


class RecentSignInRequired(LaunchKitError):
    """The account has no password that could be asked for instead."""

    kind = Kind.CONFLICT
    code = "recent_sign_in_required"
    title = "This needs a session of the last 5 minutes: sign in here again, then repeat it."


class TokenInvalid(Unauthenticated):
    code = "token_invalid"
    title = "The access token is not valid; sign in again, or use an API key (`lk_live_…`)."


class TokenExpired(Unauthenticated):
    code = "token_expired"
    title = "The access token has expired; sign in again."


class SessionEnded(Unauthenticated):
    """Signed out, revoked or too old, though the access token itself would still be good."""

    code = "session_ended"
    title = "The session has ended; sign in again."
