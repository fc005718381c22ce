"""The installation's own upstreams and rules, from its settings."""

from collections.abc import Mapping
from datetime import timedelta

from app.core.config import ProviderCredentials, Settings
from app.core.upstreams import Patience
from app.gateway.routing.policy import WhenClientLeaves
from app.gateway.types import Dialect, Rules, Upstream

_BASE_URLS = {
    Dialect.OPENAI: "https://api.openai.com/v1",
    Dialect.ANTHROPIC: "https://api.anthropic.com",
    Dialect.GOOGLE: "https://generativelanguage.googleapis.com",
}

LITELLM = "litellm"


def of(settings: Settings) -> Mapping[str, Upstream]:
    """Those that have a key, or an address that needs none."""
    found = {
        Dialect.OPENAI: settings.openai,
        Dialect.ANTHROPIC: settings.anthropic,
        Dialect.GOOGLE: settings.gemini,
    }
    upstreams = {
        dialect.value: _upstream(dialect, credentials)
        for dialect, credentials in found.items()
        if credentials.api_key or credentials.base_url
    }
    if settings.litellm is not None:
        base_url = f"{settings.litellm.base_url}/v1"
        upstreams[LITELLM] = Upstream(LITELLM, Dialect.OPENAI, base_url, LITELLM, takes_virtual_keys=True)
    return upstreams


def rules(settings: Settings) -> Rules:
    return Rules(
        lease=timedelta(seconds=settings.gateway_lease_seconds),
        patience=Patience(first_byte=settings.gateway_first_byte_seconds, idle=settings.gateway_idle_seconds),
        retries=settings.gateway_retries,
        default_output_tokens=settings.gateway_default_output_tokens,
        when_client_leaves=(WhenClientLeaves.DRAIN if settings.gateway_drains else WhenClientLeaves.CANCEL),
        drain_seconds=settings.gateway_drain_seconds,
    )


def _upstream(dialect: Dialect, credentials: ProviderCredentials) -> Upstream:
    base_url = (credentials.base_url or _BASE_URLS[dialect]).strip().rstrip("/")
    return Upstream(dialect.value, dialect, base_url, dialect.value, credentials.api_key)
