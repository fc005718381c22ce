"""What resolvers are given, where it changes while a WebSocket is open."""

from typing import Any, cast

import pytest

from app.accounts.errors import TokenExpired
from app.core import ids
from app.core.principal import Principal
from app.web.authentication import Credential
from schema.core import context as module
from schema.core.context import Context

OLD = Credential(Principal("user", ids.uuid7()), authorization="Bearer old")
NEW = Credential(OLD.found, authorization="Bearer new")


def holding(credential: Credential) -> Context:
    nothing = cast("Any", None)
    return Context(nothing, nothing, nothing, credential)


class TestRenew:
    async def test_takes_what_was_seen(self, monkeypatch: pytest.MonkeyPatch) -> None:
        context = holding(OLD)
        expired = Credential(refusal=TokenExpired(), authorization=OLD.authorization)

        async def read(*_: object, **__: object) -> Credential:
            return expired

        monkeypatch.setattr(module, "read_credential", read)
        await context.renew()
        assert context.credential is expired

    async def test_leaves_a_credential_that_came_meanwhile(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The old one expired while it was looked at, and the client had sent a newer one by then."""
        context = holding(OLD)

        async def read(*_: object, **__: object) -> Credential:
            context.credential = NEW
            return Credential(refusal=TokenExpired(), authorization=OLD.authorization)

        monkeypatch.setattr(module, "read_credential", read)
        await context.renew()
        assert context.credential is NEW
