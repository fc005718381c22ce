"""HTTP to issuers of identities: bounded in time and size, without redirects, cookies or proxies.

Authlib speaks OAuth 2.0 to the token endpoint. Each exchange has a client object of its own, for it keeps the tokens
that it was given; the connections beneath are shared.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from functools import cached_property
from typing import Any, Final

import httpx2
import orjson
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client

from app.core.federation import CodeRefused, Exchange, IssuerUnavailable
from app.infra import telemetry

log = telemetry.logger(__name__)

TOTAL_SECONDS: Final = 5.0
MAX_BODY_BYTES: Final = 256 * 1024
RETRY_SECONDS: Final = 5.0

_HEADERS = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "launchkit"}


class IssuerClient:
    """An `app.core.federation.IssuerHttp`."""

    async def get_json(self, url: str, *, token: str | None = None) -> Any:
        headers = {**_HEADERS, "Authorization": f"Bearer {token}"} if token else _HEADERS
        async with httpx2.AsyncClient(**self._options, headers=headers) as client:
            try:
                async with asyncio.timeout(TOTAL_SECONDS):
                    response = await client.get(url)
                if response.status_code != 200:
                    raise _unavailable(url, f"status {response.status_code}")
                return orjson.loads(response.content)
            except (httpx2.HTTPError, httpx2.InvalidURL, TimeoutError, ValueError) as error:
                raise _unavailable(url, type(error).__name__) from error

    async def exchange(self, exchange: Exchange) -> Mapping[str, Any]:
        async with AsyncOAuth2Client(
            exchange.client_id,
            exchange.client_secret,
            token_endpoint_auth_method=exchange.auth_method,
            **self._options,
        ) as client:
            try:
                async with asyncio.timeout(TOTAL_SECONDS):
                    answer: Mapping[str, Any] = await client.fetch_token(
                        exchange.token_url,
                        grant_type="authorization_code",
                        code=exchange.code,
                        code_verifier=exchange.code_verifier,
                        redirect_uri=exchange.redirect_uri,
                        headers=_HEADERS,
                    )
                    return dict(answer)
            except OAuthError as error:
                log.warning("issuer.code_refused", url=_plain(exchange.token_url))
                raise CodeRefused from error
            except (httpx2.HTTPError, httpx2.InvalidURL, TimeoutError, ValueError) as error:
                raise _unavailable(exchange.token_url, type(error).__name__) from error

    async def close(self) -> None:
        if "_transport" in self.__dict__:
            await self._transport.close()

    @property
    def _options(self) -> dict[str, Any]:
        return {
            "transport": self._transport,
            "timeout": TOTAL_SECONDS,
            "trust_env": False,
            "follow_redirects": False,
        }

    @cached_property
    def _transport(self) -> "_Bounded":
        """Made when it is first needed: reading the system's certificates takes a while."""
        return _Bounded(httpx2.AsyncHTTPTransport(trust_env=False, limits=httpx2.Limits(max_connections=20)))


class _Bounded(httpx2.AsyncBaseTransport):
    """Of no answer more than `MAX_BODY_BYTES` is read. Stays open when a client that uses it is closed."""

    def __init__(self, inner: httpx2.AsyncHTTPTransport) -> None:
        self._inner = inner

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        response = await self._inner.handle_async_request(request)
        if response.headers.get("Content-Encoding", "identity") != "identity":
            # Not asked for, and a few bytes of it may become gigabytes.
            await response.aclose()
            raise httpx2.DecodingError("The answer is compressed.", request=request)
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        response.stream = _BoundedStream(response.stream)
        return response

    async def aclose(self) -> None:
        return

    async def close(self) -> None:
        await self._inner.aclose()


class _BoundedStream(httpx2.AsyncByteStream):
    def __init__(self, inner: httpx2.AsyncByteStream) -> None:
        self._inner = inner

    async def __aiter__(self) -> AsyncIterator[bytes]:
        seen = 0
        async for chunk in self._inner:
            seen += len(chunk)
            if seen > MAX_BODY_BYTES:
                raise httpx2.ReadError(f"The answer is longer than {MAX_BODY_BYTES} bytes.")
            yield chunk

    async def aclose(self) -> None:
        await self._inner.aclose()


def _unavailable(url: str, why: str) -> IssuerUnavailable:
    log.warning("issuer.unavailable", url=_plain(url), why=why)
    return IssuerUnavailable(retry_after=RETRY_SECONDS)


def _plain(url: str) -> str:
    return url.partition("?")[0]
