"""Anthropic's Messages API: https://platform.claude.com/docs/en/api/messages and `/build-with-claude/streaming`."""

from typing import Any, Final

from app.core.inference import Usage
from app.gateway import editing, texts
from app.gateway.protocols import reading
from app.gateway.protocols.watching import Watch
from app.gateway.types import Ask, Dialect
from app.infra.providers import wire
from app.infra.providers.anthropic import read_usage


class Messages:
    name: Final = "messages"
    dialect: Final = Dialect.ANTHROPIC

    def read(self, body: bytes, *, model: str | None, default_output: int) -> Ask:
        document = reading.document(body)
        most = reading.count(document.get("max_tokens"), 0)
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
        return "/v1/messages"

    def outgoing(self, ask: Ask, model: str) -> bytes:
        return editing.with_model(ask.body, ask.document, model)

    def usage(self, answer: dict[str, Any]) -> Usage | None:
        found = wire.as_object(answer.get("usage"))
        return read_usage(found) if found else None

    def watch(self, ask: Ask) -> Watch:
        return MessagesWatch(ask)


class MessagesWatch(Watch):
    """message_start tells the input, message_delta the output so far, message_stop is the end."""

    marks = (b'"message_start"', b'"message_delta"', b'"message_stop"', b'"error"')

    def __init__(self, ask: Ask) -> None:
        super().__init__(ask)
        self._counts: wire.Json = {}

    def _take(self, event: dict[str, Any]) -> None:
        match event.get("type"):
            case "message_start":
                self._merge(wire.as_object(event.get("message")))
            case "message_delta":
                self._merge(event)
            case "message_stop":
                self.has_ended = True
            case "error":
                self.has_failed = True

    def _merge(self, holder: wire.Json) -> None:
        """Counts are cumulative: the newest of each stands, and a later event may leave some out."""
        found = wire.as_object(holder.get("usage"))
        self._counts |= {name: count for name, count in found.items() if count is not None}

    def _told(self) -> Usage | None:
        return read_usage(self._counts) if self._counts else None


class CountTokens:
    """Costs nothing: it is passed on, and not metered."""

    name: Final = "count_tokens"
    dialect: Final = Dialect.ANTHROPIC
    path: Final = "/v1/messages/count_tokens"
