"""A mail server on the loopback, with the mails that it took."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

PASSWORD = "mail p@ssword"


class Inbox:
    """`replies` answers RCPT per address instead of taking it; `mails` are those that were taken."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.replies: dict[str, str] = {}
        self.logins: list[str] = []

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address in self.replies:
            return self.replies[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        parsed = BytesParser(policy=default).parsebytes(envelope.content)
        assert isinstance(parsed, EmailMessage)
        self.mails.append(parsed)
        return "250 OK"

    def authenticate(
        self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, login: Any
    ) -> AuthResult:
        is_right = isinstance(login, LoginPassword) and login.password.decode() == PASSWORD
        if is_right:
            self.logins.append(login.login.decode())
        return AuthResult(success=is_right)


@asynccontextmanager
async def running(*, auth_require_tls: bool = True) -> AsyncIterator[tuple[Inbox, int]]:
    """The server's inbox and port."""
    inbox = Inbox()
    loop = asyncio.get_running_loop()

    def connection() -> SMTP:
        return SMTP(inbox, authenticator=inbox.authenticate, auth_require_tls=auth_require_tls, loop=loop)

    server = await loop.create_server(connection, "127.0.0.1", 0)
    try:
        yield inbox, server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await server.wait_closed()
