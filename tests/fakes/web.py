"""The whole application behind a real socket, in this process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from unittest.mock import patch

from aiohttp.test_utils import TestServer

from app import main
from app.core.config import Settings
from app.infra import orm
from app.outbox import courier


@asynccontextmanager
async def serving(settings: Settings) -> AsyncIterator[TestServer]:
    """Runs `app.main.create_app`, on the connection pool that the tests have open.

    A process has one ORM context, so the application must neither open a second one nor close this one. It has
    one courier as well: the one before is put back, where two applications run one inside the other.
    """

    async def keep(*_: object, **__: object) -> None:
        return

    with (
        patch.object(orm, "init", keep),
        patch.object(orm, "close", keep),
        patch.object(courier, "_courier", courier._courier),
    ):
        server = TestServer(main.create_app(settings))
        await server.start_server()
        try:
            yield server
        finally:
            await server.close()
