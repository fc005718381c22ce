"""A `graphql-transport-ws` client for one socket: https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md"""

import itertools
from typing import Any

import aiohttp

_SUBSCRIPTION = (
    "subscription Follow($id: ID!) { jobUpdated(id: $id) { seq job { status queuedAt startedAt } } }"
)


class Subscriber:
    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)

    @classmethod
    async def connect(cls, session: aiohttp.ClientSession, url: str, authorization: str) -> "Subscriber":
        socket = await session.ws_connect(url, protocols=["graphql-transport-ws"])
        await socket.send_json({"type": "connection_init", "payload": {"Authorization": authorization}})
        answer = await socket.receive_json()
        assert answer["type"] == "connection_ack", answer
        return cls(socket)

    async def follow(self, job_id: str) -> str:
        """Subscribes to one job; returns the name of the operation, for `next`."""
        name = str(next(self._numbers))
        payload = {"query": _SUBSCRIPTION, "variables": {"id": job_id}}
        await self._socket.send_json({"id": name, "type": "subscribe", "payload": payload})
        return name

    async def next(self, name: str) -> dict[str, Any] | None:
        """The next update of the operation; None when it is complete. Raises on errors."""
        while True:
            message = await self._socket.receive_json(timeout=10)
            if message["type"] == "ping":
                await self._socket.send_json({"type": "pong"})
            elif message.get("id") == name and message["type"] == "complete":
                return None
            elif message.get("id") == name:
                update: dict[str, Any] = message["payload"]["data"]["jobUpdated"]
                return update
