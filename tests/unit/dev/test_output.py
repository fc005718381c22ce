"""Lines of many processes in one terminal."""

import io
import threading

from hypothesis import given
from hypothesis import strategies as st

from app.dev.lines import LONGEST_BYTES, LineSplitter
from app.dev.terminal import Terminal, prefixed


def split(*chunks: bytes) -> list[str]:
    lines = LineSplitter()
    return [line for chunk in chunks for line in lines.feed(chunk)] + list(lines.end())


class TestLineSplitter:
    def test_joins_what_arrives_in_pieces(self) -> None:
        assert split(b"one\ntw", b"o\nthr", b"ee") == ["one", "two", "three"]

    def test_keeps_empty_lines_and_drops_carriage_returns(self) -> None:
        assert split(b"one\r\n\ntwo\n") == ["one", "", "two"]

    def test_shows_bytes_that_are_no_text(self) -> None:
        assert split(b"\xff\n") == ["\N{REPLACEMENT CHARACTER}"]

    def test_cuts_a_line_without_end(self) -> None:
        lines = LineSplitter()
        given = list(lines.feed(b"x" * (2 * LONGEST_BYTES + 5)))
        assert [len(line) for line in given] == [LONGEST_BYTES, LONGEST_BYTES]
        assert list(lines.end()) == ["xxxxx"]

    @given(st.lists(st.binary(max_size=50), max_size=20))
    def test_the_chunks_do_not_matter(self, chunks: list[bytes]) -> None:
        assert split(*chunks) == split(b"".join(chunks))


class TestPrefixed:
    def test_aligns_the_names(self) -> None:
        assert prefixed("web", "up", colour=False) == "web       | up"
        assert prefixed("scheduler", "up", colour=False) == "scheduler | up"

    def test_colours_the_name_only(self) -> None:
        assert prefixed("web", "up", colour=True) == "\x1b[36mweb       |\x1b[0m up"


class Blocked(io.StringIO):
    """A terminal on which somebody pressed Ctrl-S."""

    def __init__(self) -> None:
        super().__init__()
        self.goes_on = threading.Event()

    def write(self, text: str) -> int:
        self.goes_on.wait(5)
        return super().write(text)


class TestTerminal:
    def test_writes_in_order(self) -> None:
        stream = io.StringIO()
        terminal = Terminal(stream)
        terminal.line("web", "one")
        terminal.say("two")
        terminal.close()
        assert stream.getvalue() == "web       | one\nlaunchkit | two\n"

    def test_lines_wait_while_it_is_held(self) -> None:
        stream = io.StringIO()
        terminal = Terminal(stream)
        with terminal.held() as console:
            terminal.line("web", "after")
            console.print("before")
        terminal.close()
        assert stream.getvalue() == "before\nweb       | after\n"

    def test_never_blocks_its_caller(self) -> None:
        stream = Blocked()
        terminal = Terminal(stream)
        for number in range(12_000):
            terminal.line("web", str(number))
        stream.goes_on.set()
        terminal.flush(5)
        terminal.close()
        assert "lines were not shown" in stream.getvalue()
        assert "web       | 9000\n" in stream.getvalue()

    def test_survives_a_reader_that_went_away(self) -> None:
        stream = io.StringIO()
        terminal = Terminal(stream)
        stream.close()
        terminal.line("web", "one")
        terminal.close()
