"""Mails about invitations."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest

from app.core.clock import utcnow
from app.core.config import Settings
from app.core.principal import Role
from app.identity import service as identity
from app.invitations import service
from app.invitations.types import Invitation
from tests.factories.invitations import invited, token_of
from tests.factories.orgs import Tenant
from tests.fakes import smtp
from tests.fakes.smtp import Inbox
from workers import runtime
from workers.mails.invitations import mail_invitation
from workers.runtime import Runtime


@pytest.fixture
async def inbox(settings: Settings) -> AsyncIterator[Inbox]:
    """Of everybody to whom the worker sends."""
    async with smtp.running() as (received, port):
        mailing = replace(settings, smtp_url=f"smtp://127.0.0.1:{port}", public_url="https://kit.example")
        runtime.install(Runtime(mailing))
        yield received
        runtime.install(None)


def parts(mail: EmailMessage) -> tuple[str, str]:
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert isinstance(text, EmailMessage)
    assert isinstance(html, EmailMessage)
    return text.get_content(), html.get_content()


async def send(invitation: Invitation) -> None:
    await mail_invitation(invitation_id=str(invitation.id), added_by_a_newer_sender=1)


class TestMailInvitation:
    async def test_lets_its_reader_in(self, acme: Tenant, inbox: Inbox) -> None:
        one = await invited(acme, "ada", Role.ADMIN, now=utcnow())

        await send(one)

        [mail] = inbox.mails
        assert mail["To"] == "ada@x.example"
        assert mail["Subject"] == "Owner of acme invites you to Acme on LaunchKit"
        text, html = parts(mail)
        url = f"https://kit.example/account/accept-invitation#{token_of(one)}"
        assert url in text
        assert f'href="{url}"' in html
        for body in (text, html):
            assert "as admin" in body
            assert f"{one.expires_at:%d %B %Y at %H:%M UTC}" in body

    async def test_shows_names_as_text(self, acme: Tenant, inbox: Inbox) -> None:
        await identity.rename(acme.owner, acme.org_id, name="<b>Bold</b> & Co", now=utcnow())

        await send(await invited(acme, now=utcnow()))

        text, html = parts(inbox.mails[0])
        assert "<b>Bold</b> & Co" in text
        assert "<b>Bold" not in html

    async def test_names_nobody_where_a_key_invited(self, acme: Tenant, inbox: Inbox) -> None:
        await send(await invited(acme, by=acme.key, now=utcnow()))

        assert inbox.mails[0]["Subject"] == "Somebody invites you to Acme on LaunchKit"

    async def test_is_another_mail_when_sent_anew(self, acme: Tenant, inbox: Inbox) -> None:
        one = await invited(acme, now=utcnow() - timedelta(hours=1))
        await send(one)
        await send(one)
        await send(await service.resend(acme.owner, one.id, now=utcnow()))

        first, again, anew = [mail["Message-ID"] for mail in inbox.mails]
        assert first == again != anew

    async def test_sends_none_that_is_no_longer_open(self, acme: Tenant, inbox: Inbox) -> None:
        revoked = await invited(acme, "ada", now=utcnow())
        await service.revoke(acme.owner, revoked.id, now=utcnow())
        expired = await invited(acme, "bob", now=utcnow() - service.LIFETIME)

        for one in (revoked, expired):
            await send(one)
        assert inbox.mails == []
