"""Many subscribers on raw sockets, so light that the server is what is measured."""

import asyncio
import base64
import os
import time
from collections.abc import Mapping
from typing import Any, cast

import orjson

_PER_ADDRESS = 500
_AT_ONCE = 50
_PATIENCE_SECONDS = 60
_PING = b"\x89\x00"
_PONG = b"\x8a\x80" + bytes(4)
_HANDSHAKE = (
    "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"
)


class Subscriber(asyncio.Protocol):
    """Counts what it is sent, one message at a time, once it is introduced."""

    def __init__(self, crowd: "Crowd") -> None:
        self._crowd = crowd
        self._answer: asyncio.Future[bytes] | None = None
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        if data.startswith(_PING):
            assert self.transport is not None
            self.transport.write(_PONG)
            data = data.removeprefix(_PING)
            if not data:
                return
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(data)
        else:
            self._crowd.received()

    async def ask(self, data: bytes) -> bytes:
        assert self.transport is not None
        self._answer = asyncio.get_running_loop().create_future()
        self.transport.write(data)
        answer = await asyncio.wait_for(self._answer, 30)
        self._answer = None
        return answer


class Crowd:
    """Subscribers of one server to one subscription."""

    def __init__(
        self, port: int, path: str, *, headers: Mapping[str, str], query: str, variables: Mapping[str, Any]
    ) -> None:
        self._port = port
        self._path = path
        self._init = _text({"type": "connection_init", "payload": dict(headers)})
        self._subscribe = _text(
            {"id": "1", "type": "subscribe", "payload": {"query": query, "variables": dict(variables)}}
        )
        self._subscribers: list[Subscriber] = []
        self._missing = 0
        self._all = asyncio.Event()
        self._last = 0.0

    async def grow(self, count: int) -> None:
        while (there := len(self._subscribers)) < count:
            numbers = range(there, min(there + _AT_ONCE, count))
            self._subscribers += await asyncio.gather(*(self._join(number) for number in numbers))

    async def _join(self, number: int) -> Subscriber:
        # The server limits the connections of one network.
        address = (f"127.0.{1 + number // _PER_ADDRESS}.1", 0)
        loop = asyncio.get_running_loop()
        _, subscriber = await loop.create_connection(
            lambda: Subscriber(self), "127.0.0.1", self._port, local_addr=address
        )
        key = base64.b64encode(os.urandom(16)).decode()
        answer = await subscriber.ask(_HANDSHAKE.format(path=self._path, key=key).encode())
        assert b" 101 " in answer, answer
        answer = await subscriber.ask(self._init)
        assert b"connection_ack" in answer, answer
        answer = await subscriber.ask(self._subscribe)
        assert b"jobUpdated" in answer, answer
        return subscriber

    def received(self) -> None:
        self._missing -= 1
        if self._missing == 0:
            self._last = time.perf_counter()
            self._all.set()

    @property
    def missing(self) -> int:
        return self._missing

    def expect(self) -> None:
        self._missing = len(self._subscribers)
        self._all.clear()

    async def last(self) -> float:
        """When the last of all had its message."""
        await asyncio.wait_for(self._all.wait(), _PATIENCE_SECONDS)
        return self._last

    def leave(self) -> None:
        for subscriber in self._subscribers:
            assert subscriber.transport is not None
            subscriber.transport.abort()
        self._subscribers.clear()


def _text(message: Mapping[str, Any]) -> bytes:
    """A masked text frame, with a mask that changes nothing."""
    payload = orjson.dumps(message)
    assert len(payload) < 65_536
    size = bytes([0x80 | len(payload)]) if len(payload) < 126 else b"\xfe" + len(payload).to_bytes(2, "big")
    return b"\x81" + size + bytes(4) + payload
