"""Every moment that the GraphQL schema takes, at the ends of the calendar: refused or taken, and no fault of ours."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import graphql
import pytest
from aiohttp.test_utils import TestServer
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLObjectType,
    get_named_type,
    get_nullable_type,
    is_list_type,
    is_required_argument,
    is_required_input_field,
)

from app.core.config import Settings
from tests.factories.orgs import Tenant, bearer

SCHEMA = graphql.build_schema((Path(__file__).parents[2] / "schema" / "schema.graphql").read_text())
MOMENTS = [
    "0001-01-01T00:00:00Z",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59.999999Z",
    "9999-12-31T23:59:59-14:00",
    "2026-11-20T10:00:00",
]
PLAIN: dict[str, Any] = {
    "DateTime": "2026-11-20T10:00:00Z",
    "Decimal": "1",
    "Int": 1,
    "BigInt": 1,
    "JSON": {},
}
DEEPEST = 3


def plain(name: str, item: GraphQLArgument | GraphQLInputField, org: str) -> Any:
    """Something that the schema takes, with nothing in it that may be left out."""
    kind = get_named_type(item.type)
    value: Any = org if name == "orgId" else PLAIN.get(kind.name, True if kind.name == "Boolean" else "x")
    if isinstance(kind, GraphQLInputObjectType):
        value = {
            inner: plain(inner, field, org)
            for inner, field in kind.fields.items()
            if is_required_input_field(field)
        }
    elif isinstance(kind, GraphQLEnumType):
        value = next(iter(kind.values))
    return [value] if is_list_type(get_nullable_type(item.type)) else value


def variants(
    name: str, item: GraphQLArgument | GraphQLInputField, moment: str, org: str, depth: int = 0
) -> Iterator[Any]:
    """The value with `moment` in each place of it that takes one."""
    kind = get_named_type(item.type)
    is_list = is_list_type(get_nullable_type(item.type))
    if kind.name == "DateTime":
        yield [moment] if is_list else moment
    elif isinstance(kind, GraphQLInputObjectType) and depth < DEEPEST:
        whole = plain(name, item, org)
        for inner, field in kind.fields.items():
            for value in variants(inner, field, moment, org, depth + 1):
                changed = {**(whole[0] if is_list else whole), inner: value}
                yield [changed] if is_list else changed


def requests(root: GraphQLObjectType, name: str, org: str) -> Iterator[dict[str, Any]]:
    field = root.fields[name]
    required = {one: plain(one, item, org) for one, item in field.args.items() if is_required_argument(item)}
    for moment in MOMENTS:
        for one, item in field.args.items():
            for value in variants(one, item, moment, org):
                variables = {**required, one: value}
                declared = ", ".join(f"${each}: {field.args[each].type}" for each in variables)
                passed = ", ".join(f"{each}: ${each}" for each in variables)
                operation = "query" if root is SCHEMA.query_type else "mutation"
                document = f"{operation}({declared}) {{ {name}({passed}) {{ __typename }} }}"
                yield {"query": document, "variables": variables}


def fields() -> Iterator[tuple[GraphQLObjectType, str]]:
    for root in (SCHEMA.query_type, SCHEMA.mutation_type):
        assert root is not None
        yield from ((root, name) for name in root.fields if any(requests(root, name, "org_x")))


class TestMoment:
    @pytest.mark.parametrize(("root", "name"), list(fields()), ids=str)
    async def test_at_the_end_of_the_calendar_is_no_fault_of_ours(
        self, server: TestServer, acme: Tenant, settings: Settings, root: GraphQLObjectType, name: str
    ) -> None:
        headers = bearer(settings, acme.owner)
        async with aiohttp.ClientSession(server.make_url("/"), headers=headers) as session:
            for request in requests(root, name, acme.org):
                async with session.post("/graphql", json=request) as answer:
                    body = await answer.json()
                told = [error["extensions"]["code"] for error in body.get("errors", ())]
                assert "internal_error" not in told, request["variables"]
                # The document itself was right: what was refused is the value.
                assert "data" in body, (request, body)

    def test_is_looked_for_in_every_place(self) -> None:
        assert {name for _, name in fields()} >= {
            "auditLog",
            "usage",
            "createApiKey",
            "grantCredits",
            "ingestUsage",
        }
