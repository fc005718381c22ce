"""The vocabulary of the audit log and its entries as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from app.core.ids import OrgId
from app.core.principal import Principal


class Action(StrEnum):
    """Every act that leaves a trace. `noun.past_verb`; a name once written is never reused."""

    API_KEY_CREATED = "api_key.created"
    JOB_COMPLETED = "job.completed"
    JOB_CREATED = "job.created"
    ORG_CREATED = "org.created"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an act came from; empty outside a request."""

    request_id: str | None = None
    ip: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    org_id: OrgId
    action: Action
    principal: Principal
    target_type: str
    target_id: UUID | None
    at: datetime
    changes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """An entry as it is read back."""

    id: UUID
    org_id: OrgId
    at: datetime
    action: str
    principal_kind: str
    principal_id: UUID
    target_type: str
    target_id: UUID | None
    changes: Mapping[str, Any]
    request_id: str | None
    ip: str | None
