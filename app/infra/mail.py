"""Mail by SMTP; without a server, in development, to the log."""

import hashlib
import ssl
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

import aiosmtplib

from app.core.config import Settings
from app.core.mail import Mail, Mailer, MailRefused
from app.infra import telemetry

log = telemetry.logger(__name__)

_TIMEOUT_SECONDS = 20.0
_TLS_PORT = 465
_SUBMISSION_PORT = 587
# Replies of 5xx are final (RFC 5321, 4.2.1); these are about us and not about the mail.
_OUR_FAULT = (aiosmtplib.SMTPAuthenticationError, aiosmtplib.SMTPNotSupported)


class SmtpMailer:
    """`smtp://user:password@host:587` speaks TLS where the server offers it, `smtps://` from the first byte."""

    def __init__(self, url: str, sender: str) -> None:
        parts = urlsplit(url)
        self._is_tls = parts.scheme == "smtps"
        self._host = parts.hostname or "127.0.0.1"
        self._port = parts.port or (_TLS_PORT if self._is_tls else _SUBMISSION_PORT)
        self._user = unquote(parts.username) if parts.username else None
        self._password = unquote(parts.password) if parts.password else None
        self._sender = sender

    async def send(self, mail: Mail) -> None:
        client = aiosmtplib.SMTP(
            hostname=self._host,
            port=self._port,
            timeout=_TIMEOUT_SECONDS,
            use_tls=self._is_tls,
            # None: STARTTLS is used where it is offered. A password is never sent without it.
            start_tls=False if self._is_tls else (True if self._password else None),
            tls_context=ssl.create_default_context(),
        )
        try:
            async with client:
                if self._user:
                    await client.login(self._user, self._password or "")
                await client.send_message(_message(mail, self._sender))
        except _OUR_FAULT as error:
            raise ConnectionError(f"The mail server does not let us in: {error}") from error
        except aiosmtplib.SMTPRecipientsRefused as error:
            if any(refusal.code >= 500 for refusal in error.recipients):
                raise MailRefused(str(error.recipients[0])) from error
            raise ConnectionError(str(error.recipients[0])) from error
        except aiosmtplib.SMTPResponseException as error:
            if error.code >= 500:
                raise MailRefused(str(error)) from error
            raise ConnectionError(str(error)) from error
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            raise ConnectionError(f"The mail server cannot be reached: {error}") from error


class LogMailer:
    """Prints the mail, links and all: in development the log is where its reader looks."""

    async def send(self, mail: Mail) -> None:
        log.info("mail.printed", to=mail.to, subject=mail.subject, text=mail.text)


class NoMailer:
    """In production without a server: the mail waits in the outbox for one."""

    async def send(self, mail: Mail) -> None:
        raise ConnectionError("SMTP_URL is not set: mails wait until it is.")


def mailer(settings: Settings) -> Mailer:
    if settings.smtp_url is not None:
        return SmtpMailer(settings.smtp_url, settings.mail_from)
    return NoMailer() if settings.is_production else LogMailer()


def _message(mail: Mail, sender: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP_POLICY)
    message["From"] = sender
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Message-ID"] = _message_id(mail.key, sender)
    # Nobody's holiday reply should come back (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    return message


def _message_id(key: str, sender: str) -> str:
    """The same at every attempt, so that readers' programs show one mail."""
    domain = parseaddr(sender)[1].rpartition("@")[2]
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"
