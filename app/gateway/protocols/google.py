"""Gemini's generateContent, streamGenerateContent and embedContent: https://ai.google.dev/api/generate-content."""

import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from app.core.errors import FieldError
from app.core.inference import Usage
from app.gateway import editing, texts
from app.gateway.errors import MalformedRequest
from app.gateway.protocols import reading
from app.gateway.protocols.watching import Watch
from app.gateway.types import Ask, Dialect
from app.infra.providers import wire
from app.infra.providers.gemini import read_usage

# What stands behind the last usage is small. Each piece moves all of it.
_MOST_KEPT_OF_ARRAY: Final = 128 * 1024
_LONGEST_MARK: Final = 32


class Generate:
    """`is_stream` by the path. A stream comes as events with `alt=sse`, otherwise as the pieces of a JSON array."""

    dialect: Final = Dialect.GOOGLE

    def __init__(self, version: str, *, is_stream: bool, is_sse: bool = False) -> None:
        self._version = version
        self.name = "stream_generate" if is_stream else "generate"
        self._is_stream = is_stream
        self._is_sse = is_sse

    def read(self, body: bytes, *, model: str | None, default_output: int) -> Ask:
        document = reading.document(body)
        name = _named(document, reading.model(model))
        most = _largest(document, "maxOutputTokens", "max_output_tokens")
        candidates = _largest(document, "candidateCount", "candidate_count") or 1
        size = texts.sized(document)
        return Ask(
            self.name,
            name,
            self._is_stream,
            body,
            document,
            size.tokens,
            reading.product(most or default_output, candidates),
            answers=candidates,
            is_open=not most,
            pictures=size.pictures,
            is_array=self._is_stream and not self._is_sse,
        )

    def path(self, ask: Ask, model: str) -> str:
        """The model is part of it: what a user typed must not be able to leave its segment."""
        name = quote(model, safe="")
        if not self._is_stream:
            return f"/{self._version}/models/{name}:generateContent"
        return f"/{self._version}/models/{name}:streamGenerateContent" + ("?alt=sse" if self._is_sse else "")

    def outgoing(self, ask: Ask, model: str) -> bytes:
        return _renamed(ask, model)

    def usage(self, answer: dict[str, Any]) -> Usage | None:
        found = wire.as_object(answer.get("usageMetadata"))
        return read_usage(found) if found else None

    def watch(self, ask: Ask) -> Watch:
        return GenerateWatch(ask) if self._is_sse else ArrayWatch(ask)


def _named(document: dict[str, Any], name: str) -> str:
    """The model of the path, which has been allowed. Raises `MalformedRequest` where the body names another."""
    for request in (document, *wire.as_objects(document.get("requests"))):
        if request.get("model") not in (None, name, f"models/{name}"):
            mend = "Name the model that the path names, or none."
            raise MalformedRequest([FieldError("model", "another_model", mend)])
    return name


def _renamed(ask: Ask, model: str) -> bytes:
    """The body for `model`: where it names the one that was asked for, it is to name the one that is."""
    document = ask.document
    requests = wire.as_objects(document.get("requests"))
    if model == ask.model or not any("model" in request for request in (document, *requests)):
        return ask.body
    changed = _with_name(document, model)
    if requests:
        changed["requests"] = [
            _with_name(one, model) if isinstance(one, dict) else one for one in document["requests"]
        ]
    return editing.encoded(changed)


def _with_name(request: Mapping[str, Any], model: str) -> dict[str, Any]:
    return {**request, "model": f"models/{model}"} if request.get("model") else dict(request)


def _largest(document: dict[str, Any], *spellings: str) -> int:
    """Of a setting in all of its spellings, the configuration's own included; 0 where there is none."""
    configs = [reading.member(document, name) for name in ("generationConfig", "generation_config")]
    return max(reading.count(config.get(name), 0) for config in configs for name in spellings)


class GenerateWatch(Watch):
    """Each chunk tells the usage so far: the last one's is looked at. There is no end mark but the finish reason."""

    marks = (b'"usageMetadata"', b'"finishReason"', b'"blockReason"', b'"error"')

    def __init__(self, ask: Ask) -> None:
        super().__init__(ask)
        self._last = b""

    def _look(self, whole: bytes) -> None:
        for line in whole.splitlines():
            if not line.startswith(b"data:"):
                continue
            if b'"usageMetadata"' in line:
                self._last = line[5:]
            if b'"finishReason"' in line or b'"blockReason"' in line:
                self.has_ended = True
            if b'"error"' in line:
                self._read(line[5:])

    def _take(self, event: dict[str, Any]) -> None:
        return

    def _told(self) -> Usage | None:
        if not self._last:
            return None
        try:
            found = wire.as_object(wire.parse(self._last).get("usageMetadata"))
        except wire.Malformed:
            return None
        return read_usage(found) if found else None


class ArrayWatch(Watch):
    """A JSON array that arrives piece by piece; only its end is kept, with the last usage in it."""

    def __init__(self, ask: Ask) -> None:
        super().__init__(ask)
        self._end = b""
        self._is_finished = False

    def feed(self, chunk: bytes) -> bytes:
        self._keep(chunk)
        new = self._end[-_LONGEST_MARK:] + chunk
        self._end = (self._end + chunk)[-_MOST_KEPT_OF_ARRAY:]
        self._is_finished |= b'"finishReason"' in new or b'"blockReason"' in new
        self.has_ended = self._is_finished and self._end[-_LONGEST_MARK:].rstrip().endswith(b"]")
        return chunk

    def flush(self) -> bytes:
        return b""

    def _told(self) -> Usage | None:
        at = self._end.rfind(b'"usageMetadata"')
        if at < 0:
            return None
        try:
            found, _ = json.JSONDecoder().raw_decode(
                self._end[at:].decode("utf-8", "replace").partition(":")[2].lstrip()
            )
        except ValueError:
            return None
        return read_usage(found) if isinstance(found, dict) else None

    def _take(self, event: dict[str, Any]) -> None:
        return


class Embed:
    """embedContent of one text. Most models tell no usage."""

    name: Final = "embed"
    dialect: Final = Dialect.GOOGLE

    def __init__(self, version: str, *, is_batch: bool) -> None:
        self._version = version
        self._verb = "batchEmbedContents" if is_batch else "embedContent"

    def read(self, body: bytes, *, model: str | None, default_output: int) -> Ask:
        document = reading.document(body)
        name = _named(document, reading.model(model))
        return Ask(self.name, name, False, body, document, max(1, texts.input_tokens(document)), 0)

    def path(self, ask: Ask, model: str) -> str:
        return f"/{self._version}/models/{quote(model, safe='')}:{self._verb}"

    def outgoing(self, ask: Ask, model: str) -> bytes:
        return _renamed(ask, model)

    def usage(self, answer: dict[str, Any]) -> Usage | None:
        sent = wire.as_count(wire.as_object(answer.get("usageMetadata")).get("promptTokenCount"))
        return Usage(input_tokens=sent) if sent else None

    def watch(self, ask: Ask) -> Watch:
        raise NotImplementedError("embeddings have no stream")
