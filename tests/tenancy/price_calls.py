"""How to call what is about prices, re-ratings and receipts, on both surfaces."""

from collections.abc import Mapping, Sequence

from app.core.principal import Permission
from tests.tenancy.values import Call, Cursor, Id, Ours, Unique, call

DAY = {"from": "2026-11-20T00:00:00Z", "to": "2026-11-21T00:00:00Z"}
HEADER = {"Idempotency-Key": Unique()}
RULE: dict[str, object] = {
    "unit": "images",
    "credits": "1",
    "per": "1",
    "provider": "openai",
    "model": "gpt*",
    "tiers": [{"upTo": "100", "credits": "1"}],
}
REST_RULE = {
    **RULE,
    "tiers": [{"up_to": "100", "credits": "1"}],
    "image_size": "1x1",
    "image_quality": "hd",
}
DRAFT = {
    "name": "Prices",
    "creditPriceUsd": "0.01",
    "rules": [{**RULE, "imageSize": "1x1", "imageQuality": "hd"}],
}
BODY = {"name": "Prices", "credit_price_usd": "0.01", "rules": [REST_RULE]}
CALL = {
    "eventType": "TOKEN_USAGE",
    "provider": "openai",
    "model": "gpt-4o",
    "inputTokens": 5,
    "outputTokens": 5,
    "cachedInputTokens": 1,
    "cacheWriteTokens": 1,
    "reasoningTokens": 1,
    "unitType": None,
    "quantity": None,
    "imageSize": None,
    "imageQuality": None,
    "customerId": Ours("law-firm-a"),
    "tier": "gold",
    "at": DAY["from"],
}
REST_CALL = {
    "event_type": "TOKEN_USAGE",
    "provider": "openai",
    "model": "gpt-4o",
    "input_tokens": 5,
    "output_tokens": 5,
    "cached_input_tokens": 1,
    "cache_write_tokens": 1,
    "reasoning_tokens": 1,
    "image_count": None,
    "image_size": None,
    "quality": None,
    "unit_type": None,
    "quantity": None,
    "customer_id": Ours("law-firm-a"),
    "tier": "gold",
    "timestamp": DAY["from"],
}
PERIOD = {"effective_from": "2036-01-01T00:00:00Z", "effective_to": "2036-01-02T00:00:00Z"}
PRICE = {
    "provider": "openai",
    "model": "new",
    "lines": [{"unit": "images", "usd": "1", "per": "1", "image_size": "1x1", "image_quality": "hd"}],
    "effective_from": "2036-01-01T00:00:00Z",
    "effective_to": "2036-01-02T00:00:00Z",
}

FIELDS: Mapping[str, Sequence[Call]] = {
    "Query.burnTables": [
        call(
            Permission.PRICES_READ,
            orgId=Id("org"),
            first=5,
            after=Cursor("burn"),
            audienceKind="CUSTOMER",
            audienceRef=Ours("law-firm-a"),
            status="DRAFT",
        )
    ],
    "Query.providerPrices": [
        call(
            Permission.PRICES_READ,
            orgId=Id("org"),
            first=5,
            after=Cursor("price"),
            provider="openai",
            model="gpt-4o",
            at=DAY["from"],
        )
    ],
    "Query.rateQuote": [call(Permission.PRICES_READ, orgId=Id("org"), call=CALL)],
    "Query.rerating": [call(Permission.PRICES_READ, orgId=Id("org"), id=Id("rerate"))],
    "Query.receipt": [call(Permission.USAGE_READ, orgId=Id("org"), eventId=Ours("evt-1"))],
    "Mutation.createBurnTable": [
        call(
            Permission.PRICES_MANAGE,
            input={
                "orgId": Id("org"),
                "draft": DRAFT,
                "audience": {"kind": "CUSTOMER", "ref": Ours("law-firm-a")},
                "idempotencyKey": Unique(),
            },
        )
    ],
    "Mutation.updateBurnTable": [
        call(Permission.PRICES_MANAGE, input={"orgId": Id("org"), "id": Id("burn"), "draft": DRAFT})
    ],
    "Mutation.deleteBurnTable": [
        call(Permission.PRICES_MANAGE, input={"orgId": Id("org"), "id": Id("burn")})
    ],
    "Mutation.publishBurnTable": [
        call(
            Permission.PRICES_MANAGE,
            input={
                "orgId": Id("org"),
                "id": Id("burn"),
                "effectiveFrom": "2036-01-01T00:00:00Z",
                "effectiveTo": "2036-01-02T00:00:00Z",
                "idempotencyKey": Unique(),
            },
        )
    ],
    "Mutation.createProviderPrice": [
        call(
            Permission.PRICES_MANAGE,
            input={
                "orgId": Id("org"),
                "provider": "openai",
                "model": "new",
                "lines": [
                    {"unit": "images", "usd": "1", "per": "1", "imageSize": "1x1", "imageQuality": "hd"}
                ],
                "effectiveFrom": "2036-01-01T00:00:00Z",
                "effectiveTo": "2036-01-02T00:00:00Z",
                "idempotencyKey": Unique(),
            },
        )
    ],
    "Mutation.endProviderPrice": [
        call(
            Permission.PRICES_MANAGE,
            input={
                "orgId": Id("org"),
                "id": Id("price"),
                "effectiveTo": "2036-01-01T00:00:00Z",
                "idempotencyKey": Unique(),
            },
        )
    ],
    "Mutation.rerate": [
        call(
            Permission.PRICES_MANAGE,
            input={"orgId": Id("org"), **DAY, "dryRun": True, "idempotencyKey": Unique()},
        )
    ],
}

OPERATIONS: Mapping[str, Sequence[Call]] = {
    "POST /v1/rating/calculate": [call(body=REST_CALL)],
    "POST /v1/burn-tables": [
        call(header=HEADER, body={**BODY, "audience": {"kind": "customer", "ref": Ours("law-firm-a")}})
    ],
    "GET /v1/burn-tables": [
        call(
            query={
                "audience_kind": "customer",
                "audience_ref": Ours("law-firm-a"),
                "status": "draft",
                "limit": 5,
                "cursor": Cursor("burn"),
            }
        )
    ],
    "GET /v1/burn-tables/{id}": [call(path={"id": Id("burn")})],
    "PATCH /v1/burn-tables/{id}": [call(header=HEADER, path={"id": Id("burn")}, body=BODY)],
    "DELETE /v1/burn-tables/{id}": [call(header=HEADER, path={"id": Id("burn")})],
    "POST /v1/burn-tables/{id}/publish": [
        call(
            header=HEADER,
            path={"id": Id("burn")},
            body=PERIOD,
        )
    ],
    "GET /v1/providers/pricing": [
        call(
            query={
                "provider": "openai",
                "model": "gpt-4o",
                "at": DAY["from"],
                "limit": 5,
                "cursor": Cursor("price"),
            }
        )
    ],
    "POST /v1/providers/pricing": [call(header=HEADER, body=PRICE)],
    "POST /v1/providers/pricing/{id}/end": [
        call(header=HEADER, path={"id": Id("price")}, body={"effective_to": "2036-01-01T00:00:00Z"})
    ],
    "POST /v1/reratings": [call(header=HEADER, body={**DAY, "dry_run": True})],
    "GET /v1/reratings/{id}": [call(path={"id": Id("rerate")})],
    "GET /v1/usage/events/{event_id}/receipt": [call(path={"event_id": Ours("evt-1")})],
}
