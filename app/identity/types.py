"""People, orgs and what a sign-in yields, as values."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from app.core.errors import FieldError, InvalidInput
from app.core.ids import OrgId, UserId, WorkspaceId

WorkspaceKind = Literal["live", "test"]

MAX_EMAIL_LENGTH = 254
MAX_PASSWORD_LENGTH = 1024


@dataclass(frozen=True, slots=True)
class SignIn:
    email: str
    password: str

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
class User:
    id: UserId
    email: str
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Org:
    id: OrgId
    name: str
    slug: str
    plan: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Workspace:
    """An environment of an org: keys, jobs and usage of `test` never mix with those of `live`."""

    id: WorkspaceId
    org_id: OrgId
    name: str
    kind: WorkspaceKind


@dataclass(frozen=True, slots=True)
class AccessToken:
    """A signed JWT and the moment from which on it is refused."""

    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SignedIn:
    user: User
    access: AccessToken
