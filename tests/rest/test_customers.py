"""`/v1/customers`."""

from typing import Any

import aiohttp
import pytest

from app.core.config import Settings
from app.core.principal import Permission, Role
from app.credits.types import Owner, OwnerKind
from app.infra import db
from tests.factories import wallets
from tests.factories.orgs import Tenant, bearer, member
from tests.rest.problems import fields, problem

Json = dict[str, Any]
PATH = "/v1/customers"


async def ask(
    client: aiohttp.ClientSession, method: str, path: str, headers: dict[str, str], **options: Any
) -> tuple[int, Json]:
    async with client.request(method, path, headers=headers, **options) as answer:
        return answer.status, await answer.json(content_type=None)


async def rows() -> list[str]:
    tables = ("customer", "audit_entry", "idempotency_key")
    return [
        row["line"]
        for table in tables
        for row in await db.fetch(f"SELECT t::text AS line FROM {table} t ORDER BY line")
    ]


class TestCreate:
    async def test_makes_a_customer_that_is_found_by_either_id(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        body = {"external_id": "law-firm-a", "name": "Law Firm A", "tier": "gold", "team": None}
        async with client.post(PATH, json=body, headers=acme.headers) as answer:
            made = await answer.json()
            assert (answer.status, answer.headers["Location"]) == (201, f"{PATH}/{made['id']}")
        for reference in ("law-firm-a", made["id"]):
            assert await ask(client, "GET", f"{PATH}/{reference}", acme.headers) == (200, made)
        assert made["tier"] == "gold"
        assert await db.fetchval("SELECT count(*) FROM audit_entry WHERE action = 'customer.created'") == 1

    async def test_refuses_an_id_that_is_taken(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        await ask(client, "POST", PATH, acme.headers, json={"external_id": "a"})
        before = await rows()
        async with client.post(PATH, json={"external_id": "a"}, headers=acme.headers) as answer:
            await problem(answer, 409, "customer_exists")
        assert await rows() == before

    async def test_makes_one_per_idempotency_key(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        headers = {**acme.headers, "Idempotency-Key": "k"}
        first = await ask(client, "POST", PATH, headers, json={"external_id": "a"})
        async with client.post(PATH, json={"external_id": "a"}, headers=headers) as again:
            assert again.headers["Idempotent-Replay"] == "true"
            assert (again.status, await again.json()) == first
        async with client.post(PATH, json={"external_id": "b"}, headers=headers) as other:
            await problem(other, 422, "idempotency_key_reused")

    async def test_names_every_fault_at_once(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        body = {"external_id": " ", "name": "", "tier": "x" * 65, "team": "a\nb"}
        async with client.post(PATH, json=body, headers=acme.headers) as answer:
            told = await problem(answer, 422, "invalid_input")
        assert {field for field, _ in fields(told)} == {"external_id", "name", "tier", "team"}


class TestList:
    async def test_finds_by_a_part_of_id_or_name_and_by_tier_and_team(
        self, client: aiohttp.ClientSession, acme: Tenant, rival: Tenant
    ) -> None:
        for headers, body in (
            (acme.headers, {"external_id": "acct_100%", "name": "Harbour", "tier": "gold"}),
            (acme.headers, {"external_id": "acct-1", "name": "Studio HARBOUR", "team": "pool"}),
            (rival.headers, {"external_id": "acct-1", "name": "Harbour", "tier": "gold", "team": "pool"}),
        ):
            assert (await ask(client, "POST", PATH, headers, json=body))[0] == 201

        async def found(**params: str) -> list[str]:
            _, page = await ask(client, "GET", PATH, acme.headers, params=params)
            return [one["external_id"] for one in page["data"]]

        assert await found() == ["acct-1", "acct_100%"]
        assert await found(search="harbour") == ["acct-1", "acct_100%"]
        assert await found(search="acct_") == ["acct_100%"]
        assert await found(search="0%") == ["acct_100%"]
        assert await found(tier="gold") == ["acct_100%"]
        assert await found(team="pool", search="studio") == ["acct-1"]
        assert await found(team="pool", tier="gold") == []

    async def test_goes_on_where_the_page_before_ended(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        for name in "abc":
            await ask(client, "POST", PATH, acme.headers, json={"external_id": name})
        _, first = await ask(client, "GET", PATH, acme.headers, params={"limit": 2})
        _, rest = await ask(client, "GET", PATH, acme.headers, params={"cursor": first["next_cursor"]})
        assert [one["external_id"] for one in (*first["data"], *rest["data"])] == ["c", "b", "a"]
        assert rest["next_cursor"] is None


class TestUpdate:
    async def test_lets_a_team_pay_from_the_next_moment_on(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        for name in ("a", "b"):
            await ask(client, "POST", PATH, acme.headers, json={"external_id": name})
        pool = await wallets.wallet(acme, 10, owner=Owner(OwnerKind.TEAM, "pool"))
        spend = {"json": {"customer_id": "a", "amount": "4"}}
        assert (await ask(client, "POST", "/v1/credits/consume", acme.headers, **spend))[0] == 402

        status, changed = await ask(
            client, "PATCH", f"{PATH}/a", acme.headers, json={"team": "pool", "name": "A"}
        )
        assert (status, changed["team"], changed["name"]) == (200, "pool", "A")
        _, shown = await ask(client, "POST", "/v1/credits/consume", acme.headers, **spend)
        assert shown["balance"] == "6"
        _, left = await ask(client, "PATCH", f"{PATH}/a", acme.headers, json={"team": None})
        assert (left["team"], left["name"]) == (None, "A")
        assert (await ask(client, "POST", "/v1/credits/consume", acme.headers, **spend))[0] == 402
        assert await db.fetchval("SELECT balance FROM wallet WHERE id = $1", pool) == 6
        changes = await db.fetch("SELECT changes FROM audit_entry WHERE action = 'customer.updated'")
        assert '"team"' in str(changes[0]["changes"])

    async def test_leaves_no_trace_where_nothing_is_different(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        await ask(client, "POST", PATH, acme.headers, json={"external_id": "a", "tier": "gold"})
        before = await rows()
        assert (await ask(client, "PATCH", f"{PATH}/a", acme.headers, json={"tier": "gold"}))[0] == 200
        assert await rows() == before

    async def test_of_another_org_is_one_that_does_not_exist(
        self, client: aiohttp.ClientSession, acme: Tenant, rival: Tenant
    ) -> None:
        _, theirs = await ask(client, "POST", PATH, rival.headers, json={"external_id": "theirs"})
        before = await rows()
        for reference in (theirs["id"], "theirs", "cus_x"):
            async with client.patch(
                f"{PATH}/{reference}", json={"tier": "gold"}, headers=acme.headers
            ) as answer:
                await problem(answer, 404, "customer_not_found")
        assert await rows() == before

    @pytest.mark.parametrize("role", [Role.VIEWER, Role.MEMBER])
    async def test_needs_the_permission_to_manage_credits(
        self, client: aiohttp.ClientSession, acme: Tenant, settings: Settings, role: Role
    ) -> None:
        await ask(client, "POST", PATH, acme.headers, json={"external_id": "a"})
        headers = bearer(settings, await member(acme, role))
        before = await rows()
        for method, path in (("POST", PATH), ("PATCH", f"{PATH}/a")):
            body = {"tier": "gold"} if method == "PATCH" else {"external_id": "b"}
            async with client.request(method, path, json=body, headers=headers) as answer:
                told = await problem(answer, 403, "forbidden")
                assert Permission.CREDITS_MANAGE in told["detail"]
        assert await rows() == before
        assert (await ask(client, "GET", f"{PATH}/a", headers))[0] == 200


class TestOurIds:
    @pytest.mark.parametrize(
        ("path", "body", "named"),
        [
            (
                "/v1/credits/grants",
                {"owner": {"kind": "customer", "ref": "{}"}, "amount": "5"},
                "SELECT owner_ref FROM wallet",
            ),
            (
                "/v1/credits/budgets",
                {"scope": {"kind": "customer", "id": "{}"}, "period": "day", "amount": "5"},
                "SELECT scope_id FROM budget",
            ),
            (
                "/v1/entitlements",
                {"feature": "f", "audience": {"kind": "customer", "ref": "{}"}},
                "SELECT audience_ref FROM entitlement",
            ),
            (
                "/v1/burn-tables",
                {"name": "t", "audience": {"kind": "customer", "ref": "{}"}, "rules": []},
                "SELECT audience_ref FROM burn_table",
            ),
        ],
    )
    async def test_stand_for_the_orgs_own_where_something_is_meant_for_a_customer(
        self, client: aiohttp.ClientSession, acme: Tenant, path: str, body: Json, named: str
    ) -> None:
        """Kept as they are they would mean nobody: credit that none can use, limits that never hold."""
        await ask(client, "POST", "/v1/features", acme.headers, json={"key": "f", "name": "F"})
        _, made = await ask(client, "POST", PATH, acme.headers, json={"external_id": "a"})
        nobodys = made["id"][:-8] + ("2" * 8 if made["id"][-8:] != "2" * 8 else "3" * 8)

        status, told = await ask(client, "POST", path, acme.headers, json=_with(body, made["id"]))
        assert status < 300, told
        assert [row[0] for row in await db.fetch(named)] == ["a"]

        async with client.post(path, json=_with(body, nobodys), headers=acme.headers) as answer:
            await problem(answer, 404, "customer_not_found")
        assert [row[0] for row in await db.fetch(named)] == ["a"]

    @pytest.mark.parametrize(
        "path", ["/v1/entitlements?customer_id={}", "/v1/burn-tables?audience_kind=customer&audience_ref={}"]
    )
    async def test_find_what_was_set_for_a_customer(
        self, client: aiohttp.ClientSession, acme: Tenant, path: str
    ) -> None:
        await ask(client, "POST", "/v1/features", acme.headers, json={"key": "f", "name": "F"})
        _, made = await ask(client, "POST", PATH, acme.headers, json={"external_id": "a"})
        audience = {"audience": {"kind": "customer", "ref": "a"}}
        await ask(client, "POST", "/v1/entitlements", acme.headers, json={"feature": "f", **audience})
        await ask(
            client, "POST", "/v1/burn-tables", acme.headers, json={"name": "t", "rules": [], **audience}
        )

        _, found = await ask(client, "GET", path.format(made["id"]), acme.headers)
        assert len(found["data"]) == 1


def _with(body: Json, reference: str) -> Json:
    """`body`, in which `{}` is what a customer is called."""
    return {
        name: _with(value, reference) if isinstance(value, dict) else reference if value == "{}" else value
        for name, value in body.items()
    }
