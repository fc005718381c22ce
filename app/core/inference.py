"""Model calls as values: what a provider is asked, what it answers, how it fails.

The port is `Provider`; adapters live in `app.infra.providers`. Token counts are the provider's own where it
gives them; `Usage.source` says otherwise.
"""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Protocol

from app.core.errors import Kind, LaunchKitError


class UsageSource(StrEnum):
    PROVIDER = "provider"
    PARTIAL = "partial"
    ESTIMATED = "estimated"
    CACHED = "cached"


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one call: cached input and cache writes are parts of input, reasoning is part of output."""

    input_tokens: int = 0
    output_tokens: int = 0
    cached_input_tokens: int = 0
    cache_write_tokens: int = 0
    reasoning_tokens: int = 0
    source: UsageSource = UsageSource.PROVIDER

    @property
    def total_tokens(self) -> int:
        return self.input_tokens + self.output_tokens


@dataclass(frozen=True, slots=True)
class Message:
    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class CompletionRequest:
    model: str
    messages: Sequence[Message]
    max_output_tokens: int = 1024
    temperature: float | None = None


@dataclass(frozen=True, slots=True)
class TextDelta:
    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The last item of a stream; a stream that ends without one was cut off."""

    model: str
    usage: Usage
    reason: Literal["stop", "length", "filtered", "other"] = "stop"


@dataclass(frozen=True, slots=True)
class EmbeddingRequest:
    model: str
    inputs: Sequence[str]
    dimensions: int | None = None


@dataclass(frozen=True, slots=True)
class EmbeddingResult:
    model: str
    vectors: Sequence[Sequence[float]]
    usage: Usage


class Provider(Protocol):
    """One upstream; `name` is its id in the price list: `openai`, `anthropic`, `google`, `local`."""

    @property
    def name(self) -> str: ...

    @property
    def default_model(self) -> str: ...

    @property
    def default_embedding_model(self) -> str | None:
        """None where the provider offers no embeddings."""
        ...

    def stream(self, request: CompletionRequest) -> AsyncGenerator[TextDelta | Finished, None]:
        """Text as it arrives, then `Finished`; raises `ProviderError`. Closing it ends the call upstream."""
        ...

    async def embed(self, request: EmbeddingRequest) -> EmbeddingResult: ...


class ProviderError(LaunchKitError):
    """A model provider did not do what was asked. `retryable`: the same request may work later."""

    kind = Kind.UNAVAILABLE
    code = "provider_error"
    title = "The model provider failed."
    retryable = True

    def __init__(
        self, provider: str, detail: str, *, status: int | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(f"{provider}: {detail}", retry_after=retry_after)
        self.provider = provider
        self.status = status


class ProviderUnreachable(ProviderError):
    code = "provider_unreachable"
    title = "The model provider could not be reached."


class ProviderTimeout(ProviderError):
    code = "provider_timeout"
    title = "The model provider did not answer in time."


class ProviderRateLimited(ProviderError):
    kind = Kind.LIMIT
    code = "provider_rate_limited"
    title = "The model provider's own rate limit was reached."


class ProviderTruncated(ProviderError):
    """The stream broke off before its end: what arrived is not an answer."""

    code = "provider_truncated"
    title = "The model provider's answer broke off."


class ProviderProtocolError(ProviderError):
    code = "provider_protocol_error"
    title = "The model provider answered in a form that is not understood."


class ProviderRejected(ProviderError):
    """The provider refuses this request (4xx); repeating it is pointless."""

    kind = Kind.INVALID
    code = "provider_rejected"
    title = "The model provider refused the request."
    retryable = False


class ProviderUnauthorised(ProviderError):
    """Our credentials are wrong or lack access: the operator's to mend, not the client's."""

    code = "provider_unauthorised"
    title = "The model provider refused LaunchKit's credentials."
    retryable = False
