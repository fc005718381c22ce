"""Everything that can be called is known here, with all its arguments; what is not, says what to add."""

import pytest
from aiohttp.test_utils import TestServer

from tests.tenancy import surface
from tests.tenancy.graphql_calls import FIELDS, INNER, NOT_BY_NODE
from tests.tenancy.rest_calls import APART, OPERATIONS
from tests.tenancy.values import Call, Cursor, Id, Made, Ours, leaves
from tests.tenancy.world import TABLES


def looks_like_an_id(path: str) -> bool:
    name = path.rpartition(".")[2].replace("-", "_")
    return name in ("id", "ids") or name.endswith(("_id", "_ids", "_Id", "Id", "Ids"))


def given(calls: "list[Call] | tuple[Call, ...]") -> set[str]:
    return {path for one in calls for path, _ in leaves(one.arguments)} - {""}


def placeholders_of(path: str, calls: "list[Call] | tuple[Call, ...]") -> list[object]:
    """What is given at a path, or, where JSON stands there, within it."""
    found = [(where, value) for one in calls for where, value in leaves(one.arguments)]
    return [value for where, value in found if where == path or where.startswith(f"{path}.")]


class TestFields:
    @pytest.mark.parametrize("coordinate", sorted(surface.roots()))
    def test_are_known_with_all_their_arguments(self, coordinate: str) -> None:
        calls = list(FIELDS.get(coordinate, ()))
        assert calls, (
            f"Say in graphql_calls.py how to call {coordinate}, and who may: FIELDS[{coordinate!r}] = [...]"
        )
        there = surface.argument_leaves(surface.roots()[coordinate])
        for path, kind in there.items():
            values = placeholders_of(path, calls)
            assert values, f"Give {coordinate} its argument {path} in graphql_calls.py."
            if kind == "ID":
                assert any(isinstance(value, Id) for value in values), (
                    f"{path} of {coordinate} is an ID: give it as Id(kind), so that others' are tried as well."
                )
            elif kind == "String" and looks_like_an_id(path):
                assert all(isinstance(value, Id | Cursor | Ours | Made) for value in values), (
                    f"{path} of {coordinate} looks like an id: give it as Id(kind), or as Ours(text) if it is none."
                )
        gone = {path for path in given(calls) if path not in there and not _is_within_json(path, there)}
        assert not gone, f"{coordinate} has no {', '.join(sorted(gone))}: take it out of graphql_calls.py."

    def test_are_all_still_there(self) -> None:
        assert FIELDS.keys() - surface.roots().keys() == set(), "Take them out of graphql_calls.py."

    def test_with_arguments_at_any_level_are_known(self) -> None:
        there = surface.inner_fields()
        for coordinate, field in there.items():
            assert coordinate in INNER, (
                f"Say in graphql_calls.py what {coordinate} is given: INNER[{coordinate!r}]"
            )
            unknown = surface.argument_leaves(field).keys() - given([Call(INNER[coordinate])])
            assert not unknown, f"Give {coordinate} its {', '.join(sorted(unknown))} in graphql_calls.py."
        assert INNER.keys() - there.keys() == set(), "Take them out of graphql_calls.py."

    def test_find_every_type_with_an_id_by_node(self) -> None:
        """`__typename` of what `Query.node` finds is looked at in `test_permissions`."""
        kinds = {value.kind for one in FIELDS["Query.node"] for _, value in leaves(one.arguments)}
        assert len(kinds) + len(NOT_BY_NODE) == len(surface.nodes()), (
            f"Give Query.node an id of each of {sorted(surface.nodes())}, or say in NOT_BY_NODE why it finds none."
        )


def _is_within_json(path: str, there: dict[str, str]) -> bool:
    return any(kind == "JSON" and path.startswith(f"{one}.") for one, kind in there.items())


class TestOperations:
    @pytest.mark.parametrize("name", sorted(surface.described()))
    def test_are_known_with_all_their_parameters(self, name: str) -> None:
        calls = list(OPERATIONS.get(name, ()))
        assert calls, f"Say in rest_calls.py how to call {name}: OPERATIONS[{name!r}] = [...]"
        there = surface.parameter_leaves(surface.described()[name])
        for path in there:
            values = placeholders_of(path, calls)
            left_out = any(path in one.left_out for one in calls)
            assert values or left_out, f"Give {name} its {path} in rest_calls.py."
            if looks_like_an_id(path):
                assert all(isinstance(value, Id | Cursor | Ours | Made) for value in values), (
                    f"{path} of {name} looks like an id: give it as Id(kind), or as Ours(text) if it is none."
                )
        # What is below a leaf is JSON whose form the document leaves open: the inputs of a batch.
        gone = {
            path for path in given(calls) - there if not any(path.startswith(f"{leaf}.") for leaf in there)
        }
        assert not gone, f"{name} has no {', '.join(sorted(gone))}: take it out of rest_calls.py."

    def test_are_all_still_there(self) -> None:
        assert OPERATIONS.keys() - surface.described().keys() == set(), "Take them out of rest_calls.py."

    @pytest.mark.parametrize("name", sorted(surface.described()))
    def test_say_in_the_document_what_they_need(self, name: str) -> None:
        declared = surface.permission_of(name)
        assert surface.permission_in_words(surface.described()[name]) == declared

    async def test_are_all_that_is_served(self, server: TestServer) -> None:
        assert server.app is not None
        there = {one for one in surface.served(server.app) if not one.startswith("GET /assets/")}
        unknown = there - surface.described().keys() - APART.keys()
        assert not unknown, f"Document {sorted(unknown)}, or say in APART why nobody's rows can be had there."
        assert APART.keys() - there == set(), "Take them out of rest_calls.py."


class TestKinds:
    def test_of_every_id_are_seeded(self) -> None:
        used = {
            value
            for calls in (*FIELDS.values(), *OPERATIONS.values())
            for one in calls
            for _, value in leaves(one.arguments)
            if isinstance(value, Id | Cursor)
        }
        for value in used:
            assert value.kind in TABLES, f"Say in world.TABLES in which table a {value.kind}_… is."
