"""Server-sent events from bytes, however the network cut them.

The format is https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream. Ids and
retry times are not kept: model providers do not resume streams.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

MAX_EVENT_BYTES: Final = 4 * 1024 * 1024
_BOM: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class ServerSentEvent:
    data: str
    event: str = "message"


class EventTooLarge(ValueError):
    """One event outgrew the bound; an upstream must not be able to fill our memory."""


class SseParser:
    def __init__(self, max_event_bytes: int = MAX_EVENT_BYTES) -> None:
        self._max = max_event_bytes
        self._tail = bytearray()
        self._data: list[bytes] = []
        self._data_bytes = 0
        self._event = b""
        self._after_cr = False
        self._first_line = True

    def feed(self, chunk: bytes) -> Iterator[ServerSentEvent]:
        """The events that this chunk completes. An event without its blank line is never dispatched."""
        *lines, tail = self._split(chunk)
        for line in lines:
            self._tail += line
            self._check_size()
            whole = bytes(self._tail)
            self._tail.clear()
            yield from self._line(whole)
        self._tail += tail
        self._check_size()

    def _split(self, chunk: bytes) -> list[bytes]:
        """CR, LF and CRLF all end a line; a CRLF may lie across two chunks."""
        if not chunk:
            return [b""]
        if self._after_cr and chunk.startswith(b"\n"):
            chunk = chunk[1:]
            self._after_cr = False
            if not chunk:
                return [b""]
        self._after_cr = chunk.endswith(b"\r")
        return chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")

    def _check_size(self) -> None:
        if self._data_bytes + len(self._tail) > self._max:
            raise EventTooLarge(f"an event is larger than {self._max} bytes")

    def _line(self, line: bytes) -> Iterator[ServerSentEvent]:
        if self._first_line:
            self._first_line = False
            line = line.removeprefix(_BOM)
        if not line:
            yield from self._dispatch()
            return
        name, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if name == b"data":
            self._data.append(value)
            self._data_bytes += len(value) + 1
        elif name == b"event":
            self._event = value

    def _dispatch(self) -> Iterator[ServerSentEvent]:
        data, event = self._data, self._event
        self._data, self._data_bytes, self._event = [], 0, b""
        if data:
            text = b"\n".join(data).decode("utf-8", "replace")
            yield ServerSentEvent(text, event.decode("utf-8", "replace") or "message")
