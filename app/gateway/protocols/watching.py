"""Looking at a stream as it passes: for its usage, its end and its errors, without reading each event. Pure.

A mark that cannot stand inside a JSON string (its quotes would be escaped) is searched for in the bytes; only the few
events that have one are parsed.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import orjson

from app.core.inference import Usage, UsageSource
from app.gateway import texts
from app.gateway.protocols import reading
from app.gateway.types import Ask

_MOST_KEPT: Final = 256 * 1024
# Pictures come as one event, those of 4K as twenty megabytes.
_LARGEST_EVENT: Final = 32 * 1024 * 1024
_LONGEST_END: Final = len(b"\r\n\r\n") - 1


class EventTooLarge(ValueError):
    """One event outgrew the bound: an upstream must not be able to fill our memory."""


class Watch:
    """One stream. `marks` are what makes an event worth reading; subclasses say in `_take` what it tells."""

    marks: Sequence[bytes] = ()

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._tail = bytearray()
        self._kept: list[bytes] = []
        self._kept_bytes = 0
        self._passed_bytes = 0
        self.has_ended = False
        self.has_failed = False

    def feed(self, chunk: bytes) -> bytes:
        """What goes on to the client: whole events, so that an error can follow them. Raises `EventTooLarge`."""
        whole = self._whole(chunk)
        if len(self._tail) > _LARGEST_EVENT:
            raise EventTooLarge
        if whole:
            self._keep(whole)
            if any(mark in whole for mark in self.marks):
                self._look(whole)
        return self._passed(whole) if whole else b""

    def flush(self) -> bytes:
        """What is left when the stream is over: an event without its blank line counts if it is the end."""
        whole = bytes(self._tail)
        self._tail.clear()
        if not whole:
            return b""
        self._keep(whole)
        self._look(whole)
        return self._passed(whole) if self.has_ended else b""

    def _whole(self, chunk: bytes) -> bytes:
        """The events that end with `chunk`. What waits for its end is neither moved nor searched again: an upstream
        that sends a large event byte by byte would keep us from everything else.
        """
        if not self._tail:
            cut = _end_of_events(chunk, 0)
            self._tail += chunk[cut:]
            return chunk[:cut]
        searched = max(0, len(self._tail) - _LONGEST_END)
        self._tail += chunk
        cut = _end_of_events(self._tail, searched)
        whole = bytes(self._tail[:cut])
        del self._tail[:cut]
        return whole

    def _passed(self, whole: bytes) -> bytes:
        return whole

    def usage(self) -> Usage:
        """The provider's, or of what has passed: `partial` where the provider told a part, else `estimated`."""
        told = self._told()
        if told is not None and not told.total_tokens:
            told = None
        if told is not None and self.has_ended:
            return reading.bounded(told)
        output = self._estimated_output()
        if told is None:
            return Usage(self._ask.input_tokens, output, source=UsageSource.ESTIMATED)
        return reading.bounded(
            Usage(
                told.input_tokens or self._ask.input_tokens,
                max(told.output_tokens, output),
                told.cached_input_tokens,
                told.cache_write_tokens,
                min(told.reasoning_tokens, max(told.output_tokens, output)),
                UsageSource.PARTIAL,
            )
        )

    def _told(self) -> Usage | None:
        raise NotImplementedError

    def _take(self, event: dict[str, Any]) -> None:
        raise NotImplementedError

    def _look(self, whole: bytes) -> None:
        for line in whole.splitlines():
            if line.startswith(b"data:") and any(mark in line for mark in self.marks):
                self._read(line[5:])

    def _read(self, data: bytes) -> None:
        try:
            event = orjson.loads(data)
        except orjson.JSONDecodeError:
            return
        if isinstance(event, dict):
            if event.get("error"):
                self.has_failed = True
            self._take(event)

    def _keep(self, whole: bytes) -> None:
        self._passed_bytes += len(whole)
        if self._kept_bytes < _MOST_KEPT:
            self._kept.append(whole)
            self._kept_bytes += len(whole)

    def _estimated_output(self) -> int:
        """From the words in what was kept; of a longer stream the rest is as wordy."""
        if not self._kept_bytes:
            return 0
        tokens = texts.output_tokens(self._spoken(texts.events(self._kept)))
        return tokens * self._passed_bytes // self._kept_bytes

    def _spoken(self, events: Iterable[Any]) -> Iterable[Any]:
        """Those of `events` in which a model says something for the first time."""
        return events


def _end_of_events(data: bytes | bytearray, start: int) -> int:
    """After the last blank line from `start` on; 0 where there is none."""
    end = data.rfind(b"\n\n", start) + 2
    crlf = data.rfind(b"\r\n\r\n", start) + 4
    end, crlf = (0 if end == 1 else end), (0 if crlf == 3 else crlf)
    return max(end, crlf)
