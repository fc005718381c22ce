"""The facts that invitations publish, and the topics that they wake."""

from app.core import ids
from app.core.events import Event
from app.core.ids import OrgId
from app.invitations.types import Invitation


def topic(org_id: OrgId) -> str:
    """Everything that happens to the invitations of one org."""
    return f"invitations:{org_id}"


def invited(invitation: Invitation) -> Event:
    payload = {"invitation_id": ids.encode("inv", invitation.id), "role": invitation.role.value}
    return Event("member.invited", invitation.org_id, (topic(invitation.org_id),), payload, is_public=True)
