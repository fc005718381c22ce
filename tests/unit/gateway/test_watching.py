"""Streams are looked at as they pass, however the network cut them."""

import itertools
import time
from collections.abc import Iterator

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.inference import UsageSource
from app.gateway.protocols.anthropic import Messages
from app.gateway.protocols.google import Generate
from app.gateway.protocols.openai import Chat, Responses
from app.gateway.protocols.operation import Operation
from app.gateway.protocols.watching import EventTooLarge, Watch

USAGE = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}


def event(payload: object, *, name: str | None = None, end: str = "\n") -> bytes:
    head = f"event: {name}{end}".encode() if name else b""
    return head + b"data: " + orjson.dumps(payload) + (end * 2).encode()


def word(text: str) -> dict[str, object]:
    return {"choices": [{"index": 0, "delta": {"content": text}}], "usage": None}


WORDS = [event(word(text)) for text in ("One ", 'two "usage":{"prompt_tokens":1} ', "[DONE]")]
USAGE_ALONE = event({"choices": [], "usage": USAGE})
DONE = b"data: [DONE]\n\n"
CHAT = b"".join([*WORDS, USAGE_ALONE, DONE])
MESSAGES = b"".join(
    [
        event({"type": "message_start", "message": {"usage": {"input_tokens": 7, "output_tokens": 1}}}),
        event({"type": "content_block_delta", "delta": {"type": "text_delta", "text": "Hello"}}),
        event({"type": "message_delta", "usage": {"output_tokens": 4}}),
        event({"type": "message_stop"}, name="message_stop"),
    ]
)
RESPONSES = event({"type": "response.output_text.delta", "delta": "Hello"}) + event(
    {"type": "response.completed", "response": {"usage": {"input_tokens": 7, "output_tokens": 4}}}
)
GEMINI = event({"candidates": [{"content": {"parts": [{"text": "Hel"}]}}]}) + event(
    {
        "candidates": [{"content": {"parts": [{"text": "lo"}]}, "finishReason": "STOP"}],
        "usageMetadata": {"promptTokenCount": 7, "candidatesTokenCount": 4},
    }
)


def watch(operation: Operation, **more: object) -> Watch:
    body = orjson.dumps({"model": "m", "stream": True, "messages": [], **more})
    return operation.watch(operation.read(body, model="m", default_output=9))


def passed(one: Watch, pieces: list[bytes]) -> bytes:
    return b"".join([*(one.feed(piece) for piece in pieces), one.flush()])


def pieces_of(stream: bytes, cuts: list[int]) -> Iterator[bytes]:
    places = sorted({cut % len(stream) for cut in cuts} | {0, len(stream)})
    for start, end in itertools.pairwise(places):
        yield stream[start:end]


CUTS = st.lists(st.integers(0, 10_000), max_size=30)


class TestChat:
    @given(CUTS)
    def test_leaves_out_the_usage_that_the_client_did_not_ask_for(self, cuts: list[int]) -> None:
        one = watch(Chat())
        assert passed(one, list(pieces_of(CHAT, cuts))) == b"".join([*WORDS, DONE])
        assert one.has_ended
        assert (one.usage().input_tokens, one.usage().output_tokens) == (10, 5)

    @given(CUTS)
    def test_passes_everything_where_it_asked(self, cuts: list[int]) -> None:
        one = watch(Chat(), stream_options={"include_usage": True})
        assert passed(one, list(pieces_of(CHAT, cuts))) == CHAT
        assert one.usage().source is UsageSource.PROVIDER

    def test_keeps_usage_that_comes_with_the_last_words(self) -> None:
        last = event({**word("end"), "usage": USAGE})
        one = watch(Chat())
        assert passed(one, [last, DONE]) == last + DONE

    def test_has_not_ended_because_a_model_says_so(self) -> None:
        one = watch(Chat())
        passed(one, WORDS)
        assert not one.has_ended
        assert one.usage().source is UsageSource.ESTIMATED
        assert one.usage().output_tokens > 3

    def test_passes_no_half_event_on(self) -> None:
        one = watch(Chat())
        assert passed(one, [WORDS[0], WORDS[1][:20]]) == WORDS[0]

    def test_takes_an_end_without_its_blank_line(self) -> None:
        one = watch(Chat())
        assert passed(one, [WORDS[0], b"data: [DONE]\n"]) == WORDS[0] + b"data: [DONE]\n"
        assert one.has_ended

    def test_of_crlf_is_read_as_well(self) -> None:
        one = watch(Chat())
        stream = event(word("a"), end="\r\n") + event({"choices": [], "usage": USAGE}, end="\r\n")
        assert passed(one, [stream, b"data: [DONE]\r\n\r\n"]).count(b"data:") == 2
        assert one.usage().output_tokens == 5

    def test_fails_where_the_provider_says_so(self) -> None:
        one = watch(Chat())
        passed(one, [event({"error": {"message": "no"}})])
        assert one.has_failed

    def test_fills_no_memory(self) -> None:
        one = watch(Chat())
        with pytest.raises(EventTooLarge):
            one.feed(b"data: " + b"x" * (33 * 1024 * 1024))

    def test_passes_a_large_picture(self) -> None:
        one = watch(Chat())
        picture = event(word("x" * (24 * 1024 * 1024)))
        assert passed(one, [picture[: len(picture) // 2], picture[len(picture) // 2 :]]) == picture

    def test_of_a_long_stream_that_broke_off_is_estimated_by_its_length(self) -> None:
        one = watch(Chat())
        piece = event(word("word " * 20))
        for _ in range(10_000):
            one.feed(piece)
        assert 200_000 < one.usage().output_tokens < 400_000


@pytest.mark.parametrize(
    ("operation", "stream"),
    [
        (Messages(), MESSAGES),
        (Responses(), RESPONSES),
        (Generate("v1", is_stream=True, is_sse=True), GEMINI),
    ],
    ids=["messages", "responses", "gemini"],
)
class TestOthers:
    @given(cuts=CUTS)
    def test_pass_unchanged_and_tell_their_usage(
        self, operation: Operation, stream: bytes, cuts: list[int]
    ) -> None:
        one = watch(operation)
        assert passed(one, list(pieces_of(stream, cuts))) == stream
        assert one.has_ended
        assert (one.usage().input_tokens, one.usage().output_tokens) == (7, 4)

    def test_are_partial_or_estimated_where_they_break_off(self, operation: Operation, stream: bytes) -> None:
        one = watch(operation)
        passed(one, [stream[: stream.index(b"\n\n") + 2]])
        assert not one.has_ended
        assert one.usage().source is not UsageSource.PROVIDER


class TestFeed:
    def test_of_a_large_event_in_small_pieces_takes_no_longer_than_its_length(self) -> None:
        one = watch(Chat())
        one.feed(b"data: " + b"x" * (4 * 1024 * 1024))
        started = time.process_time()
        for _ in range(4_000):
            one.feed(b"x" * 16)
        # Some milliseconds; moving four megabytes each time would be many seconds.
        assert time.process_time() - started < 1

    @given(cuts=CUTS)
    def test_finds_every_end_however_it_is_cut(self, cuts: list[int]) -> None:
        crlf = CHAT.replace(b"\n", b"\r\n")
        one = watch(Chat(), stream_options={"include_usage": True})
        assert passed(one, list(pieces_of(crlf, cuts))) == crlf
        assert one.has_ended


class TestArray:
    def test_of_gemini_is_read_without_events(self) -> None:
        one = watch(Generate("v1", is_stream=True))
        stream = b'[{"candidates":[{"content":{"parts":[{"text":"Hello"}]},"finishReason":"STOP"}],\n'
        stream += b'"usageMetadata": {"promptTokenCount": 7, "candidatesTokenCount": 4}}\n]'
        assert passed(one, [stream[:40], stream[40:]]) == stream
        assert one.has_ended
        assert one.usage().output_tokens == 4


class TestResponses:
    def test_that_break_off_are_counted_by_what_was_said_once(self) -> None:
        text = "one two three four five six seven eight"
        part = {"type": "output_text", "text": text}
        told_again = [
            {"type": "response.output_text.done", "text": text},
            {"type": "response.content_part.done", "part": part},
            {"type": "response.output_item.done", "item": {"type": "message", "content": [part]}},
        ]
        said = event({"type": "response.output_text.delta", "delta": text})
        short, long = watch(Responses()), watch(Responses())
        passed(short, [said])
        passed(long, [said, *map(event, told_again)])
        assert long.usage().output_tokens == short.usage().output_tokens > 5
