"""How to call each REST operation; who may is said by the operation itself. See the README for what to add."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from app.core.clock import utcnow
from tests.factories.jobs import TEXT
from tests.tenancy import (
    credit_calls,
    customer_calls,
    entitlement_calls,
    gateway_calls,
    key_calls,
    org_calls,
    price_calls,
    webhook_calls,
)
from tests.tenancy.graphql_calls import EVENT_CURSOR
from tests.tenancy.values import Call, Cursor, Id, Ours, Unique, call

DAY = {"from": "2026-11-20T00:00:00Z", "to": "2026-11-21T00:00:00Z"}
JOB_HEADERS = {"Idempotency-Key": Unique(), "X-LK-Customer-Id": Ours("law-firm-a")}
JOB_SCHEDULE = {
    "run_at": utcnow().isoformat(),
    "expires_at": (utcnow() + timedelta(days=1)).isoformat(),
    "priority": "HIGH",
}
AUDIT_FILTER = {
    "principal": Id("user"),
    "action": "org.created",
    "target_type": "org",
    "target": Id("org"),
    **DAY,
}

USAGE_FILTER = {
    **DAY,
    "customer": Ours("law-firm-a"),
    "model": "gpt-4o-mini",
    "feature": Ours("research"),
    "event_id": Ours("e1"),
    "unrated": "false",
}

OPERATIONS: Mapping[str, Sequence[Call]] = {
    **credit_calls.OPERATIONS,
    **customer_calls.OPERATIONS,
    **entitlement_calls.OPERATIONS,
    **gateway_calls.OPERATIONS,
    **key_calls.OPERATIONS,
    **org_calls.OPERATIONS,
    **price_calls.OPERATIONS,
    "POST /v1/gateway/upstreams": [
        call(
            header={"Idempotency-Key": Unique()},
            body={
                "name": "ollama",
                "protocol": "openai",
                "base_url": "https://93.184.215.14/v1",
                "api_key": "sk-of-the-upstream",
                "provider": "ollama",
            },
        )
    ],
    "GET /v1/gateway/upstreams": [call()],
    "DELETE /v1/gateway/upstreams/{id}": [call(path={"id": Id("ups")}, header={"Idempotency-Key": Unique()})],
    **webhook_calls.OPERATIONS,
    "POST /v1/jobs/summarize": [
        call(
            header=JOB_HEADERS,
            query=JOB_SCHEDULE,
            body={"text": TEXT, "tone": "brief", "model": "gpt-4o-mini"},
        ),
    ],
    "POST /v1/jobs/embeddings": [
        call(
            header=JOB_HEADERS,
            query=JOB_SCHEDULE,
            body={"input": [TEXT], "model": "text-embedding-3-small", "dimensions": 16},
        ),
    ],
    "POST /v1/jobs/batch": [
        call(
            header=JOB_HEADERS,
            query=JOB_SCHEDULE,
            body={
                "kind": "summarize",
                "inputs": [{"text": TEXT, "model": "gpt-4o-mini"}],
                "concurrency": 2,
            },
        ),
    ],
    "POST /v1/jobs/completion": [
        call(
            header=JOB_HEADERS,
            query=JOB_SCHEDULE,
            body={
                "messages": [{"role": "user", "content": TEXT}],
                "model": "gpt-4o-mini",
                "max_tokens": 5,
                "temperature": 0,
            },
        ),
    ],
    "GET /v1/jobs/{id}": [call(path={"id": Id("job")})],
    "GET /v1/jobs": [
        call(
            query={
                "status": "QUEUED",
                "kind": "summarize",
                "customer_id": Ours("law-firm-a"),
                "limit": 5,
                "cursor": Cursor("job"),
            }
        )
    ],
    "GET /v1/dead-letters": [call(query={"kind": "summarize", "limit": 5, "cursor": Cursor("job")})],
    "GET /v1/jobs/{id}/items": [
        call(path={"id": Id("failed_job")}, query={"limit": 5, "cursor": Cursor("job")})
    ],
    "POST /v1/jobs/{id}/cancel": [call(path={"id": Id("job")}, header={"Idempotency-Key": Unique()})],
    "POST /v1/jobs/{id}/retry": [call(path={"id": Id("failed_job")}, header={"Idempotency-Key": Unique()})],
    "GET /v1/jobs/{id}/events": [
        call(path={"id": Id("job")}, query={"after": 0}, header={"Last-Event-ID": "0"}),
    ],
    "POST /v1/events/ingest": [
        call(
            header={"Idempotency-Key": Unique()},
            body={
                "events": [
                    {
                        "event_id": Ours("call-1"),
                        "event_type": "TOKEN_USAGE",
                        "provider": "openai",
                        "model": "gpt-4o",
                        "input_tokens": 1_000,
                        "output_tokens": 500,
                        "cached_input_tokens": 1,
                        "cache_write_tokens": 1,
                        "reasoning_tokens": 1,
                        "latency_ms": 120,
                        "timestamp": utcnow().isoformat(),
                        "properties": {},
                        "customer_id": Ours("law-firm-a"),
                        "user_id": Ours("u1"),
                        "feature_id": Ours("research"),
                    },
                    {
                        "event_id": Ours("image-1"),
                        "event_type": "IMAGE_GENERATION",
                        "provider": "openai",
                        "model": "dall-e-3",
                        "image_count": 1,
                        "image_size": "1024x1024",
                        "quality": "hd",
                    },
                    {
                        "event_id": Ours("page-1"),
                        "event_type": "CUSTOM",
                        "unit_type": "pages",
                        "quantity": 2.5,
                        "supersedes": Ours("image-1"),
                    },
                    {
                        "event_id": Ours("correction-1"),
                        "voids": Ours("call-1"),
                    },
                ],
                "backfill": False,
            },
        ),
        call(
            header={"Idempotency-Key": Unique()},
            body={
                "event_id": Ours("alone"),
                "event_type": "TOKEN_USAGE",
                "provider": "openai",
                "model": "gpt-4o",
                "input_tokens": 1_000,
                "output_tokens": 500,
                "cached_input_tokens": 1,
                "cache_write_tokens": 1,
                "reasoning_tokens": 1,
                "latency_ms": 120,
                "timestamp": utcnow().isoformat(),
                "properties": {},
                "customer_id": Ours("law-firm-a"),
                "user_id": Ours("u1"),
                "feature_id": Ours("research"),
                "image_count": 1,
                "image_size": "1024x1024",
                "quality": "hd",
                "unit_type": "pages",
                "quantity": 2.5,
            },
            left_out="body.voids body.supersedes",
        ),
    ],
    "GET /v1/bill": [call(query={"month": "2026-10"})],
    "GET /v1/usage": [
        call(
            query={
                **DAY,
                "granularity": "hour",
                "group_by": "key,workspace,customer",
                "model": "gpt-4o-mini",
                "provider": "openai",
                "customer": Ours("law-firm-a"),
                "feature": Ours("research"),
                "user": Ours("u1"),
                "key": Id("key"),
                "workspace": Id("ws"),
                "top": 3,
                "top_by": "tokens",
                "fill": "true",
                "compare": "previous",
                "latency": "true",
            }
        )
    ],
    "GET /v1/usage/events": [call(query={**USAGE_FILTER, "limit": 5, "cursor": EVENT_CURSOR})],
    "GET /v1/usage/events.csv": [call(query=USAGE_FILTER)],
    "GET /v1/audit": [call(query={**AUDIT_FILTER, "limit": 5, "cursor": Cursor("audit")})],
    "GET /v1/audit.csv": [call(query=AUDIT_FILTER)],
    "GET /v1/rate-limit": [call()],
}

# Routes that are not in the OpenAPI document, and why nobody's rows can be had there.
APART: Mapping[str, str] = {
    "* /graphql": "Its fields are walked one by one.",
    "POST /v1/jobs/{kind}": "Answers, for a kind that does not exist, with those that do.",
    "GET /v1/openapi.json": "The same for everybody.",
    "GET /docs": "A page.",
    "GET /account/accept-invitation": "A page, the same for everybody.",
    "GET /auth/{provider}/start": "Sends a browser to the provider, whoever asks.",
    "GET /auth/{provider}/callback": "Of the browser that holds the attempt: tests/rest tries it with others'.",
    "GET /account/reset-password": "A page, the same for everybody.",
    "GET /account/verify-email": "A page, the same for everybody.",
    "GET /health": "Says that the process lives.",
    "GET /ready": "Says which servers are reached.",
    "GET /metrics": "Counts without names.",
}
