"""What can go wrong with proving who one is."""

import math

from app.core.errors import Kind, LaunchKitError, Unauthenticated


class WrongCredentials(LaunchKitError):
    """The same for an unknown e-mail, for a wrong password and for an address that was never confirmed."""

    kind = Kind.UNAUTHENTICATED
    code = "wrong_credentials"
    title = "The e-mail address or the password is wrong, or the address is not confirmed yet."


class TooManyAttempts(LaunchKitError):
    """The same whether or not there is an account, and whatever came of the attempts."""

    kind = Kind.LIMIT
    code = "too_many_attempts"
    title = "Too many attempts with this e-mail address."

    def __init__(self, wait: float) -> None:
        super().__init__(f"{self.title[:-1]}; try again in {math.ceil(wait)} s.", retry_after=wait)


class TokenInvalid(Unauthenticated):
    code = "token_invalid"
    title = "The access token is not valid; sign in again."


class TokenExpired(Unauthenticated):
    code = "token_expired"
    title = "The access token has expired; sign in again."


class SessionEnded(Unauthenticated):
    """Signed out, revoked or too old, though the access token itself would still be good."""

    code = "session_ended"
    title = "The session has ended; sign in again."
