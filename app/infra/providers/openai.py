"""OpenAI's chat completions and embeddings, and the many servers that speak the same.

Format: https://platform.openai.com/docs/api-reference/chat (its stream: `/chat-streaming`) and `/embeddings`.
"""

from collections.abc import AsyncGenerator, Iterator
from typing import Final, Literal

import aiohttp
from yarl import URL

from app.core.inference import (
    CompletionRequest,
    EmbeddingRequest,
    EmbeddingResult,
    Finished,
    ProviderProtocolError,
    TextDelta,
    Usage,
    UsageSource,
)
from app.core.tokens import estimate_tokens
from app.infra.providers import wire
from app.infra.providers.http import Timeouts, Upstream
from app.infra.providers.sse import ServerSentEvent
from app.infra.providers.usage import counted, estimated

DEFAULT_BASE_URL: Final = "https://api.openai.com/v1"
DEFAULT_MODEL: Final = "gpt-6-luna"
DEFAULT_EMBEDDING_MODEL: Final = "text-embedding-3-small"

_END: Final = "[DONE]"
_OWN_HOSTS: Final = ("api.openai.com", "openai.azure.com")
_REASONS: Final[dict[str, Literal["stop", "length", "filtered"]]] = {
    "stop": "stop",
    "length": "length",
    "content_filter": "filtered",
}
_STATUSES: Final = {
    "rate_limit_exceeded": 429,
    "insufficient_quota": 429,
    "invalid_api_key": 401,
    "invalid_request_error": 400,
}


class OpenAIProvider:
    name: Final = "openai"

    def __init__(
        self,
        session: aiohttp.ClientSession,
        *,
        api_key: str | None,
        base_url: str | None = None,
        default_model: str | None = None,
        default_embedding_model: str | None = None,
        timeouts: Timeouts | None = None,
    ) -> None:
        base_url = base_url or DEFAULT_BASE_URL
        self._own = is_openais_own(base_url)
        self._default_model = default_model or DEFAULT_MODEL
        self._default_embedding_model = default_embedding_model or DEFAULT_EMBEDDING_MODEL
        self._upstream = Upstream(
            self.name,
            session,
            base_url=base_url,
            headers={"Authorization": f"Bearer {api_key}"} if api_key else {},
            secret=api_key,
            timeouts=timeouts,
        )

    @property
    def default_model(self) -> str:
        return self._default_model

    @property
    def default_embedding_model(self) -> str | None:
        return self._default_embedding_model

    @property
    def serves_any_model(self) -> bool:
        """A compatible server names its models as it likes; OpenAI's own names are known by their prefix."""
        return not self._own

    def stream(self, request: CompletionRequest) -> AsyncGenerator[TextDelta | Finished, None]:
        body = completion_body(request, own=self._own)
        return self._upstream.stream("/chat/completions", body, ChunkDecoder(request))

    async def embed(self, request: EmbeddingRequest) -> EmbeddingResult:
        body: wire.Json = {"model": request.model, "input": list(request.inputs), "encoding_format": "float"}
        if request.dimensions is not None:
            body["dimensions"] = request.dimensions
        answer = await self._upstream.call("/embeddings", body)
        items = sorted(wire.as_objects(answer.get("data")), key=lambda item: wire.as_count(item.get("index")))
        try:
            vectors = wire.as_vectors([item.get("embedding") for item in items], len(request.inputs))
        except wire.Malformed as error:
            raise ProviderProtocolError(self.name, str(error)) from error
        model = wire.as_text(answer.get("model")) or request.model
        return EmbeddingResult(model, vectors, _embedding_usage(answer, request))


def is_openais_own(base_url: str) -> bool:
    host = URL(base_url).host or ""
    return any(host == own or host.endswith("." + own) for own in _OWN_HOSTS)


def completion_body(request: CompletionRequest, *, own: bool) -> wire.Json:
    """OpenAI's reasoning models refuse `max_tokens`; many compatible servers know nothing else, and ignore the newer
    name silently, which would leave the output (and the bill) unbounded. Neither accepts both everywhere."""
    body: wire.Json = {
        "model": request.model,
        "messages": [{"role": message.role, "content": message.content} for message in request.messages],
        "stream": True,
        "stream_options": {"include_usage": True},
        "max_completion_tokens" if own else "max_tokens": request.max_output_tokens,
    }
    if request.temperature is not None:
        body["temperature"] = request.temperature
    if own and request.model == DEFAULT_MODEL:
        # Unless told not to it reasons, which is paid from the same limit and can use it up before the first word.
        body["reasoning_effort"] = "none"
    return body


class ChunkDecoder:
    """`chat.completion.chunk` objects: text, then a chunk without choices that carries the usage, then `[DONE]`."""

    def __init__(self, request: CompletionRequest) -> None:
        self._request = request
        self._model = request.model
        self._usage: Usage | None = None
        self._reason: Literal["stop", "length", "filtered", "other"] = "other"
        self._pieces: list[str] = []
        self.ended = False

    def take(self, event: ServerSentEvent) -> Iterator[str]:
        if self.ended:
            return
        if event.data.strip() == _END:
            self.ended = True
            return
        chunk = wire.parse(event.data)
        _raise_if_error(chunk)
        self._model = wire.as_text(chunk.get("model")) or self._model
        if usage := wire.as_object(chunk.get("usage")):
            self._usage = read_usage(usage)
        for choice in wire.as_objects(chunk.get("choices"))[:1]:
            yield from self._choice(choice)

    def _choice(self, choice: wire.Json) -> Iterator[str]:
        delta = wire.as_object(choice.get("delta"))
        if text := wire.as_text(delta.get("content")) or wire.as_text(delta.get("refusal")):
            self._pieces.append(text)
            yield text
        if reason := wire.as_text(choice.get("finish_reason")):
            self._reason = _REASONS.get(reason, "other")
        if delta.get("refusal"):
            self._reason = "filtered"

    def finished(self) -> Finished:
        usage = self._usage or estimated(self._request.messages, self._pieces)
        return Finished(self._model, usage, self._reason)


def read_usage(usage: wire.Json) -> Usage:
    """Cached and cache-write tokens are inside `prompt_tokens`. Reasoning is inside `completion_tokens` at OpenAI but
    beside it at some compatible servers; there only the total tells what was generated."""
    prompt = wire.as_count(usage.get("prompt_tokens"))
    input_details = wire.as_object(usage.get("prompt_tokens_details"))
    output_details = wire.as_object(usage.get("completion_tokens_details"))
    beyond_prompt = wire.as_count(usage.get("total_tokens")) - prompt
    return counted(
        sent=prompt,
        generated=max(wire.as_count(usage.get("completion_tokens")), beyond_prompt),
        cached=wire.as_count(input_details.get("cached_tokens")),
        written=wire.as_count(input_details.get("cache_write_tokens")),
        reasoning=wire.as_count(output_details.get("reasoning_tokens")),
    )


def _embedding_usage(answer: wire.Json, request: EmbeddingRequest) -> Usage:
    if reported := wire.as_count(wire.as_object(answer.get("usage")).get("prompt_tokens")):
        return Usage(input_tokens=reported)
    return Usage(input_tokens=sum(map(estimate_tokens, request.inputs)), source=UsageSource.ESTIMATED)


def _raise_if_error(chunk: wire.Json) -> None:
    if error := chunk.get("error"):
        raise wire.ErrorEvent(_status(wire.as_object(error)), chunk)


def _status(error: wire.Json) -> int:
    """OpenAI names the error, proxies and compatible servers put the HTTP status into `code`."""
    named = _STATUSES.get(wire.as_text(error.get("code"))) or _STATUSES.get(wire.as_text(error.get("type")))
    return named or wire.as_status(error.get("code"), 500)
