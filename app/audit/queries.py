"""Reading the audit log."""

from collections.abc import AsyncGenerator, Sequence
from datetime import datetime
from uuid import UUID

import orjson

from app.audit.chain import StoredEntry
from app.audit.types import AuditFilter, AuditRecord
from app.core.ids import OrgId
from app.core.pagination import Page, PageRequest
from app.core.principal import Access, Permission, Principal
from app.infra import db
from app.infra.db import Row

_EVERYTHING = AuditFilter()
_EXPORT_BATCH = 500

_RECORDS = """
SELECT entry.*, seal.seq, seal.hash
FROM audit_entry AS entry LEFT JOIN audit_seal AS seal ON seal.entry_id = entry.id
WHERE entry.org_id = $1{where}
ORDER BY entry.id DESC LIMIT $2
"""
_SEALED_AFTER = """
SELECT entry.*, seal.seq, seal.hash
FROM audit_seal AS seal JOIN audit_entry AS entry ON entry.id = seal.entry_id
WHERE seal.org_id = $1 AND seal.seq > $2
ORDER BY seal.seq LIMIT $3
"""
_LAST_SEQ = "SELECT coalesce(max(seq), 0) FROM audit_seal WHERE org_id = $1"
_UNSEALED_SINCE = "SELECT min(since) FROM audit_unsealed"
_CONDITIONS = {
    "principal_id": "entry.principal_id =",
    "action": "entry.action =",
    "target_type": "entry.target_type =",
    "target_id": "entry.target_id =",
    "since": "entry.at >=",
    "until": "entry.at <",
}


async def page(
    principal: Principal, org_id: OrgId, *, request: PageRequest, where: AuditFilter = _EVERYTHING
) -> Page[AuditRecord]:
    """The org's entries that match, newest first."""
    access = principal.authorise(org_id, Permission.AUDIT_READ)
    return Page.of(await _matching(access, where, request.after, request.first + 1), request)


def export(
    principal: Principal, org_id: OrgId, *, where: AuditFilter = _EVERYTHING
) -> AsyncGenerator[Sequence[AuditRecord], None]:
    """All entries that match, newest first, batch by batch: as many as there are, in bounded memory.

    Refuses at once what `page` refuses, before anything is read.
    """
    access = principal.authorise(org_id, Permission.AUDIT_READ)
    return _batches(access, where)


async def sealed_after(org_id: OrgId, seq: int, *, limit: int) -> list[AuditRecord]:
    """The next sealed entries in the order of the chain. Authorises nobody: for the feeds, which have."""
    return [_record(row) for row in await db.fetch(_SEALED_AFTER, org_id, seq, limit)]


async def last_seq(org_id: OrgId) -> int:
    """The newest sealed entry's `seq`; 0 when there is none."""
    seq: int = await db.fetchval(_LAST_SEQ, org_id)
    return seq


async def unsealed_seconds(*, now: datetime) -> float:
    """How long the oldest entry of all orgs has waited for its seal; 0 when none does."""
    since: datetime | None = await db.fetchval(_UNSEALED_SINCE)
    return max(0.0, (now - since).total_seconds()) if since else 0.0


def stored(row: Row) -> StoredEntry:
    """The entry as it is hashed."""
    return StoredEntry(
        row["id"],
        row["org_id"],
        row["at"],
        row["action"],
        row["principal_kind"],
        row["principal_id"],
        row["target_type"],
        row["target_id"],
        row["changes"],
        row["request_id"],
        row["ip"],
    )


async def _batches(access: Access, where: AuditFilter) -> AsyncGenerator[Sequence[AuditRecord], None]:
    after: UUID | None = None
    while True:
        records = await _matching(access, where, after, _EXPORT_BATCH)
        if records:
            yield records
        if len(records) < _EXPORT_BATCH:
            return
        after = records[-1].id


async def _matching(access: Access, where: AuditFilter, after: UUID | None, limit: int) -> list[AuditRecord]:
    """One statement text per set of filters, so that each is planned for what it has to find."""
    arguments: list[object] = [access.org_id, limit]
    conditions = ""
    given = {name: getattr(where, name) for name in _CONDITIONS}
    wanted = [(text, given[name]) for name, text in _CONDITIONS.items() if given[name] is not None]
    for text, value in [*wanted, *([("entry.id <", after)] if after is not None else [])]:
        arguments.append(value)
        conditions += f" AND {text} ${len(arguments)}"
    return [_record(row) for row in await db.fetch(_RECORDS.format(where=conditions), *arguments)]


def _record(row: Row) -> AuditRecord:
    return AuditRecord(
        id=row["id"],
        org_id=OrgId(row["org_id"]),
        at=row["at"],
        action=row["action"],
        principal_kind=row["principal_kind"],
        principal_id=row["principal_id"],
        target_type=row["target_type"],
        target_id=row["target_id"],
        changes=orjson.loads(row["changes"]),
        request_id=row["request_id"],
        ip=row["ip"],
        seq=row["seq"],
        hash=row["hash"],
    )
