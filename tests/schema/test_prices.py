"""Prices and quotes over GraphQL."""

from typing import Any

from app.core.principal import Role
from app.infra import db
from tests.factories import orgs, prices
from tests.factories.orgs import Tenant, bearer
from tests.schema.conftest import Asker

CREATE = """
mutation ($input: CreateBurnTableInput!) { createBurnTable(input: $input) {
    __typename
    ... on SavedBurnTable { isReplay burnTable {
        id version status creditPriceUsd audience { kind ref } rules { unit credits per tiers { upTo credits } }
    } }
    ... on InvalidInput { code errors { field code } }
} }
"""
PUBLISH = """
mutation ($input: PublishBurnTableInput!) { publishBurnTable(input: $input) {
    __typename
    ... on SavedBurnTable { isReplay burnTable { id status effectiveFrom effectiveTo } }
    ... on Problem { code message }
} }
"""
UPDATE = """
mutation ($input: UpdateBurnTableInput!) { updateBurnTable(input: $input) {
    __typename ... on SavedBurnTable { burnTable { name } } ... on Problem { code }
} }
"""
DELETE = """
mutation ($input: BurnTableInput!) { deleteBurnTable(input: $input) {
    __typename ... on DeletedBurnTable { id } ... on Problem { code }
} }
"""
TABLES = """
query ($org: ID!, $status: BurnTableStatus) { burnTables(orgId: $org, status: $status, first: 5) {
    nodes { id name version } pageInfo { hasNextPage }
} }
"""
QUOTE = """
query ($org: ID!, $call: RateQuoteInput!) { rateQuote(orgId: $org, call: $call) {
    credits usdCost usdRevenue marginUsd marginPercent burnRef costRef at
} }
"""
PRICES = """
query ($org: ID!, $provider: String, $model: String) {
    providerPrices(orgId: $org, provider: $provider, model: $model, first: 3) {
        nodes { provider model source ref lines { unit usd per } bands { unit above usd } effectiveTo }
    }
}
"""
CREATE_PRICE = """
mutation ($input: CreateProviderPriceInput!) { createProviderPrice(input: $input) {
    __typename ... on SavedProviderPrice { providerPrice { ref lines { usd } } } ... on Problem { code }
} }
"""
END_PRICE = """
mutation ($input: EndProviderPriceInput!) { endProviderPrice(input: $input) {
    __typename ... on SavedProviderPrice { providerPrice { effectiveTo } } ... on Problem { code }
} }
"""
DRAFT = {
    "name": "Standard",
    "creditPriceUsd": "0.01",
    "rules": [{"unit": "tokens", "credits": "2", "per": "1000", "tiers": [{"upTo": "1000", "credits": "1"}]}],
}
CALL = {"provider": "openai", "model": "gpt-4-turbo", "inputTokens": 1000, "outputTokens": 500}


def created(acme: Tenant, **more: Any) -> dict[str, Any]:
    return {"input": {"orgId": acme.org, "draft": DRAFT, **more}}


class TestBurnTables:
    async def test_go_from_draft_to_version_and_rate_by_it(self, owner: Asker, acme: Tenant) -> None:
        made = (await owner.ask(CREATE, created(acme, idempotencyKey="k")))["createBurnTable"]
        again = (await owner.ask(CREATE, created(acme, idempotencyKey="k")))["createBurnTable"]
        table = made["burnTable"]
        assert again["isReplay"]
        assert again["burnTable"] == table
        assert table["rules"] == [
            {"unit": "tokens", "credits": "2", "per": "1000", "tiers": [{"upTo": "1000", "credits": "1"}]}
        ]
        changed = {"orgId": acme.org, "id": table["id"], "draft": {**DRAFT, "name": "Other"}}
        updated = (await owner.ask(UPDATE, {"input": changed}))["updateBurnTable"]
        assert updated["burnTable"]["name"] == "Other"
        start = "2026-11-01T00:00:00+00:00"
        wish = {"input": {"orgId": acme.org, "id": table["id"], "effectiveFrom": start}}
        published = (await owner.ask(PUBLISH, wish))["publishBurnTable"]
        assert published["burnTable"]["status"] == "PUBLISHED"
        call = {**CALL, "at": "2026-11-02T00:00:00Z"}
        quote = (await owner.ask(QUOTE, {"org": acme.org, "call": call}))["rateQuote"]

        assert quote["credits"] == "2"
        assert quote["usdCost"] == "0.025"
        assert quote["usdRevenue"] == "0.02"
        assert (quote["marginUsd"], quote["marginPercent"]) == ("-0.005", "-25")
        assert quote["burnRef"] == f"{table['id']}@1#0"
        of_images = {"quantity": "2", "at": call["at"]}
        quote = (await owner.ask(QUOTE, {"org": acme.org, "call": of_images}))["rateQuote"]
        assert quote["credits"] is None, "no rule is for images"

    async def test_answer_problems_as_data(self, owner: Asker, acme: Tenant) -> None:
        bad = {**DRAFT, "name": "", "rules": [{"unit": "tokens", "credits": "-1"}]}
        refused = (await owner.ask(CREATE, created(acme, draft=bad)))["createBurnTable"]
        assert {error["field"] for error in refused["errors"]} == {"name", "rules.0.credits"}
        await prices.published(acme)
        made = (await owner.ask(CREATE, created(acme)))["createBurnTable"]["burnTable"]
        wish = {"input": {"orgId": acme.org, "id": made["id"], "effectiveFrom": "2026-01-01T00:00:00Z"}}
        conflict = (await owner.ask(PUBLISH, wish))["publishBurnTable"]

        assert (conflict["__typename"], conflict["code"]) == ("Conflict", "burn_table_overlap")

    async def test_are_listed(self, owner: Asker, acme: Tenant) -> None:
        await prices.draft(acme)
        await prices.published(acme)
        every = (await owner.ask(TABLES, {"org": acme.org}))["burnTables"]
        drafts = (await owner.ask(TABLES, {"org": acme.org, "status": "DRAFT"}))["burnTables"]

        assert [one["version"] for one in every["nodes"]] == [2, 1]
        assert [one["version"] for one in drafts["nodes"]] == [1]

    async def test_are_dropped_while_drafts(self, owner: Asker, acme: Tenant) -> None:
        made = (await owner.ask(CREATE, created(acme)))["createBurnTable"]["burnTable"]
        which = {"input": {"orgId": acme.org, "id": made["id"]}}
        assert (await owner.ask(DELETE, which))["deleteBurnTable"]["id"] == made["id"]
        assert (await owner.ask(DELETE, which))["deleteBurnTable"]["code"] == "burn_table_not_found"

    async def test_of_another_org_are_not_there(self, owner: Asker, acme: Tenant, rival: Tenant) -> None:
        await prices.draft(rival)
        error = await owner.refusal(TABLES, {"org": rival.org})
        assert error["extensions"]["code"] == "not_found"
        result = (await owner.ask(CREATE, created(rival)))["createBurnTable"]

        assert result["__typename"] == "Missing"
        assert await db.fetchval("SELECT count(*) FROM burn_table") == 1

    async def test_need_a_permission_to_be_written(self, owner: Asker, acme: Tenant, settings: Any) -> None:
        member = await orgs.member(acme, Role.MEMBER)
        asker = Asker(owner.session, bearer(settings, member))
        error = await asker.refusal(CREATE, created(acme))

        assert error["extensions"]["code"] == "forbidden"
        assert await db.fetchval("SELECT count(*) FROM burn_table") == 0


class TestProviderPrices:
    async def test_are_written_listed_and_ended(self, owner: Asker, acme: Tenant) -> None:
        wish = {
            "orgId": acme.org,
            "provider": "openai",
            "model": "gpt-4o",
            "lines": [{"unit": "tokens", "usd": "1.5"}],
            "effectiveFrom": "2026-11-01T00:00:00Z",
        }
        made = (await owner.ask(CREATE_PRICE, {"input": wish}))["createProviderPrice"]["providerPrice"]
        listed = (await owner.ask(PRICES, {"org": acme.org, "provider": "openai", "model": "gpt-4o"}))[
            "providerPrices"
        ]["nodes"]
        assert [one["source"] for one in listed[:2]] == ["OWN", "LIST"]
        assert listed[0]["ref"] == made["ref"]
        call = {**CALL, "model": "gpt-4o", "at": "2026-11-02T00:00:00Z"}
        quote = (await owner.ask(QUOTE, {"org": acme.org, "call": call}))["rateQuote"]
        assert (quote["usdCost"], quote["costRef"]) == ("0.00225", made["ref"])
        end = {"input": {"orgId": acme.org, "id": made["ref"]}}
        ended = (await owner.ask(END_PRICE, end))["endProviderPrice"]
        assert ended["providerPrice"]["effectiveTo"]
        assert (await owner.ask(END_PRICE, end))["endProviderPrice"]["code"] == "provider_price_ended"

    async def test_of_another_org_are_not_there(self, owner: Asker, acme: Tenant, rival: Tenant) -> None:
        await prices.own(rival, "gpt-4o", 9)
        listed = (await owner.ask(PRICES, {"org": acme.org, "provider": "openai", "model": "gpt-4o"}))[
            "providerPrices"
        ]["nodes"]

        assert {one["source"] for one in listed} == {"LIST"}
