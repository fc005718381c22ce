"""`/v1/credits/grants`, `refunds`, `claw-backs`, `budgets` and `wallets`."""

from typing import Any

import aiohttp
import pytest

from app.core import ids
from app.core.config import Settings
from app.core.principal import Role
from app.credits.types import Owner, OwnerKind, ScopeKind
from app.infra import db
from tests.factories import wallets
from tests.factories.orgs import Tenant, bearer, member, tenant
from tests.rest.problems import fields, problem

Json = dict[str, Any]
POOL = {"kind": "team", "ref": "pool"}


async def ask(
    client: aiohttp.ClientSession, method: str, path: str, headers: dict[str, str], **options: Any
) -> tuple[int, Json]:
    async with client.request(method, f"/v1/credits/{path}", headers=headers, **options) as answer:
        return answer.status, await answer.json(content_type=None)


async def give(client: aiohttp.ClientSession, tenant: Tenant, **more: Any) -> Json:
    body = {"owner": POOL, "amount": "10", **more}
    status, given = await ask(client, "POST", "grants", tenant.headers, json=body)
    assert status == 201
    return given


async def rows() -> list[str]:
    tables = ("wallet", "credit_grant", "ledger_transaction", "budget", "customer", "audit_entry")
    return [
        row["line"]
        for table in tables
        for row in await db.fetch(f"SELECT t::text AS line FROM {table} t ORDER BY line")
    ]


class TestGrants:
    async def test_are_given_once_per_key_and_listed_when_they_are_spent(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        headers = {**acme.headers, "Idempotency-Key": "k"}
        body = {"owner": {"kind": "customer", "ref": "a"}, "amount": "2", "note": "welcome", "priority": 1}
        status, given = await ask(client, "POST", "grants", headers, json=body)
        assert (status, given["balance"]) == (201, "2")
        async with client.post("/v1/credits/grants", json=body, headers=headers) as again:
            assert (again.headers["Idempotent-Replay"], await again.json()) == ("true", given)
        async with client.post("/v1/credits/grants", json=body | {"amount": 3}, headers=headers) as other:
            await problem(other, 422, "idempotency_key_reused")
        await ask(client, "POST", "consume", acme.headers, json={"customer_id": "a", "amount": "2"})

        [wallet] = (await ask(client, "GET", "wallets", acme.headers))[1]["data"]
        assert wallet["owner"] == {"kind": "customer", "ref": "a"}
        _, page = await ask(client, "GET", f"wallets/{wallet['id']}/grants", acme.headers)
        [grant] = page["data"]
        assert (grant["id"], grant["amount"], grant["remaining"], grant["priority"]) == (
            given["id"],
            "2",
            "0",
            1,
        )
        assert await db.fetchval("SELECT count(*) FROM customer WHERE external_id = 'a'") == 1

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"owner": {"kind": "org", "ref": "x"}}, "owner.ref"),
            ({"owner": {"kind": "team"}}, "owner.ref"),
            ({"owner": {"kind": "org", "ref": ""}}, "owner.ref"),
            ({"expires_at": "2020-01-01T00:00:00Z"}, "expires_at"),
            ({"priority": -1}, "priority"),
            ({"cost_basis": "1"}, "currency"),
        ],
    )
    async def test_name_what_is_wrong(
        self, client: aiohttp.ClientSession, acme: Tenant, wrong: Json, field: str
    ) -> None:
        before = await rows()
        body = {"owner": POOL, "amount": "1", **wrong}
        async with client.post("/v1/credits/grants", json=body, headers=acme.headers) as answer:
            told = await problem(answer, 422, "invalid_input")
        assert {name for name, _ in fields(told)} == {field}
        assert await rows() == before


class TestRefundsAndClawBacks:
    async def test_give_back_and_take_back_and_stand_in_the_ledger(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        await ask(client, "POST", "purchase", acme.headers, json={"customer_id": "a", "amount": "10"})
        _, used = await ask(client, "POST", "consume", acme.headers, json={"customer_id": "a", "amount": "4"})
        refund = {"transaction_id": used["transaction_id"], "amount": "1"}
        status, back = await ask(client, "POST", "refunds", acme.headers, json=refund)
        assert (status, back["balance"]) == (201, "7")
        [wallet] = (await ask(client, "GET", "wallets", acme.headers))[1]["data"]
        [grant] = (await ask(client, "GET", f"wallets/{wallet['id']}/grants", acme.headers))[1]["data"]
        _, taken = await ask(
            client, "POST", "claw-backs", acme.headers, json={"grant_id": grant["id"], "amount": "10"}
        )
        assert (taken["balance"], taken["debt"]) == ("-3", "3")
        async with client.post(
            "/v1/credits/refunds", json=refund | {"amount": "9"}, headers=acme.headers
        ) as answer:
            told = await problem(answer, 409, "refund_too_large")
        assert told["detail"] == "Name at most 3: no more is left of it."

        kinds: list[str] = []
        cursor = None
        for _ in range(2):
            params = {"limit": 2} | ({"cursor": cursor} if cursor else {})
            _, page = await ask(client, "GET", f"wallets/{wallet['id']}/ledger", acme.headers, params=params)
            kinds += [one["kind"] for one in page["data"]]
            cursor = page["next_cursor"]
        assert (kinds, cursor) == (["claw_back", "refund", "consume", "grant"], None)
        _, shown = await ask(client, "GET", f"wallets/{wallet['id']}", acme.headers)
        assert (shown["available"], shown["balance"], shown["debt"]) == ("0", "-3", "3")

    async def test_of_another_org_are_refused_and_change_nothing(
        self, client: aiohttp.ClientSession, acme: Tenant, rival: Tenant
    ) -> None:
        theirs = await give(client, rival)
        wallet = ids.encode("wal", await db.fetchval("SELECT id FROM wallet"))
        before = await rows()
        for body, path, code in (
            ({"grant_id": theirs["id"]}, "claw-backs", "grant_not_found"),
            ({"transaction_id": "txn_x"}, "refunds", "transaction_not_found"),
        ):
            async with client.post(
                f"/v1/credits/{path}", json={**body, "amount": "1"}, headers=acme.headers
            ) as answer:
                await problem(answer, 404, code)
        for path in ("", "/grants", "/ledger"):
            async with client.get(f"/v1/credits/wallets/{wallet}{path}", headers=acme.headers) as answer:
                await problem(answer, 404, "wallet_not_found")
        assert await rows() == before

    async def test_need_the_permission_to_manage_credits(
        self, client: aiohttp.ClientSession, acme: Tenant, settings: Settings
    ) -> None:
        given = await give(client, acme)
        headers = bearer(settings, await member(acme, Role.MEMBER))
        before = await rows()
        for path, body in (
            ("grants", {"owner": POOL}),
            ("refunds", {"transaction_id": given["id"].replace("grant", "txn")}),
            ("claw-backs", {"grant_id": given["id"]}),
            ("budgets", {"scope": {"kind": "team", "id": "pool"}, "period": "day"}),
        ):
            async with client.post(
                f"/v1/credits/{path}", json={**body, "amount": "1"}, headers=headers
            ) as answer:
                await problem(answer, 403, "forbidden")
        assert await rows() == before


class TestBudgets:
    async def test_are_set_once_per_key_listed_and_removed(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        headers = {**acme.headers, "Idempotency-Key": "k"}
        key = ids.encode("key", acme.key.id)
        body = {"scope": {"kind": "api_key", "id": key}, "period": "month", "amount": "5"}
        status, made = await ask(client, "POST", "budgets", headers, json=body)
        assert (status, made["scope"], made["amount"], made["is_hard"]) == (200, body["scope"], "5", True)
        async with client.post("/v1/credits/budgets", json=body, headers=headers) as again:
            assert (again.headers["Idempotent-Replay"], await again.json()) == ("true", made)
        assert await db.fetchval("SELECT count(*) FROM audit_entry WHERE action = 'budget.set'") == 1

        await wallets.wallet(acme, 10)
        assert (await ask(client, "POST", "consume", acme.headers, json={"amount": "4"}))[0] == 200
        async with client.post("/v1/credits/consume", json={"amount": "2"}, headers=acme.headers) as refused:
            assert (await refused.json())["code"] == "budget_exceeded"
        _, page = await ask(client, "GET", "budgets", acme.headers)
        assert [(one["id"], one["spent"]) for one in page["data"]] == [(made["id"], "4")]

        for replay in (None, "true"):
            async with client.delete(f"/v1/credits/budgets/{made['id']}", headers=headers) as gone:
                assert (gone.status, gone.headers.get("Idempotent-Replay")) == (204, replay)
        assert (await ask(client, "POST", "consume", acme.headers, json={"amount": "2"}))[0] == 200
        async with client.delete(f"/v1/credits/budgets/{made['id']}", headers=acme.headers) as answer:
            await problem(answer, 404, "budget_not_found")

    async def test_are_for_keys_of_the_org_alone(
        self, client: aiohttp.ClientSession, acme: Tenant, settings: Settings
    ) -> None:
        rival = await tenant(settings, "rival")
        for key_id in (rival.key.id, ids.uuid7()):
            scope = {"kind": "api_key", "id": ids.encode("key", key_id)}
            body = {"scope": scope, "period": "month", "amount": "5"}
            async with client.post("/v1/credits/budgets", json=body, headers=acme.headers) as answer:
                await problem(answer, 404, "api_key_not_found")
        assert await db.fetchval("SELECT count(*) FROM budget") == 0

    async def test_of_the_other_side_are_out_of_a_keys_reach(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        await wallets.budget(acme, ScopeKind.USER, "u", 1)
        await db.execute("UPDATE budget SET environment = 'test'")
        budget = ids.encode("bud", await db.fetchval("SELECT id FROM budget"))
        before = await rows()
        async with client.delete(f"/v1/credits/budgets/{budget}", headers=acme.headers) as answer:
            await problem(answer, 404, "budget_not_found")
        async with client.get("/v1/credits/budgets?environment=test", headers=acme.headers) as answer:
            await problem(answer, 403, "forbidden")
        assert await rows() == before


class TestWallets:
    async def test_are_listed_by_owner_newest_first(
        self, client: aiohttp.ClientSession, acme: Tenant, rival: Tenant
    ) -> None:
        for owner in (Owner(OwnerKind.ORG), Owner(OwnerKind.TEAM, "a"), Owner(OwnerKind.TEAM, "b")):
            await wallets.wallet(acme, 1, owner=owner)
        await wallets.wallet(rival, 1, owner=Owner(OwnerKind.TEAM, "theirs"))
        _, first = await ask(client, "GET", "wallets", acme.headers, params={"limit": 2})
        _, rest = await ask(client, "GET", "wallets", acme.headers, params={"cursor": first["next_cursor"]})
        shown = [one["owner"]["ref"] for one in (*first["data"], *rest["data"])]
        assert shown == ["b", "a", None]
        _, teams = await ask(client, "GET", "wallets", acme.headers, params={"owner_kind": "team"})
        assert [one["owner"]["ref"] for one in teams["data"]] == ["b", "a"]
