from collections import deque
from itertools import chain, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.infra.providers.sse import EventTooLarge, ServerSentEvent, SseParser

NEWLINES = st.sampled_from(["\n", "\r\n", "\r"])
LINES = st.one_of(
    st.sampled_from(
        ["", "", "data", "data:", ": comment", "event: ping", "id: 7", "retry: 10", "unknown: x", ":"]
    ),
    st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=12).map(
        "data: {}".format
    ),
    st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=12),
)
STREAMS = st.lists(st.tuples(LINES, NEWLINES), max_size=25).map(
    lambda lines: "".join(line + newline for line, newline in lines).encode()
)


def parse(*chunks: bytes) -> list[ServerSentEvent]:
    parser = SseParser()
    return [event for chunk in chunks for event in parser.feed(chunk)]


def cut(stream: bytes, places: list[int]) -> list[bytes]:
    edges = [0, *sorted(place % (len(stream) + 1) for place in places), len(stream)]
    return [stream[start:end] for start, end in pairwise(edges)]


class TestFeed:
    @given(STREAMS, st.lists(st.integers(0, 400), max_size=12))
    def test_any_cutting_of_the_bytes_gives_the_same_events(self, stream: bytes, places: list[int]) -> None:
        assert parse(*cut(stream, places)) == parse(stream)

    @given(STREAMS)
    def test_byte_by_byte_gives_the_same_events(self, stream: bytes) -> None:
        assert parse(*(bytes([byte]) for byte in stream)) == parse(stream)

    @pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
    def test_all_three_line_ends_are_understood(self, newline: str) -> None:
        stream = f"event: a{newline}data: 1{newline}data:2{newline}{newline}data: 3{newline}{newline}"
        assert parse(stream.encode()) == [ServerSentEvent("1\n2", "a"), ServerSentEvent("3")]

    @pytest.mark.parametrize(
        ("stream", "expected"),
        [
            (b"data: first\n\n:comment\n\ndata: second\n\n", ["first", "second"]),
            (b"data:  two spaces\n\n", [" two spaces"]),
            (b"data\n\ndata\ndata\n\ndata:", ["", "\n"]),
            (b"event: only\n\ndata: x\n\n", ["x"]),
            (b"\xef\xbb\xbfdata: after a byte order mark\n\n", ["after a byte order mark"]),
            ("data: ünï 日本\n\n".encode(), ["ünï 日本"]),
            (b"data: never ended\n", []),
            (b"data: \xff\n\n", ["\ufffd"]),
        ],
    )
    def test_fields_follow_the_specification(self, stream: bytes, expected: list[str]) -> None:
        assert [event.data for event in parse(stream)] == expected

    def test_the_event_name_does_not_outlive_its_event(self) -> None:
        events = parse(b"event: a\ndata: 1\n\ndata: 2\n\n")
        assert [event.event for event in events] == ["a", "message"]

    @pytest.mark.parametrize("size", [1, 7, 5000])
    def test_an_endless_line_is_refused_however_it_arrives(self, size: int) -> None:
        parser = SseParser(max_event_bytes=1000)
        stream = b"data: " + b"x" * 2000
        chunks = (stream[start : start + size] for start in range(0, len(stream), size))
        with pytest.raises(EventTooLarge):
            deque(chain.from_iterable(map(parser.feed, chunks)))

    def test_an_event_of_many_lines_is_bounded_as_a_whole(self) -> None:
        parser = SseParser(max_event_bytes=1000)
        with pytest.raises(EventTooLarge):
            list(parser.feed(b"data: 0123456789\n" * 200))

    def test_events_before_one_that_is_too_large_are_delivered(self) -> None:
        events = SseParser(max_event_bytes=100).feed(b"data: ok\n\ndata: " + b"x" * 200)
        assert next(events).data == "ok"
        with pytest.raises(EventTooLarge):
            next(events)
