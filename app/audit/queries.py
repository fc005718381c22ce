"""Reading the audit log."""

from app.audit.models import AuditEntry
from app.audit.types import AuditRecord
from app.core.ids import OrgId
from app.core.pagination import Page, PageRequest
from app.core.principal import Permission, Principal


async def page(
    principal: Principal, org_id: OrgId, *, request: PageRequest, action: str | None = None
) -> Page[AuditRecord]:
    """The org's entries, newest first."""
    access = principal.authorise(org_id, Permission.AUDIT_READ)
    rows = AuditEntry.filter(org_id=access.org_id)
    if action is not None:
        rows = rows.filter(action=action)
    if request.after is not None:
        rows = rows.filter(id__lt=request.after)
    found = await rows.order_by("-id").limit(request.first + 1)
    return Page.of([_record(row) for row in found], request)


def _record(row: AuditEntry) -> AuditRecord:
    return AuditRecord(
        id=row.id,
        org_id=OrgId(row.org_id),
        at=row.at,
        action=row.action,
        principal_kind=row.principal_kind,
        principal_id=row.principal_id,
        target_type=row.target_type,
        target_id=row.target_id,
        changes=row.changes,
        request_id=row.request_id,
        ip=row.ip,
    )
