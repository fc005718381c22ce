"""The audit log."""

from datetime import datetime
from typing import cast

import strawberry
from strawberry.scalars import JSON

from app.audit import naming
from app.audit import types as domain
from app.core import ids
from schema.core.node import Node
from schema.core.scalars import BigInt


@strawberry.input(description="Only entries that match all that is given.")
class AuditFilter:
    principal_id: strawberry.ID | None = strawberry.field(default=None, description="Who: a user or a key.")
    action: str | None = strawberry.field(default=None, description="What, for example `api_key.created`.")
    target_type: str | None = strawberry.field(
        default=None, description="On what kind of thing, for example `api_key`."
    )
    target_id: strawberry.ID | None = strawberry.field(default=None, description="On which thing.")
    from_: datetime | None = strawberry.field(name="from", default=None, description="First moment inside.")
    to: datetime | None = strawberry.field(default=None, description="First moment after.")


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
    seq: BigInt | None = strawberry.field(
        description="Place in the org's chain, without gaps; null until it is sealed, a moment after the act."
    )
    hash: str | None = strawberry.field(
        description="SHA-256 of the entry and of the one before it in the chain, in hex."
    )

    @classmethod
    def of(cls, record: domain.AuditRecord) -> "AuditEntry":
        target = record.target_id and naming.encode(record.target_type, record.target_id)
        return cls(
            id=strawberry.ID(ids.encode("aud", record.id)),
            at=record.at,
            action=record.action,
            principal_kind=record.principal_kind,
            principal_id=strawberry.ID(naming.encode(record.principal_kind, record.principal_id)),
            target_type=record.target_type,
            target_id=strawberry.ID(target) if target else None,
            changes=cast("JSON", record.changes),
            request_id=record.request_id,
            ip=record.ip,
            seq=None if record.seq is None else BigInt(record.seq),
            hash=None if record.hash is None else record.hash.hex(),
        )
