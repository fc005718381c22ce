"""`/v1/members` and `/v1/invitations`."""

from typing import Any

import aiohttp
import pytest

from app.core import ids
from app.core.clock import utcnow
from app.core.config import Settings
from app.core.principal import Permission, Principal, Role
from app.infra import db
from tests.factories import apikeys
from tests.factories.invitations import invited
from tests.factories.limits import put_on
from tests.factories.orgs import NOW, Tenant, bearer, member, snapshot
from tests.rest.problems import fields, problem


def path(principal: Principal) -> str:
    return f"/v1/members/{ids.encode('user', principal.id)}"


async def role_of(principal: Principal) -> str | None:
    role: str | None = await db.fetchval("SELECT role FROM membership WHERE user_id = $1", principal.id)
    return role


@pytest.fixture
async def narrow(acme: Tenant, settings: Settings) -> dict[str, str]:
    """The header of a key that may manage members, and nothing that a member may."""
    scopes = [Permission.MEMBERS_READ, Permission.MEMBERS_MANAGE]
    return (await apikeys.made(settings, acme.owner, acme.org_id, scopes=scopes, now=NOW)).headers


class TestMembers:
    async def test_are_listed_page_by_page(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        await member(acme, Role.VIEWER)

        first = await (await client.get("/v1/members?limit=1", headers=acme.headers)).json()
        params = {"limit": "1", "cursor": first["next_cursor"]}
        rest = await (await client.get("/v1/members", params=params, headers=acme.headers)).json()

        assert first["data"][0]["role"] == "VIEWER"
        assert rest == {
            "data": [
                {
                    "user_id": ids.encode("user", acme.owner.id),
                    "email": acme.email,
                    "name": "Owner of acme",
                    "role": "OWNER",
                    "since": "2026-11-20T10:00:00+00:00",
                }
            ],
            "next_cursor": None,
        }

    async def test_are_given_another_role(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        ada = await member(acme, Role.VIEWER)
        with_key = {**acme.headers, "Idempotency-Key": "k"}

        first = await client.patch(path(ada), json={"role": "ADMIN"}, headers=with_key)
        again = await client.patch(path(ada), json={"role": "ADMIN"}, headers=with_key)

        assert (first.status, again.status) == (200, 200)
        assert await first.json() == await again.json()
        assert (await first.json())["role"] == await role_of(ada) == "ADMIN"
        assert "Idempotent-Replay" not in first.headers
        assert again.headers["Idempotent-Replay"] == "true"
        assert await db.fetchval("SELECT count(*) FROM audit_entry WHERE action = 'member.role_changed'") == 1

    async def test_are_removed(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        ada = await member(acme, Role.VIEWER)
        with_key = {**acme.headers, "Idempotency-Key": "k"}

        first = await client.delete(path(ada), headers=with_key)
        again = await client.delete(path(ada), headers=with_key)
        without = await client.delete(path(ada), headers=acme.headers)

        assert (first.status, await first.read()) == (204, b"")
        assert (again.status, again.headers["Idempotent-Replay"]) == (204, "true")
        await problem(without, 404, "member_not_found")
        assert await role_of(ada) is None

    async def test_stay_as_they_are_where_that_may_not_be(
        self,
        client: aiohttp.ClientSession,
        acme: Tenant,
        rival: Tenant,
        settings: Settings,
        narrow: dict[str, str],
    ) -> None:
        ada = await member(acme, Role.VIEWER)
        before = await snapshot()

        async def refused(who: Principal, role: str, headers: Any, status: int, code: str) -> None:
            answer = await client.patch(path(who), json={"role": role}, headers=headers)
            await problem(answer, status, code)

        await refused(acme.owner, "ADMIN", acme.headers, 409, "last_owner")
        await refused(ada, "VIEWER", narrow, 403, "role_beyond_yours")
        await refused(ada, "ADMIN", bearer(settings, ada), 403, "forbidden")
        await refused(ada, "ADMIN", rival.headers, 404, "member_not_found")
        await refused(rival.owner, "VIEWER", acme.headers, 404, "member_not_found")
        await refused(ada, "ADMIN", {}, 401, "unauthenticated")
        answer = await client.patch(path(ada), json={"role": "GOD"}, headers=acme.headers)
        assert {name for name, _ in fields(await problem(answer, 422, "invalid_input"))} == {"role"}
        assert await snapshot() == before


class TestInvitations:
    async def test_are_made_listed_and_revoked(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        with_key = {**acme.headers, "Idempotency-Key": "k"}
        body = {"email": "ada@x.example", "role": "ADMIN"}

        made = await client.post("/v1/invitations", json=body, headers=with_key)
        again = await client.post("/v1/invitations", json=body, headers=with_key)
        one = await made.json()
        listed = await (await client.get("/v1/invitations?status=OPEN", headers=acme.headers)).json()
        revoked = await client.delete(f"/v1/invitations/{one['id']}", headers=with_key)
        revoked_again = await client.delete(f"/v1/invitations/{one['id']}", headers=with_key)
        left = await (await client.get("/v1/invitations?status=OPEN", headers=acme.headers)).json()

        assert (made.status, one["email"], one["role"], one["status"]) == (
            201,
            "ada@x.example",
            "ADMIN",
            "OPEN",
        )
        assert one["invited_by"] == ids.encode("key", acme.key.id)
        assert (again.status, again.headers["Idempotent-Replay"], await again.json()) == (201, "true", one)
        assert listed == {"data": [one], "next_cursor": None}
        assert (revoked.status, revoked_again.headers["Idempotent-Replay"]) == (204, "true")
        assert left["data"] == []

    async def test_are_refused_where_the_plan_is_full(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        """Not with a 429, which clients repeat by themselves."""
        await put_on(acme, "FREE")
        for name in ("ada", "bob"):
            await invited(acme, name, now=utcnow())
        before = await snapshot()

        body = {"email": "eve@x.example", "role": "VIEWER"}
        answer = await client.post("/v1/invitations", json=body, headers=acme.headers)

        await problem(answer, 402, "seats_taken")
        assert "Retry-After" not in answer.headers
        assert await snapshot() == before

    async def test_are_not_for_others(
        self, client: aiohttp.ClientSession, acme: Tenant, rival: Tenant, narrow: dict[str, str]
    ) -> None:
        one = ids.encode("inv", (await invited(acme, now=utcnow())).id)
        missing = ids.encode("inv", ids.uuid7())
        before = await snapshot()

        for invitation_id, headers in ((one, rival.headers), (missing, acme.headers), ("x", acme.headers)):
            answer = await client.delete(f"/v1/invitations/{invitation_id}", headers=headers)
            await problem(answer, 404, "invitation_not_found")
        body = {"email": "bob@x.example", "role": "VIEWER"}
        await problem(
            await client.post("/v1/invitations", json=body, headers=narrow), 403, "role_beyond_yours"
        )
        assert await snapshot() == before
        listed = await (await client.get("/v1/invitations", headers=rival.headers)).json()
        assert listed["data"] == []
