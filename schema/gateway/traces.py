"""What calls of the gateway went through."""

from datetime import datetime
from decimal import Decimal

import strawberry

from app.core import ids
from app.gateway.tracing import trace as domain
from schema.core.scalars import BigInt


@strawberry.type(description="One step of a call.")
class GatewayTraceStep:
    name: str = strawberry.field(
        description="`authenticated`, `limited`, `received`, `routed`, `held`, `sent`, `unanswered`, `first_byte`, "
        "`answered`, `priced`, `settled`, `posted` or `cached`."
    )
    at_ms: float = strawberry.field(description="When it ended, in milliseconds since the request began.")
    took_ms: float = strawberry.field(description="Milliseconds since the step before.")
    target: str | None = strawberry.field(description="The upstream and the model that it was about.")


@strawberry.type(description="A call of the gateway, step by step.")
class GatewayTrace:
    seq: BigInt = strawberry.field(description="Grows with time within an org.")
    request_id: str = strawberry.field(description="What the client was told in `X-Request-Id`.")
    workspace_id: strawberry.ID = strawberry.field(description="Whose key it was.")
    api_key_id: strawberry.ID = strawberry.field(description="The key.")
    environment: str = strawberry.field(description="`live` or `test`.")
    operation: str = strawberry.field(description="What was asked for: `chat`, `messages`, …")
    requested_model: str = strawberry.field(description="The model that the client named.")
    model: str | None = strawberry.field(description="The model that was asked last; null where none was.")
    upstream: str | None = strawberry.field(description="Where it was asked.")
    is_cached: bool = strawberry.field(description="Whether an answer that was kept was given.")
    outcome: str = strawberry.field(
        description="`ok`, `refused`, `not_sent`, `no_answer`, `truncated`, `client_left`, or `rejected` by LaunchKit."
    )
    status: int | None = strawberry.field(description="What the upstream answered with.")
    error: str | None = strawberry.field(description="Why it was rejected.")
    event_id: str | None = strawberry.field(description="Of its usage event; null where nothing is metered.")
    input_tokens: BigInt | None = strawberry.field(description="As metered.")
    output_tokens: BigInt | None = strawberry.field(description="As metered.")
    cost_usd: Decimal | None = strawberry.field(description="What the provider takes; null where not known.")
    credits: Decimal | None = strawberry.field(description="What it burned.")
    started_at: datetime = strawberry.field(description="When the request was there.")
    steps: list[GatewayTraceStep] = strawberry.field(description="In their order.")

    @classmethod
    def of(cls, found: domain.Trace) -> "GatewayTrace":
        return cls(
            seq=BigInt(found.seq),
            request_id=found.request_id,
            workspace_id=strawberry.ID(ids.encode("ws", found.workspace_id)),
            api_key_id=strawberry.ID(ids.encode("key", found.api_key_id)),
            environment=found.environment,
            operation=found.operation,
            requested_model=found.requested_model,
            model=found.model,
            upstream=found.upstream,
            is_cached=found.is_cached,
            outcome=found.outcome,
            status=found.status,
            error=found.error,
            event_id=found.event_id,
            input_tokens=None if found.input_tokens is None else BigInt(found.input_tokens),
            output_tokens=None if found.output_tokens is None else BigInt(found.output_tokens),
            cost_usd=None if found.cost_usd is None else Decimal(found.cost_usd),
            credits=None if found.credits is None else Decimal(found.credits),
            started_at=found.started_at,
            steps=[
                GatewayTraceStep(name=one.name, at_ms=one.at_ms, took_ms=one.took_ms, target=one.target)
                for one in found.steps
            ],
        )
