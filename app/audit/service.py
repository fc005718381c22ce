"""Writing the audit log: always inside the unit of work of the act itself."""

from contextvars import ContextVar

import orjson

from app.audit.types import Entry, Origin
from app.core import ids
from app.infra import db
from app.infra.db import UnitOfWork

_INSERT = """
INSERT INTO audit_entry
    (id, org_id, at, action, principal_kind, principal_id, target_type, target_id, changes, request_id, ip)
SELECT *, $10::text, $11::text FROM unnest(
    $1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::uuid[], $7::text[], $8::uuid[], $9::jsonb[]
)
"""

# Set by the edges per request or message; the domains need not pass it along.
origin: ContextVar[Origin] = ContextVar("audit_origin", default=Origin())  # noqa: B039 - frozen


def record(uow: UnitOfWork, *entries: Entry) -> None:
    """Adds the entries to what `uow` commits. `changes` must hold no secret."""
    if not entries:
        return
    where = origin.get()
    uow.add(_INSERT, *db.columns([_row(entry) for entry in entries]), where.request_id, where.ip)


def _row(entry: Entry) -> tuple[object, ...]:
    return (
        ids.uuid7(),
        entry.org_id,
        entry.at,
        entry.action.value,
        entry.principal.kind,
        entry.principal.id,
        entry.target_type,
        entry.target_id,
        orjson.dumps(dict(entry.changes)).decode(),
    )
