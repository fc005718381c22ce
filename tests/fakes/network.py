"""A wire that can be cut: a TCP relay between this process and a real server."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from urllib.parse import urlsplit, urlunsplit

from tortoise.context import TortoiseContext

from app.core.config import Settings
from app.infra import orm
from app.infra.embedded import ports


class Wire:
    """Carries connections on 127.0.0.1:`port` to a server, until `cut`; `mend` opens the same port again.

    What a client sends that holds `swallows` never arrives, and is never answered: `has_swallowed` says that it came.
    """

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self.swallows: bytes | None = None
        self.has_swallowed = asyncio.Event()
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()
        self.port = 0

    @property
    def is_cut(self) -> bool:
        return self._server is None

    async def mend(self) -> None:
        # No port that the system gives to outgoing connections: one of those might have it when this comes back.
        self.port = self.port or ports.choose()
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", self.port)

    async def cut(self) -> None:
        """Every connection breaks, new ones are refused."""
        server, self._server = self._server, None
        if server is not None:
            server.close()
        for task in list(self._connections):
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        if server is not None:
            await server.wait_closed()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            up_reader, up_writer = await asyncio.open_connection(*self._target)
            try:
                async with asyncio.TaskGroup() as both:
                    both.create_task(_pump(reader, up_writer, self._arrives))
                    both.create_task(_pump(up_reader, writer))
            finally:
                up_writer.transport.abort()
        except (asyncio.CancelledError, OSError, ExceptionGroup):
            return
        finally:
            writer.transport.abort()
            self._connections.discard(task)

    def _arrives(self, data: bytes) -> bool:
        if self.swallows is None or self.swallows not in data:
            return True
        self.has_swallowed.set()
        return False


async def _pump(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    arrives: Callable[[bytes], bool] = lambda _: True,
) -> None:
    while data := await reader.read(65_536):
        if arrives(data):
            writer.write(data)
            await writer.drain()
    with contextlib.suppress(OSError):
        writer.write_eof()


@asynccontextmanager
async def wire_to(url: str) -> AsyncIterator[tuple[Wire, str]]:
    """A whole wire to the server of `url`, and `url` as it reads through the wire."""
    parts = urlsplit(url)
    wire = Wire(parts.hostname or "127.0.0.1", parts.port or 5432)
    await wire.mend()
    account = parts.netloc.rpartition("@")[0]
    netloc = f"{account}@127.0.0.1:{wire.port}" if account else f"127.0.0.1:{wire.port}"
    try:
        yield wire, urlunsplit(parts._replace(netloc=netloc))
    finally:
        await wire.cut()


@asynccontextmanager
async def database_behind_wire(settings: Settings) -> AsyncIterator[Wire]:
    """This task and what it starts reach the database through the wire; all others as before."""
    async with wire_to(settings.require_database_url()) as (wire, url):
        context = TortoiseContext()
        with context:
            await context.init(orm.config(url, application_name="tests-behind-wire"))
            try:
                yield wire
            finally:
                await context.close_connections()
