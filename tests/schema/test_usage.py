"""Reading usage."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from app.core import ids
from app.core.config import Settings
from app.core.pagination import encode_cursor
from app.core.principal import Role
from app.jobs import execution
from tests.factories import jobs, usage_rows
from tests.factories.orgs import NOW, Tenant, bearer, member
from tests.factories.usage_rows import Used
from tests.schema.conftest import Asker, Json

USAGE = """query(
  $org: ID!, $range: TimeRange!, $step: Granularity! = DAY, $by: [UsageDimension!], $where: UsageFilter
) {
  usage(orgId: $org, range: $range, granularity: $step, groupBy: $by, filter: $where) {
    start end
    series { start group { dimension value } figures { requests tokens costUsd } }
    totals { requests inputTokens outputTokens tokens costUsd credits unrated }
  }
}"""
DAY = {"from": "2026-11-20T00:00:00Z", "to": "2026-11-21T00:00:00Z"}


async def use(acme: Tenant, customer: str | None = None) -> None:
    lease = await jobs.running(acme, customer_id=customer)
    await execution.succeed(lease, jobs.OUTCOME, now=NOW)


class TestBill:
    async def test_adds_up_a_month_of_the_plan(self, owner: Asker, acme: Tenant) -> None:
        await use(acme)
        document = """query($org: ID!, $month: String) { bill(orgId: $org, month: $month) {
          start end plan planVersion currency tokens includedTokens baseMinor overageTokens overageMinor totalMinor
        } }"""
        found = (await owner.ask(document, {"org": acme.org, "month": f"{NOW:%Y-%m}"}))["bill"]
        used = jobs.USAGE.input_tokens + jobs.USAGE.output_tokens
        assert (found["plan"], found["tokens"], found["totalMinor"]) == ("PRO", used, 4_900)
        error = await owner.refusal(document, {"org": acme.org, "month": "x"})
        assert error["extensions"]["code"] == "invalid_input"


class TestUsage:
    async def test_gives_series_and_totals(self, owner: Asker, acme: Tenant) -> None:
        await use(acme, "a")
        await use(acme)
        variables = {"org": acme.org, "range": DAY, "by": ["CUSTOMER", "MODEL"]}
        report = (await owner.ask(USAGE, variables))["usage"]
        groups = {
            tuple((one["dimension"], one["value"]) for one in bucket["group"]): bucket["figures"]
            for bucket in report["series"]
        }
        figures = {"requests": 1, "tokens": 1_100, "costUsd": jobs.COST}
        assert groups == {
            (("CUSTOMER", "a"), ("MODEL", "gpt-4o-mini")): figures,
            (("CUSTOMER", None), ("MODEL", "gpt-4o-mini")): figures,
        }
        assert report["totals"] == {
            "requests": 2,
            "inputTokens": 2_000,
            "outputTokens": 200,
            "tokens": 2_200,
            "costUsd": "0.00039",
            "credits": "2.2",
            "unrated": 0,
        }

    async def test_can_be_of_one_customer(self, owner: Asker, acme: Tenant) -> None:
        await use(acme, "a")
        await use(acme, "b")
        variables = {"org": acme.org, "range": DAY, "where": {"customerId": "a"}}
        assert (await owner.ask(USAGE, variables))["usage"]["totals"]["requests"] == 1

    @pytest.mark.parametrize(
        "changes",
        [
            {"range": {"from": DAY["to"], "to": DAY["from"]}},
            {"by": ["MODEL", "MODEL"]},
            {"range": {"from": "2000-01-01T00:00:00Z", "to": DAY["to"]}, "step": "HOUR"},
            {"range": {"from": "9999-12-31T00:00:00Z", "to": "9999-12-31T23:59:59Z"}},
        ],
    )
    async def test_refuses_a_question_that_makes_no_sense(
        self, owner: Asker, acme: Tenant, changes: Json
    ) -> None:
        error = await owner.refusal(USAGE, {"org": acme.org, "range": DAY, **changes})
        assert error["extensions"]["code"] == "invalid_input"

    async def test_refuses_what_is_no_time(self, owner: Asker, acme: Tenant) -> None:
        error = await owner.refusal(USAGE, {"org": acme.org, "range": {**DAY, "to": "y"}})
        assert error["extensions"]["code"] == "bad_request"

    async def test_of_others_is_as_of_none(self, stranger: Asker, acme: Tenant) -> None:
        error = await stranger.refusal(USAGE, {"org": acme.org, "range": DAY})
        assert error["extensions"]["code"] == "not_found"

    async def test_gives_all_that_may_be_asked(self, owner: Asker, acme: Tenant) -> None:
        spent = Used(acme.org_id, acme.live.id, revenue=Decimal("0.05"), cost=Decimal("0.02"), latency_ms=100)
        await usage_rows.write(*(replace(spent, model=name, id=ids.uuid7()) for name in ("a", "a", "b", "c")))
        query = """query($org: ID!, $range: TimeRange!, $where: UsageFilter) {
          usage(orgId: $org, range: $range, groupBy: [MODEL, WORKSPACE], filter: $where,
                top: {count: 1, by: REQUESTS}, fill: true) {
            series { isOther group { value } figures { requests marginUsd marginPercent } latency { calls p50Ms } }
            latency { calls }
            previous { start end totals { requests } changes { figure percent } }
          }
        }"""
        workspace = ids.encode("ws", acme.live.id)
        variables = {"org": acme.org, "range": DAY, "where": {"workspaceIds": [workspace]}}

        report = (await owner.ask(query, variables))["usage"]

        named, other = report["series"]
        assert [one["value"] for one in named["group"]] == ["a", workspace]
        assert named["figures"] == {"requests": 2, "marginUsd": "0.06", "marginPercent": "60"}
        assert named["latency"] == {"calls": 2, "p50Ms": 103}
        assert (other["isOther"], other["figures"]["requests"]) == (True, 2)
        assert report["latency"] == {"calls": 4}
        assert report["previous"]["totals"]["requests"] == 0
        assert {"figure": "requests", "percent": None} in report["previous"]["changes"]

    async def test_filters_by_several_values(self, owner: Asker, acme: Tenant) -> None:
        for customer in ("a", "b", None):
            await use(acme, customer)

        async def count(**where: object) -> int:
            variables = {"org": acme.org, "range": DAY, "where": where}
            requests: int = (await owner.ask(USAGE, variables))["usage"]["totals"]["requests"]
            return requests

        assert await count(customerIds=["a", None]) == 2
        assert await count(customerIds=["a", "b"], models=["gpt-4o-mini"]) == 2

    @pytest.mark.parametrize(
        "where",
        [{"keyIds": ["key_x"]}, {"model": "a", "models": ["a"]}, {"models": []}],
    )
    async def test_refuses_a_filter_that_makes_no_sense(
        self, owner: Asker, acme: Tenant, where: Json
    ) -> None:
        error = await owner.refusal(USAGE, {"org": acme.org, "range": DAY, "where": where})
        assert error["extensions"]["code"] == "invalid_input"


class TestUsageEvents:
    QUERY = """query($org: ID!, $first: Int! = 20, $after: String, $where: UsageEventFilter) {
      usageEvents(orgId: $org, first: $first, after: $after, filter: $where) {
        nodes { id eventId model costUsd credits isVoided isUnrated workspaceId properties occurredAt }
        pageInfo { hasNextPage endCursor }
      }
    }"""

    async def test_are_read_in_pages(self, owner: Asker, acme: Tenant) -> None:
        events = [
            Used(acme.org_id, acme.live.id, at=NOW - timedelta(minutes=n), event_id=f"e{n}") for n in range(3)
        ]
        await usage_rows.write(*events)
        await usage_rows.correct(usage_rows.voided(events[0]))

        first = (await owner.ask(self.QUERY, {"org": acme.org, "first": 2}))["usageEvents"]
        after = first["pageInfo"]["endCursor"]
        rest = (await owner.ask(self.QUERY, {"org": acme.org, "first": 2, "after": after}))["usageEvents"]

        nodes = [*first["nodes"], *rest["nodes"]]
        assert [node["eventId"] for node in nodes] == ["e0", "e1", "e2"]
        assert [(node["isVoided"], node["costUsd"]) for node in nodes] == [
            (True, "0"),
            (False, "0.0125"),
            (False, "0.0125"),
        ]
        assert nodes[0]["id"] == ids.encode("evt", events[0].id)
        assert not rest["pageInfo"]["hasNextPage"]

    async def test_are_those_that_match(self, owner: Asker, acme: Tenant) -> None:
        await usage_rows.write(
            Used(acme.org_id, acme.live.id, event_id="priced"),
            Used(acme.org_id, acme.live.id, event_id="unpriced", cost=None, customer_id="c"),
        )
        for where in ({"isUnrated": True}, {"customerIds": ["c"]}, {"eventIds": ["unpriced"]}):
            page = (await owner.ask(self.QUERY, {"org": acme.org, "where": where}))["usageEvents"]
            assert [node["eventId"] for node in page["nodes"]] == ["unpriced"]

    async def test_refuse_a_cursor_of_another_list(self, owner: Asker, acme: Tenant) -> None:
        error = await owner.refusal(self.QUERY, {"org": acme.org, "after": encode_cursor(acme.org_id)})
        assert error["extensions"]["code"] == "invalid_input"

    async def test_of_others_are_as_of_none(self, stranger: Asker, acme: Tenant) -> None:
        error = await stranger.refusal(self.QUERY, {"org": acme.org})
        assert error["extensions"]["code"] == "not_found"


class TestAuditLog:
    QUERY = """query($org: ID!, $first: Int! = 20, $after: String, $action: String) {
      auditLog(orgId: $org, first: $first, after: $after, action: $action) {
        nodes { id at action principalKind principalId targetType targetId changes requestId ip }
        pageInfo { hasNextPage endCursor }
      }
    }"""

    async def test_shows_who_did_what_newest_first(self, owner: Asker, acme: Tenant) -> None:
        job = await jobs.queued(acme)
        nodes = (await owner.ask(self.QUERY, {"org": acme.org}))["auditLog"]["nodes"]
        assert [node["action"] for node in nodes] == ["job.created", "api_key.created", "org.created"]
        newest = nodes[0]
        assert newest["targetId"] == ids.encode("job", job.id)
        assert (newest["principalKind"], newest["principalId"]) == (
            "api_key",
            ids.encode("key", acme.key.id),
        )
        assert newest["changes"] == {"kind": "summarize"}
        assert acme.token not in str(nodes)

    async def test_is_read_in_pages_and_by_action(self, owner: Asker, acme: Tenant) -> None:
        for _ in range(3):
            await jobs.queued(acme)
        variables = {"org": acme.org, "first": 2, "action": "job.created"}
        page = (await owner.ask(self.QUERY, variables))["auditLog"]
        assert (len(page["nodes"]), page["pageInfo"]["hasNextPage"]) == (2, True)
        rest = (await owner.ask(self.QUERY, {**variables, "after": page["pageInfo"]["endCursor"]}))[
            "auditLog"
        ]
        assert (len(rest["nodes"]), rest["pageInfo"]["hasNextPage"]) == (1, False)

    async def test_is_for_those_who_may_read_it(self, owner: Asker, acme: Tenant, settings: Settings) -> None:
        for role, code in ((Role.MEMBER, "forbidden"), (Role.VIEWER, "forbidden")):
            asker = Asker(owner.session, bearer(settings, await member(acme, role)))
            assert (await asker.refusal(self.QUERY, {"org": acme.org}))["extensions"]["code"] == code
        admin = Asker(owner.session, bearer(settings, await member(acme, Role.ADMIN)))
        assert await admin.ask(self.QUERY, {"org": acme.org})

    async def test_of_others_is_as_of_none(self, stranger: Asker, acme: Tenant) -> None:
        error = await stranger.refusal(self.QUERY, {"org": acme.org})
        assert error["extensions"]["code"] == "not_found"
