"""One HTTP call to a model provider: posted, watched, ended, and its failures named.

An adapter gives the path, the body and a `Decoder`; everything that must hold for every upstream (time limits,
bounded memory, no redirects, errors, the end of a stream, the metric) is held here once.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Final, Protocol

import aiohttp
import orjson
from prometheus_client import Histogram
from yarl import URL

from app.core import clock
from app.core.inference import (
    Finished,
    ProviderError,
    ProviderProtocolError,
    ProviderRejected,
    ProviderTimeout,
    ProviderTruncated,
    ProviderUnreachable,
    TextDelta,
)
from app.infra.providers import failures, sse, wire

MAX_ERROR_BODY: Final = 16 * 1024
MAX_JSON_BODY: Final = 128 * 1024 * 1024  # 2,048 vectors of 3,072 numbers as text come to some 80 MB
END_GRACE: Final = 0.5  # seconds that a complete answer may keep its connection open

REQUEST_SECONDS: Final = Histogram(
    "launchkit_provider_request_seconds",
    "From sending a request to a model provider to the end of its answer, the consumer's own pace included.",
    ["provider", "outcome"],
    buckets=(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600),
)


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds. `read` bounds the silence between two chunks; a reasoning model is silent before its first."""

    connect: float = 10.0
    read: float = 120.0
    total: float = 900.0


class Decoder(Protocol):
    """One provider's stream, event by event; holds what one answer has told so far."""

    @property
    def ended(self) -> bool:
        """The end mark was seen: whatever happens to the connection now, the answer is whole."""
        ...

    def take(self, event: sse.ServerSentEvent) -> Iterable[str]:
        """The text in this event. Raises `wire.Malformed` or `wire.ErrorEvent`."""
        ...

    def finished(self) -> Finished: ...


class Upstream:
    def __init__(
        self,
        provider: str,
        session: aiohttp.ClientSession,
        *,
        base_url: str,
        headers: Mapping[str, str],
        secret: str | None = None,
        timeouts: Timeouts | None = None,
    ) -> None:
        self.provider = provider
        self._session = session
        self._base = _checked_base(provider, base_url)
        self._headers = {**headers, "Content-Type": "application/json"}
        self._secret = secret
        limits = timeouts or Timeouts()
        self._timeout = aiohttp.ClientTimeout(
            total=limits.total, connect=limits.connect, sock_read=limits.read
        )

    async def stream(
        self, path: str, body: wire.Json, decoder: Decoder
    ) -> AsyncGenerator[TextDelta | Finished, None]:
        """Closing the generator closes the connection, which is how an upstream learns to stop generating."""
        with _observed(self.provider):
            async with self._answer(path, body, accept="text/event-stream") as response:
                await self._check_is_stream(response)
                parser = sse.SseParser()
                while chunk := await self._chunk(response, complete=decoder.ended):
                    for text in self._decoded(parser, chunk, decoder):
                        yield TextDelta(text)
            if not decoder.ended:
                raise ProviderTruncated(self.provider, "the stream ended without its end mark")
        yield decoder.finished()

    async def call(self, path: str, body: wire.Json) -> wire.Json:
        """The JSON object that answers `body`."""
        with _observed(self.provider):
            async with self._answer(path, body, accept="application/json") as response:
                data = await self._read_whole(response)
            try:
                return wire.parse(data)
            except wire.Malformed as error:
                raise ProviderProtocolError(self.provider, str(error)) from error

    @asynccontextmanager
    async def _answer(
        self, path: str, body: wire.Json, *, accept: str
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        data = self._encoded(body)
        try:
            response = await self._session.post(
                URL(self._base + path),
                data=data,
                headers={**self._headers, "Accept": accept},
                timeout=self._timeout,
                allow_redirects=False,  # a redirect would carry the key to wherever it points
            )
        except TimeoutError as error:
            raise ProviderTimeout(self.provider, "no answer in time") from error
        except (aiohttp.ClientError, OSError) as error:
            raise ProviderUnreachable(self.provider, "no connection, or lost before the answer") from error
        async with response:
            if not 200 <= response.status < 300:
                raise await self._refusal(response)
            yield response

    def _encoded(self, body: wire.Json) -> bytes:
        try:
            return orjson.dumps(body)
        except TypeError as error:
            raise ProviderRejected(self.provider, f"the request is not valid JSON ({error})") from error

    async def _refusal(self, response: aiohttp.ClientResponse) -> ProviderError:
        body = await self._read_at_most(response, MAX_ERROR_BODY)
        problem = failures.read_body(body, response.headers, now=clock.utcnow())
        return failures.error_for(self.provider, response.status, problem, secret=self._secret)

    async def _check_is_stream(self, response: aiohttp.ClientResponse) -> None:
        """Servers label streams carelessly, but JSON or HTML is none: an error with status 200, or a proxy's page."""
        if response.content_type not in ("application/json", "text/html"):
            return
        body = await self._read_at_most(response, MAX_ERROR_BODY)
        problem = failures.read_body(body, response.headers, now=clock.utcnow())
        said = failures.shorten(problem.message, self._secret)
        raise ProviderProtocolError(
            self.provider, f"{response.content_type} where an event stream was expected. {said}".rstrip()
        )

    async def _chunk(self, response: aiohttp.ClientResponse, *, complete: bool) -> bytes:
        """The next bytes, empty at the end. After the end mark nothing that goes wrong matters any more."""
        try:
            async with asyncio.timeout(END_GRACE if complete else None):
                return await response.content.readany()
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            if complete:
                return b""
            raise self._broken(error) from error

    def _decoded(self, parser: sse.SseParser, chunk: bytes, decoder: Decoder) -> Iterator[str]:
        try:
            for event in parser.feed(chunk):
                yield from decoder.take(event)
        except (wire.Malformed, sse.EventTooLarge) as error:
            raise ProviderProtocolError(self.provider, str(error)) from error
        except wire.ErrorEvent as error:
            problem = failures.read_payload(error.payload)
            raise failures.error_for(self.provider, error.status, problem, secret=self._secret) from error

    async def _read_whole(self, response: aiohttp.ClientResponse) -> bytes:
        body = bytearray()
        while chunk := await self._chunk(response, complete=False):
            body += chunk
            if len(body) > MAX_JSON_BODY:
                raise ProviderProtocolError(self.provider, f"the answer is larger than {MAX_JSON_BODY} bytes")
        return bytes(body)

    async def _read_at_most(self, response: aiohttp.ClientResponse, limit: int) -> bytes:
        """What can be had of an error's body; the status alone must do when the rest does not come."""
        body = bytearray()
        try:
            while len(body) < limit and (chunk := await self._chunk(response, complete=False)):
                body += chunk
        except ProviderError:
            pass
        return bytes(body[:limit])

    def _broken(self, error: Exception) -> ProviderError:
        if isinstance(error, TimeoutError):
            return ProviderTimeout(self.provider, "the answer stalled")
        return ProviderTruncated(self.provider, "the connection broke in the middle of the answer")


def _checked_base(provider: str, base_url: str) -> str:
    url = URL(base_url.strip())
    if url.scheme not in ("http", "https") or not url.host or url.user or url.query_string:
        raise ValueError(
            f"{provider}: the base URL must be http(s)://host[:port][/path], without credentials"
        )
    return str(url).rstrip("/")


@contextmanager
def _observed(provider: str) -> Iterator[None]:
    started = time.perf_counter()
    outcome = "bug"
    try:
        yield
        outcome = "ok"
    except ProviderError as error:
        outcome = error.code.removeprefix("provider_")
        raise
    except (asyncio.CancelledError, GeneratorExit):
        outcome = "cancelled"
        raise
    finally:
        REQUEST_SECONDS.labels(provider, outcome).observe(time.perf_counter() - started)
