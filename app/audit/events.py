"""The facts that the audit log publishes, and the topics that they wake."""

from app.core.events import Event
from app.core.ids import OrgId


def topic(org_id: OrgId) -> str:
    """Everything that is sealed in one org."""
    return f"audit:{org_id}"


def sealed(org_id: OrgId, seq: int) -> Event:
    return Event("audit_entries.sealed", org_id, (topic(org_id),), {"seq": seq})
