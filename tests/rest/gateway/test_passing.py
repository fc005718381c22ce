"""What costs nothing and is passed on."""

from collections.abc import AsyncIterator
from dataclasses import replace

import aiohttp
import anthropic
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from google import genai
from google.genai import errors, types
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
        self.pages: dict[str | None, dict[str, object]] = {}

    async def handle(self, request: web.Request) -> web.Response:
        self.asked.append(request.raw_path)
        if request.path.endswith("/models") and self.pages:
            named = request.query.get("after_id") or request.query.get("pageToken")
            return web.json_response(self.pages[named])
        return self.answer or web.json_response({"id": "it"})


@pytest.fixture
async def upstream(settings: Settings) -> AsyncIterator[tuple[Upstream, TestServer]]:
    made = Upstream()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", made.handle)
    fake = TestServer(app)
    await fake.start_server()
    changed = replace(
        settings,
        openai=ProviderCredentials("sk-x", str(fake.make_url("/v1"))),
        anthropic=ProviderCredentials("sk-x", str(fake.make_url(""))),
        gemini=ProviderCredentials("sk-x", str(fake.make_url(""))),
        is_rate_limited=False,
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

    async def test_are_read_page_by_page_by_anthropic_s_sdk(
        self, upstream: tuple[Upstream, TestServer], acme: Tenant
    ) -> None:
        made, server = upstream
        first, second = (
            {"type": "model", "id": name, "display_name": name, "created_at": "2025-01-01T00:00:00Z"}
            for name in ("claude-a", "claude-b")
        )
        made.pages = {
            None: {"data": [first], "has_more": True, "first_id": "claude-a", "last_id": "claude-a"},
            "claude-a": {"data": [second], "has_more": False, "first_id": "claude-b", "last_id": "claude-b"},
        }
        async with anthropic.AsyncAnthropic(
            base_url=str(server.make_url("")), api_key=acme.token, max_retries=0
        ) as sdk:
            found = [model.id async for model in sdk.models.list(limit=1)]
        assert found == ["claude-a", "claude-b"]
        assert made.asked == ["/v1/models?limit=1", "/v1/models?limit=1&after_id=claude-a"]


# Its SDK derives from aiohttp's session, which aiohttp does not like to see.
@pytest.mark.filterwarnings("ignore:Inheritance class:DeprecationWarning")
@pytest.mark.parametrize("version", ["v1", "v1beta"])
class TestGoogle:
    """One of its two versions has the paths that OpenAI has."""

    @pytest.fixture
    async def sdk(
        self, upstream: tuple[Upstream, TestServer], acme: Tenant, version: str
    ) -> AsyncIterator[genai.Client]:
        base = str(upstream[1].make_url("")).rstrip("/")
        made = genai.Client(
            api_key=acme.token, http_options=types.HttpOptions(base_url=base, api_version=version)
        )
        yield made
        await made.aio.aclose()
        made.close()

    async def test_lists_its_own_models_page_by_page(
        self, upstream: tuple[Upstream, TestServer], sdk: genai.Client, version: str
    ) -> None:
        made, _ = upstream
        made.pages = {
            None: {"models": [{"name": "models/gemini-a"}], "nextPageToken": "t"},
            "t": {"models": [{"name": "models/gemini-b"}]},
        }
        listed = await sdk.aio.models.list(config={"page_size": 1})
        assert [model.name async for model in listed] == ["models/gemini-a", "models/gemini-b"]
        assert made.asked == [f"/{version}/models?pageSize=1", f"/{version}/models?pageSize=1&pageToken=t"]

    async def test_tells_of_one_model_and_counts_tokens(
        self, upstream: tuple[Upstream, TestServer], sdk: genai.Client, version: str
    ) -> None:
        made, _ = upstream
        made.answer = web.json_response({"name": "models/gemini-a"})
        assert (await sdk.aio.models.get(model="gemini-a")).name == "models/gemini-a"
        made.answer = web.json_response({"totalTokens": 31})
        assert (await sdk.aio.models.count_tokens(model="gemini-a", contents="x")).total_tokens == 31
        assert made.asked == [f"/{version}/models/gemini-a", f"/{version}/models/gemini-a:countTokens"]

    async def test_lists_what_the_key_may_use(
        self, upstream: tuple[Upstream, TestServer], settings: Settings, acme: Tenant, version: str
    ) -> None:
        made, server = upstream
        made.pages = {None: {"models": [{"name": "models/gemini-a"}, {"name": "models/gemini-b"}]}}
        key = await apikeys.made(settings, acme.owner, acme.org_id, now=NOW, allowed_models=["gemini-b"])
        async with (
            aiohttp.ClientSession() as client,
            client.get(
                server.make_url(f"/{version}/models"), headers={"x-goog-api-key": key.token}
            ) as answer,
        ):
            assert await answer.json() == {"models": [{"name": "models/gemini-b"}]}
        assert made.asked == [f"/{version}/models?pageSize=1000"]

    async def test_refuses_launchkit_s_own_key_with_400_which_is_no_matter_of_the_client_s(
        self, upstream: tuple[Upstream, TestServer], sdk: genai.Client, version: str
    ) -> None:
        made, _ = upstream
        detail = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}
        error = {
            "code": 400,
            "message": "API key not valid.",
            "status": "INVALID_ARGUMENT",
            "details": [detail],
        }
        made.answer = web.json_response({"error": error}, status=400)
        with pytest.raises(errors.ServerError) as caught:
            await sdk.aio.models.generate_content(model="gemini-a", contents="x")
        assert caught.value.code == 502
        assert "upstream_unauthorised" in str(caught.value)
