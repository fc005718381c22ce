"""How to call each field of the GraphQL schema, and who may. See the README for what to add."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.core.principal import Permission
from tests.factories.jobs import TEXT
from tests.tenancy import account_calls, entitlement_calls, key_calls, org_calls
from tests.tenancy.values import SIGNED_IN, Call, Cursor, Id, Ours, Unique, call

DAY = {"from": "2026-11-20T00:00:00Z", "to": "2026-11-21T00:00:00Z"}

FIELDS: Mapping[str, Sequence[Call]] = {
    **account_calls.FIELDS,
    **entitlement_calls.FIELDS,
    **key_calls.FIELDS,
    **org_calls.FIELDS,
    "Query.me": [call(SIGNED_IN)],
    "Query.org": [call(Permission.ORG_READ, id=Id("org"))],
    "Query.orgs": [call(SIGNED_IN)],
    "Query.job": [call(Permission.JOBS_READ, id=Id("job"))],
    "Query.jobs": [
        call(Permission.JOBS_READ, orgId=Id("org"), first=5, after=Cursor("job"), status="QUEUED"),
    ],
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
            },
        )
    ],
    "Subscription.jobUpdated": [call(Permission.JOBS_READ, id=Id("job"), after=0)],
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
}
