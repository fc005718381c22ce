"""`/v1/usage/events` and `/v1/usage/events.csv`."""

import csv
import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import aiohttp
import pytest

from app.analytics import queries
from app.core import ids
from app.core.config import Settings
from app.core.principal import Permission
from tests.factories import apikeys, usage_rows
from tests.factories.orgs import NOW, Tenant
from tests.factories.usage_rows import Used
from tests.rest.problems import fields, problem

PATHS = ("/v1/usage/events", "/v1/usage/events.csv")


def used(acme: Tenant, number: int = 0, **more: Any) -> Used:
    at = NOW - timedelta(minutes=number)
    return Used(acme.org_id, **{"workspace_id": acme.live.id, "at": at, "event_id": f"e{number}", **more})


async def ask(client: aiohttp.ClientSession, acme: Tenant, **query: str) -> dict[str, Any]:
    answer = await client.get("/v1/usage/events", params=query, headers=acme.headers)
    assert answer.status == 200, await answer.text()
    body: dict[str, Any] = await answer.json()
    return body


async def rows(client: aiohttp.ClientSession, acme: Tenant, **query: str) -> list[dict[str, str]]:
    answer = await client.get("/v1/usage/events.csv", params=query, headers=acme.headers)
    assert (answer.status, answer.content_type) == (200, "text/csv")
    return list(csv.DictReader(io.StringIO((await answer.read()).decode(), newline="")))


def names(body: dict[str, Any]) -> list[str]:
    return [event["event_id"] for event in body["data"]]


class TestPage:
    async def test_shows_an_event_as_it_counts_today(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        late = used(acme, cost=None, customer_id="a", api_key_id=acme.key.id, latency_ms=12)
        await usage_rows.write(late)
        await usage_rows.correct(usage_rows.rated(late, Decimal("0.25")))

        [event] = (await ask(client, acme))["data"]

        assert event["id"] == ids.encode("evt", late.id)
        assert (event["api_key_id"], event["workspace_id"]) == (
            ids.encode("key", acme.key.id),
            ids.encode("ws", acme.live.id),
        )
        assert (event["cost_usd"], event["credits"], event["revenue_usd"]) == ("0.25", "1.5", None)
        assert (event["is_unrated"], event["is_voided"], event["latency_ms"]) == (False, False, 12)
        assert (event["input_tokens"], event["properties"]) == (1_000, {"a": 1})

    async def test_goes_on_with_the_cursor(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        await usage_rows.write(*(used(acme, number) for number in range(5)))

        first = await ask(client, acme, limit="3")
        rest = await ask(client, acme, limit="3", cursor=first["next_cursor"])

        assert names(first) + names(rest) == ["e0", "e1", "e2", "e3", "e4"]
        assert rest["next_cursor"] is None

    async def test_shows_what_is_asked_for(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        await usage_rows.write(
            used(acme, 1, customer_id="a"), used(acme, 2, customer_id="b"), used(acme, 3, cost=None)
        )
        assert names(await ask(client, acme, customer="a")) == ["e1"]
        assert names(await ask(client, acme, event_id="e2")) == ["e2"]
        assert names(await ask(client, acme, unrated="true")) == ["e3"]
        assert names(await ask(client, acme, **{"from": "2026-11-20T09:58:00Z"})) == ["e1", "e2"]

    async def test_shows_nobody_elses_nor_of_another_workspace(
        self, client: aiohttp.ClientSession, acme: Tenant, rival: Tenant
    ) -> None:
        await usage_rows.write(used(rival, 1), used(acme, 2, workspace_id=acme.test.id))
        assert names(await ask(client, acme)) == []
        assert names(await ask(client, acme, event_id="e1")) == []
        assert await rows(client, acme) == []


class TestExport:
    async def test_gives_every_event_in_batches(
        self, client: aiohttp.ClientSession, acme: Tenant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(queries, "_EXPORT_BATCH", 2)
        await usage_rows.write(*(used(acme, number) for number in range(5)))

        found = await rows(client, acme)

        assert [row["event_id"] for row in found] == ["e0", "e1", "e2", "e3", "e4"]
        assert (found[0]["occurred_at"], found[0]["cost_usd"]) == ("2026-11-20T10:00:00+00:00", "0.0125")
        assert (found[0]["is_voided"], found[0]["customer_id"]) == ("false", "")
        assert found[0]["properties"] == '{"a":1}'

    async def test_gives_a_line_of_names_where_there_is_nothing(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        answer = await client.get("/v1/usage/events.csv", headers=acme.headers)
        assert (await answer.text()).startswith("id,event_id,event_type,")

    async def test_lets_no_spreadsheet_run_what_customers_wrote(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        await usage_rows.write(used(acme, customer_id="=1+1"))
        assert [row["customer_id"] for row in await rows(client, acme)] == ["'=1+1"]


class TestRefusals:
    @pytest.mark.parametrize("path", PATHS)
    async def test_name_everything_that_is_wrong(
        self, client: aiohttp.ClientSession, acme: Tenant, path: str
    ) -> None:
        async def refused(**query: str) -> set[str]:
            answer = await client.get(path, params=query, headers=acme.headers)
            return {name for name, _ in fields(await problem(answer, 422, "invalid_input"))}

        assert await refused(**{"from": "yesterday", "to": "never", "unrated": "maybe"}) == {
            "from",
            "to",
            "unrated",
        }
        assert await refused(**{"from": "2026-11-21", "to": "2026-11-20"}) == {"to"}

    @pytest.mark.parametrize("cursor", ["x", "AAAA", "\u00e9", "=" * 40, "-" * 32])
    async def test_know_a_cursor_that_is_none(
        self, client: aiohttp.ClientSession, acme: Tenant, cursor: str
    ) -> None:
        query = {"cursor": cursor, "limit": "0"}
        answer = await client.get("/v1/usage/events", params=query, headers=acme.headers)
        assert {name for name, _ in fields(await problem(answer, 422, "invalid_input"))} == {
            "cursor",
            "limit",
        }

    @pytest.mark.parametrize("path", PATHS)
    async def test_are_for_keys_without_the_permission(
        self, client: aiohttp.ClientSession, acme: Tenant, settings: Settings, path: str
    ) -> None:
        scopes = set(Permission) - {Permission.USAGE_READ}
        key = await apikeys.made(settings, acme.owner, acme.org_id, scopes=scopes, now=NOW)
        answer = await client.get(path, headers=key.headers)
        await problem(answer, 403, "forbidden")
