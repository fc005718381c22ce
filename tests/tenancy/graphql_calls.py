"""How to call each field of the GraphQL schema, and who may. See the README for what to add."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from app.analytics import cursors
from app.analytics.cursors import Position
from app.core.clock import utcnow
from app.core.principal import Permission
from tests.factories.jobs import TEXT
from tests.factories.orgs import NOW
from tests.tenancy import (
    account_calls,
    credit_calls,
    customer_calls,
    entitlement_calls,
    gateway_calls,
    key_calls,
    org_calls,
    price_calls,
    webhook_calls,
)
from tests.tenancy.values import SIGNED_IN, Call, Cursor, Id, Ours, Unique, call

DAY = {"from": "2026-11-20T00:00:00Z", "to": "2026-11-21T00:00:00Z"}

# Of events of one moment, before all that are there.
EVENT_CURSOR = cursors.encode(Position(NOW + timedelta(days=1), UUID(int=0)))

FIELDS: Mapping[str, Sequence[Call]] = {
    **account_calls.FIELDS,
    **credit_calls.FIELDS,
    **customer_calls.FIELDS,
    **webhook_calls.FIELDS,
    **entitlement_calls.FIELDS,
    **gateway_calls.FIELDS,
    **key_calls.FIELDS,
    **org_calls.FIELDS,
    **price_calls.FIELDS,
    "Query.me": [call(SIGNED_IN)],
    "Query.org": [call(Permission.ORG_READ, id=Id("org"))],
    "Query.orgs": [call(SIGNED_IN)],
    "Query.job": [call(Permission.JOBS_READ, id=Id("job"))],
    "Query.jobs": [
        call(
            Permission.JOBS_READ,
            orgId=Id("org"),
            first=5,
            after=Cursor("job"),
            status="QUEUED",
            kind="summarize",
            customerId=Ours("law-firm-a"),
        ),
    ],
    "Query.deadLetters": [
        call(Permission.JOBS_READ, orgId=Id("org"), first=5, after=Cursor("job"), kind="summarize"),
    ],
    "Query.jobItems": [call(Permission.JOBS_READ, id=Id("failed_job"), first=5, after=Cursor("job"))],
    "Query.bill": [call(Permission.USAGE_READ, orgId=Id("org"), month="2026-10")],
    "Query.usage": [
        call(
            Permission.USAGE_READ,
            orgId=Id("org"),
            range=DAY,
            granularity="HOUR",
            groupBy=["KEY", "WORKSPACE", "CUSTOMER"],
            filter={
                "model": "gpt-4o-mini",
                "provider": "openai",
                "customerId": Ours("law-firm-a"),
                "featureId": Ours("research"),
                "userId": Ours("u1"),
                "keyIds": [Id("key")],
                "workspaceIds": [Id("ws")],
            },
            top={"count": 3, "by": "TOKENS"},
            fill=True,
        ),
        call(
            Permission.USAGE_READ,
            orgId=Id("org"),
            range=DAY,
            granularity="DAY",
            groupBy=["MODEL"],
            top={"count": 3, "by": "COST"},
            fill=False,
            filter={
                "models": ["gpt-4o-mini"],
                "providers": ["openai"],
                "customerIds": [Ours("law-firm-a")],
                "featureIds": [Ours("research")],
                "userIds": [Ours("u1")],
            },
        ),
    ],
    "Query.usageEvents": [
        call(
            Permission.USAGE_READ,
            orgId=Id("org"),
            first=5,
            after=EVENT_CURSOR,
            filter={
                "from": DAY["from"],
                "to": DAY["to"],
                "customerIds": [Ours("law-firm-a")],
                "models": ["gpt-4o-mini"],
                "featureIds": [Ours("research")],
                "eventIds": [Ours("e1")],
                "isUnrated": False,
            },
        )
    ],
    "Query.auditLog": [
        call(
            Permission.AUDIT_READ,
            orgId=Id("org"),
            first=5,
            after=Cursor("audit"),
            action=None,
            filter={
                "principalId": Id("user"),
                "action": "org.created",
                "targetType": "org",
                "targetId": Id("org"),
                "from": DAY["from"],
                "to": DAY["to"],
            },
        )
    ],
    "Query.rateLimit": [call(SIGNED_IN)],
    "Query.node": [
        call(Permission.JOBS_READ, id=Id("job")),
        call(Permission.ORG_READ, id=Id("org")),
        call(Permission.ORG_READ, id=Id("ws")),
        call(Permission.KEYS_READ, id=Id("key")),
        call(Permission.MEMBERS_READ, id=Id("invitation")),
        call(Permission.USAGE_READ, id=Id("customer")),
        call(Permission.CREDITS_READ, id=Id("wallet")),
        call(Permission.CREDITS_READ, id=Id("hold")),
        call(Permission.WEBHOOKS_READ, id=Id("whe")),
        call(Permission.WEBHOOKS_READ, id=Id("del")),
    ],
    "Mutation.createJob": [
        call(
            Permission.JOBS_WRITE,
            input={
                "orgId": Id("org"),
                "kind": "summarize",
                "input": {"text": TEXT},
                "customerId": Ours("law-firm-a"),
                "idempotencyKey": Unique(),
                "runAt": utcnow().isoformat(),
                "expiresAt": (utcnow() + timedelta(days=1)).isoformat(),
                "priority": "HIGH",
            },
        )
    ],
    "Mutation.cancelJob": [call(Permission.JOBS_WRITE, input={"id": Id("job"), "idempotencyKey": Unique()})],
    "Mutation.retryJob": [
        call(Permission.JOBS_WRITE, input={"id": Id("failed_job"), "idempotencyKey": Unique()})
    ],
    "Mutation.ingestUsage": [
        call(
            Permission.USAGE_WRITE,
            input={
                "orgId": Id("org"),
                "events": [
                    {
                        "eventId": Ours("call-1"),
                        "eventType": "TOKEN_USAGE",
                        "provider": "openai",
                        "model": "gpt-4o",
                        "inputTokens": 1_000,
                        "outputTokens": 500,
                        "cachedInputTokens": 1,
                        "cacheWriteTokens": 1,
                        "reasoningTokens": 1,
                        "latencyMs": 120,
                        "timestamp": utcnow().isoformat(),
                        "properties": {},
                        "customerId": Ours("law-firm-a"),
                        "userId": Ours("u1"),
                        "featureId": Ours("research"),
                    },
                    {
                        "eventId": Ours("image-1"),
                        "eventType": "IMAGE_GENERATION",
                        "provider": "openai",
                        "model": "dall-e-3",
                        "imageCount": 1,
                        "imageSize": "1024x1024",
                        "quality": "hd",
                    },
                    {
                        "eventId": Ours("page-1"),
                        "eventType": "CUSTOM",
                        "unitType": "pages",
                        "quantity": "2.5",
                        "supersedes": Ours("image-1"),
                    },
                    {
                        "eventId": Ours("correction-1"),
                        "voids": Ours("call-1"),
                    },
                ],
                "backfill": False,
            },
        )
    ],
    "Subscription.jobUpdated": [call(Permission.JOBS_READ, id=Id("job"), after=0)],
    "Subscription.jobsUpdated": [call(Permission.JOBS_READ, orgId=Id("org"), after=0)],
    "Subscription.walletUpdated": [call(Permission.CREDITS_READ, id=Id("wallet"), after=0)],
    "Subscription.usageRecorded": [call(Permission.USAGE_READ, orgId=Id("org"))],
    "Subscription.auditLogged": [call(Permission.AUDIT_READ, orgId=Id("org"), after=0)],
}

# Fields with arguments below the outermost level, called wherever an answer reaches their type.
INNER: Mapping[str, Mapping[str, Any]] = {}

# Object types that `Query.node` cannot find, and why.
_WITHIN = "Read within the org or the job that it belongs to."
NOT_BY_NODE: Mapping[str, str] = {
    "User": _WITHIN,
    "Session": "Read among the sessions of its person.",
    "AuditEntry": "Read from the log of its org.",
    "BurnTable": "Read among the burn tables of its org.",
    "UsageEvent": "Read from the events of its org.",
}
