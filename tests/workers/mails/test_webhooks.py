"""Mails about webhooks."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from app.core.clock import utcnow
from app.core.config import Settings
from app.core.principal import Role
from app.infra import db
from app.webhooks import service
from app.webhooks.types import DisabledReason, UpdateEndpoint
from tests.factories import webhooks
from tests.factories.orgs import Tenant, member
from tests.fakes import smtp
from tests.fakes.smtp import Inbox
from workers import runtime
from workers.mails.webhooks import mail_webhook_disabled
from workers.runtime import Runtime


@pytest.fixture
async def inbox(settings: Settings) -> AsyncIterator[Inbox]:
    async with smtp.running() as (received, port):
        runtime.install(Runtime(replace(settings, smtp_url=f"smtp://127.0.0.1:{port}")))
        yield received
        runtime.install(None)


class TestMailWebhookDisabled:
    @pytest.mark.parametrize(
        ("reason", "words"), [(DisabledReason.GONE, "410 Gone"), (DisabledReason.FAILING, "has failed")]
    )
    async def test_tells_the_owners_which_and_why(
        self, acme: Tenant, inbox: Inbox, reason: DisabledReason, words: str
    ) -> None:
        await member(acme, Role.ADMIN)
        made = await webhooks.made(acme, "https://hooks.example/a?token=hidden")
        await db.execute("UPDATE webhook_endpoint SET failing_since = $1", utcnow() - timedelta(days=5))
        async with db.unit_of_work() as uow:
            await service.disable(uow, made.endpoint.id, reason=reason, now=utcnow())
        await mail_webhook_disabled(endpoint_id=str(made.endpoint.id), added_by_a_newer_sender=1)

        [mail] = inbox.mails
        assert mail["To"] == acme.email
        text = mail.get_body(("plain",))
        assert text is not None
        assert "https://hooks.example/a" in text.as_string()
        assert words in text.as_string()
        assert "hidden" not in mail.as_string()

    async def test_says_nothing_when_it_is_on_again(self, acme: Tenant, inbox: Inbox) -> None:
        made = await webhooks.made(acme)
        async with db.unit_of_work() as uow:
            await service.disable(uow, made.endpoint.id, reason=DisabledReason.GONE, now=utcnow())
        command = UpdateEndpoint(is_enabled=True)
        await service.update(
            acme.owner, made.endpoint.id, command=command, outbound=webhooks.NOWHERE, now=utcnow()
        )
        await mail_webhook_disabled(endpoint_id=str(made.endpoint.id))

        assert inbox.mails == []
