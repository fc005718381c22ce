"""How to call what is about API keys, on both surfaces."""

from collections.abc import Mapping, Sequence

from app.core.principal import Permission
from tests.tenancy.values import Call, Cursor, Id, Unique, call

EXPIRES = "2036-11-20T10:00:00Z"
SCOPES = [Permission.KEYS_MANAGE.value]
MODELS = ["gpt-4o-mini"]
HEADER = {"Idempotency-Key": Unique()}

FIELDS: Mapping[str, Sequence[Call]] = {
    "Query.apiKey": [call(Permission.KEYS_READ, id=Id("key"))],
    "Query.apiKeys": [
        call(
            Permission.KEYS_READ,
            orgId=Id("org"),
            first=5,
            after=Cursor("key"),
            workspaceId=Id("ws"),
            includeRevoked=True,
        )
    ],
    "Mutation.createApiKey": [
        call(
            Permission.KEYS_MANAGE,
            input={
                "orgId": Id("org"),
                "workspaceId": Id("ws"),
                "name": "new",
                "scopes": SCOPES,
                "expiresAt": EXPIRES,
                "allowedModels": MODELS,
                "tokensPerMinute": 1000,
                "idempotencyKey": Unique(),
            },
        )
    ],
    "Mutation.rotateApiKey": [
        call(Permission.KEYS_MANAGE, input={"id": Id("key"), "overlapHours": 1, "idempotencyKey": Unique()})
    ],
    "Mutation.updateApiKey": [
        call(
            Permission.KEYS_MANAGE,
            input={
                "id": Id("key"),
                "name": "other",
                "scopes": SCOPES,
                "allowedModels": MODELS,
                "tokensPerMinute": 1000,
                "idempotencyKey": Unique(),
            },
        )
    ],
    "Mutation.revokeApiKey": [
        call(Permission.KEYS_MANAGE, input={"id": Id("key"), "idempotencyKey": Unique()})
    ],
}

OPERATIONS: Mapping[str, Sequence[Call]] = {
    "GET /v1/api-keys": [
        call(
            query={
                "workspace_id": Id("ws"),
                "include_revoked": "true",
                "limit": 5,
                "cursor": Cursor("key"),
            }
        )
    ],
    "POST /v1/api-keys": [
        call(
            header=HEADER,
            body={
                "workspace_id": Id("ws"),
                "name": "new",
                "scopes": SCOPES,
                "expires_at": EXPIRES,
                "allowed_models": MODELS,
                "tokens_per_minute": 1000,
            },
        )
    ],
    "GET /v1/api-keys/{id}": [call(path={"id": Id("key")})],
    "PATCH /v1/api-keys/{id}": [
        call(
            path={"id": Id("key")},
            header=HEADER,
            body={"name": "other", "scopes": SCOPES, "allowed_models": MODELS, "tokens_per_minute": 1000},
        )
    ],
    "POST /v1/api-keys/{id}/rotate": [call(path={"id": Id("key")}, header=HEADER, body={"overlap_hours": 1})],
    "POST /v1/api-keys/{id}/revoke": [call(path={"id": Id("key")}, header=HEADER)],
}
