"""`/graphql` on a socket, and people and servers who ask it."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from app.core.config import Settings
from tests.factories.orgs import Tenant, bearer, tenant
from tests.fakes.web import serving

Json = dict[str, Any]


@dataclass(frozen=True)
class Asker:
    """Sends documents with one credential, and counts on a well-formed answer."""

    session: aiohttp.ClientSession
    headers: Mapping[str, str]

    async def send(self, document: str, variables: Json | None = None, **headers: str) -> Json:
        """The whole answer."""
        body = {"query": document, "variables": variables or {}}
        async with self.session.post("/graphql", json=body, headers={**self.headers, **headers}) as answer:
            result: Json = await answer.json(content_type=None)
            assert answer.status == 200, result
            assert result.get("errors") != []
            return result

    async def ask(self, document: str, variables: Json | None = None) -> Json:
        """The data of an answer without errors."""
        result = await self.send(document, variables)
        assert "errors" not in result, result
        data: Json = result["data"]
        return data

    async def refusal(self, document: str, variables: Json | None = None) -> Json:
        """The only error of an answer, which must have a code and the request's id."""
        result = await self.send(document, variables)
        [error] = result["errors"]
        assert error["extensions"]["code"]
        assert error["extensions"]["requestId"].startswith("req_")
        found: Json = error
        return found


@pytest.fixture(scope="package")
async def server(_database: Settings) -> AsyncIterator[TestServer]:
    # Hundreds of requests come from one address; the tests of limits have servers of their own.
    async with serving(replace(_database, is_rate_limited=False)) as running:
        yield running


@pytest.fixture
async def session(server: TestServer, settings: Settings) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(server.make_url("/"), cookie_jar=aiohttp.DummyCookieJar()) as opened:
        yield opened


@pytest.fixture
async def acme(settings: Settings) -> Tenant:
    return await tenant(settings)


@pytest.fixture
async def rival(settings: Settings) -> Tenant:
    return await tenant(settings, "rival")


@pytest.fixture
def nobody(session: aiohttp.ClientSession) -> Asker:
    return Asker(session, {})


@pytest.fixture
def key(session: aiohttp.ClientSession, acme: Tenant) -> Asker:
    return Asker(session, acme.headers)


@pytest.fixture
def owner(session: aiohttp.ClientSession, acme: Tenant, settings: Settings) -> Asker:
    return Asker(session, bearer(settings, acme.owner))


@pytest.fixture
def stranger(session: aiohttp.ClientSession, rival: Tenant, settings: Settings) -> Asker:
    return Asker(session, bearer(settings, rival.owner))
