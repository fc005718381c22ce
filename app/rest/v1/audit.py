"""`/v1/audit`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import orjson
from aiohttp import web
from pydantic import Field

from app.audit import naming, queries
from app.audit.types import AuditFilter, AuditRecord
from app.core import ids
from app.core.errors import FieldError
from app.core.pagination import encode_cursor
from app.core.principal import Permission, Principal
from app.rest import exports, paging, times
from app.rest.operation import Operation, Parameter
from app.web.body import json_response
from app.web.organisation import sole_org

_NAMES = {"principal_id": "principal", "target_id": "target", "since": "from", "until": "to"}
_COLUMNS = (
    "id",
    "at",
    "action",
    "principal_kind",
    "principal_id",
    "target_type",
    "target_id",
    "changes",
    "request_id",
    "ip",
    "seq",
    "hash",
)


@dataclass(frozen=True, slots=True)
class AuditEntryView:
    """Who did what to what, when and from where."""

    id: str
    at: datetime
    action: Annotated[str, Field(description="`noun.past_verb`")]
    principal_kind: str
    principal_id: str
    target_type: str
    target_id: str | None
    changes: Annotated[dict[str, Any], Field(description="Before and after; secrets are left out")]
    request_id: str | None
    ip: str | None
    seq: Annotated[
        int | None, Field(description="Place in the org's chain; null until sealed, a moment after the act")
    ]
    hash: Annotated[str | None, Field(description="SHA-256 of the entry and of the one before it, in hex")]


@dataclass(frozen=True, slots=True)
class AuditLog:
    data: list[AuditEntryView]
    next_cursor: Annotated[
        str | None, Field(description="Pass as `cursor` for the next page; null at the end")
    ]


def view(record: AuditRecord) -> AuditEntryView:
    return AuditEntryView(
        id=ids.encode("aud", record.id),
        at=record.at,
        action=record.action,
        principal_kind=record.principal_kind,
        principal_id=naming.encode(record.principal_kind, record.principal_id),
        target_type=record.target_type,
        target_id=None if record.target_id is None else naming.encode(record.target_type, record.target_id),
        changes=dict(record.changes),
        request_id=record.request_id,
        ip=record.ip,
        seq=record.seq,
        hash=None if record.hash is None else record.hash.hex(),
    )


async def page(request: web.Request, principal: Principal) -> web.Response:
    wanted, where = paging.read(request), _filter(request)
    found = await queries.page(principal, sole_org(principal), request=wanted, where=where)
    cursor = encode_cursor(found.items[-1].id) if found.has_next else None
    return json_response(AuditLog([view(record) for record in found.items], cursor))


async def export(request: web.Request, principal: Principal) -> web.StreamResponse:
    batches = queries.export(principal, sole_org(principal), where=_filter(request))
    return await exports.send(request, "audit", _COLUMNS, batches, cells=_cells)


def _cells(record: AuditRecord) -> list[object]:
    seen = view(record)
    values = {name: getattr(seen, name) for name in _COLUMNS}
    return [*{**values, "at": seen.at.isoformat(), "changes": orjson.dumps(seen.changes).decode()}.values()]


def _filter(request: web.Request) -> AuditFilter:
    errors: list[FieldError] = []
    since = times.read(request, "from", None, errors)
    until = times.read(request, "to", None, errors)
    return AuditFilter.parse(
        principal_id=request.query.get("principal"),
        action=request.query.get("action"),
        target_type=request.query.get("target_type"),
        target_id=request.query.get("target"),
        since=since,
        until=until,
        names=_NAMES,
        faults=errors,
    )


# Of any type: the log is asked by whatever it shows.
_Id = Annotated[str, Field(pattern="^([a-z_]+_)?[0-7][0-9a-hjkmnp-tv-z]{25}$")]
_FILTERS = (
    Parameter("principal", "query", _Id, "Only acts of this user or key: user_… or key_…"),
    Parameter("action", "query", str, "Only this act, for example `api_key.created`"),
    Parameter("target_type", "query", str, "Only acts on this kind of thing, for example `api_key`"),
    Parameter("target", "query", _Id, "Only acts on this thing, by its id"),
    Parameter("from", "query", datetime, "Only acts at or after this time"),
    Parameter("to", "query", datetime, "Only acts before this time"),
)


def operations() -> Sequence[Operation]:
    return [
        Operation(
            "GET",
            "/v1/audit",
            "list_audit_entries",
            "The audit log, newest first.",
            Permission.AUDIT_READ,
            page,
            {200: ("A page of entries", AuditLog)},
            parameters=[
                *_FILTERS,
                *paging.PARAMETERS,
            ],
            tag="Audit",
        ),
        Operation(
            "GET",
            "/v1/audit.csv",
            "export_audit_log",
            "The audit log as a CSV file, newest first, all of it.",
            Permission.AUDIT_READ,
            export,
            {200: ("A line of names, then a line per entry", str)},
            parameters=_FILTERS,
            tag="Audit",
            media_type="text/csv",
        ),
    ]
