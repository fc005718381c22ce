"""HTTP to addresses that users entered: no request of ours reaches what only we can reach.

Three gates. The URL: https, no credentials, a sensible port. The name: every address that it resolves to must be
allowed (`app.core.egress`), and the connection goes to what was judged, so that a name which changes its mind between
the two (rebinding) gains nothing. The socket: judged once more, whatever led to it. No redirect is followed, no proxy
taken from the environment, no cookie kept, nothing unpacked; of an answer no more than `MOST_READ` is read.
"""

import asyncio
import re
import socket
import ssl
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from app.core import egress
from app.core.egress import Rules
from app.core.errors import FieldError
from app.version import VERSION

KEPT = 2_048
# Of a longer answer the rest is not waited for: the connection is closed instead.
MOST_READ = 16_384
MAX_URL_LENGTH = 2_048
_MAX_HEADER_BYTES = 4_096
_MAX_HEADERS = 64
_LOOKUP_SECONDS = 5.0
_LOOKUPS_AT_ONCE = 32
_NAMES_KEPT_SECONDS = 10
_KEEPALIVE_SECONDS = 30.0
_FIRST_UNPRIVILEGED_PORT = 1024
_WEB_PORTS = (80, 443)


class AddressRefused(OSError):
    """The address is not public, and the installation does not allow it."""


class RequestFailed(Exception):
    """There is no answer. `code` is stable; the message is for whoever entered the address."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Answer:
    """`body` is the first `KEPT` bytes of it."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class SystemResolver(AbstractResolver):
    """Asks the system, in threads of its own: a name server that hangs holds up nobody who needs the others."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(max_workers=_LOOKUPS_AT_ONCE, thread_name_prefix="lookup")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        def look_up() -> Sequence[tuple[Any, ...]]:
            return socket.getaddrinfo(host, port, family, socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)

        found = await asyncio.get_running_loop().run_in_executor(self._threads, look_up)
        return [
            ResolveResult(
                hostname=host,
                host=address[0],
                port=port,
                family=kind,
                proto=proto,
                flags=socket.AI_NUMERICHOST,
            )
            for kind, _, proto, _, address in found
        ]

    async def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)


class _Judging(AbstractResolver):
    """Passes on what another resolver found if all of it is allowed: a name that has one inner address is refused."""

    def __init__(self, inner: AbstractResolver, rules: Rules) -> None:
        self._inner = inner
        self._rules = rules

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        async with asyncio.timeout(_LOOKUP_SECONDS):
            found = await self._inner.resolve(host, port, family)
        for result in found:
            _require_allowed(result["host"], self._rules)
        return found

    async def close(self) -> None:
        await self._inner.close()


class Outbound:
    """One per process: connections are kept and used again. `connections` bounds how many there are at once."""

    def __init__(
        self, rules: Rules, *, resolver: AbstractResolver | None = None, connections: int = 512
    ) -> None:
        self.rules = rules
        self._resolver = _Judging(resolver or SystemResolver(), rules)
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    async def faults(self, url: str, *, field: str = "url") -> list[FieldError]:
        """What is wrong with an address that somebody enters. A name that nobody knows yet may come to be known."""
        if faults := faults_of(url, self.rules, field=field):
            return faults
        parsed = URL(url)
        try:
            _require_host_allowed(parsed, self.rules)
            await self._resolver.resolve(parsed.raw_host or "", parsed.port or 443)
        except AddressRefused:
            return [
                FieldError(
                    field,
                    "address_refused",
                    "This leads to an address that is not public; use one that the internet can reach, or have it "
                    "allowed by LAUNCHKIT_EGRESS_ALLOW.",
                )
            ]
        except (OSError, TimeoutError, UnicodeError):
            return []
        return []

    async def post(self, url: str, body: bytes, headers: Mapping[str, str], *, seconds: float) -> Answer:
        """Raises `RequestFailed` also where the answer is not complete within `seconds`, all in all."""
        if faults := faults_of(url, self.rules):
            raise RequestFailed(faults[0].code, faults[0].message)
        try:
            async with asyncio.timeout(seconds):
                return await self._post(URL(url), body, headers)
        except TimeoutError:
            raise RequestFailed(
                "timed_out", f"There was no complete answer within {seconds:g} seconds."
            ) from None
        except (aiohttp.ClientError, OSError, UnicodeError, ValueError) as error:
            raise _failed(error) from None

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None
        await self._resolver.close()

    async def _post(self, url: URL, body: bytes, headers: Mapping[str, str]) -> Answer:
        _require_host_allowed(url, self.rules)
        connection = SimpleNamespace(is_reused=False)
        try:
            return await self._send(url, body, headers, connection)
        except (aiohttp.ServerDisconnectedError, ConnectionResetError, aiohttp.ClientOSError):
            # A kept connection that its server had given up a moment before: nobody has read the request.
            if not connection.is_reused:
                raise
        return await self._send(url, body, headers, connection)

    async def _send(
        self, url: URL, body: bytes, headers: Mapping[str, str], connection: SimpleNamespace
    ) -> Answer:
        async with self._opened().post(
            url, data=body, headers=headers, allow_redirects=False, trace_request_ctx=connection
        ) as response:
            read = bytearray()
            while len(read) < MOST_READ and (chunk := await response.content.read(MOST_READ - len(read))):
                read += chunk
            if len(read) >= MOST_READ:
                response.close()
            return Answer(response.status, dict(response.headers), bytes(read[:KEPT]))

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(
                resolver=self._resolver,
                limit=self._connections,
                ttl_dns_cache=_NAMES_KEPT_SECONDS,
                keepalive_timeout=_KEEPALIVE_SECONDS,
                socket_factory=self._socket,
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                trust_env=False,
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=None, sock_read=None),
                max_line_size=_MAX_HEADER_BYTES,
                max_field_size=_MAX_HEADER_BYTES,
                max_headers=_MAX_HEADERS,
                read_bufsize=MOST_READ,
                headers={"User-Agent": f"LaunchKit/{VERSION}", "Accept-Encoding": "identity"},
                trace_configs=[_watch_reuse()],
            )
        return self._session

    def _socket(self, info: tuple[Any, ...]) -> socket.socket:
        family, kind, proto, _, address = info
        _require_allowed(address[0], self.rules)
        return socket.socket(family=family, type=kind, proto=proto)


def faults_of(url: str, rules: Rules, *, field: str = "url") -> list[FieldError]:
    """What can be told without asking anybody."""
    if len(url) > MAX_URL_LENGTH or not url.isprintable() or " " in url:
        return [FieldError(field, "invalid_url", f"Give a URL of at most {MAX_URL_LENGTH} characters.")]
    try:
        parsed = URL(url)
        port, host = parsed.port, parsed.raw_host
    except ValueError:
        return [FieldError(field, "invalid_url", "Give a URL such as https://example.com/hooks.")]
    if not host or _is_disguised(host):
        return [FieldError(field, "invalid_url", "Give a URL such as https://example.com/hooks.")]
    faults = []
    if parsed.scheme != "https" and not (parsed.scheme == "http" and rules.allows_http):
        faults.append(FieldError(field, "scheme_refused", "Use https://."))
    if parsed.raw_user is not None or parsed.raw_password is not None:
        faults.append(
            FieldError(field, "credentials_refused", "Leave user and password out of the URL: it is shown.")
        )
    if parsed.raw_fragment:
        faults.append(
            FieldError(field, "fragment_refused", "Leave out what follows the #: it is never sent.")
        )
    if port is not None and port not in _WEB_PORTS and port < _FIRST_UNPRIVILEGED_PORT and not faults:
        faults.append(FieldError(field, "port_refused", "Use port 443, 80, or one from 1024 on."))
    return faults


def _is_disguised(host: str) -> bool:
    """Whether it is an IPv4 address in another notation (127.1, 0x7f000001): what ends in a number is no name
    (WHATWG URL, 3.5).
    """
    last = host.rstrip(".").rpartition(".")[2]
    return egress.parse(host) is None and re.fullmatch(r"\d+|0[xX][0-9a-fA-F]*", last) is not None


def _require_host_allowed(url: URL, rules: Rules) -> None:
    """A host that is an address itself is asked of no resolver."""
    if url.raw_host is not None and egress.parse(url.raw_host) is not None:
        _require_allowed(url.raw_host, rules)


def _require_allowed(host: str, rules: Rules) -> None:
    address = egress.parse(host)
    if address is None or not rules.allows(address):
        raise AddressRefused("the address is not public")


def _failed(error: Exception) -> RequestFailed:
    causes = list(_causes(error))
    if any(isinstance(cause, AddressRefused) for cause in causes):
        return RequestFailed("address_refused", "The name leads to an address that is not public.")
    if any(isinstance(cause, (ssl.SSLError, aiohttp.ClientSSLError)) for cause in causes):
        return RequestFailed("tls_failed", "No trusted TLS connection could be made.")
    if isinstance(error, (aiohttp.ClientConnectorDNSError, UnicodeError)):
        return RequestFailed("name_unknown", "The name could not be resolved.")
    if isinstance(error, aiohttp.ClientConnectorError):
        return RequestFailed("connection_failed", "No connection could be made.")
    if isinstance(error, (aiohttp.ClientPayloadError, aiohttp.ClientResponseError)):
        return RequestFailed("answer_malformed", "The answer is not valid HTTP.")
    return RequestFailed("connection_lost", "The connection broke before the answer was complete.")


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def _watch_reuse() -> aiohttp.TraceConfig:
    async def note(_session: aiohttp.ClientSession, context: SimpleNamespace, _params: object) -> None:
        if context.trace_request_ctx is not None:
            context.trace_request_ctx.is_reused = True

    config = aiohttp.TraceConfig()
    config.on_connection_reuseconn.append(note)
    return config
