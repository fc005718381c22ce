"""Sending what was rendered."""

from app.core.mail import Mail, MailRefused
from app.infra import telemetry
from workers import runtime

log = telemetry.logger(__name__)


async def post(mail: Mail) -> None:
    """Raises `ConnectionError` where it should be tried again: the task then stays in the outbox.

    A mail that will never be taken is given up.
    """
    try:
        await runtime.current().mailer.send(mail)
    except MailRefused as refusal:
        log.warning("mail.refused", key=mail.key, reason=str(refusal))
