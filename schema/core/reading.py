"""The short way: what an object already holds, read and put into the form of the answer without the executor.

graphql-core makes, for each field of each object, a path and an `info`, calls Strawberry's wrapper of `getattr`, asks
whether what came is awaitable and completes it by its type: some three microseconds, and three times as many for an
object within an object. For 50 jobs with ten fields each that is more than all queries together. A field that is an
attribute needs only the attribute and what its type makes of it. Whatever is not quite that (a null where none may be,
a value that its type refuses, something to await) raises and goes the long way, which says what is wrong as ever.
"""

from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLID,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLString,
    GraphQLUnionType,
    Undefined,
    is_leaf_type,
)
from strawberry.schema.schema_converter import GraphQLCoreConverter

Read = Callable[[Any], Any]
F = TypeVar("F", bound=Callable[..., Any])

_AT_ONCE = "_read_at_once"
# Kept with the type, in what graphql-core leaves to extensions.
_READERS = "launchkit.readers"


class LongWay(Exception):
    """The short one does not apply to this value."""


class Objects(Protocol):
    """Completes an object within the one that is read, for the selections in `details`."""

    def read_object(self, type_: GraphQLObjectType, details: Any, value: object) -> dict[str, Any]:
        """Raises `LongWay` unless all that is asked of it can be read."""


# Makes the reader of a field for one selection of it.
Reader = Callable[[Objects, Any], Read]


def at_once(read: Read) -> Callable[[F], F]:
    """Marks a resolver without arguments whose value its object often has: `read` gives it, or raises `LongWay`."""

    def mark(resolver: F) -> F:
        setattr(resolver, _AT_ONCE, read)
        return resolver

    return mark


def readers(type_: GraphQLObjectType) -> Mapping[str, Reader]:
    """Of the fields for which there is a short way, by their names in the schema."""
    found: Mapping[str, Reader] | None = type_.extensions.get(_READERS)
    if found is None:
        made = {name: _reader(field) for name, field in type_.fields.items()}
        made["__typename"] = _constant(type_.name)
        found = {name: reader for name, reader in made.items() if reader is not None}
        type_.extensions[_READERS] = found
    return found


def _constant(value: str) -> Reader:
    return lambda _objects, _details: lambda _source: value


def _reader(field: GraphQLField) -> Reader | None:
    get = None if field.args else _getter(field)
    if get is None:
        return None
    required = isinstance(field.type, GraphQLNonNull)
    inner = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
    if is_leaf_type(inner):
        read = _leaf(get, inner, required)
        return lambda _objects, _details: read
    item = inner.of_type if isinstance(inner, GraphQLList) else inner
    is_item_required = isinstance(item, GraphQLNonNull)
    types = _types(item.of_type if isinstance(item, GraphQLNonNull) else item)
    if types is None:
        return None
    if isinstance(inner, GraphQLList):
        return _list(get, types, required, is_item_required)
    return _object(get, types, required)


def _getter(field: GraphQLField) -> Read | None:
    definition: Any = field.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    # Strawberry's mark on the wrapper of a field that has no resolver.
    if getattr(field.resolve, "_is_default", False):
        return _attribute(definition.python_name)
    resolver = getattr(definition, "base_resolver", None)
    return None if resolver is None else getattr(resolver.wrapped_func, _AT_ONCE, None)


def _attribute(name: str) -> Read:
    return lambda source: getattr(source, name)


def _leaf(get: Read, leaf: Any, required: bool) -> Read:
    if leaf in (GraphQLString, GraphQLID):
        return _text(get, required)
    return _coerced(
        get, _enum(leaf) if isinstance(leaf, GraphQLEnumType) else leaf.coerce_output_value, required
    )


def _text(get: Read, required: bool) -> Read:
    def read(source: object) -> Any:
        value = get(source)
        if type(value) is str or (value is None and not required):
            return value
        raise LongWay

    return read


def _coerced(get: Read, coerce: Read, required: bool) -> Read:
    def read(source: object) -> Any:
        value = get(source)
        if value is None:
            return _null(required)
        if isinstance(value, Exception) or hasattr(value, "__await__"):
            raise LongWay
        coerced = coerce(value)
        if coerced is None or coerced is Undefined:
            raise LongWay
        return coerced

    return read


def _null(required: bool) -> None:
    if required:
        raise LongWay


def _enum(leaf: GraphQLEnumType) -> Read:
    """With the members' names kept: Strawberry compares the value with those of all members."""
    names: dict[Any, Any] = {}

    def coerce(value: Any) -> Any:
        name = names.get(value)
        if name is None:
            name = names[value] = leaf.coerce_output_value(value)
        return name

    return coerce


def _types(named: GraphQLNamedType) -> Mapping[type, GraphQLObjectType] | None:
    """The classes whose objects a field may hold, with their types; None where a class does not tell the type."""
    if isinstance(named, GraphQLObjectType):
        possible = [named]
    elif isinstance(named, GraphQLUnionType):
        possible = list(named.types)
    else:
        return None
    found: dict[type, GraphQLObjectType] = {}
    for type_ in possible:
        definition = type_.extensions[GraphQLCoreConverter.DEFINITION_BACKREF]
        if definition.is_type_of or (definition.concrete_of and len(possible) > 1):
            return None
        # Objects of a generic class do not know what it is of; where there is one type, the field does.
        found[definition.concrete_of.origin if definition.concrete_of else definition.origin] = type_
    return found


def _object(get: Read, types: Mapping[type, GraphQLObjectType], required: bool) -> Reader:
    def reader(objects: Objects, details: Any) -> Read:
        def read(source: object) -> Any:
            value = get(source)
            if value is None:
                return _null(required)
            return objects.read_object(types[type(value)], details, value)

        return read

    return reader


def _list(
    get: Read, types: Mapping[type, GraphQLObjectType], required: bool, is_item_required: bool
) -> Reader:
    def reader(objects: Objects, details: Any) -> Read:
        def item(value: object) -> Any:
            if value is None:
                return _null(is_item_required)
            return objects.read_object(types[type(value)], details, value)

        def read(source: object) -> Any:
            values = get(source)
            if type(values) is list:
                return [item(value) for value in values]
            if values is None:
                return _null(required)
            raise LongWay

        return read

    return reader
