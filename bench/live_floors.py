"""What live updates are compared with: pre-encoded frames over bare aiohttp, and Strawberry as its manual shows it.

Run by the harness as `python -m bench.live_floors`. Both are woken by the same message through Redis as LaunchKit is,
send the same update at each, and read nothing from a database; nobody is authenticated.
"""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

import orjson
import strawberry
import uvloop
from aiohttp import WSMsgType, web
from redis.asyncio import Redis
from strawberry.aiohttp.views import GraphQLView
from strawberry.schema.config import StrawberryConfig
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL

from app.core.ids import JobId, OrgId, WorkspaceId
from app.infra import parent
from app.jobs import types as domain
from app.jobs.state import State
from schema.core.context import Info
from schema.core.scalars import SCALARS
from schema.jobs.types import JobUpdate

_NOBODY = UUID(int=1)
_JOB = domain.Job(
    id=JobId(_NOBODY),
    org_id=OrgId(_NOBODY),
    workspace_id=WorkspaceId(_NOBODY),
    kind="noop",
    state=State.RUNNING,
    seq=1,
    attempt=1,
    progress=50,
    input={},
    estimated_tokens=100,
    created_by_kind="api_key",
    created_by_id=_NOBODY,
    created_at=datetime.now(UTC),
    run_at=datetime.now(UTC),
)
_SOCKETS: set[web.WebSocketResponse] = set()
_QUEUES: "set[asyncio.Queue[JobUpdate]]" = set()
_PAYLOAD = {
    "data": {"jobUpdated": {"seq": 1_000, "output": "word ", "job": {"status": "RUNNING", "progress": 50}}}
}
_FRAME = orjson.dumps({"id": "1", "type": "next", "payload": _PAYLOAD})


async def bare(request: web.Request) -> web.WebSocketResponse:
    """Speaks as much of the protocol as the client needs, and sends every update as it is."""
    socket = web.WebSocketResponse(
        protocols=[GRAPHQL_TRANSPORT_WS_PROTOCOL], heartbeat=20, compress=False, max_msg_size=256 * 1024
    )
    await socket.prepare(request)
    async for message in socket:
        match orjson.loads(message.data)["type"]:
            case "connection_init":
                await socket.send_str('{"type":"connection_ack"}')
            case "subscribe":
                await socket.send_frame(_FRAME, WSMsgType.TEXT)
                _SOCKETS.add(socket)
    _SOCKETS.discard(socket)
    return socket


@strawberry.type
class Query:
    nothing: int = 0


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def job_updated(self, info: Info, id: strawberry.ID) -> AsyncIterator[JobUpdate]:  # noqa: A002
        queue: asyncio.Queue[JobUpdate] = asyncio.Queue()
        _QUEUES.add(queue)
        try:
            yield _update(1)
            while True:
                yield await queue.get()
        finally:
            _QUEUES.discard(queue)


def _update(seq: int) -> JobUpdate:
    return JobUpdate.of(domain.JobUpdate(replace(_JOB, seq=seq), "word ", 0, resynced=False), input={})


class Plain(GraphQLView[Any, None]):
    def encode_json(self, data: object) -> str:
        return orjson.dumps(data).decode()


async def _publish(client: Redis) -> None:
    """Sends an update to everybody for each message of Redis."""
    listener = client.pubsub()
    await listener.subscribe("bench:live")
    seq = 1
    while True:
        message = await listener.get_message(timeout=None)
        if message is None or message["type"] != "message":
            continue
        seq += 1
        for socket in list(_SOCKETS):
            with contextlib.suppress(ConnectionError):
                await socket.send_frame(_FRAME, WSMsgType.TEXT)
        update = _update(seq)
        for queue in list(_QUEUES):
            queue.put_nowait(update)


async def _listening(_app: web.Application) -> AsyncIterator[None]:
    client = Redis.from_url(os.environ["REDIS_URL"], socket_timeout=None)
    task = asyncio.create_task(_publish(client))
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    await client.aclose()


async def _ready(_request: web.Request) -> web.Response:
    return web.Response()


def main() -> None:
    parent.die_with_it()
    uvloop.install()
    app = web.Application()
    app.cleanup_ctx.append(_listening)
    schema = strawberry.Schema(Query, subscription=Subscription, config=StrawberryConfig(scalar_map=SCALARS))
    view: Any = Plain(schema=schema, graphql_ide=None, subscription_protocols=[GRAPHQL_TRANSPORT_WS_PROTOCOL])
    app.router.add_get("/ready", _ready)
    app.router.add_get("/bare", bare)
    app.router.add_route("*", "/graphql", cast("Any", view))
    web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]), access_log=None, print=None)


if __name__ == "__main__":
    main()
