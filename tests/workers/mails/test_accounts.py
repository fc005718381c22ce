"""What is mailed to an account's person."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest

from app.accounts import notices
from app.accounts.keys import AccountKeys
from app.accounts.links import service, signing
from app.accounts.links.purposes import Purpose
from app.accounts.notices import Change
from app.core import ids
from app.core.clock import utcnow
from app.core.config import Settings
from app.core.ids import UserId
from app.infra import db
from tests.factories import links
from tests.factories.orgs import NOW, Tenant
from tests.fakes import smtp
from tests.fakes.smtp import Inbox
from workers import runtime
from workers.mails import accounts
from workers.runtime import Runtime


@pytest.fixture
def keys(settings: Settings) -> AccountKeys:
    return AccountKeys.derive(settings.secret_key)


@pytest.fixture
async def inbox(settings: Settings) -> AsyncIterator[Inbox]:
    """Of a worker's mails."""
    async with smtp.running() as (inbox, port):
        url = f"smtp://127.0.0.1:{port}"
        runtime.install(Runtime(replace(settings, smtp_url=url, public_url="https://acme.example")))
        yield inbox
        runtime.install(None)


def bodies(mail: EmailMessage) -> list[str]:
    """The text and the page."""
    parts = [mail.get_body(("plain",)), mail.get_body(("html",))]
    return [part.get_content() for part in parts if part is not None]


async def send(token: str) -> None:
    link_id = ids.decode(signing.PREFIX, token.partition(".")[0])
    await accounts.send_link(link_id=str(link_id), added_by_a_later_version=1)


class TestSendLink:
    @pytest.mark.parametrize(
        ("purpose", "page", "subject"),
        [
            (Purpose.VERIFY_EMAIL, "verify-email", "Confirm your e-mail address"),
            (Purpose.RESET_PASSWORD, "reset-password", "Set a new password"),
        ],
    )
    async def test_mails_the_token_behind_the_hash_of_a_page(
        self, acme: Tenant, keys: AccountKeys, inbox: Inbox, purpose: Purpose, page: str, subject: str
    ) -> None:
        token = await links.made(acme, purpose, created_at=utcnow(), keys=keys)

        await send(token)

        [mail] = inbox.mails
        assert (mail["To"], mail["Subject"]) == (acme.email, subject)
        text, html = bodies(mail)
        for body in (text, html):
            assert f"https://acme.example/account/{page}#{token}" in body
            assert acme.email in body
        assert re.search(r"until \d\d \w+ 20\d\d, \d\d:\d\d UTC", text)

    async def test_mails_a_link_that_works(self, acme: Tenant, keys: AccountKeys, inbox: Inbox) -> None:
        await service.request_verification(acme.owner, limiter=None, address="192.0.2.7", now=utcnow())
        [made] = await links.mailed(keys)
        await send(made)

        [mail] = inbox.mails
        found = re.search(r"#(\S+)", bodies(mail)[0])
        assert found
        await service.verify_email(keys, found[1], now=utcnow())
        assert await db.fetchval("SELECT email_verified_at FROM user_account") is not None

    async def test_mails_nothing_for_an_address_that_nobody_has(self, inbox: Inbox) -> None:
        await accounts.send_link(link_id=str(ids.uuid7()))

        assert inbox.mails == []

    async def test_mails_nothing_that_is_used_or_too_old_or_to_an_address_of_the_past(
        self, acme: Tenant, keys: AccountKeys, inbox: Inbox
    ) -> None:
        used = await links.made(acme, created_at=utcnow(), keys=keys)
        await db.execute("UPDATE one_time_token SET used_at = $1", NOW)
        old = await links.made(acme, created_at=utcnow() - timedelta(hours=2), keys=keys)
        past = await links.made(acme, created_at=utcnow(), email="before@acme.example", keys=keys)

        for token in (used, old, past):
            await send(token)

        assert inbox.mails == []

    async def test_is_the_same_mail_when_it_is_tried_again(
        self, acme: Tenant, keys: AccountKeys, inbox: Inbox
    ) -> None:
        token = await links.made(acme, created_at=utcnow(), keys=keys)

        for _ in range(2):
            await send(token)

        first, second = inbox.mails
        assert first["Message-ID"] == second["Message-ID"]
        assert bodies(first) == bodies(second)


class TestSendAccountNotice:
    @pytest.mark.parametrize("change", Change)
    async def test_tells_the_person_what_and_when(self, acme: Tenant, inbox: Inbox, change: Change) -> None:
        task = notices.send_account_notice(UserId(acme.owner.id), change, at=NOW)
        await accounts.send_account_notice(**task.kwargs, more=1)

        [mail] = inbox.mails
        assert mail["To"] == acme.email
        told = {
            "totp_enabled": "switched on",
            "totp_disabled": "switched off",
            "identity_linked": "was linked",
        }
        for body in bodies(mail):
            assert told[change] in body
            assert "https://acme.example/account/reset-password" in body
            assert "20 November 2026 at 10:00 UTC" in body

    async def test_tells_nobody_who_is_gone(self, inbox: Inbox) -> None:
        gone = notices.send_account_notice(UserId(ids.uuid7()), Change.TOTP_ENABLED, at=NOW)
        await accounts.send_account_notice(**gone.kwargs)

        assert inbox.mails == []


class TestSendPasswordNotice:
    async def test_tells_the_person_and_where_to_set_another(self, acme: Tenant, inbox: Inbox) -> None:
        await accounts.send_password_notice(user_id=str(acme.owner.id), at=NOW.isoformat(), more=1)

        [mail] = inbox.mails
        assert mail["To"] == acme.email
        for body in bodies(mail):
            assert "https://acme.example/account/reset-password" in body
            assert "20 November 2026 at 10:00 UTC" in body

    async def test_tells_nobody_who_is_gone(self, inbox: Inbox) -> None:
        await accounts.send_password_notice(user_id=str(ids.uuid7()), at=NOW.isoformat())

        assert inbox.mails == []
