"""What costs nothing and is passed on."""

from collections.abc import AsyncIterator
from dataclasses import replace

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from yarl import URL

from app.core.config import ProviderCredentials, Settings
from tests.factories import apikeys
from tests.factories.orgs import NOW, Tenant
from tests.fakes.web import serving


class Upstream:
    """Says yes to whatever it is asked, and keeps the paths as they came."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answer: web.Response | None = None

    async def handle(self, request: web.Request) -> web.Response:
        self.asked.append(request.raw_path)
        return self.answer or web.json_response({"id": "it"})


@pytest.fixture
async def upstream(settings: Settings) -> AsyncIterator[tuple[Upstream, TestServer]]:
    made = Upstream()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", made.handle)
    fake = TestServer(app)
    await fake.start_server()
    changed = replace(
        settings, openai=ProviderCredentials("sk-x", str(fake.make_url("/v1"))), is_rate_limited=False
    )
    async with serving(changed) as running:
        yield made, running
    await fake.close()


async def get(server: TestServer, tenant: Tenant, path: str) -> int:
    url = URL(f"{server.make_url('/')}".rstrip("/") + path, encoded=True)
    async with aiohttp.ClientSession() as client, client.get(url, headers=tenant.headers) as answer:
        return answer.status


class TestModel:
    @pytest.mark.parametrize(
        "path",
        [
            "..%2ffiles",
            "..%2f..%2fv1%2forganization%2fadmin_api_keys",
            "x%2f..%2f..%2ffiles",
            "%2e%2e%2ffiles",
            ".%2f..%2ffiles",
            "..",
            "..%5cfiles",
        ],
    )
    async def test_is_nothing_else_that_the_upstream_s_key_opens(
        self, upstream: tuple[Upstream, TestServer], acme: Tenant, path: str
    ) -> None:
        made, server = upstream
        await get(server, acme, f"/v1/models/{path}")
        for asked in made.asked:
            assert URL(f"http://u{asked}").path.startswith("/v1/models"), asked

    @pytest.mark.parametrize(
        ("sent", "asked"),
        [
            ("gpt-4o", "gpt-4o"),
            ("meta-llama/Llama-3", "meta-llama/Llama-3"),
            ("a%3Fb%23c%20d", "a%3Fb%23c%20d"),
        ],
    )
    async def test_is_asked_for_by_its_name(
        self, upstream: tuple[Upstream, TestServer], acme: Tenant, sent: str, asked: str
    ) -> None:
        made, server = upstream
        assert await get(server, acme, f"/v1/models/{sent}") == 200
        assert made.asked == [f"/v1/models/{asked}"]

    @pytest.mark.parametrize("name", ["a%0Ab", "%0A", "a:generateContent%0A"])
    async def test_of_several_lines_is_refused_as_sdks_know_it(
        self, upstream: tuple[Upstream, TestServer], acme: Tenant, name: str
    ) -> None:
        made, server = upstream
        url = URL(f"{server.make_url('/')}".rstrip("/") + f"/v1/models/{name}", encoded=True)
        async with aiohttp.ClientSession() as client, client.get(url, headers=acme.headers) as answer:
            assert (answer.status, answer.content_type) == (400, "application/json")
            assert (await answer.json())["error"]["message"]
        assert made.asked == []


class TestModels:
    @pytest.mark.parametrize(
        ("said", "told"),
        [
            ("<html>", "<html>"),
            ("[1]", "[1]"),
            ('{"data":[1,{"id":5},{"id":"gpt-4o"},{"id":"o3"}]}', '{"data":[{"id":"gpt-4o"}]}'),
        ],
    )
    async def test_are_those_of_the_key_whatever_the_upstream_says(
        self, upstream: tuple[Upstream, TestServer], settings: Settings, acme: Tenant, said: str, told: str
    ) -> None:
        made, server = upstream
        made.answer = web.Response(text=said)
        key = await apikeys.made(settings, acme.owner, acme.org_id, now=NOW, allowed_models=["gpt-*"])
        async with (
            aiohttp.ClientSession() as client,
            client.get(server.make_url("/v1/models"), headers=key.headers) as answer,
        ):
            assert (answer.status, await answer.text()) == (200, told)
