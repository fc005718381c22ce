"""Rate limits of GraphQL, over HTTP and WebSocket."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from structlog.testing import capture_logs

from app.core.config import Settings, WithoutRedis
from app.infra import db
from app.limits import plans
from tests.factories import limits
from tests.factories.orgs import Tenant, bearer, tenant
from tests.fakes import network
from tests.fakes.web import serving
from tests.schema.conftest import Asker, Json

ME = "{ me { id } }"
RATE_LIMIT = """{ rateLimit {
  limit remaining resetSeconds levels { scope limit windowSeconds remaining resetSeconds }
  tokens { limit windowSeconds remaining resetSeconds }
} }"""
MODERN = "application/graphql-response+json"


@pytest.fixture(scope="module")
async def server(_database: Settings) -> AsyncIterator[TestServer]:
    """Limited, unlike that of the other modules."""
    async with serving(_database) as running:
        yield running


@pytest.fixture
async def free(acme: Tenant) -> Tenant:
    """On the plan where a token takes a second to come back: nothing flows in during a test."""
    await limits.put_on(acme, "FREE")
    return acme


@asynccontextmanager
async def opened(
    session: aiohttp.ClientSession, **init: Any
) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    """A socket on which `connection_init` has been sent, with `init` as its payload."""
    async with session.ws_connect("/graphql", protocols=["graphql-transport-ws"]) as ws:
        await ws.send_json({"type": "connection_init", "payload": init})
        yield ws


async def subscribed(ws: aiohttp.ClientWebSocketResponse, id_: str, query: str = ME) -> Json:
    """The first message about the operation."""
    await ws.send_json({"id": id_, "type": "subscribe", "payload": {"query": query}})
    while True:
        message: Json = await ws.receive_json(timeout=14)
        if message.get("id") == id_ and message["type"] != "complete":
            return message


class TestHttp:
    async def test_answers_say_what_is_left(self, session: aiohttp.ClientSession, acme: Tenant) -> None:
        answer = await session.post("/graphql", json={"query": ME}, headers=acme.headers)
        assert answer.headers["RateLimit"] == '"org";r=299;t=1'
        assert (await answer.json())["extensions"]["cost"] == {
            "requested": 1,
            "maximum": 2_000,
            "remaining": 299,
        }

    @pytest.mark.parametrize(
        ("accept", "answered"),
        [
            (None, "application/json"),
            ("application/json", "application/json"),
            (MODERN, MODERN),
            (f"{MODERN}, application/json;q=0.9", MODERN),
        ],
    )
    async def test_refuses_with_an_error_of_the_same_code_and_status_as_rest(
        self,
        session: aiohttp.ClientSession,
        free: Tenant,
        settings: Settings,
        accept: str | None,
        answered: str,
    ) -> None:
        limits.empty(settings, f"org:{free.org_id}")
        headers = {**free.headers, **({"Accept": accept} if accept else {})}
        answer = await session.post("/graphql", json={"query": ME}, headers=headers)
        assert (answer.status, answer.content_type) == (429, answered)
        assert answer.headers["Retry-After"] == "1"
        assert answer.headers["RateLimit"] == '"org";r=0;t=60'
        body = await answer.json(content_type=None)
        assert set(body) == {"errors"}, "nothing was executed"
        [error] = body["errors"]
        assert "60 requests in 60 seconds" in error["message"]
        extensions = error["extensions"]
        assert set(extensions) == {"code", "requestId", "retryAfterSeconds"}
        assert extensions["code"] == "rate_limited"
        assert extensions["requestId"] == answer.headers["X-Request-Id"]
        assert 0 < extensions["retryAfterSeconds"] <= 1

    async def test_limits_those_who_sign_in_by_address(
        self, session: aiohttp.ClientSession, settings: Settings
    ) -> None:
        limits.empty(settings, "anonymous:127.0.0.1")
        for headers in ({}, {"Authorization": "Bearer nonsense"}):
            answer = await session.post("/graphql", json={"query": ME}, headers=headers)
            assert answer.status == 429

    async def test_leaves_the_page_for_browsers_alone(
        self, session: aiohttp.ClientSession, settings: Settings
    ) -> None:
        limits.empty(settings, "anonymous:127.0.0.1")
        answer = await session.get("/graphql", headers={"Accept": "text/html"})
        assert answer.status != 429

    async def test_says_that_nothing_can_be_counted_where_that_refuses(self, settings: Settings) -> None:
        acme = await tenant(settings)
        async with network.wire_to(settings.require_redis_url()) as (wire, url):
            closed = replace(settings, redis_url=url, rate_limits_without_redis=WithoutRedis.CLOSED)
            async with serving(closed) as server, aiohttp.ClientSession(server.make_url("/")) as client:
                await wire.cut()
                with capture_logs():
                    answer = await client.post("/graphql", json={"query": ME}, headers=acme.headers)
                [error] = (await answer.json())["errors"]
                assert (answer.status, error["extensions"]["code"]) == (503, "rate_limits_unavailable")
                assert answer.headers["Retry-After"] == "1"

    async def test_is_nothing_to_tell_where_nothing_is_limited(self, settings: Settings) -> None:
        acme = await tenant(settings)
        off = replace(settings, is_rate_limited=False)
        async with serving(off) as server, aiohttp.ClientSession(server.make_url("/")) as client:
            assert await Asker(client, acme.headers).ask(RATE_LIMIT) == {"rateLimit": None}


class TestWebSocket:
    async def test_counts_the_handshake_towards_the_address(
        self,
        session: aiohttp.ClientSession,
        acme: Tenant,
        settings: Settings,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(plans, "ADDRESS", limits.FREE)
        limits.empty(settings, "ip:127.0.0.1")
        with pytest.raises(aiohttp.WSServerHandshakeError) as raised:
            async with opened(session, **acme.headers):
                pass
        assert raised.value.status == 429

    async def test_counts_the_connection_and_each_operation(
        self, session: aiohttp.ClientSession, free: Tenant, key: Asker
    ) -> None:
        started = time.perf_counter()
        async with opened(session, **free.headers) as ws:
            assert (await ws.receive_json())["type"] == "connection_ack"
            told = []
            for number in range(3):
                answer = await subscribed(ws, str(number))
                assert answer["type"] == "next"
                told.append(answer["payload"]["extensions"]["cost"]["remaining"])
        flowed = time.perf_counter() - started
        for number, remaining in enumerate(told):
            assert 58 - number <= remaining <= 58 - number + flowed
        left = (await key.ask(RATE_LIMIT))["rateLimit"]["remaining"]
        flowed = time.perf_counter() - started
        assert 60 - 5 <= left <= 60 - 5 + flowed, "one connection, three operations, the query that asks"

    async def test_refuses_an_operation_and_keeps_the_socket(
        self, session: aiohttp.ClientSession, free: Tenant, settings: Settings
    ) -> None:
        async with opened(session, **free.headers) as ws:
            assert (await ws.receive_json())["type"] == "connection_ack"
            limits.empty(settings, f"org:{free.org_id}")
            refused = await subscribed(ws, "1")
            assert refused["type"] == "error"
            [error] = refused["payload"]
            assert error["extensions"]["code"] == "rate_limited"
            assert 0 < error["extensions"]["retryAfterSeconds"] <= 1

            limits.empty(settings, f"org:{free.org_id}", but=1)
            assert (await subscribed(ws, "1"))["type"] == "next"

    async def test_closes_with_try_again_later_when_too_many_connect(
        self, session: aiohttp.ClientSession, free: Tenant, settings: Settings
    ) -> None:
        for init in (bearer(settings, free.owner), {}, {"Authorization": "Bearer nonsense"}):
            limits.empty(settings, f"org:{free.org_id}")
            limits.empty(settings, "anonymous:127.0.0.1")
            async with opened(session, **init) as ws:
                closing = await ws.receive(timeout=14)
                assert (closing.type, ws.close_code) == (aiohttp.WSMsgType.CLOSE, 1013)
                assert closing.extra == "rate_limited"

    @pytest.mark.parametrize("shown", ["its own", "a guess"])
    async def test_closes_with_try_again_later_when_too_many_renew(
        self, session: aiohttp.ClientSession, free: Tenant, settings: Settings, shown: str
    ) -> None:
        payload = free.headers if shown == "its own" else {"Authorization": "Bearer lk_live_x"}
        async with opened(session, **free.headers) as ws:
            assert (await ws.receive_json(timeout=14))["type"] == "connection_ack"
            limits.empty(settings, f"org:{free.org_id}")
            limits.empty(settings, "anonymous:127.0.0.1")
            await ws.send_json({"type": "ping", "payload": payload})
            closing = await ws.receive(timeout=14)
        assert (closing.type, closing.data, closing.extra) == (
            aiohttp.WSMsgType.CLOSE,
            1013,
            "rate_limited",
        )


class TestRateLimit:
    async def test_tells_what_is_left_after_this_request(self, key: Asker) -> None:
        told = (await key.ask(RATE_LIMIT))["rateLimit"]
        assert {name: told[name] for name in ("limit", "remaining", "resetSeconds")} == {
            "limit": 300,
            "remaining": 299,
            "resetSeconds": 1,
        }
        assert [level["scope"] for level in told["levels"]] == ["ORG", "API_KEY", "IP"]
        assert told["levels"][0]["windowSeconds"] == 60
        assert told["tokens"] is None

    async def test_tells_the_tokens_of_a_key_that_has_a_limit_of_them(self, acme: Tenant, key: Asker) -> None:
        await db.execute("UPDATE api_key SET tokens_per_minute = 5000 WHERE id = $1", acme.key.id)
        told = (await key.ask(RATE_LIMIT))["rateLimit"]["tokens"]
        assert told == {"limit": 5000, "windowSeconds": 60, "remaining": 5000, "resetSeconds": 0}

    async def test_is_of_the_person_who_asks(self, owner: Asker) -> None:
        told = (await owner.ask(RATE_LIMIT))["rateLimit"]
        assert [level["scope"] for level in told["levels"]] == ["ORG", "USER", "IP"]

    async def test_needs_a_credential(self, nobody: Asker) -> None:
        assert (await nobody.refusal(RATE_LIMIT))["extensions"]["code"] == "unauthenticated"
