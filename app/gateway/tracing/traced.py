"""What is kept of a call's way. Pure."""

from collections.abc import Mapping
from typing import Any

from app.core.errors import LaunchKitError
from app.core.principal import Principal
from app.gateway import entries
from app.gateway.entries import Call
from app.gateway.tracing import trace
from app.gateway.types import Ask, Metered, Steps


def of_call(call: Call, result: Metered, closing: Mapping[str, Any], steps: Steps) -> bytes:
    usage = result.usage
    facts = {
        "request_id": call.request_id,
        "workspace_id": call.workspace_id,
        "api_key_id": call.api_key_id,
        "environment": call.environment,
        "operation": call.operation,
        "requested_model": call.requested_model,
        "model": call.target.model,
        "upstream": call.target.upstream.name,
        "is_cached": call.kept_percent is not None,
        "outcome": result.outcome.value,
        "status": result.status,
        "error": None,
        "event_id": None if usage is None else entries.event_id(call.id),
        "input_tokens": None if usage is None else usage.input_tokens,
        "output_tokens": None if usage is None else usage.output_tokens,
        "cost_usd": _text(closing.get("cost")),
        "credits": _text(closing.get("credits")),
    }
    return trace.document(facts, steps.taken, steps.started_at)


def of_refusal(principal: Principal, ask: Ask, request_id: str, error: LaunchKitError, steps: Steps) -> bytes:
    """Of one that was not admitted."""
    whose = {
        "request_id": request_id,
        "workspace_id": principal.workspace_id,
        "api_key_id": principal.id,
        "environment": principal.environment,
        "operation": ask.operation,
        "requested_model": ask.model,
    }
    return _of_refusal(whose, error, steps)


def of_end(call: Call, error: LaunchKitError, steps: Steps) -> bytes:
    """Of one that was not admitted to the next model after `call`, which has a trace of its own."""
    whose = {
        "request_id": call.request_id,
        "workspace_id": call.workspace_id,
        "api_key_id": call.api_key_id,
        "environment": call.environment,
        "operation": call.operation,
        "requested_model": call.requested_model,
    }
    return _of_refusal(whose, error, steps)


def _of_refusal(whose: Mapping[str, Any], error: LaunchKitError, steps: Steps) -> bytes:
    nothing = dict.fromkeys(
        ("model", "upstream", "status", "event_id", "input_tokens", "output_tokens", "cost_usd", "credits")
    )
    facts = {**whose, **nothing, "is_cached": False, "outcome": "rejected", "error": error.code}
    return trace.document(facts, steps.taken, steps.started_at)


def _text(amount: object) -> str | None:
    return None if amount is None else format(amount, "f")
