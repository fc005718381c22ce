"""The real adapters, pointed at the fake provider."""

from prometheus_client import REGISTRY

from app.core.inference import CompletionRequest, Finished, Message, Provider, TextDelta
from app.infra.providers.registry import ProviderSettings

KEYS = {"openai": "sk-openai-0123456789", "anthropic": "sk-ant-0123456789", "google": "AIza0123456789"}
NAMES = list(KEYS)


def settings(url: str) -> ProviderSettings:
    return ProviderSettings(
        openai_api_key=KEYS["openai"],
        openai_base_url=f"{url}/v1",
        anthropic_api_key=KEYS["anthropic"],
        anthropic_base_url=f"{url}/",
        gemini_api_key=KEYS["google"],
        gemini_base_url=url,
    )


def asking(provider: Provider) -> CompletionRequest:
    messages = [Message("system", "Be brief."), Message("user", "What does the fox do?")]
    return CompletionRequest(provider.default_model, messages, max_output_tokens=64)


async def collect(provider: Provider) -> tuple[list[str], Finished]:
    items = [item async for item in provider.stream(asking(provider))]
    last = items.pop()
    assert isinstance(last, Finished)
    return [item.text for item in items if isinstance(item, TextDelta)], last


def observed(provider: str, outcome: str) -> float:
    labels = {"provider": provider, "outcome": outcome}
    return REGISTRY.get_sample_value("launchkit_provider_request_seconds_count", labels) or 0.0
