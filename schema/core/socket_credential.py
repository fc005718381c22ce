"""The credential of a WebSocket while it is open: watched, and renewed in band.

A client renews by a `ping` with `{"Authorization": "Bearer …"}` as its payload, at any time after
`connection_init`; the `pong` says until when that is good. Shortly before a credential expires the server says so,
by a `ping` of its own.
"""

import asyncio
from collections.abc import Awaitable, Mapping
from datetime import datetime

from strawberry.http.exceptions import WebSocketDisconnected
from strawberry.subscriptions.protocols.graphql_transport_ws.types import (
    ConnectionInitMessage,
    PingMessage,
)

from app.core.errors import Kind
from app.limits.errors import LimitsUnavailable, RateLimited
from app.web import rate_limit
from app.web.authentication import Credential, read_credential
from app.web.credential_watch import FORBIDDEN, UNAUTHORIZED, WATCH, Watched
from schema.core import socket_limits
from schema.core.socket_limits import TRY_AGAIN_LATER

# Enough to ask what needs no credential. Without one there is nobody whom a limit could count by.
ANONYMOUS_SECONDS = 30.0


class Handler(socket_limits.Handler):
    _watched: Watched | None = None
    _leave_at: asyncio.TimerHandle | None = None
    _leaving: asyncio.Task[None] | None = None

    async def handle_connection_init(self, message: ConnectionInitMessage) -> None:
        await super().handle_connection_init(message)
        principal = self.context.credential.found
        if self.connection_acknowledged and principal is None and self._leave_at is None:
            self._leave_at = asyncio.get_running_loop().call_later(ANONYMOUS_SECONDS, self._leave)
        if self.connection_acknowledged and principal is not None and self._watched is None:
            self._watched = Watched(principal, remind=self._remind, dismiss=self._dismiss)
            self.context.request.app[WATCH].add(self._watched)

    def _dismiss(self, code: int, reason: str) -> Awaitable[None]:
        """At once nothing more is sent to it; the closing follows."""
        self.websocket.is_dismissed = True  # type: ignore[attr-defined] # `transport.Messages`
        return self.websocket.close(code, reason)

    def _leave(self) -> None:
        self._leaving = asyncio.create_task(self.websocket.close(UNAUTHORIZED, "no_credential"))

    async def shutdown(self) -> None:
        if self._leave_at is not None:
            self._leave_at.cancel()
        if self._watched is not None:
            self.context.request.app[WATCH].discard(self._watched)
        await super().shutdown()

    async def handle_ping(self, message: PingMessage) -> None:
        authorization = _authorization(message)
        if authorization is None or not self.connection_acknowledged:
            await super().handle_ping(message)
            return
        shown = await read_credential(self.context.services, authorization, now=self.context.now)
        try:
            await rate_limit.charge(self.context.request, shown)
        except (RateLimited, LimitsUnavailable) as refusal:
            await self.websocket.close(TRY_AGAIN_LATER, refusal.code)
            return
        if self._replace(shown):
            await self.send_message({"type": "pong", "payload": {"expiresAt": self._expiry()}})
        else:
            await self.websocket.close(FORBIDDEN, "Forbidden")

    def _replace(self, shown: Credential) -> bool:
        """False where it must not: it is wrong, or another's.

        One that could not be looked at replaces nothing; the client sees the expiry unchanged, and tries again.
        """
        if shown.refusal is not None and shown.refusal.kind is Kind.UNAVAILABLE:
            return True
        before = self._watched and self._watched.principal
        if (
            shown.found is None
            or not before
            or (shown.found.kind, shown.found.id) != (before.kind, before.id)
        ):
            return False
        self.context.credential = shown
        assert self._watched is not None
        self._watched.renew(shown.found)
        return True

    def _expiry(self) -> str | None:
        expires_at = self._watched and self._watched.principal.expires_at
        return expires_at.isoformat() if expires_at else None

    async def _remind(self, expires_at: datetime) -> None:
        payload: dict[str, object] = {"type": "credential_expiring", "expiresAt": expires_at.isoformat()}
        try:
            await self.send_message({"type": "ping", "payload": payload})
        except WebSocketDisconnected:
            return


def _authorization(message: PingMessage) -> str | None:
    payload = message.get("payload")
    found = payload.get("Authorization") if isinstance(payload, Mapping) else None
    return found if isinstance(found, str) else None
