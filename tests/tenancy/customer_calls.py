"""How to call what is about an org's own customers, on both surfaces."""

from collections.abc import Mapping, Sequence

from app.core.principal import Permission
from tests.tenancy.values import Call, Cursor, Id, Ours, Unique, call

HEADER = {"Idempotency-Key": Unique()}
DETAILS = {"name": "Law Firm", "tier": "gold", "team": "lawyers"}

FIELDS: Mapping[str, Sequence[Call]] = {
    "Query.customers": [
        call(
            Permission.USAGE_READ,
            orgId=Id("org"),
            first=5,
            after=Cursor("customer"),
            filter={"search": "law", "tier": "gold", "team": "lawyers"},
        )
    ],
    "Query.customer": [call(Permission.USAGE_READ, orgId=Id("org"), id=Id("customer"))],
    "Mutation.createCustomer": [
        call(
            Permission.CREDITS_MANAGE,
            input={
                "orgId": Id("org"),
                "externalId": Ours("law-firm-b"),
                "idempotencyKey": Unique(),
                **DETAILS,
            },
        )
    ],
    "Mutation.updateCustomer": [
        call(
            Permission.CREDITS_MANAGE,
            input={"orgId": Id("org"), "id": Id("customer"), "idempotencyKey": Unique(), **DETAILS},
        )
    ],
}

OPERATIONS: Mapping[str, Sequence[Call]] = {
    "GET /v1/customers": [
        call(
            query={
                "search": "law",
                "tier": "gold",
                "team": "lawyers",
                "limit": 5,
                "cursor": Cursor("customer"),
            }
        )
    ],
    "POST /v1/customers": [call(header=HEADER, body={"external_id": Ours("law-firm-b"), **DETAILS})],
    "GET /v1/customers/{id}": [call(path={"id": Id("customer")}), call(path={"id": Ours("law-firm-a")})],
    "PATCH /v1/customers/{id}": [call(path={"id": Id("customer")}, header=HEADER, body=DETAILS)],
}
