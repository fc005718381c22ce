"""Documents that the schema allows, and ones that it forbids, made by hypothesis-graphql: none is a fault of ours."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import aiohttp
import graphql
import hypothesis.strategies as st
import pytest
from aiohttp.test_utils import TestServer
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis_graphql import Mode, from_schema, nodes

from app.core import ids
from app.core.config import Settings
from tests.factories import audit, jobs
from tests.factories.orgs import Tenant, bearer

SDL = (Path(__file__).parents[2] / "schema" / "schema.graphql").read_text()
SCHEMA = graphql.build_schema(SDL)
FIELDS = {
    name: field
    for kind in (SCHEMA.query_type, SCHEMA.mutation_type)
    if kind is not None
    for name, field in kind.fields.items()
}
# Hashes a password, or looks for one, each time.
SLOW = frozenset({"signIn", "signUp", "resetPassword", "changePassword"})
_RESPONSE = "application/graphql-response+json"

Send = Callable[[str], tuple[int, dict[str, Any]]]


def _json_node(value: Any) -> graphql.ValueNode:
    if isinstance(value, dict):
        fields = [
            graphql.ObjectFieldNode(name=graphql.NameNode(value=name), value=_json_node(item))
            for name, item in value.items()
        ]
        return graphql.ObjectValueNode(fields=tuple(fields))
    if isinstance(value, list):
        return graphql.ListValueNode(values=tuple(_json_node(item) for item in value))
    if value is None:
        return graphql.NullValueNode()
    if isinstance(value, bool):
        return graphql.BooleanValueNode(value=value)
    if isinstance(value, int):
        return graphql.IntValueNode(value=str(value))
    if isinstance(value, float):
        return graphql.FloatValueNode(value=repr(value))
    return graphql.StringValueNode(value=value)


_text = st.text(st.characters(codec="utf-8"), max_size=20)
_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.just(10**40)
    | st.floats(allow_nan=False, allow_infinity=False)
    | _text,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.from_regex(r"\A[a-z]{1,5}\Z"), inner, max_size=3)
    ),
    max_leaves=6,
)
_job_input = st.just({"text": "Whales are large."}) | _json
_times = st.datetimes().map(lambda at: at.isoformat() + "Z") | st.sampled_from(
    [
        "",
        "2026",
        "2026-11-20T10:00:00",
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-23:59",
        "2026-13-01",
    ]
)
_numbers = st.integers() | st.sampled_from([0, -1, 2**31, 2**63, -(2**63) - 1, 10**40])


def scalars(known: list[str]) -> dict[str, st.SearchStrategy[graphql.ValueNode]]:
    """`known` are ids of rows that there are."""
    return {
        "ID": (st.sampled_from(known) | _text).map(nodes.String) | st.integers().map(nodes.Int),
        "DateTime": _times.map(nodes.String),
        "JSON": _job_input.map(_json_node),
        "BigInt": _numbers.map(nodes.Int) | _numbers.map(str).map(nodes.String),
        "Decimal": st.decimals().map(str).map(nodes.String) | _numbers.map(nodes.Int),
    }


@pytest.fixture
async def known(acme: Tenant) -> list[str]:
    """Ids of acme's rows, so that what is below them is reached."""
    await jobs.queued(acme)
    await audit.write(acme.org_id, 1)
    job = await jobs.queued(acme, by=acme.owner)
    rows = {"org": acme.org_id, "user": acme.owner.id, "key": acme.key.id, "ws": acme.live.id, "job": job.id}
    return [ids.encode(prefix, row) for prefix, row in rows.items()]


@pytest.fixture
async def send(server: TestServer, acme: Tenant, settings: Settings) -> AsyncIterator[Send]:
    """For hypothesis, which is not asynchronous and runs in a thread of its own. Now a person asks, now a key."""
    loop = asyncio.get_running_loop()
    askers = itertools.cycle([bearer(settings, acme.owner), acme.headers])
    async with aiohttp.ClientSession(server.make_url("/"), headers={"Accept": _RESPONSE}) as session:

        async def post(document: str) -> tuple[int, dict[str, Any]]:
            body = {"query": document}
            async with session.post("/graphql", json=body, headers=next(askers)) as answer:
                assert answer.content_type == _RESPONSE
                return answer.status, await answer.json(content_type=None)

        def wait(document: str) -> tuple[int, dict[str, Any]]:
            future: Future[tuple[int, dict[str, Any]]] = asyncio.run_coroutine_threadsafe(
                post(document), loop
            )
            return future.result(30)

        yield wait


def assert_well_formed(status: int, body: dict[str, Any]) -> None:
    """As GraphQL over HTTP has it: 200 where something ran, 400 where the document was refused."""
    assert body.keys() <= {"data", "errors", "extensions"}
    assert status == (200 if "data" in body else 400), body
    assert "data" in body or body["errors"]
    for error in body.get("errors", ()):
        assert error["message"]
        assert error["extensions"]["code"] != "internal_error", body
        assert error["extensions"]["requestId"].startswith("req_")


def unhurried(examples: int) -> Any:
    return profile(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


class TestDocument:
    @pytest.mark.parametrize("name", FIELDS)
    async def test_that_is_allowed_is_answered(self, send: Send, known: list[str], name: str) -> None:
        documents = from_schema(SCHEMA, fields=[name], custom_scalars=scalars(known))

        def check(document: object) -> None:
            assert_well_formed(*send(str(document)))

        await asyncio.to_thread(unhurried(4 if name in SLOW else 10)(given(documents)(check)))

    @pytest.mark.parametrize("name", [name for name, field in FIELDS.items() if field.args])
    async def test_that_is_forbidden_is_refused(self, send: Send, known: list[str], name: str) -> None:
        documents = from_schema(SCHEMA, fields=[name], custom_scalars=scalars(known), mode=Mode.NEGATIVE)

        def check(document: object) -> None:
            status, body = send(str(document))
            assert_well_formed(status, body)
            assert body.get("errors"), f"{document} was taken: {body}"

        await asyncio.to_thread(unhurried(3)(given(documents)(check)))
