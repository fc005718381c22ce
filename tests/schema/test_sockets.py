"""What one WebSocket may take, and what it leaves behind: nothing."""

import asyncio
import re
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from app.cli import sockets as shutdown
from app.core import ids
from app.core.config import Settings
from app.entitlements import events
from app.infra import telemetry
from app.web import places
from app.web.services import SERVICES
from schema.core import requests, socket_credential, transport
from tests.factories import jobs
from tests.factories.orgs import Tenant
from tests.fakes.web import serving
from tests.schema.conftest import Json
from tests.waiting import eventually

Socket = aiohttp.ClientWebSocketResponse
FOLLOW = "subscription($id: ID!) { jobUpdated(id: $id) { seq } }"
RESET = struct.pack("ii", 1, 0)


@asynccontextmanager
async def connected(server: TestServer, acme: Tenant | None) -> AsyncIterator[Socket]:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(server.make_url("/graphql"), protocols=["graphql-transport-ws"]) as opened,
    ):
        await opened.send_json({"type": "connection_init", "payload": acme.headers if acme else {}})
        assert (await opened.receive_json(timeout=14))["type"] == "connection_ack"
        yield opened


async def follow(opened: Socket, operation: str, job_id: str) -> None:
    payload = {"query": FOLLOW, "variables": {"id": job_id}}
    await opened.send_json({"id": operation, "type": "subscribe", "payload": payload})


async def running(acme: Tenant) -> str:
    return ids.encode("job", (await jobs.running(acme)).job.id)


def held(server: TestServer) -> dict[str, int]:
    """What a subscription holds in this process while it lives."""
    assert server.app is not None
    feeds = server.app[SERVICES].job_feeds
    return {
        "feeds": len(feeds._feeds),
        # The process itself listens for changes of entitlements.
        "listeners": sum(
            len(each) for topic, each in feeds._hub._listeners.items() if topic != events.CHANGED
        ),
        "subscriptions": int(telemetry.SUBSCRIPTIONS_ACTIVE._value.get()),
    }


NOTHING = {"feeds": 0, "listeners": 0, "subscriptions": 0}


async def nothing_held(server: TestServer) -> None:
    await eventually(lambda: held(server) == NOTHING)


class TestOperations:
    async def test_are_bounded_and_the_others_go_on(self, server: TestServer, acme: Tenant) -> None:
        job_id = await running(acme)
        allowed = transport._MAX_OPERATIONS_PER_SOCKET
        async with connected(server, acme) as opened:
            for number in range(allowed):
                await follow(opened, str(number), job_id)
            for _ in range(allowed):
                assert (await opened.receive_json(timeout=14))["type"] == "next"
            await follow(opened, "one-too-many", job_id)
            refused = await opened.receive_json(timeout=14)
            assert (refused["type"], refused["id"]) == ("error", "one-too-many")
            assert refused["payload"][0]["extensions"]["code"] == "too_many_operations"
            assert refused["payload"][0]["extensions"]["requestId"].startswith("req_")

            await opened.send_json({"id": "0", "type": "complete"})
            await follow(opened, "again", job_id)
            answer = await opened.receive_json(timeout=14)
            assert (answer["type"], answer["id"]) == ("next", "again")
        await nothing_held(server)

    async def test_are_free_once_they_are_completed(self, server: TestServer, acme: Tenant) -> None:
        job_id = await running(acme)
        async with connected(server, acme) as opened:
            await follow(opened, "1", job_id)
            assert (await opened.receive_json(timeout=14))["type"] == "next"
            assert held(server) == {"feeds": 1, "listeners": 1, "subscriptions": 1}
            await opened.send_json({"id": "1", "type": "complete"})
            await nothing_held(server)
            await opened.send_json({"type": "ping"})
            assert (await opened.receive_json(timeout=14))["type"] == "pong", "the connection lives on"

    async def test_that_are_too_long_are_refused(self, server: TestServer, acme: Tenant) -> None:
        query = "{ __typename } #" + "x" * requests.MAX_DOCUMENT_CHARACTERS
        async with connected(server, acme) as opened:
            await opened.send_json({"id": "1", "type": "subscribe", "payload": {"query": query}})
            refused = await opened.receive_json(timeout=14)
        assert refused["payload"][0]["extensions"]["code"] == "document_too_large"

    @pytest.mark.parametrize(
        ("payload", "code"),
        [
            ({"query": "query a { __typename }", "operationName": "b"}, "operation_unknown"),
            ({"query": "query a { __typename } query b { __typename }"}, "bad_request"),
            ({"query": "{"}, "bad_request"),
        ],
    )
    async def test_that_cannot_run_are_refused_with_a_code(
        self, server: TestServer, acme: Tenant, payload: Json, code: str
    ) -> None:
        async with connected(server, acme) as opened:
            await opened.send_json({"id": "1", "type": "subscribe", "payload": payload})
            refused = await opened.receive_json(timeout=14)
        assert refused["type"] == "error"
        assert refused["payload"][0]["extensions"]["code"] == code


class TestCloseCodes:
    """Those that docs/graphql.md lists; 1013 and the later 4401 and 4403 are tested with their causes:
    `test_slow_sockets`, `test_rate_limit`, `test_subscriptions`, `test_credential_watch`.
    """

    async def closed_with(self, opened: Socket) -> Any:
        async with asyncio.timeout(14):
            while not opened.closed:
                message = await opened.receive()
                if message.type is aiohttp.WSMsgType.CLOSE:
                    return message.data
        return opened.close_code

    async def test_1001_when_the_server_stops(self, settings: Settings, acme: Tenant) -> None:
        async with AsyncExitStack() as client:
            async with serving(settings, prepare=shutdown.close_at_shutdown) as stopping:
                opened = await client.enter_async_context(connected(stopping, acme))
                code = asyncio.create_task(self.closed_with(opened))
            assert await code == 1001

    async def test_1009_for_a_message_that_is_too_large(self, server: TestServer, acme: Tenant) -> None:
        async with connected(server, acme) as opened:
            await opened.send_str('{"type": "ping", "payload": {"x": "%s"}}' % ("x" * 256 * 1024))
            assert await self.closed_with(opened) == 1009

    async def test_4400_for_a_binary_message(self, server: TestServer, acme: Tenant) -> None:
        async with connected(server, acme) as opened:
            await opened.send_bytes(b'{"type": "ping"}')
            assert await self.closed_with(opened) == 4400

    async def test_4409_for_an_id_that_is_in_use(self, server: TestServer, acme: Tenant) -> None:
        job_id = await running(acme)
        async with connected(server, acme) as opened:
            await follow(opened, "1", job_id)
            await follow(opened, "1", job_id)
            assert await self.closed_with(opened) == 4409
        await nothing_held(server)

    @pytest.mark.parametrize("protocols", [["graphql-ws"], ["graphql-ws", "soap"], []])
    async def test_4406_without_a_common_subprotocol(
        self, server: TestServer, settings: Settings, protocols: list[str]
    ) -> None:
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(server.make_url("/graphql"), protocols=protocols) as opened,
        ):
            assert await self.closed_with(opened) == 4406

    async def test_4401_for_an_operation_before_the_introduction(
        self, server: TestServer, settings: Settings
    ) -> None:
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(server.make_url("/graphql"), protocols=["graphql-transport-ws"]) as opened,
        ):
            await opened.send_json({"id": "1", "type": "subscribe", "payload": {"query": "{ me { id } }"}})
            assert await self.closed_with(opened) == 4401

    async def test_4403_for_a_wrong_credential(self, server: TestServer, settings: Settings) -> None:
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(server.make_url("/graphql"), protocols=["graphql-transport-ws"]) as opened,
        ):
            payload = {"Authorization": "Bearer lk_live_x"}
            await opened.send_json({"type": "connection_init", "payload": payload})
            assert await self.closed_with(opened) == 4403

    async def test_stand_in_the_document(self) -> None:
        """A code that is sent and not listed has no meaning for clients."""
        text = (Path(__file__).parents[2] / "docs" / "graphql.md").read_text("utf-8")
        listed = {int(code) for code in re.findall(r"^\| (\d{4}) \|", text, re.MULTILINE)}
        assert listed == {1001, 1009, 1013, 4400, 4401, 4403, 4406, 4408, 4409, 4429}

    async def test_4429_for_a_second_introduction(self, server: TestServer, acme: Tenant) -> None:
        async with connected(server, acme) as opened:
            await opened.send_json({"type": "connection_init"})
            assert await self.closed_with(opened) == 4429

    async def test_4401_for_nobody_who_stays(
        self, server: TestServer, acme: Tenant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with connected(server, None) as asks:
            payload = {"query": "{ identityProviders { name } }"}
            await asks.send_json({"id": "1", "type": "subscribe", "payload": payload})
            assert (await asks.receive_json(timeout=14))["type"] == "next"
            assert (await asks.receive_json(timeout=14))["type"] == "complete"
        async with connected(server, acme) as known:
            monkeypatch.setattr(socket_credential, "ANONYMOUS_SECONDS", 0.2)
            async with connected(server, None) as nobody:
                message = await nobody.receive(timeout=14)
            assert (message.type, message.data, message.extra) == (
                aiohttp.WSMsgType.CLOSE,
                4401,
                "no_credential",
            )
            await known.send_json({"type": "ping"})
            assert await known.receive_json(timeout=14) == {"type": "pong"}

    async def test_1013_for_one_more_than_a_network_may_hold(
        self, server: TestServer, acme: Tenant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert server.runner is not None
        server_side: Any = server.runner.server
        await eventually(lambda: not server_side.connections, what="the end of those of tests before")
        monkeypatch.setattr(places, "MAX_PER_NETWORK", 1)
        async with aiohttp.ClientSession() as session:
            url, protocols = server.make_url("/graphql"), ["graphql-transport-ws"]
            async with connected(server, acme) as first:
                async with session.ws_connect(url, protocols=protocols) as second:
                    message = await second.receive(timeout=14)
                    assert (message.data, message.extra) == (1013, "too_many_connections")
                await first.send_json({"type": "ping"})
                assert await first.receive_json(timeout=14) == {"type": "pong"}
            await eventually(lambda: self.is_let_in(server, acme), what="the place of who left")

    async def is_let_in(self, server: TestServer, acme: Tenant) -> bool:
        """Once the place of who left is free."""
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(server.make_url("/graphql"), protocols=["graphql-transport-ws"]) as opened,
        ):
            await opened.send_json({"type": "connection_init", "payload": acme.headers})
            return (await opened.receive(timeout=14)).type is aiohttp.WSMsgType.TEXT

    async def test_4408_for_none(
        self, server: TestServer, acme: Tenant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(transport.Operations, "handle_connection_init_timeout", _impatient)
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(server.make_url("/graphql"), protocols=["graphql-transport-ws"]) as opened,
        ):
            assert await self.closed_with(opened) == 4408


_patient: Callable[[transport.Operations], Awaitable[None]] = (
    transport.Operations.handle_connection_init_timeout
)


async def _impatient(self: transport.Operations) -> None:
    self.connection_init_wait_timeout /= 100
    await _patient(self)
