"""`/v1/api-keys`."""

import asyncio
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from app.core import ids
from app.core.clock import utcnow
from app.core.config import Settings
from app.core.principal import Permission
from tests.factories import limits
from tests.factories.apikeys import Made, everything, made
from tests.factories.orgs import NOW, Tenant, bearer
from tests.rest.problems import fields, problem

Json = dict[str, Any]
PATH = "/v1/api-keys"
WISH: Json = {"name": "ci", "scopes": ["jobs:read"]}


@pytest.fixture
async def new(settings: Settings, acme: Tenant) -> Made:
    return await made(settings, acme.owner, acme.org_id, name="spare", now=NOW)


def path(key: Made | Tenant, *rest: str) -> str:
    return "/".join([PATH, ids.encode("key", key.key.id), *rest])


async def ask(
    client: aiohttp.ClientSession,
    method: str,
    url: str,
    headers: dict[str, str],
    status: int = 200,
    **options: Any,
) -> Json:
    async with client.request(method, url, headers=headers, **options) as answer:
        body: Json = await answer.json()
        assert answer.status == status, body
        return body


class TestCreate:
    async def test_shows_the_token_once(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        end = utcnow() + timedelta(days=1)
        wish = {
            **WISH,
            "workspace_id": ids.encode("ws", acme.live.id),
            "expires_at": end.isoformat(),
            "allowed_models": ["a*"],
            "tokens_per_minute": 1000,
        }
        headers = {**acme.headers, "Idempotency-Key": "k"}
        async with client.post(PATH, json=wish, headers=headers) as answer:
            created = await answer.json()
            assert answer.status == 201, created
            assert "Idempotent-Replay" not in answer.headers
            assert answer.headers["Location"] == f"{PATH}/{created['api_key']['id']}"
        key = created["api_key"]
        assert (key["name"], key["scopes"], key["allowed_models"]) == ("ci", ["jobs:read"], ["a*"])
        assert key["tokens_per_minute"] == 1000
        assert key["created_by"] == ids.encode("key", acme.key.id)
        assert key["expires_at"] == end.isoformat()

        async with client.post(PATH, json=wish, headers=headers) as answer:
            assert (answer.status, answer.headers["Idempotent-Replay"]) == (201, "true")
            assert await answer.json() == {**created, "token": None}

        assert await ask(client, "get", f"{PATH}/{key['id']}", acme.headers) == key
        theirs = {"Authorization": f"Bearer {created['token']}"}
        await ask(client, "get", "/v1/jobs", theirs)
        await problem(await client.get(PATH, headers=theirs), 403, "forbidden")

    async def test_is_for_people_too(
        self, client: aiohttp.ClientSession, acme: Tenant, settings: Settings
    ) -> None:
        created = await ask(client, "post", PATH, bearer(settings, acme.owner), 201, json=WISH)
        assert created["api_key"]["created_by"] == ids.encode("user", acme.owner.id)

    async def test_names_every_wrong_field(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        before = await everything()
        wish = {"name": "x" * 101, "scopes": ["time:travel"], "expires_at": "2020-01-01T00:00:00Z"}
        answer = await client.post(PATH, json={**wish, "allowed_models": ["a*b"]}, headers=acme.headers)
        assert fields(await problem(answer, 422, "invalid_input")) == {
            ("name", "length"),
            ("scopes", "unknown_scope"),
            ("expires_at", "past"),
            ("allowed_models.0", "pattern"),
        }
        assert await everything() == before

    @pytest.mark.parametrize(
        ("wish", "wrong"),
        [
            ({}, {"name", "scopes"}),
            ({**WISH, "name": 1}, {"name"}),
            ({**WISH, "scopes": "jobs:read"}, {"scopes"}),
            ({**WISH, "scopes": [None]}, {"scopes.0"}),
            ({**WISH, "expires_at": 1_900_000_000}, {"expires_at"}),
            ({**WISH, "budget": 1}, {"budget"}),
        ],
    )
    async def test_names_fields_of_the_wrong_type(
        self, client: aiohttp.ClientSession, acme: Tenant, wish: Json, wrong: set[str]
    ) -> None:
        before = await everything()
        answer = await client.post(PATH, json=wish, headers=acme.headers)
        assert {name for name, _ in fields(await problem(answer, 422, "invalid_input"))} == wrong
        assert await everything() == before

    async def test_says_that_the_plan_is_full(self, client: aiohttp.ClientSession, acme: Tenant) -> None:
        await limits.put_on(acme, "FREE")
        before = await everything()
        answer = await client.post(PATH, json=WISH, headers=acme.headers)
        await problem(answer, 402, "api_key_limit_reached")
        assert await everything() == before

    async def test_gives_the_last_place_to_one_of_many(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        async def one() -> int:
            async with client.post(PATH, json=WISH, headers=acme.headers) as answer:
                return answer.status

        statuses = await asyncio.gather(*(one() for _ in range(12)))
        assert sorted(statuses) == [201] * 4 + [402] * 8


class TestRotate:
    async def test_needs_no_body(self, client: aiohttp.ClientSession, acme: Tenant, new: Made) -> None:
        rotated = await ask(client, "post", path(new, "rotate"), acme.headers, 201)
        old = await ask(client, "get", path(new), acme.headers)
        assert old["replaced_by"] == rotated["api_key"]["id"]
        assert rotated["api_key"]["name"] == "spare"
        for token in (new.token, rotated["token"]):
            await ask(client, "get", "/v1/jobs", {"Authorization": f"Bearer {token}"})
        answer = await client.post(path(new, "rotate"), headers=acme.headers)
        await problem(answer, 409, "api_key_replaced")

    async def test_may_end_the_old_key_at_once(
        self, client: aiohttp.ClientSession, acme: Tenant, new: Made
    ) -> None:
        headers = {**acme.headers, "Idempotency-Key": "k"}
        wish = {"json": {"overlap_hours": 0}}
        first = await ask(client, "post", path(new, "rotate"), headers, 201, **wish)
        assert await ask(client, "post", path(new, "rotate"), headers, 201, **wish) == {
            **first,
            "token": None,
        }
        await problem(await client.get("/v1/jobs", headers=new.headers), 401, "api_key_invalid")

    @pytest.mark.parametrize("hours", [-1, 169, "1", 1.5])
    async def test_refuses_an_overlap_out_of_range(
        self, client: aiohttp.ClientSession, acme: Tenant, new: Made, hours: object
    ) -> None:
        before = await everything()
        answer = await client.post(path(new, "rotate"), json={"overlap_hours": hours}, headers=acme.headers)
        assert {name for name, _ in fields(await problem(answer, 422, "invalid_input"))} == {"overlap_hours"}
        assert await everything() == before


class TestUpdate:
    async def test_changes_what_is_named(
        self, client: aiohttp.ClientSession, acme: Tenant, new: Made
    ) -> None:
        url = path(new)
        changed = await ask(
            client, "patch", url, acme.headers, json={"scopes": ["jobs:read"], "allowed_models": ["a"]}
        )
        assert (changed["name"], changed["scopes"], changed["allowed_models"]) == (
            "spare",
            ["jobs:read"],
            ["a"],
        )
        again = await ask(client, "patch", url, acme.headers, json={"name": "n", "allowed_models": None})
        assert again == {**changed, "name": "n", "allowed_models": None}
        for wish in ({"tokens_per_minute": 7}, {"name": "m"}):
            limited = await ask(client, "patch", url, acme.headers, json=wish)
            assert limited["tokens_per_minute"] == 7
        freed = await ask(client, "patch", url, acme.headers, json={"tokens_per_minute": None})
        assert freed["tokens_per_minute"] is None


class TestRevoke:
    async def test_may_be_repeated(self, client: aiohttp.ClientSession, acme: Tenant, new: Made) -> None:
        first = await ask(client, "post", path(new, "revoke"), acme.headers)
        assert first["revoked_at"] is not None
        assert await ask(client, "post", path(new, "revoke"), acme.headers) == first
        await problem(await client.get("/v1/jobs", headers=new.headers), 401, "api_key_invalid")


class TestList:
    async def test_shows_no_revoked_keys_unless_asked(
        self, client: aiohttp.ClientSession, acme: Tenant, new: Made
    ) -> None:
        await ask(client, "post", path(new, "revoke"), acme.headers)

        async def names(**params: str) -> list[str]:
            return [
                key["name"] for key in (await ask(client, "get", PATH, acme.headers, params=params))["data"]
            ]

        assert await names() == ["server"]
        assert await names(include_revoked="true") == ["spare", "server"]
        assert await names(workspace_id=ids.encode("ws", acme.test.id)) == []

    async def test_pages(self, client: aiohttp.ClientSession, acme: Tenant, new: Made) -> None:
        first = await ask(client, "get", PATH, acme.headers, params={"limit": "1"})
        rest = await ask(client, "get", PATH, acme.headers, params={"cursor": first["next_cursor"]})
        assert [key["name"] for key in first["data"] + rest["data"]] == ["spare", "server"]
        assert rest["next_cursor"] is None

    async def test_names_what_is_wrong_with_its_parameters(
        self, client: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        for name, value in (("limit", "0"), ("cursor", "x"), ("include_revoked", "maybe")):
            answer = await client.get(PATH, params={name: value}, headers=acme.headers)
            assert {field for field, _ in fields(await problem(answer, 422, "invalid_input"))} == {name}


class TestTenancy:
    @pytest.mark.parametrize(
        ("method", "rest"), [("get", []), ("patch", []), ("post", ["rotate"]), ("post", ["revoke"])]
    )
    async def test_others_keys_answer_as_those_that_never_were(
        self, client: aiohttp.ClientSession, acme: Tenant, rival: Tenant, method: str, rest: list[str]
    ) -> None:
        before = await everything()
        for key_id in (ids.encode("key", rival.key.id), ids.encode("key", ids.uuid7()), "key_x", acme.org):
            url = "/".join([PATH, key_id, *rest])
            answer = await client.request(method, url, json={}, headers=acme.headers)
            await problem(answer, 404, "api_key_not_found")
        assert await everything() == before

    async def test_a_key_without_the_permission_changes_nothing(
        self, client: aiohttp.ClientSession, acme: Tenant, settings: Settings
    ) -> None:
        reader = await made(settings, acme.owner, acme.org_id, scopes=[Permission.KEYS_READ], now=NOW)
        before = await everything()
        for method, url in (
            ("post", PATH),
            ("patch", path(acme)),
            ("post", path(acme, "rotate")),
            ("post", path(acme, "revoke")),
        ):
            answer = await client.request(
                method, url, json={} if url != PATH else WISH, headers=reader.headers
            )
            await problem(answer, 403, "forbidden")
        assert await everything() == before
