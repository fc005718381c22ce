"""Sending calls to model providers with aiohttp: the port of `app.core.upstreams`.

Nothing is decided here but what a failure means: whether the request can have reached the other side. Pieces are read
no faster than they are taken: what waits in memory is bounded by the library's buffer.
"""

import asyncio
import time
from collections.abc import Mapping
from typing import Final

import aiohttp
from yarl import URL

from app.core.egress import Rules
from app.core.upstreams import Outgoing, Patience, UpstreamSilent, UpstreamTruncated, UpstreamUnreachable
from app.infra import outbound
from app.infra.outbound import AddressRefused

# Shorter than the minute after which balancers drop idle connections; what an upstream closed before is not used again.
_KEEP_ALIVE_SECONDS: Final = 15.0
_MOST_CONNECTIONS: Final = 2_000
_LARGEST_HEADER: Final = 32 * 1024
_BUFFER: Final = 256 * 1024
_BROKEN: Final = (aiohttp.ClientError, OSError, TimeoutError)


class Upstreams:
    """One per process. Addresses that users typed are called under `rules`, the operator's own as they are."""

    def __init__(self, rules: Rules | None = None) -> None:
        self._rules = rules or Rules()
        self._trusted: aiohttp.ClientSession | None = None
        self._judged: aiohttp.ClientSession | None = None

    async def send(self, outgoing: Outgoing, patience: Patience) -> "HttpAnswer":
        url = URL(outgoing.url, encoded=True)
        # No `sock_read`: it would end the wait for the first byte, too, which may be the longer one.
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=patience.connect, connect=patience.connect)
        try:
            async with asyncio.timeout(patience.first_byte):
                response = await self._session_for(outgoing, url).request(
                    outgoing.method,
                    url,
                    data=outgoing.body,
                    headers=outgoing.headers,
                    timeout=timeout,
                    allow_redirects=False,  # a redirect would carry the key to wherever it points
                )
        except AddressRefused as error:
            raise UpstreamUnreachable("The upstream's address is not public.") from error
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise UpstreamUnreachable(retry_after=1) from error
        except _BROKEN as error:
            raise UpstreamSilent from error
        return HttpAnswer(response, patience)

    async def close(self) -> None:
        for session in (self._trusted, self._judged):
            if session is not None:
                await session.close()

    def _session_for(self, outgoing: Outgoing, url: URL) -> aiohttp.ClientSession:
        """Made when it is first needed: it belongs to a running loop."""
        if not outgoing.is_typed:
            if self._trusted is None:
                self._trusted = _session(
                    aiohttp.TCPConnector(
                        limit=_MOST_CONNECTIONS, keepalive_timeout=_KEEP_ALIVE_SECONDS, ttl_dns_cache=60
                    )
                )
            return self._trusted
        if outbound.faults_of(str(url), self._rules):
            raise AddressRefused("the rules are others now")
        outbound.require_host_allowed(url, self._rules)
        if self._judged is None:
            self._judged = _session(
                outbound.connector(
                    self._rules, limit=_MOST_CONNECTIONS, keepalive_seconds=_KEEP_ALIVE_SECONDS
                )
            )
        return self._judged


def _session(connector: aiohttp.TCPConnector) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        skip_auto_headers=("User-Agent", "Accept", "Content-Type"),
        max_line_size=_LARGEST_HEADER,
        max_field_size=_LARGEST_HEADER,
        read_bufsize=_BUFFER,
        trust_env=False,
    )


class HttpAnswer:
    def __init__(self, response: aiohttp.ClientResponse, patience: Patience) -> None:
        self._response = response
        self._idle = patience.idle
        self._deadline = time.monotonic() + patience.total
        self.status = response.status

    @property
    def headers(self) -> Mapping[str, str]:
        return self._response.headers

    async def read(self, limit: int) -> bytes:
        """Raises `UpstreamTruncated`."""
        body = await self.chunk()
        more = await self.chunk() if body else b""
        if not more:
            return body
        pieces, size = [body, more], len(body) + len(more)
        while more := await self.chunk():
            size += len(more)
            if size > limit:
                self.close()
                raise UpstreamTruncated(f"The model provider's answer is larger than {limit:,} bytes.")
            pieces.append(more)
        return b"".join(pieces)

    async def chunk(self) -> bytes:
        content = self._response.content
        try:
            # What has arrived is taken without a timer: most pieces of a fast stream, and small answers as a whole.
            found = content.read_nowait()
            if not found and not content.at_eof():
                async with asyncio.timeout(self._idle):
                    found = await content.readany()
        except _BROKEN as error:
            self.close()
            raise UpstreamTruncated from error
        if not found:
            self._response.release()
        elif time.monotonic() > self._deadline:
            self.close()
            raise UpstreamTruncated("The model provider's answer took too long as a whole.")
        return found

    def close(self) -> None:
        self._response.close()
