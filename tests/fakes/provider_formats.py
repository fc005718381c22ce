"""What the three providers answer, byte for byte in shape: JSON bodies and the frames of their streams.

Written from the public references (OpenAI chat completions, Anthropic Messages, Gemini generateContent). The last
frame of every stream is its end mark, or for Gemini the chunk with the finish reason.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

Dialect = Literal["openai", "anthropic", "google"]
Json = dict[str, Any]


@dataclass(frozen=True)
class FakeUsage:
    """As the fake's model counts: `input` includes cached and written tokens, `output` includes reasoning."""

    input: int
    output: int
    cached: int = 0
    written: int = 0
    reasoning: int = 0


@dataclass(frozen=True)
class Answer:
    model: str
    pieces: Sequence[str]
    usage: FakeUsage
    finish: Literal["stop", "length", "filtered"] = "stop"

    @property
    def text(self) -> str:
        return "".join(self.pieces)


def frame(payload: Json, event: str | None = None, newline: str = "\n") -> bytes:
    name = f"event: {event}{newline}" if event else ""
    return f"{name}data: {json.dumps(payload, separators=(',', ':'))}{newline}{newline}".encode()


# OpenAI


def openai_usage(usage: FakeUsage) -> Json:
    return {
        "prompt_tokens": usage.input,
        "completion_tokens": usage.output,
        "total_tokens": usage.input + usage.output,
        "prompt_tokens_details": {"cached_tokens": usage.cached, "cache_write_tokens": usage.written},
        "completion_tokens_details": {"reasoning_tokens": usage.reasoning},
    }


def _openai_finish(answer: Answer) -> str:
    return "content_filter" if answer.finish == "filtered" else answer.finish


def openai_json(answer: Answer) -> Json:
    message = {"role": "assistant", "content": answer.text, "refusal": None}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": _openai_finish(answer)}
    return {
        "id": "chatcmpl-fake",
        "object": "chat.completion",
        "created": 1_700_000_000,
        "model": answer.model,
        "choices": [choice],
        "usage": openai_usage(answer.usage),
    }


def openai_frames(answer: Answer, *, include_usage: bool) -> list[bytes]:
    def chunk(choices: list[Json], usage: Json | None = None) -> bytes:
        body: Json = {
            "id": "chatcmpl-fake",
            "object": "chat.completion.chunk",
            "created": 1_700_000_000,
            "model": answer.model,
            "choices": choices,
        }
        return frame({**body, "usage": usage} if include_usage else body)

    def choice(delta: Json, finish: str | None = None) -> Json:
        return {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}

    return [
        chunk([choice({"role": "assistant", "content": "", "refusal": None})]),
        *(chunk([choice({"content": piece})]) for piece in answer.pieces),
        chunk([choice({}, _openai_finish(answer))]),
        *([chunk([], openai_usage(answer.usage))] if include_usage else []),
        b"data: [DONE]\n\n",
    ]


# Anthropic


def anthropic_usage(usage: FakeUsage, *, output: int | None = None) -> Json:
    """Cache reads and writes are counted beside `input_tokens`; `output` is for what is so far generated."""
    reasoning = usage.reasoning if output is None else 0
    return {
        "input_tokens": usage.input - usage.cached - usage.written,
        "cache_creation_input_tokens": usage.written,
        "cache_read_input_tokens": usage.cached,
        "output_tokens": usage.output if output is None else output,
        "output_tokens_details": {"thinking_tokens": reasoning},
        "service_tier": "standard",
    }


def _anthropic_stop(answer: Answer) -> str:
    return {"stop": "end_turn", "length": "max_tokens", "filtered": "refusal"}[answer.finish]


def anthropic_json(answer: Answer) -> Json:
    return {
        "id": "msg_fake",
        "type": "message",
        "role": "assistant",
        "model": answer.model,
        "content": [{"type": "text", "text": answer.text}],
        "stop_reason": _anthropic_stop(answer),
        "stop_sequence": None,
        "usage": anthropic_usage(answer.usage),
    }


def anthropic_frames(answer: Answer, *, include_usage: bool = True) -> list[bytes]:
    opening = {
        **anthropic_json(answer),
        "content": [],
        "stop_reason": None,
        "usage": anthropic_usage(answer.usage, output=1),
    }
    deltas = [
        _event("content_block_delta", index=0, delta={"type": "text_delta", "text": piece})
        for piece in answer.pieces
    ]
    ending = {"stop_reason": _anthropic_stop(answer), "stop_sequence": None}
    counted = {
        "output_tokens": answer.usage.output,
        "output_tokens_details": {"thinking_tokens": answer.usage.reasoning},
    }
    return [
        _event("message_start", message=opening),
        _event("content_block_start", index=0, content_block={"type": "text", "text": ""}),
        _event("ping"),
        *deltas,
        _event("content_block_stop", index=0),
        _event("message_delta", delta=ending, **({"usage": counted} if include_usage else {})),
        _event("message_stop"),
    ]


def _event(name: str, **fields: Any) -> bytes:
    return frame({"type": name, **fields}, event=name)


# Gemini


def google_usage(usage: FakeUsage) -> Json:
    """Thoughts are counted beside the candidates."""
    return {
        "promptTokenCount": usage.input,
        "candidatesTokenCount": usage.output - usage.reasoning,
        "totalTokenCount": usage.input + usage.output,
        "cachedContentTokenCount": usage.cached,
        "thoughtsTokenCount": usage.reasoning,
    }


def google_json(answer: Answer) -> Json:
    finish = {"stop": "STOP", "length": "MAX_TOKENS", "filtered": "SAFETY"}[answer.finish]
    content = {"role": "model", "parts": [{"text": answer.text}]}
    return {
        "candidates": [{"content": content, "finishReason": finish, "index": 0}],
        "usageMetadata": google_usage(answer.usage),
        "modelVersion": answer.model,
        "responseId": "fake",
    }


def google_frames(answer: Answer, *, include_usage: bool = True) -> list[bytes]:
    whole = google_json(answer)
    begun = {"promptTokenCount": answer.usage.input, "totalTokenCount": answer.usage.input}
    thought = {"role": "model", "parts": [{"text": "Let me think.", "thought": True}]}
    chunks = [{**whole, "candidates": [{"content": thought, "index": 0}], "usageMetadata": begun}]
    for number, piece in enumerate(answer.pieces, start=1):
        candidate: Json = {"content": {"role": "model", "parts": [{"text": piece}]}, "index": 0}
        chunks.append({**whole, "candidates": [candidate], "usageMetadata": begun})
        if number == len(answer.pieces):
            candidate["finishReason"] = whole["candidates"][0]["finishReason"]
            chunks[-1]["usageMetadata"] = whole["usageMetadata"]
    if not include_usage:
        chunks = [{**chunk, "usageMetadata": None} for chunk in chunks]
    return [frame(chunk, newline="\r\n") for chunk in chunks]


# Refusals

_ANTHROPIC_ERRORS = {
    400: "invalid_request_error",
    401: "authentication_error",
    429: "rate_limit_error",
    500: "api_error",
    529: "overloaded_error",
}
_GOOGLE_STATUSES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
}
_OPENAI_CODES = {401: "invalid_api_key", 429: "rate_limit_exceeded"}


def error_json(dialect: Dialect, status: int, message: str) -> Json:
    match dialect:
        case "openai":
            kind = "server_error" if status >= 500 else "invalid_request_error"
            return {
                "error": {
                    "message": message,
                    "type": kind,
                    "param": None,
                    "code": _OPENAI_CODES.get(status),
                }
            }
        case "anthropic":
            kind = _ANTHROPIC_ERRORS.get(status, "api_error")
            return {"type": "error", "error": {"type": kind, "message": message}, "request_id": "req_fake"}
        case "google":
            name = _GOOGLE_STATUSES.get(status, "UNAVAILABLE")
            return {"error": {"code": status, "message": message, "status": name}}


def error_frame(dialect: Dialect, message: str) -> bytes:
    """A failure inside a stream: each provider's sign of being overloaded."""
    payload = error_json(dialect, 529 if dialect == "anthropic" else 503, message)
    return frame(payload, event="error" if dialect == "anthropic" else None)
