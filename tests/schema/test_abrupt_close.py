"""Connections that break without a word, at any point of their life: nothing of them stays in the process."""

import asyncio
import gc
import socket as sockets
import struct
import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from app.core import ids
from app.entitlements import events
from app.infra import telemetry
from app.web.credential_watch import WATCH
from app.web.services import SERVICES
from tests.factories import jobs
from tests.factories.orgs import Tenant
from tests.waiting import eventually

Socket = aiohttp.ClientWebSocketResponse
Leave = Callable[[Socket, Tenant, str], Awaitable[None]]
FOLLOW = "subscription($id: ID!) { jobUpdated(id: $id) { seq } }"
RESET = struct.pack("ii", 1, 0)
AT_ONCE = 25
ROUNDS = 5


async def before_the_introduction(_opened: Socket, _acme: Tenant, _job: str) -> None:
    return


async def in_the_introduction(opened: Socket, acme: Tenant, _job: str) -> None:
    await opened.send_json({"type": "connection_init", "payload": acme.headers})


async def after_the_introduction(opened: Socket, acme: Tenant, job: str) -> None:
    await in_the_introduction(opened, acme, job)
    assert (await opened.receive_json(timeout=14))["type"] == "connection_ack"


async def while_an_operation_begins(opened: Socket, acme: Tenant, job: str) -> None:
    await after_the_introduction(opened, acme, job)
    payload = {"query": FOLLOW, "variables": {"id": job}}
    await opened.send_json({"id": "1", "type": "subscribe", "payload": payload})


async def with_a_running_subscription(opened: Socket, acme: Tenant, job: str) -> None:
    await while_an_operation_begins(opened, acme, job)
    assert (await opened.receive_json(timeout=14))["type"] == "next"


async def in_mid_message(opened: Socket, acme: Tenant, job: str) -> None:
    await with_a_running_subscription(opened, acme, job)
    # A masked text frame of 100 bytes, of which the first ten come.
    wire(opened).write(bytes([0x81, 0x80 | 100, 1, 2, 3, 4]) + b"x" * 10)


POINTS: Sequence[Leave] = (
    before_the_introduction,
    in_the_introduction,
    after_the_introduction,
    while_an_operation_begins,
    with_a_running_subscription,
    in_mid_message,
)


def wire(opened: Socket) -> asyncio.Transport:
    writer: Any = opened._writer
    transport: asyncio.Transport = writer.transport
    return transport


def held(server: TestServer) -> dict[str, int]:
    """What connections and their subscriptions hold in this process while they live."""
    assert server.app is not None
    assert server.runner is not None
    assert server.runner.server is not None
    feeds = server.app[SERVICES].job_feeds
    return {
        "feeds": len(feeds._feeds),
        # The process itself listens for changes of entitlements.
        "listeners": sum(
            len(each) for topic, each in feeds._hub._listeners.items() if topic != events.CHANGED
        ),
        "subscriptions": int(telemetry.SUBSCRIPTIONS_ACTIVE._value.get()),
        "watched": len(server.app[WATCH]),
        "connections": len(server.runner.server.connections),
    }


NOTHING = {"feeds": 0, "listeners": 0, "subscriptions": 0, "watched": 0, "connections": 0}


async def nothing_held(server: TestServer) -> None:
    await eventually(lambda: held(server) == NOTHING, what="letting everything go")


def sockets_in_memory() -> list[web.WebSocketResponse]:
    return [one for one in gc.get_objects() if isinstance(one, web.WebSocketResponse)]


class TestAbruptClose:
    @pytest.mark.parametrize(
        ("cancels", "times"),
        [(False, 200), (True, 50)],
        ids=["as in production", "handlers are cancelled"],
    )
    async def test_leaves_nothing_behind(
        self, server: TestServer, acme: Tenant, monkeypatch: pytest.MonkeyPatch, cancels: bool, times: int
    ) -> None:
        """TCP resets at every point of a connection's life: no closing handshake, no last message."""
        runner: Any = server.runner
        monkeypatch.setattr(runner.server, "handler_cancellation", cancels)
        job_ids = [ids.encode("job", (await jobs.running(acme)).job.id) for _ in range(AT_ONCE)]
        await vanish(server, acme, job_ids, times=150)  # caches and pools fill
        await nothing_held(server)
        tasks = len(asyncio.all_tasks())
        gc.collect()
        of_others = (
            sockets_in_memory()
        )  # of tests before: kept here, so that none can have the place of one of ours
        rounds = []
        for _ in range(ROUNDS):
            before = measure()
            await vanish(server, acme, job_ids, times=times)
            await nothing_held(server)
            await eventually(lambda: len(asyncio.all_tasks()) <= tasks, what="the end of all tasks")
            after = measure()
            rounds.append({what: after[what] - before[what] for what in after})
        theirs = {id(one) for one in of_others}
        assert [one for one in sockets_in_memory() if id(one) not in theirs] == []
        # What a connection leaves, every round leaves: thousands for each. What the process does beside them comes and
        # goes, and is not in all of them.
        assert min(each["objects"] for each in rounds) < 300, rounds
        assert min(each["blocks"] for each in rounds) < 1_000, rounds


async def vanish(server: TestServer, acme: Tenant, job_ids: Sequence[str], *, times: int) -> None:
    for start in range(0, times, AT_ONCE):
        leaving = [
            vanish_once(server, acme, job_id, POINTS[(start + number) % len(POINTS)])
            for number, job_id in enumerate(job_ids)
        ]
        await asyncio.gather(*leaving)


async def vanish_once(server: TestServer, acme: Tenant, job_id: str, leave: Leave) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(server.make_url("/graphql"), protocols=["graphql-transport-ws"]) as opened,
    ):
        await leave(opened, acme, job_id)
        opened.get_extra_info("socket").setsockopt(sockets.SOL_SOCKET, sockets.SO_LINGER, RESET)
        wire(opened).abort()


def measure() -> dict[str, int]:
    gc.collect()
    return {"objects": len(gc.get_objects()), "blocks": sys.getallocatedblocks()}
