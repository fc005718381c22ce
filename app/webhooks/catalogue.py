"""The types of event that endpoints may ask for. A name once told is never reused; a field only ever joins."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

_PATTERN = re.compile(r"[a-z_]+\.[a-z_]+|[a-z_]+\.\*|\*")


@dataclass(frozen=True, slots=True)
class EventType:
    """`example` is what `data` holds."""

    name: str
    description: str
    example: Mapping[str, Any]
    version: int = 1


TEST = EventType(
    "webhook.test",
    "Sent on demand, to try an endpoint; nobody needs to ask for it.",
    {"message": "It works."},
)

_JOB = {
    "job_id": "job_01kb4z5c9nfy8vx8k5m3t2r1qa",
    "kind": "summarize",
    "status": "SUCCEEDED",
    "attempt": 1,
    "input_tokens": 1000,
    "output_tokens": 500,
    "credits": "1.5",
    "cost_usd": "0.0004",
    "error": None,
    "customer_id": "law-firm-a",
    "retry_of": None,
    "created_at": "2026-11-20T10:00:00+00:00",
    "finished_at": "2026-11-20T10:00:04+00:00",
}
_LOST = {"code": "worker_lost", "message": "The worker that ran the job was lost."}
_TOP_UP = {
    "id": "top_01kb4z5c9nfy8vx8k5m3t2r1qa",
    "wallet_id": "wal_01kb4z5c9nfy8vx8k5m3t2r1qa",
    "amount": "1000",
    "charged_minor": 2000,
    "currency": "USD",
    "failure": None,
}

ALL = (
    EventType(
        "api_key.revoked",
        "An API key was ended.",
        {
            "api_key_id": "key_01kb4z5c9nfy8vx8k5m3t2r1qa",
            "public_id": "6rzc6wkp4t0jb2xq",
            "name": "Production",
        },
    ),
    EventType("job.cancelled", "A job was stopped by somebody's wish.", {**_JOB, "status": "CANCELLED"}),
    EventType(
        "job.expired",
        "A job was not begun in its time.",
        {**_JOB, "status": "EXPIRED", "attempt": 0, "input_tokens": 0, "output_tokens": 0, "credits": "0"},
    ),
    EventType("job.failed", "A job was given up.", {**_JOB, "status": "FAILED", "error": _LOST}),
    EventType("job.succeeded", "A job is done, and its result there.", _JOB),
    EventType(
        "member.invited",
        "Somebody was asked into the org.",
        {"invitation_id": "inv_01kb4z5c9nfy8vx8k5m3t2r1qa", "role": "MEMBER"},
    ),
    EventType(
        "top_up.failed",
        "A wallet was not topped up: the payment did not come.",
        {**_TOP_UP, "failure": "card_declined"},
    ),
    EventType("top_up.succeeded", "A wallet was topped up by itself, and paid for.", _TOP_UP),
    EventType(
        "usage.updated",
        "Usage has reached 50, 80 or 100 percent of a limit: of the plan, a budget or an entitlement.",
        {
            "scope": {"kind": "plan", "plan": "FREE"},
            "unit": "tokens",
            "limit": "50000",
            "used": "40120",
            "percent": 80,
            "period": {"from": "2026-11-01T00:00:00+00:00", "to": "2026-12-01T00:00:00+00:00"},
        },
    ),
    EventType(
        "webhook_endpoint.disabled",
        "An endpoint was switched off because it failed for days, or said that it is gone.",
        {"endpoint_id": "whe_01kb4z5c9nfy8vx8k5m3t2r1qa", "reason": "failing"},
    ),
    TEST,
)
BY_NAME: Mapping[str, EventType] = MappingProxyType({one.name: one for one in ALL})


def is_pattern(text: str) -> bool:
    """Whether it is `*`, an area with `.*`, or a name, that anything in the catalogue matches."""
    if _PATTERN.fullmatch(text) is None:
        return False
    return (
        text == "*"
        or text in BY_NAME
        or any(name.startswith(text[:-1]) for name in BY_NAME if text.endswith(".*"))
    )


def patterns_of(name: str) -> tuple[str, ...]:
    """What an endpoint may have asked for to be told of `name`."""
    return (name, f"{name.partition('.')[0]}.*", "*")
