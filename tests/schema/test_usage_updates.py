"""`usageRecorded`: the day's totals, after whatever was recorded."""

import asyncio
from contextlib import aclosing
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from gql import GraphQLRequest, gql
from gql.transport.exceptions import TransportQueryError

from app.analytics.live import UsageFeeds
from app.core.config import Settings
from app.core.principal import Permission
from tests.factories import apikeys
from tests.factories.orgs import NOW, Tenant, bearer
from tests.schema.test_subscriptions import connected

FOLLOW = """subscription($org: ID!) { usageRecorded(orgId: $org) {
  day totals { requests inputTokens tokens }
} }"""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(UsageFeeds, "PAUSE_SECONDS", 0.05)


def request(org: str) -> GraphQLRequest:
    return GraphQLRequest(gql(FOLLOW), variable_values={"org": org})


async def record(session: aiohttp.ClientSession, acme: Tenant, *names: str) -> None:
    events = [
        {
            "event_id": name,
            "event_type": "TOKEN_USAGE",
            "provider": "openai",
            "model": "gpt-4o",
            "input_tokens": 10,
        }
        for name in names
    ]
    async with session.post("/v1/events/ingest", json={"events": events}, headers=acme.headers) as answer:
        assert (await answer.json())["accepted"] == len(names)


class TestUsageRecorded:
    async def test_tells_the_totals_of_the_day(
        self, server: TestServer, session: aiohttp.ClientSession, acme: Tenant, settings: Settings
    ) -> None:
        async with connected(server, bearer(settings, acme.owner)) as opened, asyncio.timeout(14):
            updates: Any = opened.subscribe(request(acme.org))
            async with aclosing(updates):
                first = (await anext(updates))["usageRecorded"]
                assert first["totals"] == {"requests": 0, "inputTokens": 0, "tokens": 0}
                await record(session, acme, "a", "b")
                second = (await anext(updates))["usageRecorded"]
                assert second["totals"] == {"requests": 2, "inputTokens": 20, "tokens": 20}
                await record(session, acme, "c")
                third = (await anext(updates))["usageRecorded"]
                assert third["totals"]["requests"] == 3

    async def test_needs_the_permission_to_read_usage(
        self, server: TestServer, acme: Tenant, settings: Settings
    ) -> None:
        narrow = await apikeys.made(settings, acme.owner, acme.org_id, now=NOW, scopes=[Permission.JOBS_READ])
        async with connected(server, narrow.headers) as opened, asyncio.timeout(14):
            with pytest.raises(TransportQueryError) as raised:
                await anext(opened.subscribe(request(acme.org)))
        assert raised.value.errors is not None
        assert raised.value.errors[0]["extensions"]["code"] == "forbidden"
