"""What one call went through, as it is shown. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson


@dataclass(frozen=True, slots=True)
class TracedStep:
    """`at_ms` is when it ended, counted from when the request was there; `took_ms` since the step before it."""

    name: str
    at_ms: float
    took_ms: float
    target: str | None


@dataclass(frozen=True, slots=True)
class Trace:
    """As far as the call had come when it was written; a call that went on to another model is written again.

    `seq` grows with time within an org. `outcome` is `rejected` where nothing was sent, with `error` saying why.
    `event_id` is of the usage event, `request_id` what the client was told in X-Request-Id.
    """

    seq: int
    request_id: str
    workspace_id: UUID
    api_key_id: UUID
    environment: str
    operation: str
    requested_model: str
    model: str | None
    upstream: str | None
    is_cached: bool
    outcome: str
    status: int | None
    error: str | None
    event_id: str | None
    input_tokens: int | None
    output_tokens: int | None
    cost_usd: str | None
    credits: str | None
    started_at: datetime
    steps: Sequence[TracedStep]


def document(
    facts: Mapping[str, Any], taken: Sequence[tuple[str, float, str | None]], started_at: datetime
) -> bytes:
    """As it is kept. `facts` are the trace's members but `seq` and `steps`."""
    return orjson.dumps({**facts, "started_at": started_at, "steps": taken}, default=str)


def read(seq: int, kept: bytes) -> Trace:
    found = orjson.loads(kept)
    steps, elapsed = [], 0.0
    for name, took, target in found.pop("steps"):
        elapsed += took
        steps.append(TracedStep(name, round(elapsed * 1000, 3), round(took * 1000, 3), target))
    return Trace(
        seq,
        workspace_id=UUID(found.pop("workspace_id")),
        api_key_id=UUID(found.pop("api_key_id")),
        started_at=datetime.fromisoformat(found.pop("started_at")),
        steps=steps,
        **found,
    )
