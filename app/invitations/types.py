"""Invitations as values."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.core.errors import FieldError, InvalidInput
from app.core.ids import InvitationId, OrgId, UserId
from app.core.principal import Role
from app.idempotency.types import validate_key
from app.identity import addresses


class Status(StrEnum):
    """Whether it may still be accepted, and if not, why."""

    OPEN = "OPEN"
    ACCEPTED = "ACCEPTED"
    REVOKED = "REVOKED"
    EXPIRED = "EXPIRED"


@dataclass(frozen=True, slots=True)
class Invitation:
    id: InvitationId
    org_id: OrgId
    email: str
    role: Role
    invited_by_kind: str
    invited_by_id: UUID
    created_at: datetime
    expires_at: datetime
    accepted_at: datetime | None = None
    accepted_by: UserId | None = None
    revoked_at: datetime | None = None

    def status(self, *, now: datetime) -> Status:
        if self.accepted_at is not None:
            return Status.ACCEPTED
        if self.revoked_at is not None:
            return Status.REVOKED
        return Status.OPEN if self.expires_at > now else Status.EXPIRED


@dataclass(frozen=True, slots=True)
class InviteMember:
    """A wish that somebody joins."""

    email: str
    role: Role
    idempotency_key: str | None = None

    def validate(self) -> None:
        errors = validate_key(self.idempotency_key)
        if not addresses.is_valid(self.email):
            errors.append(FieldError("email", "invalid_email", "Give an e-mail address: name@domain."))
        if errors:
            raise InvalidInput(errors)


@dataclass(frozen=True, slots=True)
class Letter:
    """What the mail of an invitation tells. `inviter` is None where a key or somebody who is gone sent it."""

    invitation: Invitation
    org_name: str
    inviter: str | None
