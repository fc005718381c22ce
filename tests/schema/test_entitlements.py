"""Plans, features, entitlements and flags in GraphQL."""

from decimal import Decimal
from typing import Any

import pytest

from app.core import ids
from app.core.config import Settings
from app.core.principal import Role
from app.entitlements import switches
from app.entitlements.types import Flag
from app.infra import db
from tests.factories import limits, orgs, wallets
from tests.factories.entitlements import LAW_FIRM, entitle, feature
from tests.factories.orgs import NOW, Tenant, bearer
from tests.schema.conftest import Asker, Json

PROBLEMS = "... on Problem { code message } ... on InvalidInput { errors { field code } }"
CHECK = """query($org: ID!, $customer: String, $feature: String, $action: IntendedAction) {
  entitlement(orgId: $org, customerId: $customer, feature: $feature, action: $action) {
    allowed reason actions estimatedCredits estimatedCostUsd
    limiting { scope scopeId unit limit remaining resetTime } limits { scope } } }"""
RESERVE = f"""mutation($input: ReserveEntitlementInput!) {{ reserveEntitlement(input: $input) {{
  __typename {PROBLEMS}
  ... on LimitReached {{ scope {{ kind id }} available needed resetsAt }}
  ... on ReservedEntitlement {{ holdId amount expiresAt estimatedCredits estimatedCostUsd isReplay }} }} }}"""
CREATE = f"""mutation($input: CreateFeatureInput!) {{ createFeature(input: $input) {{
  __typename ... on CreatedFeature {{ isReplay feature {{ id key name }} }} {PROBLEMS} }} }}"""
SET = f"""mutation($input: SetEntitlementInput!) {{ setEntitlement(input: $input) {{
  __typename ... on ChangedEntitlement {{ isReplay entitlement {{
    id feature audience audienceRef isEnabled limit {{ unit amount period isHard }} }} }} {PROBLEMS} }} }}"""
REMOVE = f"""mutation($input: RemoveEntitlementInput!) {{ removeEntitlement(input: $input) {{
  __typename ... on ChangedEntitlement {{ entitlement {{ id }} }} {PROBLEMS} }} }}"""
ALL = """query($org: ID!) { features(orgId: $org) { nodes { key } }
  entitlements(orgId: $org) { nodes { id feature } } }"""
FLAGS = "query($org: ID!) { featureFlags(orgId: $org) { key isEnabled reason isPermitted plans } }"
SWITCH = f"""mutation($input: SetFeatureFlagInput!) {{ setFeatureFlag(input: $input) {{
  __typename ... on ChangedFeatureFlag {{ featureFlag {{ key isEnabled reason }} }} {PROBLEMS} }} }}"""
CALL = {"provider": "openai", "model": "gpt-4-turbo", "inputTokens": 1_000, "outputTokens": 500}


async def count(table: str) -> int:
    found: int = await db.fetchval(f"SELECT count(*) FROM {table}")
    return found


class TestPlans:
    async def test_are_what_the_table_says(self, key: Asker) -> None:
        document = """{ plans { name version title priceMinor currency includedTokens overagePer1k seats apiKeys
          requestsPerMinute hasStreaming } }"""
        free, pro, enterprise = (await key.ask(document))["plans"]
        assert free == {
            "name": "FREE",
            "version": 1,
            "title": "Free",
            "priceMinor": 0,
            "currency": "USD",
            "includedTokens": 50_000,
            "overagePer1k": None,
            "seats": 3,
            "apiKeys": 1,
            "requestsPerMinute": 60,
            "hasStreaming": False,
        }
        assert (pro["priceMinor"], pro["includedTokens"], pro["overagePer1k"]) == (4_900, 5_000_000, "0.02")
        assert (enterprise["seats"], enterprise["includedTokens"], enterprise["priceMinor"]) == (
            None,
            None,
            None,
        )


class TestEntitlement:
    async def test_says_whether_a_customer_may_go_on(self, key: Asker, acme: Tenant) -> None:
        await wallets.wallet(acme, 2)
        await feature(acme)
        await entitle(acme, amount=10)
        asked: Json = {"org": acme.org, "customer": LAW_FIRM, "feature": "search", "action": CALL}
        found = (await key.ask(CHECK, asked))["entitlement"]
        assert (found["allowed"], found["reason"], found["actions"]) == (True, "ALLOWED", [])
        assert (found["estimatedCredits"], found["estimatedCostUsd"]) == ("1.5", "0.025")
        assert (found["limiting"]["scope"], found["limiting"]["remaining"]) == ("wallet", "2")
        assert [one["scope"] for one in found["limits"]] == ["entitlement", "wallet"]
        asked["action"] = {**CALL, "inputTokens": 2_000}
        found = (await key.ask(CHECK, asked))["entitlement"]
        assert (found["allowed"], found["reason"], found["actions"]) == (
            False,
            "INSUFFICIENT_CREDITS",
            ["TOP_UP"],
        )

    async def test_of_another_org_is_not_there(self, stranger: Asker, acme: Tenant) -> None:
        error = await stranger.refusal(CHECK, {"org": acme.org})
        assert error["extensions"]["code"] == "not_found"


class TestReserveEntitlement:
    async def reserve(self, asker: Asker, acme: Tenant, **fields: Any) -> Json:
        wanted = {"orgId": acme.org, "customerId": LAW_FIRM, "feature": "search", "action": CALL, **fields}
        found: Json = (await asker.ask(RESERVE, {"input": wanted}))["reserveEntitlement"]
        return found

    async def test_holds_what_nobody_else_is_given(self, key: Asker, acme: Tenant) -> None:
        await wallets.wallet(acme, 2)
        await feature(acme)
        await entitle(acme, amount=10)

        made = await self.reserve(key, acme, idempotencyKey="once", leaseSeconds=60)
        again = await self.reserve(key, acme, idempotencyKey="once", leaseSeconds=60)
        refused = await self.reserve(key, acme)

        assert (made["__typename"], made["amount"], made["estimatedCostUsd"]) == (
            "ReservedEntitlement",
            "1.5",
            "0.025",
        )
        assert again == {**made, "isReplay": True}
        assert (refused["__typename"], refused["code"]) == ("LimitReached", "insufficient_credits")
        assert (refused["scope"]["kind"], refused["available"], refused["needed"]) == ("wallet", "0.5", "1.5")
        assert await db.fetchval("SELECT held FROM wallet") == Decimal("1.5")

    async def test_counts_cached_input_for_what_it_costs(self, key: Asker, acme: Tenant) -> None:
        await wallets.wallet(acme, 100)
        call = {"provider": "openai", "model": "gpt-4o", "inputTokens": 1_000}
        plain = await self.reserve(key, acme, feature=None, action=call)
        cached = await self.reserve(key, acme, feature=None, action={**call, "cachedInputTokens": 1_000})
        assert Decimal(cached["estimatedCostUsd"]) < Decimal(plain["estimatedCostUsd"])

    async def test_is_not_for_customers_who_are_not_entitled(self, key: Asker, acme: Tenant) -> None:
        await wallets.wallet(acme, 2)
        await feature(acme)
        refused = await self.reserve(key, acme)
        assert (refused["__typename"], refused["code"]) == ("NotEntitled", "not_entitled")
        refused = await self.reserve(key, acme, feature=None, action={"credits": "0"})
        assert refused["errors"] == [{"field": "action", "code": "nothing_to_hold"}]
        assert await count("credit_hold") == 0


class TestTerms:
    async def test_are_made_changed_and_removed(self, owner: Asker, acme: Tenant) -> None:
        made = await owner.ask(CREATE, {"input": {"orgId": acme.org, "key": "search", "name": "Search"}})
        assert made["createFeature"]["feature"]["key"] == "search"
        limit = {"unit": "TOKENS", "amount": "500", "period": "WEEK", "isHard": False}
        wanted = {"orgId": acme.org, "feature": "search", "audience": "CUSTOMER", "audienceRef": LAW_FIRM}
        done = (await owner.ask(SET, {"input": {**wanted, "limit": limit}}))["setEntitlement"]["entitlement"]
        assert (done["limit"], done["isEnabled"]) == (limit, True)
        found = await owner.ask(ALL, {"org": acme.org})
        assert [one["id"] for one in found["entitlements"]["nodes"]] == [done["id"]]
        await owner.ask(REMOVE, {"input": {"orgId": acme.org, "id": done["id"]}})
        assert (await owner.ask(ALL, {"org": acme.org}))["entitlements"]["nodes"] == []

    async def test_name_what_is_missing_or_wrong(self, owner: Asker, acme: Tenant) -> None:
        wanted = {"orgId": acme.org, "feature": "search", "audience": "ALL"}
        found = (await owner.ask(SET, {"input": wanted}))["setEntitlement"]
        assert (found["__typename"], found["code"]) == ("Missing", "feature_not_found")
        found = (await owner.ask(SET, {"input": {**wanted, "audienceRef": "x"}}))["setEntitlement"]
        assert found["errors"] == [{"field": "audience.ref", "code": "not_empty"}]
        found = (await owner.ask(REMOVE, {"input": {"orgId": acme.org, "id": "ent_x"}}))["removeEntitlement"]
        assert found["code"] == "entitlement_not_found"

    async def test_are_not_for_members_to_change(
        self, session: Any, settings: Settings, acme: Tenant
    ) -> None:
        await feature(acme)
        member = Asker(session, bearer(settings, await orgs.member(acme, Role.MEMBER)))
        wanted = {"orgId": acme.org, "feature": "search", "audience": "ALL"}
        error = await member.refusal(SET, {"input": wanted})
        assert error["extensions"]["code"] == "forbidden"
        assert await count("entitlement") == 0

    async def test_of_another_org_are_not_there(self, stranger: Asker, acme: Tenant) -> None:
        await feature(acme)
        made = await entitle(acme)
        wanted = {"orgId": acme.org, "id": ids.encode("ent", made.id)}
        assert (await stranger.ask(REMOVE, {"input": wanted}))["removeEntitlement"]["code"] == "not_found"
        assert (await stranger.refusal(ALL, {"org": acme.org}))["extensions"]["code"] == "not_found"
        assert await count("entitlement") == 1


class TestFlags:
    @pytest.fixture(autouse=True)
    async def _flags(self, settings: Settings) -> None:
        for key, plans in (("canvas", None), ("drafts", ("ENTERPRISE",))):
            await switches.define_flag(Flag(key, "", plans, 100, NOW), now=NOW)

    async def test_show_where_a_larger_plan_would_help(self, owner: Asker, acme: Tenant) -> None:
        await limits.put_on(acme, "FREE")
        found = (await owner.ask(FLAGS, {"org": acme.org}))["featureFlags"]
        assert found == [
            {"key": "canvas", "isEnabled": True, "reason": "ROLLOUT", "isPermitted": True, "plans": None},
            {
                "key": "drafts",
                "isEnabled": False,
                "reason": "PLAN",
                "isPermitted": False,
                "plans": ["ENTERPRISE"],
            },
        ]

    async def test_are_switched_where_the_plan_permits_it(self, owner: Asker, acme: Tenant) -> None:
        wanted = {"orgId": acme.org, "key": "canvas", "isEnabled": False}
        found = (await owner.ask(SWITCH, {"input": wanted}))["setFeatureFlag"]["featureFlag"]
        assert found == {"key": "canvas", "isEnabled": False, "reason": "OVERRIDE"}
        found = (await owner.ask(SWITCH, {"input": {**wanted, "key": "drafts"}}))["setFeatureFlag"]
        assert (found["__typename"], found["code"]) == ("Conflict", "feature_flag_not_in_plan")
        found = (await owner.ask(SWITCH, {"input": {**wanted, "key": "none"}}))["setFeatureFlag"]
        assert found["code"] == "feature_flag_not_found"
        assert await count("feature_flag_override") == 1
