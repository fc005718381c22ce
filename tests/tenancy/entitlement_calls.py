"""How to call what is about features, entitlements and flags."""

from collections.abc import Mapping, Sequence

from app.core.principal import Permission
from tests.tenancy.values import Call, Cursor, Id, Ours, Unique, call

_CUSTOMER = Ours("law-firm-a")
_FEATURE = Ours("chat")
_LIMIT = {"amount": "5", "isHard": True, "unit": "CREDITS", "period": "DAY"}

_ACTION = {
    "provider": "openai",
    "model": "gpt-4o-mini",
    "input_tokens": 10,
    "output_tokens": 10,
    "cached_input_tokens": 5,
    "cache_write_tokens": 5,
    "unit_type": "images",
    "quantity": "1",
    "image_size": "1024x1024",
    "image_quality": "hd",
    "credits": "1",
}

_INTENDED = {
    "provider": "openai",
    "model": "gpt-4o-mini",
    "inputTokens": 10,
    "outputTokens": 10,
    "cachedInputTokens": 1,
    "cacheWriteTokens": 1,
    "unitType": "images",
    "quantity": "1",
    "imageSize": "1024x1024",
    "imageQuality": "hd",
    "credits": "1",
}

FIELDS: Mapping[str, Sequence[Call]] = {
    "Query.entitlement": [
        call(
            Permission.CREDITS_READ,
            orgId=Id("org"),
            customerId=_CUSTOMER,
            feature=_FEATURE,
            action=_INTENDED,
            userId=Ours("u1"),
        )
    ],
    "Query.features": [
        call(Permission.PRICES_READ, orgId=Id("org"), first=5, after=Cursor("feature")),
    ],
    "Query.entitlements": [
        call(
            Permission.PRICES_READ,
            orgId=Id("org"),
            first=5,
            after=Cursor("entitlement"),
            feature=_FEATURE,
            customerId=_CUSTOMER,
        )
    ],
    "Query.featureFlags": [call(Permission.ORG_READ, orgId=Id("org"))],
    "Mutation.reserveEntitlement": [
        call(
            Permission.CREDITS_USE,
            input={
                "orgId": Id("org"),
                "customerId": _CUSTOMER,
                "feature": _FEATURE,
                "userId": Ours("u1"),
                "action": _INTENDED,
                "leaseSeconds": 60,
                "idempotencyKey": Unique(),
            },
        )
    ],
    "Mutation.createFeature": [
        call(
            Permission.PRICES_MANAGE,
            input={"orgId": Id("org"), "key": Unique(), "name": "Search", "idempotencyKey": Unique()},
        )
    ],
    "Mutation.setEntitlement": [
        call(
            Permission.PRICES_MANAGE,
            input={
                "orgId": Id("org"),
                "feature": _FEATURE,
                "audience": "TIER",
                "audienceRef": Ours("gold"),
                "isEnabled": True,
                "limit": _LIMIT,
                "idempotencyKey": Unique(),
            },
        )
    ],
    "Mutation.removeEntitlement": [
        call(
            Permission.PRICES_MANAGE,
            input={"orgId": Id("org"), "id": Id("entitlement"), "idempotencyKey": Unique()},
        )
    ],
    "Mutation.setFeatureFlag": [
        call(Permission.ORG_MANAGE, input={"orgId": Id("org"), "key": "beta", "isEnabled": False})
    ],
}

OPERATIONS: Mapping[str, Sequence[Call]] = {
    "POST /v1/features": [
        call(header={"Idempotency-Key": Unique()}, body={"key": Unique(), "name": "Search"})
    ],
    "GET /v1/features": [call(query={"limit": 5, "cursor": Cursor("feature")})],
    "POST /v1/entitlements": [
        call(
            header={"Idempotency-Key": Unique()},
            body={
                "feature": _FEATURE,
                "audience": {"kind": "tier", "ref": Ours("gold")},
                "is_enabled": True,
                "limit": {"unit": "credits", "amount": "5", "period": "day", "is_hard": True},
            },
        )
    ],
    "GET /v1/entitlements": [
        call(
            query={
                "feature": _FEATURE,
                "customer_id": _CUSTOMER,
                "limit": 5,
                "cursor": Cursor("entitlement"),
            }
        )
    ],
    "DELETE /v1/entitlements/{id}": [
        call(path={"id": Id("entitlement")}, header={"Idempotency-Key": Unique()})
    ],
    "POST /v1/entitlements/check": [
        call(
            body={
                "customer_id": _CUSTOMER,
                "feature_id": _FEATURE,
                "user_id": Ours("u1"),
                "action": _ACTION,
            }
        )
    ],
    "POST /v1/entitlements/reserve": [
        call(
            header={"Idempotency-Key": Unique()},
            body={
                "customer_id": _CUSTOMER,
                "feature_id": _FEATURE,
                "user_id": Ours("u1"),
                "action": _ACTION,
                "lease_seconds": 60,
            },
        )
    ],
}
