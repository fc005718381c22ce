"""Clients that do not take what is sent to them: they hold neither memory nor a task for ever."""

import asyncio
import contextlib
import socket as sockets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from app.core.config import Settings
from app.web import server
from app.web.server import Runner
from tests.waiting import eventually

# More than the kernel takes for a client that reads nothing.
LARGE = 16 * 1024 * 1024
REQUEST = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


class Handler:
    """Answers everything with `answer`, and knows whether it is still at it."""

    def __init__(self, answer: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> None:
        self.answer = answer
        self.at_work = 0
        self.began = 0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.at_work += 1
        self.began += 1
        try:
            return await self.answer(request)
        finally:
            self.at_work -= 1


async def at_once(_request: web.Request) -> web.StreamResponse:
    return web.Response(body=bytes(LARGE))


async def without_end(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(bytes(64 * 1024))


async def unawaited(request: web.Request) -> web.StreamResponse:
    """All is handed to the connection, which closes as soon as it is sent."""
    assert request.transport is not None
    request.transport.set_write_buffer_limits(high=2 * LARGE)
    response = web.Response(body=bytes(LARGE))
    response.force_close()
    return response


@asynccontextmanager
async def serving(handler: Handler) -> AsyncIterator[tuple[Runner, int]]:
    app = web.Application()
    app.router.add_get("/", handler.handle)
    runner = Runner(app, Settings())
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield runner, runner.addresses[0][1]
    finally:
        await runner.cleanup()


@contextlib.contextmanager
def asking(port: int) -> Iterator[sockets.socket]:
    """A client that has sent a request, and reads when told to."""
    with sockets.create_connection(("127.0.0.1", port)) as client:
        client.sendall(REQUEST)
        client.setblocking(False)
        yield client


def connections(runner: Runner) -> int:
    assert runner.server is not None
    return len(runner.server.connections)


@pytest.fixture(autouse=True)
def impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "TAKING_SECONDS", 0.3)


class TestTaking:
    @pytest.mark.parametrize("answer", [at_once, without_end, unawaited])
    async def test_nothing_ends_the_answer_and_the_connection(
        self, answer: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> None:
        handler = Handler(answer)
        async with serving(handler) as (runner, port):
            with asking(port):
                await eventually(lambda: handler.began)
                await eventually(lambda: connections(runner) == 0 and not handler.at_work)
            assert not [task for task in asyncio.all_tasks() if "RequestHandler" in repr(task)]

    async def test_a_trickle_ends_it_too(self, monkeypatch: pytest.MonkeyPatch) -> None:
        handler = Handler(without_end)
        async with serving(handler) as (runner, port), asyncio.timeout(14):
            with asking(port) as client:
                await eventually(lambda: handler.began)
                while connections(runner):
                    with contextlib.suppress(BlockingIOError, ConnectionError):
                        client.recv(100)
                    await asyncio.sleep(0.02)
            await eventually(lambda: not handler.at_work)

    async def test_enough_all_the_time_is_no_reason_to_end_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(server, "TAKING_BYTES", 1_000)
        monkeypatch.setattr(server, "TAKING_SECONDS", 2.0)
        handler = Handler(at_once)
        taken = 0
        async with serving(handler) as (runner, port):
            with asking(port) as client:
                await eventually(lambda: connections(runner) == 1)
                for _ in range(20):  # twice as long as it may take nothing
                    await asyncio.sleep(0.2)
                    with contextlib.suppress(BlockingIOError):
                        taken += len(client.recv(1024 * 1024))
                async with asyncio.timeout(14):
                    while taken < LARGE:
                        part = await asyncio.get_running_loop().sock_recv(client, 1024 * 1024)
                        assert part, "cut off"
                        taken += len(part)
