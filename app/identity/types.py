"""People and orgs as values."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from app.core.ids import OrgId, UserId, WorkspaceId

WorkspaceKind = Literal["live", "test"]

MAX_EMAIL_LENGTH = 254


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
