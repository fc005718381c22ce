"""OpenAI's chat completions, responses and embeddings, and the many servers that speak the same.

Formats: https://platform.openai.com/docs/api-reference/chat, `/responses`, `/embeddings`.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from app.core.inference import Usage
from app.gateway import editing, texts
from app.gateway.protocols import reading
from app.gateway.protocols.watching import Watch
from app.gateway.types import Ask, Dialect
from app.infra.providers import wire
from app.infra.providers.openai import read_usage
from app.infra.providers.usage import counted

_BLANK_LINE: Final = re.compile(rb"(?:\r\n|\n|\r)(?:\r\n|\n|\r)")
_TERMINAL: Final = frozenset({"response.completed", "response.incomplete", "response.failed"})


class Chat:
    name: Final = "chat"
    dialect: Final = Dialect.OPENAI

    def read(self, body: bytes, *, model: str | None, default_output: int) -> Ask:
        document = reading.document(body)
        # Of two the larger: some servers know only the one, some only the other.
        told = (reading.count(document.get(name), 0) for name in ("max_completion_tokens", "max_tokens"))
        most = max(told)
        answers = reading.count(document.get("n"), 1)
        is_stream = document.get("stream") is True
        options = reading.member(document, "stream_options")
        size = texts.sized(document)
        ask = Ask(
            self.name,
            reading.model(document.get("model")),
            is_stream,
            body,
            document,
            size.tokens,
            reading.product(most or default_output, answers),
            answers=answers,
            is_open=not most,
            pictures=size.pictures,
        )
        if not is_stream or options.get("include_usage") is True:
            return ask
        # Without this an upstream does not tell what a stream used.
        wanted = {**options, "include_usage": True}
        changed = editing.with_member(body, document, "stream_options", wanted)
        return replace(
            ask,
            body=changed,
            document={**document, "stream_options": wanted},
            has_usage_added=True,
            plain=None if "stream_options" in document else ask,
        )

    def path(self, ask: Ask, model: str) -> str:
        return "/chat/completions"

    def outgoing(self, ask: Ask, model: str) -> bytes:
        return editing.with_model(ask.body, ask.document, model)

    def usage(self, answer: dict[str, Any]) -> Usage | None:
        found = wire.as_object(answer.get("usage"))
        return read_usage(found) if found else None

    def watch(self, ask: Ask) -> Watch:
        return ChatWatch(ask)


class ChatWatch(Watch):
    marks = (b"[DONE]", b'"prompt_tokens":', b'"prompt_tokens" :', b'"error"')

    def __init__(self, ask: Ask) -> None:
        super().__init__(ask)
        self._usage: Usage | None = None

    def _look(self, whole: bytes) -> None:
        super()._look(whole)
        if b"[DONE]" in whole and any(
            line.startswith(b"data:") and line[5:].strip() == b"[DONE]" for line in whole.splitlines()
        ):
            self.has_ended = True

    def _take(self, event: dict[str, Any]) -> None:
        if found := wire.as_object(event.get("usage")):
            self._usage = read_usage(found)

    def _told(self) -> Usage | None:
        return self._usage

    def _passed(self, whole: bytes) -> bytes:
        if not self._ask.has_usage_added or b'"prompt_tokens"' not in whole:
            return whole
        return b"".join(part for part in _events(whole) if not _is_usage_alone(part))


def _events(whole: bytes) -> list[bytes]:
    """The events, each with the blank line that ends it."""
    found, start = [], 0
    for match in _BLANK_LINE.finditer(whole):
        found.append(whole[start : match.end()])
        start = match.end()
    return [*found, whole[start:]]


def _is_usage_alone(event: bytes) -> bool:
    """The chunk that was asked for by us: it has no choices. Some servers put usage into the last choice's chunk."""
    for line in event.splitlines():
        if line.startswith(b"data:") and b'"prompt_tokens"' in line:
            try:
                chunk = wire.parse(line[5:])
            except wire.Malformed:
                return False
            return bool(chunk.get("usage")) and not chunk.get("choices")
    return False


class Responses:
    name: Final = "responses"
    dialect: Final = Dialect.OPENAI

    def read(self, body: bytes, *, model: str | None, default_output: int) -> Ask:
        document = reading.document(body)
        most = reading.count(document.get("max_output_tokens"), 0)
        size = texts.sized(document)
        return Ask(
            self.name,
            reading.model(document.get("model")),
            document.get("stream") is True,
            body,
            document,
            size.tokens,
            most or default_output,
            is_open=not most,
            pictures=size.pictures,
        )

    def path(self, ask: Ask, model: str) -> str:
        return "/responses"

    def outgoing(self, ask: Ask, model: str) -> bytes:
        return editing.with_model(ask.body, ask.document, model)

    def usage(self, answer: dict[str, Any]) -> Usage | None:
        found = wire.as_object(answer.get("usage"))
        if not found:
            return None
        return counted(
            sent=wire.as_count(found.get("input_tokens")),
            generated=wire.as_count(found.get("output_tokens")),
            cached=wire.as_count(wire.as_object(found.get("input_tokens_details")).get("cached_tokens")),
            reasoning=wire.as_count(
                wire.as_object(found.get("output_tokens_details")).get("reasoning_tokens")
            ),
        )

    def watch(self, ask: Ask) -> Watch:
        return ResponsesWatch(ask, self)


class ResponsesWatch(Watch):
    """The last event holds the whole response, its usage included."""

    marks = (*(f'"{name}"'.encode() for name in _TERMINAL), b'"error"')

    def __init__(self, ask: Ask, operation: Responses) -> None:
        super().__init__(ask)
        self._operation = operation
        self._usage: Usage | None = None

    def _take(self, event: dict[str, Any]) -> None:
        kind = event.get("type")
        if kind in _TERMINAL:
            self.has_ended = True
            self.has_failed = kind == "response.failed"
            self._usage = self._operation.usage(wire.as_object(event.get("response")))
        elif kind == "error":
            self.has_failed = True

    def _told(self) -> Usage | None:
        return self._usage

    def _spoken(self, events: Iterable[Any]) -> Iterable[Any]:
        """What is told piece by piece is told again at the end of each part, of its item, and of the whole."""
        whole = list(events)
        return [event for event in whole if _is_piece(event)] or whole


def _is_piece(event: Any) -> bool:
    return isinstance(event, dict) and str(event.get("type")).endswith(".delta")


class Embeddings:
    name: Final = "embeddings"
    dialect: Final = Dialect.OPENAI

    def read(self, body: bytes, *, model: str | None, default_output: int) -> Ask:
        document = reading.document(body)
        return Ask(
            self.name,
            reading.model(document.get("model")),
            False,
            body,
            document,
            _embedded_tokens(document.get("input")),
            0,
        )

    def path(self, ask: Ask, model: str) -> str:
        return "/embeddings"

    def outgoing(self, ask: Ask, model: str) -> bytes:
        return editing.with_model(ask.body, ask.document, model)

    def usage(self, answer: dict[str, Any]) -> Usage | None:
        found = wire.as_object(answer.get("usage"))
        return Usage(input_tokens=wire.as_count(found.get("prompt_tokens"))) if found else None

    def watch(self, ask: Ask) -> Watch:
        raise NotImplementedError("embeddings have no stream")


def _embedded_tokens(value: object) -> int:
    """A text, several, or their tokens as numbers."""
    if isinstance(value, list) and value and isinstance(value[0], int | list):
        return sum(len(item) if isinstance(item, list) else 1 for item in value)
    return max(1, texts.input_tokens({"": value}))
