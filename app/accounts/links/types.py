"""One-time links, and what is done with them, as values."""

from dataclasses import dataclass, field
from datetime import datetime

from app.accounts import passwords
from app.accounts.links.purposes import Purpose
from app.core.errors import FieldError, InvalidInput
from app.core.ids import LinkId, UserId
from app.identity.types import MAX_EMAIL_LENGTH


@dataclass(frozen=True, slots=True)
class Link:
    """A row: what is sent to `email` is its id and a signature (`signing`)."""

    id: LinkId
    user_id: UserId
    purpose: Purpose
    email: str
    name: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class RequestReset:
    email: str

    def validate(self) -> None:
        """Raises `InvalidInput`. Says nothing about whether the account exists."""
        if not 3 <= len(self.email) <= MAX_EMAIL_LENGTH or "@" not in self.email:
            raise InvalidInput(
                [FieldError("email", "invalid_email", "Give the e-mail address of your account.")]
            )


@dataclass(frozen=True, slots=True)
class ResetPassword:
    token: str = field(repr=False)
    password: str = field(repr=False)

    def validate(self) -> None:
        """Raises `InvalidInput`."""
        if errors := passwords.faults(self.password, field="password"):
            raise InvalidInput(errors)


@dataclass(frozen=True, slots=True)
class ChangePassword:
    current: str = field(repr=False)
    new: str = field(repr=False)

    def validate(self) -> None:
        """Raises `InvalidInput`."""
        errors = []
        if not 1 <= len(self.current) <= passwords.MAX_LENGTH:
            errors.append(FieldError("current", "length", f"Give 1 to {passwords.MAX_LENGTH} characters."))
        errors += passwords.faults(self.new, field="new")
        if errors:
            raise InvalidInput(errors)
