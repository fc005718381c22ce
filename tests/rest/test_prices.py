"""Quotes, burn tables and provider prices over REST."""

from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from app.core import ids
from app.core.clock import utcnow
from app.core.config import Settings
from app.core.principal import Permission
from app.infra import db
from tests.factories import apikeys, prices
from tests.factories.orgs import NOW, Tenant
from tests.rest.problems import fields, problem

CALL = {"provider": "openai", "model": "gpt-4-turbo", "input_tokens": 1000, "output_tokens": 500}
TABLE: dict[str, Any] = {
    "name": "Standard",
    "credit_price_usd": "0.01",
    "rules": [
        {"model": "gpt-4*", "unit": "input_tokens", "credits": "10", "per": "1000"},
        {"unit": "tokens", "credits": "1.5", "per": "1000", "tiers": [{"up_to": "100", "credits": "2"}]},
    ],
}
Json = dict[str, Any]


async def send(
    client: aiohttp.ClientSession,
    tenant: Tenant,
    method: str,
    path: str,
    body: object = None,
    *,
    status: int = 200,
    **headers: str,
) -> Json:
    async with client.request(
        method,
        path,
        json=body,
        headers={**tenant.headers, **{k.replace("_", "-"): v for k, v in headers.items()}},
    ) as answer:
        assert answer.status == status, await answer.text()
        found: Json = {} if status == 204 else await answer.json()
        if "Idempotent-Replay" in answer.headers:
            found["replayed"] = True
        return found


async def quote(client: aiohttp.ClientSession, tenant: Tenant, body: object, *, status: int = 200) -> Json:
    return await send(client, tenant, "POST", "/v1/rating/calculate", body, status=status)


class TestCalculate:
    async def test_quotes_the_example_of_the_api(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        found = await quote(client, acme, CALL)

        # $10 and $30 a million; the default burn has no price of a credit
        assert (found["credits"], found["usd_cost"]) == ("1.5", "0.025")
        assert found["burn_ref"] == "default@1"
        assert (found["usd_revenue"], found["margin_percent"]) == (None, None)

    @pytest.mark.parametrize(
        ("call", "burned", "cost"),
        [
            ({"unit_type": "pages", "quantity": "3"}, "6", "0"),
            ({"provider": "openai", "model": "dall-e-3", "image_count": 2}, "10", None),
        ],
    )
    async def test_quotes_what_the_question_counts(
        self, client: aiohttp.ClientSession, acme: Tenant, call: Json, burned: str, cost: str | None
    ) -> None:
        await prices.published(
            acme, prices.rule(2, unit="pages"), prices.rule(5, unit="images"), start=NOW - timedelta(days=9)
        )
        found = await quote(client, acme, {**call, "timestamp": "2026-11-20T12:00:00Z"})
        assert (found["credits"], found["usd_cost"]) == (burned, cost)

    @pytest.mark.parametrize(
        ("call", "code"),
        [
            ({"event_type": "IMAGE_GENERATION", "provider": "openai", "model": "dall-e-3"}, "required"),
            ({**CALL, "event_type": "TOKEN_USAGE", "image_count": 2}, "unexpected"),
            ({"unit_type": "pages", "quantity": "3", "image_count": 2}, "unexpected"),
        ],
    )
    async def test_quotes_no_images_as_nothing(
        self, client: aiohttp.ClientSession, acme: Tenant, call: Json, code: str
    ) -> None:
        async with client.post("/v1/rating/calculate", json=call, headers=acme.headers) as answer:
            assert fields(await problem(answer, 422, "invalid_input")) == {("image_count", code)}

    async def test_tells_the_margin(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        await prices.published(acme, prices.rule("0.004"), credit_price="0.01", start=NOW - timedelta(days=9))
        found = await quote(client, acme, {**CALL, "timestamp": "2026-11-20T12:00:00Z"})

        assert found["credits"] == "6"
        assert found["usd_revenue"] == "0.06"
        assert found["margin_usd"] == "0.035"
        assert found["margin_percent"] == "58.33"

    async def test_of_a_customer_is_by_the_tables_of_their_tier(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        await prices.published(acme, prices.rule(2), audience=prices.tier("gold"))
        await db.execute(
            "INSERT INTO customer VALUES (gen_random_uuid(), $1, 'c1', NULL, 'gold', NULL, $2)",
            acme.org_id,
            NOW,
        )
        at = {"timestamp": "2026-11-21T12:00:00Z"}
        ours = ids.encode("cus", await db.fetchval("SELECT id FROM customer"))
        asked: list[Json] = [{}, {"customer_id": "c1"}, {"customer_id": "c2"}, {"tier": "gold"}]
        found = [await quote(client, acme, {**CALL, **at, **who}) for who in (*asked, {"customer_id": ours})]

        assert [one["credits"] for one in found] == ["1.5", "3000", "1.5", "3000", "3000"]
        unknown = {**CALL, "customer_id": ids.encode("cus", ids.uuid7())}
        async with client.post("/v1/rating/calculate", json=unknown, headers=acme.headers) as answer:
            await problem(answer, 404, "customer_not_found")

    async def test_leaves_what_is_not_known_open(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        unknown = await quote(client, acme, {**CALL, "model": "tomorrow"})
        image = await quote(
            client,
            acme,
            {"event_type": "IMAGE_GENERATION", "provider": "openai", "model": "x", "image_count": 1},
        )

        assert (unknown["credits"], unknown["usd_cost"], unknown["cost_ref"]) == ("1.5", None, None)
        assert (image["credits"], image["burn_ref"], image["usd_cost"]) == (None, None, None)

    async def test_names_every_fault(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        async with client.post(
            "/v1/rating/calculate",
            json={**CALL, "input_tokens": -1, "cached_input_tokens": 5, "event_type": "CUSTOM"},
            headers=acme.headers,
        ) as answer:
            refused = await problem(answer, 422, "invalid_input")

        assert [error["field"] for error in refused["errors"]] == [
            "input_tokens",
            "input_tokens",
            "unit_type",
        ]

    async def test_writes_nothing(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        await quote(client, acme, {**CALL, "customer_id": "new"})

        assert await db.fetchval("SELECT count(*) FROM customer") == 0
        assert await db.fetchval("SELECT count(*) FROM usage_event") == 0


class TestBurnTables:
    async def test_go_from_draft_to_version(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        made = await send(client, acme, "POST", "/v1/burn-tables", TABLE, status=201)
        path = f"/v1/burn-tables/{made['id']}"
        assert (made["status"], made["version"]) == ("draft", 1)
        assert made["rules"][1]["tiers"] == [{"up_to": "100", "credits": "2"}]
        updated = await send(client, acme, "PATCH", path, {**TABLE, "name": "Other"})
        assert updated["name"] == "Other"
        published = await send(
            client, acme, "POST", f"{path}/publish", {"effective_from": "2026-11-01T00:00:00Z"}
        )
        assert published["status"] == "published"
        assert await send(client, acme, "GET", path) == published
        found = await quote(client, acme, {**CALL, "timestamp": "2026-11-02T00:00:00Z"})

        # 1,000 in at 10 a thousand; 500 out: 100 at 2 a thousand, 400 at 1.5
        assert found["credits"] == "10.8"
        assert found["burn_ref"] == f"{made['id']}@1#0,1"

    async def test_are_made_once_per_key(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        made = [
            await send(client, acme, "POST", "/v1/burn-tables", TABLE, status=201, Idempotency_Key="k")
            for _ in range(2)
        ]

        assert made[1].pop("replayed")
        assert made[0] == made[1]

    async def test_are_listed_in_pages(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        drafts = [await prices.draft(acme) for _ in range(2)]
        mine = await prices.published(acme, audience=prices.customer("c1"))
        first = await send(client, acme, "GET", "/v1/burn-tables?limit=2")
        rest = await send(client, acme, "GET", f"/v1/burn-tables?limit=2&cursor={first['next_cursor']}")
        narrow = await send(client, acme, "GET", "/v1/burn-tables?audience_kind=customer&audience_ref=c1")
        published = await send(client, acme, "GET", "/v1/burn-tables?status=published")

        assert len(first["data"]) == 2
        assert len(rest["data"]) == 1
        assert rest["next_cursor"] is None
        assert [one["created_at"] for one in narrow["data"]] == [
            one["created_at"] for one in published["data"]
        ]
        assert mine.audience.ref == narrow["data"][0]["audience"]["ref"]
        assert len(drafts) == 2

    async def test_are_dropped_while_drafts(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        made = await send(client, acme, "POST", "/v1/burn-tables", TABLE, status=201)
        path = f"/v1/burn-tables/{made['id']}"
        await send(client, acme, "DELETE", path, status=204)
        await send(client, acme, "GET", path, status=404)

    async def test_of_another_org_are_not_there(
        self, client: aiohttp.ClientSession, acme: Tenant, rival: Tenant
    ) -> None:
        made = await send(client, rival, "POST", "/v1/burn-tables", TABLE, status=201)
        path = f"/v1/burn-tables/{made['id']}"
        for method, where, body in (
            ("GET", path, None),
            ("PATCH", path, TABLE),
            ("DELETE", path, None),
            ("POST", f"{path}/publish", {}),
            ("GET", "/v1/burn-tables/burn_nonsense", None),
        ):
            async with client.request(method, where, json=body, headers=acme.headers) as answer:
                await problem(answer, 404, "burn_table_not_found")
        listed = await send(client, acme, "GET", "/v1/burn-tables")

        assert listed["data"] == []
        assert await send(client, rival, "GET", path) == made

    async def test_need_a_permission_to_be_written(
        self, client: aiohttp.ClientSession, acme: Tenant, settings: Settings
    ) -> None:
        scopes = frozenset(Permission) - {Permission.PRICES_MANAGE}
        new = await apikeys.made(settings, acme.owner, acme.org_id, scopes=scopes, now=utcnow())
        async with client.post("/v1/burn-tables", json=TABLE, headers=new.headers) as answer:
            await problem(answer, 403, "forbidden")

        assert await db.fetchval("SELECT count(*) FROM burn_table") == 0

    async def test_that_overlap_are_a_conflict_that_names_the_other(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        first = await prices.published(acme)
        second = await send(client, acme, "POST", "/v1/burn-tables", TABLE, status=201)
        async with client.post(
            f"/v1/burn-tables/{second['id']}/publish",
            json={"effective_from": first.effective_from and first.effective_from.isoformat()},
            headers=acme.headers,
        ) as answer:
            refused = await problem(answer, 409, "burn_table_overlap")

        assert "@1 is in force" in refused["detail"]


class TestProviderPrices:
    async def test_are_the_orgs_own_and_then_the_list(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        body = {"provider": "openai", "model": "gpt-4o", "lines": [{"unit": "tokens", "usd": "1"}]}
        made = await send(client, acme, "POST", "/v1/providers/pricing", body, status=201)
        found = await send(
            client, acme, "GET", "/v1/providers/pricing?provider=OpenAI&model=gpt-4o&limit=100"
        )
        own = found["data"][0]
        [listed] = [one for one in found["data"][1:] if one["model"] == "gpt-4o"]

        assert own == made
        assert (own["source"], own["lines"][0]["usd"], own["lines"][0]["per"]) == ("own", "1", "1000000")
        assert listed["source"] == "list"
        assert {line["unit"]: line["usd"] for line in listed["lines"]}["cached_input_tokens"] == "1.25"

    @pytest.mark.parametrize("end", ["9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59-12:00"])
    async def test_last_no_longer_than_time_does(
        self, client: aiohttp.ClientSession, acme: Tenant, end: str
    ) -> None:
        # Kept as infinity, the first would be a time that the price book cannot read: no event would be rated again.
        body = {"provider": "openai", "model": "gpt-4o", "lines": [{"unit": "tokens", "usd": "2"}]}
        answer = await send(
            client, acme, "POST", "/v1/providers/pricing", {**body, "effective_to": end}, status=422
        )
        assert [(error["field"], error["code"]) for error in answer["errors"]] == [
            ("effective_to", "out_of_range")
        ]
        assert await db.fetchval("SELECT count(*) FROM provider_price") == 0

    async def test_can_be_read_to_the_end(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        await prices.own(acme, "gpt-4o", 1)
        await prices.own(acme, "o3", 1)
        whole = await send(client, acme, "GET", "/v1/providers/pricing?provider=openai&limit=100")
        pages, path = [], "/v1/providers/pricing?provider=openai&limit=1"
        cursor = ""
        for _ in range(6):
            page = await send(client, acme, "GET", path + cursor)
            pages += page["data"]
            cursor = f"&cursor={page['next_cursor']}"

        assert pages == whole["data"][:6]
        assert [one["source"] for one in pages] == ["own"] * 2 + ["list"] * 4

    async def test_tell_the_bands_of_long_inputs(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        found = await send(client, acme, "GET", "/v1/providers/pricing?provider=google&model=gemini-2.5-pro")

        assert {"unit": "input_tokens", "above": 200_000, "usd": "2.5"} in found["data"][0]["bands"]

    async def test_end(self, client: aiohttp.ClientSession, acme: Tenant, rival: Tenant) -> None:
        price = await prices.own(acme, "gpt-4o", 1)
        found = await send(client, acme, "GET", "/v1/providers/pricing?limit=1")
        path = f"/v1/providers/pricing/{found['data'][0]['ref']}/end"
        body = {"effective_to": (price.effective_from + timedelta(days=1)).isoformat()}
        await send(client, rival, "POST", path, body, status=404)
        ended = await send(client, acme, "POST", path, body)
        async with client.post(path, json={}, headers=acme.headers) as answer:
            await problem(answer, 409, "provider_price_ended")

        assert ended["effective_to"] is not None
