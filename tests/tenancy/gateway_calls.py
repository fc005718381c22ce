"""Upstreams, routing policies, traces and savings: how to call what is about them, and who may."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import redis.asyncio as redis

from app.core import ids
from app.core.clock import utcnow
from app.core.principal import Permission
from app.gateway.tracing import trace
from app.infra import db
from app.infra.recent import Recent
from tests.factories.orgs import Tenant
from tests.tenancy.values import Call, Cursor, Id, Made, Ours, Unique, call

_MANAGE = Permission.GATEWAY_MANAGE
_HEADER = {"Idempotency-Key": Unique()}
_RANGE: Any = {"from": "2026-11-20T00:00:00Z", "to": "2026-11-21T00:00:00Z"}


async def _traced(world: Any, _asker: object) -> str:
    """A call of the asker's own org, of which there is a trace; its request's id."""
    facts = {
        "request_id": f"req-{ids.uuid7()}",
        "workspace_id": world.acme.live.id,
        "api_key_id": world.acme.key.id,
        "environment": "live",
        "operation": "chat",
        "requested_model": "auto",
        "model": None,
        "upstream": None,
        "is_cached": False,
        "outcome": "rejected",
        "status": None,
        "error": "rate_limited",
        "event_id": None,
        "input_tokens": None,
        "output_tokens": None,
        "cost_usd": None,
        "credits": None,
    }
    document = trace.document(facts, [("authenticated", 0.001, None)], utcnow())
    async with redis.Redis.from_url(world.settings.require_redis_url()) as client:
        recent = Recent(client, "gateway:traces", kept=10, seconds=60)
        await recent.append([(world.acme.org_id, document)])
    return str(facts["request_id"])


FIELDS: Mapping[str, Sequence[Call]] = {
    "Query.upstreams": [call(_MANAGE, orgId=Id("org"), first=5, after=Cursor("ups"))],
    "Query.upstream": [call(_MANAGE, orgId=Id("org"), id=Id("ups"))],
    "Mutation.setUpstream": [
        call(
            _MANAGE,
            input={
                "orgId": Id("org"),
                "name": "ollama",
                "protocol": "OPENAI",
                "baseUrl": "https://93.184.215.14/v1",
                "apiKey": "sk-of-the-upstream",
                "provider": "ollama",
                "idempotencyKey": Unique(),
            },
        )
    ],
    "Mutation.removeUpstream": [
        call(_MANAGE, input={"orgId": Id("org"), "id": Id("ups"), "idempotencyKey": Unique()})
    ],
    "Query.routingPolicies": [call(_MANAGE, orgId=Id("org"))],
    "Mutation.setRoutingPolicy": [
        call(
            _MANAGE,
            input={
                "orgId": Id("org"),
                "model": "auto",
                "strategy": "CHEAPEST",
                "targets": [
                    {
                        "model": "gpt-4o",
                        "weight": 2,
                        "capabilities": ["TOOLS"],
                        "context": 128_000,
                        "maxOutput": 9,
                    },
                ],
                "baseline": "gpt-4o",
                "cacheSeconds": 60,
                "cachedPercent": 10,
                "whenClientLeaves": "CANCEL",
                "idempotencyKey": Unique(),
            },
        )
    ],
    "Mutation.removeRoutingPolicy": [
        call(_MANAGE, input={"orgId": Id("org"), "id": Id("pol"), "idempotencyKey": Unique()})
    ],
    "Query.gatewayTrace": [call(Permission.USAGE_READ, orgId=Id("org"), requestId=Made(_traced))],
    "Query.gatewaySavings": [call(Permission.USAGE_READ, orgId=Id("org"), **_RANGE)],
    "Subscription.gatewayTrace": [
        call(Permission.USAGE_READ, orgId=Id("org"), requestId=Made(_traced), after="0"),
    ],
}

# There is no provider in this world: it ends where one would be asked.
_NOWHERE = dict.fromkeys(("key with every scope", f"key {Permission.GATEWAY_USE}"), "model_not_found")
_FOR = {
    "X-LK-Customer-Id": Ours("law-firm-a"),
    "X-LK-User-Id": Ours("u1"),
    "X-LK-Feature-Id": Ours("research"),
    "X-LK-Cache": "on",
}
_MODEL = {"model": "claude-x"}


def _providers() -> Mapping[str, Sequence[Call]]:
    chat = {"model": "gpt-4o", "stream": False}
    bodies: Mapping[str, dict[str, Any]] = {
        "POST /v1/chat/completions": {**chat, "max_tokens": 5, "max_completion_tokens": 5},
        "POST /v1/responses": {**chat, "max_output_tokens": 5},
        "POST /v1/embeddings": {"model": "text-embedding-3-small"},
        "POST /v1/messages": {**_MODEL, "stream": False, "max_tokens": 5},
    }
    google = {
        f"POST /{version}/models/{{model}}:{verb}": [
            call(path=_MODEL, header=_FOR, body={}, unless=_NOWHERE),
        ]
        for version in ("v1", "v1beta")
        for verb in ("generateContent", "streamGenerateContent", "embedContent", "batchEmbedContents")
    }
    return {
        **{name: [call(header=_FOR, body=body, unless=_NOWHERE)] for name, body in bodies.items()},
        "POST /v1/messages/count_tokens": [call(body=_MODEL, unless=_NOWHERE)],
        **google,
        **{
            name: made
            for version in ("v1", "v1beta")
            for name, made in {
                f"POST /{version}/models/{{model}}:countTokens": [
                    call(path=_MODEL, body={}, unless=_NOWHERE)
                ],
                f"GET /{version}/models": [call(unless=_NOWHERE)],
                f"GET /{version}/models/{{id}}": [call(path={"id": Ours("gpt-4o")}, unless=_NOWHERE)],
            }.items()
        },
    }


OPERATIONS: Mapping[str, Sequence[Call]] = {
    **_providers(),
    "POST /v1/gateway/policies": [
        call(
            header=_HEADER,
            body={
                "model": "auto",
                "strategy": "weighted",
                "targets": [
                    {
                        "model": "gpt-4o",
                        "weight": 2,
                        "capabilities": ["tools"],
                        "context": 128_000,
                        "max_output": 9,
                    }
                ],
                "baseline": "gpt-4o",
                "cache_seconds": 60,
                "cached_percent": 10,
                "when_client_leaves": "cancel",
            },
        )
    ],
    "GET /v1/gateway/policies": [call()],
    "DELETE /v1/gateway/policies/{id}": [call(path={"id": Id("pol")}, header=_HEADER)],
    "GET /v1/gateway/trace/{request_id}": [call(path={"request_id": Made(_traced)})],
    "GET /v1/gateway/savings": [call(query=_RANGE)],
}


async def make(tenant: Tenant) -> Mapping[str, UUID]:
    """A policy, and what it has saved."""
    row = ids.uuid7()
    await db.execute(
        "INSERT INTO gateway_policy (id, org_id, model, strategy, targets, baseline, cached_percent, created_at, "
        "updated_at) VALUES ($1, $2, 'fast', 'fixed', $3::jsonb, 'gpt-4o', 0, now(), now())",
        *(row, tenant.org_id),
        '[{"model": "gpt-4o-mini", "weight": 1, "capabilities": null, "context": null}]',
    )
    await db.execute(
        "INSERT INTO gateway_savings_hour (id, org_id, hour, workspace_id, requested_model, model, kind, calls, "
        "unpriced, asked_usd, cost_usd, asked_credits, credits) "
        "VALUES ($1, $2, '2026-11-20T10:00:00Z', $3, 'fast', 'gpt-4o-mini', 'routing', 1, 0, 2, 1, 2, 1)",
        *(ids.uuid7(), tenant.org_id, tenant.live.id),
    )
    return {"pol": row}
