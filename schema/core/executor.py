"""graphql-core's executor with a short way for plain fields, which are most of every answer.

For each field of each object graphql-core makes a path and an `info`, calls Strawberry's wrapper of `getattr`, asks
whether what came is awaitable and completes it by its type: some three microseconds, for 50 jobs with ten fields
each more than all queries together. A field that is an attribute and a scalar needs none of it but the attribute
and the coercion. Whatever is not quite that (a null where none may be, a value that its type refuses, something to
await) goes the long way, which says what is wrong as ever.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, cast
from weakref import WeakKeyDictionary

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLID,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLString,
    Undefined,
    get_nullable_type,
    is_leaf_type,
)
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext
from strawberry.schema.schema_converter import GraphQLCoreConverter

Read = Callable[[object], Any]


class LongWay(Exception):
    """The short one does not apply to this value."""


class _Plan(NamedTuple):
    """One object's fields: those to read at once by the name they have in the answer, and all others.

    `grouped` is what it was made from; it is held so that no other can get its identity.
    """

    leaves: list[tuple[str, Read]]
    others: dict[str, Any]
    grouped: dict[str, Any]


class Executor(StrawberryGraphQLCoreExecutionContext):
    """For documents that were validated."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._plans: dict[tuple[GraphQLObjectType, int], _Plan] = {}

    def build_per_event_executor(self, payload: Any) -> "Executor":
        """What is remembered of one event's selections is of no use to the next, and the library would keep it:
        a subscription would grow with every event for as long as it lasts.
        """
        executor = cast("Executor", super().build_per_event_executor(payload))
        executor._plans = {}
        executor._relevant_sub_fields = {}
        return executor

    def execute_fields(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,
        path: Any,
        grouped_field_set: dict[str, Any],
        position_context: Any,
    ) -> Any:
        key = (parent_type, id(grouped_field_set))
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plans[key] = _plan(parent_type, grouped_field_set)
        if not plan.leaves:
            return super().execute_fields(
                parent_type, source_value, path, grouped_field_set, position_context
            )
        results: dict[str, Any] = dict.fromkeys(grouped_field_set)
        others = plan.others
        for name, read in plan.leaves:
            try:
                results[name] = read(source_value)
            except Exception:  # noqa: BLE001 - the long way says what is wrong
                others = {**others, name: grouped_field_set[name]}
        if not others:
            return results
        rest: Any = super().execute_fields(parent_type, source_value, path, others, position_context)
        if self.is_awaitable(rest):
            return _completed(results, rest)
        results.update(rest)
        return results


async def _completed(results: dict[str, Any], rest: Any) -> dict[str, Any]:
    results.update(await rest)
    return results


def _plan(parent_type: GraphQLObjectType, grouped: dict[str, Any]) -> _Plan:
    reads = _reads(parent_type)
    named = {name: reads.get(details[0].node.name.value) for name, details in grouped.items()}
    leaves = [(name, read) for name, read in named.items() if read is not None]
    return _Plan(leaves, {name: grouped[name] for name, read in named.items() if read is None}, grouped)


_known: WeakKeyDictionary[GraphQLObjectType, Mapping[str, Read]] = WeakKeyDictionary()


def _reads(parent_type: GraphQLObjectType) -> Mapping[str, Read]:
    """How the plain fields of a type are read, by their names in the schema."""
    found = _known.get(parent_type)
    if found is None:
        made = {name: _read(field) for name, field in parent_type.fields.items()}
        found = {name: read for name, read in made.items() if read is not None}
        found["__typename"] = _constant(parent_type.name)
        _known[parent_type] = found
    return found


def _read(field: GraphQLField) -> Read | None:
    is_required = isinstance(field.type, GraphQLNonNull)
    leaf = get_nullable_type(field.type)
    # Strawberry's mark on the wrapper of a field that has no resolver.
    if not is_leaf_type(leaf) or field.args or not getattr(field.resolve, "_is_default", False):
        return None
    attribute = field.extensions[GraphQLCoreConverter.DEFINITION_BACKREF].python_name
    if leaf in (GraphQLString, GraphQLID):
        return _text(attribute, is_required)
    coerce = _enum(leaf) if isinstance(leaf, GraphQLEnumType) else leaf.coerce_output_value
    return _coerced(attribute, coerce, is_required)


def _constant(value: str) -> Read:
    return lambda _source: value


def _text(attribute: str, is_required: bool) -> Read:
    def read(source: object) -> Any:
        value = getattr(source, attribute)
        if type(value) is str or (value is None and not is_required):
            return value
        raise LongWay

    return read


def _coerced(attribute: str, coerce: Callable[[Any], Any], is_required: bool) -> Read:
    def read(source: object) -> Any:
        value = getattr(source, attribute)
        if value is None:
            if is_required:
                raise LongWay
            return None
        if isinstance(value, Exception) or hasattr(value, "__await__"):
            raise LongWay
        coerced = coerce(value)
        if coerced is None or coerced is Undefined:
            raise LongWay
        return coerced

    return read


def _enum(leaf: GraphQLEnumType) -> Callable[[Any], Any]:
    """With the members' names kept: Strawberry compares the value with those of all members."""
    names: dict[Any, Any] = {}

    def coerce(value: Any) -> Any:
        name = names.get(value)
        if name is None:
            name = names[value] = leaf.coerce_output_value(value)
        return name

    return coerce
