"""Which providers are set up, and which of them a model name means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import aiohttp

from app.core.inference import Provider, ProviderRejected, ProviderUnauthorised
from app.infra.providers.anthropic import AnthropicProvider
from app.infra.providers.gemini import GeminiProvider
from app.infra.providers.http import Timeouts
from app.infra.providers.local import LocalProvider
from app.infra.providers.openai import OpenAIProvider

_PREFERENCE: Final = ("openai", "anthropic", "google", "local")
_VARIABLES: Final = {
    "openai": "OPENAI_API_KEY (or OPENAI_BASE_URL for a compatible server)",
    "anthropic": "ANTHROPIC_API_KEY",
    "google": "GEMINI_API_KEY",
}
_ALIASES: Final = {"gemini": "google"}
_PREFIXES: Final = (
    ("gpt-", "openai"),
    ("chatgpt-", "openai"),
    ("o1", "openai"),
    ("o3", "openai"),
    ("o4", "openai"),
    ("text-embedding-", "openai"),
    ("claude-", "anthropic"),
    ("gemini-", "google"),
)


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """Each field is the environment variable of the same name. Empty counts as not set."""

    openai_api_key: str | None = field(default=None, repr=False)
    openai_base_url: str | None = None
    openai_model: str | None = None
    openai_embedding_model: str | None = None
    anthropic_api_key: str | None = field(default=None, repr=False)
    anthropic_base_url: str | None = None
    anthropic_model: str | None = None
    gemini_api_key: str | None = field(default=None, repr=False)
    gemini_base_url: str | None = None
    gemini_model: str | None = None


class Providers:
    """`local` is always there. The session is the caller's: one per process, closed after the last call."""

    def __init__(self, configured: Sequence[Provider]) -> None:
        self._by_name: Mapping[str, Provider] = {
            provider.name: provider for provider in (LocalProvider(), *configured)
        }

    @classmethod
    def from_settings(
        cls,
        settings: ProviderSettings,
        session: aiohttp.ClientSession,
        *,
        timeouts: Timeouts | None = None,
    ) -> "Providers":
        """Raises ValueError for a base URL or a key that no request could be sent with."""
        configured: list[Provider] = []
        openai_key = _key("OPENAI_API_KEY", settings.openai_api_key)
        if openai_key or settings.openai_base_url:
            configured.append(
                OpenAIProvider(
                    session,
                    api_key=openai_key,
                    base_url=settings.openai_base_url,
                    default_model=settings.openai_model,
                    default_embedding_model=settings.openai_embedding_model,
                    timeouts=timeouts,
                )
            )
        if key := _key("ANTHROPIC_API_KEY", settings.anthropic_api_key):
            configured.append(
                AnthropicProvider(
                    session,
                    api_key=key,
                    base_url=settings.anthropic_base_url,
                    default_model=settings.anthropic_model,
                    timeouts=timeouts,
                )
            )
        if key := _key("GEMINI_API_KEY", settings.gemini_api_key):
            configured.append(
                GeminiProvider(
                    session,
                    api_key=key,
                    base_url=settings.gemini_base_url,
                    default_model=settings.gemini_model,
                    timeouts=timeouts,
                )
            )
        return cls(configured)

    def names(self) -> list[str]:
        return [name for name in _PREFERENCE if name in self._by_name]

    def get(self, name: str) -> Provider:
        name = _ALIASES.get(name, name)
        if provider := self._by_name.get(name):
            return provider
        if variable := _VARIABLES.get(name):
            raise ProviderUnauthorised(name, f"not set up: set {variable}")
        raise ProviderRejected(name, f"there is no such provider; known are {', '.join(_PREFERENCE)}")

    def default(self) -> Provider:
        return self.get(self.names()[0])

    def default_for_embeddings(self) -> tuple[Provider, str]:
        """Like `default`, passing over those that offer none."""
        offers = ((provider, provider.default_embedding_model) for provider in map(self.get, self.names()))
        return next((provider, model) for provider, model in offers if model is not None)

    def for_model(self, model: str | None) -> tuple[Provider, str]:
        """`provider/model`, or a name whose prefix is known; None is the default's. The name comes without provider."""
        if model is None:
            provider = self.default()
            return provider, provider.default_model
        prefix, _, rest = model.partition("/")
        name = _ALIASES.get(prefix, prefix)
        if name == "local":
            return self.get(name), model
        if rest and name in _PREFERENCE:
            return self.get(name), rest
        return self._by_prefix(model), model

    def _by_prefix(self, model: str) -> Provider:
        for prefix, name in _PREFIXES:
            if model.startswith(prefix):
                return self.get(name)
        openai = self._by_name.get("openai")
        if isinstance(openai, OpenAIProvider) and openai.serves_any_model:
            return openai
        raise ProviderRejected("models", f"{model[:100]!r} is not known; write it as provider/model")


def _key(variable: str, value: str | None) -> str | None:
    """A key with a line break in it (a copied file, mostly) could not be sent, and must not be shown in an error."""
    key = (value or "").strip()
    if not key.isascii() or not key.isprintable():
        raise ValueError(f"{variable} holds characters that no API key has")
    return key or None
