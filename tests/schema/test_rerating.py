"""Receipts and re-ratings over GraphQL."""

from app.core import ids
from app.infra import db
from app.pricing.book import PriceBook
from app.rerating import service
from tests.factories import prices, rated, wallets
from tests.factories.orgs import NOW, Tenant
from tests.schema.conftest import Asker

RECEIPT = """
query ($org: ID!, $event: String!) { receipt(orgId: $org, eventId: $event) {
    eventId eventType model inputTokens burnRef burnRules { position rule { unit credits per } } costRef
    price { source model } walletId drawn { grantId amount } balanceAfter isVoided
    first { credits costUsd revenueUsd unrated } now { credits }
    adjustments { kind figures { credits } burnRef }
} }
"""
RERATE = """
mutation ($input: RerateInput!) { rerate(input: $input) {
    __typename
    ... on StartedRerating { isReplay rerating { id state isDryRun } }
    ... on InvalidInput { errors { field } }
} }
"""
RERATING = """
query ($org: ID!, $id: ID!) { rerating(orgId: $org, id: $id) {
    state seen customers { customerId events creditsBefore creditsAfter }
} }
"""


class TestReceipt:
    async def test_tells_how_tokens_became_credits(self, owner: Asker, acme: Tenant) -> None:
        wallet = await wallets.wallet(acme, 10)
        await rated.ingested(acme, {"event_id": "a", "input_tokens": 2_000})
        found = (await owner.ask(RECEIPT, {"org": acme.org, "event": "a"}))["receipt"]

        assert found["burnRef"] == "default@1"
        assert found["burnRules"] == [
            {"position": 0, "rule": {"unit": "tokens", "credits": "1", "per": "1000"}}
        ]
        assert found["price"] == {"source": "LIST", "model": "gpt-4o"}
        assert found["walletId"] == ids.encode("wal", wallet)
        assert [part["amount"] for part in found["drawn"]] == ["2"]
        assert found["balanceAfter"] == "8"
        assert found["first"] == {"credits": "2", "costUsd": "0.005", "revenueUsd": "0", "unrated": 0}
        assert found["adjustments"] == []

    async def test_of_another_org_is_not_there(self, owner: Asker, acme: Tenant, rival: Tenant) -> None:
        await rated.ingested(rival, {"event_id": "a", "input_tokens": 2_000})
        error = await owner.refusal(RECEIPT, {"org": acme.org, "event": "a"})

        assert error["extensions"]["code"] == "usage_event_not_found"


class TestRerate:
    async def test_begins_once_and_tells_what_it_changes(self, owner: Asker, acme: Tenant) -> None:
        await rated.ingested(acme, {"event_id": "a", "input_tokens": 2_000})
        await prices.published(acme, prices.rule(1))
        wish = {"orgId": acme.org, "from": "2026-11-20T00:00:00Z", "to": "2026-11-21T00:00:00Z"}
        variables = {"input": {**wish, "idempotencyKey": "k"}}
        first, again = [(await owner.ask(RERATE, variables))["rerate"] for _ in range(2)]
        assert (first["isReplay"], again["isReplay"]) == (False, True)
        assert first["rerating"] == again["rerating"]
        assert first["rerating"]["isDryRun"]
        rerating_id = ids.decode("rerate", first["rerating"]["id"])
        await service.carry_out(rerating_id, book=PriceBook(), now=NOW)
        found = (await owner.ask(RERATING, {"org": acme.org, "id": first["rerating"]["id"]}))["rerating"]

        assert (found["state"], found["seen"]) == ("DONE", 1)
        assert found["customers"] == [
            {"customerId": "c1", "events": 1, "creditsBefore": "2", "creditsAfter": "2000"}
        ]
        assert await db.fetchval("SELECT count(*) FROM usage_adjustment") == 0

    async def test_of_an_empty_range_is_refused(self, owner: Asker, acme: Tenant) -> None:
        wish = {"orgId": acme.org, "from": "2026-11-20T00:00:00Z", "to": "2026-11-20T00:00:00Z"}
        refused = (await owner.ask(RERATE, {"input": wish}))["rerate"]

        assert refused["errors"] == [{"field": "to"}]
        assert await db.fetchval("SELECT count(*) FROM rerating") == 0
