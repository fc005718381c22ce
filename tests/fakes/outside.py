"""The world outside, on this machine: names that lead where a test says, and a server that behaves as it is told."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_network

from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from app.core.egress import Rules
from app.infra.outbound import Outbound

LOOPBACK = Rules((ip_network("127.0.0.0/8"),), allows_http=True)


class Names(AbstractResolver):
    """A resolver at aiohttp's interface. A name with several lists of addresses changes with each question."""

    def __init__(self, names: Mapping[str, Sequence[Sequence[str]]]) -> None:
        self._names = {name: list(answers) for name, answers in names.items()}
        self.asked: list[str] = []

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        self.asked.append(host)
        if host not in self._names:
            raise OSError(f"{host} is not known here")
        answers = self._names[host]
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST,
            )
            for address in addresses
        ]

    async def close(self) -> None:
        return


@dataclass
class Request:
    """One that the sink was sent."""

    path: str
    headers: Mapping[str, str]
    body: bytes


Behave = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Sink:
    """Keeps what it is sent. `behaviours` by path; elsewhere it answers 200."""

    url: str = ""
    requests: list[Request] = field(default_factory=list)
    behaviours: dict[str, Behave] = field(default_factory=dict)

    def of(self, path: str) -> list[Request]:
        return [request for request in self.requests if request.path == path]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(Request(request.path, dict(request.headers), await request.read()))
        behave = self.behaviours.get(request.path)
        return await behave(request) if behave else web.Response(text="thanks")


@asynccontextmanager
async def sink() -> AsyncIterator[Sink]:
    """A server on 127.0.0.1."""
    found = Sink()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", found.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert site._server is not None
    port = site._server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
    found.url = f"http://127.0.0.1:{port}"
    try:
        yield found
    finally:
        await runner.cleanup()


@asynccontextmanager
async def raw(
    reply: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
) -> AsyncIterator[str]:
    """A server that need not speak HTTP; its URL."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            await reader.readuntil(b"\r\n\r\n")
            await reply(reader, writer)
        with contextlib.suppress(OSError):
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


@asynccontextmanager
async def client(rules: Rules = LOOPBACK, names: Names | None = None) -> AsyncIterator[Outbound]:
    outbound = Outbound(rules, resolver=names)
    try:
        yield outbound
    finally:
        await outbound.close()
