"""The schema as a document: exported, described, and without surprises."""

from enum import Enum
from pathlib import Path

import graphql
import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLUnionType,
)

from schema.core import enums
from schema.root import schema

FILE = Path(__file__).resolve().parents[2] / "schema" / "schema.graphql"
SDL = schema.as_str()
BUILT = graphql.build_schema(SDL)


def own_types() -> dict[str, graphql.GraphQLNamedType]:
    brought = {*graphql.specified_scalar_types, *graphql.introspection_types}
    return {
        name: kind
        for name, kind in BUILT.type_map.items()
        if name not in brought and not name.startswith("__")
    }


class TestExport:
    def test_is_up_to_date(self) -> None:
        """`make schema` writes it."""
        assert FILE.read_text("utf-8").strip() == SDL.strip()

    def test_is_a_valid_schema(self) -> None:
        assert graphql.validate_schema(BUILT) == []


class TestDescriptions:
    def test_stand_on_every_type(self) -> None:
        assert [name for name, kind in own_types().items() if not kind.description] == []

    def test_stand_on_every_field_argument_and_input(self) -> None:
        bare = []
        for name, kind in own_types().items():
            if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
                for field_name, field in kind.fields.items():
                    if not field.description:
                        bare.append(f"{name}.{field_name}")
                    for argument_name, argument in getattr(field, "args", {}).items():
                        if not argument.description:
                            bare.append(f"{name}.{field_name}({argument_name})")
        assert bare == []

    def test_stand_on_every_value_of_an_enum(self) -> None:
        """`schema.core.enums.describe` gives them to an enum of a domain."""
        enums = [kind for kind in own_types().values() if isinstance(kind, GraphQLEnumType)]
        assert {kind.name for kind in enums} >= {"Environment", "JobState", "RateLimitScope"}
        bare = [
            f"{kind.name}.{name}"
            for kind in enums
            for name, value in kind.values.items()
            if not value.description
        ]
        assert bare == []


class TestDescribe:
    def test_refuses_to_leave_a_value_out(self) -> None:
        class Colour(Enum):
            RED = "red"
            BLUE = "blue"

        with pytest.raises(ValueError, match="BLUE"):
            enums.describe(Colour, name="Colour", description="A colour.", values={Colour.RED: "As blood."})


class TestShape:
    def test_gives_every_mutation_at_most_one_input_and_a_result_union_with_problems(self) -> None:
        assert BUILT.mutation_type is not None
        for name, field in BUILT.mutation_type.fields.items():
            # None where there is nothing to say: `enableTotp`.
            assert set(field.args) <= {"input"}, name
            result = graphql.get_named_type(field.type)
            assert isinstance(result, GraphQLUnionType), name
            problems = [t for t in result.types if "Problem" in {i.name for i in t.interfaces}]
            assert problems, name
            assert len(result.types) > len(problems), name

    def test_asks_for_a_bounded_page_of_every_connection(self) -> None:
        assert BUILT.query_type is not None
        connections = {
            name: field
            for name, field in BUILT.query_type.fields.items()
            if graphql.get_named_type(field.type).name.endswith("Connection")
        }
        assert set(connections) >= {"jobs", "auditLog"}
        for name, field in connections.items():
            assert {"first", "after"} <= set(field.args), name
            default = field.args["first"].ast_node.default_value
            assert graphql.print_ast(default) == "20", name

    def test_has_what_clients_rely_on(self) -> None:
        assert BUILT.query_type is not None
        assert BUILT.mutation_type is not None
        assert BUILT.subscription_type is not None
        assert set(BUILT.query_type.fields) >= {
            "me",
            "org",
            "orgs",
            "job",
            "jobs",
            "usage",
            "auditLog",
            "node",
            "members",
            "invitations",
            "workspaces",
            "plans",
        }
        assert set(BUILT.mutation_type.fields) >= {
            "signIn",
            "createJob",
            "createOrg",
            "inviteMember",
            "acceptInvitation",
            "changeMemberRole",
            "removeMember",
            "createWorkspace",
        }
        assert set(BUILT.subscription_type.fields["jobUpdated"].args) == {"id", "after"}
        assert set(BUILT.subscription_type.fields["auditLogged"].args) == {"orgId", "after"}
        assert {"DateTime", "Decimal", "JSON", "BigInt"} <= set(BUILT.type_map)
