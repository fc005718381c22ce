from collections.abc import AsyncIterator

import aiohttp
import pytest

from app.core.inference import ProviderRejected, ProviderUnauthorised
from app.infra.providers.registry import Providers, ProviderSettings

ALL = ProviderSettings(openai_api_key="sk-1", anthropic_api_key="sk-ant", gemini_api_key="AIza")


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


def providers(session: aiohttp.ClientSession, **settings: str) -> Providers:
    return Providers.from_settings(ProviderSettings(**settings), session)


class TestDefault:
    async def test_is_local_when_nothing_is_set_up(self, session: aiohttp.ClientSession) -> None:
        assert providers(session).default().name == "local"

    @pytest.mark.parametrize(
        ("settings", "expected"),
        [
            ({"gemini_api_key": "g"}, "google"),
            ({"gemini_api_key": "g", "anthropic_api_key": "a"}, "anthropic"),
            ({"gemini_api_key": "g", "anthropic_api_key": "a", "openai_api_key": "o"}, "openai"),
            ({"openai_base_url": "http://127.0.0.1:11434/v1"}, "openai"),
            ({"openai_api_key": "", "anthropic_api_key": "  "}, "local"),
            ({"anthropic_base_url": "http://127.0.0.1:1"}, "local"),
        ],
    )
    async def test_is_the_first_that_is_set_up(
        self, session: aiohttp.ClientSession, settings: dict[str, str], expected: str
    ) -> None:
        assert providers(session, **settings).default().name == expected


class TestDefaultForEmbeddings:
    async def test_passes_over_anthropic(self, session: aiohttp.ClientSession) -> None:
        provider, model = providers(session, anthropic_api_key="a").default_for_embeddings()
        assert (provider.name, model) == ("local", "local/hashing-1")

    async def test_takes_the_first_that_offers_some(self, session: aiohttp.ClientSession) -> None:
        found = providers(session, anthropic_api_key="a", gemini_api_key="g").default_for_embeddings()
        assert (found[0].name, found[1]) == ("google", "gemini-embedding-001")


class TestForModel:
    @pytest.mark.parametrize(
        ("model", "expected"),
        [
            ("openai/gpt-4.1", ("openai", "gpt-4.1")),
            ("gpt-6-luna", ("openai", "gpt-6-luna")),
            ("o3-mini", ("openai", "o3-mini")),
            ("text-embedding-3-large", ("openai", "text-embedding-3-large")),
            ("claude-opus-5", ("anthropic", "claude-opus-5")),
            ("anthropic/claude-opus-5", ("anthropic", "claude-opus-5")),
            ("gemini-3.5-flash", ("google", "gemini-3.5-flash")),
            ("gemini/gemini-3.5-flash", ("google", "gemini-3.5-flash")),
            ("google/gemma-3", ("google", "gemma-3")),
            ("local/extractive-1", ("local", "local/extractive-1")),
        ],
    )
    async def test_finds_the_provider_by_name_or_prefix(
        self, session: aiohttp.ClientSession, model: str, expected: tuple[str, str]
    ) -> None:
        provider, name = Providers.from_settings(ALL, session).for_model(model)
        assert (provider.name, name) == expected

    async def test_none_is_the_defaults_default(self, session: aiohttp.ClientSession) -> None:
        provider, model = providers(session, gemini_api_key="g").for_model(None)
        assert (provider.name, model) == ("google", provider.default_model)

    @pytest.mark.parametrize(
        ("model", "variable"),
        [
            ("gpt-6-luna", "OPENAI_API_KEY"),
            ("anthropic/claude-opus-5", "ANTHROPIC_API_KEY"),
            ("gemini-3.5-flash", "GEMINI_API_KEY"),
        ],
    )
    async def test_a_provider_that_is_not_set_up_names_its_variable(
        self, session: aiohttp.ClientSession, model: str, variable: str
    ) -> None:
        with pytest.raises(ProviderUnauthorised, match=f"set {variable}"):
            providers(session).for_model(model)

    @pytest.mark.parametrize("model", ["llama3.2", "acme/llama3.2", "", "/"])
    async def test_an_unknown_name_is_refused(self, session: aiohttp.ClientSession, model: str) -> None:
        with pytest.raises(ProviderRejected, match="provider/model"):
            Providers.from_settings(ALL, session).for_model(model)

    async def test_a_compatible_server_takes_any_name(self, session: aiohttp.ClientSession) -> None:
        found = providers(session, openai_base_url="http://127.0.0.1:11434/v1").for_model(
            "meta-llama/llama3.2"
        )
        assert (found[0].name, found[1]) == ("openai", "meta-llama/llama3.2")

    async def test_a_compatible_servers_own_default_can_be_named(
        self, session: aiohttp.ClientSession
    ) -> None:
        settings = {"openai_base_url": "http://127.0.0.1:11434/v1", "openai_model": "llama3.2"}
        assert providers(session, **settings).for_model(None)[1] == "llama3.2"


class TestFromSettings:
    @pytest.mark.parametrize(
        "url", ["ftp://host/v1", "not a url", "//host", "http://user:pw@host/v1", "http://h/?k=1"]
    )
    async def test_a_base_url_that_cannot_work_is_refused_at_the_start(
        self, session: aiohttp.ClientSession, url: str
    ) -> None:
        with pytest.raises(ValueError, match="openai: the base URL") as caught:
            providers(session, openai_base_url=url)
        assert "pw" not in str(caught.value)

    async def test_a_key_that_cannot_be_sent_is_refused_unshown(self, session: aiohttp.ClientSession) -> None:
        with pytest.raises(ValueError, match="ANTHROPIC_API_KEY") as caught:
            providers(session, anthropic_api_key="sk-first\nsk-second")
        assert "sk-" not in str(caught.value)

    def test_settings_do_not_show_their_keys(self) -> None:
        assert "sk-" not in repr(ALL)
        assert "AIza" not in repr(ALL)
