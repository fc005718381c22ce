"""Errors as each provider words them, so that its SDKs raise their own exceptions. Pure.

Shapes: https://platform.openai.com/docs/guides/error-codes, https://platform.claude.com/docs/en/api/errors,
https://cloud.google.com/apis/design/errors. Our own code is in each of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from app.gateway.types import Dialect

_OPENAI = {
    400: "invalid_request_error",
    401: "authentication_error",
    402: "insufficient_quota",
    403: "permission_error",
    404: "invalid_request_error",
    409: "conflict_error",
    413: "invalid_request_error",
    429: "rate_limit_error",
}
_ANTHROPIC = {
    400: "invalid_request_error",
    401: "authentication_error",
    402: "billing_error",
    403: "permission_error",
    404: "not_found_error",
    409: "invalid_request_error",
    413: "request_too_large",
    429: "rate_limit_error",
    504: "timeout_error",
}
_GOOGLE = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    402: "RESOURCE_EXHAUSTED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ABORTED",
    413: "INVALID_ARGUMENT",
    429: "RESOURCE_EXHAUSTED",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """`code` is ours; `members` are further facts of the case."""

    status: int
    code: str
    message: str
    request_id: str
    param: str | None = None
    members: Mapping[str, Any] = field(default_factory=dict)


def body(dialect: Dialect, refusal: Refusal) -> bytes:
    return orjson.dumps(_document(dialect, refusal), default=str)


def event(dialect: Dialect, operation: str, refusal: Refusal) -> bytes:
    """The same in the middle of a stream."""
    document = _document(dialect, refusal)
    if operation == "responses":
        document = {
            "type": "error",
            "code": refusal.code,
            "message": refusal.message,
            "param": None,
            "sequence_number": 0,
            **document,
        }
    name = b"event: error\n" if dialect is Dialect.ANTHROPIC or operation == "responses" else b""
    return name + b"data: " + orjson.dumps(document, default=str) + b"\n\n"


def _document(dialect: Dialect, refusal: Refusal) -> dict[str, Any]:
    facts = {**refusal.members, "code": refusal.code, "request_id": refusal.request_id}
    match dialect:
        case Dialect.OPENAI:
            kind = _OPENAI.get(refusal.status, "server_error")
            error = {"message": refusal.message, "type": kind, "param": refusal.param, **facts}
            return {"error": error}
        case Dialect.ANTHROPIC:
            kind = _ANTHROPIC.get(refusal.status, "api_error")
            return {
                "type": "error",
                "error": {"type": kind, "message": refusal.message, **facts},
                "request_id": refusal.request_id,
            }
        case Dialect.GOOGLE:
            return {
                "error": {
                    "code": refusal.status,
                    "message": refusal.message,
                    "status": _GOOGLE.get(refusal.status, "INTERNAL"),
                    "details": [
                        {
                            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                            "reason": refusal.code,
                            "domain": "launchkit",
                            "metadata": {name: str(value) for name, value in facts.items()},
                        }
                    ],
                }
            }
