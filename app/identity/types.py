"""People and orgs as values."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from app.core.errors import FieldError, InvalidInput
from app.core.ids import OrgId, UserId, WorkspaceId
from app.core.principal import Role
from app.idempotency.types import validate_key
from app.identity import slugs
from app.plans import types as plans

WorkspaceKind = Literal["live", "test"]

MAX_NAME_LENGTH = 200


@dataclass(frozen=True, slots=True)
class User:
    id: UserId
    email: str
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Org:
    """`deletion_due_at` is set while its deletion may still be cancelled."""

    id: OrgId
    name: str
    slug: str
    plan: str
    created_at: datetime
    deletion_due_at: datetime | None = None
    plan_version: int = 1

    @property
    def plan_ref(self) -> str:
        """As `Principal.plans` names it."""
        return plans.ref_of(self.plan, self.plan_version)


@dataclass(frozen=True, slots=True)
class Workspace:
    """An environment of an org: keys, jobs and usage of `test` never mix with those of `live`."""

    id: WorkspaceId
    org_id: OrgId
    name: str
    kind: WorkspaceKind


@dataclass(frozen=True, slots=True)
class Member:
    """`id` is that of the membership, which is as old as `since`."""

    id: UUID
    org_id: OrgId
    user: User
    role: Role
    since: datetime


@dataclass(frozen=True, slots=True)
class CreateOrg:
    """A wish for an org. Without a `slug` one is made of the name."""

    name: str
    slug: str | None = None
    idempotency_key: str | None = None

    def validate(self) -> None:
        errors = [*validate_key(self.idempotency_key), *name_errors(self.name)]
        if self.slug is not None and not slugs.is_valid(self.slug):
            mend = (
                f"Use {slugs.MIN_LENGTH} to {slugs.MAX_LENGTH} lower-case letters and digits, "
                "with single hyphens between them."
            )
            errors.append(FieldError("slug", "invalid_slug", mend))
        if errors:
            raise InvalidInput(errors)


@dataclass(frozen=True, slots=True)
class CreateWorkspace:
    name: str
    kind: WorkspaceKind
    idempotency_key: str | None = None

    def validate(self) -> None:
        errors = [*validate_key(self.idempotency_key), *name_errors(self.name)]
        if errors:
            raise InvalidInput(errors)


def name_errors(name: str) -> list[FieldError]:
    """What is wrong with the name of an org or a workspace."""
    errors = []
    if not 1 <= len(name) <= MAX_NAME_LENGTH:
        errors.append(FieldError("name", "length", f"Use 1 to {MAX_NAME_LENGTH} characters."))
    if not name.isprintable() or name != name.strip():
        mend = "Use printable characters, in UTF-8, without spaces at the ends."
        errors.append(FieldError("name", "characters", mend))
    # An org's name stands in mails to strangers, where programs make links of addresses.
    if "://" in name:
        errors.append(FieldError("name", "address", "Leave web addresses out."))
    return errors
