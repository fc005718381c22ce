"""What every answer carries, who may read it across origins, and how much and how slowly a client may send."""

import asyncio
import contextlib
import gzip
import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from app import main
from app.core.config import Settings
from app.web import body, pages, server
from tests.factories.orgs import Tenant
from tests.fakes.web import serving
from tests.rest.problems import problem

API_POLICY = "default-src 'none'; frame-ancestors 'none'"
HEALTH = b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n"
OURS = "https://app.example.com"
FOREIGN = "https://evil.example.com"
PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}


def assert_protected(headers: Any, policy: str = API_POLICY) -> None:
    assert headers["Content-Security-Policy"] == policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Server"] == "launchkit"


class TestHeaders:
    @pytest.mark.parametrize(
        ("method", "path", "status"),
        [
            ("GET", "/health", 200),
            ("GET", "/metrics", 200),
            ("GET", "/v1/openapi.json", 200),
            ("GET", "/v1/jobs", 401),
            ("GET", "/nothing", 404),
            ("DELETE", "/v1/jobs", 405),
            ("GET", "/v1/jobs/%00", 422),
            ("POST", "/graphql", 415),
            ("GET", "/graphql?query={__typename}", 200),
            ("GET", "/assets/launchkit/icon.svg", 200),
        ],
    )
    async def test_are_on_every_answer(
        self, client: aiohttp.ClientSession, method: str, path: str, status: int
    ) -> None:
        async with client.request(method, path) as answer:
            assert answer.status == status
            assert_protected(answer.headers)
            assert "Strict-Transport-Security" not in answer.headers

    async def test_are_those_of_the_page_on_a_page(self, client: aiohttp.ClientSession) -> None:
        assert_protected((await client.get("/docs")).headers, pages.CONTENT_SECURITY_POLICY)

    async def test_are_on_what_answers_before_it_is_done(self, client: aiohttp.ClientSession) -> None:
        """No middleware sees it before its headers are sent."""
        async with client.ws_connect("/graphql", protocols=["graphql-transport-ws"]) as socket:
            assert_protected(socket._response.headers)

    async def test_ask_for_tls_where_the_public_address_has_it(self, settings: Settings) -> None:
        async with at(replace(settings, public_url="https://api.example.com")) as client:
            for path in ("/health", "/nothing", "/docs"):
                answer = await client.get(path)
                assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


class TestCors:
    @pytest.fixture
    async def open_client(self, settings: Settings) -> AsyncIterator[aiohttp.ClientSession]:
        async with at(replace(settings, cors_origins=frozenset({OURS}))) as client:
            yield client

    async def test_lets_a_listed_origin_read(self, open_client: aiohttp.ClientSession) -> None:
        for path in ("/health", "/v1/jobs", "/nothing", "/graphql?query={__typename}"):
            answer = await open_client.get(path, headers={"Origin": OURS})
            assert answer.headers["Access-Control-Allow-Origin"] == OURS
            assert answer.headers["Access-Control-Allow-Credentials"] == "true"
            assert "X-Request-Id" in answer.headers["Access-Control-Expose-Headers"]
            assert answer.headers["Vary"] == "Origin"

    async def test_answers_the_question_of_a_listed_origin(self, open_client: aiohttp.ClientSession) -> None:
        for path in ("/graphql", "/v1/jobs/summarize"):
            answer = await open_client.options(path, headers={"Origin": OURS, **PREFLIGHT})
            assert answer.status == 204
            assert answer.headers["Access-Control-Allow-Origin"] == OURS
            assert "POST" in answer.headers["Access-Control-Allow-Methods"]
            assert "Idempotency-Key" in answer.headers["Access-Control-Allow-Headers"]
            assert answer.headers["Access-Control-Max-Age"] == "7200"

    @pytest.mark.parametrize(
        "origin", [FOREIGN, "null", "*", f"{OURS}.evil.com", "http://app.example.com", f"{OURS}:444", ""]
    )
    async def test_tells_other_origins_nothing(self, open_client: aiohttp.ClientSession, origin: str) -> None:
        for answer in (
            await open_client.get("/health", headers={"Origin": origin}),
            await open_client.options("/graphql", headers={"Origin": origin, **PREFLIGHT}),
        ):
            assert not [name for name in answer.headers if name.startswith("Access-Control-")]
            assert answer.headers["Vary"] == "Origin", "a cache must not give it to a listed one"

    async def test_is_off_by_default(self, client: aiohttp.ClientSession) -> None:
        answer = await client.get("/health", headers={"Origin": OURS})
        assert "Access-Control-Allow-Origin" not in answer.headers
        preflight = await client.options("/graphql", headers={"Origin": OURS, **PREFLIGHT})
        assert preflight.status == 405

    async def test_decides_who_may_open_a_websocket(self, open_client: aiohttp.ClientSession) -> None:
        async with open_client.ws_connect(
            "/graphql", origin=OURS, protocols=["graphql-transport-ws"]
        ) as socket:
            await socket.send_json({"type": "ping"})
            assert (await socket.receive_json(timeout=14))["type"] == "pong"
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await open_client.ws_connect("/graphql", origin=FOREIGN, protocols=["graphql-transport-ws"])
        assert refused.value.status == 403


class TestSize:
    async def test_of_a_body_is_bounded(self, client: aiohttp.ClientSession) -> None:
        headers = {"Content-Type": "application/json"}
        large = io.BytesIO(b" " * (main._MAX_BODY_BYTES + 1))
        await problem(await client.post("/graphql", data=large, headers=headers), 413, "body_too_large")

    async def test_of_a_body_is_that_of_what_it_unpacks_to(self, client: aiohttp.ClientSession) -> None:
        small = gzip.compress(b" " * (main._MAX_BODY_BYTES + 1))
        assert len(small) < 10_000
        headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
        answer = await client.post("/graphql", data=small, headers=headers)
        await problem(answer, 413, "body_too_large")

    async def test_of_a_body_that_does_not_unpack_is_no_fault_of_ours(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        headers = {**acme.headers, "Content-Type": "application/json", "Content-Encoding": "gzip"}
        answer = await client.post("/graphql", data=b"not packed at all", headers=headers)
        await problem(answer, 400, "malformed_body")

    @pytest.mark.parametrize(
        "path", ["/graphql", "/v1/jobs/summarize", "/v1/events/ingest", "/v1/chat/completions"]
    )
    async def test_of_a_body_that_cannot_be_unpacked_is_its_senders_fault(
        self, client: aiohttp.ClientSession, acme: Tenant, path: str
    ) -> None:
        headers = {**acme.headers, "Content-Type": "application/json", "Content-Encoding": "gzip"}
        async with client.post(path, data=b'{"query": "{ me { id } }"}', headers=headers) as answer:
            assert answer.status == 400
            assert "Content-Encoding" in await answer.text()

    @pytest.mark.parametrize(
        "head",
        [
            b"GET /health HTTP/1.1\r\nHost: x\r\nX-Long: " + b"x" * 10_000 + b"\r\n\r\n",
            b"GET /" + b"x" * 10_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
            b"GET /health HTTP/1.1\r\nHost: x\r\n" + b"X-Many: 1\r\n" * 200 + b"\r\n",
        ],
        ids=["long header", "long address", "many headers"],
    )
    async def test_of_headers_is_bounded(self, server: TestServer, client: object, head: bytes) -> None:
        status, headers, answer = await exchange(server, head)
        assert (status, answer["status"], answer["code"]) == (431, 431, "headers_too_large")
        assert headers["content-type"].startswith("application/problem+json")
        assert headers["content-security-policy"] == API_POLICY
        assert answer["request_id"].startswith("req_")

    @pytest.mark.parametrize(
        "head", [b"secret nonsense\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x00\r\n\r\n"]
    )
    async def test_of_what_is_no_http_does_not_matter(
        self, server: TestServer, client: object, head: bytes
    ) -> None:
        status, _, answer = await exchange(server, head)
        assert (status, answer["code"]) == (400, "malformed_request")
        assert "secret" not in str(answer)


class TestSlowness:
    async def test_of_the_first_request_has_an_end(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(server, "HEAD_SECONDS", 0.1)
        async with serving(settings) as running:
            for beginning in (b"", b"GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: "):
                reader, writer = await asyncio.open_connection(running.host, running.port)
                writer.write(beginning)
                async with asyncio.timeout(14):
                    assert await reader.read() == b""
                writer.close()

    @pytest.mark.parametrize("drip", [b"", b"x" * 1_000], ids=["stalled", "dripping"])
    async def test_of_a_later_request_has_the_same_end(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch, drip: bytes
    ) -> None:
        async with serving(settings) as running, asyncio.timeout(14):
            reader, writer = await asyncio.open_connection(running.host, running.port)
            writer.write(HEALTH)
            assert (await reader.readuntil(b"}")).startswith(b"HTTP/1.1 200")
            monkeypatch.setattr(server, "HEAD_SECONDS", 0.2)
            writer.write(b"GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: ")
            dripping = asyncio.create_task(_drip(writer, drip))
            with contextlib.suppress(ConnectionResetError):
                assert await reader.read() == b""
            dripping.cancel()
            writer.close()

    async def test_spares_who_has_sent_one(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(server, "HEAD_SECONDS", 2.0)
        async with serving(settings) as running:
            reader, writer = await asyncio.open_connection(running.host, running.port)
            for pause in (2.2, 0):
                writer.write(HEALTH)
                assert (await reader.readuntil(b"}")).startswith(b"HTTP/1.1 200")
                await asyncio.sleep(pause)
            writer.close()

    async def test_spares_who_sends_it_in_pieces(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(server, "HEAD_SECONDS", 2.0)
        async with serving(settings) as running:
            reader, writer = await asyncio.open_connection(running.host, running.port)
            for _ in range(4):
                writer.write(HEALTH[:20])
                await asyncio.sleep(0.6)
                writer.write(HEALTH[20:])
                assert (await reader.readuntil(b"}")).startswith(b"HTTP/1.1 200")
            writer.close()

    @pytest.mark.parametrize("is_dripping", [False, True], ids=["stalled", "dripping"])
    async def test_of_a_body_has_an_end(
        self, server: TestServer, client: object, monkeypatch: pytest.MonkeyPatch, is_dripping: bool
    ) -> None:
        monkeypatch.setattr(body, "PATIENCE_SECONDS", 0.2)
        head = b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
        drip = b" " * 50 if is_dripping else b""
        status, headers, answer = await exchange(server, head, drip)
        assert (status, answer["code"]) == (408, "request_timeout")
        assert headers["connection"] == "close"

    async def test_of_a_body_that_nobody_reads_has_an_end(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(server, "UNREAD_SECONDS", 0.2)
        async with serving(settings) as running, asyncio.timeout(14):
            reader, writer = await asyncio.open_connection(running.host, running.port)
            writer.write(b"POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n")
            dripping = asyncio.create_task(_drip(writer, b" " * 1_000))
            assert (await reader.readuntil(b"\r\n")).startswith(b"HTTP/1.1 404")
            with contextlib.suppress(ConnectionResetError):
                await reader.read()
            dripping.cancel()
            writer.close()


@asynccontextmanager
async def at(settings: Settings) -> AsyncIterator[aiohttp.ClientSession]:
    async with serving(settings) as running, aiohttp.ClientSession(running.make_url("/")) as session:
        yield session


async def exchange(server: TestServer, request: bytes, drip: bytes = b"") -> tuple[int, dict[str, str], Any]:
    """Sends the bytes as they are; a client library would tidy them. Those of `drip` one by one, 20 ms apart."""
    reader, writer = await asyncio.open_connection(server.host, server.port)
    writer.write(request)
    dripping = asyncio.create_task(_drip(writer, drip))
    async with asyncio.timeout(14):
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        status, *lines = head.strip().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        text = await reader.readexactly(int(headers["content-length"]))
    dripping.cancel()
    writer.close()
    return int(status.split()[1]), headers, json.loads(text)


async def _drip(writer: asyncio.StreamWriter, drip: bytes) -> None:
    for number in range(len(drip)):
        await asyncio.sleep(0.02)
        writer.write(drip[number : number + 1])
