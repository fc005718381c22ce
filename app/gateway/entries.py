"""Calls as the functions of the database take them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.core import ids
from app.core.ids import ApiKeyId, CallId, OrgId, WorkspaceId
from app.core.inference import Usage
from app.core.principal import Environment
from app.gateway.savings import figures
from app.gateway.types import Attribution, Metered, Plan, Rules, Target
from app.ingestion.preparing import latency_bucket
from app.limits.reservations import Reservation
from app.metering import types as metering
from app.metering.types import EventType
from app.pricing.rating import OrgPrices


@dataclass(frozen=True, slots=True)
class Call:
    """What is known of a call before it is sent. Token counts are estimates."""

    id: CallId
    org_id: OrgId
    workspace_id: WorkspaceId
    api_key_id: ApiKeyId
    environment: Environment
    request_id: str
    operation: str
    attribution: Attribution
    target: Target
    input_tokens: int
    output_tokens: int
    created_at: datetime
    requested_model: str = ""
    # Of its price, that an answer burns that was kept; None where an upstream is asked.
    kept_percent: int | None = None
    # Of the key's tokens a minute; None where they are not limited.
    reserved: Reservation | None = None


def metered(target_provider: str, model: str, usage: Usage) -> metering.Metered:
    return metering.Metered(EventType.TOKEN_USAGE, target_provider, model, usage)


def opening(call: Call, held: Decimal | None, rules: Rules) -> Mapping[str, Any]:
    """`held` are credits; None where nobody knows."""
    deadline = call.created_at + rules.lease
    return {
        "id": call.id,
        "org": call.org_id,
        "workspace": call.workspace_id,
        "key": call.api_key_id,
        "environment": call.environment,
        "request": call.request_id,
        "operation": call.operation,
        "upstream": call.target.upstream.name,
        "provider": call.target.upstream.provider,
        "model": call.target.model,
        "customer": call.attribution.customer,
        "user_ref": call.attribution.user,
        "feature": call.attribution.feature,
        "hold": call.id,
        "credits": held,
        "input": call.input_tokens,
        "output": call.output_tokens,
        "at": call.created_at,
        "deadline": deadline,
        "lease": deadline + rules.grace,
    }


def closing(
    call: Call,
    result: Metered,
    prices: OrgPrices,
    *,
    tier: str | None,
    now: datetime,
    plan: Plan | None = None,
) -> Mapping[str, Any]:
    """Rated at the moment at which the call began: so was what is held for it."""
    upstream = call.target.upstream
    base = {
        "id": call.id,
        "org": call.org_id,
        "at": now,
        "outcome": result.outcome.value,
        "status": result.status,
        "upstream": upstream.name,
        "provider": upstream.provider,
        "model": call.target.model,
    }
    usage = result.usage
    if usage is None:
        return base
    tariff: dict[str, Any] = {"at": call.created_at, "customer": call.attribution.customer, "tier": tier}
    rating = prices.rate(metered(upstream.provider, call.target.model, usage), **tariff)
    is_kept = call.kept_percent is not None
    if call.kept_percent is not None:
        rating = figures.discounted(rating, call.kept_percent)
    saving = None if plan is None else figures.of(plan, usage, rating, prices, is_kept=is_kept, tariff=tariff)
    latency = result.latency_ms
    return base | {
        "event": ids.uuid7(),
        "event_id": event_id(call.id),
        "tx": ids.uuid7(),
        "source": usage.source.value,
        "input": usage.input_tokens,
        "output": usage.output_tokens,
        "cached": usage.cached_input_tokens,
        "written": usage.cache_write_tokens,
        "reasoning": usage.reasoning_tokens,
        "cost": rating.cost_usd,
        "credits": rating.credits,
        "revenue": rating.revenue_usd,
        "cost_ref": rating.cost_ref,
        "burn_ref": rating.burn_ref,
        "latency": latency,
        "bucket": None if latency is None else latency_bucket(latency),
        "properties": {
            "request_id": call.request_id,
            "operation": call.operation,
            "upstream": upstream.name,
            "outcome": result.outcome.value,
            "attempts": result.attempts,
            **_told(call, saving),
        },
        **({} if saving is None else {"saving": {**saving, "asked": call.requested_model}}),
    }


def _told(call: Call, saving: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """What the event says of it; `saved_usd` may be below nothing."""
    if saving is None:
        return {}
    if "asked_usd" not in saving:
        return {"requested_model": call.requested_model}
    saved = saving["asked_usd"] - saving["cost_usd"]
    return {"requested_model": call.requested_model, "saved_usd": format(saved, "f")}


def event_id(call_id: UUID) -> str:
    """Of the call's usage event: made before the call, so that whoever records it records the same."""
    return ids.encode("call", call_id)
