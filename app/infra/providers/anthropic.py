"""Anthropic's Messages API.

Format: https://platform.claude.com/docs/en/api/messages, its stream:
https://platform.claude.com/docs/en/build-with-claude/streaming.
"""

from collections.abc import AsyncGenerator, Iterator
from dataclasses import replace
from typing import Final, Literal

import aiohttp

from app.core.inference import (
    CompletionRequest,
    EmbeddingRequest,
    EmbeddingResult,
    Finished,
    ProviderRejected,
    TextDelta,
    Usage,
    UsageSource,
)
from app.core.tokens import estimate_tokens
from app.infra.providers import wire
from app.infra.providers.http import Timeouts, Upstream
from app.infra.providers.sse import ServerSentEvent
from app.infra.providers.usage import counted, estimate_input

DEFAULT_BASE_URL: Final = "https://api.anthropic.com"
DEFAULT_MODEL: Final = "claude-haiku-5-5"
API_VERSION: Final = "2023-06-01"

_REASONS: Final[dict[str, Literal["stop", "length", "filtered"]]] = {
    "end_turn": "stop",
    "stop_sequence": "stop",
    "max_tokens": "length",
    "model_context_window_exceeded": "length",
    "refusal": "filtered",
}
# The status that each error type has outside a stream: https://platform.claude.com/docs/en/api/errors
_STATUSES: Final = {
    "invalid_request_error": 400,
    "authentication_error": 401,
    "billing_error": 402,
    "permission_error": 403,
    "not_found_error": 404,
    "request_too_large": 413,
    "rate_limit_error": 429,
    "api_error": 500,
    "timeout_error": 504,
    "overloaded_error": 529,
}


class AnthropicProvider:
    name: Final = "anthropic"

    def __init__(
        self,
        session: aiohttp.ClientSession,
        *,
        api_key: str,
        base_url: str | None = None,
        default_model: str | None = None,
        timeouts: Timeouts | None = None,
    ) -> None:
        self._default_model = default_model or DEFAULT_MODEL
        self._upstream = Upstream(
            self.name,
            session,
            base_url=base_url or DEFAULT_BASE_URL,
            headers={"x-api-key": api_key, "anthropic-version": API_VERSION},
            secret=api_key,
            timeouts=timeouts,
        )

    @property
    def default_model(self) -> str:
        return self._default_model

    @property
    def default_embedding_model(self) -> str | None:
        return None

    def stream(self, request: CompletionRequest) -> AsyncGenerator[TextDelta | Finished, None]:
        return self._upstream.stream("/v1/messages", message_body(request), EventDecoder(request))

    async def embed(self, request: EmbeddingRequest) -> EmbeddingResult:
        raise ProviderRejected(self.name, "Anthropic offers no embeddings; use openai, google or local")


def message_body(request: CompletionRequest) -> wire.Json:
    system = "\n\n".join(message.content for message in request.messages if message.role == "system")
    body: wire.Json = {
        "model": request.model,
        "max_tokens": request.max_output_tokens,
        "messages": [
            {"role": message.role, "content": message.content}
            for message in request.messages
            if message.role != "system"
        ],
        "stream": True,
    }
    if system:
        body["system"] = system
    if request.temperature is not None:
        body["temperature"] = request.temperature
    if request.model == DEFAULT_MODEL:
        # Unless told not to it thinks, which is paid from the same limit and can use it up before the first word.
        body["thinking"] = {"type": "disabled"}
    return body


class EventDecoder:
    """message_start (input), content_block_delta (text), message_delta (output so far), message_stop; and pings."""

    def __init__(self, request: CompletionRequest) -> None:
        self._request = request
        self._model = request.model
        self._usage: wire.Json = {}
        self._counted_output = False
        self._reason: Literal["stop", "length", "filtered", "other"] = "other"
        self._pieces: list[str] = []
        self.ended = False

    def take(self, event: ServerSentEvent) -> Iterator[str]:
        if self.ended:
            return
        payload = wire.parse(event.data)
        match payload.get("type"):
            case "message_start":
                self._start(wire.as_object(payload.get("message")))
            case "content_block_delta":
                yield from self._text(wire.as_object(payload.get("delta")))
            case "message_delta":
                self._delta(payload)
            case "message_stop":
                self.ended = True
            case "error":
                kind = wire.as_text(wire.as_object(payload.get("error")).get("type"))
                raise wire.ErrorEvent(_STATUSES.get(kind, 500), payload)

    def _start(self, message: wire.Json) -> None:
        self._model = wire.as_text(message.get("model")) or self._model
        self._merge(message)

    def _text(self, delta: wire.Json) -> Iterator[str]:
        if delta.get("type") == "text_delta" and (text := wire.as_text(delta.get("text"))):
            self._pieces.append(text)
            yield text

    def _delta(self, payload: wire.Json) -> None:
        reason = wire.as_text(wire.as_object(payload.get("delta")).get("stop_reason"))
        self._reason = _REASONS.get(reason, "other") if reason else self._reason
        self._merge(payload)
        self._counted_output |= "output_tokens" in wire.as_object(payload.get("usage"))

    def _merge(self, holder: wire.Json) -> None:
        """Counts are cumulative, so the newest of each stands; a later event may leave some out."""
        usage = wire.as_object(holder.get("usage"))
        self._usage |= {name: count for name, count in usage.items() if count is not None}

    def finished(self) -> Finished:
        return Finished(self._model, self._usage_so_far(), self._reason)

    def _usage_so_far(self) -> Usage:
        usage = read_usage(self._usage)
        if usage.input_tokens and self._counted_output:
            return usage
        return replace(
            usage,
            input_tokens=usage.input_tokens or estimate_input(self._request.messages),
            output_tokens=max(usage.output_tokens, estimate_tokens("".join(self._pieces))),
            source=UsageSource.PARTIAL if self._usage else UsageSource.ESTIMATED,
        )


def read_usage(usage: wire.Json) -> Usage:
    """Anthropic counts cache reads and writes beside `input_tokens`; ours includes them. Thinking is in the output."""
    cached = wire.as_count(usage.get("cache_read_input_tokens"))
    written = wire.as_count(usage.get("cache_creation_input_tokens"))
    details = wire.as_object(usage.get("output_tokens_details"))
    return counted(
        sent=wire.as_count(usage.get("input_tokens")) + cached + written,
        generated=wire.as_count(usage.get("output_tokens")),
        cached=cached,
        written=written,
        reasoning=wire.as_count(details.get("thinking_tokens")),
    )
