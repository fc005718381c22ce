"""The whole application behind a real socket, in this process."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from unittest.mock import patch

from aiohttp import web
from aiohttp.test_utils import TestServer

from app import main
from app.core.config import Settings
from app.infra import orm
from app.outbox import courier
from app.web.server import Runner


class _Server(TestServer):
    """With the connections that `launchkit serve` has."""

    def __init__(self, app: web.Application, settings: Settings, *, cancels: bool) -> None:
        super().__init__(app)
        self._settings = settings
        self._cancels = cancels

    async def _make_runner(self, **options: Any) -> web.AppRunner:
        return Runner(self.app, self._settings, **{**options, "handler_cancellation": self._cancels})


@asynccontextmanager
async def serving(
    settings: Settings,
    *,
    prepare: Callable[[web.Application], None] = lambda _app: None,
    cancels: bool = True,
) -> AsyncIterator[TestServer]:
    """Runs `app.main.create_app`, on the connection pool that the tests have open; `prepare` sees it before.

    Handlers are cancelled when their client leaves, so that none outlives its test; without `cancels` they go on, as
    with `launchkit serve`.

    A process has one ORM context, so the application must neither open a second one nor close this one. It has
    one courier as well: the one before is put back, where two applications run one inside the other. It waits for the
    counts of Redis however busy the machine is, instead of counting by itself.
    """

    async def keep(*_: object, **__: object) -> None:
        return

    with (
        patch.object(orm, "init", keep),
        patch.object(orm, "close", keep),
        patch.object(courier, "_courier", courier._courier),
        patch.object(main, "_RATE_LIMIT_PATIENCE_SECONDS", 10),
    ):
        app = main.create_app(settings)
        prepare(app)
        server = _Server(app, settings, cancels=cancels)
        await server.start_server()
        try:
            yield server
        finally:
            await server.close()
