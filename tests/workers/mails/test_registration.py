"""What is mailed to somebody who signs up again."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from app.core import ids
from app.core.config import Settings
from tests.factories.orgs import NOW, Tenant
from tests.fakes import smtp
from tests.fakes.smtp import Inbox
from workers import runtime
from workers.mails import registration
from workers.runtime import Runtime


@pytest.fixture
async def inbox(settings: Settings) -> AsyncIterator[Inbox]:
    async with smtp.running() as (inbox, port):
        url = f"smtp://127.0.0.1:{port}"
        runtime.install(Runtime(replace(settings, smtp_url=url, public_url="https://acme.example")))
        yield inbox
        runtime.install(None)


class TestSendSignUpNotice:
    async def test_tells_the_owner_what_to_do(self, acme: Tenant, inbox: Inbox) -> None:
        await registration.send_sign_up_notice(
            user_id=str(acme.owner.id), at=NOW.isoformat(), added_by_a_later_version=1
        )

        [mail] = inbox.mails
        assert (mail["To"], mail["Subject"]) == (acme.email, "You have a LaunchKit account already")
        for kind in ("plain", "html"):
            body = mail.get_body((kind,))
            assert body is not None
            assert "https://acme.example/account/reset-password" in body.get_content()

    async def test_is_the_same_mail_when_tried_again_and_another_for_another_attempt(
        self, acme: Tenant, inbox: Inbox
    ) -> None:
        for at in (NOW, NOW, NOW.replace(hour=11)):
            await registration.send_sign_up_notice(user_id=str(acme.owner.id), at=at.isoformat())

        first, again, other = (mail["Message-ID"] for mail in inbox.mails)
        assert first == again
        assert first != other

    async def test_mails_nobody_who_has_gone(self, acme: Tenant, inbox: Inbox) -> None:
        await registration.send_sign_up_notice(user_id=str(ids.uuid7()), at=NOW.isoformat())

        assert inbox.mails == []
