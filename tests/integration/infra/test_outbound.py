"""Requests to addresses that users entered, against servers and names that wish us ill."""

import asyncio
import gzip
import socket
from ipaddress import ip_network

import pytest
from aiohttp import web

from app.core.egress import Rules
from app.infra.outbound import KEPT, MOST_READ, RequestFailed, faults_of
from tests.fakes.outside import LOOPBACK, Names, client, raw, sink

INNER = [
    "127.0.0.1",
    "10.0.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "::1",
    "fe80::1",
    "fd00::1",
    "::ffff:127.0.0.1",
]
HTTP = Rules(allows_http=True)


async def failure(url: str, rules: Rules = LOOPBACK, names: Names | None = None, seconds: float = 5) -> str:
    async with client(rules, names) as outbound:
        with pytest.raises(RequestFailed) as caught:
            await outbound.post(url, b"{}", {}, seconds=seconds)
    return caught.value.code


class TestPost:
    async def test_sends_the_body_and_gives_the_answer(self) -> None:
        async with sink() as server, client() as outbound:
            answer = await outbound.post(f"{server.url}/a", b'{"a":1}', {"X-A": "b"}, seconds=5)

        assert (answer.status, answer.body) == (200, b"thanks")
        assert server.requests[0].body == b'{"a":1}'
        assert server.requests[0].headers["X-A"] == "b"

    async def test_names_the_host_that_was_entered_and_goes_where_it_led(self) -> None:
        names = Names({"hooks.example": [["127.0.0.1"]]})
        async with sink() as server, client(names=names) as outbound:
            port = server.url.rpartition(":")[2]
            await outbound.post(f"http://hooks.example:{port}/", b"", {}, seconds=5)

        assert server.requests[0].headers["Host"] == f"hooks.example:{port}"

    @pytest.mark.parametrize("address", INNER)
    async def test_refuses_a_name_that_leads_inside(self, address: str) -> None:
        async with sink() as server:
            port = server.url.rpartition(":")[2]
            names = Names({"evil.example": [[address]]})

            assert await failure(f"http://evil.example:{port}/", HTTP, names) == "address_refused"
            assert server.requests == []

    async def test_refuses_a_name_of_which_one_address_is_inside(self) -> None:
        names = Names({"evil.example": [["93.184.216.34", "127.0.0.1"]]})

        assert await failure("http://evil.example/", HTTP, names) == "address_refused"

    @pytest.mark.parametrize(
        ("host", "code"),
        [
            *(
                (host, "address_refused")
                for host in ("127.0.0.1", "[::1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]")
            ),
            *(
                (host, "invalid_url")
                for host in ("127.1", "0x7f000001", "2130706433", "0177.0.0.1", "127.0.0.1.")
            ),
        ],
    )
    async def test_refuses_an_inner_address_however_it_is_written(self, host: str, code: str) -> None:
        async with sink() as server:
            port = server.url.rpartition(":")[2]

            assert await failure(f"http://{host}:{port}/", HTTP) == code
            assert server.requests == []

    async def test_is_not_fooled_by_a_name_that_changes_its_mind(self) -> None:
        # Public when it is entered, inner when it is connected to.
        names = Names({"rebind.example": [["93.184.216.34"], ["127.0.0.1"]]})
        async with sink() as server, client(HTTP, names) as outbound:
            port = server.url.rpartition(":")[2]
            url = f"http://rebind.example:{port}/"
            assert await outbound.faults(url) == []
            with pytest.raises(RequestFailed) as caught:
                await outbound.post(url, b"", {}, seconds=5)

        assert caught.value.code == "address_refused"
        assert server.requests == []

    async def test_connects_to_the_address_that_was_judged_without_asking_again(self) -> None:
        names = Names({"rebind.example": [["127.0.0.1"], ["10.0.0.1"]]})
        async with sink() as server, client(names=names) as outbound:
            port = server.url.rpartition(":")[2]
            await outbound.post(f"http://rebind.example:{port}/", b"", {}, seconds=5)

        assert names.asked == ["rebind.example"]
        assert len(server.requests) == 1

    async def test_judges_the_socket_too(self) -> None:
        async with client(HTTP) as outbound:
            with pytest.raises(OSError, match="not public"):
                outbound._socket((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80)))

    async def test_follows_no_redirect(self) -> None:
        async with sink() as server, client() as outbound:

            async def redirect(_request: web.Request) -> web.Response:
                return web.Response(status=302, headers={"Location": f"{server.url}/inside"})

            server.behaviours["/out"] = redirect
            answer = await outbound.post(f"{server.url}/out", b"", {}, seconds=5)

        assert answer.status == 302
        assert server.of("/inside") == []

    async def test_takes_no_proxy_from_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
        monkeypatch.setenv("all_proxy", "http://127.0.0.1:1")
        async with sink() as server, client() as outbound:
            assert (await outbound.post(server.url, b"", {}, seconds=5)).status == 200

    async def test_gives_up_on_a_server_that_hangs(self) -> None:
        async def hang(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
            await asyncio.sleep(5)

        async with raw(hang) as url:
            assert await failure(url, seconds=0.2) == "timed_out"

    @pytest.mark.parametrize("start", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"])
    async def test_gives_up_on_an_answer_that_comes_byte_by_byte(self, start: bytes) -> None:
        async def drip(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(start)
            for byte in b"HTTP/1.1 200 OK\r\n" * 5:
                writer.write(bytes([byte]))
                await writer.drain()
                await asyncio.sleep(0.05)

        async with raw(drip) as url:
            assert await failure(url, seconds=0.3) == "timed_out"

    async def test_reads_of_two_gigabytes_no_more_than_it_needs(self) -> None:
        sent = 0

        async def flood(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal sent
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n\r\n")
            for _ in range(2_048):
                writer.write(b"x" * 1_048_576)
                await writer.drain()
                sent += 1

        async with raw(flood) as url, client() as outbound:
            answer = await outbound.post(url, b"", {}, seconds=5)

        assert answer.status == 200
        assert answer.body == b"x" * KEPT
        assert sent < 64

    async def test_unpacks_nothing(self) -> None:
        bomb = gzip.compress(b"\0" * 50_000_000)[:MOST_READ]

        async def packed(_request: web.Request) -> web.Response:
            return web.Response(body=bomb, headers={"Content-Encoding": "gzip"})

        async with sink() as server, client() as outbound:
            server.behaviours["/"] = packed
            answer = await outbound.post(server.url, b"", {}, seconds=5)

        assert answer.body == bomb[:KEPT]

    async def test_bears_no_endless_headers(self) -> None:
        async def chatter(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"HTTP/1.1 200 OK\r\n")
            for number in range(100_000):
                writer.write(b"X-%d: %s\r\n" % (number, b"y" * 1_000))
                await writer.drain()

        async with raw(chatter) as url:
            assert await failure(url, seconds=10) == "answer_malformed"

    async def test_sends_once_more_where_a_kept_connection_was_given_up(self) -> None:
        connections = 0

        async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal connections
            connections += 1
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            await writer.drain()
            # Promises to stay, and leaves at the next request.
            await reader.readuntil(b"\r\n\r\n")

        async with raw(once) as url, client() as outbound:
            for _ in range(2):
                assert (await outbound.post(url, b"", {}, seconds=5)).status == 200

        assert connections == 2

    async def test_says_that_nobody_listens(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]

        assert await failure(f"http://127.0.0.1:{port}/") == "connection_failed"

    async def test_says_that_a_name_is_not_known(self) -> None:
        assert await failure("http://nowhere.example/", names=Names({})) == "name_unknown"

    async def test_says_that_it_cannot_trust_a_certificate(self) -> None:
        async def plain(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"no TLS here")
            writer.close()

        async with await asyncio.start_server(plain, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            assert await failure(f"https://127.0.0.1:{port}/") == "tls_failed"


class TestFaults:
    @pytest.mark.parametrize(
        ("url", "code"),
        [
            ("http://example.com/", "scheme_refused"),
            ("ftp://example.com/", "scheme_refused"),
            ("file:///etc/passwd", "invalid_url"),
            ("https://", "invalid_url"),
            ("example.com/hook", "invalid_url"),
            ("https://example.com/a b", "invalid_url"),
            ("https://example.com/\n", "invalid_url"),
            ("https://exa mple.com", "invalid_url"),
            ("https://example.com:99999/", "invalid_url"),
            ("https://" + "a" * 2_048, "invalid_url"),
            ("https://user:secret@example.com/", "credentials_refused"),
            ("https://example.com:22/", "port_refused"),
            ("https://example.com/#here", "fragment_refused"),
        ],
    )
    def test_name_what_is_wrong_with_a_url(self, url: str, code: str) -> None:
        assert [fault.code for fault in faults_of(url, Rules())] == [code]

    @pytest.mark.parametrize(
        "url", ["https://example.com", "https://example.com:8443/a?b=c", "https://münchen.example/x"]
    )
    def test_find_none_in_a_good_one(self, url: str) -> None:
        assert faults_of(url, Rules()) == []

    async def test_name_an_address_inside(self) -> None:
        names = Names({"evil.example": [["169.254.169.254"]]})
        async with client(Rules(), names) as outbound:
            for url in ("https://evil.example/", "https://10.0.0.1/", "https://[::1]/"):
                assert [fault.code for fault in await outbound.faults(url)] == ["address_refused"]

    async def test_let_a_name_pass_that_is_not_known_yet(self) -> None:
        async with client(Rules(), Names({})) as outbound:
            assert await outbound.faults("https://soon.example/") == []

    async def test_let_pass_what_the_installation_allows(self) -> None:
        names = Names({"inner.example": [["10.1.2.3"]]})
        async with client(Rules((ip_network("10.1.0.0/16"),)), names) as outbound:
            assert await outbound.faults("https://inner.example/") == []
