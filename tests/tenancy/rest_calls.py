"""How to call each REST operation; who may is said by the operation itself. See the README for what to add."""

from collections.abc import Mapping, Sequence

from tests.factories.jobs import TEXT
from tests.tenancy import entitlement_calls, key_calls, org_calls
from tests.tenancy.values import Call, Cursor, Id, Ours, Unique, call

DAY = {"from": "2026-11-20T00:00:00Z", "to": "2026-11-21T00:00:00Z"}
JOB_HEADERS = {"Idempotency-Key": Unique(), "X-LK-Customer-Id": Ours("law-firm-a")}
AUDIT_FILTER = {
    "principal": Id("user"),
    "action": "org.created",
    "target_type": "org",
    "target": Id("org"),
    **DAY,
}

OPERATIONS: Mapping[str, Sequence[Call]] = {
    **entitlement_calls.OPERATIONS,
    **key_calls.OPERATIONS,
    **org_calls.OPERATIONS,
    "POST /v1/jobs/summarize": [
        call(header=JOB_HEADERS, body={"text": TEXT, "tone": "brief", "model": "gpt-4o-mini"}),
    ],
    "POST /v1/jobs/embeddings": [
        call(header=JOB_HEADERS, body={"input": [TEXT], "model": "text-embedding-3-small", "dimensions": 16}),
    ],
    "POST /v1/jobs/completion": [
        call(
            header=JOB_HEADERS,
            body={
                "messages": [{"role": "user", "content": TEXT}],
                "model": "gpt-4o-mini",
                "max_tokens": 5,
                "temperature": 0,
            },
        ),
    ],
    "GET /v1/jobs/{id}": [call(path={"id": Id("job")})],
    "GET /v1/jobs": [call(query={"status": "QUEUED", "limit": 5, "cursor": Cursor("job")})],
    "GET /v1/usage": [call(query={**DAY, "granularity": "hour", "group_by": "key,workspace,customer"})],
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
