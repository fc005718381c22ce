"""Upstreams over GraphQL."""

import pytest

from app.core import ids
from app.infra import db
from tests.factories.orgs import Tenant
from tests.schema.conftest import Asker

# A public address: no name server is asked.
URL = "https://93.184.215.14/v1"
SECRET = "sk-mistral-secret"
SET = """
mutation($input: SetUpstreamInput!) { setUpstream(input: $input) {
    __typename
    ... on ChangedUpstream { isReplay upstream { id name protocol baseUrl provider hasApiKey } }
    ... on InvalidInput { errors { field code } }
    ... on Problem { code }
} }
"""
REMOVE = """
mutation($input: RemoveUpstreamInput!) { removeUpstream(input: $input) {
    __typename ... on ChangedUpstream { upstream { id } } ... on Problem { code }
} }
"""
LIST = """
query($org: ID!, $first: Int!, $after: String) { upstreams(orgId: $org, first: $first, after: $after) {
    nodes { id name protocol baseUrl provider hasApiKey } pageInfo { hasNextPage endCursor }
} }
"""
ONE = "query($org: ID!, $id: ID!) { upstream(orgId: $org, id: $id) { id name } }"


def wish(acme: Tenant, name: str = "mistral", **more: object) -> dict[str, object]:
    return {
        "input": {
            "orgId": acme.org,
            "name": name,
            "protocol": "OPENAI",
            "baseUrl": URL,
            "apiKey": SECRET,
            **more,
        }
    }


class TestUpstreams:
    async def test_are_set_and_read_without_their_key(self, owner: Asker, acme: Tenant) -> None:
        made = (await owner.ask(SET, wish(acme)))["setUpstream"]["upstream"]
        listed = await owner.ask(LIST, {"org": acme.org, "first": 5})
        one = await owner.ask(ONE, {"org": acme.org, "id": made["id"]})

        assert made == {
            "id": made["id"],
            "name": "mistral",
            "protocol": "OPENAI",
            "baseUrl": URL,
            "provider": "mistral",
            "hasApiKey": True,
        }
        assert listed["upstreams"]["nodes"] == [made]
        assert one["upstream"] == {"id": made["id"], "name": "mistral"}
        rows = await db.fetch("SELECT t::text AS line FROM gateway_upstream t")
        rows += await db.fetch("SELECT t::text AS line FROM audit_entry t")
        assert SECRET not in f"{made} {listed} {rows}"
        assert SECRET.encode().hex() not in str(rows)

    async def test_are_read_page_by_page(self, owner: Asker, acme: Tenant) -> None:
        for name in ("a", "b", "c"):
            await owner.ask(SET, wish(acme, name))
        first = (await owner.ask(LIST, {"org": acme.org, "first": 2}))["upstreams"]
        after = first["pageInfo"]["endCursor"]
        rest = (await owner.ask(LIST, {"org": acme.org, "first": 2, "after": after}))["upstreams"]

        assert [node["name"] for node in (*first["nodes"], *rest["nodes"])] == ["c", "b", "a"]
        assert (first["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (True, False)

    async def test_are_set_once_for_one_idempotency_key(self, owner: Asker, acme: Tenant) -> None:
        wanted = wish(acme, idempotencyKey="once")
        first = (await owner.ask(SET, wanted))["setUpstream"]
        again = (await owner.ask(SET, wanted))["setUpstream"]
        other = (await owner.ask(SET, wish(acme, "other", idempotencyKey="once")))["setUpstream"]

        assert (first["isReplay"], again["isReplay"]) == (False, True)
        assert again["upstream"] == first["upstream"]
        assert other["code"] == "idempotency_key_reused"

    @pytest.mark.parametrize(
        ("more", "field"),
        [
            ({"baseUrl": "http://169.254.169.254/v1"}, "baseUrl"),
            ({"name": "No Name"}, "name"),
            ({"apiKey": ""}, "apiKey"),
            ({"provider": "?"}, "provider"),
        ],
    )
    async def test_are_refused_in_words_where_something_is_wrong(
        self, owner: Asker, acme: Tenant, more: dict[str, str], field: str
    ) -> None:
        refused = (await owner.ask(SET, wish(acme, **more)))["setUpstream"]

        assert refused["__typename"] == "InvalidInput"
        assert field in {error["field"] for error in refused["errors"]}
        assert await db.fetchval("SELECT count(*) FROM gateway_upstream") == 0

    async def test_are_removed_once(self, owner: Asker, acme: Tenant) -> None:
        made = (await owner.ask(SET, wish(acme)))["setUpstream"]["upstream"]
        gone = {"input": {"orgId": acme.org, "id": made["id"]}}
        removed = (await owner.ask(REMOVE, gone))["removeUpstream"]
        again = (await owner.ask(REMOVE, gone))["removeUpstream"]
        unknown = {"input": {"orgId": acme.org, "id": ids.encode("pol", ids.uuid7())}}
        missing = (await owner.ask(REMOVE, unknown))["removeUpstream"]

        assert removed["upstream"]["id"] == made["id"]
        assert {again["code"], missing["code"]} == {"upstream_not_found"}
        actions = await db.fetch("SELECT action FROM audit_entry WHERE action LIKE 'upstream.%' ORDER BY id")
        assert [row["action"] for row in actions] == ["upstream.set", "upstream.removed"]
