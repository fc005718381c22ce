"""`/v1/usage`."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import aiohttp
import pytest

from app.analytics import queries as analytics
from app.core import ids
from app.infra import db
from app.jobs import execution
from app.jobs.types import ModelCall, Outcome
from tests.factories import jobs, usage_rows
from tests.factories.orgs import NOW, Tenant
from tests.factories.usage_rows import Used
from tests.rest.problems import fields, problem

FIGURES = {
    *("requests", "input_tokens", "output_tokens", "tokens", "cost_usd", "credits", "unrated"),
    *("revenue_usd", "margin_usd", "margin_percent"),
}
DAY = {"from": "2026-11-20", "to": "2026-11-21"}


async def use(
    acme: Tenant, model: str = "gpt-4o-mini", *, hours: int = 0, customer: str | None = None
) -> None:
    now = NOW + timedelta(hours=hours)
    lease = await jobs.running(acme, now=now, customer_id=customer)
    await execution.succeed(lease, Outcome({}, [ModelCall("openai", model, jobs.USAGE)]), now=now)


async def ask(client: aiohttp.ClientSession, acme: Tenant, **query: str) -> dict[str, Any]:
    answer = await client.get("/v1/usage", params=query, headers=acme.headers)
    assert answer.status == 200, await answer.text()
    body: dict[str, Any] = await answer.json()
    return body


class TestReport:
    async def test_gives_series_and_totals_in_the_documented_shape(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        await use(acme)
        await use(acme, hours=1)

        body = await ask(client, acme, **DAY, granularity="hour", group_by="model,customer")

        first, second = body["series"]
        assert set(first) == FIGURES | {"start", "group", "is_other", "latency"}
        assert first["group"] == {"model": "gpt-4o-mini", "customer": None}
        assert [first["start"], second["start"]] == [
            "2026-11-20T10:00:00+00:00",
            "2026-11-20T11:00:00+00:00",
        ]
        assert (first["requests"], first["tokens"]) == (1, 1_100)
        assert (first["cost_usd"], first["credits"]) == (jobs.COST, "1.1"), "exact decimals, as text"
        assert body["totals"] == {
            "requests": 2,
            "input_tokens": 2_000,
            "output_tokens": 200,
            "tokens": 2_200,
            "cost_usd": "0.00039",
            "credits": "2.2",
            "revenue_usd": "0",
            "margin_usd": None,
            "margin_percent": None,
            "unrated": 0,
            "latency": None,
        }
        assert body["previous"] is None

    async def test_adds_up_in_steps_of_a_day_unless_told_otherwise(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        for hours in (0, 1, 24):
            await use(acme, hours=hours)
        body = await ask(client, acme, **{"from": "2026-11-20", "to": "2026-11-23"})
        assert body["granularity"] == "day"
        assert [(b["start"][:10], b["requests"]) for b in body["series"]] == [
            ("2026-11-20", 2),
            ("2026-11-21", 1),
        ]

    async def test_groups_by_what_it_is_asked(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        await use(acme, customer="a")
        await use(acme, customer="b")
        await use(acme, "no-such-model-9", customer="b")
        body = await ask(client, acme, **DAY, group_by="customer")
        assert {b["group"]["customer"]: b["requests"] for b in body["series"]} == {"a": 1, "b": 2}
        assert body["totals"]["unrated"] == 1
        assert body["totals"]["cost_usd"] == "0.00039", "what has no price is counted, not priced"

    async def test_is_half_open(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        await use(acme)
        until = await ask(client, acme, **{"from": "2026-11-20T09:00:00Z", "to": "2026-11-20T10:00:00Z"})
        since = await ask(client, acme, **{"from": "2026-11-20T10:00:00Z", "to": "2026-11-20T11:00:00Z"})
        assert (until["totals"]["requests"], since["totals"]["requests"]) == (0, 1)

    @pytest.mark.parametrize(
        "start",
        ["2026-11-20T12:00:00+02:00", "2026-11-20T10:00:00", "2026-11-20 10:00:00Z", "2026-11-20T10:30:00Z"],
    )
    async def test_understands_every_way_to_write_a_time(
        self, client: aiohttp.ClientSession, acme: Tenant, start: str
    ) -> None:
        body = await ask(client, acme, **{"from": start, "to": "2026-11-21"})
        assert body["start"] == "2026-11-20T10:00:00+00:00", "widened to whole hours, in UTC"

    async def test_understands_a_plus_sign_that_the_url_made_a_space(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        answer = await client.get(
            "/v1/usage?from=2026-11-20T12:00:00+02:00&to=2026-11-21", headers=acme.headers
        )
        assert (await answer.json()).get("start") == "2026-11-20T10:00:00+00:00"

    async def test_without_a_range_is_of_the_last_week(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        body = await ask(client, acme)
        start, end = (datetime.fromisoformat(body[name]) for name in ("start", "end"))
        assert timedelta(days=7) <= end - start <= timedelta(days=7, hours=1)

    async def test_shows_nobody_elses(
        self, client: aiohttp.ClientSession, acme: Tenant, rival: Tenant
    ) -> None:
        await use(rival)
        assert (await ask(client, acme, **DAY))["totals"]["requests"] == 0

    async def test_knows_customers_by_our_ids_too(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        for customer in ("a", "b", None):
            await use(acme, customer=customer)
        ours = ids.encode("cus", await db.fetchval("SELECT id FROM customer WHERE external_id = 'a'"))
        unknown = ids.encode("cus", ids.uuid7())
        found = await ask(client, acme, customer=ours, group_by="customer", **DAY)
        assert [bucket["group"] for bucket in found["series"]] == [{"customer": "a"}]
        assert (await ask(client, acme, customer=unknown, **DAY))["totals"]["requests"] == 0
        for path in ("/v1/usage/events", "/v1/usage/events.csv"):
            async with client.get(path, params={"customer": ours}, headers=acme.headers) as answer:
                text = await answer.text()
            assert text.count("job:") == 1

    async def test_answers_all_that_may_be_asked(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        spent = Used(acme.org_id, acme.live.id, revenue=Decimal("0.05"), cost=Decimal("0.02"), latency_ms=100)
        await usage_rows.write(
            *(replace(spent, model=name, id=ids.uuid7()) for name in ("a", "a", "b", "c")),
            replace(spent, at=NOW - timedelta(days=1), id=ids.uuid7()),
        )
        body = await ask(
            client,
            acme,
            **{
                "from": "2026-11-20",
                "to": "2026-11-22",
                "group_by": "model",
                "top": "1",
                "top_by": "requests",
            },
            fill="true",
            compare="previous",
            latency="true",
        )
        assert [(b["start"][8:10], b["group"], b["is_other"], b["requests"]) for b in body["series"]] == [
            ("20", {"model": "a"}, False, 2),
            ("20", {"model": None}, True, 2),
            ("21", {"model": "a"}, False, 0),
            ("21", {"model": None}, True, 0),
        ]
        assert body["totals"]["revenue_usd"] == "0.2"
        assert (body["totals"]["margin_usd"], body["totals"]["margin_percent"]) == ("0.12", "60")
        assert body["totals"]["latency"] == {"calls": 4, "p50_ms": 103, "p95_ms": 103, "p99_ms": 103}
        assert body["previous"]["totals"]["requests"] == 1
        assert body["previous"]["change_percent"]["requests"] == "300"
        assert body["previous"]["start"][:10] == "2026-11-18"

    async def test_counts_what_matches_any_of_the_values(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        for customer in ("a,b", "c", None):
            await use(acme, customer=customer)

        async def count(*given: tuple[str, str]) -> int:
            answer = await client.get("/v1/usage", params=[*DAY.items(), *given], headers=acme.headers)
            requests: int = (await answer.json())["totals"]["requests"]
            return requests

        assert await count(("customer", "a,b"), ("customer", "c")) == 2, "a comma belongs to the name"
        assert await count(("customer", ""), ("customer", "c")) == 2, "empty is who has none"
        assert await count(("customer", "c"), ("model", "other")) == 0
        assert await count(("workspace", ids.encode("ws", acme.live.id))) == 3
        assert await count(("workspace", ids.encode("ws", acme.test.id))) == 0

    async def test_names_keys_and_workspaces_by_their_ids(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        await use(acme)
        body = await ask(client, acme, **DAY, group_by="key,workspace")
        key = ids.encode("key", acme.key.id)
        assert body["series"][0]["group"] == {"key": key, "workspace": ids.encode("ws", acme.live.id)}
        assert (await ask(client, acme, **DAY, key=key))["totals"]["requests"] == 1


class TestReportRefuses:
    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ({"from": "yesterday", "to": "now", "granularity": "minute", "group_by": "colour"}, 4),
            ({"from": "yesterday"}, {"from"}),
            ({"from": "2026-11-21", "to": "2026-11-20"}, {"to"}),
            ({"from": "2026-11-20", "to": "2026-11-20"}, {"to"}),
            ({"from": "2000-01-01", "to": "2026-11-20", "granularity": "hour"}, {"granularity"}),
            ({"group_by": "model,model"}, {"group_by"}),
            ({"group_by": "model,customer,key,user"}, {"group_by"}),
            ({"group_by": "model;DROP TABLE job"}, {"group_by"}),
            ({"from": "0001-01-01T00:00:00+14:00"}, {"from"}),
            ({"top": "0", "group_by": "model"}, {"top"}),
            ({"top": "5"}, {"top"}),
            ({"top": "many", "top_by": "luck", "fill": "yes", "compare": "now", "latency": "1"}, 5),
            ({"key": "key_x", "workspace": "acme"}, {"key", "workspace"}),
        ],
    )
    async def test_a_question_that_makes_no_sense(
        self, client: aiohttp.ClientSession, acme: Tenant, query: dict[str, str], names: set[str] | int
    ) -> None:
        answer = await client.get("/v1/usage", params=query, headers=acme.headers)
        found = {name for name, _ in fields(await problem(answer, 422, "invalid_input"))}
        assert (len(found) if isinstance(names, int) else found) == names

    @pytest.mark.parametrize(
        "query",
        [
            {"from": "9999-12-31T00:00:00Z", "to": "9999-12-31T23:59:59Z"},
            {"from": "0001-01-01", "to": "0001-01-02"},
            {"from": "9999-12-31T23:59:59-14:00"},
        ],
    )
    async def test_the_ends_of_the_calendar_without_a_fault(
        self, client: aiohttp.ClientSession, acme: Tenant, query: dict[str, str]
    ) -> None:
        answer = await client.get("/v1/usage", params=query, headers=acme.headers)
        assert answer.status in (200, 422), await answer.text()

    async def test_an_answer_of_too_many_figures(
        self, client: aiohttp.ClientSession, acme: Tenant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As many as the customers that an org makes up: the range and the steps do not bound them."""
        monkeypatch.setattr(analytics, "MAX_SERIES_BUCKETS", 2)
        for customer in ("a", "b"):
            await use(acme, customer=customer)
        question = {**DAY, "group_by": "customer"}
        assert len((await ask(client, acme, **question))["series"]) == 2, "as many as are allowed"

        await use(acme, customer="c")
        answer = await client.get("/v1/usage", params=question, headers=acme.headers)
        assert fields(await problem(answer, 422, "invalid_input")) == {("group_by", "too_fine")}
