"""What can go wrong with proving who one is."""

from app.core.errors import Kind, LaunchKitError, Unauthenticated


class WrongCredentials(LaunchKitError):
    """The same for an unknown e-mail and for a wrong password."""

    kind = Kind.UNAUTHENTICATED
    code = "wrong_credentials"
    title = "The e-mail address or the password is wrong."


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
