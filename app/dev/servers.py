"""The embedded servers of `dev`: started where none is named, and again after a crash."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import replace

from app.core.config import Settings
from app.infra.embedded.errors import EmbeddedError
from app.infra.embedded.server import Server
from app.infra.embedded.servers import Servers

_WATCH_SECONDS = 0.5
_PAUSE_SECONDS = 5.0

Report = Callable[[str], None]


@asynccontextmanager
async def running(settings: Settings, report: Report) -> AsyncIterator[Settings]:
    """`settings` with the addresses of both servers. Owns the data directory, also where it starts none.

    One thread does all with them: a start takes a while, and they end with the thread that started them.
    """
    servers = Servers(
        settings.data_dir, postgres=settings.database_url is None, valkey=settings.redis_url is None
    )
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1, thread_name_prefix="servers") as thread:
        try:
            await loop.run_in_executor(thread, servers.start)
            if servers.wanted:
                report(" and ".join(f"{s.title} on 127.0.0.1:{s.port}" for s in reversed(servers.wanted)))
            watcher = asyncio.create_task(_watch(servers, thread, report))
            try:
                yield replace(
                    settings,
                    database_url=settings.database_url or servers.database_url,
                    redis_url=settings.redis_url or servers.redis_url,
                )
            finally:
                watcher.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await watcher
        finally:
            await loop.run_in_executor(thread, servers.stop)


async def _watch(servers: Servers, thread: ThreadPoolExecutor, report: Report) -> None:
    while True:
        await asyncio.sleep(_WATCH_SECONDS)
        for server in servers.wanted:
            if not server.is_running():
                await _start_again(server, thread, report)


async def _start_again(server: Server, thread: ThreadPoolExecutor, report: Report) -> None:
    """On its old port, so that whoever was connected finds it again."""
    report(f"{server.title} is gone; starting it again on port {server.port}.")
    try:
        await asyncio.get_running_loop().run_in_executor(thread, server.start)
    except EmbeddedError as error:
        report(f"{error} Trying again in {_PAUSE_SECONDS:.0f} s.")
        await asyncio.sleep(_PAUSE_SECONDS)
    else:
        report(f"{server.title} is back.")
