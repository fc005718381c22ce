"""Google's Gemini API (`google` in the price list).

Format: https://ai.google.dev/api/generate-content and https://ai.google.dev/api/embeddings.
"""

from collections.abc import AsyncGenerator, Iterator, Sequence
from typing import Final, Literal
from urllib.parse import quote

import aiohttp

from app.core.inference import (
    CompletionRequest,
    EmbeddingRequest,
    EmbeddingResult,
    Finished,
    Message,
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

DEFAULT_BASE_URL: Final = "https://generativelanguage.googleapis.com"
DEFAULT_MODEL: Final = "gemini-3.5-flash-lite"
DEFAULT_EMBEDDING_MODEL: Final = "gemini-embedding-001"
MAX_BATCH: Final = 100  # inputs that one batchEmbedContents takes

_FILTERED: Final = frozenset(
    {"SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY", "LANGUAGE"}
)


class GeminiProvider:
    name: Final = "google"

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
            headers={"x-goog-api-key": api_key},
            secret=api_key,
            timeouts=timeouts,
        )

    @property
    def default_model(self) -> str:
        return self._default_model

    @property
    def default_embedding_model(self) -> str | None:
        return DEFAULT_EMBEDDING_MODEL

    def stream(self, request: CompletionRequest) -> AsyncGenerator[TextDelta | Finished, None]:
        path = f"{_path(request.model)}:streamGenerateContent?alt=sse"
        return self._upstream.stream(path, content_body(request), ChunkDecoder(request))

    async def embed(self, request: EmbeddingRequest) -> EmbeddingResult:
        vectors: list[Sequence[float]] = []
        reports: list[int] = []
        for start in range(0, len(request.inputs), MAX_BATCH):
            batch = request.inputs[start : start + MAX_BATCH]
            answer = await self._upstream.call(
                f"{_path(request.model)}:batchEmbedContents", embedding_body(request, batch)
            )
            vectors += self._vectors(answer, len(batch))
            usage = wire.as_object(answer.get("usageMetadata"))
            reports.append(wire.as_count(usage.get("promptTokenCount")))
        return EmbeddingResult(request.model, vectors, _embedding_usage(reports, request))

    def _vectors(self, answer: wire.Json, expected: int) -> list[list[float]]:
        items = wire.as_objects(answer.get("embeddings"))
        try:
            return wire.as_vectors([item.get("values") for item in items], expected)
        except wire.Malformed as error:
            raise ProviderProtocolError(self.name, str(error)) from error


def _path(model: str) -> str:
    """The model is part of the path here, so what a user typed must not be able to leave its segment."""
    return f"/v1beta/models/{quote(model.removeprefix('models/'), safe='')}"


def content_body(request: CompletionRequest) -> wire.Json:
    system = [_part(message) for message in request.messages if message.role == "system"]
    config: wire.Json = {"maxOutputTokens": request.max_output_tokens}
    if request.temperature is not None:
        config["temperature"] = request.temperature
    body: wire.Json = {
        "contents": [
            {"role": "model" if message.role == "assistant" else "user", "parts": [_part(message)]}
            for message in request.messages
            if message.role != "system"
        ],
        "generationConfig": config,
    }
    if system:
        body["systemInstruction"] = {"parts": system}
    return body


def embedding_body(request: EmbeddingRequest, batch: Sequence[str]) -> wire.Json:
    common: wire.Json = {"model": f"models/{request.model.removeprefix('models/')}"}
    if request.dimensions is not None:
        common["outputDimensionality"] = request.dimensions
    return {"requests": [{**common, "content": {"parts": [{"text": text}]}} for text in batch]}


def _part(message: Message) -> wire.Json:
    return {"text": message.content}


class ChunkDecoder:
    """`GenerateContentResponse` objects. There is no end mark but the finish reason; usage may still follow it."""

    def __init__(self, request: CompletionRequest) -> None:
        self._request = request
        self._model = request.model
        self._usage: Usage | None = None
        self._reason: Literal["stop", "length", "filtered", "other"] = "other"
        self._pieces: list[str] = []
        self.ended = False

    def take(self, event: ServerSentEvent) -> Iterator[str]:
        chunk = wire.parse(event.data)
        if error := wire.as_object(chunk.get("error")):
            raise wire.ErrorEvent(wire.as_status(error.get("code"), 500), chunk)
        self._model = wire.as_text(chunk.get("modelVersion")) or self._model
        if usage := wire.as_object(chunk.get("usageMetadata")):
            self._usage = read_usage(usage)
        for candidate in wire.as_objects(chunk.get("candidates"))[:1]:
            yield from self._text(wire.as_object(candidate.get("content")))
            self._end(wire.as_text(candidate.get("finishReason")))
        if wire.as_object(chunk.get("promptFeedback")).get("blockReason"):
            self._end("PROHIBITED_CONTENT")

    def _text(self, content: wire.Json) -> Iterator[str]:
        for part in wire.as_objects(content.get("parts")):
            if not part.get("thought") and (text := wire.as_text(part.get("text"))):
                self._pieces.append(text)
                yield text

    def _end(self, reason: str) -> None:
        if reason:
            self.ended = True
            self._reason = read_reason(reason)

    def finished(self) -> Finished:
        usage = self._usage or estimated(self._request.messages, self._pieces)
        return Finished(self._model, usage, self._reason)


def read_reason(reason: str) -> Literal["stop", "length", "filtered", "other"]:
    match reason:
        case "STOP":
            return "stop"
        case "MAX_TOKENS":
            return "length"
        case _:
            return "filtered" if reason in _FILTERED else "other"


def read_usage(usage: wire.Json) -> Usage:
    """Cached content is inside `promptTokenCount`; thoughts are billed as output but counted beside the candidates."""
    thoughts = wire.as_count(usage.get("thoughtsTokenCount"))
    return counted(
        sent=wire.as_count(usage.get("promptTokenCount"))
        + wire.as_count(usage.get("toolUsePromptTokenCount")),
        generated=wire.as_count(usage.get("candidatesTokenCount")) + thoughts,
        cached=wire.as_count(usage.get("cachedContentTokenCount")),
        reasoning=thoughts,
    )


def _embedding_usage(reports: Sequence[int], request: EmbeddingRequest) -> Usage:
    """Most models report no usage here; those that do must have done so for every batch."""
    if reports and all(reports):
        return Usage(input_tokens=sum(reports))
    return Usage(input_tokens=sum(map(estimate_tokens, request.inputs)), source=UsageSource.ESTIMATED)
