"""One terminal for many processes: each line under the name of the process it came from.

A thread writes, behind a bounded queue. A terminal that is paused (Ctrl-S) or a reader that went away must not
stop the supervisor: what does not fit is dropped and counted.
"""

import contextlib
import os
import queue
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from rich.console import Console, RenderableType

OWN = "launchkit"

_WIDTH = 9
_CAPACITY = 10_000
_HELD = 2_000
_CLOSE_SECONDS = 1.0
# SGR codes; processes beyond the list share the last one.
_COLOURS = {"web": "36", "worker": "32", "relay": "35", "scheduler": "33", OWN: "1"}
_OTHER_COLOUR = "34"


def prefixed(name: str, line: str, *, colour: bool) -> str:
    label = f"{name:<{_WIDTH}} |"
    if colour:
        label = f"\x1b[{_COLOURS.get(name, _OTHER_COLOUR)}m{label}\x1b[0m"
    return f"{label} {line}"


class Terminal:
    """Takes lines and rich renderables in order; never blocks its caller."""

    def __init__(self, stream: IO[str]) -> None:
        self.console = Console(file=stream, highlight=False, soft_wrap=False)
        self._stream = stream
        self._colour = self.console.is_terminal and not self.console.no_color
        self._queue: queue.Queue[str | threading.Event | None] = queue.Queue(_CAPACITY)
        self._dropped = 0
        self._held: deque[str] | None = None
        self._writer = threading.Thread(target=self._write, name="terminal", daemon=True)
        self._writer.start()

    def line(self, name: str, text: str) -> None:
        """A line of a process. While another holds the terminal it waits, the oldest of too many is lost."""
        line = prefixed(name, text, colour=self._colour) + "\n"
        if self._held is not None:
            self._held.append(line)
        else:
            self._put(line)

    def say(self, text: str) -> None:
        self.line(OWN, text)

    def show(self, renderable: RenderableType) -> None:
        """A rich renderable as a block of its own. Long lines are left to the terminal, so they can be copied."""
        with self.console.capture() as capture:
            self.console.print(renderable, soft_wrap=True)
        self._put(capture.get())

    @contextmanager
    def held(self) -> Iterator[Console]:
        """The console for the block alone; lines of processes follow after it."""
        self._held = deque(maxlen=_HELD)
        self.flush()
        try:
            yield self.console
        finally:
            lines, self._held = self._held, None
            for line in lines:
                self._put(line)

    def flush(self, seconds: float = _CLOSE_SECONDS) -> None:
        """Waits until all is written, but not for a terminal that takes nothing."""
        written = threading.Event()
        with contextlib.suppress(queue.Full):
            self._queue.put_nowait(written)
            written.wait(seconds)

    def close(self) -> None:
        self.flush()
        with contextlib.suppress(queue.Full):
            self._queue.put_nowait(None)
        self._writer.join(_CLOSE_SECONDS)

    def _put(self, text: str) -> None:
        try:
            self._queue.put_nowait(text)
        except queue.Full:
            self._dropped += 1

    def _write(self) -> None:
        while (item := self._queue.get()) is not None:
            if isinstance(item, threading.Event):
                item.set()
                continue
            try:
                self._stream.write(item)
                if dropped := self._dropped:
                    self._dropped = 0
                    self._stream.write(
                        prefixed(OWN, f"{dropped} lines were not shown.\n", colour=self._colour)
                    )
                if self._queue.empty():
                    self._stream.flush()
            except (OSError, ValueError):
                self._discard()

    def _discard(self) -> None:
        """The reader or the terminal went away: the rest goes nowhere, and nothing fails at exit for it."""
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())
