"""What can go wrong with links and the passwords that they reset."""

from app.core.errors import FieldError, InvalidInput, Kind, LaunchKitError


class LinkInvalid(InvalidInput):
    """One answer for a link that is forged, of another purpose, used, too old, or for an address of the past."""

    code = "link_invalid"
    title = "This link was used before, is too old, or is not one of ours; ask for a new one."

    def __init__(self) -> None:
        super().__init__([FieldError("token", self.code, self.title)], self.title)


class EmailAlreadyVerified(LaunchKitError):
    kind = Kind.CONFLICT
    code = "email_already_verified"
    title = "Your e-mail address is confirmed; there is nothing to do."
