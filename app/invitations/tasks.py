"""The messages that invitations enqueue."""

from app.core.ids import InvitationId
from app.core.tasks import Task

QUEUE = "mails"


def mail_invitation(invitation_id: InvitationId) -> Task:
    """Send the mail, if the invitation is still open. The token is made where the mail is."""
    return Task("mail_invitation", QUEUE, {"invitation_id": str(invitation_id)})
