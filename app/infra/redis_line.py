"""One Redis connection that many share at once, for a command that every request waits for.

Commands are written as they come and answered in order, so those of one moment travel together and none waits for
a connection of its own. A call costs a fifth of the client library's, which sets the connection up (address,
credentials, TLS) and then hands it over.
"""

import asyncio
import contextlib
from collections import deque
from typing import Any

import hiredis
from redis.asyncio import Redis
from redis.asyncio.connection import Connection

from app.infra import redis

Answer = asyncio.Future[Any]


class Line:
    """Connects when first asked, and again after a loss. Every failure is a `ConnectionError`, and soon."""

    def __init__(self, url: str, *, patience_seconds: float) -> None:
        self._client: Redis = redis.connect(url, timeout_seconds=patience_seconds)
        self._patience = patience_seconds
        self._wire: _Wire | None = None
        self._connecting: asyncio.Task[_Wire] | None = None

    async def execute(self, *words: str | int) -> Any:
        """The answer to one command; an error that Redis answers with is a `hiredis.ReplyError`."""
        wire = self._wire
        if wire is None or wire.is_lost:
            wire = await self._connected()
        answer = wire.send(words)
        try:
            async with asyncio.timeout(self._patience):
                return await answer
        except TimeoutError:
            wire.lose()
            raise ConnectionError("Redis did not answer in time") from None

    async def close(self) -> None:
        if self._connecting is not None:
            self._connecting.cancel()
        if self._wire is not None:
            await self._wire.close()
        await self._client.aclose()

    async def _connected(self) -> "_Wire":
        """All who wait share one attempt: a dead address is tried once, not once each."""
        if self._connecting is None:
            self._connecting = asyncio.create_task(self._connect())
            self._connecting.add_done_callback(self._attempted)
        return await asyncio.shield(self._connecting)

    def _attempted(self, task: "asyncio.Task[_Wire]") -> None:
        self._connecting = None
        if not task.cancelled():
            task.exception()  # those who waited have it

    async def _connect(self) -> "_Wire":
        if self._wire is not None:
            await self._wire.close()
        pool: Any = self._client.connection_pool
        connection = pool.make_connection()
        with redis.failures():
            await connection.connect()
        self._wire = _Wire(connection)
        return self._wire


class _Wire(asyncio.Protocol):
    """A connection taken over from the library."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        # The library's streams would cost more than the command.
        self._transport: Any = connection._writer.transport  # type: ignore[union-attr]
        self._transport.set_protocol(self)
        self._reader = hiredis.Reader()
        self._waiting: deque[Answer] = deque()
        self._loop = asyncio.get_running_loop()
        self.is_lost = False

    def send(self, words: tuple[str | int, ...]) -> Answer:
        answer: Answer = self._loop.create_future()
        self._waiting.append(answer)
        self._transport.write(hiredis.pack_command(words))  # type: ignore[arg-type] # its stub says one word
        return answer

    def data_received(self, data: bytes) -> None:
        self._reader.feed(data)
        while (reply := self._reader.gets()) is not False:
            if isinstance(reply, hiredis.PushNotification):
                continue
            answer = self._waiting.popleft()
            if answer.done():  # its caller has gone
                continue
            if isinstance(reply, hiredis.ReplyError):
                answer.set_exception(reply)
            else:
                answer.set_result(reply)

    def connection_lost(self, error: Exception | None) -> None:
        self.is_lost = True
        while self._waiting:
            answer = self._waiting.popleft()
            if not answer.done():
                answer.set_exception(ConnectionError("Redis closed the connection"))

    def lose(self) -> None:
        """Gives the connection up, and with it everything that still waits on it."""
        self.is_lost = True
        self._transport.abort()

    async def close(self) -> None:
        self.lose()
        with contextlib.suppress(Exception):
            await self._connection.disconnect(nowait=True)
