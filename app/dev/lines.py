"""Lines out of the bytes that a process prints, at most so long."""

from collections.abc import Iterator

# A longer line arrives in pieces: memory stays bounded whatever a process prints.
LONGEST_BYTES = 16 * 1024


class LineSplitter:
    """Feed it chunks; it gives whole lines without their ends."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, chunk: bytes) -> Iterator[str]:
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        for line in lines:
            yield from _pieces(line)
        while len(self._rest) >= LONGEST_BYTES:
            piece, self._rest = self._rest[:LONGEST_BYTES], self._rest[LONGEST_BYTES:]
            yield _text(piece)

    def end(self) -> Iterator[str]:
        """What stands after the last line end, where anything does."""
        rest, self._rest = self._rest, b""
        if rest:
            yield _text(rest)


def _pieces(line: bytes) -> Iterator[str]:
    for start in range(0, max(1, len(line)), LONGEST_BYTES):
        yield _text(line[start : start + LONGEST_BYTES])


def _text(line: bytes) -> str:
    return line.decode("utf-8", "replace").rstrip("\r")
