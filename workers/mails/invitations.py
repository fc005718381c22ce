"""Mails about invitations."""

from datetime import UTC
from uuid import UUID

from app.core import ids
from app.core.clock import utcnow
from app.core.ids import InvitationId
from app.invitations import queries, tasks
from app.invitations.tokens import TokenSigner
from app.invitations.types import Letter
from workers import runtime
from workers.actor import actor
from workers.mails.post import post
from workers.mails.rendering import render


@actor(queue=tasks.QUEUE)
async def mail_invitation(*, invitation_id: str, **_: object) -> None:
    """Asks somebody in, if that is still wanted."""
    letter = await queries.letter(InvitationId(UUID(invitation_id)), now=utcnow())
    if letter is not None:
        await _send(letter)


async def _send(letter: Letter) -> None:
    settings = runtime.current().settings
    invitation = letter.invitation
    token = TokenSigner.derive(settings.secret_key).sign(invitation.id)
    mail = render(
        "invitation",
        # Sent anew it is another mail, which a program that shows equal ones once must show.
        key=f"{ids.encode('inv', invitation.id)}:{invitation.expires_at.timestamp()}",
        to=invitation.email,
        org=letter.org_name,
        inviter=letter.inviter,
        role=invitation.role.value.lower(),
        # Of `app.web.pages`. What is behind the # is sent to no server, and so stands in no log of one.
        accept_url=f"{settings.public_url}/account/accept-invitation#{token}",
        expires_at=invitation.expires_at.astimezone(UTC),
    )
    await post(mail)
