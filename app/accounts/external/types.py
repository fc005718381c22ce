"""Who an issuer says that somebody is, and what came of it, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.accounts.external.errors import IdTokenInvalid
from app.core.ids import IdentityId, SessionId, UserId
from app.identity import addresses

MAX_SUBJECT_LENGTH = 255
MAX_NAME_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Profile:
    """`issuer` and `subject` together are the identity; the rest is what is said of it at the moment."""

    issuer: str
    subject: str
    email: str | None = None
    email_verified: bool = False
    name: str = ""

    @classmethod
    def of_claims(cls, issuer: str, claims: Mapping[str, Any]) -> "Profile":
        """Of the standard claims (OpenID Connect Core, 5.1); raises `IdTokenInvalid` without a usable subject."""
        return cls.make(
            issuer,
            claims.get("sub"),
            email=claims.get("email"),
            # Some issuers write their booleans as text.
            email_verified=claims.get("email_verified") is True or claims.get("email_verified") == "true",
            name=claims.get("name"),
        )

    @classmethod
    def make(
        cls, issuer: str, subject: object, *, email: object, email_verified: bool, name: object
    ) -> "Profile":
        """Of what came over the wire: an address or a name that cannot be kept is as good as none."""
        if not isinstance(subject, str) or not 1 <= len(subject) <= MAX_SUBJECT_LENGTH or "\0" in subject:
            raise IdTokenInvalid
        address = email.strip() if isinstance(email, str) else ""
        # As for who signs up: letters of other alphabets may look like, or in lower case be, those of somebody else's
        # address, and a list would be mailed to all that are in it.
        if not addresses.is_valid(address):
            return cls(issuer, subject, name=_name(name, ""))
        return cls(issuer, subject, address, email_verified, _name(name, address.partition("@")[0]))


def _name(said: object, otherwise: str) -> str:
    text = said if isinstance(said, str) else ""
    kept = "".join(char for char in text if char.isprintable()).strip()
    if "://" in kept:
        # It stands in mails to strangers, where programs make links of addresses.
        kept = ""
    return (kept or otherwise)[:MAX_NAME_LENGTH]


@dataclass(frozen=True, slots=True)
class Attempt:
    """A sign-in that was started and may still come back; kept, sealed, by the browser that started it.

    `user_id` and `session_id` are those of a person who links an identity to the account they are signed in to.
    """

    provider: str
    return_to: str
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    user_id: UserId | None = None
    session_id: SessionId | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the provider sent the browser back with. `issuer`: RFC 9207, against mixed-up issuers."""

    state: str | None
    code: str | None = field(default=None, repr=False)
    error: str | None = None
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    id: IdentityId
    issuer: str
    email: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Bearer:
    """Of a token that its issuer signed: whose it is, and from when on it is refused."""

    profile: Profile
    expires_at: datetime
