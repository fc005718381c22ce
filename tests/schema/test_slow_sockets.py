"""WebSocket clients that do not take what they asked for: bounded memory, bounded time, and a code for them."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from app.core import ids
from app.infra import db
from app.web import server as http_server
from app.web.credential_watch import WATCH
from app.web.server import Connection
from schema.core import transport
from tests.factories import jobs
from tests.factories.orgs import Tenant
from tests.waiting import eventually

Socket = aiohttp.ClientWebSocketResponse
LARGE = "query($id: ID!) { job(id: $id) { input } }"
# Together more than the kernel takes for a client that reads nothing.
OPERATIONS = 50
SIZE = 300_000


@pytest.fixture
async def job(acme: Tenant) -> str:
    """One whose answer is large."""
    job_id = (await jobs.running(acme)).job.id
    await db.execute("UPDATE job SET input = $2 WHERE id = $1", job_id, json.dumps({"text": "x" * SIZE}))
    return ids.encode("job", job_id)


@asynccontextmanager
async def connected(server: TestServer, acme: Tenant) -> AsyncIterator[Socket]:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(
            server.make_url("/graphql"), protocols=["graphql-transport-ws"], max_msg_size=0
        ) as opened,
    ):
        await opened.send_json({"type": "connection_init", "payload": acme.headers})
        assert (await opened.receive_json(timeout=14))["type"] == "connection_ack"
        yield opened


def wire(opened: Socket) -> asyncio.Transport:
    writer: Any = opened._writer
    found: asyncio.Transport = writer.transport
    return found


def connections(server: TestServer) -> list[Connection]:
    assert server.runner is not None
    assert server.runner.server is not None
    found: Any = server.runner.server.connections
    return list(found)


def unsent(server: TestServer) -> int:
    return sum(each._wire.get_write_buffer_size() for each in connections(server))


async def stalled(server: TestServer, opened: Socket, job: str) -> None:
    """Asks for a lot and reads nothing of it; returns when the server can send no more."""
    wire(opened).pause_reading()
    for number in range(OPERATIONS):
        payload = {"query": LARGE, "variables": {"id": job}}
        await opened.send_json({"id": str(number), "type": "subscribe", "payload": payload})
    await eventually(lambda: any(each.writing_paused for each in connections(server)))


class TestSlowReader:
    async def test_is_closed_with_1013_when_it_is_back_in_time(
        self, server: TestServer, acme: Tenant, job: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(transport, "SEND_SECONDS", 0.2)
        async with connected(server, acme) as opened, asyncio.timeout(60):
            await stalled(server, opened, job)
            await asyncio.sleep(0.5)
            wire(opened).resume_reading()
            while (message := await opened.receive()).type is aiohttp.WSMsgType.TEXT:
                pass
            assert (message.type, message.data, message.extra) == (
                aiohttp.WSMsgType.CLOSE,
                1013,
                "too_slow",
            )
        await nothing_left(server)

    async def test_is_cut_off_when_it_never_reads(
        self, server: TestServer, acme: Tenant, job: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(transport, "SEND_SECONDS", 0.1)
        monkeypatch.setattr(transport, "_GOODBYE_SECONDS", 0.1)
        monkeypatch.setattr(http_server, "TAKING_SECONDS", 0.5)
        tasks = len(asyncio.all_tasks())
        async with connected(server, acme) as opened:
            await stalled(server, opened, job)
            await nothing_left(server)
            wire(opened).abort()
        await eventually(lambda: len(asyncio.all_tasks()) <= tasks)

    async def test_makes_the_server_keep_no_more_than_a_few_messages(
        self, server: TestServer, acme: Tenant, job: str
    ) -> None:
        async with connected(server, acme) as opened:
            await stalled(server, opened, job)
            most = 0
            for _ in range(20):
                await asyncio.sleep(0.01)
                most = max(most, unsent(server))
            assert most < 64 * 1024 + 2 * SIZE < OPERATIONS * SIZE / 10
            wire(opened).abort()
        await nothing_left(server)

    async def test_is_waited_for_a_while(self, server: TestServer, acme: Tenant, job: str) -> None:
        async with connected(server, acme) as opened, asyncio.timeout(60):
            await stalled(server, opened, job)
            await asyncio.sleep(0.2)
            wire(opened).resume_reading()
            done: set[str] = set()
            while len(done) < OPERATIONS:
                message = await opened.receive_json()
                if message["type"] == "complete":
                    done.add(message["id"])
            await opened.send_json({"type": "ping"})
            assert await opened.receive_json() == {"type": "pong"}

    async def test_does_not_end_other_operations_by_ending_one(
        self, server: TestServer, acme: Tenant, job: str
    ) -> None:
        """They wait for the same room: whoever stops waiting must not stop the others."""
        async with connected(server, acme) as opened, asyncio.timeout(60):
            await stalled(server, opened, job)
            await opened.send_json({"id": str(OPERATIONS - 1), "type": "complete"})
            await asyncio.sleep(0.1)
            wire(opened).resume_reading()
            done: set[str] = set()
            with contextlib.suppress(TimeoutError):
                while len(done) < OPERATIONS - 1:
                    message = await opened.receive_json(timeout=14)
                    if message["type"] == "complete":
                        done.add(message["id"])
            assert len(done) >= OPERATIONS - 1


async def nothing_left(server: TestServer) -> None:
    assert server.app is not None
    watch = server.app[WATCH]
    await eventually(lambda: not connections(server) and not len(watch))
