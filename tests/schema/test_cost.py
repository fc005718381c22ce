"""What a document may cost, computed before it runs; and what introspection tells."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import aiohttp
import graphql
import pytest
from strawberry.extensions import validation_cache

from app.core.config import Settings
from schema import root
from schema.core import cost
from tests.factories.orgs import Tenant
from tests.fakes import statements
from tests.fakes.web import serving
from tests.schema.conftest import Asker, Json

SCHEMA = root.schema._schema
PAGE = "query($first: Int = 7) { jobs(orgId: 1, first: $first) { nodes { id workspace { name } } } }"


def of(document: str, variables: Json | None = None, name: str | None = None) -> int:
    return cost.of(SCHEMA, cost.Document(document, graphql.parse(document)), name, variables)


class TestOf:
    @pytest.mark.parametrize(
        ("document", "expected"),
        [
            ("{ __typename }", 0),
            ("{ me { email } }", 1),
            ("{ a: me { email } b: me { email name } }", 2),
            ("{ orgs { name } }", cost.LIST_LENGTH),
            ("{ job(id: 1) { kind workspace { name } } }", 2),
            # the connection and, for each node of its page, the node and its workspace
            ("{ jobs(orgId: 1, first: 5) { nodes { id workspace { name } } } }", 1 + 5 * 2),
            ("{ jobs(orgId: 1) { nodes { id } } }", 1 + 20),
            ("{ jobs(orgId: 1, first: 5) { edges { cursor node { id } } } }", 1 + 5 * 2),
            ("{ jobs(orgId: 1, first: 5) { pageInfo { endCursor } } }", 1 + 1),
            ("{ jobs(orgId: 1, first: 1000000) { nodes { id } } }", 1 + 100),
            ("{ jobs(orgId: 1, first: -5) { nodes { id } } }", 1 + 1),
            (("{ ...f } fragment f on Query { jobs(orgId: 1, first: 5) { ...g } } "
             "fragment g on JobConnection { nodes { id } }"), 1 + 5),
            ("{ node(id: 1) { ... on Job { workspace { name } } ... on Org { name } } }", 2),
            ("mutation { createJob(input: {}) { __typename } }", cost.WRITE),
            ("mutation { signIn(input: {}) { __typename } }", cost.WEIGHTS["Mutation.signIn"]),
            ("subscription { jobUpdated(id: 1) { job { kind } } }", 2),
            ("{ __schema { types { fields { name } } } }", 1),
        ],
    )  # fmt: skip
    def test_is_what_may_be_read(self, document: str, expected: int) -> None:
        assert of(document) == expected

    @pytest.mark.parametrize(
        ("variables", "page"),
        [
            (None, 7),
            ({}, 7),
            ({"first": 50}, 50),
            ({"first": 1000}, 100),
            ({"first": 50.0}, 50),
            ({"first": 1e300}, 100),
            ({"first": None}, 20),
            ({"x": 1}, 7),
        ],
    )
    def test_follows_the_page_that_a_variable_names(self, variables: Json | None, page: int) -> None:
        assert of(PAGE, variables) == 1 + page * 2

    def test_is_that_of_the_operation_that_is_named(self) -> None:
        document = "query a { me { email } } query b { orgs { name } }"
        assert (of(document, name="a"), of(document, name="b")) == (1, cost.LIST_LENGTH)

    @pytest.mark.parametrize("within", ["{ me { ...f0 } }", "{ jobs(orgId: 1) { ...f0 } }"])
    def test_is_computed_at_once_where_fragments_multiply(self, within: str) -> None:
        on = "User" if "me" in within else "JobConnection"
        last = "email" if "me" in within else "nodes { id }"
        chain = " ".join(f"fragment f{n} on {on} {{ ...f{n + 1} ...f{n + 1} }}" for n in range(30))
        started = time.process_time()
        of(f"{within} {chain} fragment f30 on {on} {{ {last} }}")
        assert time.process_time() - started < 5, "each way through them would be a thousand million"


class TestLimit:
    async def test_is_told_with_every_answer(self, owner: Asker, acme: Tenant) -> None:
        answer = await owner.send(PAGE.replace("orgId: 1", f'orgId: "{acme.org}"'))
        assert answer["extensions"]["cost"] == {"requested": 15, "maximum": 2_000}
        refused = await owner.send("{ job(id: 1) { kind } }")
        assert refused["extensions"]["cost"] == {"requested": 1, "maximum": 2_000}

    async def test_is_kept_before_anything_is_read(self, owner: Asker, acme: Tenant) -> None:
        page = f'jobs(orgId: "{acme.org}", first: 100) {{ nodes {{ id workspace {{ name }} }} }}'
        document = "{ " + " ".join(f"a{n}: {page}" for n in range(10)) + " }"
        with statements.recorded() as seen:
            answer = await owner.send(document)
        assert answer["errors"][0]["extensions"]["code"] == "cost_exceeded"
        assert answer["extensions"]["cost"] == {"requested": 2_010, "maximum": 2_000}
        assert "data" not in answer
        assert not [sql for sql in seen if "FROM job" in sql]

    async def test_is_a_setting(self, settings: Settings, acme: Tenant) -> None:
        async with at(replace(settings, graphql_max_cost=9)) as session:
            asker = Asker(session, acme.headers)
            assert (await asker.refusal("{ orgs { name } }"))["extensions"]["code"] == "cost_exceeded"

    async def test_does_not_cost_the_cache_its_hits(self, owner: Asker, acme: Tenant) -> None:
        await owner.send(PAGE, {"first": 1})
        before = (_validations().misses, cost._of.cache_info().misses)
        for _ in range(5):
            await owner.send(PAGE, {"first": 1})
        assert (_validations().misses, cost._of.cache_info().misses) == before


class TestIntrospection:
    async def test_can_be_off(self, settings: Settings, acme: Tenant) -> None:
        async with at(replace(settings, graphql_introspection=False)) as session:
            asker = Asker(session, acme.headers)
            for document in ("{ __schema { types { name } } }", '{ __type(name: "Job") { name } }'):
                answer = await asker.send(document)
                assert "data" not in answer
                assert answer["errors"][0]["extensions"]["code"] == "bad_request"
            assert await asker.ask("{ __typename orgs { name } }")

    async def test_that_is_off_is_not_replaced_by_guesses(self, settings: Settings, acme: Tenant) -> None:
        async with at(replace(settings, graphql_introspection=False)) as session:
            assert "orgs" not in (await Asker(session, acme.headers).refusal("{ orgz { name } }"))["message"]
        async with at(settings) as session:
            assert "orgs" in (await Asker(session, acme.headers).refusal("{ orgz { name } }"))["message"]


def _validations() -> Any:
    cached: Any = validation_cache._get_validate_cache(validation_cache.DEFAULT_MAXSIZE)
    return cached.cache_info()


@asynccontextmanager
async def at(settings: Settings) -> AsyncIterator[aiohttp.ClientSession]:
    async with serving(settings) as running, aiohttp.ClientSession(running.make_url("/")) as session:
        yield session
