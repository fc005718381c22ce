"""The audit log."""

from datetime import datetime
from typing import cast

import strawberry
from strawberry.scalars import JSON

from app.audit import types as domain
from app.core import ids
from schema.core.node import Node

_PREFIXES = {"api_key": "key", "job": "job", "org": "org", "user": "user"}


@strawberry.type(description="Who did what to what, when and from where.")
class AuditEntry(Node):
    at: datetime = strawberry.field(description="When.")
    action: str = strawberry.field(description="What, as `noun.past_verb`.")
    principal_kind: str = strawberry.field(description="`user`, `api_key` or `system`.")
    principal_id: strawberry.ID = strawberry.field(description="Who.")
    target_type: str = strawberry.field(description="The kind of thing it was done to.")
    target_id: strawberry.ID | None = strawberry.field(description="The thing it was done to.")
    changes: JSON = strawberry.field(description="Before and after; secrets are left out.")
    request_id: str | None = strawberry.field(description="The request in which it happened.")
    ip: str | None = strawberry.field(description="Where the request came from.")

    @classmethod
    def of(cls, record: domain.AuditRecord) -> "AuditEntry":
        target = record.target_id and ids.encode(
            _PREFIXES.get(record.target_type, record.target_type), record.target_id
        )
        return cls(
            id=strawberry.ID(ids.encode("aud", record.id)),
            at=record.at,
            action=record.action,
            principal_kind=record.principal_kind,
            principal_id=strawberry.ID(
                ids.encode(_PREFIXES.get(record.principal_kind, record.principal_kind), record.principal_id)
            ),
            target_type=record.target_type,
            target_id=strawberry.ID(target) if target else None,
            changes=cast("JSON", record.changes),
            request_id=record.request_id,
            ip=record.ip,
        )
