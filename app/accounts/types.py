"""Signing in, and what it yields, as values."""

from dataclasses import dataclass, field
from datetime import datetime

from app.core.errors import FieldError, InvalidInput
from app.core.ids import SessionId
from app.identity.types import MAX_EMAIL_LENGTH, User

MAX_PASSWORD_LENGTH = 1024


@dataclass(frozen=True, slots=True)
class SignIn:
    email: str
    password: str = field(repr=False)
    code: str | None = field(default=None, repr=False)

    def validate(self) -> None:
        """Raises `InvalidInput`. Says nothing about whether the account exists."""
        errors = []
        if not 3 <= len(self.email) <= MAX_EMAIL_LENGTH or "@" not in self.email:
            errors.append(FieldError("email", "invalid_email", "Give the e-mail address of your account."))
        if not 1 <= len(self.password) <= MAX_PASSWORD_LENGTH:
            errors.append(FieldError("password", "length", f"Give 1 to {MAX_PASSWORD_LENGTH} characters."))
        if errors:
            raise InvalidInput(errors)


@dataclass(frozen=True, slots=True)
class Client:
    """Where a session is begun from, as its owner is shown it."""

    ip: str | None = None
    user_agent: str | None = None


@dataclass(frozen=True, slots=True)
class AccessToken:
    """A signed JWT and the moment from which on it is refused."""

    token: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Refresh:
    """A token that is good for one more pair of tokens; it exists nowhere else."""

    token: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SignedIn:
    user: User
    session_id: SessionId
    access: AccessToken
    refresh: Refresh


@dataclass(frozen=True, slots=True)
class Protection:
    """What stands between an account and a stranger."""

    is_email_verified: bool
    is_totp_enabled: bool
    recovery_codes_left: int
