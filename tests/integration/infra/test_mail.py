"""Mail through a real SMTP server."""

import socket
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from app.core.config import Environment, Settings
from app.core.mail import Mail, MailRefused
from app.infra import mail as mails
from app.infra.mail import LogMailer, SmtpMailer
from tests.fakes import smtp

SENDER = "Acme <no-reply@acme.example>"
MAIL = Mail(
    "k1", "ada@x.example", "Grüße", "Ihr Link: https://acme.example/l?t=1\n", "<p>Ihr <b>Link</b></p>"
)


class TestSmtp:
    async def test_delivers_text_and_html(self) -> None:
        async with smtp.running() as (inbox, port):
            await SmtpMailer(f"smtp://127.0.0.1:{port}", SENDER).send(MAIL)

        [got] = inbox.mails
        assert (got["From"], got["To"], got["Subject"]) == (SENDER, MAIL.to, MAIL.subject)
        assert got["Auto-Submitted"] == "auto-generated"
        text, html = got.get_body(("plain",)), got.get_body(("html",))
        assert text is not None
        assert html is not None
        assert text.get_content().replace("\r\n", "\n") == MAIL.text
        assert html.get_content().strip() == MAIL.html

    async def test_gives_one_mail_the_same_id_at_every_attempt(self) -> None:
        async with smtp.running() as (inbox, port):
            mailer = SmtpMailer(f"smtp://127.0.0.1:{port}", SENDER)
            for key in ("k1", "k1", "k2"):
                await mailer.send(replace(MAIL, key=key))

        first, again, other = [got["Message-ID"] for got in inbox.mails]
        assert first == again != other
        assert first.endswith("@acme.example>")

    @pytest.mark.parametrize(
        ("reply", "raised"), [("550 no such user", MailRefused), ("451 later", ConnectionError)]
    )
    async def test_tells_never_from_later(self, reply: str, raised: type[Exception]) -> None:
        async with smtp.running() as (inbox, port):
            inbox.replies[MAIL.to] = reply
            with pytest.raises(raised):
                await SmtpMailer(f"smtp://127.0.0.1:{port}", SENDER).send(MAIL)

        assert inbox.mails == []

    async def test_comes_back_when_nobody_listens(self) -> None:
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            with pytest.raises(ConnectionError):
                await SmtpMailer(f"smtp://127.0.0.1:{unused.getsockname()[1]}", SENDER).send(MAIL)

    async def test_never_says_the_password_in_the_clear(self) -> None:
        """The server would take it, but offers no TLS."""
        async with smtp.running(auth_require_tls=False) as (inbox, port):
            with pytest.raises(ConnectionError):
                await SmtpMailer(f"smtp://ada:mail%20p%40ssword@127.0.0.1:{port}", SENDER).send(MAIL)

        assert inbox.logins == []
        assert inbox.mails == []

    async def test_cannot_be_given_another_header(self) -> None:
        async with smtp.running() as (inbox, port):
            with pytest.raises(ValueError, match="linefeed"):
                await SmtpMailer(f"smtp://127.0.0.1:{port}", SENDER).send(
                    replace(MAIL, subject="Hello\r\nBcc: everybody@x.example")
                )

        assert inbox.mails == []


class TestMailer:
    async def test_prints_in_development(self) -> None:
        mailer = mails.mailer(Settings())
        assert isinstance(mailer, LogMailer)
        with capture_logs() as logged:
            await mailer.send(MAIL)

        assert [(entry["to"], entry["text"]) for entry in logged] == [(MAIL.to, MAIL.text)]

    async def test_waits_for_a_server_in_production(self) -> None:
        mailer = mails.mailer(Settings(environment=Environment.PRODUCTION))
        with capture_logs() as logged, pytest.raises(ConnectionError, match="SMTP_URL"):
            await mailer.send(MAIL)

        assert logged == []

    def test_speaks_smtp_where_there_is_a_server(self) -> None:
        assert isinstance(mails.mailer(Settings(smtp_url="smtp://127.0.0.1")), SmtpMailer)
