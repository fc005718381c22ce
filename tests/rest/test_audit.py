"""`/v1/audit` and `/v1/audit.csv`."""

import csv
import io
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from app.audit import queries
from app.audit.types import Action
from app.core import ids
from app.core.config import Settings
from app.core.principal import Permission
from app.infra import db
from tests.factories import apikeys, audit
from tests.factories.orgs import NOW, Tenant
from tests.fakes import statements
from tests.rest.problems import fields, problem

LATER = NOW + timedelta(seconds=1)


async def ask(client: aiohttp.ClientSession, acme: Tenant, **query: str) -> dict[str, Any]:
    answer = await client.get("/v1/audit", params=query, headers=acme.headers)
    assert answer.status == 200, await answer.text()
    body: dict[str, Any] = await answer.json()
    return body


async def export(client: aiohttp.ClientSession, acme: Tenant, **query: str) -> list[dict[str, str]]:
    answer = await client.get("/v1/audit.csv", params=query, headers=acme.headers)
    assert (answer.status, answer.content_type) == (200, "text/csv")
    return list(csv.DictReader(io.StringIO((await answer.read()).decode(), newline="")))


def numbers(body: dict[str, Any]) -> list[int]:
    return [entry["changes"].get("number") for entry in body["data"]]


class TestPage:
    async def test_shows_each_entry_with_its_place_in_the_chain(
        self, client: aiohttp.ClientSession, acme: Tenant, settings: Settings
    ) -> None:
        await audit.seal_all(settings)
        await audit.write(acme.org_id, 1)

        newest, second, first = (await ask(client, acme))["data"]
        assert (newest["seq"], newest["hash"]) == (None, None), "not sealed yet"
        assert (second["seq"], first["seq"]) == (2, 1)
        assert len(first["hash"]) == 64
        assert (first["action"], first["target_id"]) == ("org.created", acme.org)
        assert second["target_id"] == ids.encode("key", acme.key.id)
        assert second["principal_id"] == ids.encode("user", acme.owner.id)

    async def test_goes_on_with_the_cursor(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        await audit.write(acme.org_id, 5)
        first = await ask(client, acme, limit="3", action="job.created")
        rest = await ask(client, acme, limit="3", action="job.created", cursor=first["next_cursor"])
        assert numbers(first) + numbers(rest) == [4, 3, 2, 1, 0]
        assert rest["next_cursor"] is None

    async def test_finds_by_each_filter_and_by_all_together(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        target = ids.uuid7()
        entries = [
            audit.entry(acme.org_id, number, who=acme.owner if number % 2 else acme.key)
            for number in range(6)
        ]
        await audit.record(
            *entries,
            audit.entry(acme.org_id, 6, who=acme.key, target_id=target, action=Action.JOB_COMPLETED),
        )
        job, key = ids.encode("job", target), ids.encode("key", acme.key.id)

        assert numbers(await ask(client, acme, principal=key)) == [6, 4, 2, 0]
        assert numbers(await ask(client, acme, target=job)) == [6]
        assert numbers(await ask(client, acme, action="job.completed")) == [6]
        assert numbers(await ask(client, acme, target_type="job")) == [6, 5, 4, 3, 2, 1, 0]
        times = {"from": "2026-11-20T10:00:02Z", "to": "2026-11-20T10:00:05Z"}
        assert numbers(await ask(client, acme, **times)) == [4, 3, 2], "half-open"
        together = {"principal": key, "action": "job.created", "target_type": "job", **times}
        assert numbers(await ask(client, acme, **together)) == [4, 2]
        assert numbers(await ask(client, acme, target=ids.encode("job", ids.uuid7()))) == []

    @pytest.mark.parametrize("path", ["/v1/audit", "/v1/audit.csv"])
    async def test_names_everything_that_is_wrong(
        self, client: aiohttp.ClientSession, acme: Tenant, path: str
    ) -> None:
        async def refused(**query: str) -> set[str]:
            answer = await client.get(path, params=query, headers=acme.headers)
            return {name for name, _ in fields(await problem(answer, 422, "invalid_input"))}

        wrong = {"principal": "somebody", "target": "key_x", "from": "yesterday", "to": "never"}
        assert await refused(**wrong) == set(wrong), "all at once"
        assert await refused(principal="somebody", target="key_x") == {"principal", "target"}
        assert await refused(**{"from": "yesterday", "to": "never"}) == {"from", "to"}
        assert await refused(**{"from": "2026-11-21", "to": "2026-11-20"}) == {"to"}

    @pytest.mark.parametrize("path", ["/v1/audit", "/v1/audit.csv"])
    async def test_is_for_keys_with_the_permission(
        self, client: aiohttp.ClientSession, acme: Tenant, settings: Settings, path: str
    ) -> None:
        scopes = set(Permission) - {Permission.AUDIT_READ}
        key = await apikeys.made(settings, acme.owner, acme.org_id, scopes=scopes, now=NOW)
        answer = await client.get(path, headers=key.headers)
        await problem(answer, 403, "forbidden")

    async def test_shows_nothing_of_another_org(
        self, client: aiohttp.ClientSession, acme: Tenant, rival: Tenant
    ) -> None:
        await audit.write(acme.org_id, 3)
        assert numbers(await ask(client, rival)) == [None, None], "its own two"
        assert (await ask(client, rival, principal=ids.encode("key", acme.key.id)))["data"] == []
        assert {row["target_id"] for row in await export(client, rival)} == {
            rival.org,
            ids.encode("key", rival.key.id),
        }


class TestExport:
    async def test_is_the_same_as_the_pages(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        await audit.write(acme.org_id, 3)
        rows = await export(client, acme)
        entries = (await ask(client, acme))["data"]
        assert [row["id"] for row in rows] == [entry["id"] for entry in entries]
        assert set(rows[0]) == set(entries[0])
        assert rows[0]["changes"] == '{"number":2}'

    async def test_takes_the_same_filters(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        await audit.write(acme.org_id, 3)
        assert len(await export(client, acme, action="job.created", **{"from": LATER.isoformat()})) == 2
        assert await export(client, acme, action="none") == []

    async def test_keeps_the_names_of_the_columns_where_nothing_matches(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        answer = await client.get("/v1/audit.csv", params={"action": "none"}, headers=acme.headers)
        assert (answer.status, answer.content_type) == (200, "text/csv")
        assert (await answer.text()).startswith("id,at,action,")

    async def test_reads_batch_by_batch(
        self, client: aiohttp.ClientSession, acme: Tenant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(queries, "_EXPORT_BATCH", 10)
        await audit.write(acme.org_id, 48)
        with statements.recorded() as seen:
            rows = await export(client, acme)
        assert len({row["id"] for row in rows}) == 50
        assert sum("FROM audit_entry" in sql for sql in seen) == 6

    async def test_that_fails_half_way_does_not_look_whole(
        self, client: aiohttp.ClientSession, acme: Tenant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(queries, "_EXPORT_BATCH", 1)
        read, calls = queries._matching, 0

        async def fail_later(*arguments: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == 2:
                raise db.DatabaseUnavailable
            return await read(*arguments)

        monkeypatch.setattr(queries, "_matching", fail_later)
        answer = await client.get("/v1/audit.csv", headers=acme.headers)
        with pytest.raises(aiohttp.ClientError):
            await answer.read()

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
    async def test_starts_no_formula(
        self, client: aiohttp.ClientSession, acme: Tenant, settings: Settings, start: str
    ) -> None:
        """Whoever can choose a text of the log must not run it in the auditor's spreadsheet."""
        evil = f'{start}HYPERLINK("http://x","a")'
        await audit.write(acme.org_id, 1)
        await audit.tamper(settings, f"UPDATE audit_entry SET request_id = E'{_escaped(evil)}'")
        rows = await export(client, acme)
        assert {row["request_id"] for row in rows} == {f"'{evil}"}


def _escaped(text: str) -> str:
    return text.replace("\t", "\\t").replace("\r", "\\r")
