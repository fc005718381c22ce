"""How to call what is about credit, on both surfaces."""

from collections.abc import Mapping, Sequence

from app.core.principal import Permission
from tests.tenancy.values import Call, Cursor, Id, Ours, Unique, call

HEADER = {"Idempotency-Key": Unique()}
USED = {**HEADER, "X-LK-User-Id": Ours("u1")}
CUSTOMER = Ours("law-firm-a")
SPENT = {"customer_id": CUSTOMER, "amount": "0.5", "feature_id": Ours("research"), "user_id": Ours("u1")}
SPENDING = {
    "orgId": Id("org"),
    "customerId": CUSTOMER,
    "amount": "0.5",
    "userId": Ours("u1"),
    "featureId": Ours("research"),
    "idempotencyKey": Unique(),
}
EXPIRES = "2036-11-20T10:00:00Z"
BOUGHT = {"costBasis": "0.01", "currency": "USD", "expiresAt": EXPIRES, "note": "by hand"}

FIELDS: Mapping[str, Sequence[Call]] = {
    "Query.wallets": [
        call(
            Permission.CREDITS_READ,
            orgId=Id("org"),
            first=5,
            after=Cursor("wallet"),
            ownerKind="CUSTOMER",
            environment="LIVE",
        )
    ],
    "Query.wallet": [call(Permission.CREDITS_READ, id=Id("wallet"))],
    "Query.ledger": [
        call(Permission.CREDITS_READ, walletId=Id("wallet"), first=5, after=Cursor("transaction"))
    ],
    "Query.holds": [
        call(
            Permission.CREDITS_READ,
            orgId=Id("org"),
            first=5,
            after=Cursor("hold"),
            walletId=Id("wallet"),
            state="OPEN",
        )
    ],
    "Query.budgets": [
        call(Permission.CREDITS_READ, orgId=Id("org"), first=5, after=Cursor("budget"), environment="LIVE")
    ],
    "Mutation.grantCredits": [
        call(
            Permission.CREDITS_MANAGE,
            input={
                "orgId": Id("org"),
                "owner": {"kind": "CUSTOMER", "ref": CUSTOMER},
                "amount": "5",
                "source": "PROMOTION",
                "category": "PROMOTIONAL",
                "environment": "LIVE",
                "effectiveAt": "2026-11-20T10:00:00Z",
                "priority": 10,
                "featureId": Ours("research"),
                "idempotencyKey": Unique(),
                **BOUGHT,
            },
        )
    ],
    "Mutation.purchaseCredits": [
        call(
            Permission.CREDITS_MANAGE,
            input={
                "orgId": Id("org"),
                "customerId": CUSTOMER,
                "amount": "5",
                "idempotencyKey": Unique(),
                **BOUGHT,
            },
        )
    ],
    "Mutation.refundCredits": [
        call(
            Permission.CREDITS_MANAGE,
            input={
                "orgId": Id("org"),
                "transactionId": Id("transaction"),
                "amount": "0.5",
                "note": "late",
                "idempotencyKey": Unique(),
            },
        )
    ],
    "Mutation.clawBackGrant": [
        call(
            Permission.CREDITS_MANAGE,
            input={
                "orgId": Id("org"),
                "grantId": Id("grant"),
                "amount": "0.5",
                "note": "charged back",
                "idempotencyKey": Unique(),
            },
        )
    ],
    "Mutation.setBudget": [
        call(
            Permission.CREDITS_MANAGE,
            input={
                "orgId": Id("org"),
                "scopeKind": "USER",
                "scopeId": Ours("u1"),
                "period": "DAY",
                "amount": "5",
                "isHard": True,
                "environment": "LIVE",
                "idempotencyKey": Unique(),
            },
        )
    ],
    "Mutation.removeBudget": [
        call(
            Permission.CREDITS_MANAGE,
            input={"orgId": Id("org"), "budgetId": Id("budget"), "idempotencyKey": Unique()},
        )
    ],
    "Mutation.setAutoTopUp": [
        call(
            Permission.CREDITS_MANAGE,
            input={
                "orgId": Id("org"),
                "walletId": Id("wallet"),
                "threshold": "1",
                "amount": "10",
                "costBasis": "0.01",
                "currency": "USD",
                "period": "MONTH",
                "maxAmount": "100",
                "maxCount": 3,
                "paymentMethod": "pm_card",
                "idempotencyKey": Unique(),
            },
        )
    ],
    "Mutation.removeAutoTopUp": [
        call(
            Permission.CREDITS_MANAGE,
            input={"orgId": Id("org"), "walletId": Id("wallet"), "idempotencyKey": Unique()},
        )
    ],
    "Mutation.consumeCredits": [call(Permission.CREDITS_USE, input=SPENDING)],
    "Mutation.holdCredits": [call(Permission.CREDITS_USE, input={**SPENDING, "leaseSeconds": 60})],
    "Mutation.startHold": [
        call(Permission.CREDITS_USE, input={"orgId": Id("org"), "holdId": Id("hold"), "leaseSeconds": 60})
    ],
    "Mutation.settleHold": [
        call(Permission.CREDITS_USE, input={"orgId": Id("org"), "holdId": Id("hold"), "amount": "0.5"})
    ],
    "Mutation.releaseHold": [call(Permission.CREDITS_USE, input={"orgId": Id("org"), "holdId": Id("hold")})],
}

OPERATIONS: Mapping[str, Sequence[Call]] = {
    "GET /v1/customers/{id}/credits": [call(path={"id": Id("customer")}), call(path={"id": CUSTOMER})],
    "POST /v1/credits/consume": [call(header=USED, body=SPENT)],
    "POST /v1/credits/purchase": [
        call(
            header=HEADER,
            body={
                "customer_id": CUSTOMER,
                "amount": "5",
                "cost_basis": "0.01",
                "currency": "USD",
                "expires_at": EXPIRES,
                "note": "by hand",
            },
        )
    ],
    "POST /v1/credits/holds": [call(header=USED, body={**SPENT, "lease_seconds": 60})],
    "GET /v1/credits/holds": [
        call(query={"status": "open", "wallet_id": Id("wallet"), "limit": 5, "cursor": Cursor("hold")})
    ],
    "GET /v1/credits/holds/{id}": [call(path={"id": Id("hold")})],
    "POST /v1/credits/holds/{id}/start": [
        call(path={"id": Id("hold")}, header=HEADER, body={"lease_seconds": 60})
    ],
    "POST /v1/credits/holds/{id}/settle": [
        call(path={"id": Id("hold")}, header=HEADER, body={"amount": "0.5"})
    ],
    "POST /v1/credits/holds/{id}/release": [call(path={"id": Id("hold")}, header=HEADER)],
    "GET /v1/credits/wallets": [
        call(query={"owner_kind": "customer", "environment": "live", "limit": 5, "cursor": Cursor("wallet")})
    ],
    "GET /v1/credits/wallets/{id}": [call(path={"id": Id("wallet")})],
    "GET /v1/credits/wallets/{id}/grants": [
        call(path={"id": Id("wallet")}, query={"limit": 5, "cursor": Cursor("grant")})
    ],
    "GET /v1/credits/wallets/{id}/ledger": [
        call(path={"id": Id("wallet")}, query={"limit": 5, "cursor": Cursor("transaction")})
    ],
    "POST /v1/credits/grants": [
        call(
            header=HEADER,
            body={
                "owner": {"kind": "customer", "ref": CUSTOMER},
                "amount": "5",
                "source": "promotion",
                "category": "promotional",
                "environment": "live",
                "effective_at": "2026-11-20T10:00:00Z",
                "expires_at": EXPIRES,
                "priority": 10,
                "feature_id": Ours("research"),
                "cost_basis": "0.01",
                "currency": "USD",
                "note": "by hand",
            },
        )
    ],
    "POST /v1/credits/refunds": [
        call(header=HEADER, body={"transaction_id": Id("transaction"), "amount": "0.5", "note": "late"})
    ],
    "POST /v1/credits/claw-backs": [
        call(header=HEADER, body={"grant_id": Id("grant"), "amount": "0.5", "note": "charged back"})
    ],
    "GET /v1/credits/budgets": [call(query={"environment": "live", "limit": 5, "cursor": Cursor("budget")})],
    "POST /v1/credits/budgets": [
        call(
            header=HEADER,
            body={
                "scope": {"kind": "user", "id": Ours("u1")},
                "period": "day",
                "amount": "5",
                "is_hard": True,
                "environment": "live",
            },
        )
    ],
    "DELETE /v1/credits/budgets/{id}": [call(path={"id": Id("budget")}, header=HEADER)],
    "GET /v1/credits/wallets/{id}/auto-top-up": [call(path={"id": Id("wallet")})],
    "POST /v1/credits/wallets/{id}/auto-top-up": [
        call(
            path={"id": Id("wallet")},
            header=HEADER,
            body={
                "threshold": "1",
                "amount": "10",
                "cost_basis": "0.01",
                "currency": "USD",
                "period": "month",
                "max_amount": "100",
                "max_count": 3,
                "payment_method": "pm_card",
            },
        )
    ],
    "DELETE /v1/credits/wallets/{id}/auto-top-up": [call(path={"id": Id("wallet")}, header=HEADER)],
    "GET /v1/credits/wallets/{id}/top-ups": [
        call(path={"id": Id("wallet")}, query={"limit": 5, "cursor": Cursor("top")})
    ],
}
