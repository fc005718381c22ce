"""What can go wrong with second factors."""

from app.accounts.errors import WrongCredentials
from app.core.errors import FieldError, InvalidInput, Kind, LaunchKitError, Unavailable


class SecondFactorRequired(LaunchKitError):
    """The password was right; what is missing is a code."""

    kind = Kind.UNAUTHENTICATED
    code = "second_factor_required"
    title = "Send the code that your authenticator app shows, or a recovery code, as `code`."


class WrongSecondFactor(WrongCredentials):
    """At sign-in, where it counts as a wrong password does."""

    code = "wrong_code"
    title = "The code is wrong, too old, or was used before."


class WrongCode(InvalidInput):
    """Also the answer for a code that was used before, and where no second factor is set up."""

    code = "wrong_code"
    title = "The code is wrong, too old, or was used before."

    def __init__(self) -> None:
        mend = "Give the 6 digits that your authenticator app shows now, or a recovery code not used yet."
        super().__init__([FieldError("code", self.code, mend)], self.title)


class TotpAlreadyEnabled(LaunchKitError):
    kind = Kind.CONFLICT
    code = "totp_already_enabled"
    title = "A second factor is set up already; disable it first."


class SecretUnreadable(Unavailable):
    """Encrypted under another key: LAUNCHKIT_SECRET_KEY was changed."""

    code = "second_factor_unreadable"
    title = "Second factors cannot be read: LAUNCHKIT_SECRET_KEY is not the one that they were kept with."
