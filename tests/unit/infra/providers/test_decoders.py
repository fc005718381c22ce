"""Whatever an upstream sends, a decoder answers with text, a known error, or nothing."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.inference import CompletionRequest, Message
from app.infra.providers import anthropic, gemini, openai
from app.infra.providers.http import Decoder
from app.infra.providers.sse import ServerSentEvent
from app.infra.providers.wire import ErrorEvent, Malformed

REQUEST = CompletionRequest("m", [Message("user", "Hi")])
DECODERS: list[Callable[[CompletionRequest], Decoder]] = [
    openai.ChunkDecoder,
    anthropic.EventDecoder,
    gemini.ChunkDecoder,
]
NAMES = st.sampled_from(
    [
        "candidates",
        "choices",
        "code",
        "content",
        "delta",
        "error",
        "finishReason",
        "finish_reason",
        "message",
        "model",
        "modelVersion",
        "output_tokens",
        "parts",
        "promptFeedback",
        "promptTokenCount",
        "prompt_tokens",
        "refusal",
        "stop_reason",
        "text",
        "thought",
        "type",
        "usage",
        "usageMetadata",
    ]
)
WORDS = st.sampled_from(
    [
        "message_start",
        "content_block_delta",
        "text_delta",
        "message_delta",
        "message_stop",
        "error",
        "STOP",
        "x",
    ]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)
EVENTS = st.one_of(st.dictionaries(NAMES, VALUES, max_size=5), VALUES).map(json.dumps) | st.text(max_size=10)


def take(decoder: Decoder, data: str) -> list[str] | type[Exception]:
    try:
        return list(decoder.take(ServerSentEvent(data)))
    except (Malformed, ErrorEvent) as error:
        return type(error)


@pytest.mark.parametrize("make", DECODERS)
class TestTake:
    @given(events=st.lists(EVENTS, max_size=6))
    def test_no_event_causes_another_error(
        self, make: Callable[[CompletionRequest], Decoder], events: Any
    ) -> None:
        decoder = make(REQUEST)
        for data in events:
            taken = take(decoder, data)
            assert isinstance(taken, type) or all(isinstance(text, str) for text in taken)
        usage = decoder.finished().usage
        assert 0 <= usage.cached_input_tokens + usage.cache_write_tokens <= usage.input_tokens
        assert 0 <= usage.reasoning_tokens <= usage.output_tokens

    def test_nothing_is_not_an_end(self, make: Callable[[CompletionRequest], Decoder]) -> None:
        assert not make(REQUEST).ended


class TestOpenAI:
    @pytest.mark.parametrize(
        ("error", "status"),
        [
            ({"message": "x", "code": "rate_limit_exceeded"}, 429),
            ({"message": "x", "type": "invalid_request_error", "code": None}, 400),
            ({"message": "x", "code": 502}, 502),
            ({"message": "x", "type": "server_error"}, 500),
            ("a word", 500),
        ],
    )
    def test_an_error_in_the_stream_stands_for_a_status(self, error: Any, status: int) -> None:
        with pytest.raises(ErrorEvent) as caught:
            list(openai.ChunkDecoder(REQUEST).take(ServerSentEvent(json.dumps({"error": error}))))
        assert caught.value.status == status

    def test_a_refusal_is_text_and_counts_as_filtered(self) -> None:
        decoder = openai.ChunkDecoder(REQUEST)
        chunk = {"choices": [{"delta": {"refusal": "No."}, "finish_reason": "stop"}]}
        assert list(decoder.take(ServerSentEvent(json.dumps(chunk)))) == ["No."]
        assert decoder.finished().reason == "filtered"


class TestGemini:
    def test_a_blocked_prompt_is_a_filtered_answer(self) -> None:
        decoder = gemini.ChunkDecoder(REQUEST)
        chunk = {"promptFeedback": {"blockReason": "SAFETY"}, "usageMetadata": {"promptTokenCount": 4}}
        assert list(decoder.take(ServerSentEvent(json.dumps(chunk)))) == []
        assert decoder.ended
        assert decoder.finished().reason == "filtered"

    def test_usage_after_the_finish_reason_is_still_read(self) -> None:
        decoder = gemini.ChunkDecoder(REQUEST)
        list(decoder.take(ServerSentEvent('{"candidates": [{"finishReason": "STOP"}]}')))
        list(decoder.take(ServerSentEvent('{"usageMetadata": {"promptTokenCount": 9}}')))
        assert decoder.finished().usage.input_tokens == 9
