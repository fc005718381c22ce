"""Upstreams that fail: by not being there, by silence, in the middle of an answer; and what is metered of it."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import Any

import aiohttp
import orjson
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from app.core.config import ProviderCredentials, Settings
from app.infra import db
from app.web.services import SERVICES
from tests.factories import prices, wallets
from tests.factories.orgs import Tenant
from tests.fakes.web import serving
from tests.rest.gateway.conftest import calls, events, settled
from tests.waiting import eventually

_WAITS_FOR_A_LOCK = "SELECT FROM pg_locks WHERE NOT granted"
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
USAGE = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}
WHOLE = {"choices": [{"message": {"content": "Hello"}}], "usage": USAGE}
WORD = b"data: " + orjson.dumps({"choices": [{"delta": {"content": "word "}}]}) + b"\n\n"
LAST = b"data: " + orjson.dumps({"choices": [], "usage": USAGE}) + b"\n\ndata: [DONE]\n\n"
BODY: dict[str, Any] = {
    "model": "gpt-4o-mini",
    "max_tokens": 60,
    "messages": [{"role": "user", "content": "hello"}],
}


class Upstream:
    """Answers with whatever stands next, and then with the last of it."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.asked = 0
        self.left = asyncio.Event()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        await request.read()
        answer = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        return await answer(request)


def status(code: int, **headers: str) -> Answer:
    async def answer(_request: web.Request) -> web.Response:
        return web.json_response({"error": {"message": "no"}}, status=code, headers=headers)

    return answer


def whole(document: object = WHOLE) -> Answer:
    async def answer(_request: web.Request) -> web.Response:
        return web.json_response(document)

    return answer


def stream(*pieces: bytes | float) -> Answer:
    """Numbers are seconds of silence."""

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        for piece in pieces:
            if isinstance(piece, float):
                await asyncio.sleep(piece)
            else:
                await response.write(piece)
        await response.write_eof()
        return response

    return answer


async def silence(_request: web.Request) -> web.Response:
    await asyncio.sleep(30)
    return web.Response()


@pytest.fixture
async def upstream() -> AsyncIterator[tuple[Upstream, str]]:
    made = Upstream()
    app = web.Application()
    app.router.add_post("/v1/chat/completions", made.handle)
    server = TestServer(app)
    await server.start_server()
    yield made, str(server.make_url("/v1"))
    await server.close()


@asynccontextmanager
async def gateway(settings: Settings, url: str, **more: Any) -> AsyncIterator[TestServer]:
    changed = replace(settings, openai=ProviderCredentials("sk-x", url), is_rate_limited=False, **more)
    async with serving(changed, cancels=False) as running:
        yield running


async def ask(
    server: TestServer, acme: Tenant, *, headers: dict[str, str] | None = None, **more: Any
) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as client,
        client.post(
            server.make_url("/v1/chat/completions"),
            json={**BODY, **more},
            headers={**acme.headers, **(headers or {})},
        ) as answer,
    ):
        found = answer.status, await answer.text()
    await settled(server)
    return found


async def outcomes() -> list[str]:
    return [call["outcome"] for call in await calls()]


@pytest.fixture
async def acme(acme: Tenant) -> Tenant:
    await prices.published(acme, prices.rule(1))
    await wallets.wallet(acme, 1_000)
    return acme


class TestRetry:
    @pytest.mark.parametrize("code", [429, 500, 503])
    async def test_is_made_of_what_cost_nothing_and_metered_once(
        self, settings: Settings, acme: Tenant, upstream: tuple[Upstream, str], code: int
    ) -> None:
        made, url = upstream
        made.answers = [status(code, **{"Retry-After": "0"}), whole()]
        async with gateway(settings, url) as server:
            assert (await ask(server, acme))[0] == 200
        assert made.asked == 2
        [event] = await events()
        assert orjson.loads(event["properties"])["attempts"] == 2

    async def test_waits_the_milliseconds_that_are_told(
        self, settings: Settings, acme: Tenant, upstream: tuple[Upstream, str]
    ) -> None:
        made, url = upstream
        made.answers = [status(429, **{"retry-after-ms": "1", "Retry-After": "60"}), whole()]
        async with gateway(settings, url) as server:
            assert (await ask(server, acme))[0] == 200
        assert made.asked == 2

    @pytest.mark.parametrize(("code", "wait"), [(400, "0"), (504, "0"), (429, "60")])
    async def test_is_not_made_of_anything_else(
        self, settings: Settings, acme: Tenant, upstream: tuple[Upstream, str], code: int, wait: str
    ) -> None:
        made, url = upstream
        made.answers = [status(code, **{"Retry-After": wait})]
        async with gateway(settings, url) as server:
            assert (await ask(server, acme))[0] == code
        assert (made.asked, await outcomes(), await events()) == (1, ["refused"], [])


class TestUpstreamsThatKnowNoWishForUsage:
    """Mistral's API refuses the field; it tells the usage in the last chunk, asked or not."""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        asked = orjson.loads(await request.read())
        self.asked.append(asked)
        if "stream_options" in asked:
            where = ["body", "stream_options", "include_usage"]
            detail = [{"type": "extra_forbidden", "loc": where, "msg": "Extra inputs are not permitted"}]
            return web.json_response({"object": "error", "message": {"detail": detail}}, status=422)
        if "wrong" in asked:
            return web.json_response({"message": "wrong"}, status=422)
        last = b"data: " + orjson.dumps({"choices": [{"delta": {}}], "usage": USAGE}) + b"\n\n"
        return await stream(WORD, last, b"data: [DONE]\n\n")(request)

    @pytest.fixture
    def made(self, upstream: tuple[Upstream, str]) -> str:
        self.asked: list[dict[str, Any]] = []
        upstream[0].answers = [self.answer]
        return upstream[1]

    async def test_are_asked_as_the_client_wrote_it_from_then_on(
        self, settings: Settings, acme: Tenant, made: str
    ) -> None:
        async with gateway(settings, made) as server:
            for _ in range(2):
                code, text = await ask(server, acme, stream=True)
                assert (code, text.count("usage")) == (200, 1)
        assert ["stream_options" in asked for asked in self.asked] == [True, False, False]
        assert self.asked[1] == {**BODY, "stream": True}
        assert await outcomes() == ["ok", "ok"]
        assert [(event["output_tokens"], event["usage_source"]) for event in await events()] == [
            (5, "provider"),
            (5, "provider"),
        ]

    async def test_refuse_what_else_is_wrong_and_are_still_asked_for_usage(
        self, settings: Settings, acme: Tenant, made: str
    ) -> None:
        async with gateway(settings, made) as server:
            assert await ask(server, acme, stream=True, wrong=1) == (422, '{"message": "wrong"}')
            await ask(server, acme, stream=True, wrong=1)
            own = {"include_usage": True}
            code, text = await ask(server, acme, stream=True, stream_options=own)
        assert (code, "extra_forbidden" in text) == (422, True)
        assert ["stream_options" in asked for asked in self.asked] == [True, False, True, False, True]
        assert (await outcomes(), await events()) == (["refused"] * 3, [])

    async def test_tell_other_refusals_as_they_are(
        self, settings: Settings, acme: Tenant, upstream: tuple[Upstream, str]
    ) -> None:
        made, url = upstream
        made.answers = [status(400)]
        async with gateway(settings, url) as server:
            assert await ask(server, acme, stream=True) == (400, '{"error": {"message": "no"}}')
        assert made.asked == 1


class TestSilence:
    async def test_of_a_host_that_is_not_there_costs_nothing(self, settings: Settings, acme: Tenant) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
            async with gateway(settings, f"http://127.0.0.1:{port}/v1") as server:
                code, text = await ask(server, acme)
        assert (code, orjson.loads(text)["error"]["code"]) == (503, "upstream_unreachable")
        assert (await outcomes(), await events()) == (["not_sent"], [])

    async def test_before_the_first_byte_is_metered_at_what_was_held(
        self, settings: Settings, acme: Tenant, upstream: tuple[Upstream, str]
    ) -> None:
        made, url = upstream
        made.answers = [silence]
        async with gateway(settings, url, gateway_first_byte_seconds=1) as server:
            code, text = await ask(server, acme)
        assert (code, orjson.loads(text)["error"]["code"]) == (504, "upstream_silent")
        [event] = await events()
        assert (event["output_tokens"], event["usage_source"]) == (60, "estimated")
        assert (made.asked, await outcomes()) == (1, ["no_answer"])

    async def test_before_the_first_byte_may_be_longer_than_between_two(
        self, settings: Settings, acme: Tenant, upstream: tuple[Upstream, str]
    ) -> None:
        made, url = upstream

        async def late(_request: web.Request) -> web.Response:
            await asyncio.sleep(0.6)
            return web.json_response(WHOLE)

        made.answers = [late]
        async with gateway(settings, url, gateway_first_byte_seconds=10, gateway_idle_seconds=0.2) as server:
            assert (await ask(server, acme))[0] == 200
        assert await outcomes() == ["ok"]

    async def test_in_the_middle_of_a_stream_ends_it_with_an_error(
        self, settings: Settings, acme: Tenant, upstream: tuple[Upstream, str]
    ) -> None:
        made, url = upstream
        made.answers = [stream(WORD, WORD, 30.0)]
        async with gateway(settings, url, gateway_idle_seconds=3) as server:
            code, text = await ask(server, acme, stream=True)
        assert (code, text.count("word")) == (200, 2)
        assert '"upstream_truncated"' in text
        assert await outcomes() == ["truncated"]
        assert len(await events()) == 1


class TestAnswers:
    async def test_without_usage_are_estimated(
        self, settings: Settings, acme: Tenant, upstream: tuple[Upstream, str]
    ) -> None:
        made, url = upstream
        made.answers = [whole({"choices": [{"message": {"content": "one two three four"}}]})]
        async with gateway(settings, url) as server:
            assert (await ask(server, acme))[0] == 200
        [event] = await events()
        assert event["usage_source"] == "estimated"
        assert 3 <= event["output_tokens"] <= 8

    async def test_that_are_not_done_yet_are_metered_at_what_was_held(
        self, settings: Settings, acme: Tenant, upstream: tuple[Upstream, str]
    ) -> None:
        made, url = upstream
        made.answers = [whole({"status": "queued", "usage": None})]
        async with gateway(settings, url) as server:
            assert (await ask(server, acme))[0] == 200
        [event] = await events()
        assert (event["output_tokens"], event["usage_source"]) == (60, "estimated")

    async def test_that_are_no_json_are_passed_on_and_metered(
        self, settings: Settings, acme: Tenant, upstream: tuple[Upstream, str]
    ) -> None:
        made, url = upstream

        async def page(_request: web.Request) -> web.Response:
            return web.Response(text="<html>", content_type="text/html")

        made.answers = [page]
        async with gateway(settings, url) as server:
            assert await ask(server, acme) == (200, "<html>")
        assert len(await events()) == 1

    async def test_that_are_whole_though_a_stream_was_asked_for_are_passed_on_and_metered(
        self, settings: Settings, acme: Tenant, upstream: tuple[Upstream, str]
    ) -> None:
        made, url = upstream
        made.answers = [whole()]
        async with gateway(settings, url) as server:
            code, text = await ask(server, acme, stream=True)
        assert (code, orjson.loads(text)) == (200, WHOLE)
        [event] = await events()
        assert (event["input_tokens"], event["output_tokens"], event["usage_source"]) == (10, 5, "provider")
        assert await outcomes() == ["ok"]

    @pytest.mark.parametrize(
        "document", [{"error": {"message": "no"}}, {"status": "queued"}, {"status": "failed", "usage": USAGE}]
    )
    async def test_that_are_none_are_not_kept(
        self, settings: Settings, acme: Tenant, upstream: tuple[Upstream, str], document: dict[str, Any]
    ) -> None:
        made, url = upstream
        made.answers = [whole(document), whole()]
        async with gateway(settings, url) as server:
            wish = {"X-LK-Cache": "on"}
            assert orjson.loads((await ask(server, acme, headers=wish))[1]) == document
            assert orjson.loads((await ask(server, acme, headers=wish))[1]) == WHOLE
            assert orjson.loads((await ask(server, acme, headers=wish))[1]) == WHOLE
        assert made.asked == 2

    async def test_of_another_version_of_the_api_are_others(
        self, settings: Settings, acme: Tenant, upstream: tuple[Upstream, str]
    ) -> None:
        made, url = upstream
        made.answers = [whole()]
        async with gateway(settings, url) as server:
            for said in ("v1", "v1", "v2"):
                await ask(server, acme, headers={"X-LK-Cache": "on", "OpenAI-Beta": said})
        assert made.asked == 2

    @pytest.mark.parametrize("usage", [{"input_tokens": 9, "output_tokens": 9}, {"prompt_tokens": 0}])
    async def test_with_counts_that_say_nothing_are_estimated(
        self, settings: Settings, acme: Tenant, upstream: tuple[Upstream, str], usage: dict[str, int]
    ) -> None:
        made, url = upstream
        made.answers = [whole({**WHOLE, "usage": usage})]
        async with gateway(settings, url) as server:
            assert (await ask(server, acme))[0] == 200
        [event] = await events()
        assert event["usage_source"] == "estimated"
        assert event["output_tokens"] > 0

    @pytest.mark.parametrize("wish", ["true", 1, False])
    async def test_that_are_streams_though_nobody_asked_are_metered(
        self, settings: Settings, acme: Tenant, upstream: tuple[Upstream, str], wish: object
    ) -> None:
        made, url = upstream
        made.answers = [stream(WORD * 20, b"data: [DONE]\n\n"), stream(WORD * 20, LAST)]
        async with gateway(settings, url) as server:
            assert (await ask(server, acme, stream=wish))[0] == 200
            await ask(server, acme, stream=wish)
        [estimated, told] = await events()
        assert estimated["usage_source"] == "estimated"
        assert estimated["output_tokens"] >= 20
        assert (told["output_tokens"], told["usage_source"]) == (5, "provider")

    async def test_without_a_length_that_break_off_are_metered_at_what_was_held(
        self, settings: Settings, acme: Tenant
    ) -> None:
        async def half(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(
                b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n" + orjson.dumps(WHOLE)[:40]
            )
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(half, "127.0.0.1", 0)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
        async with server, gateway(settings, url) as running:
            await ask(running, acme)
        [event] = await events()
        assert (event["output_tokens"], event["usage_source"]) == (60, "estimated")

    async def test_that_redirect_cost_nothing_and_are_an_error(
        self, settings: Settings, acme: Tenant, upstream: tuple[Upstream, str]
    ) -> None:
        made, url = upstream
        made.answers = [status(302, Location=url)]
        async with gateway(settings, url) as server:
            code, text = await ask(server, acme)
        assert (code, made.asked) == (502, 1)
        assert '"upstream_redirected"' in text
        assert await events() == []

    async def test_that_cannot_be_asked_for_cost_nothing(
        self, settings: Settings, acme: Tenant, upstream: tuple[Upstream, str]
    ) -> None:
        made, url = upstream
        nested: list[Any] = []
        for _ in range(300):
            nested = [nested]
        async with gateway(settings, url) as server:
            code, _ = await ask(
                server, acme, model="openai/gpt-4o-mini", tools=[{"model": "x"}], metadata=nested
            )
        assert (code, made.asked) == (400, 0)
        assert (await outcomes(), await events()) == (["not_sent"], [])

    async def test_that_end_without_their_mark_are_an_error(
        self, settings: Settings, acme: Tenant, upstream: tuple[Upstream, str]
    ) -> None:
        made, url = upstream
        made.answers = [stream(WORD, b"data: {not json\n\n", b'data: {"choices": [{"del')]
        async with gateway(settings, url) as server:
            _, text = await ask(server, acme, stream=True)
        assert text.startswith(WORD.decode())
        assert text.endswith("}}\n\n")
        assert '"upstream_truncated"' in text
        assert await outcomes() == ["truncated"]

    async def test_that_fail_in_the_middle_say_so_themselves(
        self, settings: Settings, acme: Tenant, upstream: tuple[Upstream, str]
    ) -> None:
        made, url = upstream
        failure = b'data: {"error": {"message": "overloaded"}}\n\n'
        made.answers = [stream(WORD, failure)]
        async with gateway(settings, url) as server:
            _, text = await ask(server, acme, stream=True)
        assert text == (WORD + failure).decode()
        assert await outcomes() == ["truncated"]


class TestClientsThatLeave:
    async def leave(self, server: TestServer, acme: Tenant) -> None:
        async with (
            aiohttp.ClientSession() as client,
            client.post(
                server.make_url("/v1/chat/completions"), json={**BODY, "stream": True}, headers=acme.headers
            ) as answer,
        ):
            await answer.content.readany()
            answer.close()

    async def test_while_credit_is_held_for_them_are_not_asked_for(
        self, settings: Settings, acme: Tenant, upstream: tuple[Upstream, str]
    ) -> None:
        made, url = upstream
        made.answers = [whole()]
        async with gateway(settings, url) as server:
            async with db.connection() as conn, conn.transaction():
                await conn.execute("SELECT FROM wallet FOR UPDATE")
                asking = asyncio.create_task(ask(server, acme))
                await eventually(partial(db.fetch, _WAITS_FOR_A_LOCK))
                asking.cancel()
                await asyncio.wait([asking])
                # What arrives after that connection's end is answered after it was noticed.
                async with (
                    aiohttp.ClientSession() as client,
                    client.get(server.make_url("/health")) as answer,
                ):
                    assert answer.status == 200
            await eventually(calls)
            await settled(server)
        assert (made.asked, await outcomes(), await events()) == (0, ["not_sent"], [])

    @pytest.mark.parametrize(("drains", "source"), [(False, "estimated"), (True, "provider")])
    async def test_are_metered_by_the_policy(
        self,
        settings: Settings,
        acme: Tenant,
        upstream: tuple[Upstream, str],
        drains: bool,
        source: str,
    ) -> None:
        made, url = upstream
        made.answers = [stream(*(piece for _ in range(40) for piece in (WORD, 0.02)), LAST)]
        async with gateway(settings, url, gateway_drains=drains) as server:
            await self.leave(server, acme)
            [event] = await eventually(events)
        assert event["usage_source"] == source
        assert (event["output_tokens"] == 5) is drains
        assert await outcomes() == ["client_left"]

    async def test_pay_what_the_model_thought_without_showing_it(
        self, settings: Settings, acme: Tenant, upstream: tuple[Upstream, str]
    ) -> None:
        made, url = upstream
        thought = {**USAGE, "completion_tokens": 905, "completion_tokens_details": {"reasoning_tokens": 900}}
        last = b"data: " + orjson.dumps({"choices": [], "usage": thought}) + b"\n\ndata: [DONE]\n\n"
        made.answers = [stream(*(piece for _ in range(20) for piece in (WORD, 0.02)), last)]
        async with gateway(settings, url) as server:
            await self.leave(server, acme)
            [event] = await eventually(events)
        assert (event["output_tokens"], event["reasoning_tokens"], event["credits"]) == (905, 900, 915)

    @pytest.mark.parametrize("bound", [{"drain_seconds": 0.2}, {"drain_bytes": 500}], ids=["time", "bytes"])
    async def test_are_not_read_for_without_bound(
        self,
        settings: Settings,
        acme: Tenant,
        upstream: tuple[Upstream, str],
        bound: dict[str, Any],
    ) -> None:
        made, url = upstream
        # A quarter of a minute of it, at least.
        made.answers = [stream(*(piece for _ in range(500) for piece in (WORD * 9, 0.03)))]
        async with gateway(settings, url) as server:
            assert server.app is not None
            running = server.app[SERVICES].gateway
            running.rules = replace(running.rules, **bound)
            await self.leave(server, acme)
            [event] = await eventually(events)
        assert event["usage_source"] == "estimated"
        assert event["output_tokens"] > 0
        assert await outcomes() == ["client_left"]
