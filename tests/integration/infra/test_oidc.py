"""HTTP to issuers, against one that means no good."""

import asyncio
import gzip
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from app.core.federation import CodeRefused, Exchange, IssuerUnavailable
from app.infra import oidc
from app.infra.oidc import IssuerClient

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
SECRET = "client-secret-91aa"


@asynccontextmanager
async def answering(handler: Handler) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    async with TestServer(app) as server:
        yield str(server.make_url("/there"))


@pytest.fixture
async def client() -> AsyncIterator[IssuerClient]:
    made = IssuerClient()
    yield made
    await made.close()


def exchange(url: str, *, method: str = "client_secret_basic", secret: str | None = SECRET) -> Exchange:
    return Exchange(url, "us", secret, method, "the-code", "v" * 43, "https://us.example/back")


async def huge(request: web.Request) -> web.StreamResponse:
    """Endless, a chunk at a time."""
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b" " * 65_536)


async def long(_request: web.Request) -> web.StreamResponse:
    """All that was asked for, and one byte too many."""
    answer = b'{"access_token": "t"}'
    return web.Response(body=answer + b" " * (oidc.MAX_BODY_BYTES + 1 - len(answer)))


async def slow(_request: web.Request) -> web.StreamResponse:
    await asyncio.sleep(30)
    raise AssertionError


async def dripping(request: web.Request) -> web.StreamResponse:
    """Never silent for long, and never done."""
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b" ")
        await asyncio.sleep(0.05)


async def compressed(_request: web.Request) -> web.StreamResponse:
    return web.Response(body=gzip.compress(b" " * 1_000_000 + b"{}"), headers={"Content-Encoding": "gzip"})


async def elsewhere(request: web.Request) -> web.StreamResponse:
    if request.query_string:
        return web.json_response({"stolen": True})
    raise web.HTTPTemporaryRedirect("/there?again")


async def failing(_request: web.Request) -> web.StreamResponse:
    return web.json_response({"error": "server_error"}, status=500)


async def no_json(_request: web.Request) -> web.StreamResponse:
    return web.Response(text="<html>")


WRONG = [huge, long, slow, dripping, compressed, elsewhere, failing, no_json]


class TestGetJson:
    async def test_reads_what_is_there(self, client: IssuerClient) -> None:
        async def echo(request: web.Request) -> web.StreamResponse:
            return web.json_response({"token": request.headers.get("Authorization")})

        async with answering(echo) as url:
            assert await client.get_json(url) == {"token": None}
            assert await client.get_json(url, token="t1") == {"token": "Bearer t1"}

    @pytest.mark.parametrize("handler", WRONG, ids=lambda handler: handler.__name__)
    async def test_gives_up_on_who_is(
        self, client: IssuerClient, handler: Handler, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(oidc, "TOTAL_SECONDS", 0.5)
        started = time.monotonic()
        async with answering(handler) as url:
            with pytest.raises(IssuerUnavailable):
                await client.get_json(url)
        assert time.monotonic() - started < 25

    @pytest.mark.parametrize(
        "url", ["http://127.0.0.1:1/x", "https://127.0.0.1:1", "http://[", "x://y", "nowhere"]
    )
    async def test_gives_up_on_who_is_not_there(self, client: IssuerClient, url: str) -> None:
        with pytest.raises(IssuerUnavailable):
            await client.get_json(url)

    async def test_asks_no_proxy_of_the_environment(
        self, client: IssuerClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, "http://127.0.0.1:1")

        async def answer(_request: web.Request) -> web.StreamResponse:
            return web.json_response({"direct": True})

        async with answering(answer) as url:
            assert await client.get_json(url) == {"direct": True}

    async def test_keeps_no_cookies(self, client: IssuerClient) -> None:
        async def answer(request: web.Request) -> web.StreamResponse:
            response = web.json_response(dict(request.cookies))
            response.set_cookie("track", "1")
            return response

        async with answering(answer) as url:
            await client.get_json(url)
            assert await client.get_json(url) == {}


class TestExchange:
    @pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post", "none"])
    async def test_sends_the_code_and_what_proves_it(self, client: IssuerClient, method: str) -> None:
        async def echo(request: web.Request) -> web.StreamResponse:
            form = {name: str(value) for name, value in (await request.post()).items()}
            return web.json_response(
                {"access_token": "t", "form": form, "auth": "Authorization" in request.headers}
            )

        async with answering(echo) as url:
            secret = None if method == "none" else SECRET
            told = await client.exchange(exchange(url, method=method, secret=secret))
        assert told["form"].items() >= {
            ("grant_type", "authorization_code"),
            ("code", "the-code"),
            ("code_verifier", "v" * 43),
            ("redirect_uri", "https://us.example/back"),
        }
        assert told["auth"] == (method == "client_secret_basic")
        assert (told["form"].get("client_secret") == SECRET) == (method == "client_secret_post")

    @pytest.mark.parametrize("status", [200, 400, 401])
    async def test_knows_a_refusal(self, client: IssuerClient, status: int) -> None:
        async def refuse(_request: web.Request) -> web.StreamResponse:
            return web.json_response({"error": "invalid_grant", "error_description": "no"}, status=status)

        async with answering(refuse) as url:
            with pytest.raises(CodeRefused) as raised:
                await client.exchange(exchange(url))
        assert SECRET not in str(raised.value)

    @pytest.mark.parametrize("handler", WRONG, ids=lambda handler: handler.__name__)
    async def test_gives_up_on_who_is(
        self, client: IssuerClient, handler: Handler, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(oidc, "TOTAL_SECONDS", 0.5)
        async with answering(handler) as url:
            with pytest.raises(IssuerUnavailable):
                await client.exchange(exchange(url))

    async def test_keeps_the_tokens_of_two_people_apart(self, client: IssuerClient) -> None:
        async def answer(request: web.Request) -> web.StreamResponse:
            code = str((await request.post())["code"])
            await asyncio.sleep(0.05 if code == "first" else 0)
            return web.json_response({"access_token": code})

        async with answering(answer) as url:
            told = await asyncio.gather(
                *(
                    client.exchange(Exchange(url, "us", None, "none", code, "v" * 43, "https://x"))
                    for code in ("first", "second")
                )
            )
        assert [each["access_token"] for each in told] == ["first", "second"]


class TestClose:
    async def test_is_no_trouble_where_nothing_was_asked(self) -> None:
        await IssuerClient().close()
