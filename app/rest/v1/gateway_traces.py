"""`/v1/gateway/trace/{request_id}`: what one call went through."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from aiohttp import web
from pydantic import Field

from app.core import ids
from app.core.principal import Permission, Principal
from app.gateway.tracing import queries
from app.gateway.tracing.trace import Trace
from app.rest.operation import Operation, Parameter
from app.web.body import json_response
from app.web.organisation import sole_org
from app.web.services import SERVICES


@dataclass(frozen=True, slots=True)
class StepView:
    name: Annotated[
        str,
        Field(
            description="`authenticated`, `limited`, `received`, `routed`, `held`, `sent`, `unanswered`, `first_byte`, "
            "`answered`, `priced`, `settled`, `posted` or `cached`"
        ),
    ]
    at_ms: Annotated[float, Field(description="When it ended, in milliseconds since the request began")]
    took_ms: Annotated[float, Field(description="Milliseconds since the step before")]
    target: Annotated[str | None, Field(description="The upstream and the model that it was about")]


@dataclass(frozen=True, slots=True)
class TraceView:
    request_id: str
    workspace_id: str
    api_key_id: str
    environment: str
    operation: str
    requested_model: str
    model: Annotated[str | None, Field(description="The model that was asked last; null where none was")]
    upstream: str | None
    is_cached: bool
    outcome: Annotated[str, Field(description="`rejected` where LaunchKit itself refused; `error` says why")]
    status: Annotated[int | None, Field(description="What the upstream answered with")]
    error: str | None
    event_id: Annotated[str | None, Field(description="Of its usage event; null where nothing is metered")]
    input_tokens: int | None
    output_tokens: int | None
    cost_usd: Annotated[str | None, Field(description="Decimal as text; null where not known")]
    credits: Annotated[str | None, Field(description="Decimal as text")]
    started_at: datetime
    steps: list[StepView]


def view(found: Trace) -> TraceView:
    return TraceView(
        found.request_id,
        ids.encode("ws", found.workspace_id),
        ids.encode("key", found.api_key_id),
        found.environment,
        found.operation,
        found.requested_model,
        found.model,
        found.upstream,
        found.is_cached,
        found.outcome,
        found.status,
        found.error,
        found.event_id,
        found.input_tokens,
        found.output_tokens,
        found.cost_usd,
        found.credits,
        found.started_at,
        [StepView(one.name, one.at_ms, one.took_ms, one.target) for one in found.steps],
    )


async def get(request: web.Request, principal: Principal) -> web.Response:
    log = request.app[SERVICES].trace_feeds.log
    found = await queries.get(principal, sole_org(principal), request.match_info["request_id"], log=log)
    return json_response(view(found))


def operations() -> Sequence[Operation]:
    return [
        Operation(
            "GET",
            "/v1/gateway/trace/{request_id}",
            "get_gateway_trace",
            "What a call of a model went through, step by step. The newest thousand of an org are kept, a day at most.",
            Permission.USAGE_READ,
            get,
            {200: ("The call", TraceView)},
            parameters=[Parameter("request_id", "path", str, "The answer's X-Request-Id", required=True)],
            tag="Gateway",
        )
    ]
