"""`/v1/org` and `/v1/workspaces`."""

import asyncio

import aiohttp

from app.core import ids
from app.core.config import Settings
from app.core.principal import Permission
from app.identity import closing
from app.infra import db
from tests.factories import apikeys
from tests.factories.orgs import NOW, Tenant, bearer, snapshot
from tests.rest.problems import fields, problem

STAGING = {"name": "Staging", "environment": "test"}


async def headers(acme: Tenant, settings: Settings, *scopes: Permission) -> dict[str, str]:
    """Of a key of the test workspace."""
    new = await apikeys.made(settings, acme.owner, acme.org_id, scopes=scopes, workspace=acme.test, now=NOW)
    return new.headers


class TestGet:
    async def test_is_the_key_s_own(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        answer = await client.get("/v1/org", headers=acme.headers)

        assert await answer.json() == {
            "id": acme.org,
            "name": "Acme",
            "slug": "acme",
            "plan": "PRO",
            "created_at": "2026-11-20T10:00:00+00:00",
            "deletion_due_at": None,
        }

    async def test_is_for_people_alone_while_the_org_closes(
        self, client: aiohttp.ClientSession, acme: Tenant, settings: Settings
    ) -> None:
        await closing.request(acme.owner, acme.org_id, now=NOW)

        await problem(await client.get("/v1/org", headers=acme.headers), 401, "api_key_invalid")
        answer = await client.get("/v1/org", headers=bearer(settings, acme.owner))
        assert (await answer.json())["deletion_due_at"] == "2026-12-20T10:00:00+00:00"


class TestWorkspaces:
    async def test_are_all_of_the_org_s_for_a_key_of_any(
        self, client: aiohttp.ClientSession, acme: Tenant, settings: Settings
    ) -> None:
        of_test = await headers(acme, settings, Permission.ORG_READ)

        answer = await client.get("/v1/workspaces", headers=of_test)

        assert await answer.json() == {
            "data": [
                {"id": ids.encode("ws", acme.live.id), "name": "Live", "environment": "live"},
                {"id": ids.encode("ws", acme.test.id), "name": "Test", "environment": "test"},
            ]
        }

    async def test_are_made_once_per_key(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        with_key = {**acme.headers, "Idempotency-Key": "k"}

        answers = await asyncio.gather(
            *(client.post("/v1/workspaces", json=STAGING, headers=with_key) for _ in range(5))
        )

        assert {answer.status for answer in answers} == {201}
        bodies = [await answer.json() for answer in answers]
        assert all(body == bodies[0] for body in bodies)
        assert bodies[0] | {"id": ""} == {"id": "", **STAGING}
        replays = [answer.headers.get("Idempotent-Replay") for answer in answers]
        assert (replays.count(None), replays.count("true")) == (1, 4)
        assert await db.fetchval("SELECT count(*) FROM workspace") == 3

    async def test_are_not_made_of_what_nests_too_deep(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        """Deeper than JSON can be written again, not than it can be read."""
        deep = b'{"environment": "test", "name": ' + b"[" * 400 + b"]" * 400 + b"}"
        answer = await client.post("/v1/workspaces", data=deep, headers=acme.headers)
        await problem(answer, 422, "invalid_input")

    async def test_are_not_made_of_what_is_wrong(
        self, client: aiohttp.ClientSession, acme: Tenant, settings: Settings
    ) -> None:
        with_key = {**acme.headers, "Idempotency-Key": "k"}
        await client.post("/v1/workspaces", json=STAGING, headers=with_key)
        narrow = await headers(acme, settings, Permission.ORG_READ, Permission.MEMBERS_MANAGE)
        before = await snapshot()

        async def post(
            body: object, with_headers: dict[str, str], status: int, code: str
        ) -> set[tuple[str, str]]:
            answer = await client.post("/v1/workspaces", json=body, headers=with_headers)
            return fields(await problem(answer, status, code))

        other = STAGING | {"name": "Other"}
        await post(other, with_key, 422, "idempotency_key_reused")
        await post(STAGING, acme.headers, 409, "workspace_name_taken")
        await post(other, narrow, 403, "forbidden")
        assert await post(other | {"name": ""}, acme.headers, 422, "invalid_input") == {("name", "length")}
        assert await post({"kind": 1}, acme.headers, 422, "invalid_input") == {
            ("name", "missing"),
            ("environment", "missing"),
            ("kind", "extra_forbidden"),
        }
        assert await post(other, {**acme.headers, "Idempotency-Key": "k" * 256}, 422, "invalid_input") == {
            ("idempotency_key", "length")
        }
        assert await snapshot() == before
