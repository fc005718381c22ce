"""GraphQL over HTTP: media types, GET, browsers, and bodies that are none."""

import aiohttp
import orjson
import pytest

from app.infra import db
from tests.factories.orgs import Tenant
from tests.schema.conftest import Asker


class TestGet:
    async def test_answers_a_query_as_json(self, session: aiohttp.ClientSession, acme: Tenant) -> None:
        params = {
            "query": "query($id: ID!) { org(id: $id) { name } }",
            "variables": orjson.dumps({"id": acme.org}).decode(),
        }
        async with session.get("/graphql", params=params, headers=acme.headers) as answer:
            assert answer.status == 200
            assert answer.content_type == "application/json"
            assert await answer.json(content_type=None) == {"data": {"org": {"name": "Acme"}}}

    async def test_changes_nothing(self, session: aiohttp.ClientSession, acme: Tenant) -> None:
        document = (
            f'mutation {{ createJob(input: {{orgId: "{acme.org}", kind: "summarize", input: {{text: "a"}}}}) '
            "{ __typename } }"
        )
        async with session.get("/graphql", params={"query": document}, headers=acme.headers) as answer:
            assert answer.status >= 400
        assert await db.fetchval("SELECT count(*) FROM job") == 0

    async def test_without_a_query_shows_graphiql_to_a_browser(self, session: aiohttp.ClientSession) -> None:
        accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
        async with session.get("/graphql", headers={"Accept": accept}) as answer:
            text = await answer.text()
            assert answer.content_type == "text/html"
            assert "Content-Security-Policy" in answer.headers
            # 503 where the browser assets were not installed; the page then says how to.
            assert answer.status in (200, 503)
            assert ("graphiql" in text) or ("make assets" in text)

    async def test_of_a_browser_with_a_query_is_answered_as_json(
        self, session: aiohttp.ClientSession, acme: Tenant
    ) -> None:
        headers = {**acme.headers, "Accept": "text/html,application/json"}
        async with session.get("/graphql", params={"query": "{ orgs { name } }"}, headers=headers) as answer:
            assert (await answer.json(content_type=None))["data"]["orgs"] == [{"name": "Acme"}]


class TestPost:
    async def test_answers_as_json(self, session: aiohttp.ClientSession, acme: Tenant) -> None:
        body = {"query": "{ orgs { name } }", "id": 7, "extensions": {}}
        async with session.post("/graphql", json=body, headers=acme.headers) as answer:
            assert (answer.status, answer.content_type) == (200, "application/json")
            assert await answer.json() == {"data": {"orgs": [{"name": "Acme"}]}}

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"{",
            b"[]",
            b"null",
            b'"x"',
            b"{}",
            b'{"query": 1}',
            b'{"query": "{ me { id } }", "variables": 1}',
        ],
    )
    async def test_refuses_what_is_no_request(
        self, session: aiohttp.ClientSession, acme: Tenant, body: bytes
    ) -> None:
        headers = {**acme.headers, "Content-Type": "application/json"}
        async with session.post("/graphql", data=body, headers=headers) as answer:
            if answer.status != 400:
                errors = (await answer.json(content_type=None))["errors"]
                assert errors[0]["extensions"]["code"] == "bad_request"

    async def test_carries_the_requests_id(self, owner: Asker) -> None:
        async with owner.session.post(
            "/graphql",
            json={"query": "{ me { email } }"},
            headers={**owner.headers, "X-Request-Id": "my-request-0001"},
        ) as answer:
            assert answer.headers["X-Request-Id"] == "my-request-0001"

    async def test_refuses_other_methods(self, session: aiohttp.ClientSession) -> None:
        for method in ("PUT", "DELETE", "PATCH"):
            async with session.request(method, "/graphql", json={"query": "{ me { id } }"}) as answer:
                assert answer.status == 405
