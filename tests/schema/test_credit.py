"""Credit: giving it, using it, and what stands against that."""

from decimal import Decimal
from typing import Any

import pytest

from app.core import ids
from app.core.config import Settings
from app.core.principal import Role
from app.credits.types import Owner, OwnerKind, ScopeKind
from app.infra import db
from tests.factories import wallets
from tests.factories.orgs import Tenant, bearer, member
from tests.schema.conftest import Asker

Json = dict[str, Any]

PROBLEM = """
  __typename
  ... on Problem { code message }
  ... on InvalidInput { errors { field code } }
"""
REFUSED = """
  ... on InsufficientCredits { scope { kind id } resetsAt available needed }
  ... on BudgetExceeded { scope { kind id } resetsAt available needed }
"""
GRANT = (
    "mutation($input: GrantCreditsInput!) { grantCredits(input: $input) {"
    + PROBLEM
    + "... on GrantedCredits { grantId amount balance debt isReplay } } }"
)
PURCHASE = (
    "mutation($input: PurchaseCreditsInput!) { purchaseCredits(input: $input) {"
    + PROBLEM
    + "... on GrantedCredits { grantId balance isReplay } } }"
)
TRANSACTION = "... on PostedTransaction { transactionId amount balance debt isReplay }"
REFUND = (
    f"mutation($input: RefundCreditsInput!) {{ refundCredits(input: $input) {{{PROBLEM}{TRANSACTION}}} }}"
)
CLAW_BACK = (
    f"mutation($input: ClawBackGrantInput!) {{ clawBackGrant(input: $input) {{{PROBLEM}{TRANSACTION}}} }}"
)
CONSUME = (
    "mutation($input: ConsumeCreditsInput!) { consumeCredits(input: $input) {"
    f"{PROBLEM}{REFUSED}{TRANSACTION}}} }}"
)
HOLD = (
    "mutation($input: HoldCreditsInput!) { holdCredits(input: $input) {"
    + PROBLEM
    + REFUSED
    + "... on HeldCredits { holdId amount expiresAt isReplay } } }"
)
SETTLE = f"mutation($input: SettleHoldInput!) {{ settleHold(input: $input) {{{PROBLEM}{TRANSACTION}}} }}"
START = (
    "mutation($input: StartHoldInput!) { startHold(input: $input) {"
    + PROBLEM
    + "... on StartedHold { holdId startedAt expiresAt } } }"
)
RELEASE = (
    "mutation($input: ReleaseHoldInput!) { releaseHold(input: $input) {"
    + PROBLEM
    + "... on ReleasedHold { holdId amount } } }"
)
SET_BUDGET = (
    "mutation($input: SetBudgetInput!) { setBudget(input: $input) {"
    + PROBLEM
    + "... on Budget { id scopeKind scopeId period amount isHard spent held resetsAt } } }"
)
REMOVE_BUDGET = (
    "mutation($input: RemoveBudgetInput!) { removeBudget(input: $input) {"
    + PROBLEM
    + "... on RemovedBudget { budgetId } } }"
)
WALLETS = """query($org: ID!) { wallets(orgId: $org) { nodes {
  id ownerKind ownerRef environment balance held debt available grants { id remaining }
} } }"""
LEDGER = """query($id: ID!, $first: Int!, $after: String) { ledger(walletId: $id, first: $first, after: $after) {
  pageInfo { hasNextPage endCursor }
  nodes { id kind amount balanceAfter entries { account amount } }
} }"""
BUDGETS = "query($org: ID!) { budgets(orgId: $org) { nodes { id amount spent held } } }"


async def do(asker: Asker, mutation: str, **fields: Any) -> Json:
    [answer] = (await asker.ask(mutation, {"input": fields})).values()
    found: Json = answer
    return found


async def rows() -> list[str]:
    tables = ("wallet", "credit_grant", "credit_hold", "ledger_transaction", "budget", "audit_entry")
    return [
        row["line"]
        for table in tables
        for row in await db.fetch(f"SELECT t::text AS line FROM {table} t ORDER BY line")
    ]


async def actions() -> list[str]:
    found = await db.fetch("SELECT action FROM audit_entry WHERE action ~ '^(credits|budget)' ORDER BY id")
    return [row["action"] for row in found]


@pytest.fixture
def owner(session: Any, acme: Tenant, settings: Settings) -> Asker:
    return Asker(session, bearer(settings, acme.owner))


@pytest.fixture
def server_key(session: Any, acme: Tenant) -> Asker:
    return Asker(session, acme.headers)


class TestGrantCredits:
    async def test_makes_a_wallet_and_is_seen_in_it(self, owner: Asker, acme: Tenant) -> None:
        wish = {
            "orgId": acme.org,
            "owner": {"kind": "TEAM", "ref": "red"},
            "amount": "12.5",
            "idempotencyKey": "k",
        }
        given = await do(owner, GRANT, **wish)
        again = await do(owner, GRANT, **wish)

        assert (given["__typename"], given["balance"], given["isReplay"]) == ("GrantedCredits", "12.5", False)
        assert (again["grantId"], again["isReplay"]) == (given["grantId"], True)
        [wallet] = (await owner.ask(WALLETS, {"org": acme.org}))["wallets"]["nodes"]
        assert wallet == {
            "id": wallet["id"],
            "ownerKind": "TEAM",
            "ownerRef": "red",
            "environment": "LIVE",
            "balance": "12.5",
            "held": "0",
            "debt": "0",
            "available": "12.5",
            "grants": [{"id": given["grantId"], "remaining": "12.5"}],
        }
        assert await actions() == ["credits.granted"]

    async def test_refuses_the_same_key_for_something_else(self, owner: Asker, acme: Tenant) -> None:
        wish = {"orgId": acme.org, "owner": {"kind": "ORG"}, "amount": "1", "idempotencyKey": "k"}
        await do(owner, GRANT, **wish)
        before = await rows()
        refused = await do(owner, GRANT, **{**wish, "featureId": "chat"})
        assert (refused["__typename"], refused["code"]) == ("InvalidInput", "idempotency_key_reused")
        assert await rows() == before

    @pytest.mark.parametrize(
        ("wish", "field"),
        [
            ({"amount": "0"}, "amount"),
            ({"priority": 1001}, "priority"),
            ({"expiresAt": "2020-01-01T00:00:00Z"}, "expiresAt"),
            ({"owner": {"kind": "ORG", "ref": "a"}}, "owner.ref"),
            ({"owner": {"kind": "CUSTOMER"}}, "owner.ref"),
            ({"costBasis": "0.1", "currency": "usd"}, "currency"),
        ],
    )
    async def test_names_what_is_wrong(self, owner: Asker, acme: Tenant, wish: Json, field: str) -> None:
        before = await rows()
        refused = await do(
            owner, GRANT, **{"orgId": acme.org, "owner": {"kind": "ORG"}, "amount": "1", **wish}
        )
        assert [error["field"] for error in refused["errors"]] == [field]
        assert await rows() == before

    async def test_needs_the_permission(self, owner: Asker, acme: Tenant, settings: Settings) -> None:
        asker = Asker(owner.session, bearer(settings, await member(acme, Role.MEMBER)))
        before = await rows()
        wish = {"orgId": acme.org, "owner": {"kind": "ORG"}, "amount": "1"}
        assert (await asker.refusal(GRANT, {"input": wish}))["extensions"]["code"] == "forbidden"
        budget = {"orgId": acme.org, "scopeKind": "USER", "scopeId": "u", "period": "DAY", "amount": "1"}
        assert (await asker.refusal(SET_BUDGET, {"input": budget}))["extensions"]["code"] == "forbidden"
        assert await rows() == before

    async def test_of_a_live_key_stays_out_of_test_workspaces(self, server_key: Asker, acme: Tenant) -> None:
        before = await rows()
        wish = {"orgId": acme.org, "owner": {"kind": "ORG"}, "amount": "1", "environment": "TEST"}
        assert (await server_key.refusal(GRANT, {"input": wish}))["extensions"]["code"] == "forbidden"
        assert await rows() == before


class TestUsingCredits:
    async def test_refuses_an_amount_of_more_digits_than_anybody_writes(
        self, owner: Asker, acme: Tenant
    ) -> None:
        """In full it would take gigabytes."""
        before = await rows()
        wanted = {"orgId": acme.org, "amount": "1e999999999999"}

        refused = await owner.refusal(HOLD, {"input": wanted})

        assert refused["extensions"]["code"] == "bad_request"
        assert "at most 100 digits" in refused["message"]
        assert await rows() == before

    async def test_is_held_settled_given_back_and_taken_back(
        self, owner: Asker, server_key: Asker, acme: Tenant
    ) -> None:
        bought = await do(owner, PURCHASE, orgId=acme.org, customerId="a", amount="10")
        held = await do(server_key, HOLD, orgId=acme.org, customerId="a", amount="4", leaseSeconds=60)
        assert (held["__typename"], held["amount"]) == ("HeldCredits", "4")
        settled = await do(server_key, SETTLE, orgId=acme.org, holdId=held["holdId"], amount="3")
        assert (settled["amount"], settled["balance"]) == ("3", "7")
        other = await do(server_key, HOLD, orgId=acme.org, customerId="a", amount="1", leaseSeconds=60)
        started = await do(server_key, START, orgId=acme.org, holdId=other["holdId"], leaseSeconds=600)
        assert (started["holdId"], started["expiresAt"] > other["expiresAt"]) == (other["holdId"], True)
        assert (await do(server_key, RELEASE, orgId=acme.org, holdId=other["holdId"]))["amount"] == "1"
        late = await do(server_key, START, orgId=acme.org, holdId=other["holdId"])
        assert (late["__typename"], late["code"]) == ("Conflict", "hold_ended")

        refunded = await do(
            owner, REFUND, orgId=acme.org, transactionId=settled["transactionId"], amount="1", note="late"
        )
        assert refunded["balance"] == "8"
        too_much = await do(owner, REFUND, orgId=acme.org, transactionId=settled["transactionId"], amount="3")
        assert (too_much["__typename"], too_much["code"]) == ("Conflict", "refund_too_large")
        taken = await do(owner, CLAW_BACK, orgId=acme.org, grantId=bought["grantId"], amount="10")
        assert (taken["balance"], taken["debt"]) == ("-2", "2")
        assert await actions() == ["credits.purchased", "credits.refunded", "credits.clawed_back"]

    async def test_is_refused_with_what_there_is(self, server_key: Asker, acme: Tenant) -> None:
        wallet_id = await wallets.wallet(acme, 3)
        before = await rows()
        for mutation in (HOLD, CONSUME):
            refused = await do(server_key, mutation, orgId=acme.org, amount="4")
            assert refused == {
                "__typename": "InsufficientCredits",
                "code": "insufficient_credits",
                "message": "4 credits are needed, 3 are available: top up.",
                "scope": {"kind": "wallet", "id": ids.encode("wal", wallet_id)},
                "resetsAt": None,
                "available": "3",
                "needed": "4",
            }
        assert await rows() == before

    async def test_is_refused_by_a_budget(self, owner: Asker, server_key: Asker, acme: Tenant) -> None:
        await wallets.wallet(acme, 100)
        key_id = ids.encode("key", acme.key.id)
        wish = {
            "orgId": acme.org,
            "scopeKind": "API_KEY",
            "scopeId": key_id,
            "period": "TOTAL",
            "amount": "5",
        }
        budget = await do(owner, SET_BUDGET, **wish)
        assert (budget["__typename"], budget["scopeId"], budget["resetsAt"]) == ("Budget", key_id, None)
        assert (await do(server_key, CONSUME, orgId=acme.org, amount="4"))["balance"] == "96"

        refused = await do(server_key, HOLD, orgId=acme.org, amount="2")
        assert (refused["__typename"], refused["available"], refused["needed"]) == (
            "BudgetExceeded",
            "1",
            "2",
        )
        assert refused["scope"] == {"kind": "api_key", "id": key_id}

        [listed] = (await owner.ask(BUDGETS, {"org": acme.org}))["budgets"]["nodes"]
        assert listed == {"id": budget["id"], "amount": "5", "spent": "4", "held": "0"}
        wider = await do(owner, SET_BUDGET, **{**wish, "amount": "6"})
        assert (wider["id"], wider["spent"]) == (budget["id"], "4")
        assert (await do(server_key, HOLD, orgId=acme.org, amount="2"))["__typename"] == "HeldCredits"
        gone = await do(owner, REMOVE_BUDGET, orgId=acme.org, budgetId=budget["id"])
        assert gone["budgetId"] == budget["id"]
        assert (await do(server_key, HOLD, orgId=acme.org, amount="90"))["__typename"] == "HeldCredits"
        assert (await actions())[1:] == ["budget.set", "budget.set", "budget.removed"]

    async def test_of_another_org_does_not_exist(
        self, owner: Asker, session: Any, acme: Tenant, rival: Tenant, settings: Settings
    ) -> None:
        wallet_id = await wallets.wallet(acme, 10)
        hold_id = ids.encode("hold", await wallets.hold(acme, wallet_id, 1))
        await wallets.budget(acme, ScopeKind.USER, "u", 1)
        [budget] = (await owner.ask(BUDGETS, {"org": acme.org}))["budgets"]["nodes"]
        [taken] = await db.fetch("SELECT id FROM ledger_transaction")
        grant_id, txn = ids.encode("grant", taken["id"]), ids.encode("txn", taken["id"])
        stranger = Asker(session, bearer(settings, rival.owner))
        before = await rows()

        wallet = ids.encode("wal", wallet_id)
        for document, variables in (
            ("query($id: ID!) { wallet(id: $id) { id } }", {"id": wallet}),
            (LEDGER, {"id": wallet, "first": 1}),
            (WALLETS, {"org": acme.org}),
            (BUDGETS, {"org": acme.org}),
        ):
            code = (await stranger.refusal(document, variables))["extensions"]["code"]
            assert code in {"wallet_not_found", "not_found"}
        for node_id in (wallet, hold_id):
            assert await stranger.ask("query($id: ID!) { node(id: $id) { id } }", {"id": node_id}) == {
                "node": None
            }
        for mutation, fields in (
            (SETTLE, {"holdId": hold_id, "amount": "1"}),
            (START, {"holdId": hold_id}),
            (RELEASE, {"holdId": hold_id}),
            (REFUND, {"transactionId": txn, "amount": "1"}),
            (CLAW_BACK, {"grantId": grant_id, "amount": "1"}),
            (REMOVE_BUDGET, {"budgetId": budget["id"]}),
        ):
            for org in (acme.org, rival.org):
                assert (await do(stranger, mutation, orgId=org, **fields))["__typename"] == "Missing"
        assert await rows() == before


class TestLedger:
    async def test_is_paged_in_the_order_in_which_it_happened(self, owner: Asker, acme: Tenant) -> None:
        wallet_id = await wallets.wallet(acme, 1, 2, 3, owner=Owner(OwnerKind.CUSTOMER, "a"))
        variables: Json = {"id": ids.encode("wal", wallet_id), "first": 2}
        first = (await owner.ask(LEDGER, variables))["ledger"]
        rest = (await owner.ask(LEDGER, {**variables, "after": first["pageInfo"]["endCursor"]}))["ledger"]

        assert [t["balanceAfter"] for t in first["nodes"] + rest["nodes"]] == ["6", "3", "1"]
        assert (first["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (True, False)
        for transaction in first["nodes"]:
            assert sum(Decimal(entry["amount"]) for entry in transaction["entries"]) == 0
