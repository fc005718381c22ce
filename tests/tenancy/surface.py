"""What the schema, the OpenAPI document and the router say there is to call, read from themselves."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from aiohttp import web
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    ast_from_value,
    get_named_type,
    print_ast,
)

from app.core.principal import Permission
from app.jobs import kinds
from app.rest import routes
from app.rest.gateway import described as described_gateway
from app.rest.operation import Operation
from schema import root

Json = dict[str, Any]

SCHEMA: GraphQLSchema = root.schema._schema
_MAX_DEPTH = 5

# The document has an operation for each of them.
kinds.load()


@cache
def roots() -> Mapping[str, GraphQLField]:
    """Every field that a request can begin with, by its coordinate (`Query.job`)."""
    kinds = (SCHEMA.query_type, SCHEMA.mutation_type, SCHEMA.subscription_type)
    return {
        f"{kind.name}.{name}": field
        for kind in kinds
        if kind is not None
        for name, field in kind.fields.items()
    }


def inner_fields() -> Mapping[str, GraphQLField]:
    """Every field with arguments on a type that is no root."""
    apart = {SCHEMA.query_type, SCHEMA.mutation_type, SCHEMA.subscription_type}
    return {
        f"{name}.{field_name}": field
        for name, kind in SCHEMA.type_map.items()
        if isinstance(kind, GraphQLObjectType) and kind not in apart and not name.startswith("__")
        for field_name, field in kind.fields.items()
        if field.args
    }


def nodes() -> set[str]:
    """The types with an id of their own."""
    node = SCHEMA.type_map["Node"]
    assert isinstance(node, GraphQLInterfaceType)
    return {kind.name for kind in SCHEMA.get_possible_types(node)}


def argument_leaves(field: GraphQLField) -> dict[str, str]:
    """The type of every value that the field can be given, input objects opened, by its dotted path."""
    return {
        path: kind
        for name, argument in field.args.items()
        for path, kind in _input_leaves(name, argument.type)
    }


def _input_leaves(path: str, kind: Any) -> Iterator[tuple[str, str]]:
    named = get_named_type(kind)
    if isinstance(named, GraphQLInputObjectType):
        for name, field in named.fields.items():
            yield from _input_leaves(f"{path}.{name}", field.type)
    else:
        yield path, named.name


def enum_of(field: GraphQLField, path: str) -> GraphQLEnumType | None:
    kind = SCHEMA.type_map[argument_leaves(field)[path]]
    return kind if isinstance(kind, GraphQLEnumType) else None


@cache
def operations() -> Mapping[str, Operation]:
    """Every REST operation, by method and path."""
    return {f"{one.method} {one.path}": one for one in routes.operations()}


def permission_of(name: str) -> Permission | None:
    """Of an operation by method and path."""
    found = operations().get(name)
    return described_gateway.PERMISSION if found is None else found.permission


def is_of_gateway(name: str) -> bool:
    """Whether it has the form of a provider's API: such routes take keys alone."""
    return name not in operations()


@cache
def document() -> Json:
    return routes.document()


@cache
def described() -> Mapping[str, Json]:
    """The same from the document, as a reader of it sees them."""
    return {
        f"{method.upper()} {path}": operation
        for path, item in document()["paths"].items()
        for method, operation in item.items()
    }


def served(app: web.Application) -> set[str]:
    """Every route of the application; a HEAD is its GET."""
    return {
        f"{route.method} {route.resource.canonical}"
        for route in app.router.routes()
        if route.resource is not None and route.method != "HEAD"
    }


def parameter_leaves(operation: Json) -> set[str]:
    """Everything that a request can say, by place and path: `path.id`, `query.limit`, `body.text`."""
    found = {f"{parameter['in']}.{parameter['name']}" for parameter in operation["parameters"]}
    for content in operation.get("requestBody", {}).get("content", {}).values():
        found.update(_schema_leaves("body", content["schema"]))
    return found


def _schema_leaves(path: str, schema: Json) -> Iterator[str]:
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        yield from _schema_leaves(path, document()["components"]["schemas"][name])
    elif "anyOf" in schema or "oneOf" in schema:
        options = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
        for option in options:
            if option.get("type") != "null":
                yield from _schema_leaves(path, option)
    elif schema.get("properties"):
        for name, inner in schema["properties"].items():
            yield from _schema_leaves(f"{path}.{name}", inner)
    elif isinstance(schema.get("items"), dict):
        yield from _schema_leaves(path, schema["items"])
    else:
        yield path


def permission_in_words(operation: Json) -> Permission | None:
    """What the document tells its readers that the operation needs."""
    said = [one for one in Permission if f"`{one}`" in operation["description"]]
    return said[0] if said else None


def outcome_selection(field: GraphQLField) -> str:
    """Just enough to see what became of a call."""
    named = get_named_type(field.type)
    if isinstance(named, GraphQLUnionType):
        return "{ __typename ... on Problem { code message } ... on InvalidInput { errors { field code } } }"
    return "{ __typename }" if _is_composite(named) else ""


def whole_selection(field: GraphQLField, inner: Mapping[str, Mapping[str, Any]]) -> str:
    """Everything below a field, to a depth, with the arguments in `inner` where they are needed."""
    return _selection(get_named_type(field.type), inner, ())


def _selection(kind: GraphQLNamedType, inner: Mapping[str, Mapping[str, Any]], above: tuple[str, ...]) -> str:
    if isinstance(kind, GraphQLUnionType | GraphQLInterfaceType):
        usual = _usual_types(kind)
        parts = [
            f"... on {one.name} {_selection_of_object(one, inner, above, usual)}"
            for one in SCHEMA.get_possible_types(kind)
        ]
        return f"{{ __typename {' '.join(parts)} }}"
    if isinstance(kind, GraphQLObjectType):
        return _selection_of_object(kind, inner, above, {})
    return ""


def _selection_of_object(
    kind: GraphQLObjectType,
    inner: Mapping[str, Mapping[str, Any]],
    above: tuple[str, ...],
    usual: Mapping[str, str],
) -> str:
    parts = ["__typename"]
    for name, field in kind.fields.items():
        below = get_named_type(field.type)
        # A type within itself has been seen above; an edge's node is one of the connection's nodes.
        is_again = below.name in above or below.name == kind.name or name == "edges"
        if _is_composite(below) and (is_again or len(above) >= _MAX_DEPTH):
            continue
        alias = f"{kind.name}_{name}: " if str(field.type) != usual.get(name, str(field.type)) else ""
        arguments = _literal_arguments(field, inner.get(f"{kind.name}.{name}", {}))
        parts.append(f"{alias}{name}{arguments} {_selection(below, inner, (*above, kind.name))}".strip())
    return f"{{ {' '.join(parts)} }}"


def _usual_types(kind: GraphQLUnionType | GraphQLInterfaceType) -> Mapping[str, str]:
    """Of each field the type that it mostly has: a document may not ask for another under the same name, and has few
    aliases to spend.
    """
    types: dict[str, Counter[str]] = {}
    for one in SCHEMA.get_possible_types(kind):
        for name, field in one.fields.items():
            types.setdefault(name, Counter())[str(field.type)] += 1
    return {name: found.most_common(1)[0][0] for name, found in types.items()}


def _literal_arguments(field: GraphQLField, values: Mapping[str, Any]) -> str:
    literals = []
    for name, value in values.items():
        node = ast_from_value(value, field.args[name].type)
        assert node is not None
        literals.append(f"{name}: {print_ast(node)}")
    return f"({', '.join(literals)})" if literals else ""


def _is_composite(kind: GraphQLNamedType) -> bool:
    return isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType)


def document_of(coordinate: str, selection: str) -> str:
    """A document that calls one root field with a variable for each argument."""
    kind, name = coordinate.split(".")
    field = roots()[coordinate]
    declared = ", ".join(f"${one}: {argument.type}" for one, argument in field.args.items())
    passed = ", ".join(f"{one}: ${one}" for one in field.args)
    head = f"{kind.lower()}({declared})" if declared else kind.lower()
    return f"{head} {{ {name}{f'({passed})' if passed else ''} {selection} }}"
