"""`/v1/credits` and `/v1/customers/{id}/credits`."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import pytest

from app.core import ids
from app.core.config import Settings
from app.core.principal import Role
from app.credits import service
from app.credits.types import Owner, OwnerKind, ScopeKind
from app.infra import db
from tests.factories import apikeys, wallets
from tests.factories.orgs import NOW, Tenant, bearer, member
from tests.rest.problems import MEMBERS, fields, problem

Json = dict[str, Any]
LAW_FIRM = Owner(OwnerKind.CUSTOMER, "law-firm-a")


async def post(
    client: aiohttp.ClientSession, path: str, headers: dict[str, str], **body: Any
) -> tuple[int, Json]:
    async with client.post(f"/v1/credits/{path}", json=body, headers=headers) as answer:
        return answer.status, await answer.json(content_type=None)


async def rows() -> list[str]:
    tables = ("wallet", "credit_grant", "credit_hold", "ledger_transaction", "budget_usage", "audit_entry")
    return [
        row["line"]
        for table in tables
        for row in await db.fetch(f"SELECT t::text AS line FROM {table} t ORDER BY line")
    ]


async def customer(acme: Tenant, external_id: str, *, team: str | None = None) -> str:
    """Its id of ours."""
    customer_id = ids.uuid7()
    await db.execute(
        "INSERT INTO customer (id, org_id, external_id, team, created_at) VALUES ($1, $2, $3, $4, $5)",
        customer_id,
        acme.org_id,
        external_id,
        team,
        NOW,
    )
    return ids.encode("cus", customer_id)


class TestPurchase:
    async def test_gives_a_customer_credit_that_can_be_seen_and_used(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        status, bought = await post(client, "purchase", acme.headers, customer_id="law-firm-a", amount="10.5")
        assert status == 201
        assert (bought["customer_id"], bought["amount"], bought["status"]) == (
            "law-firm-a",
            "10.5",
            "granted",
        )

        status, used = await post(client, "consume", acme.headers, customer_id="law-firm-a", amount="0.25")
        assert (status, used["balance"], used["debt"]) == (200, "10.25", "0")

        shown = await (await client.get("/v1/customers/law-firm-a/credits", headers=acme.headers)).json()
        assert {name: shown[name] for name in ("customer_id", "available", "held", "debt")} == {
            "customer_id": "law-firm-a",
            "available": "10.25",
            "held": "0",
            "debt": "0",
        }
        [grant] = shown["grants"]
        assert (grant["id"], grant["source"], grant["remaining"]) == (bought["id"], "purchase", "10.25")
        assert await db.fetchval("SELECT count(*) FROM audit_entry WHERE action = 'credits.purchased'") == 1

    async def test_makes_the_customer_that_it_names_first(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        for _ in range(2):
            assert (await post(client, "purchase", acme.headers, customer_id="new", amount="1"))[0] == 201
        assert (await post(client, "purchase", acme.headers, amount="1"))[0] == 201
        found = await db.fetch("SELECT external_id FROM customer WHERE org_id = $1", acme.org_id)
        assert [row["external_id"] for row in found] == ["new"]

    async def test_takes_a_number_as_the_nearest_that_is_kept(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        for amount in (0.1, 0.2, 1e-12):
            assert (await post(client, "purchase", acme.headers, amount=amount))[0] == 201
        assert str(await db.fetchval("SELECT balance FROM wallet")) == "0.300000000001"

    async def test_happens_once_per_key(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        headers = {**acme.headers, "Idempotency-Key": "k"}
        body = {"customer_id": "a", "amount": "5"}

        async def buy() -> tuple[int, str | None, Json]:
            async with client.post("/v1/credits/purchase", json=body, headers=headers) as answer:
                return answer.status, answer.headers.get("Idempotent-Replay"), await answer.json()

        answers = await asyncio.gather(*(buy() for _ in range(8)))

        assert Counter((status, replay) for status, replay, _ in answers) == {
            (201, None): 1,
            (201, "true"): 7,
        }
        assert len({answer["id"] for _, _, answer in answers}) == 1
        assert await db.fetchval("SELECT sum(balance) FROM wallet") == 5
        assert await db.fetchval("SELECT count(*) FROM audit_entry WHERE action = 'credits.purchased'") == 1

    async def test_goes_to_the_pool_of_the_customers_team(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        ours = await customer(acme, "a", team="red")
        await customer(acme, "b", team="red")

        await post(client, "purchase", acme.headers, customer_id=ours, amount="5")
        status, _ = await post(client, "consume", acme.headers, customer_id="b", amount="2")

        assert status == 200
        assert [
            tuple(row) for row in await db.fetch("SELECT owner_kind, owner_ref, balance FROM wallet")
        ] == [("team", "red", 3)]
        shown = await (await client.get(f"/v1/customers/{ours}/credits", headers=acme.headers)).json()
        assert (shown["customer_id"], shown["available"]) == ("a", "3")

    async def test_needs_the_permission_to_manage_credit(
        self, client: aiohttp.ClientSession, acme: Tenant, settings: Settings
    ) -> None:
        headers = bearer(settings, await member(acme, Role.MEMBER))
        before = await rows()
        async with client.post("/v1/credits/purchase", json={"amount": 1}, headers=headers) as answer:
            await problem(answer, 403, "forbidden")
        assert await rows() == before

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({}, "amount"),
            ({"amount": 1, "customer_id": ""}, "customer_id"),
            ({"amount": 1, "customer_id": "a" * 256}, "customer_id"),
            ({"amount": 1, "expires_at": "2020-01-01T00:00:00Z"}, "expires_at"),
            ({"amount": 1, "expires_at": "2030-01-01T00:00:00"}, "expires_at"),
            ({"amount": 1, "cost_basis": "0.1"}, "currency"),
            ({"amount": 1, "note": "a" * 256}, "note"),
            ({"amount": 1, "other": 1}, "other"),
        ],
    )
    async def test_names_what_is_wrong(
        self, client: aiohttp.ClientSession, acme: Tenant, body: Json, field: str
    ) -> None:
        before = await rows()
        async with client.post("/v1/credits/purchase", json=body, headers=acme.headers) as answer:
            assert {name for name, _ in fields(await problem(answer, 422, "invalid_input"))} == {field}
        assert await rows() == before

    @pytest.mark.parametrize(
        ("amount", "code"),
        [
            *((text, "invalid_decimal") for text in ("x", "", "1e3", "NaN", "1" * 41)),
            (True, "invalid_decimal"),
            (None, "invalid_decimal"),
            ([], "invalid_decimal"),
            *((text, "out_of_range") for text in ("-1", "0", "1" * 40)),
            *((number, "out_of_range") for number in (-0.5, 1e300, 10**30)),
            ("0.0000000000001", "too_precise"),
        ],
    )
    async def test_says_of_an_amount_what_graphql_says(
        self, client: aiohttp.ClientSession, acme: Tenant, amount: object, code: str
    ) -> None:
        before = await rows()
        async with client.post(
            "/v1/credits/purchase", json={"amount": amount}, headers=acme.headers
        ) as answer:
            body = await problem(answer, 422, "invalid_input")
        assert fields(body) == {("amount", code)}
        assert "Value error" not in body["detail"]
        assert await rows() == before


class TestHold:
    async def test_is_settled_once(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        await wallets.wallet(acme, 10, owner=LAW_FIRM)
        status, held = await post(
            client, "holds", acme.headers, customer_id="law-firm-a", amount=4, lease_seconds=60
        )
        assert (status, held["amount"]) == (201, "4")
        assert held["expires_at"]

        first = await post(client, f"holds/{held['id']}/settle", acme.headers, amount="1.5")
        again = await post(client, f"holds/{held['id']}/settle", acme.headers, amount="3")

        assert first == again
        assert (first[0], first[1]["amount"], first[1]["balance"]) == (200, "1.5", "8.5")
        shown = await (await client.get(f"/v1/credits/holds/{held['id']}", headers=acme.headers)).json()
        assert (shown["status"], shown["settled"]) == ("settled", "1.5")
        async with client.post(f"/v1/credits/holds/{held['id']}/release", headers=acme.headers) as answer:
            await problem(answer, 409, "hold_already_settled")

    async def test_whose_work_has_begun_is_kept_and_then_paid_for(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        await wallets.wallet(acme, 10)
        idle, begun = [
            (await post(client, "holds", acme.headers, amount=amount, lease_seconds=60))[1]
            for amount in ("1", "4")
        ]
        path = f"holds/{begun['id']}/start"

        status, first = await post(client, path, acme.headers, lease_seconds=3_600)
        async with client.post(f"/v1/credits/{path}", headers=acme.headers) as answer:
            again = await answer.json()

        assert (status, first["id"]) == (200, begun["id"])
        assert again == first, "the longer lease stays"
        assert datetime.fromisoformat(first["expires_at"]) - datetime.fromisoformat(
            begun["expires_at"]
        ) > timedelta(minutes=58)
        await service.end_leases(now=datetime.fromisoformat(first["expires_at"]))
        shown = [
            await (await client.get(f"/v1/credits/holds/{held['id']}", headers=acme.headers)).json()
            for held in (idle, begun)
        ]
        assert [(hold["status"], hold["settled"]) for hold in shown] == [("expired", None), ("settled", "4")]
        assert [hold["started_at"] for hold in shown] == [None, first["started_at"]]

    async def test_are_listed_newest_first_by_status_and_wallet(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        own, other = await wallets.wallet(acme, 10), await wallets.wallet(acme, 10, owner=LAW_FIRM)
        made = [
            (await post(client, "holds", acme.headers, amount=1, **who))[1]["id"]
            for who in ({}, {"customer_id": "law-firm-a"}, {})
        ]
        async with client.post(f"/v1/credits/holds/{made[0]}/release", headers=acme.headers) as answer:
            assert answer.status == 200

        async def listed(**query: str) -> list[str]:
            async with client.get("/v1/credits/holds", params=query, headers=acme.headers) as found:
                assert found.status == 200, await found.text()
                return [hold["id"] for hold in (await found.json())["data"]]

        assert await listed() == made[::-1]
        assert await listed(status="open") == [made[2], made[1]]
        assert await listed(wallet_id=ids.encode("wal", other)) == [made[1]]
        assert await listed(wallet_id=ids.encode("wal", own), limit="1") == [made[2]]
        for query, field in (({"status": "x"}, "status"), ({"wallet_id": "x"}, "wallet_id")):
            async with client.get("/v1/credits/holds", params=query, headers=acme.headers) as answer:
                assert {name for name, _ in fields(await problem(answer, 422, "invalid_input"))} == {field}

    async def test_that_has_ended_cannot_begin(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        await wallets.wallet(acme, 10)
        _, held = await post(client, "holds", acme.headers, amount="4")
        async with client.post(f"/v1/credits/holds/{held['id']}/release", headers=acme.headers) as answer:
            assert answer.status == 200
        before = await rows()

        for body, status, code in (({}, 409, "hold_ended"), ({"lease_seconds": 0}, 422, "invalid_input")):
            async with client.post(
                f"/v1/credits/holds/{held['id']}/start", json=body, headers=acme.headers
            ) as answer:
                await problem(answer, status, code)
        assert await rows() == before

    async def test_is_released(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        await wallets.wallet(acme, 10, owner=LAW_FIRM)
        _, held = await post(client, "holds", acme.headers, customer_id="law-firm-a", amount=4)
        shown = await (await client.get("/v1/customers/law-firm-a/credits", headers=acme.headers)).json()
        assert (shown["available"], shown["held"]) == ("6", "4")

        async with client.post(
            f"/v1/credits/holds/{held['id']}/release", json={}, headers=acme.headers
        ) as answer:
            assert (answer.status, await answer.json()) == (200, {"id": held["id"], "amount": "4"})
        shown = await (await client.get("/v1/customers/law-firm-a/credits", headers=acme.headers)).json()
        assert (shown["available"], shown["held"]) == ("10", "0")

    async def test_happens_once_per_key_and_refuses_another_body(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        await wallets.wallet(acme, 10)
        headers = {**acme.headers, "Idempotency-Key": "k"}
        body = {"customer_id": "a", "amount": "2"}

        first = await client.post("/v1/credits/holds", json=body, headers=headers)
        again = await client.post(
            "/v1/credits/holds", json={"amount": "2.0", "customer_id": "a"}, headers=headers
        )
        assert await first.json() == await again.json()
        assert "Idempotent-Replay" not in first.headers
        assert again.headers["Idempotent-Replay"] == "true"
        before = await rows()
        # The org's wallet pays for both customers: the wallet and the amount alone would not tell them apart.
        for other in ({**body, "customer_id": "b"}, {**body, "feature_id": "x"}, {**body, "user_id": "u"}):
            async with client.post("/v1/credits/holds", json=other, headers=headers) as answer:
                await problem(answer, 422, "idempotency_key_reused")
        assert await rows() == before
        assert await db.fetchval("SELECT held FROM wallet") == 2

    async def test_may_use_a_key_that_another_principal_used(
        self, client: aiohttp.ClientSession, acme: Tenant, settings: Settings
    ) -> None:
        await wallets.wallet(acme, 10)
        person = bearer(settings, acme.owner)
        for headers in (acme.headers, person):
            status, _ = await post(client, "holds", {**headers, "Idempotency-Key": "k"}, amount=1)
            assert status == 201
        assert await db.fetchval("SELECT held FROM wallet") == 2

    async def test_is_refused_with_what_there_is(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        wallet_id = await wallets.wallet(acme, 3, owner=LAW_FIRM)
        before = await rows()
        body = {"customer_id": "law-firm-a", "amount": "3.5"}
        async with client.post("/v1/credits/holds", json=body, headers=acme.headers) as answer:
            refused = await problem(answer, 402, "insufficient_credits", members=MEMBERS)
        assert {name: refused[name] for name in MEMBERS} == {
            "scope": {"kind": "wallet", "id": ids.encode("wal", wallet_id)},
            "resets_at": None,
            "available": "3",
            "needed": "3.5",
        }
        assert await rows() == before

    async def test_is_refused_to_whom_nobody_gave_credit(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        for path in ("holds", "consume"):
            body = {"customer_id": "new", "amount": 1}
            async with client.post(f"/v1/credits/{path}", json=body, headers=acme.headers) as answer:
                refused = await problem(answer, 402, "insufficient_credits", members=MEMBERS)
            assert (refused["available"], refused["scope"]) == ("0", None)

    @pytest.mark.parametrize("kind", ["api_key", "user", "customer", "team"])
    async def test_is_refused_by_each_kind_of_budget(
        self, client: aiohttp.ClientSession, acme: Tenant, kind: str
    ) -> None:
        await customer(acme, "a", team="red")
        await wallets.wallet(acme, 100, owner=Owner(OwnerKind.TEAM, "red"))
        ref = {"api_key": str(acme.key.id), "user": "u1", "customer": "a", "team": "red"}[kind]
        await wallets.budget(acme, ScopeKind(kind), ref, 5)
        headers = {**acme.headers, "X-LK-User-Id": "u1"}
        assert (await post(client, "holds", headers, customer_id="a", amount=3))[0] == 201
        before = await rows()

        async with client.post(
            "/v1/credits/holds", json={"customer_id": "a", "amount": 3}, headers=headers
        ) as answer:
            refused = await problem(answer, 402, "budget_exceeded", members=MEMBERS)

        shown = ids.encode("key", acme.key.id) if kind == "api_key" else ref
        assert refused["scope"] == {"kind": kind, "id": shown}
        assert refused["resets_at"].endswith("-01T00:00:00+00:00")
        assert (refused["available"], refused["needed"]) == ("2", "3")
        assert await rows() == before

    @pytest.mark.parametrize(
        ("body", "headers", "field"),
        [
            ({"amount": 0}, {}, "amount"),
            ({"amount": 1, "lease_seconds": 0}, {}, "lease_seconds"),
            ({"amount": 1, "lease_seconds": 10**30}, {}, "lease_seconds"),
            ({"amount": 1, "lease_seconds": 86401}, {}, "lease_seconds"),
            ({"amount": 1, "feature_id": ""}, {}, "feature_id"),
            ({"amount": 1}, {"X-LK-User-Id": "a\u00a0b"}, "user_id"),
            ({"amount": 1}, {"Idempotency-Key": "k" * 256}, "idempotency_key"),
        ],
    )
    async def test_names_what_is_wrong(
        self, client: aiohttp.ClientSession, acme: Tenant, body: Json, headers: dict[str, str], field: str
    ) -> None:
        await wallets.wallet(acme, 10)
        before = await rows()
        async with client.post("/v1/credits/holds", json=body, headers={**acme.headers, **headers}) as answer:
            assert {name for name, _ in fields(await problem(answer, 422, "invalid_input"))} == {field}
        assert await rows() == before

    async def test_ends_with_no_key_that_is_none(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        hold_id = ids.encode("hold", await wallets.hold(acme, await wallets.wallet(acme, 10), 1))
        headers = {**acme.headers, "Idempotency-Key": "k" * 256}
        before = await rows()
        for path in ("settle", "release"):
            url = f"/v1/credits/holds/{hold_id}/{path}"
            async with client.post(url, json={"amount": 1}, headers=headers) as answer:
                refused = await problem(answer, 422, "invalid_input")
            assert fields(refused) == {("idempotency_key", "length")}
        assert await rows() == before

    async def test_of_another_org_or_environment_does_not_exist(
        self, client: aiohttp.ClientSession, acme: Tenant, rival: Tenant, settings: Settings
    ) -> None:
        await wallets.wallet(acme, 10)
        _, held = await post(client, "holds", acme.headers, amount=1)
        new = await apikeys.made(settings, acme.owner, acme.org_id, workspace=acme.test, now=NOW)
        before = await rows()
        strangers = (new.headers, rival.headers)
        for headers in strangers:
            for hold_id in (held["id"], "hold_x"):
                path = f"/v1/credits/holds/{hold_id}"
                await problem(await client.get(path, headers=headers), 404, "hold_not_found")
                settle = await client.post(f"{path}/settle", json={"amount": 1}, headers=headers)
                await problem(settle, 404, "hold_not_found")
                await problem(await client.post(f"{path}/release", headers=headers), 404, "hold_not_found")
        assert (await post(client, "holds", strangers[0], amount=1))[0] == 402
        assert await rows() == before


class TestCredits:
    async def test_are_none_of_a_customer_nobody_gave_any(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        ours = await customer(acme, "a")
        shown = await (await client.get(f"/v1/customers/{ours}/credits", headers=acme.headers)).json()
        assert shown == {
            "customer_id": "a",
            "wallet_id": None,
            "available": "0",
            "held": "0",
            "debt": "0",
            "grants": [],
        }

    async def test_are_those_of_the_org_where_the_customer_has_none(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        await customer(acme, "a")
        await wallets.wallet(acme, 7)
        shown = await (await client.get("/v1/customers/a/credits", headers=acme.headers)).json()
        assert shown["available"] == "7"

    async def test_of_a_stranger_do_not_exist(
        self, client: aiohttp.ClientSession, acme: Tenant, rival: Tenant
    ) -> None:
        await wallets.wallet(acme, 7)
        ours = await customer(rival, "theirs")
        for name in (ours, "theirs", ids.encode("cus", ids.uuid7()), "a" * 300):
            answer = await client.get(f"/v1/customers/{name}/credits", headers=acme.headers)
            await problem(answer, 404, "customer_not_found")
        status, refused = await post(client, "holds", acme.headers, customer_id=ours, amount=1)
        assert (status, refused["code"]) == (404, "customer_not_found")
